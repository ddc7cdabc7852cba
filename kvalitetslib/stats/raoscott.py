"""Is the answer related to the group? A two-way table tested with the design taken into account.

Pearson's statistic of the weighted shares is divided by the trace of the design effects matrix
and compared with F, the degrees of freedom by Satterthwaite (second-order correction).

Worked example: in a simple random sample all design effects are nearly 1, and the test gives
nearly the p value of Pearson's chi-square.

Source: Rao & Scott (1984), Ann. Stat. 12, 46-60.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.design import BoolArray, Design, FloatArray


@dataclass(frozen=True)
class TableTest:
    """F with its degrees of freedom, p value and the number of respondents in the table."""

    f: float
    df1: float
    df2: float
    p: float
    n: int


def rao_scott(
    rows: npt.ArrayLike,
    columns: npt.ArrayLike,
    design: Design,
    *,
    domain: npt.ArrayLike | None = None,
) -> TableTest:
    """Second-order Rao-Scott F test of independence.

    Parameters
    ----------
    rows, columns : (n,) codes, NaN = missing. Codes that nobody has are not part of the table.

    Raises
    ------
    ValueError : unless two rows and two columns of the table have respondents.
    """
    a, b = np.asarray(rows, np.float64), np.asarray(columns, np.float64)
    base = ~np.isnan(a) & ~np.isnan(b) & (design.weight > 0)
    if domain is not None:
        base &= np.asarray(domain, dtype=np.bool_)
    left, right = _indicators(a, base), _indicators(b, base)
    shape = (left.shape[1], right.shape[1])
    if min(shape) < 2:
        raise ValueError(f"a table needs two rows and two columns, found {shape}")
    cells = (left[:, :, None] * right[:, None, :]).reshape(len(a), -1)
    weight = np.where(base, design.weight, 0.0)
    share = weight @ cells / weight.sum()
    covariance = design.covariance(weight[:, None] * (cells - share) / weight.sum())
    return _tested(share.reshape(shape), covariance, design.df(base), int(base.sum()))


def _tested(share: FloatArray, covariance: FloatArray, df: int, n: int) -> TableTest:
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    statistic = float(((share - expected) ** 2 / expected).sum())
    p = share.ravel()
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)
    contrasts = _interaction(*share.shape)
    simple = contrasts.T @ (inverse[:, None] * contrasts)
    scaled = inverse[:, None] * contrasts
    effects = np.linalg.solve(simple, scaled.T @ covariance @ scaled)
    trace = float(np.trace(effects))
    f = statistic / trace
    df1 = trace**2 / float(np.trace(effects @ effects))
    tail = float(special.fdtrc(df1, df1 * df, f)) if df > 0 else float("nan")
    return TableTest(f=f, df1=df1, df2=df1 * df, p=tail, n=n)


def _interaction(rows: int, columns: int) -> FloatArray:
    """Orthonormal contrasts of the interaction, (rows * columns, (rows - 1) * (columns - 1))."""
    left, right = (np.linalg.svd(np.eye(k) - 1 / k)[0][:, : k - 1] for k in (rows, columns))
    return np.asarray(np.kron(left, right))


def _indicators(codes: FloatArray, base: BoolArray) -> FloatArray:
    kinds = np.unique(codes[base])
    return np.asarray((codes[:, None] == kinds) & base[:, None], dtype=np.float64)
