"""What a kommun uses of SCB's population and forecast, checked to hold what its nämnder follow."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from kvalitetslib.age_span import AgeSpan, parse_span, parts_of
from kvalitetslib.errors import Fault, SourceError
from kvalitetslib.model import Kommun, Source
from kvalitetslib.sources.scb import (
    CONTENTS,
    FORECAST,
    no_people,
    open_people,
    spans_by_year,
)
from kvalitetslib.sources.snapshot import Fetch, fetch_folders, verify_fetch


@dataclass(frozen=True, eq=False)
class Population:
    """A table with ``scb.COLUMNS``, and where it comes from."""

    frame: pd.DataFrame
    sources: tuple[Source, ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()


def no_population() -> Population:
    """What a kommun without a source of population has."""
    return Population(no_people())


def read_population(data: Path, kommun: Kommun) -> Population:
    """The newest fetch of the kommun's source of population, or the one it has pinned.

    Raises
    ------
    SourceError : if the fetch is missing, changed, not as SCB writes it, or lacks the kommun or
        ages that its nämnder follow.
    """
    pinned = dict(kommun.snapshots).get("scb")
    if pinned is None:
        return no_population()
    fetch = verify_fetch(fetch_folders(data, pinned)[0], CONTENTS)
    people = open_people(fetch)
    faults = [
        fault for content in CONTENTS for fault in _faults(people.frame, fetch, kommun, content)
    ]
    if faults:
        raise SourceError(faults)
    note = " ".join(part for part in (fetch.source.note, *people.notes) if part)
    return Population(people.frame, (replace(fetch.source, note=note),), fetch.checksums)


def _faults(frame: pd.DataFrame, fetch: Fetch, kommun: Kommun, content: str) -> Iterator[Fault]:
    files = [each.name for each in fetch.files if each.content == content]
    if not files:
        accepted = f'en [[fil]] med innehall = "{content}"'
        yield Fault(f"{fetch.label}/source.toml", 0, "", f"{content} saknas", "", accepted)
        return
    label = f"{fetch.label}/{files[0]}"
    is_own = (frame["kommun"] == kommun.kod) & (frame["is_forecast"] == (content == FORECAST))
    own = frame[is_own.to_numpy(dtype=bool)]
    if own.empty:
        accepted = f"kommunens egen kod {kommun.kod} i Region"
        yield Fault(label, 0, "", "kommunens kod saknas", "", accepted)
        return
    known = spans_by_year(own)
    for span in _wanted(kommun):
        lacking = [year for year, spans in known.items() if not parts_of(span, spans)]
        if lacking:
            rule = f"åldrarna {span} går inte att räkna fram"
            found = f"{len(lacking)} av {len(known)} år, först {min(lacking)}"
            yield Fault(label, 0, "", rule, found, f"ettårsklasser som täcker {span}")


def _wanted(kommun: Kommun) -> list[AgeSpan]:
    return sorted({parse_span(text) for namnd in kommun.namnder for text in namnd.demand_ages})
