"""The parts of a kommun on a map of tiles: an indicator's value in each area."""

from collections.abc import Sequence

from kvalitetslib.model import Group, Indicator
from kvalitetslib.render import charts, wording
from kvalitetslib.render.charts import Chart, Tile
from kvalitetslib.render.drawings import HALF, short
from kvalitetslib.render.sentences.claims import WITHHELD
from kvalitetslib.report import Evidence, IndicatorResult, Report, Series, Withheld

READING = (
    "På kartan är rutan mörkare där värdet är högre, även när skillnaden kan bero på slumpen. "
)
READING_FOUND = "Tjock ram och ◆: området skiljer sig från övriga. "


def area_tiles(
    result: IndicatorResult, report: Report, found: Sequence[Evidence], *, id: str, title: str
) -> Chart | None:
    """Each area's latest value where it lies; None without places or values for two areas.

    ``found`` are the pieces of evidence that say which groups differ.
    """
    places = {each.nyckel: each.tile for each in report.areas if each.tile is not None}
    parts = {
        each.group.area: each
        for each in result.breakdown
        if each.group == Group(area=each.group.area) and each.group.area in places and each.points
    }
    if len(parts) < 2:
        return None
    differs = {each.group.area for each in found if each.group == Group(area=each.group.area)}
    drawn = [
        _tile(parts[key], place, result.indicator, report, is_found=key in differs)
        for key, place in places.items()
        if key in parts
    ]
    told = "; ".join(f"{each.label} {each.withheld or each.text}" for each in drawn)
    return charts.tiles(
        drawn,
        id=id,
        title=title,
        description=f"Karta av lika stora rutor. {told}.",
        least=result.indicator.delta,
        width=HALF,
    )


def _tile(
    series: Series, place: tuple[int, int], indicator: Indicator, report: Report, *, is_found: bool
) -> Tile:
    label, cell = wording.area_name(series.group.area, report.areas), series.points[-1].cell
    if isinstance(cell, Withheld):
        return Tile(label, *place, None, withheld=f"visas inte, {WITHHELD[cell.reason]}")
    return Tile(label, *place, cell.value, short(cell.value, indicator), is_found=is_found)
