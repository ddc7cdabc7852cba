"""The index pages of a quarter, of each kommun and over all quarters, from the manifests."""

from collections.abc import Iterator
from pathlib import Path

from kvalitetslib import page_names
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.batch.manifest import Entry, Manifest, Result, read_manifest
from kvalitetslib.batch.opening import parse_quarter
from kvalitetslib.errors import ConfigError
from kvalitetslib.render import wording
from kvalitetslib.render.editions import EDITIONS, OVERVIEW
from kvalitetslib.render.index import IndexRow, QuarterRows, index_page, quarters_page
from kvalitetslib.report import Verdict

NAME = f"{page_names.INDEX}.html"
_ABOVE = f"../{NAME}"


def write_kommun_index(folder: Path, kvartal: str, manifest: Manifest, kommun: str) -> None:
    """The index of one kommun's quarter, in its own folder."""
    rows = [_row(each, "") for each in sorted(manifest.of(kommun), key=_by_name)]
    whole = {kommun: _whole(manifest, kommun, "")}
    up = (("Hela kvartalet", _ABOVE),)
    write_whole(folder / kommun / NAME, index_page(rows, kvartal, up=up, whole=whole))


def write_index(folder: Path, kvartal: str, manifest: Manifest) -> None:
    """The quarter's index over all kommuner."""
    entries = sorted(manifest.entries, key=_by_name)
    rows = [_row(each, f"{each.kommun}/") for each in entries]
    whole = {key: _whole(manifest, key, f"{key}/") for key in manifest.overviews}
    up = (("Alla kvartal", _ABOVE),)
    write_whole(folder / NAME, index_page(rows, kvartal, up=up, whole=whole))


def write_quarters(out: Path) -> None:
    """The index over every quarter in the folder that has a manifest."""
    quarters = []
    for folder in sorted(each for each in out.iterdir() if _is_quarter(each)):
        entries = sorted(read_manifest(folder).entries, key=_by_name)
        if entries:
            rows = tuple(_row(each, f"{folder.name}/{each.kommun}/") for each in entries)
            quarters.append(QuarterRows(folder.name, f"{folder.name}/{NAME}", rows))
    write_whole(out / NAME, quarters_page(quarters))


def _whole(manifest: Manifest, kommun: str, place: str) -> tuple[tuple[str, str], ...]:
    """The pages of the whole kommun; ``place`` is where they lie, seen from the index."""
    known = manifest.overviews.get(kommun)
    if known is None:
        return ()
    printed = (("PDF", f"{place}{page_names.OVERVIEW}.pdf"),) if known.pdf else ()
    return (("Hela kommunen", f"{place}{OVERVIEW}"), *printed)


def _is_quarter(folder: Path) -> bool:
    try:
        return parse_quarter(folder.name).text == folder.name and folder.is_dir()
    except ConfigError:
        return False


def _by_name(entry: Entry) -> tuple[object, ...]:
    return wording.collation(entry.kommun_namn), wording.collation(entry.namnd_namn), entry.key


def _row(entry: Entry, place: str) -> IndexRow:
    """The entry as a row; ``place`` is where its pages lie, seen from the index."""
    return IndexRow(
        kommun=entry.kommun,
        kommun_namn=entry.kommun_namn,
        namnd=entry.namnd,
        namnd_namn=entry.namnd_namn,
        href=f"{place}{entry.namnd}.html",
        counts=tuple((Verdict(name), count) for name, count in entry.bedomningar.items()),
        failed=_failed(entry),
        synthetic=entry.syntetisk,
        decisions=entry.beslut,
        doubts=entry.att_kontrollera,
        editions=tuple((name, f"{place}{file}") for name, file in _editions(entry)),
    )


def _editions(entry: Entry) -> Iterator[tuple[str, str]]:
    """The other pages of the report, and what has been printed of them all."""
    for each in EDITIONS:
        page = each.file(entry.namnd)
        if each.suffix and page in entry.filer:
            yield each.name, page
    for each in EDITIONS:
        printed = each.file(entry.namnd).replace(".html", ".pdf")
        if printed in entry.pdf:
            yield f"PDF {wording.lower_first(each.name)}" if each.suffix else "PDF", printed


def _failed(entry: Entry) -> str:
    """Where it stopped. What the cell said stays in korning.json: it may quote the data."""
    if entry.resultat is not Result.FAILED:
        return ""
    place = f"Cell {entry.cell} i anteckningsboken stoppade" if entry.cell else "Körningen stoppade"
    return f"{place}. Orsaken står i korning.json."
