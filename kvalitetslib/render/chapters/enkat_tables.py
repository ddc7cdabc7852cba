"""The tables of the survey chapter."""

from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from kvalitetslib.estimate import Estimate
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table, table_of
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.sentences.notes import SYMBOLS, VERDICT_WORDS
from kvalitetslib.render.splits import Split
from kvalitetslib.report import Question, Verdict
from kvalitetslib.survey_result import (
    Contrast,
    ItemResult,
    SliceResult,
    SurveyResult,
)

_T = TypeVar("_T")
CHANGE_NOTE = (
    "Förändringen står med sitt 95\u00a0% intervall, för andelar i procentenheter. "
    "Den är räknad före avrundning. En förändring kan vara oavgjord även när intervallet inte når "
    "noll: den måste vara tillräckligt stor och hålla när alla frågor prövas tillsammans."
).replace(" %", f"{wording.NBSP}%")
LAST_COLUMN = "Sista kolumnen gäller resultatet, inte förändringen."
_DONT_KNOW, _QUALITY = 5, 6
"""Columns that are left out when nobody could answer so, and when all results are alike."""
CHANGE_WORDS = VERDICT_WORDS | {Verdict.LEVEL: "Samma nivå"}


def overview(
    survey: SurveyResult, items: Sequence[ItemResult], look: Lookup, *, caption: str
) -> Table:
    """One row a question: value, interval, n, change since the last wave, don't know."""
    since = (
        f"Sedan {times.period(survey.earlier_period)}" if survey.earlier_period else "Förändring"
    )
    head: tuple[str, ...] = (
        "Fråga",
        "Resultat",
        "95\u00a0% intervall",
        "Svar",
        since,
        "Vet ej",
        "Resultatet är",
    )
    rows = tuple(_question(each, look) for each in items)
    notes = [CHANGE_NOTE, LAST_COLUMN] if survey.earlier_period else []
    numeric = frozenset({1, 2, 3, 5})
    if all(row[_QUALITY] == surveys.QUALITY["A"] for row in rows):
        head, rows = _without(head, _QUALITY), tuple(_without(row, _QUALITY) for row in rows)
        notes = [*notes[:1], surveys.ALL_SURE]
    if all(row[_DONT_KNOW] == "–" for row in rows):
        head, rows = _without(head, _DONT_KNOW), tuple(_without(row, _DONT_KNOW) for row in rows)
        numeric -= {_DONT_KNOW}
    return Table(caption, head, rows, numeric, as_cards=True, note=" ".join(notes))


def _without(row: tuple[_T, ...], place: int) -> tuple[_T, ...]:
    return row[:place] + row[place + 1 :]


def _question(item: ItemResult, look: Lookup) -> tuple[str | Cell, ...]:
    anchor = look.figure(item.indicator.id)
    shown = isinstance(item.total, Estimate)
    return (
        Cell(item.item.text, href=f"#{anchor}" if anchor else "", note=item.item.theme),
        Cell(surveys.value_text(item.total, item.indicator), note=surveys.measure(item)),
        surveys.interval(item.total, item.indicator),
        _count(item.total),
        _change(item, look),
        surveys.share(surveys.dont_know(item)) if shown else "–",
        _quality(item.total),
    )


def _change(item: ItemResult, look: Lookup) -> Cell:
    """The verdict on the change in words; a change without evidence is not judged."""
    if item.change is None or not isinstance(item.earlier, Estimate):
        return Cell("kan inte jämföras")
    size = _difference(item.change, item)
    held = look.one(item.indicator.id, Question.TREND)
    if held is None:
        return Cell("inte prövad", note=size)
    word = CHANGE_WORDS[held.verdict]
    return Cell(word, sign=SYMBOLS[held.verdict], tone=held.verdict.name.lower(), note=size)


def change_table(items: Sequence[ItemResult], survey: SurveyResult) -> Table:
    """Then and now, one row a question that has been asked in both waves."""
    names = [times.period(each) for each in (survey.earlier_period, survey.period)]
    rows = [
        [
            each.item.text,
            *(surveys.value_text(cell, each.indicator) for cell in (each.earlier, each.total)),
            _difference(each.change, each) if each.change is not None else "–",
        ]
        for each in items
    ]
    return table_of("Förra mätningen och den här", ("Fråga", *names, "Förändring"), rows)


def _difference(contrast: Contrast, item: ItemResult) -> str:
    """``+4 (+1 till +8)``."""
    indicator = item.indicator
    decimals = indicator.decimals
    low, high = (wording.signed(each, decimals) for each in (contrast.low, contrast.high))
    return f"{wording.signed(contrast.difference, decimals)} ({low} till {high})"


