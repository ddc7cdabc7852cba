"""What to learn from and do first, as tables: lessons, good examples and the order of priority."""

from collections.abc import Sequence

from kvalitetslib.register import Lesson
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import learning
from kvalitetslib.wheel import GoodExample, LessonUse, Priority

MOST_PRIORITIES = 10
MOST_LESSONS = 10


def lessons_table(look: Lookup) -> Table | None:
    """Lessons about what moves again, with what uses them."""
    uses = look.report.lesson_uses[:MOST_LESSONS]
    if not uses:
        return None
    head = ("Lärdom", "Från", "Gäller", "Används i")
    rows = tuple(_lesson(each, look) for each in uses)
    return Table("Lärdomar som rör läget nu", head, rows, as_cards=True)


def _lesson(use: LessonUse, look: Lookup) -> tuple[str | Cell, ...]:
    lesson = next((each for each in look.report.lessons if each.id == use.lesson), None)
    return (
        Cell(use.text, note=use.lesson),
        learning.source_of(use, look.report),
        Cell(_subject(lesson, look), href=_place(use.about, "", look), note=use.reason.value),
        learning.used_in(use.used_in, look),
    )


def _subject(lesson: Lesson | None, look: Lookup) -> str:
    if lesson is None:
        return "–"
    indicator = look.indicator(lesson.indicator)
    return indicator.title if indicator is not None else lesson.category or "–"


def peers_table(look: Lookup) -> Table | None:
    """Municipalities that are better with certainty."""
    found = [each for each in look.report.examples if not each.is_own]
    head = ("Kommun", "Indikator", "Deras värde", "Vårt värde", "Försprång", "Utveckling")
    return _examples("Kommuner att ringa", head, found, look, learning.EXAMPLES_NOTE)


def own_table(look: Lookup) -> Table | None:
    """Areas and groups of the own kommun that are better than the rest."""
    found = [each for each in look.report.examples if each.is_own]
    head = ("Område eller grupp", "Indikator", "Värde", "Övriga", "Försprång", "Utveckling")
    return _examples("Egna exempel att lära av", head, found, look, learning.OWN_EXAMPLES_NOTE)


def _examples(
    name: str, head: tuple[str, ...], found: Sequence[GoodExample], look: Lookup, note: str
) -> Table | None:
    rows = tuple(row for each in found if (row := _example(each, look)) is not None)
    if not rows:
        return None
    return Table(name, head, rows, numeric=frozenset({2, 3, 4}), as_cards=True, note=note)


def _example(example: GoodExample, look: Lookup) -> tuple[str | Cell, ...] | None:
    indicator = look.indicator(example.indicator)
    if indicator is None:
        return None
    anchor = look.figure(example.indicator)
    theirs, ours = wording.pair(example.value, example.own_value, indicator)
    lead = learning.lead(example, indicator.unit, indicator.decimals)
    return (
        wording.capital(example.who),
        Cell(indicator.title, href=f"#{anchor}" if anchor else ""),
        Cell(theirs, note=times.period(example.period)),
        ours,
        Cell(Said(lead, (example.evidence,)) if example.evidence in look.evidence else lead),
        learning.improving(example),
    )


def priority_table(look: Lookup) -> Table | None:
    """The heaviest first, with each part of the score."""
    rows = tuple(_priority(each, look) for each in look.report.priorities[:MOST_PRIORITIES])
    if not rows:
        return None
    head = ("Fel eller åtgärd", "Åtgärd", "Räckvidd", "Allvar", "Säkerhet", "Kostnad", "Poäng")
    numeric = frozenset({2, 3, 4, 5, 6})
    return Table(
        "Det viktigaste först",
        head,
        rows,
        numeric,
        as_cards=True,
        is_caption_shown=False,
        note=learning.FORMULA,
    )


def _priority(priority: Priority, look: Lookup) -> tuple[str | Cell, ...]:
    found = look.evidence.get(priority.evidence)
    atgard = look.atgard(priority.atgard)
    note = ""
    if found is not None and not found.group.is_total:
        indicator = look.indicator(found.indicator)
        children = indicator.concerns_children if indicator is not None else False
        note = wording.group_name(found.group, children=children, areas=look.report.areas)
    severity = wording.number(priority.severity, 2)
    return (
        Cell(priority.name, href=_place(priority.about, priority.evidence, look), note=note),
        f"{atgard.title} ({atgard.status.value})" if atgard is not None else "åtgärd saknas",
        wording.number(priority.reach, 2),
        Cell(Said(severity, (found.id,)) if found is not None else severity),
        wording.number(priority.certainty, 2),
        wording.number(priority.cost, 2),
        wording.number(priority.score, 3),
    )


def _place(about: str, evidence: str, look: Lookup) -> str:
    """Where the page tells of a finding, or of the evidence; empty when it does not."""
    if any(each.id == about and not each.doubted for each in look.report.findings):
        return f"#{finding_anchor(about)}"
    return f"#{evidence_anchor(evidence)}" if evidence in look.evidence else ""
