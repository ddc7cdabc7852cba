"""Belägg: everything behind each claim, with links back to where the page uses it."""

from itertools import groupby
from typing import NamedTuple

from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor, topic_anchor
from kvalitetslib.render.chapters.evidence_numbers import numbers
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter, inert
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.judgements import judgement_lines
from kvalitetslib.render.sentences.notes import basis, question_name, tested_line, verdict_word
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.render.sentences.rules import rule_line
from kvalitetslib.report import Evidence, Question, Report, Verdict

FEWEST_FOLDED = 3
"""Tests of groups without a finding that are folded under one line."""
CHECKSUM = "Underlagets kontrollsumma"
SHARED = ("Källa", "Programversion", CHECKSUM)
"""Told once for an indicator, when all its evidence has the same."""
_CHECKSUM_SHOWN = 12


class Fact(NamedTuple):
    """A name and its value; ``whole`` is what a shortened value stands for, a code is no word."""

    name: str
    text: str
    whole: str = ""
    is_code: bool = False

    def __html__(self) -> str:
        told = f' title="{inert(self.whole)}"' if self.whole else ""
        text = f"<code>{inert(self.text)}</code>" if self.is_code else inert(self.text)
        return f"<dt>{inert(self.name)}</dt><dd{told}>{text}</dd>"


class Facts(tuple[Fact, ...]):
    """Facts as a list on the page. No template: a page has thousands of them."""

    __slots__ = ()

    def __html__(self) -> str:
        return f"<dl>{''.join([each.__html__() for each in self])}</dl>\n"


class Item(NamedTuple):
    """A piece of evidence as it is shown."""

    anchor: str
    id: str
    question: str
    sentence: Said
    why: str
    certainty: str
    quadrant: str
    finding_anchor: str
    facts: Facts
    judgements: tuple[str, ...]
    links: list[Cell]


class Topic(NamedTuple):
    """All evidence about an indicator; parts of the people without a finding are ``folded``."""

    anchor: str
    name: str
    counted: str
    shared: Facts
    figure: str
    shown: list[Item]
    folded: list[Item]


def evidence(report: Report) -> Chapter:
    """Every piece of evidence, gathered by indicator in the nämnd's own order."""
    look = Lookup(report)
    order = look.order
    kinds = {each: place for place, each in enumerate(Question)}
    ordered = sorted(
        report.all_evidence,
        key=lambda each: (order.get(each.indicator, len(order)), kinds[each.question], each.id),
    )
    topics = [
        _topic(id, list(items), look)
        for id, items in groupby(
            ordered, key=lambda each: each.indicator if each.indicator in order else ""
        )
    ]
    return chapter(
        "belagg",
        "Belägg",
        "evidence.html.j2",
        topics=topics,
        total=wording.number(len(ordered)),
    )


def _topic(id: str, items: list[Evidence], look: Lookup) -> Topic:
    folded = {each.id for each in items if _is_foldable(each, look)}
    folded = folded if len(folded) >= FEWEST_FOLDED else set()
    facts = [_facts(each, look) for each in items]
    shared = _shared(facts)
    own = [Facts(fact for fact in each if fact not in shared) for each in facts]
    told = [_item(each, look, kept) for each, kept in zip(items, own, strict=True)]
    figure = look.figure(id)
    return Topic(
        anchor=topic_anchor(id),
        name=_heading(id, look),
        counted=_counted(items, look),
        shared=shared,
        figure=f"#{figure}" if figure else "",
        shown=[item for item in told if item.id not in folded],
        folded=[item for item in told if item.id in folded],
    )


def _is_foldable(each: Evidence, look: Lookup) -> bool:
    """Whether it is about a part of the people, and nobody has found, judged or doubted it."""
    is_plain = look.finding(each) is None and each.id not in look.doubted
    return is_plain and not each.group.is_total and each.id not in look.judged


