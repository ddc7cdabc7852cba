"""SCB's population and its forecast: answers from the statistical database as one table.

From reference year 2025 SCB adds a little noise to every number, so that totals are not the sums of
their parts: nothing here checks that they are.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from kvalitetslib.age_span import OPEN, AgeSpan
from kvalitetslib.errors import Fault, SourceError, accepted_words, quoted
from kvalitetslib.sources.jsonstat import PxTable, parse_jsonstat
from kvalitetslib.sources.scb_csv import parse_csv
from kvalitetslib.sources.snapshot import Fetch, StoredFile, unpacked

POPULATION, FORECAST = "folkmängd", "framskrivning"
CONTENTS = (POPULATION, FORECAST)
COUNTRY = "0000"
"""Riket, as all other tables call it; SCB's code is 00."""
COLUMNS = ("kommun", "age_from", "age_to", "year", "gender", "persons", "is_forecast", "source")
"""``kommun`` four digits; ages in whole years, ``age_to`` ``age_span.OPEN`` when open upwards;
``gender`` T, K or M; ``persons`` on 31 December of ``year``, NaN when not published."""
_KEY = ["kommun", "age_from", "age_to", "year", "gender", "is_forecast"]

_DIMENSIONS = ("Region", "Alder", "Tid", "Kon", "ContentsCode")
_NEEDED = _DIMENSIONS[:3]
_WHOLE = {"InrikesUtrikes": "83"}
"""Other dimensions that may stand in a table when they hold nothing but their total."""
_GENDERS = {"1": "M", "2": "K", "1+2": "T", "TotSa": "T"}
_AGES = re.compile(r"(?P<first>\d{1,3})(?:(?P<open>\+\d*|-)|-(?P<last>\d{1,3}))?", re.ASCII)
_ALL_AGES = ("tot", "totalt", "TotSA")
_REGION = re.compile(r"\d\d|\d{4}", re.ASCII)
_TIME = re.compile(r"(?P<year>(?:19|20)\d\d)(?:M(?P<month>\d\d))?", re.ASCII)
_DECEMBER = "12"
_KEPT = 4


@dataclass(frozen=True, eq=False)
class People:
    """What a fetch holds: a table with ``COLUMNS``, and the notes that must follow it."""

    frame: pd.DataFrame
    notes: tuple[str, ...]


def no_people() -> pd.DataFrame:
    """A table of people without rows."""
    return _frame(*([] for _ in COLUMNS))


@lru_cache(maxsize=_KEPT)
def open_people(fetch: Fetch) -> People:
    """All files of a verified fetch; the same object again for the same fetch, never changed.

    Raises
    ------
    SourceError : if a file cannot be read, is no table of people, or repeats another one's number.
    """
    frames, notes = [no_people()], list[str]()
    for file in fetch.files:
        table = read_table(unpacked(fetch, file), f"{fetch.label}/{file.name}", file)
        frames.append(
            people_of(table, is_forecast=file.content == FORECAST, source=fetch.source.name)
        )
        notes += [each for each in table.notes if each not in notes]
        frame = pd.concat(frames, ignore_index=True)
        repeated = frame.duplicated(_KEY).to_numpy(dtype=bool)
        if repeated.any():
            found = frame.loc[repeated, ["kommun", "age_from", "year", "gender"]].iloc[0]
            told = f"{', '.join(map(str, found))} ({int(repeated.sum())} i allt)"
            rule = "samma uppgift finns två gånger"
            raise SourceError(Fault(table.file, 0, "", rule, told, "varje uppgift i en fil"))
        frames = [frame]
    return People(frames[0], tuple(notes))


def read_table(raw: bytes, label: str, file: StoredFile) -> PxTable:
    """The table in a file, by its ending: .csv or .json, perhaps packed as .gz.

    Raises
    ------
    SourceError : if the file cannot be read.
    """
    name = file.name.removesuffix(".gz")
    if name.endswith(".csv"):
        return parse_csv(raw, label)
    if name.endswith(".json"):
        return parse_jsonstat(raw, label)
    raise SourceError(Fault(label, 0, "", "filens ändelse är okänd", file.name, ".json eller .csv"))


