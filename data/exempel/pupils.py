"""Who answers the school survey: pupils in years 5 and 8 of five schools."""

import numpy as np
from exempel.answers import People

PUPILS = {
    "Torgskolan": 260,
    "Björkbacksskolan": 180,
    "Strandskolan": 165,
    "Norrskogens skola": 110,
    "Sjöbygdens skola": 90,
}
"""Pupils in both years together; all are asked."""
SCHOOL_YEARS = np.array(["årskurs 5", "årskurs 8"])
ANSWERS = (0.92, 0.83)
"""Share that answers in each year."""
SEXES, SEX_SHARES = np.array(["K", "M", "annat"]), (0.485, 0.495, 0.02)


def respondents(rng: np.random.Generator) -> People:
    """Those who answer a wave: kon, arskurs and skola."""
    school = np.repeat(np.array(list(PUPILS)), list(PUPILS.values()))
    year = rng.integers(0, 2, len(school))
    answers = np.flatnonzero(rng.random(len(school)) < np.array(ANSWERS)[year])
    kept = rng.permutation(answers)
    return {
        "kon": rng.choice(SEXES, len(kept), p=SEX_SHARES),
        "arskurs": SCHOOL_YEARS[year[kept]],
        "skola": school[kept],
    }
