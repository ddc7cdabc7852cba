"""Belägg: everything behind each claim, with links back to where the page uses it."""

from itertools import groupby

from kvalitetslib.model import Group, Indicator, ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import (
    Lookup,
    evidence_anchor,
    finding_anchor,
)
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.sentences.claims import cell_text, certainty, claim
from kvalitetslib.render.sentences.notes import basis, question_name, rule_line, verdict_word
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.report import Evidence, Question, Reference, Report, Verdict, Withheld

FEWEST_FOLDED = 3
"""Tests of groups without a finding that are folded under one line."""


def evidence(report: Report) -> Chapter:
    """Every piece of evidence, gathered by indicator in the nämnd's own order."""
    look = Lookup(report)
    order = look.order
    kinds = {each: place for place, each in enumerate(Question)}
    ordered = sorted(
        report.all_evidence,
        key=lambda each: (order.get(each.indicator, len(order)), kinds[each.question], each.id),
    )
    groups = [
        _group(_heading(id, look), list(items), look)
        for id, items in groupby(
            ordered, key=lambda each: each.indicator if each.indicator in order else ""
        )
    ]
    return chapter(
        "belagg",
        "Belägg",
        "evidence.html.j2",
        groups=groups,
        total=wording.number(len(ordered)),
    )


def _group(name: str, items: list[Evidence], look: Lookup) -> dict[str, object]:
    """An indicator's evidence; parts of the people without a finding are folded together."""
    folded = [each for each in items if not each.group.is_total and look.finding(each) is None]
    folded = folded if len(folded) >= FEWEST_FOLDED else []
    return {
        "name": name,
        "items": [_item(each, look) for each in items if each not in folded],
        "folded": [_item(each, look) for each in folded],
    }


def _heading(id: str, look: Lookup) -> str:
    indicator = look.indicator(id)
    return indicator.title if indicator is not None else "Omvärld och övrigt"


def _item(each: Evidence, look: Lookup) -> dict[str, object]:
    finding = look.finding(each)
    return {
        "anchor": evidence_anchor(each.id),
        "id": each.id,
        "question": question_name(each, is_asked=look.is_asked(each)),
        "sentence": claim(each, look),
        "why": why(each, look),
        "certainty": "Bedöms inte" if each.verdict is Verdict.NOT_JUDGED else certainty(each),
        "quadrant": wording.capital(finding.quadrant) if finding is not None else "",
        # A finding beyond the most shown has no card: its evidence takes the card's anchor.
        "finding_anchor": finding_anchor(finding.id) if finding and not finding.shown else "",
        "facts": _facts(each, look),
        "links": _links(each, look),
    }


def _facts(each: Evidence, look: Lookup) -> list[tuple[str, str]]:
    """Name and value of everything that was known; what does not exist is left out."""
    indicator = look.indicator(each.indicator)
    facts = [("Underlag", basis(each)), ("Period", times.period(each.period))]
    if indicator is not None:
        facts += _numbers(each, indicator, look)
        if each.group != Group():
            children = indicator.concerns_children
            name = wording.group_name(each.group, children=children, areas=look.report.areas)
            facts.insert(1, ("Grupp", name))
    facts += _test(each)
    facts += [
        ("Bedömning", verdict_word(each)),
        ("Metod", each.method),
        ("Regel", rule_line(each.rule, is_asked=look.is_asked(each))),
        ("Källa", each.source),
        ("Rader i källan", each.source_rows),
        ("Programversion", each.code_version),
    ]
    return [(name, text) for name, text in facts if text]


def _numbers(each: Evidence, indicator: Indicator, look: Lookup) -> list[tuple[str, str]]:
    unit, decimals = indicator.unit, indicator.decimals
    # A survey's values are rounded once and for all, so that a small group cannot be worked out.
    finer = decimals if look.is_asked(each) else decimals + 1
    facts = [("Värde", cell_text(each.cell, indicator))]
    if isinstance(each.cell, Withheld):
        # A difference and its reference would give the value away.
        return facts
    if each.cell.low is not None and each.cell.high is not None:
        low, high = (
            wording.number(each.cell.low, decimals),
            wording.of(each.cell.high, indicator),
        )
        facts.append(("95 % konfidensintervall", f"{low} till {high}"))
    if each.cell.n is not None:
        facts.append(("Antal svar eller fall", wording.number(each.cell.n)))
    if each.reference is not None:
        members = (
            f", {wording.number(each.reference.members)} kommuner" if each.reference.members else ""
        )
        value = wording.of(each.reference.value, indicator)
        facts.append(("Hålls mot", f"{_held(each.reference)}: {value}{members}"))
    is_yearly = each.question in (Question.TREND, Question.GAP_TREND) and not look.is_asked(each)
    per_year = " per år" if is_yearly else ""
    turned = _turned(each)
    if each.difference is not None:
        size = f"{wording.signed(each.difference, finer)} {wording.difference_unit(unit)}"
        facts.append(("Skillnad", f"{size}{per_year}{turned}"))
    if each.low is not None and each.high is not None:
        low, high = (wording.signed(bound, finer) for bound in (each.low, each.high))
        facts.append(("Skillnadens 95 % intervall", f"{low} till {high}"))
    delta = f"{wording.plain(each.delta)} {wording.difference_unit(unit)}{per_year}"
    facts.append(("Relevant skillnad", delta))
    return facts


def _held(reference: Reference) -> str:
    if reference.kind is ReferenceKind.BEST:
        return f"bästa fjärdedelen av {reference.label}"
    return reference.label


def _turned(each: Evidence) -> str:
    """What plus means for the difference of this evidence."""
    if each.verdict is Verdict.NOT_JUDGED:
        is_course = each.question in (Question.TREND, Question.GAP_TREND)
        return "" if is_course else ", eget värde minus det som det hålls mot"
    if each.question is Question.POTENTIAL:
        return ", plus betyder att det finns att vinna"
    return ", plus är bra"


def _test(each: Evidence) -> list[tuple[str, str]]:
    facts = []
    if each.p is not None:
        facts.append(("p-värde", wording.probability(each.p)))
    if each.q is not None:
        facts.append(("q-värde, korrigerat", wording.probability(each.q)))
        facts.append(("Prövade tillsammans", wording.number(each.family_size)))
    if each.n_periods:
        span = f"{wording.number(each.n_periods)}, från {times.period(each.first_period)}"
        facts.append(("Antal perioder", span))
    return facts


def _links(each: Evidence, look: Lookup) -> list[Cell]:
    links = []
    finding = look.finding(each)
    if finding is not None and finding.shown:
        links.append(Cell(wording.capital(finding.quadrant), href=f"#{finding_anchor(finding.id)}"))
    if anchor := look.figure(each.indicator):
        links.append(Cell("Diagram", href=f"#{anchor}"))
    return links
