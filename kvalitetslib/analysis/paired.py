"""Which indicators tend to go together among the municipalities: pairs, tested and corrected.

Only levels are compared, in the latest year that enough municipalities have values of both.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.panel import Floats, Panel
from kvalitetslib.model import Indicator, Kommun
from kvalitetslib.stats.multiplicity import benjamini_hochberg
from kvalitetslib.stats.rank_correlation import spearman_with_each

STRONG = 0.4
"""Least size of a correlation that is worth a look."""
SAME = 0.95
"""From this size two indicators are taken for two forms of one measure."""
FEWEST_KOMMUNER = 30
ABOVE_KOMMUNER = "00"
"""How the codes of the country and the counties begin."""
RECENT_YEARS = 5
"""How far back the latest common year may lie."""
_SEX = re.compile(r"\([^)]*\)|\b(?:totalt|alla|kvinnor|män|flickor|pojkar)\b|[^\w]+")


@dataclass(frozen=True)
class Pair:
    """An indicator that goes together with the one asked about."""

    other: str
    rho: float
    q: float
    n: int
    period: str


def pairs_of(
    indicators: Collection[str], kommun: Kommun, panel: Panel
) -> dict[str, tuple[Pair, ...]]:
    """The sure and strong partners of each of the indicators, strongest first.

    Parameters
    ----------
    indicators : ids asked about; all pairs tried with them are one family.
    kommun : partners are sought among all that any of its nämnder follows.
    panel : with the kommun's own withheld cells taken out.

    Notes
    -----
    Benjamini & Hochberg (1995). What is worked out from a table is kept, for all that read it.
    """
    totals = _totals(panel)
    place = {id: row for row, id in enumerate(totals.ids)}
    followed = sorted({id for each in kommun.namnder for id in each.indicators} & place.keys())
    known = {each.id: each for each in kommun.indicators}
    tried = [
        (id, other)
        for id in dict.fromkeys(id for id in indicators if id in place)
        for other in followed
        if not _is_same(known[id], known[other])
    ]
    p = np.array([_pairs(totals, place[id]).p[place[other]] for id, other in tried])
    found: dict[str, list[Pair]] = {}
    for (id, other), q in zip(tried, benjamini_hochberg(p), strict=True):
        pairs, row = _pairs(totals, place[id]), place[other]
        rho = float(pairs.rho[row])
        if q <= kommun.policy.fdr and STRONG <= abs(rho) < SAME:
            period = totals.periods[pairs.period[row]]
            found.setdefault(id, []).append(Pair(other, rho, float(q), int(pairs.n[row]), period))
    return {
        id: tuple(sorted(each, key=lambda pair: (-abs(pair.rho), pair.other)))
        for id, each in found.items()
    }


@dataclass(frozen=True, eq=False)
class _Totals:
    """Values for whole kommuner, (indicators, kommuner, periods), known by their content.

    Only indicators and years with enough municipalities, so that kommuner that read the same table
    share what is worked out from it, whatever own indicators they add.
    """

    ids: tuple[str, ...]
    periods: tuple[str, ...]
    values: Floats
    digest: bytes

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Totals) and self.digest == other.digest


@dataclass(frozen=True, eq=False)
class _Pairs:
    """One indicator with each of the totals: (indicators,); period -1 when too few have both."""

    rho: Floats
    p: Floats
    n: npt.NDArray[np.int64]
    period: npt.NDArray[np.int64]


@lru_cache(maxsize=2)
def _totals(panel: Panel) -> _Totals:
    recent = panel.at >= panel.at.max() - RECENT_YEARS
    is_kommun = np.array([not code.startswith(ABOVE_KOMMUNER) for code in panel.kommuner])
    values = panel.values[:, :, 0][:, is_kommun][:, :, recent]
    many = ((~np.isnan(values)).sum(axis=1) >= FEWEST_KOMMUNER).any(axis=1)
    ids = tuple(id for id, is_many in zip(panel.indicators, many, strict=True) if is_many)
    periods = tuple(p for p, is_recent in zip(panel.periods, recent, strict=True) if is_recent)
    kept = np.ascontiguousarray(values[many])
    names = "|".join((*ids, *periods, str(kept.shape)))
    return _Totals(ids, periods, kept, hashlib.sha256(names.encode() + kept.tobytes()).digest())


@lru_cache(maxsize=512)
def _pairs(totals: _Totals, row: int) -> _Pairs:
    """One indicator with each in the latest year that enough municipalities have values of both."""
    present = ~np.isnan(totals.values)
    both = np.einsum("kp,jkp->jp", present[row].astype(float), present.astype(float))
    enough = both >= FEWEST_KOMMUNER
    latest = enough.shape[1] - 1 - np.argmax(enough[:, ::-1], axis=1)
    one = totals.values[row].T[latest]
    others = np.take_along_axis(totals.values, latest[:, None, None], axis=2)[:, :, 0]
    others = np.where(enough.any(axis=1)[:, None], others, np.nan)
    found = spearman_with_each(one, others)
    return _Pairs(found.rho, found.p, found.n, np.where(enough.any(axis=1), latest, -1))


def _is_same(one: Indicator, other: Indicator) -> bool:
    """Whether the two are one measure: itself, its margin, or the same title for another sex."""
    return (
        one.id == other.id
        or other.id == one.margin_indicator
        or one.id == other.margin_indicator
        or _sexless(one.title) == _sexless(other.title)
    )


@lru_cache(maxsize=1024)
def _sexless(title: str) -> tuple[str, ...]:
    return tuple(_SEX.sub(" ", title.lower()).split())
