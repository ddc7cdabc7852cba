"""Values of indicators: the kommun's own and those of a snapshot, as one table."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from kvalitetslib.contracts import VALUES
from kvalitetslib.model import Indicator
from kvalitetslib.period import Period, parse_period
from kvalitetslib.sources.checked import Checked, Problem
from kvalitetslib.sources.reader import empty_frame
from kvalitetslib.sources.rows import Refused
from kvalitetslib.sources.snapshot import Fetch, open_fetch

OWN = "egen"
"""Source of the values in the kommun's own file."""
COLUMNS = (
    "kommun",
    "indicator",
    "period",
    "at",
    "gender",
    "age",
    "area",
    "enhet",
    "value",
    "numerator",
    "denominator",
    "status",
    "source",
)
_KEY = ["indicator", "period", "gender", "age", "area", "enhet"]
_SHARE = "procent"
_NOT_NEGATIVE = ("antal", "dagar", "minuter")
_KEPT = 8


@lru_cache
def no_values() -> pd.DataFrame:
    """A table of values without rows."""
    frame = empty_frame(VALUES).assign(at=pd.Series([], dtype="float64"))
    texts = {name: pd.Series([], dtype="str") for name in ("kommun", "source")}
    return frame.assign(**texts)[list(COLUMNS)]


def unit_faults(checked: Checked, indicators: Mapping[str, Indicator]) -> Iterator[Refused]:
    """Values that the indicator's unit cannot have, and parts larger than their whole."""
    frame = checked.frame
    is_sound = ~np.isin(np.arange(len(frame)), list(checked.faulty))
    units = frame["indicator"].map({id: each.unit for id, each in indicators.items()})
    is_share = (units == _SHARE).to_numpy(dtype=bool) & is_sound
    is_amount = units.fillna("").str.startswith(_NOT_NEGATIVE).to_numpy(dtype=bool) & is_sound
    value = frame["value"].to_numpy(dtype=float)
    share = Problem("en andel ligger mellan 0 och 100 procent", "0 till 100")
    for place in np.flatnonzero(is_share & ((value < 0) | (value > 100))):
        yield int(place), "value", share
    for place in np.flatnonzero(is_amount & (value < 0)):
        yield int(place), "value", Problem("ett antal är inte negativt", "0 eller större")
    part, whole = (frame[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    for place in np.flatnonzero(is_share & (part > whole)):
        accepted = f"högst nämnaren {whole[place]:.0f}"
        yield int(place), "numerator", Problem("täljaren är större än nämnaren", accepted)


def own_values(checked: Checked, kod: str, quarter: Period) -> pd.DataFrame:
    """The own file's values for periods that have ended with the quarter."""
    frame = checked.frame
    frame = frame.assign(
        kommun=pd.Series([kod] * len(frame), dtype="str"),
        source=pd.Series([OWN] * len(frame), dtype="str"),
        at=frame["period"].map({text: parse_period(text).at for text in frame["period"].unique()}),
    )
    has_ended = {text: parse_period(text).end <= quarter.end for text in frame["period"].unique()}
    is_kept = frame["period"].map(has_ended).to_numpy(dtype=bool)
    return frame.loc[is_kept, list(COLUMNS)].reset_index(drop=True)


@lru_cache(maxsize=_KEPT)
def fetched_values(fetch: Fetch, ids: frozenset[str], quarter: Period, source: str) -> pd.DataFrame:
    """A fetch's values of those indicators, for years that have ended with the quarter.

    The same object again for the same question: it is shared between kommuner and never changed.
    """
    rows = open_fetch(fetch).values
    last = quarter.end.year if quarter.end.month == 12 else quarter.end.year - 1
    is_kept = rows["kpi"].isin(ids) & (rows["period"] <= last)
    rows = rows[is_kept].reset_index(drop=True)
    empty = pd.Series([""] * len(rows), dtype="str")
    return pd.DataFrame(
        {
            "kommun": rows["municipality"],
            "indicator": rows["kpi"],
            "period": rows["period"].astype("str"),
            "at": rows["period"].astype("float64"),
            "gender": rows["gender"],
            "age": empty,
            "area": empty,
            "enhet": empty,
            "value": rows["value"],
            "numerator": np.full(len(rows), np.nan),
            "denominator": np.full(len(rows), np.nan),
            "status": rows["status"],
            "source": pd.Series([source] * len(rows), dtype="str"),
        }
    )


def joined_values(fetched: pd.DataFrame, own: pd.DataFrame, kod: str) -> pd.DataFrame:
    """All values. Where both have the same cell, the own number fills one that is not published."""
    if own.empty:
        return fetched
    here = fetched[(fetched["kommun"] == kod).to_numpy(dtype=bool)]
    both = pd.MultiIndex.from_frame(here[_KEY]).isin(pd.MultiIndex.from_frame(own[_KEY]))
    return pd.concat([fetched.drop(index=here.index[both]), own], ignore_index=True)


def repeated_values(checked: Checked, fetched: pd.DataFrame, kod: str) -> Iterator[Refused]:
    """Own values of cells that the snapshot already has a number in."""
    is_here = (fetched["kommun"] == kod).to_numpy(dtype=bool) & fetched["value"].notna().to_numpy()
    known = pd.MultiIndex.from_frame(fetched.loc[is_here, _KEY])
    is_known = pd.MultiIndex.from_frame(checked.frame[_KEY]).isin(known)
    problem = Problem("värdet finns redan i den hämtade källan", "ett värde som källan inte har")
    for place in np.flatnonzero(is_known):
        if int(place) not in checked.faulty:
            yield int(place), "value", problem
