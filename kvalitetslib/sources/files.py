"""A table file of a kommun, as Swedish Excel and others write it: text cells with row numbers."""

from dataclasses import dataclass
from pathlib import Path

from kvalitetslib.errors import Fault, SourceError, accepted_words
from kvalitetslib.sources.text import decode, is_binary, split_cells
from kvalitetslib.sources.workbook import read_cells

ENDINGS = (".csv", ".xlsx")
_TABLE_LIKE = (*ENDINGS, ".xls", ".xlsm", ".ods", ".tsv", ".txt")
_SIGNATURES = (
    (b"PK\x03\x04", "en Excelfil eller annan zippad fil"),
    (b"\xd0\xcf\x11\xe0", "en gammal eller lösenordsskyddad Excelfil (.xls)"),
    (b"%PDF", "en PDF"),
    (b"\x1f\x8b", "en komprimerad fil (gzip)"),
)
_PAGE_STARTS = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_ACCEPTED = "semikolonavgränsad CSV i UTF-8, eller Excel (.xlsx)"


@dataclass(frozen=True, eq=False)
class RawTable:
    """A file's cells as text. ``rows`` holds the line of each record, as Excel counts lines."""

    file: str
    header: tuple[str, ...]
    header_row: int
    cells: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    is_workbook: bool


def table_path(folder: Path, name: str, *, label: str) -> Path | None:
    """The table's file in the folder, None when the kommun has none.

    Raises
    ------
    SourceError : if it is there both as CSV and as Excel.
    """
    present = [folder / f"{name}{ending}" for ending in ENDINGS]
    present = [path for path in present if path.is_file()]
    if len(present) > 1:
        found = " och ".join(path.name for path in present)
        rule = "tabellen finns i två filer"
        raise SourceError(Fault(f"{label}/{present[0].name}", 0, "", rule, found, "en av dem"))
    return present[0] if present else None


def unknown_files(folder: Path, names: tuple[str, ...], *, label: str) -> list[Fault]:
    """A fault for each file in the folder that looks like a table but has no known name."""
    known = [f"{name}{ending}" for name in names for ending in ENDINGS]
    return [
        Fault(
            f"{label}/{path.name}",
            0,
            "",
            "filens namn är okänt",
            path.name,
            accepted_words(path.name, known),
        )
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in _TABLE_LIKE
        and path.name not in known
        and not path.name.startswith(("~", "."))
    ]


def parse_file(raw: bytes, label: str, *, sheet: str) -> RawTable:
    """The cells in the bytes of a file; ``label`` ends as the file's name does.

    Raises
    ------
    SourceError : if the file is empty, damaged or not what its ending says.
    """
    is_workbook = label.lower().endswith(".xlsx")
    if not raw.strip():
        raise SourceError(Fault(label, 0, "", "filen är tom", "", _ACCEPTED))
    _check_content(raw, label, is_workbook=is_workbook)
    if is_workbook:
        records = read_cells(raw, label, sheet=sheet)
    else:
        records = split_cells(decode(raw, label), label)
    return _table(records, label, is_workbook=is_workbook)


def _check_content(raw: bytes, label: str, *, is_workbook: bool) -> None:
    """Refuse a file that is something else than its ending says."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower()
    found = next((words for mark, words in _SIGNATURES if raw.startswith(mark)), "")
    if start.startswith(_PAGE_STARTS):
        found = "en webbsida (HTML eller XML)"
    if is_workbook and found == _SIGNATURES[0][1]:
        return
    if is_workbook and not found:
        found = "en binärfil" if is_binary(raw) else "en textfil, till exempel CSV"
    if found:
        rule = "filen är inte vad ändelsen säger"
        raise SourceError(Fault(label, 0, "", rule, found, _ACCEPTED))


def _table(
    records: list[tuple[int, tuple[str, ...]]], label: str, *, is_workbook: bool
) -> RawTable:
    filled = [(row, cells) for row, cells in records if any(cells)]
    if not filled:
        raise SourceError(Fault(label, 0, "", "filen är tom", "", _ACCEPTED))
    header_row, header = filled[0]
    while header and not header[-1]:
        header = header[:-1]
    body = filled[1:]
    if not body:
        rule = "filen har bara en rubrikrad"
        accepted = "minst en rad under rubrikerna, eller ingen fil alls"
        raise SourceError(Fault(label, header_row, "", rule, "", accepted))
    return RawTable(
        label,
        header,
        header_row,
        tuple(cells for _, cells in body),
        tuple(row for row, _ in body),
        is_workbook,
    )