def _count(cell: object) -> str:
    return wording.number(cell.n) if isinstance(cell, Estimate) and cell.n is not None else "–"


def _quality(cell: object) -> str:
    return surveys.QUALITY.get(cell.quality, "–") if isinstance(cell, Estimate) else "–"


def answers_table(item: ItemResult) -> Table | None:
    """Share of each answer with its interval."""
    if not item.answers:
        return None
    percent = [
        [
            each.label,
            f"visas inte: {surveys.WITHHELD[each.share.reason]}"
            if not isinstance(each.share, Estimate)
            else surveys.share(each.share.value),
            _percent_interval(each.share),
        ]
        for each in item.answers
    ]
    return table_of("Alla svar", ("Svar", "Andel", "95\u00a0% intervall"), percent)


def _percent_interval(cell: object) -> str:
    if not isinstance(cell, Estimate) or cell.low is None or cell.high is None:
        return "–"
    return wording.span(cell.low, cell.high, "procent")


def groups_table(survey: SurveyResult, item: ItemResult, divided: Sequence[Split]) -> Table | None:
    """Every single group: value, interval, n, the last wave and the difference to the rest."""
    rows = [_group(each, split, item) for split in divided for each in split.slices]
    if not rows:
        return None
    before = times.period(survey.earlier_period) if survey.earlier_period else "Förr"
    head = ("Grupp", "Resultat", "95\u00a0% intervall", "Svar", before, "Mot övriga", "Säkerhet")
    note = (
        "Kvinnor jämförs med män, och män med kvinnor. Skillnaderna här är inte prövade "
        "tillsammans: de säkerställda står bland fynden."
    )
    return Table("Efter grupp", head, tuple(rows), frozenset({1, 2, 3, 4, 5}), note=note)


def _group(part: SliceResult, split: Split, item: ItemResult) -> tuple[str | Cell, ...]:
    indicator = item.indicator
    is_shown = isinstance(part.cell, Estimate)
    rest = part.against_rest if is_shown else None
    return (
        Cell(part.slice.label, note=split.label),
        surveys.value_text(part.cell, indicator),
        surveys.interval(part.cell, indicator),
        wording.number(part.n) if is_shown and part.n is not None else "–",
        surveys.value_text(part.earlier, indicator),
        wording.signed(rest.difference, indicator.decimals) if rest is not None else "–",
        _quality(part.cell),
    )


def standardised_table(item: ItemResult) -> Table | None:
    """Areas as they answered beside what they would answer with the same ages and sexes."""
    raw = {each.slice.parts: each.cell for each in item.groups}
    rows = [
        [
            each.slice.label,
            surveys.value_text(raw.get(each.slice.parts), item.indicator),
            surveys.value_text(each.cell, item.indicator),
            surveys.interval(each.cell, item.indicator),
        ]
        for each in item.standardised
    ]
    if not rows:
        return None
    head = ("Område", "Som de svarade", "Omräknat", "95\u00a0% intervall")
    made = table_of("Områden med samma ålder och kön", head, rows)
    return Table(made.caption, made.head, made.rows, made.numeric, note=surveys.STANDARDISED)


def crossing_tables(item: ItemResult, divided: Sequence[Split]) -> tuple[Table, ...]:
    """Two backgrounds at a time, as a grid; small cells in words."""
    cells = {frozenset(each.slice.parts): each for each in item.crossings}
    tables = []
    for across, down in combinations(divided, 2):
        grid = [
            (
                row,
                [
                    cells.get(frozenset((*row.slice.parts, *col.slice.parts)))
                    for col in across.slices
                ],
            )
            for row in down.slices
        ]
        if not any(cell for _, line in grid for cell in line):
            continue
        rows: tuple[tuple[str | Cell, ...], ...] = tuple(
            (row.slice.label, *(_crossed(cell, item) for cell in line)) for row, line in grid
        )
        caption = f"{down.label} och {wording.lower_first(across.label)}"
        head = (down.label, *(wording.capital(each.slice.label) for each in across.slices))
        tables.append(Table(caption, head, rows, frozenset(range(1, len(head)))))
    return tuple(tables)


def _crossed(part: SliceResult | None, item: ItemResult) -> Cell:
    if part is None:
        return Cell("–")
    if not isinstance(part.cell, Estimate):
        return Cell(surveys.WITHHELD[part.cell.reason])
    unsure = ", osäkert" if part.cell.quality == "B" else ""
    n = f", {wording.sample(part.n)}" if part.n is not None else ""
    return Cell(
        surveys.value_text(part.cell, item.indicator),
        note=f"{surveys.interval(part.cell, item.indicator)}{n}{unsure}",
    )
