"""The parts of a kommun as kommun.toml describes them, and their places on a map of tiles."""

from collections.abc import Sequence

from kvalitetslib.model import Area
from kvalitetslib.tomlfile import Section

KEY = "ruta"
MOST = 12
"""Rows and columns that a map of tiles can have and still be read on a phone."""
_ACCEPTED = f"rad och kolumn från 1 till {MOST}, till exempel [1, 2]"


def read_area(section: Section) -> Area:
    """One ``[[omrade]]``. Its tile is two numbers, or left out."""
    tile = section.wholes(KEY)
    is_place = len(tile) == 2 and all(1 <= each <= MOST for each in tile)
    if tile and not is_place:
        section.fault(KEY, "rutan finns inte på kartan", str(list(tile)), _ACCEPTED)
    return Area(
        section.text("nyckel"),
        section.text("namn"),
        section.text("storre", ""),
        (tile[0], tile[1]) if is_place else None,
    )


def check_tiles(sections: Sequence[Section], areas: Sequence[Area]) -> None:
    """Note tiles that two areas share, and areas without one when others have theirs."""
    if all(each.tile is None for each in areas):
        return
    taken: dict[tuple[int, int], str] = {}
    for section, each in zip(sections, areas, strict=True):
        if each.tile is None:
            if not section.has(KEY):
                section.fault(
                    "", f"nyckeln {KEY} saknas", "", f"{KEY} = {_ACCEPTED}, för alla områden"
                )
        elif each.tile in taken:
            free = f"en ruta för varje område, {taken[each.tile]} har redan den"
            section.fault(KEY, "två områden har samma ruta", str(list(each.tile)), free)
        else:
            taken[each.tile] = each.nyckel
