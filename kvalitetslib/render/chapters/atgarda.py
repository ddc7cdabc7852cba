"""Åtgärda: how weaknesses are met, how the åtgärder go, what is on trial and what it gave."""

from kvalitetslib.model import Group
from kvalitetslib.render import wording
from kvalitetslib.render.anchors import finding_anchor
from kvalitetslib.render.chapters.measures import outcome_table, trial_table
from kvalitetslib.render.effect_figures import effect_cards
from kvalitetslib.render.lookup import TO_MEND, Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences import effects
from kvalitetslib.report import Evidence, Finding, Report

MISSING = "åtgärd saknas"


def atgarda(report: Report) -> Chapter:
    """Every weakness and threat with what is done about it, then the åtgärder and their effects."""
    look = Lookup(report)
    return chapter(
        "atgarda",
        "Åtgärda",
        "atgarda.html.j2",
        weaknesses=weakness_table(look),
        unmet=_told(unmet(look)),
        hidden=_hidden(unmet(look, shown=False)),
        table=outcome_table(look),
        trials=trial_table(look),
        effects=effect_cards(look),
        how=effects.HOW,
    )


def weakness_table(look: Lookup) -> Table | None:
    """What each shown weakness and threat is about, once: its åtgärder, a decision or a flag."""
    about: dict[tuple[str, Group], list[Finding]] = {}
    for each in _to_mend(look):
        evidence = look.claims(each)[0]
        about.setdefault((evidence.indicator, evidence.group), []).append(each)
    rows = tuple(_row(each, look) for each in about.values())
    if not rows:
        return None
    head = ("Svaghet eller hot", "Slag", "Vad som görs")
    return Table("Svagheter och hot och vad som görs", head, rows, as_cards=True)


def unmet(look: Lookup, *, shown: bool = True) -> int:
    """How many weaknesses and threats no åtgärd and no decision not to act concerns."""
    first = [look.claims(each)[0] for each in _to_mend(look, shown=shown)]
    return sum(not look.atgarder(each) and not look.refused(each) for each in first)


def _to_mend(look: Lookup, *, shown: bool = True) -> list[Finding]:
    return [
        each
        for quadrant in TO_MEND
        for each in look.findings(quadrant, shown=shown)
        if look.claims(each)[0].indicator
    ]


def _row(findings: list[Finding], look: Lookup) -> tuple[str | Cell, ...]:
    evidence = look.claims(findings[0])[0]
    indicator = look.indicator(evidence.indicator)
    survey = look.survey(evidence)
    name = evidence.text or (survey.name if survey is not None else "")
    if indicator is not None:
        name = indicator.title
    group = ""
    if not evidence.group.is_total:
        children = indicator is not None and indicator.concerns_children
        group = wording.group_name(evidence.group, children=children, areas=look.report.areas)
    link = Cell(name, href=f"#{finding_anchor(findings[0].id)}", note=group)
    kinds = wording.join(list(dict.fromkeys(each.quadrant.value for each in findings)))
    return link, kinds, _met(evidence, look)


def _met(evidence: Evidence, look: Lookup) -> Cell:
    acting = look.atgarder(evidence)
    if acting:
        told = wording.join([f"{each.title} ({each.status.value})" for each in acting])
        return Cell(told, note=wording.join([each.id for each in acting]))
    refused = look.refused(evidence)
    if refused:
        told = wording.join([each.decision or each.title for each in refused])
        return Cell("beslut att inte agera", note=told)
    return Cell(MISSING, sign="!", tone="worse")


def _told(unmet: int) -> str:
    """``Sju fynd saknar åtgärd. De står under``; which they are is told where they are decided."""
    if not unmet:
        return ""
    many = wording.capital(wording.count(unmet, neuter=True))
    return f"{many} fynd saknar åtgärd. {'Det' if unmet == 1 else 'De'} står under"


def _hidden(unmet: int) -> str:
    """Those among the findings that the page has no room for."""
    if not unmet:
        return ""
    many = wording.count(unmet, neuter=True)
    return f"Utöver de visade fynden saknar {many} fynd åtgärd."
