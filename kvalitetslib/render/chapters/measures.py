"""Åtgärder as tables: what goes on, and what has come of it."""

from kvalitetslib.register import Atgard
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup, evidence_anchor
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.report import Evidence, Question, Verdict

_EFFECTS = {
    Verdict.BETTER: "bättre än före",
    Verdict.WORSE: "sämre än före",
    Verdict.LEVEL: "samma kurs som före",
    Verdict.UNDECIDED: "kan inte avgöras",
    Verdict.NOT_JUDGED: "bedöms inte",
}


def running_table(look: Lookup) -> Table | None:
    """What is planned or goes on, with its time and who answers for it; None without any."""
    going = [each for each in look.report.atgarder if not each.is_closed]
    if not going:
        return None
    rows = tuple(
        (_title(each), each.status.value, _about(each, look), _span(each), each.role or "–")
        for each in going
    )
    head = ("Åtgärd", "Status", "Gäller", "Tid", "Ansvarig")
    return Table("Pågående och planerade åtgärder", head, rows, as_cards=True)


def outcome_table(look: Lookup, *, closed_alone: bool = False) -> Table | None:
    """Each åtgärd with its status and what has been measured before and after it."""
    rows = tuple(
        (
            _title(each),
            each.status.value,
            _about(each, look),
            _outcome(each, look),
            each.role or "–",
        )
        for each in look.report.atgarder
        if each.is_closed or not closed_alone
    )
    if not rows:
        return None
    head = ("Åtgärd", "Status", "Gäller", "Före och efter", "Ansvarig")
    name = "Avslutade åtgärder" if closed_alone else "Alla åtgärder"
    return Table(name, head, rows, as_cards=True)


def _title(atgard: Atgard) -> Cell:
    return Cell(atgard.title, note=atgard.id)


def _outcome(atgard: Atgard, look: Lookup) -> Cell:
    found = _effect(atgard, look)
    if found is None:
        return Cell("inte mätt")
    anchor = f"#{evidence_anchor(found.id)}"
    return Cell(_EFFECTS[found.verdict], href=anchor, note=f"belägg {found.id}")


def _effect(atgard: Atgard, look: Lookup) -> Evidence | None:
    fitting = (
        each
        for each in look.report.all_evidence
        if each.question is Question.EFFECT and each.text == atgard.id
    )
    return next(fitting, None)


def _about(atgard: Atgard, look: Lookup) -> Cell:
    indicator = look.indicator(atgard.indicator)
    about = indicator.title if indicator else atgard.category or "hela nämnden"
    group = ""
    if not atgard.group.is_total:
        children = indicator.concerns_children if indicator else False
        group = wording.group_name(atgard.group, children=children, areas=look.report.areas)
    anchor = look.figure(atgard.indicator)
    return Cell(about, href=f"#{anchor}" if anchor else "", note=group)


def _span(atgard: Atgard) -> str:
    start, end = (times.day(each) if each else "" for each in (atgard.start, atgard.done))
    span = {(True, True): f"{start} till {end}", (True, False): f"från {start}"}
    span |= {(False, True): f"till {end}", (False, False): "–"}
    return span[bool(start), bool(end)]
