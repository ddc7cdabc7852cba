"""Do 95 % intervals of a share hold what they promise? A simulation, and the package svy."""

import numpy as np
import pytest
from stats.survey_cases import answers, designs

from kvalitetslib.stats import survey
from kvalitetslib.stats.survey_interval import effective_n, share_interval

D = answers()
SHARES = np.array([0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95])
SAMPLES = 4000


def coverage(n: int, spread: float) -> np.ndarray:
    """Share of intervals that hold the true share, one figure a share in SHARES.

    Two strata of equal size and different weight, weights that also vary within strata by
    `spread`, and the same true share in both; df = n - 2.
    """
    rng = np.random.default_rng([n, int(100 * spread)])
    shape = (len(SHARES), SAMPLES, n)
    w = rng.gamma(1 / max(spread, 1e-6) ** 2, 1.0, shape[1:]) if spread else np.ones(shape[1:])
    w[:, n // 2 :] *= 1.5
    y = rng.random(shape) < SHARES[:, None, None]
    p = (w * y).sum(-1) / w.sum(-1)
    z = w * (y - p[..., None]) / w.sum(-1)[:, None]
    halves = (z[..., : n // 2], z[..., n // 2 :])
    variance = sum(h.shape[-1] * h.var(axis=-1, ddof=1) for h in halves)
    kish = w.sum(-1) ** 2 / (w**2).sum(-1)
    extreme = (y.sum(-1) == 0) | (y.sum(-1) == n)
    se = np.where(extreme, 0.0, np.sqrt(variance))
    low, high = share_interval(
        np.where(extreme, y.any(-1), p), effective_n(p.round(12), se, n, kish), n - 2
    )
    return ((low <= SHARES[:, None]) & (SHARES[:, None] <= high)).mean(axis=-1)


@pytest.mark.parametrize("n", [10, 15, 20, 30, 60])
@pytest.mark.parametrize("spread", [0.0, 0.3, 0.5])
def test_wilson_on_the_effective_n_covers_95_percent_on_average_over_shares(
    n: int, spread: float
) -> None:
    assert 0.94 <= coverage(n, spread).mean() <= 0.985


@pytest.mark.parametrize("n", [10, 15, 20, 30, 60])
@pytest.mark.parametrize("spread", [0.0, 0.3, 0.5])
def test_wilson_on_the_effective_n_covers_94_percent_at_every_share(n: int, spread: float) -> None:
    assert coverage(n, spread).min() >= 0.94


@pytest.mark.parametrize("name", ["strata", "cluster"])
def test_share_and_error_agree_with_the_package_svy(name: str) -> None:
    import polars as pl
    import svy

    frame = pl.DataFrame({k: D[k] for k in ("stratum", "psu", "weight", "ja")})
    psu = "psu" if name == "cluster" else None
    sample = svy.Sample(data=frame, design=svy.Design(wgt="weight", stratum="stratum", psu=psu))

    found = sample.estimation.mean("ja").estimates[0]

    ours = survey.mean(D["ja"], designs()[name])
    assert (ours.value, ours.se) == pytest.approx((found.est, found.se), rel=1e-9)
