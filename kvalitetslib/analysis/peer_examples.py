"""Municipalities to call: peers that are better with certainty where the own one is not.

A peer is held against the own mean of at most three years, as a level is (`yearly`), and its latest
value must be ahead by at least half a relevant difference. All peers of all indicators of a nämnd
are one family (Benjamini-Hochberg), as each could have been called.

Worked example: a peer 8 points ahead in the mean of three years, where both vary by 2 points a
year, has standard error 2 x sqrt(2) x 0.70 = 2.0 and t = 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import Floats, Panel, last_breaks, peer_group
from kvalitetslib.analysis.row_claims import Bools, own_noise
from kvalitetslib.analysis.yearly import CARRIED_OVER, LEVEL_YEARS, LONGEST_SPAN
from kvalitetslib.model import Namnd
from kvalitetslib.report import IndicatorResult, Verdict
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.multiplicity import benjamini_hochberg
from kvalitetslib.stats.noise import pooled_noise
from kvalitetslib.stats.recent import mean_noise, mean_until
from kvalitetslib.stats.trend import mann_kendall, significance_level, theil_sen
from kvalitetslib.wheel import GoodExample

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment

LEARNS = (Verdict.WORSE, Verdict.LEVEL)
"""Where others may have something to teach: an indicator that is weak, or level with others."""


@dataclass(frozen=True, eq=False)
class _Others:
    """Peers of some rows of ``Followed``: series (rows, peers, periods), and how they compare.

    ``ahead`` is the peer's lead in means of the same years, positive when it is better.
    """

    codes: tuple[str, ...]
    rows: tuple[int, ...]
    series: Floats
    ahead: Floats
    low: Floats
    own: Floats
    is_better: Bools
    is_improving: Bools


def peer_examples(
    assessment: "Assessment", namnd: Namnd, results: Sequence[IndicatorResult]
) -> Iterator[GoodExample]:
    """All certain ones, the one that surely is furthest ahead first in each indicator."""
    followed = assessment.followed
    verdicts = {each.indicator.id: each.verdict for each in results}
    rows = tuple(
        row
        for row, (whose, indicator) in enumerate(
            zip(followed.namnder, followed.indicators, strict=True)
        )
        if whose is namnd
        and verdicts.get(indicator.id) in LEARNS
        and followed.is_fresh[row]
        and not np.isnan(followed.polarity[row])
    )
    group = peer_group(assessment.kommun, namnd.peer_group)
    codes = (
        tuple(each for each in group.kommuner if each in assessment.panel.kommuner) if group else ()
    )
    if rows and codes:
        yield from _told(assessment, _compared(assessment, rows, codes))


def _compared(assessment: "Assessment", rows: tuple[int, ...], codes: tuple[str, ...]) -> _Others:
    followed, at = assessment.followed, np.array(rows)
    block = _block(assessment.panel, followed, rows, assessment)
    columns = assessment.panel.columns(codes)
    series, noise = block[:, columns], pooled_noise(block)
    sign = followed.polarity[at][:, None, None]
    lead = sign * (series - followed.own[at, 0][:, None, :])
    latest = followed.latest[at]
    last = followed.at[latest][:, None, None]
    young = np.where(followed.at > last - LONGEST_SPAN, lead, np.nan)
    shape = young.shape[:2]
    places = np.repeat(latest, shape[1])
    mean, years = (each.reshape(shape) for each in mean_until(_flat(young), places, LEVEL_YEARS))
    own_sigma, own_df = (each[at][:, None] for each in own_noise(followed))
    spread = np.hypot(own_sigma, noise.sigma[:, columns])
    spread = spread * mean_noise(np.maximum(years, 1), CARRIED_OVER)
    test = difference_test(mean, spread, np.fmin(own_df, noise.df[:, columns]))
    now = np.take_along_axis(lead, latest[:, None, None], axis=2)[:, :, 0]
    delta = followed.delta[at][:, None]
    q = benjamini_hochberg(test.p)
    shown = np.where(
        np.isnan(lead), np.nan, np.broadcast_to(followed.own[at, 0][:, None], lead.shape)
    )
    own, _ = mean_until(_flat(np.where(np.isnan(young), np.nan, shown)), places, LEVEL_YEARS)
    return _Others(
        codes=tuple(assessment.panel.kommuner[each] for each in columns),
        rows=rows,
        series=series,
        ahead=mean,
        low=test.low,
        own=own.reshape(shape),
        is_better=(q <= assessment.kommun.policy.fdr) & (mean >= delta) & (now >= delta / 2),
        is_improving=is_improving(sign * series, followed.at),
    )


def is_improving(series: Floats, at: Floats) -> Bools:
    """Which series, turned so that high is good, rise by an exact Mann-Kendall test."""
    test, line = mann_kendall(series), theil_sen(series, at)
    return np.asarray((test.p <= significance_level(test.n)) & (line.slope > 0))


def _block(
    panel: Panel, followed: Followed, rows: tuple[int, ...], assessment: "Assessment"
) -> Floats:
    """(rows, kommuner, periods) all municipalities' totals since each indicator's last break."""
    places = panel.rows([followed.indicators[row].id for row in rows])
    block = np.where((places >= 0)[:, None, None], panel.values[places, :, 0], np.nan)
    breaks = dict(last_breaks(assessment.kommun.indicators))
    for place, row in enumerate(rows):
        since = breaks.get(followed.indicators[row].id, -np.inf)
        block[place, :, panel.at < since] = np.nan
    return block


def _flat(values: Floats) -> Floats:
    return values.reshape(-1, values.shape[-1])


def _told(assessment: "Assessment", others: _Others) -> Iterator[GoodExample]:
    followed, names = assessment.followed, assessment.inputs.names
    for place, row in enumerate(others.rows):
        better = np.flatnonzero(others.is_better[place])
        order = sorted(better, key=lambda each: (-others.low[place, each], others.codes[each]))
        for peer in order:
            ahead, own = float(others.ahead[place, peer]), float(others.own[place, peer])
            yield GoodExample(
                indicator=followed.indicators[row].id,
                who=names.get(others.codes[peer], others.codes[peer]),
                is_own=False,
                value=own + float(followed.polarity[row]) * ahead,
                own_value=own,
                difference=ahead,
                low=float(others.low[place, peer]),
                is_improving=bool(others.is_improving[place, peer]),
                period=followed.periods[followed.latest[row]],
            )
