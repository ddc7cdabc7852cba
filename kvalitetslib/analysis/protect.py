"""Withhold cells that could reveal a person, once, before anything is tested or shown.

A cell is *primary* when fewer than ``smallest`` people are behind it. When one cell alone, or
cells with few people together, are withheld in a table that adds up to a published total, the
reader can subtract; then the smallest of the others is withheld too. Periods that hold each
other are in `protect_periods`. All kinds carry the same mark.
"""

import numpy as np
import pandas as pd

from kvalitetslib.analysis.protect_periods import nested_periods, told_by_periods

_SLICE = ("gender", "age", "area", "enhet")
_WHOLE = {"gender": "T", "age": "", "area": "", "enhet": ""}
_SUMS = ["value", "numerator", "denominator"]


def protect(values: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """The same rows with ``withheld`` (bool); their numbers are gone, not only marked.

    Parameters
    ----------
    values : one published value a row (contracts.VALUES); NaN in ``denominator``: size unknown.
    smallest : fewest people behind a number that may be shown, >= 1.

    Notes
    -----
    Complementary cells are chosen one dimension at a time (sex, age, area, enhet) with the other
    dimensions held fixed, then along the periods, and again until nothing more has to go.
    """
    size = values["denominator"].to_numpy(dtype=float)
    withheld = np.nan_to_num(size, nan=np.inf) < smallest
    nested = nested_periods(values, ["kommun", "indicator", *_SLICE]) if withheld.any() else None
    while nested is not None:
        more = withheld.copy()
        for dimension in _SLICE:
            more |= _complementary(values, more, dimension, smallest)
        more |= told_by_periods(nested, more)
        if (more == withheld).all():
            break
        withheld = more
    shown = values.assign(withheld=withheld)
    shown.loc[withheld, _SUMS] = np.nan
    return shown


def _complementary(
    values: pd.DataFrame, withheld: np.ndarray, dimension: str, smallest: int
) -> np.ndarray:
    """The smallest visible part of each table where one part, or few people, are withheld."""
    part = (values[dimension] != _WHOLE[dimension]).to_numpy()
    chosen = np.zeros(len(values), dtype=bool)
    if not (withheld & part).any():
        return chosen
    others = ["kommun", "indicator", "period", *(name for name in _SLICE if name != dimension)]
    tables = values.groupby(others, observed=True, sort=False).ngroup().to_numpy()
    gone = withheld & part
    people = np.nan_to_num(values["denominator"].to_numpy(dtype=float))
    hidden = np.bincount(tables[gone], minlength=tables.max() + 1)
    together = np.bincount(tables[gone], people[gone], minlength=tables.max() + 1)
    is_unsafe = (hidden == 1) | ((hidden > 1) & (together < smallest))
    open_to_subtraction = is_unsafe[tables] & part & ~withheld
    rows = np.flatnonzero(open_to_subtraction)
    if len(rows) == 0:
        return chosen
    size = values["denominator"].to_numpy(dtype=float)[rows]
    order = np.lexsort((rows, np.nan_to_num(size, nan=np.inf), tables[rows]))
    first = np.unique(tables[rows][order], return_index=True)[1]
    chosen[rows[order[first]]] = True
    return chosen
