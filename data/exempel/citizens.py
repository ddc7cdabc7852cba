"""Who is asked in the citizens' survey, and who of them answers.

Each area is a stratum. The people are laid out by area, sex and age so that the codebook's strata
and margins hold; the islands and the countryside are older and the centre younger.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from exempel import places
from exempel.answers import Floats, People, Texts

SEXES = ("K", "M")
AGES = ((18, 29), (30, 49), (50, 64), (65, 79), (80, 98))
YOUNG = np.array([1.4, 1.3, 1.0, 0.8, 0.7, 0.5])
"""How common the youngest are in each area against the oldest."""
ANSWERS = np.array([0.22, 0.31, 0.43, 0.55, 0.44])
"""Share that answers in each age group."""
WOMEN, BEHIND, YOUNG_MEN = 0.05, 0.06, 0.08
"""What women add and Björkbacken lacks; how many of the young men there answer."""
BEHIND_AREA = places.AREAS.index("bjorkbacken")
OTHER_SEX = 3
"""Answers in a wave from people who are neither: below the smallest group shown."""
TIME = np.array([0.12, 0.26, 0.6, 0.02])
EDUCATION = np.array([0.17, 0.44, 0.36, 0.03])
"""The last part has not answered, code 9."""


def respondents(wave: dict[str, Any], groups: list[str], rng: np.random.Generator) -> People:
    """Those who answer a wave: kon, alder, omrade and what the file needs beside them.

    ``wave`` is the codebook's [[omgang]] and ``groups`` the age groups' names.
    """
    people = _people(wave, groups)
    invited = np.array([stratum["utsanda"] for stratum in wave["stratum"]])
    drawn = np.stack(
        [
            rng.multinomial(n, area.ravel() / area.sum()).reshape(area.shape)
            for n, area in zip(invited, people, strict=True)
        ]
    )
    answered = rng.binomial(drawn, _rates(people.shape))
    cells = np.repeat(np.arange(answered.size), answered.ravel())
    area, sex, age = np.unravel_index(rng.permutation(cells), answered.shape)
    n = len(cells)
    sexes = np.array(SEXES, dtype="<U5")[sex]
    sexes[rng.choice(n, OTHER_SEX, replace=False)] = "annat"
    return {
        "kon": sexes,
        "alder": np.array(groups)[age],
        "omrade": np.array(places.AREAS)[area],
        "fodelsear": _born(age, int(wave["period"][:4]), rng),
        "boendetid": rng.choice(np.array(list("1239")), n, p=TIME),
        "utbildning": rng.choice(np.array(list("1239")), n, p=EDUCATION),
    }


def _people(wave: dict[str, Any], groups: list[str]) -> Floats:
    """People by (area, sex, age), scaled by turns until strata and margins hold."""
    areas = np.array([stratum["folkmangd"] for stratum in wave["stratum"]], dtype=float)
    known = wave["marginal"][0]["antal"]
    margin = np.array([[known[f"{sex}|{age}"] for age in groups] for sex in SEXES], dtype=float)
    tilt = np.linspace(1, 0, len(groups))
    cells = np.repeat((YOUNG[:, None] ** tilt)[:, None, :], len(SEXES), axis=1)
    for _ in range(100):
        cells = cells * (margin / cells.sum(axis=0))
        cells = cells * (areas / cells.sum(axis=(1, 2)))[:, None, None]
    return cells


def _rates(shape: tuple[int, ...]) -> Floats:
    rates = np.broadcast_to(ANSWERS, shape).copy()
    rates[:, SEXES.index("K")] += WOMEN
    rates[BEHIND_AREA] -= BEHIND
    rates[BEHIND_AREA, SEXES.index("M"), 0] = YOUNG_MEN
    return rates


def _born(age: npt.NDArray[np.int64], year: int, rng: np.random.Generator) -> Texts:
    lowest, highest = np.array(AGES).T
    return np.asarray((year - rng.integers(lowest[age], highest[age] + 1)).astype(str))
