"""The cells of a file of answers become codes; what cannot be read is a fault with its row.

Each distinct text of a column is read once, and its meaning is then taken for all rows at once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kvalitetslib.codebook import Background, Item, ScaleKind
from kvalitetslib.errors import Fault, quoted
from kvalitetslib.sources.ages import OLDEST
from kvalitetslib.sources.answer_file import AnswerFile, Coded
from kvalitetslib.sources.cells import number
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.scales import plain_code

DONT_KNOW, MISSING, NOT_ASKED = -1, -2, -3
"""Codes of an item that are no place in its scale."""
UNKNOWN = -1
"""Code of a background that is not known."""
MOST_FAULTS = 20
"""Faults of one column that are told one by one."""
_LISTED = 14

T = TypeVar("T", int, float)


def item_codes(file: AnswerFile, item: Item, faults: list[Fault]) -> npt.NDArray[np.int8]:
    """Each row's place in ``item.answers``, or DONT_KNOW or MISSING; shape (rows,)."""
    coded = file.column(item.column)
    if item.scale is ScaleKind.OPEN:
        is_written = np.array([text != "" for text in coded.texts], dtype=bool)
        return np.where(is_written[coded.codes], 0, MISSING).astype(np.int8)
    known = _meanings(item)
    problem = Problem("svaret finns inte i skalan", _accepted(item))
    found = _read(file, item.column, coded, lambda text: _meaning(text, known, problem), faults)
    return np.asarray(found, dtype=np.int8)


def background_codes(
    file: AnswerFile, background: Background, year: int, faults: list[Fault]
) -> npt.NDArray[np.int16]:
    """Each row's place in ``background.groups``, or UNKNOWN; ``year`` is the wave's."""
    coded = file.column(background.column)
    known = _group_meanings(background)
    if background.bounds and not background.codes:
        reader = _age_reader(background, year, known)
    else:
        words = [code for code, _ in background.codes]
        problem = Problem("koden finns inte i kodboken", f"{_listed(words)}, eller tomt")
        reader = partial(_meaning, known=known, problem=problem)
    found = _read(file, background.column, coded, reader, faults)
    return np.asarray(found, dtype=np.int16)


def stratum_codes(
    file: AnswerFile, column: str, strata: tuple[str, ...], faults: list[Fault]
) -> npt.NDArray[np.int64]:
    """Each row's place among the strata; in sorted order of the codes when none are listed."""
    coded = file.column(column)
    codes = strata or tuple(sorted({plain_code(text) for text in coded.texts if text}))
    known = {plain_code(code): place for place, code in enumerate(codes)}
    problem = Problem("stratumet finns inte i kodboken", _listed(codes))
    found = _read(file, column, coded, lambda text: _meaning(text, known, problem), faults)
    return np.asarray(found, dtype=np.int64)


def cluster_codes(file: AnswerFile, column: str, faults: list[Fault]) -> npt.NDArray[np.int64]:
    """A number for each row's cluster."""
    coded = file.column(column)
    places = {text: place for place, text in enumerate(sorted(set(coded.texts)))}
    problem = Problem("klustret saknas", "klustrets kod på varje rad")
    found = _read(file, column, coded, lambda text: places[text] if text else problem, faults)
    return np.asarray(found, dtype=np.int64)


def weights(file: AnswerFile, column: str, faults: list[Fault]) -> npt.NDArray[np.float64]:
    """Each row's design weight."""

    def weight(text: str) -> float | Problem:
        value = number(text)
        if value is not None and value > 0 and np.isfinite(value):
            return value
        rule = "vikten är inte större än 0" if value is not None else "vikten är inget tal"
        return Problem(rule if text else "vikten saknas", "ett tal större än 0, till exempel 1,25")

    found = _read(file, column, file.column(column), weight, faults)
    return np.asarray(found, dtype=np.float64)


def check_ids(file: AnswerFile, column: str, faults: list[Fault]) -> None:
    """Note each row without an id, and each whose id stands in an earlier row."""
    coded = file.column(column)
    places = {text: place for place, text in enumerate(dict.fromkeys(coded.texts))}
    codes = np.array([places[text] for text in coded.texts], dtype=np.int64)[coded.codes]
    first = np.full(len(places), -1, dtype=np.int64)
    rows = np.arange(len(codes))
    first[codes[::-1]] = rows[::-1]
    blank = places.get("", -1)
    bad = np.flatnonzero((first[codes] != rows) | (codes == blank))
    texts = tuple(places)

    def problem(row: int) -> Problem:
        if codes[row] == blank:
            return Problem("svarandens id saknas", "ett id på varje rad")
        earlier = file.rows[first[codes[row]]]
        return Problem(f"samma svarande finns redan på rad {earlier}", "varje svarande en gång")

    faults += _faults(file, column, bad, lambda row: (texts[codes[row]], problem(row)))


