"""Which numbers an indicator can have at all: from its unit, and from what others publish."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from kvalitetslib.analysis.own_series import FEWEST_KOMMUNER, OwnValues
from kvalitetslib.analysis.panel import Floats, Panel
from kvalitetslib.model import Indicator, Perspective
from kvalitetslib.stats.doubts import Bools

TOLERATED = 0.05
"""A bound that more than this share of the other municipalities break some year is no bound."""
FULL_SHARE = 100.0
SLACK = 1e-6
"""What floating point may add to a published number."""
_FROM_ZERO = ("procent", "antal", "dagar", "index", "poäng", "kilo", "minuter", "megawattimmar")
"""How units begin that no honest value below zero has, unless other municipalities show it."""


@dataclass(frozen=True, eq=False)
class Honest:
    """Which municipalities break what is thought a bound: 1 or 0, NaN without values.

    Arrays of shape (indicators, kommuner).
    """

    panel: Panel
    negative: Floats
    above: Floats
    unordered: Floats


@lru_cache(maxsize=2)
def honest_in(panel: Panel) -> Honest:
    """Worked out once for all kommuner that share the panel."""
    known = ~np.isnan(panel.values)
    total, women, men = (panel.values[:, :, place] for place in range(3))
    unordered = (total < np.fmin(women, men) - 1) | (total > np.fmax(women, men) + 1)
    return Honest(
        panel,
        _breaks(panel.values < 0, known),
        _breaks(panel.values > FULL_SHARE, known),
        _breaks(unordered, ~np.isnan(total + women + men)),
    )


def _breaks(hits: Bools, known: Bools) -> Floats:
    axes = tuple(range(2, hits.ndim))
    return np.where(known.any(axis=axes), (hits & known).any(axis=axes), np.nan)


@dataclass(frozen=True, eq=False)
class Asked:
    """The values of the kommun ``kod``, their indicators, and what others' values allow."""

    own: OwnValues
    indicators: tuple[Indicator, ...]
    honest: Honest
    kod: str

    def is_bound(self, breaks: Floats) -> Bools:
        """(indicators,) where so few other municipalities break a bound that it is one."""
        panel = self.honest.panel
        row = panel.rows([each.id for each in self.indicators])
        others = np.delete(breaks[row], panel.columns((self.kod,)), axis=1)
        count = np.sum(~np.isnan(others), axis=1)
        share = np.nansum(others, axis=1) / np.maximum(count, 1)
        return np.asarray((row < 0) | (count < FEWEST_KOMMUNER) | (share <= TOLERATED))

    @cached_property
    def step(self) -> Floats:
        """(indicators,) the smallest difference that is published; 1 when all values are whole."""
        fraction = np.zeros(len(self.indicators))
        np.maximum.at(fraction, self.own.place, np.abs(self.own.value - np.rint(self.own.value)))
        finest = np.array([10.0**-each.decimals for each in self.indicators])
        return np.where(fraction > SLACK, finest, 1.0)

    @cached_property
    def from_zero(self) -> Bools:
        """(indicators,) no honest value is below zero."""
        unit = [
            each.unit.startswith(_FROM_ZERO)
            and each.unit != "procentenheter"
            and each.perspective is not Perspective.ECONOMY
            for each in self.indicators
        ]
        return np.array(unit, dtype=bool) & self.is_bound(self.honest.negative)
