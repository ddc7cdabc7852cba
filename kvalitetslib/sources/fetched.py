"""What a kommun uses of the snapshots that its kommun.toml names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kvalitetslib.model import Kommun, Source
from kvalitetslib.period import Period
from kvalitetslib.sources.indicators import fetched_values, no_values
from kvalitetslib.sources.snapshot import Fetch, fetch_folders, open_fetch, verify_fetch


@dataclass(frozen=True, eq=False)
class Fetched:
    """Values and metadata as ``inputs.Inputs`` describes them."""

    values: pd.DataFrame
    earlier: pd.DataFrame
    publications: pd.DataFrame
    names: Mapping[str, str]
    sources: tuple[Source, ...]
    checksums: tuple[tuple[str, str], ...]


def no_fetch() -> Fetched:
    """What a kommun without snapshots has."""
    columns = ("indicator", "title", "next_publication", "earlier_title")
    none = pd.DataFrame({name: pd.Series([], dtype="str") for name in columns})
    return Fetched(no_values(), no_values(), none, {}, (), ())


def read_fetched(data: Path, kommun: Kommun, quarter: Period) -> Fetched:
    """The snapshot that the kommun uses, and the own values of the one before it.

    Raises
    ------
    SourceError : if a snapshot is missing, changed or not as the source writes it.
    """
    pinned = dict(kommun.snapshots).get("kolada")
    if pinned is None:
        return no_fetch()
    fetches = [verify_fetch(folder) for folder in fetch_folders(data, pinned)]
    ids = frozenset(
        id for each in kommun.indicators for id in (each.id, each.margin_indicator) if id
    )
    values = [fetched_values(fetch, ids, quarter, fetches[0].source.name) for fetch in fetches]
    newest = open_fetch(fetches[0])
    return Fetched(
        values=values[0],
        earlier=_own(values[1], kommun.kod) if len(values) > 1 else no_values(),
        publications=_publications(fetches, ids),
        names=newest.names,
        sources=(fetches[0].source,),
        checksums=tuple(each for fetch in fetches for each in fetch.checksums),
    )


def _own(values: pd.DataFrame, kod: str) -> pd.DataFrame:
    return values[(values["kommun"] == kod).to_numpy(dtype=bool)].reset_index(drop=True)


def _publications(fetches: list[Fetch], ids: frozenset[str]) -> pd.DataFrame:
    """The wanted indicators; ``earlier_title`` is "" where the title has not changed."""
    tables = [open_fetch(fetch).kpis for fetch in fetches]
    newest = tables[0][tables[0]["indicator"].isin(ids)].reset_index(drop=True)
    before = dict(zip(tables[-1]["indicator"], tables[-1]["title"], strict=True))
    titles = zip(newest["indicator"], newest["title"], strict=True)
    changed = [before[id] if before.get(id, title) != title else "" for id, title in titles]
    return newest.assign(earlier_title=pd.Series(changed, dtype="str"))