def _read(
    file: AnswerFile,
    column: str,
    coded: Coded,
    read: Callable[[str], T | Problem],
    faults: list[Fault],
) -> npt.NDArray[np.float64]:
    """What ``read`` makes of each row's text; a refused text becomes 0, with its faults noted."""
    meant = [read(text) for text in coded.texts]
    values = np.array([0 if isinstance(each, Problem) else each for each in meant], dtype=float)
    refused = {place: each for place, each in enumerate(meant) if isinstance(each, Problem)}
    if refused:
        bad = np.flatnonzero(np.isin(coded.codes, list(refused)))
        faults += _faults(
            file,
            column,
            bad,
            lambda row: (coded.texts[coded.codes[row]], refused[int(coded.codes[row])]),
        )
    return values[coded.codes]


def _faults(
    file: AnswerFile,
    column: str,
    bad: npt.NDArray[np.int64],
    told: Callable[[int], tuple[str, Problem]],
) -> list[Fault]:
    """The first faults of a column one by one, and how many more there are."""
    found = []
    for row in bad[:MOST_FAULTS]:
        text, problem = told(int(row))
        place = int(file.rows[row])
        found.append(Fault(file.label, place, column, problem.rule, quoted(text), problem.accepted))
    if len(bad) > MOST_FAULTS:
        rule = f"och {len(bad) - MOST_FAULTS} till i samma kolumn"
        place = int(file.rows[bad[MOST_FAULTS]])
        found.append(Fault(file.label, place, column, rule, "", ""))
    return found


def _meaning(text: str, known: Mapping[str, int], problem: Problem) -> int | Problem:
    found = known.get(plain_code(text))
    if found is None:
        found = known.get(_bare(text))
    return problem if found is None else found


def _bare(text: str) -> str:
    """A label without case and extra spaces; its mark keeps it apart from codes."""
    return f"={' '.join(text.split()).casefold()}"


def _meanings(item: Item) -> dict[str, int]:
    """What a code, or a label after its mark, means for the item."""
    labels = {_bare(each.label): place for place, each in enumerate(item.answers)}
    labels |= {_bare(each.label): DONT_KNOW for each in item.dont_know}
    codes = {plain_code(code): MISSING for code in item.missing}
    codes |= {plain_code(each.code): DONT_KNOW for each in item.dont_know}
    codes |= {plain_code(each.code): place for place, each in enumerate(item.answers)}
    return {**labels, **codes, "": MISSING}


def _group_meanings(background: Background) -> dict[str, int]:
    places = {key: place for place, (key, _) in enumerate(background.groups)}
    labels = {_bare(label): places[key] for key, label in background.groups}
    keys = {_bare(key): place for key, place in places.items()}
    codes = {plain_code(code): places.get(key, UNKNOWN) for code, key in background.codes}
    return {**labels, **keys, **codes, "": UNKNOWN}


def _age_reader(
    background: Background, year: int, known: Mapping[str, int]
) -> Callable[[str], int | Problem]:
    """Reads an age or a birth year as the place of its group."""
    youngest, oldest = background.bounds[0], background.oldest or OLDEST
    form = "ett födelseår med fyra siffror" if background.born else "en ålder i hela år"
    span = (year - oldest, year - youngest) if background.born else (youngest, oldest)

    def read(text: str) -> int | Problem:
        if _bare(text) in known:
            return known[_bare(text)]
        if not text:
            return UNKNOWN
        value = plain_code(text)
        if not value.isdigit() or (background.born and len(value) != 4):
            return Problem("åldern har fel form", f"{form}, eller tomt")
        age = year - int(value) if background.born else int(value)
        if age < 0:
            return Problem("födelseåret har inte varit", f"{span[0]} till {span[1]}")
        if not youngest <= age <= oldest:
            return Problem("åldern är utanför åldersgrupperna", f"{span[0]} till {span[1]}")
        return int(np.searchsorted(background.bounds, age, side="right")) - 1

    return read


def _accepted(item: Item) -> str:
    codes = [each.code for each in (*item.answers, *item.dont_know)]
    return f"{_listed([*codes, *(code for code in item.missing if code)])}, eller tomt"


def _listed(words: Sequence[str]) -> str:
    more = f" och {len(words) - _LISTED} till" if len(words) > _LISTED else ""
    return f"{', '.join(words[:_LISTED])}{more}"
