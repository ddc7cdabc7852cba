"""How the answers were drawn: weights, strata, clusters, populations, and the variance they give.

A statistic enters as its influence values z (one a respondent, weight included, zero outside the
domain). Its variance is the sum over strata of

    (1 - n_h / N_h) * n_h / (n_h - 1) * sum (z_hc - mean of z_h)^2,     z_hc summed by cluster,

plus, with a second stage, n_h / N_h times the same expression within each cluster. With weights
calibrated to known totals z is first replaced by its calibration residual.

Worked example: four respondents of weight 1 answer 0, 0, 1, 1. The mean is 0.5, z is
(-.125, -.125, .125, .125), and the variance is 4 / 3 * 4 * .125^2 = 1 / 12.

Sources: Binder (1983), Int. Stat. Rev. 51, 279-292; Sarndal, Swensson & Wretman (1992), Model
Assisted Survey Sampling, ch. 4 and 6; Deville & Sarndal (1992), J. Am. Stat. Assoc. 87, 376-382.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


class Lonely(StrEnum):
    """What a stratum with one cluster adds to the variance.

    ADJUST: its squared influence, that is the distance to the overall mean (for a total, whose
    influence is not centred, to zero; R does the same). REMOVE: nothing. FAIL: an error.
    """

    ADJUST = "adjust"
    REMOVE = "remove"
    FAIL = "fail"


@dataclass(frozen=True)
class Clusters:
    """One stage of sampling: which cluster each row is in, and which stratum each cluster is in.

    When every row is a cluster they are numbered as the rows.
    `cluster` has shape (n,); `stratum` (clusters,); `population` (strata,), clusters in the
    population, infinite when no finite population correction is wanted.
    """

    cluster: IntArray
    stratum: IntArray
    population: FloatArray

    @cached_property
    def sampled(self) -> FloatArray:
        """Clusters drawn, one figure a stratum."""
        return np.bincount(self.stratum, minlength=len(self.population)).astype(np.float64)

    @cached_property
    def in_cluster(self) -> sparse.csr_array:
        """(clusters, n) one where the row is in the cluster: times values it is their sums."""
        return _members(self.cluster, len(self.stratum))

    @cached_property
    def in_stratum(self) -> sparse.csr_array:
        """(strata, clusters) one where the cluster is in the stratum."""
        return _members(self.stratum, len(self.population))


@dataclass(frozen=True)
class Calibration:
    """Known totals the weights were made to meet, kept as what the variance needs.

    `basis` (n, rank) is an orthonormal basis of root * auxiliary; `root` (n,) the square root
    of the regression weight (zero for a row that took no part); `weight` (n,) the weight after.
    """

    basis: FloatArray
    root: FloatArray
    weight: FloatArray

    def residual(self, influence: FloatArray) -> FloatArray:
        """Influence (n, m) with what the auxiliaries explain taken away."""
        weight = self.weight
        part = (weight > 0) & (self.root > 0)
        scale = np.divide(self.root, weight, out=np.zeros_like(weight), where=part)
        scaled = influence * scale[:, None]
        scaled = scaled - self.basis @ (self.basis.T @ scaled)
        back = np.divide(weight, self.root, out=np.zeros_like(weight), where=part)
        return np.asarray(scaled * back[:, None], dtype=np.float64)


@dataclass(frozen=True)
class Design:
    """A sample design. Build it with `sample_design`; calibrate it with `stats.weighting`."""

    weight: FloatArray
    first: Clusters
    second: Clusters | None = None
    lonely: Lonely = Lonely.ADJUST
    calibrations: tuple[Calibration, ...] = ()

    @property
    def row_stratum(self) -> IntArray:
        """First-stage stratum of each row, shape (n,)."""
        return self.first.stratum if self.elements else self.first.stratum[self.first.cluster]

    @property
    def elements(self) -> bool:
        """Whether every row is its own cluster."""
        return len(self.first.stratum) == len(self.weight)

    def df(self, rows: BoolArray) -> int:
        """Degrees of freedom: clusters less strata among `rows` (n,) of positive weight."""
        return int(self.dfs(rows[:, None])[0])

    def dfs(self, rows: BoolArray) -> FloatArray:
        """The same for each of many choices of rows (n, m), shape (m,)."""
        used = self.first.in_cluster @ (rows & (self.weight > 0)[:, None]) > 0
        strata = self.first.in_stratum @ used > 0
        return np.asarray(used.sum(axis=0) - strata.sum(axis=0), dtype=np.float64)

    def variance(self, influence: FloatArray) -> FloatArray:
        """Variance of each statistic, influence (n,) or (n, m); shape () or (m,)."""
        roots = self._roots(np.atleast_2d(influence.T).T)
        total = sum(np.einsum("ij,ij->j", root, root) for root in roots)
        return np.asarray(total if influence.ndim == 2 else total[0])

    def covariance(self, influence: FloatArray) -> FloatArray:
        """Covariance matrix (m, m) of m statistics, influence (n, m)."""
        return np.asarray(sum(root.T @ root for root in self._roots(influence)))

    def _roots(self, influence: FloatArray) -> list[FloatArray]:
        """One matrix a stage whose cross-product is that stage's covariance."""
        for calibration in self.calibrations:
            influence = calibration.residual(influence)
        roots = [_scaled_deviations(influence, self.first, self.lonely)]
        if self.second is not None:
            inner = _scaled_deviations(influence, self.second, self.lonely)
            fraction = (self.first.sampled / self.first.population)[self.first.stratum]
            roots.append(inner * np.sqrt(fraction[self.second.stratum])[:, None])
        return roots


