"""Text files: which bytes are which letters, and where one cell ends."""

import csv
import io
import re

from kvalitetslib.errors import Fault, SourceError, quoted

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_GARBLED = re.compile("Ã[¥¤¶…„–]|\ufffd")
"""å ä ö Å Ä Ö in UTF-8 that somebody has read as Windows-1252, and the mark of a lost letter."""
_SEPARATORS = ";\t,"
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_UTF = "UTF-8 (i Excel: CSV UTF-8) eller Windows-1252"


def is_binary(raw: bytes) -> bool:
    """Whether the bytes hold control characters that no text file has."""
    return _CONTROL.search(raw) is not None


def decode(raw: bytes, label: str) -> str:
    """The text of the bytes: UTF-8 with or without byte order mark, else Windows-1252.

    Raises
    ------
    SourceError : if the bytes are neither, or both.
    """
    if _is_utf16(raw):
        rule = "filen har fel teckenkodning"
        raise SourceError(Fault(label, 0, "", rule, "UTF-16 (Unicode-text)", _UTF))
    if is_binary(raw):
        rule = "filen är inte en textfil"
        raise SourceError(Fault(label, 0, "", rule, "styrtecken (binära data)", _UTF))
    text = _decoded(raw, label)
    garbled = _GARBLED.search(text)
    if garbled:
        row = text.count("\n", 0, garbled.start()) + 1
        found = quoted(text[max(garbled.start() - 10, 0) : garbled.end() + 10])
        rule = "å, ä eller ö har förvanskats"
        raise SourceError(Fault(label, row, "", rule, found, f"hela filen i {_UTF}"))
    return text


def _is_utf16(raw: bytes) -> bool:
    """Whether there is a UTF-16 mark, or every other byte is zero as for plain letters."""
    start = raw[:64]
    return raw.startswith((b"\xff\xfe", b"\xfe\xff")) or 3 * start.count(0) > len(start)


def _decoded(raw: bytes, label: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        found = f"byten 0x{raw[error.start]:02x}"
        rule = "filen har fel teckenkodning"
        raise SourceError(Fault(label, row, "", rule, found, _UTF)) from error


def split_cells(text: str, label: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every record's first line and its cells, stripped; the separator is read off the header.

    Raises
    ------
    SourceError : if a quote is never closed, or is followed by more text.
    """
    hint = _HINT.match(text)
    start = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(start)
    skipped = 1 if hint else 0
    reader = csv.reader(
        io.StringIO(start, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    records: list[tuple[int, tuple[str, ...]]] = []
    line = 0
    try:
        for cells in reader:
            records.append((line + 1 + skipped, tuple(map(str.strip, cells))))
            line = reader.line_num
    except csv.Error as error:
        row = line + 1 + skipped
        found = quoted(start.splitlines()[line])
        rule = "ett citattecken avslutas inte, eller följs av mer text"
        accepted = 'text inom "citattecken", och "" för ett citattecken i texten'
        raise SourceError(Fault(label, row, "", rule, found, accepted)) from error
    return records


def _separator(text: str) -> str:
    """The most frequent separator of the first line with text, outside quotes."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=outside.count)
