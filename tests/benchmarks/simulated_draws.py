"""Draws of a simulated world: what is true, and the noise that hides it.

Truths are drawn in relevant differences (delta) of the indicator: exactly none, less than half of
one, or one of the scenario's effects. Noise has standard deviation proportional to
1/sqrt(inhabitants), t tails in a third of the indicators and autocorrelation up to 0.3 in half.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

SMALLEST, MIDDLE, LARGEST = 2_400, 15_500, 980_000
"""Inhabitants of Sweden's smallest, middle and largest kommun, rounded (SCB 2023)."""
HIDES_SEXES = 6_000
"""Kommuner with fewer inhabitants do not publish women and men in half of the indicators."""
CLUSTER, N_PEERS, COUNTY = 10, 7, 14
RELEVANT_YEARS = 5
"""A trend of one relevant difference moves that much in so many years."""
SHARED = 0.6
"""Share of the noise that women and men have in common."""
LEVELS, TRENDS, GAPS = (0.45, 0.25), (0.75, 0.10), (0.60, 0.10)
LOCAL_GAPS, GAP_TRENDS, STEPS, PARTS = (0.85, 0.0), (0.88, 0.04), (0.60, 0.0), (0.60, 0.10)
NATIONAL_TRENDS, MONTHLY_TRENDS = (0.85, 0.0), (0.85, 0.0)
"""Shares of truths that are exactly none, and that are below half a relevant difference."""
LASTING = 0.8
"""Share of the persons whose answer lasts from one period to the next, of a lasting status."""
_SEXES = ((0, 1), (0,), (1,))
"""Places of women and men behind T, K and M."""


@dataclass(frozen=True, eq=False)
class Draw:
    """Draws truths; when ``silent`` all are none."""

    rng: np.random.Generator
    effects: tuple[float, ...]
    weights: tuple[float, ...]
    silent: bool

    def effect(self, delta: Floats, n: int, quiet: tuple[float, float]) -> Floats:
        """(indicators, n) true differences; ``quiet`` has the shares of none and of little."""
        shape = (len(delta), n)
        weights = np.array(self.weights) / sum(self.weights)
        large = self.rng.choice(self.effects, size=shape, p=weights)
        large *= self.rng.choice([-1.0, 1.0], size=shape)
        small = self.rng.uniform(-0.5, 0.5, shape)
        which = self.rng.random(shape)
        none, little = quiet
        size = np.where(which < none, 0.0, np.where(which < none + little, small, large))
        return np.asarray(size * delta[:, None] * (0.0 if self.silent else 1.0))


@dataclass(frozen=True, eq=False)
class Places:
    """Inhabitants, cluster of similar kommuner, county (kommuner,) and peers (kommuner, peers)."""

    inhabitants: Floats
    cluster: Ints
    county: Ints
    peers: Ints

    @property
    def noisier(self) -> Floats:
        """How much noisier than the middle kommun: 1/sqrt(inhabitants) and a floor."""
        return np.asarray(np.sqrt(0.02 + MIDDLE / self.inhabitants))