def _shared(facts: list[list[Fact]]) -> Facts:
    """Where the numbers come from, as far as it is the same for two pieces of evidence or more."""
    if len(facts) == 1:
        return Facts()
    first, *rest = facts
    where = (each for each in first if each.name in SHARED)
    return Facts(each for each in where if all(each in more for more in rest))


def _counted(items: list[Evidence], look: Lookup) -> str:
    """``8 belägg, två fynd``."""
    told = f"{wording.number(len(items))}{wording.NBSP}belägg"
    found = {finding.id for each in items if (finding := look.finding(each)) is not None}
    return f"{told}, {wording.count(len(found), neuter=True)} fynd" if found else told


def _heading(id: str, look: Lookup) -> str:
    indicator = look.indicator(id)
    return indicator.title if indicator is not None else "Omvärld och övrigt"


def _item(each: Evidence, look: Lookup, facts: Facts) -> Item:
    finding = look.finding(each)
    quadrant = wording.capital(finding.quadrant) if finding is not None else ""
    return Item(
        anchor=evidence_anchor(each.id),
        id=each.id,
        question=wording.sentence(question_name(each, is_asked=look.is_asked(each))),
        sentence=claim(each, look),
        why=why(each, look),
        certainty="Bedöms inte" if each.verdict is Verdict.NOT_JUDGED else certainty(each),
        quadrant="Kontrollera först" if each.id in look.doubted else quadrant,
        # A finding beyond the most shown has no card: its evidence takes the card's anchor.
        finding_anchor=finding_anchor(finding.id) if finding and not finding.shown else "",
        facts=facts,
        judgements=judgement_lines(look.report.judgements, each.id),
        links=_links(each, look),
    )


def _facts(each: Evidence, look: Lookup) -> list[Fact]:
    """Name and value of everything that was known; what does not exist is left out."""
    pairs = [("Underlag", basis(each)), ("Period", times.period(each.period))]
    pairs += numbers(each, look)
    pairs += _test(each, look)
    pairs += [
        ("Maskinens bedömning", verdict_word(each)),
        ("Metod", each.method),
        ("Regel", rule_line(each.rule, is_asked=look.is_asked(each))),
        ("Källa", each.source),
        ("Rader i källan", each.source_rows),
        ("Programversion", each.code_version),
    ]
    facts = [Fact(name, text) for name, text in pairs if text]
    if each.state:
        facts.append(Fact("Läge", each.state, is_code=True))
    if each.checksum:
        shown = each.checksum[:_CHECKSUM_SHOWN]
        facts.append(Fact(CHECKSUM, shown, whole=each.checksum))
    return facts


def _test(each: Evidence, look: Lookup) -> list[tuple[str, str]]:
    facts = []
    # A survey's p is told as a bound, so that a small group cannot be worked out from it.
    most = "högst " if look.is_asked(each) else ""
    if each.p is not None:
        facts.append(("p-värde", f"{most}{wording.probability(each.p)}"))
    if each.q is not None:
        facts.append(("q-värde, korrigerat", f"{most}{wording.probability(each.q)}"))
        facts.append(("Familj av prövningar", _family(each, look)))
    if each.n_periods:
        span = f"{wording.number(each.n_periods)}, från {times.period(each.first_period)}"
        facts.append(("Antal perioder", span))
    return facts


def _family(each: Evidence, look: Lookup) -> str:
    """``24 prövade, 3 funna``."""
    of_kind = (one for one in look.report.families if one.question is each.question)
    return tested_line(each.family_size, next((one.found for one in of_kind), None))


def _links(each: Evidence, look: Lookup) -> list[Cell]:
    links = []
    finding = look.finding(each)
    if finding is not None and finding.shown:
        links.append(Cell(wording.capital(finding.quadrant), href=f"#{finding_anchor(finding.id)}"))
    if each.id in look.doubted:
        anchor = finding_anchor(look.doubted[each.id].id)
        links.append(Cell("Kontrollera uppgiften först", href=f"#{anchor}"))
    return links
