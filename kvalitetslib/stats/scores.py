"""Scores that turn answers into an index: 0-100, net promoter score, HME.

Worked example: on a five-step scale the answers score 0, 25, 50, 75 and 100, so half threes and
half fives is 75. HME is the mean of nine such indexes, three each for motivation, leadership and
steering (Kolada U00200, U00201).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import FloatArray

HME_QUESTIONS = 9
HME_PART = 3


def index_scores(steps: int) -> list[float]:
    """0 to 100 in equal steps, lowest answer first.

    Raises
    ------
    ValueError : unless there are two steps or more.
    """
    if steps < 2:
        raise ValueError(f"a scale has two steps or more, found {steps}")
    return [100 * step / (steps - 1) for step in range(steps)]


def nps_scores() -> list[float]:
    """-100 for 0-6, 0 for 7-8, 100 for 9-10: their mean is the net promoter score.

    Notes
    -----
    Reichheld (2003), Harv. Bus. Rev. 81 (12), 46-54.
    """
    return [-100.0] * 7 + [0.0] * 2 + [100.0] * 2


def indexed(answers: npt.ArrayLike, lowest: float, highest: float) -> FloatArray:
    """Answers on a scale moved to 0-100; NaN stays."""
    return np.asarray((np.asarray(answers, float) - lowest) * (100 / (highest - lowest)))


def hme_indexes(question_means: npt.ArrayLike) -> FloatArray:
    """Motivation, leadership, steering and total from nine question means on 1-5, in order.

    `question_means` (9, …) gives (4, …).

    Raises
    ------
    ValueError : if there are not nine questions.
    """
    means = np.asarray(question_means, dtype=np.float64)
    if means.shape[:1] != (HME_QUESTIONS,):
        raise ValueError(f"HME has nine questions, found shape {means.shape}")
    index = indexed(means, 1, 5)
    parts = index.reshape(-1, HME_PART, *means.shape[1:]).mean(axis=1)
    return np.concatenate([parts, index.mean(axis=0, keepdims=True)])
