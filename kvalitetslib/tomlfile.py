"""Strict reading of TOML: every key is asked for once, and what nobody asked for is a fault."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from kvalitetslib.errors import Fault, accepted_words, quoted

T = TypeVar("T", str, int, float, bool)
Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(?P<open>\[{1,2})\s*(?P<name>[^\[\]=]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"\s*(?P<name>[\w\-.\"']+)\s*=")
_AT_LINE = re.compile(r"at line (\d+)")
_WORDS = {
    str: "text inom citattecken",
    int: "ett heltal utan citattecken",
    float: "ett tal med decimalpunkt, utan citattecken",
    bool: "true eller false, utan citattecken",
    date: "ett datum utan citattecken, till exempel 2026-11-12",
    list: 'en lista med texter, till exempel ["a", "b"]',
}
_FORM = (
    'nyckel = värde på varje rad, text inom "citattecken" och true eller false med små bokstäver'
)


@dataclass(frozen=True)
class TomlFile:
    """The content of one TOML file, and where in it each key stands."""

    label: str
    text: str
    content: dict[str, Any]

    def row(self, place: Place) -> int:
        """The line where ``place`` begins, or the closest section around it; 0 when unknown."""
        while place and place not in self._rows:
            place = place[:-1]
        return self._rows.get(place, 0)

    @cached_property
    def _rows(self) -> dict[Place, int]:
        rows: dict[Place, int] = {}
        counts: dict[Place, int] = {}
        section: Place = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            header, key = _HEADER.fullmatch(line), _KEY.match(line)
            if header:
                section = _parts(header["name"])
                if header["open"] == "[[":
                    counts[section] = counts.get(section, -1) + 1
                    section = (*section, counts[section])
                rows.setdefault(section, number)
            elif key:
                rows.setdefault((*section, *_parts(key["name"])), number)
        return rows


def _parts(name: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def parse_toml(raw: bytes, label: str, faults: list[Fault]) -> TomlFile:
    """The file's content; empty, with a fault noted, when it cannot be read."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        faults.append(
            Fault(label, row, "", "filen är inte sparad som UTF-8", "", "teckenkodningen UTF-8")
        )
        return TomlFile(label, "", {})
    try:
        return TomlFile(label, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        lines = text.splitlines() or [""]
        row = int(found[1]) if found else len(lines)
        line = quoted(lines[min(row, len(lines)) - 1])
        faults.append(Fault(label, row, "", "filen följer inte TOML:s skrivsätt", line, _FORM))
        return TomlFile(label, "", {})


class Section:
    """One table of a TOML file. Faults are noted, never raised, so that all of them are found.

    A reader takes the keys it knows and then calls ``close``, which notes the keys left over.
    A default of ``None`` means that the key must be there.
    """

    def __init__(
        self, file: TomlFile, faults: list[Fault], *, place: Place = (), content: Any = None
    ) -> None:
        self.file = file
        self.faults = faults
        self.place = place
        self._content: dict[str, Any] = file.content if content is None else content
        self._asked: list[str] = []

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that stand in the file."""
        return tuple(self._content)

    def has(self, key: str) -> bool:
        """Whether the key stands in the file."""
        return key in self._content

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; a required text may not be empty."""
        value = self._value(key, str, default)
        is_empty = not value.strip() and isinstance(self._content.get(key), str)
        if default is None and is_empty:
            self.fault(key, "texten är tom", "", "text inom citattecken")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """The whole number of a key."""
        return self._value(key, int, default)

    def number(self, key: str, default: float | None = None) -> float:
        """The number of a key."""
        return self._value(key, float, default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """The true or false of a key."""
        return self._value(key, bool, default)

    def day(self, key: str) -> date | None:
        """The date of a key that may be left out."""
        self._asked.append(key)
        value = self._content.get(key)
        if value is None or type(value) is date:
            return value
        self.fault(key, "värdet har fel slag", _toml(value), _WORDS[date])
        return None

    def texts(self, key: str, *, is_required: bool = False) -> tuple[str, ...]:
        """The list of texts of a key, each named at most once."""
        self._asked.append(key)
        if not self.has(key):
            if is_required:
                self.fault("", f"nyckeln {key} saknas", "", f"{key} = {_WORDS[list]}")
            return ()
        value = self._content[key]
        if not isinstance(value, list) or any(not isinstance(each, str) for each in value):
            self.fault(key, "värdet har fel slag", _toml(value), _WORDS[list])
            return ()
        for each in sorted({each for each in value if value.count(each) > 1}):
            self.fault(key, "samma värde står två gånger", each, "varje värde en gång")
        return tuple(dict.fromkeys(value))

    def wholes(self, key: str) -> tuple[int, ...]:
        """The list of whole numbers of a key that may be left out."""
        self._asked.append(key)
        if not self.has(key):
            return ()
        value = self._content[key]
        if isinstance(value, list) and value and all(type(each) is int for each in value):
            return tuple(value)
        accepted = "en lista med heltal, till exempel [1, 2]"
        self.fault(key, "värdet har fel slag", _toml(value), accepted)
        return ()

    def table(self, key: str) -> "Section":
        """The section ``[key]``; empty when it is not there."""
        self._asked.append(key)
        value = self._content.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, "här ska ett avsnitt stå", _toml(value), f"[{key}] på en egen rad")
            value = {}
        return Section(self.file, self.faults, place=(*self.place, key), content=value)

    def tables(self, key: str) -> tuple["Section", ...]:
        """The sections ``[[key]]`` in the file's order."""
        self._asked.append(key)
        value = self._content.get(key, [])
        if not isinstance(value, list) or any(not isinstance(each, dict) for each in value):
            self.fault(key, "här ska ett avsnitt stå", _toml(value), f"[[{key}]] på en egen rad")
            value = []
        return tuple(
            Section(self.file, self.faults, place=(*self.place, key, number), content=each)
            for number, each in enumerate(value)
        )

    def fault(self, key: str, rule: str, found: str, accepted: str) -> None:
        """Note a fault at ``key``; at the section itself when the key is ""."""
        place = (*self.place, key) if key else self.place
        column = ".".join(str(part) for part in place if isinstance(part, str))
        self.faults.append(
            Fault(self.file.label, self.file.row(place), column, rule, quoted(found), accepted)
        )

    def close(self) -> None:
        """Note every key that was never asked for."""
        for key in self._content:
            if key not in self._asked:
                rule = "avsnittet är okänt" if _is_section(self._content[key]) else "okänd nyckel"
                self.fault(key, rule, key, accepted_words(key, sorted(set(self._asked))))

    def _value(self, key: str, kind: type[T], default: T | None) -> T:
        self._asked.append(key)
        if key not in self._content:
            if default is None:
                self.fault("", f"nyckeln {key} saknas", "", f"{key} = {_WORDS[kind]}")
            return kind() if default is None else default
        value = self._content[key]
        if type(value) is kind or (kind is float and type(value) is int):
            return kind(value)
        self.fault(key, "värdet har fel slag", _toml(value), _WORDS[kind])
        return kind() if default is None else default


def _is_section(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
    )


def _toml(value: object) -> str:
    """A value as the file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return "ett avsnitt" if isinstance(value, dict) else str(value)
