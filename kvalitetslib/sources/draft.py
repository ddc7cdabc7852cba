"""A first codebook for a file of answers: what can be seen in the file, and what a person must add.

Nothing is guessed of what is good or bad: each question is drafted with its mean until somebody
marks which answers are positive.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kvalitetslib.sources.answer_file import AnswerFile, read_answers
from kvalitetslib.sources.cells import gender, number
from kvalitetslib.sources.headings import folded
from kvalitetslib.sources.scales import plain_code
from kvalitetslib.sources.spss import SavColumn, sav_columns

_MOST_ANSWERS = 11
"""A column with more distinct cells than this is not taken for a scale."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROLES = {
    "id": ("id", "lopnr", "lopnummer", "respondent", "respondentid", "svarsid"),
    "vikt": ("vikt", "weight", "kalvikt"),
    "stratum": ("stratum", "strata"),
    "kluster": ("kluster", "cluster"),
}
_BACKGROUNDS = {
    "kön": ("kon", "gender", "sex", "juridiskt_kon"),
    "ålder": ("alder", "age", "fodelsear", "birthyear", "aldersgrupp"),
    "område": ("omrade", "stadsdel", "area", "kommundel", "ort"),
}
_BORN = ("fodelsear", "birthyear")
_AGES = '["18–29 år", "30–49 år", "50–64 år", "65 år och äldre"]'
_START = """\
# Utkast till kodbok för {file}. Gå igenom allt, rad för rad, innan den används:
# - byt varje text som börjar med "Fyll i"
# - ordna svaren från lägst till högst och skriv positiv = true på dem som är positiva;
#   byt sedan matt till "andel positiva"
# - flytta svar som "vet ej" från svar till vet_ej
[enkat]
namn = {name}
kalla = "Fyll i: vem som gjorde enkäten"
population = "Fyll i: vilka enkäten gick till"
"""


@dataclass(frozen=True)
class _Column:
    """A column with its distinct cells, and what an SPSS file says of it."""

    title: str
    texts: tuple[str, ...]
    label: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


def draft_codebook(path: Path) -> str:
    """The text of a draft codebook for a file of answers (.csv, .xlsx or .sav).

    Raises
    ------
    SourceError : if the file cannot be read.
    """
    file = read_answers(path.read_bytes(), path, label=path.name)
    columns = _columns(file, sav_columns(path, path.name) if path.suffix.lower() == ".sav" else ())
    year = _YEAR.search(path.stem)
    roles = {role: _first(columns, names) for role, names in _ROLES.items()}
    parts = [_START.format(file=path.name, name=_quoted(path.stem)), "[kolumner]"]
    parts += [f"{role} = {_quoted(each.title)}" for role, each in roles.items() if each]
    period = year[0] if year else "Fyll i: år, till exempel 2026"
    parts += ["", "[[omgang]]", f"period = {_quoted(period)}", f"fil = {_quoted(path.name)}", ""]
    used = {each.title for each in roles.values() if each}
    for kind, names in _BACKGROUNDS.items():
        found = _first(columns, names)
        if found and found.title not in used:
            used.add(found.title)
            parts += _background(found, kind)
    parts += _questions([each for each in columns if each.title not in used])
    return "\n".join(parts).rstrip() + "\n"


def _columns(file: AnswerFile, said: Iterable[SavColumn]) -> list[_Column]:
    labels = {each.name: each for each in said}
    found = []
    for title in file.header:
        if not title:
            continue
        texts = tuple(sorted({each for each in file.column(title).texts if each}, key=_order))
        about = labels.get(title, SavColumn(title, "", (), ()))
        found.append(_Column(title, texts, about.label, about.answers, about.missing))
    return found


def _order(text: str) -> tuple[float, str]:
    value = number(text)
    return (float("inf") if value is None else value, text)


def _first(columns: Iterable[_Column], names: tuple[str, ...]) -> _Column | None:
    return next((each for each in columns if folded(each.title) in names), None)


def _background(column: _Column, kind: str) -> Iterator[str]:
    name = folded(column.title)
    yield "[[bakgrund]]"
    yield f"typ = {_quoted(kind)}"
    yield f"nyckel = {_quoted(_id(column.title))}"
    yield f"kolumn = {_quoted(column.title)}"
    is_number = bool(column.texts) and all(number(each) is not None for each in column.texts)
    if kind == "ålder" and is_number and not column.answers:
        if name in _BORN:
            yield "fodelsear = true"
        yield f"grupper = {_AGES}"
    else:
        groups = [(code, _group(text, kind)) for code, text in _codes(column)]
        yield f"grupper = {{ {', '.join(f'{_quoted(a)} = {_quoted(b)}' for a, b in groups)} }}"
    yield ""


def _group(text: str, kind: str) -> str:
    if kind == "kön":
        return gender(text) or folded(text)
    return folded(text).replace("_", "-") if kind == "område" else text


def _codes(column: _Column) -> list[tuple[str, str]]:
    """Codes with labels: those of the file, and cells that have none."""
    known = {plain_code(code) for code, _ in column.answers}
    others = [(each, each) for each in column.texts if plain_code(each) not in known]
    return sorted([*column.answers, *others], key=lambda pair: _order(pair[0]))


def _questions(columns: list[_Column]) -> Iterator[str]:
    """Each distinct scale once, then the questions that refer to them."""
    scales: dict[str, str] = {}
    ids: set[str] = set()
    questions: list[str] = []
    for column in columns:
        body = _scale(column)
        name = scales.setdefault(body, f"skala{len(scales) + 1}")
        id = _id(column.title)
        while id in ids:
            id += "x"
        ids.add(id)
        questions += _question(column, id, name, is_open="öppen" in body)
    for body, name in scales.items():
        yield from ("[[skala]]", f"namn = {_quoted(name)}", body, "")
    yield from questions


def _question(column: _Column, id: str, scale: str, *, is_open: bool) -> Iterator[str]:
    text = column.label or f"Fyll i: frågans text ({column.title})"
    yield "[[fraga]]"
    yield f"id = {_quoted(id)}"
    yield f"kolumn = {_quoted(column.title)}"
    yield f"text = {_quoted(text)}"
    if not is_open:
        yield f"subjekt = {_quoted(f'Fyll i: Andelen som … ({column.title})')}"
    yield f"skala = {_quoted(scale)}"
    if not is_open:
        yield 'matt = "medelvärde"'
    yield ""


def _scale(column: _Column) -> str:
    """The keys of a column's scale; open when its cells are too many or too few."""
    codes = _codes(column)
    away = {code for code, _ in codes if _is_missing(code, column.missing)}
    answers = [pair for pair in codes if pair[0] not in away]
    if not 2 <= len(answers) <= _MOST_ANSWERS:
        return 'typ = "öppen"'
    lines = ['typ = "skala"', *_answers("svar", answers)]
    if away:
        lines += _answers("vet_ej", [pair for pair in codes if pair[0] in away])
    return "\n".join(lines)


def _answers(key: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"{key} = ["
    yield from (f"  {{ kod = {_quoted(code)}, text = {_quoted(text)} }}," for code, text in pairs)
    yield "]"


def _is_missing(code: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(
        code in (low, high) or _value(low) <= _value(code) <= _value(high) for low, high in ranges
    )


def _value(text: str) -> float:
    """The number of a code; NaN, which lies between no others, when it is none."""
    value = number(text)
    return float("nan") if value is None else value


def _id(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", folded(title)).strip("_") or "fraga"


def _quoted(text: str) -> str:
    """A text as TOML writes it; TOML's escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