def stratum_factors(stage: Clusters, lonely: Lonely) -> tuple[FloatArray, FloatArray]:
    """Per stratum: the factor on squared deviations, and 1 when deviations are from its mean.

    Raises
    ------
    ValueError : with `Lonely.FAIL`, naming the strata that hold one cluster.
    """
    n = stage.sampled
    unsampled = np.where(np.isinf(stage.population), 1.0, 1.0 - n / stage.population)
    alone = (n == 1) & (unsampled > 1e-7)
    if lonely is Lonely.FAIL and alone.any():
        raise ValueError(f"strata with one cluster: {np.flatnonzero(alone).tolist()}")
    factor = unsampled * np.where(n > 1, n / np.maximum(n - 1, 1), lonely is Lonely.ADJUST)
    return factor, (n > 1).astype(np.float64)


def sample_design(
    weight: npt.ArrayLike,
    *,
    stratum: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    population: npt.ArrayLike | None = None,
    lonely: Lonely = Lonely.ADJUST,
) -> Design:
    """Design of one stage from one value a row.

    Parameters
    ----------
    weight : (n,), finite, none negative; a row of weight zero counts in the sample size only.
    stratum, cluster : (n,) codes of any kind; a cluster code means another cluster in each
        stratum. Without them: one stratum, every row a cluster.
    population : (n,), clusters in the population of the row's stratum (without clusters:
        persons). Without it there is no finite population correction.

    Raises
    ------
    ValueError : for a bad weight, lengths that differ, a population that varies within a
        stratum or is smaller than the sample.
    """
    w = np.asarray(weight, dtype=np.float64)
    if w.ndim != 1 or not np.isfinite(w).all() or (w < 0).any():
        raise ValueError("weights must be one finite, non-negative number a row")
    strata = _codes(np.zeros(len(w), dtype=np.uint8) if stratum is None else stratum, len(w))
    if cluster is None:
        rows = np.arange(len(w), dtype=np.int32)
        stage = _clusters(rows, strata, _sizes(strata, population))
    else:
        stage = _stage(strata, _codes(cluster, len(w)), population)
    return Design(weight=w, first=stage, lonely=lonely)


def with_second_stage(design: Design, unit: npt.ArrayLike, *, population: npt.ArrayLike) -> Design:
    """The design with sampling inside its clusters.

    `unit` (n,) is the second-stage unit of a row and `population` (n,) the number of such units
    in the row's cluster. It adds to the variance only where the first stage has a population.
    """
    codes = _codes(unit, len(design.weight))
    return replace(design, second=_stage(design.first.cluster, codes, population))


def _codes(values: npt.ArrayLike, n: int) -> IntArray:
    """Values replaced by 0, 1, 2 … in sorted order."""
    array = np.asarray(values)
    if array.shape != (n,):
        raise ValueError(f"expected one value for each of {n} rows, found shape {array.shape}")
    if array.dtype.kind == "u" and array.dtype.itemsize < 3:
        order = np.cumsum(np.bincount(array) > 0, dtype=np.int32) - np.int32(1)
        return np.asarray(order[array], dtype=np.int32)
    return np.asarray(np.unique(array, return_inverse=True)[1], dtype=np.int32)


def _stage(strata: IntArray, units: IntArray, population: npt.ArrayLike | None) -> Clusters:
    """Clusters numbered within strata, with one population a stratum."""
    pair = strata.astype(np.int64) * (int(units.max(initial=0)) + 1) + units
    _, first, cluster = np.unique(pair, return_index=True, return_inverse=True)
    if len(first) == len(strata):
        first = cluster = np.arange(len(strata))
    return _clusters(cluster.astype(np.int32), strata[first], _sizes(strata, population))


def _clusters(cluster: IntArray, stratum: IntArray, population: FloatArray) -> Clusters:
    stage = Clusters(cluster=cluster, stratum=stratum, population=population)
    if (stage.sampled > population).any():
        short = np.flatnonzero(stage.sampled > population).tolist()
        raise ValueError(f"population below the sample in strata {short}")
    return stage


def _sizes(strata: IntArray, population: npt.ArrayLike | None) -> FloatArray:
    size = np.full(int(strata.max(initial=0)) + 1, np.inf)
    if population is not None:
        sizes = np.asarray(population, dtype=np.float64)
        size[strata] = sizes
        if (size[strata] != sizes).any():
            raise ValueError("population must be the same in all rows of a stratum")
    return size


def _scaled_deviations(influence: FloatArray, stage: Clusters, lonely: Lonely) -> FloatArray:
    factor, centred = stratum_factors(stage, lonely)
    totals = stage.in_cluster @ influence
    means = (stage.in_stratum @ totals) * (centred / stage.sampled)[:, None]
    deviations = totals - means[stage.stratum]
    return np.asarray(deviations * np.sqrt(factor)[stage.stratum][:, None])


def _members(group: IntArray, groups: int) -> sparse.csr_array:
    rows = np.arange(len(group))
    return sparse.csr_array((np.ones(len(group)), (group, rows)), shape=(groups, len(group)))


def calibration_basis(
    auxiliary: FloatArray, regression_weight: FloatArray, weight: FloatArray
) -> Calibration:
    """What the variance needs of a calibration to totals of `auxiliary` (n, p).

    Collinear columns (the margins of a raking share their total) are allowed. `weight` (n,) is
    the weight after the calibration: an influence from before a later step is divided by it.
    """
    root = np.sqrt(regression_weight)
    left, size, _ = np.linalg.svd(auxiliary * root[:, None], full_matrices=False)
    return Calibration(basis=left[:, size > size[0] * 1e-10], root=root, weight=weight)