def people_of(table: PxTable, *, is_forecast: bool, source: str) -> pd.DataFrame:
    """The table's rows about riket and kommuner, for years; columns ``COLUMNS``.

    Counties are left out. Of a monthly table only December is taken: SCB counts age at the end of
    the year, so that those born later in the year are missing from the other months.

    Raises
    ------
    SourceError : with every dimension and code that is not one of people.
    """
    faults = [*_dimension_faults(table), *_code_faults(table)]
    if faults:
        raise SourceError(faults)
    times = {code: _TIME.fullmatch(code) for code in table.codes["Tid"]}
    years = {
        code: int(found["year"])
        for code, found in times.items()
        if found and found["month"] in (None, _DECEMBER)
    }
    cells = table.frame
    is_kept = cells["Tid"].isin(years) & cells["Region"].str.fullmatch(r"00|\d{4}")
    cells = cells[is_kept.to_numpy(dtype=bool)]
    spans = {code: span for code in table.codes["Alder"] if (span := _span(code))}
    ages = cells["Alder"]
    genders = cells["Kon"].map(_GENDERS) if "Kon" in table.codes else ["T"] * len(cells)
    frame = _frame(
        cells["Region"].replace({"00": COUNTRY}),
        ages.map({code: span.first for code, span in spans.items()}),
        ages.map({code: span.last for code, span in spans.items()}),
        cells["Tid"].map(years),
        genders,
        cells["value"],
        [is_forecast] * len(cells),
        [source] * len(cells),
    )
    if (frame["persons"] < 0).any():
        found = quoted(str(frame["persons"].min()))
        accepted = "tabellinnehållet folkmängd, inte förändring"
        raise SourceError(Fault(table.file, 0, "", "antalet personer är negativt", found, accepted))
    return frame


def _frame(*columns: Iterable[object]) -> pd.DataFrame:
    kinds = ("str", "int64", "int64", "int64", "str", "float64", "bool", "str")
    return pd.DataFrame(
        {
            name: pd.Series(np.asarray(list(values), dtype=object), dtype=kind)
            for name, values, kind in zip(COLUMNS, columns, kinds, strict=True)
        }
    )


def _dimension_faults(table: PxTable) -> list[Fault]:
    faults = []
    for name, codes in table.codes.items():
        if name in _DIMENSIONS or (name in _WHOLE and codes == (_WHOLE[name],)):
            continue
        if name in _WHOLE:
            rule, accepted = f"{name} delar upp folkmängden", f"bara totalen, koden {_WHOLE[name]}"
            faults.append(Fault(table.file, 0, name, rule, ", ".join(codes), accepted))
        else:
            accepted = accepted_words(name, _DIMENSIONS)
            faults.append(Fault(table.file, 0, name, "dimensionen är okänd", name, accepted))
    for name in _NEEDED:
        if name not in table.codes:
            found = ", ".join(table.codes)
            faults.append(Fault(table.file, 0, name, "dimensionen saknas", found, f"{name} med"))
    contents = table.codes.get("ContentsCode", ())
    if len(contents) > 1:
        rule = "tabellen har flera tabellinnehåll"
        found = ", ".join(contents)
        faults.append(Fault(table.file, 0, "ContentsCode", rule, found, "ett: antalet personer"))
    return faults


def _code_faults(table: PxTable) -> list[Fault]:
    """Codes that mean something else; the first one of each dimension and how many."""
    known: dict[str, tuple[str, str, Callable[[str], object]]] = {
        "Region": ("regionen är ingen kommun", "00 för riket eller fyra siffror", _is_region),
        "Alder": ("åldern kan inte tolkas", "0 till 100+, 80-84, 80+ eller tot", _span),
        "Kon": ("könet är okänt", ", ".join(_GENDERS), _GENDERS.get),
        "Tid": ("tiden är inget år", "2025 eller 2025M12", _TIME.fullmatch),
    }
    faults = []
    for name, (rule, accepted, is_known) in known.items():
        wrong = [code for code in table.codes.get(name, ()) if not is_known(code)]
        if wrong:
            found = f"{quoted(wrong[0])} ({len(wrong)} i allt)"
            faults.append(Fault(table.file, 0, name, rule, found, accepted))
    months = [code for code in table.codes.get("Tid", ()) if "M" in code]
    if months and not any(code.endswith(f"M{_DECEMBER}") for code in months):
        rule = "månadstabellen saknar december, och ålder räknas vid årets slut"
        faults.append(Fault(table.file, 0, "Tid", rule, months[-1], "år eller december"))
    return faults


def _is_region(code: str) -> bool:
    return _REGION.fullmatch(code) is not None


def _span(code: str) -> AgeSpan | None:
    """The ages of SCB's code: ``7``, ``80-84``, ``80-``, ``100+``, ``tot``; None when unknown."""
    if code in _ALL_AGES:
        return AgeSpan(0, OPEN)
    found = _AGES.fullmatch(code)
    if found is None:
        return None
    first = int(found["first"])
    last = OPEN if found["open"] else int(found["last"] or first)
    return AgeSpan(first, last) if last >= first else None


def spans_by_year(frame: pd.DataFrame) -> Mapping[int, frozenset[AgeSpan]]:
    """The spans that stand in the table for each year."""
    return {
        int(year): frozenset(
            AgeSpan(int(first), int(last))
            for first, last in zip(rows["age_from"], rows["age_to"], strict=True)
        )
        for year, rows in frame[["year", "age_from", "age_to"]].drop_duplicates().groupby("year")
    }
