"""Surveys that came as finished tables: their figures just as they were published."""

from itertools import groupby

from kvalitetslib.estimate import Estimate, Withheld
from kvalitetslib.model import Area
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import slug
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.sentences import surveys
from kvalitetslib.survey_result import PublishedResult, PublishedSurvey

MOST_ROWS = 600
"""Rows that a page shows of one survey; the rest stand in the JSON file beside it."""


def published_part(survey: PublishedSurvey, areas: tuple[Area, ...]) -> dict[str, object]:
    """One published survey: a table for each question, in the publisher's order."""
    shown = survey.results[:MOST_ROWS]
    return {
        "anchor": f"publicerad-{slug(survey.key)}",
        "name": f"{survey.name}, {times.period(survey.period)}",
        "told": surveys.published(survey, len(survey.results) - len(shown)),
        "note": survey.note,
        "tables": [
            _table(survey, question, tuple(rows), areas)
            for question, rows in groupby(shown, key=lambda each: each.question)
        ],
    }


def _table(
    survey: PublishedSurvey,
    question: str,
    rows: tuple[PublishedResult, ...],
    areas: tuple[Area, ...],
) -> Table:
    """Columns that hold nothing in the whole table are left out."""
    columns = [
        ("Enhet", [each.unit for each in rows]),
        ("Svar", [each.answer for each in rows]),
        ("Värde", [_value(each) for each in rows]),
        ("95\u00a0% intervall", [_interval(each) for each in rows]),
        ("Antal svar", [_n(each) for each in rows]),
        ("Utgivarens märke", [surveys.DIFFERS if each.differs else "" for each in rows]),
    ]
    kept = [(name, cells) for name, cells in columns if any(cells)]
    body: tuple[tuple[str | Cell, ...], ...] = tuple(
        (wording.group_name(each.group, areas=areas), *(cells[place] for _, cells in kept))
        for place, each in enumerate(rows)
    )
    head = ("Grupp", *(name for name, _ in kept))
    return Table(f"{question}. {survey.source}", head, body)


def _value(result: PublishedResult) -> str:
    if isinstance(result.cell, Withheld):
        return f"visas inte, {surveys.WITHHELD[result.cell.reason]}"
    return wording.plain(result.cell.value)


def _interval(result: PublishedResult) -> str:
    cell = result.cell
    if not isinstance(cell, Estimate) or cell.low is None or cell.high is None:
        return ""
    return f"{wording.plain(cell.low)}–{wording.plain(cell.high)}"


def _n(result: PublishedResult) -> str:
    cell = result.cell
    return wording.plain(cell.n) if isinstance(cell, Estimate) and cell.n is not None else ""
