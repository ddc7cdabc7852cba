"""How often growth of synpunkter is found when there is none, and when there is.

``python tests/benchmarks/growth_truth.py [DRAWS]`` makes so many nämnder with three categories and
thirteen quarters, the last of them grown in one category, and prints a table in percent.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from kvalitetslib.analysis.feedback_counts import Counted
from kvalitetslib.analysis.feedback_growth import growth
from kvalitetslib.service import Trendword

QUARTERS = tuple(f"{year}K{n}" for year in range(2023, 2027) for n in range(1, 5))[:13]
WINTER = np.tile([2.0, 2 / 3, 2 / 3, 2 / 3], 4)[:13]
"""A season that trebles a category every fourth quarter, the last one too."""
DRAWS = 400


def found(mean: float, times: float, *, is_seasonal: bool, draws: int) -> float:
    """Share of nämnder with any false growth; with ``times`` above 1 with the true one found."""
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(draws):
        rates = np.full((len(QUARTERS), 3), mean)
        rates[:, 0] *= WINTER if is_seasonal else 1.0
        rates[-1, 0] *= times
        latest = growth(Counted(QUARTERS, ("a", "b", "c"), rng.poisson(rates), 5), fdr=0.05)[-1]
        words = [each.trend for each in latest]
        hits += words[0] is Trendword.GROWS if times > 1 else Trendword.GROWS in words
    return hits / draws


def main(draws: int) -> None:
    for is_seasonal in (False, True):
        for mean in (3.0, 8.0, 20.0):
            shares = (found(mean, x, is_seasonal=is_seasonal, draws=draws) for x in (1, 2, 3))
            told = " ".join(f"{100 * each:5.1f}" for each in shares)
            print("season" if is_seasonal else "plain ", f"{mean:4.0f}", told)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)
