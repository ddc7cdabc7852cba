"""The tables of a survey as a whole: what matters most, and who answered."""

from collections.abc import Sequence

from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.response_drawings import dimension_name
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.splits import respondents
from kvalitetslib.survey_result import Driver, ResponseGroup, SurveyResult


def drivers_table(ranked: Sequence[Driver], survey: SurveyResult, look: Lookup) -> Table:
    """The points of the matrix by number."""
    items = {each.item.id: each for each in survey.items}
    rows = []
    for place, each in enumerate(ranked, 1):
        own = items.get(each.item)
        anchor = look.figure(own.indicator.id) if own is not None else ""
        text = own.item.text if own is not None else each.label
        rows.append(
            (
                Cell(
                    f"{place}. {text}",
                    href=f"#{anchor}" if anchor else "",
                    note="" if own is not None else "hör till en annan nämnd",
                ),
                Cell(
                    wording.quantity(each.importance, "procent"),
                    note=wording.span(each.low, each.high, "procent"),
                ),
                wording.number(each.level),
                wording.capital(each.quadrant),
            )
        )
    head = ("Fråga", "Betydelse", "Nivå, 0–100", "Ruta")
    return Table("Frågorna i matrisen", head, tuple(rows), frozenset({1, 2}), as_cards=True)


def response_table(survey: SurveyResult) -> Table | None:
    """Who answered: only the columns that hold something."""
    groups = respondents(survey)
    if not groups:
        return None
    columns = [
        ("Tillfrågade", [_whole(each.invited) for each in groups]),
        ("Svarade", [_shown(each, _whole(each.answered)) for each in groups]),
        ("Svarsandel", [surveys.share(each.rate_pct) for each in groups]),
        ("Av befolkningen", [surveys.share(each.population_pct) for each in groups]),
        ("Av de svarande", [surveys.share(each.respondents_pct) for each in groups]),
    ]
    if surveys.is_weighted(survey):
        columns.append(("Efter viktning", [surveys.share(each.weighted_pct) for each in groups]))
    kept = [(name, cells) for name, cells in columns if any(cell != "–" for cell in cells)]
    rows: tuple[tuple[str | Cell, ...], ...] = tuple(
        (
            Cell(each.label, note=dimension_name(each.dimension)),
            *(cells[place] for _, cells in kept),
        )
        for place, each in enumerate(groups)
    )
    head = ("Grupp", *(name for name, _ in kept))
    return Table("Vilka svarade", head, rows, frozenset(range(1, len(head))), as_cards=True)


def _whole(value: int | None) -> str:
    return "–" if value is None else wording.number(value)


def _shown(group: ResponseGroup, text: str) -> str:
    return "visas inte" if group.answered is None else text