def places(rng: np.random.Generator, n: int) -> Places:
    """Sizes like those of Swedish kommuner; a cluster is similar in size and in all levels."""
    drawn = np.clip(rng.lognormal(np.log(MIDDLE), 0.95, n), SMALLEST, LARGEST)
    inhabitants = np.asarray(np.round(drawn), dtype=np.float64)
    order = np.argsort(np.log(inhabitants) + 0.4 * rng.standard_normal(n))
    cluster = np.empty(n, dtype=np.int64)
    cluster[order] = np.minimum(np.arange(n) // CLUSTER, max(n // CLUSTER - 1, 0))
    peers = np.empty((n, N_PEERS), dtype=np.int64)
    for own in range(n):
        similar = np.flatnonzero(cluster == cluster[own])
        peers[own] = rng.choice(similar[similar != own], N_PEERS, replace=False)
    return Places(inhabitants, cluster, rng.permutation(n) // COUNTY, peers)


def levels(draw: Draw, mean: Floats, sd: Floats, delta: Floats, where: Places) -> Floats:
    """(indicators, kommuner): what the cluster has in common and the own difference from it."""
    clusters = draw.rng.standard_normal((len(mean), where.cluster.max() + 1))
    similar = clusters[:, where.cluster] * (0.0 if draw.silent else 1.0)
    own = draw.effect(delta, len(where.cluster), LEVELS)
    return np.asarray(mean[:, None] + sd[:, None] * similar + own)


def true_years(draw: Draw, base: Floats, delta: Floats, years: int) -> Floats:
    """(indicators, kommuner, T K M, years): level in the last year, trend, gap and its trend."""
    n = base.shape[1]
    ago = np.arange(years) - (years - 1.0)
    slope = draw.effect(delta, n, TRENDS) + draw.effect(delta, 1, NATIONAL_TRENDS)
    gap = draw.effect(delta, 1, GAPS) + draw.effect(delta, n, LOCAL_GAPS)
    growth = draw.effect(delta, n, GAP_TRENDS) / RELEVANT_YEARS
    whole = base[..., None] + slope[..., None] / RELEVANT_YEARS * ago
    # A gap that was drawn for the last year mostly closes, one for the first year mostly grows.
    since = np.where(draw.rng.random(growth.shape) < 0.5, ago[0], 0.0)
    half = (gap[..., None] + growth[..., None] * (ago - since[..., None])) / 2
    return np.stack([whole, whole + half, whole - half], axis=2)


@dataclass(frozen=True, eq=False)
class Manner:
    """How the noise of each indicator behaves: autocorrelation, and whether it has t tails."""

    rho: Floats
    heavy: npt.NDArray[np.bool_]

    def noise(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
        """Unit noise of shape (indicators, ..., periods)."""
        wide = (-1,) + (1,) * (len(shape) - 1)
        tails = rng.standard_t(6, shape) / np.sqrt(1.5)
        fresh = np.where(self.heavy.reshape(wide), tails, rng.standard_normal(shape))
        found, keep = fresh.copy(), self.rho.reshape(wide)[..., 0]
        for step in range(1, shape[-1]):
            found[..., step] = keep * found[..., step - 1] + np.sqrt(1 - keep**2) * fresh[..., step]
        return found


def manner(rng: np.random.Generator, n: int, *, most: float = 0.3) -> Manner:
    rho = np.where(rng.random(n) < 0.5, rng.uniform(0.0, most, n), 0.0)
    return Manner(rho, rng.random(n) < 1 / 3)


def published_years(
    rng: np.random.Generator, true: Floats, *, sd: Floats, decimals: Ints, where: Places
) -> tuple[Floats, Floats]:
    """What is published of the true values, and the autocorrelation of each indicator."""
    count, n, _, years = (int(each) for each in true.shape)
    how = manner(rng, count)
    size = sd[:, None] * rng.uniform(0.08, 0.4, count)[:, None] * where.noisier
    both, women, men = (how.noise(rng, (count, n, years)) for _ in range(3))
    apart = np.sqrt(2 * (1 - SHARED**2))
    women, men = SHARED * both + apart * women, SHARED * both + apart * men
    noise = np.stack([(women + men) / 2, women, men], axis=2)
    seen = true + size[..., None, None] * noise
    seen = np.where(decimals[:, None, None, None] == 0, np.round(seen), np.round(seen, 1))
    hides = (rng.random(count) < 0.5)[:, None] & (where.inhabitants < HIDES_SEXES)
    seen[:, :, 1:][hides] = np.nan
    seen[rng.random(count) < 0.3, :, 1:] = np.nan  # never published by sex
    gone = _outside(rng, count, years)[:, None] | _holes(rng, (count, n, years))
    return np.where(gone[:, :, None], np.nan, seen), how.rho


def _outside(rng: np.random.Generator, count: int, years: int) -> npt.NDArray[np.bool_]:
    """Years before an indicator began, and for some the last one, not yet published."""
    last = years - (rng.random(count) < 0.3)
    first = last - rng.integers(5, years, count, endpoint=True)
    time = np.arange(years)
    return np.asarray((time < first[:, None]) | (time >= last[:, None]))


def _holes(rng: np.random.Generator, shape: tuple[int, int, int]) -> npt.NDArray[np.bool_]:
    share = rng.uniform(0.05, 0.15, shape[0])
    return np.asarray(rng.random(shape) < share[:, None, None])


@dataclass(frozen=True, eq=False)
class Counts:
    """Own counting by sex, age and area; ``persons`` has no periods: they stay the same.

    shares in percent (true) and events of shape (indicators, kommuner, sexes, ages, areas,
    periods).
    """

    shares: Floats
    persons: Ints
    events: Ints

    def by_sex(self, values: Floats) -> Floats:
        """(indicators, kommuner, T K M, periods): percent of the persons, from events or alike."""
        found = []
        for sexes in _SEXES:
            people = self.persons[:, :, list(sexes)].sum(axis=(2, 3, 4))[..., None]
            hits = values[:, :, list(sexes)].sum(axis=(2, 3, 4))
            found.append(100 * hits / np.maximum(people, 1))
        return np.stack(found, axis=2)

    @cached_property
    def true(self) -> Floats:
        """(indicators, kommuner, T K M, periods), percent."""
        return self.by_sex(self.shares / 100 * self.persons[..., None])


def counts(
    draw: Draw, base: Floats, delta: Floats, *, moves: Floats, cells: tuple[int, int], where: Places
) -> Counts:
    """Binomial counts in the cells of sex, age and area.

    Parameters
    ----------
    base : (indicators, kommuner) level of the last period. moves : (indicators, kommuner,
    periods), what is added to it. cells : how many ages and areas.
    """
    rng, (count, n) = draw.rng, base.shape
    shape = (count, n, 2, *cells)
    people = where.inhabitants * rng.uniform(0.01, 0.08, (count, 1))
    weight = rng.dirichlet(np.full(2 * cells[0] * cells[1], 8.0), (count, n))
    persons = np.round(people[..., None] * weight).astype(np.int64).reshape(shape)
    half = draw.effect(delta, n, GAPS) / 2
    ages, areas = (
        np.stack([draw.effect(delta, n, PARTS) for _ in range(many)], axis=2) for many in cells
    )
    level = base[..., None, None, None] + np.stack([half, -half], axis=2)[..., None, None]
    level = level + ages[:, :, None, :, None] + areas[:, :, None, None, :]
    shares = np.clip(level[..., None] + moves[:, :, None, None, None, :], 3.0, 97.0)
    return Counts(shares, persons, rng.binomial(persons[..., None], shares / 100))


def lasting(rng: np.random.Generator, counts: Counts) -> Counts:
    """The same truth and persons, but the status of each mostly lasts from period to period."""
    shares, persons = counts.shares / 100, counts.persons
    hits = [rng.binomial(persons, shares[..., 0])]
    for step in range(1, shares.shape[-1]):
        before, now = shares[..., step - 1], shares[..., step]
        # As many change as the true share does: those who have it stop, or others begin.
        having = rng.binomial(hits[-1], np.minimum(now / before, 1))
        begun = np.maximum(now - before, 0) / (1 - before)
        having = having + rng.binomial(persons - hits[-1], begun)
        kept, out = (rng.binomial(each, LASTING) for each in (having, persons - having))
        hits.append(kept + rng.binomial(persons - kept - out, now))
    return Counts(counts.shares, persons, np.stack(hits, axis=-1))


def steps_before(size: Floats, at: Ints, periods: int) -> Floats:
    """(..., periods): minus the step in the periods before it, so that the last level stands."""
    return np.asarray(-size[..., None] * (np.arange(periods) < at[..., None]))


def months(
    draw: Draw, base: Floats, delta: Floats, *, moves: Floats, where: Places
) -> tuple[Floats, Floats, Floats]:
    """(indicators, kommuner, months) true and published, and the autocorrelation."""
    rng, (count, n) = draw.rng, base.shape
    periods = moves.shape[-1]
    slope = draw.effect(delta, n, MONTHLY_TRENDS) / periods
    true = base[..., None] + slope[..., None] * (np.arange(periods) - periods + 1) + moves
    how = manner(rng, count)
    size = (delta * rng.uniform(0.5, 1.5, count))[:, None] * np.clip(where.noisier, 0.4, 2.0)
    seen = np.round(true + size[..., None] * how.noise(rng, true.shape), 1)
    return true, seen, how.rho
