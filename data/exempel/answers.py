"""How people answer: what they share, what their group adds, and what is left blank.

A person's inclination to a question is a normal deviate: part of it is a halo that colours all
answers, part goes with the theme, and the rest is the question's own. Cut points turn it into a
step. So the answers hang together as in a real survey while each level and each planted gap stands
exactly in what the deviates are drawn around.
"""

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from exempel.questionnaires import Asked, Effect, Questionnaire

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.str_]
People = Mapping[str, Texts]
"""Who answered: for each background the group of each person."""

HALO, THEME = 0.45, 0.4
"""Loadings of a question's deviate on the halo and on its theme."""
BLANK = (0.01, 0.06)
"""Share without an answer to the first and to the last question."""
CUT = 1.0
"""Distance between the cut points of a four-step scale."""
SPREAD = 0.95
"""Spread of the answers on a five-step scale, in steps."""
NO_OPINION, NO_ANSWER = "8", "9"
STEP_VALUE = 4.0
"""Parts that an index 0-100 has between the lowest and the highest of five steps."""


def answers(
    asked: Questionnaire, people: People, wave: int, *, rng: np.random.Generator
) -> dict[str, Texts]:
    """Codes for each question of the wave (0 the first, 1 the last), by column."""
    n = len(people["kon"])
    halo = rng.standard_normal(n)
    themes = {theme: rng.standard_normal(n) for theme in dict.fromkeys(_themes(asked))}
    deviates = {
        question.id: _deviate(question, halo, themes[question.theme], rng=rng)
        for question in asked.questions
    }
    found = {}
    for question in asked.questions:
        level = question.levels[wave]
        if level is not None:
            aim = level + _shift(asked.effects, question.id, people, wave)
            found[question.id] = _codes(question, aim, deviates[question.id], rng=rng)
    if "helhet" in asked.planted:
        found |= _overall(asked, deviates, rng)
    if "fritext" in asked.planted:
        found |= _written(asked, n, rng)
    return _with_blanks(found, asked, rng)


def _themes(asked: Questionnaire) -> list[str]:
    return [question.theme for question in asked.questions]


def _deviate(question: Asked, halo: Floats, theme: Floats, *, rng: np.random.Generator) -> Floats:
    """Standard normal; a driver that means nothing shares nothing with other questions."""
    own = rng.standard_normal(len(halo))
    if question.weight == 0:
        return own
    rest = (1 - HALO**2 - THEME**2) ** 0.5
    return np.asarray(HALO * halo + THEME * theme + rest * own)


def _shift(effects: tuple[Effect, ...], id: str, people: People, wave: int) -> Floats:
    """What the groups add to the level: a gap between the sexes is half above and half below."""
    n = len(people["kon"])
    total = np.zeros(n)
    for effect in effects:
        if id not in effect.questions:
            continue
        size = np.full(n, effect.points[wave], dtype=np.float64)
        if effect.by_sex:
            size *= np.select([people["kon"] == "K", people["kon"] == "M"], [0.5, -0.5], 0.0)
        for background, group in effect.group:
            size[people[background] != group] = 0.0
        total += size
    return total


def _codes(question: Asked, aim: Floats, deviate: Floats, *, rng: np.random.Generator) -> Texts:
    """Steps as codes, with those who have no opinion."""
    if question.counts_share:
        inclination = _centre(aim) + deviate
        step = 1 + np.searchsorted((-CUT, 0.0, CUT), inclination)
    else:
        mean = 1 + aim * STEP_VALUE / 100
        step = np.clip(np.rint(mean + SPREAD * deviate), 1, question.steps).astype(int)
    codes = step.astype(str)
    codes[rng.random(len(codes)) < question.no_opinion / 100] = NO_OPINION
    return np.asarray(codes)


def _centre(percent: Floats) -> Floats:
    """Where a normal distribution lies when that share of it is above zero."""
    distinct, places = np.unique(np.clip(percent, 3, 97), return_inverse=True)
    centres = np.array([NormalDist().inv_cdf(each / 100) for each in distinct])
    return np.asarray(centres[places])


def _overall(
    asked: Questionnaire, deviates: Mapping[str, Floats], rng: np.random.Generator
) -> dict[str, Texts]:
    """The grade that the drivers add up to, and the advice to a friend that follows it."""
    parts = [question.weight * deviates[question.id] for question in asked.questions
             if question.weight is not None]  # fmt: skip
    grade = np.sum(parts, axis=0) + 0.6 * rng.standard_normal(len(parts[0]))
    grade /= grade.std()
    advice = 0.8 * grade + 0.6 * rng.standard_normal(len(grade))
    planted = asked.planted["helhet"]
    return {
        planted[name]["fraga"]: _steps_around(planted[name], deviate, lowest)
        for name, deviate, lowest in (("betyg", grade, 1), ("rekommendera", advice, 0))
    }


def _steps_around(planted: Mapping[str, float], deviate: Floats, lowest: int) -> Texts:
    value = planted["niva"] + planted["spridning"] * deviate
    return np.asarray(np.clip(np.rint(value), lowest, 10).astype(int).astype(str))


def _written(asked: Questionnaire, n: int, rng: np.random.Generator) -> dict[str, Texts]:
    planted = asked.planted["fritext"]
    texts = rng.choice(np.array(planted["texter"]), n)
    return {planted["fraga"]: np.where(rng.random(n) < planted["andel"], texts, "")}


def _with_blanks(
    found: dict[str, Texts], asked: Questionnaire, rng: np.random.Generator
) -> dict[str, Texts]:
    """More is left unanswered the longer the form goes on; a part of it is coded as such."""
    rates = dict(zip(asked.columns, np.linspace(*BLANK, len(asked.columns)), strict=True))
    blanked = {}
    for column, codes in found.items():
        drawn = rng.random(len(codes))
        coded = NO_ANSWER if column in {each.id for each in asked.questions} else ""
        blanked[column] = np.where(
            drawn < rates[column], np.where(drawn < rates[column] / 2, coded, ""), codes
        )
    return blanked
