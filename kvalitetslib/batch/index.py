"""The index pages of a quarter and of each kommun, from the manifest."""

from pathlib import Path

from kvalitetslib.batch.folder import write_whole
from kvalitetslib.batch.manifest import Entry, Manifest, Result
from kvalitetslib.render import wording
from kvalitetslib.render.page import IndexRow, index_page
from kvalitetslib.report import Verdict

NAME = "index.html"


def write_indexes(folder: Path, kvartal: str, manifest: Manifest, kommun: str) -> None:
    """The quarter's index over all kommuner, and one for ``kommun`` in its own folder."""
    entries = sorted(manifest.entries, key=_by_name)
    every = [_row(each, f"{each.kommun}/{each.namnd}.html") for each in entries]
    write_whole(folder / NAME, index_page(every, kvartal))
    own = [_row(each, f"{each.namnd}.html") for each in entries if each.kommun == kommun]
    write_whole(folder / kommun / NAME, index_page(own, kvartal))


def _by_name(entry: Entry) -> tuple[object, ...]:
    return wording.collation(entry.kommun_namn), wording.collation(entry.namnd_namn), entry.key


def _row(entry: Entry, href: str) -> IndexRow:
    return IndexRow(
        kommun=entry.kommun,
        kommun_namn=entry.kommun_namn,
        namnd=entry.namnd,
        namnd_namn=entry.namnd_namn,
        href=href,
        counts=tuple((Verdict(name), count) for name, count in entry.bedomningar.items()),
        failed=_failed(entry),
        synthetic=entry.syntetisk,
    )


def _failed(entry: Entry) -> str:
    """Where it stopped. What the cell said stays in korning.json: it may quote the data."""
    if entry.resultat is not Result.FAILED:
        return ""
    place = f"Cell {entry.cell} i anteckningsboken stoppade" if entry.cell else "Körningen stoppade"
    return f"{place}. Orsaken står i korning.json."
