"""Who answers the staff survey: employees by verksamhet, mostly women as in any kommun."""

import numpy as np
from exempel.answers import People

ANSWERED = {
    "Kommunledning": 28,
    "Förskola och skola": 142,
    "Individ och familj": 44,
    "Vård och omsorg": 126,
    "Kultur och fritid": 24,
    "Samhällsbyggnad": 36,
    "Miljö": 13,
    "Överförmyndare": 7,
}
"""Answers from each verksamhet in the last wave; the last one is too small to say much of."""
SEXES, SEX_SHARES = np.array(["K", "M", "annat"]), (0.76, 0.235, 0.005)
AGES, AGE_SHARES = np.array(["18–34 år", "35–49 år", "50 år och äldre"]), (0.24, 0.4, 0.36)


def respondents(wave: int, rng: np.random.Generator) -> People:
    """Those who answer the wave: kon, alder and verksamhet; some fewer in the first wave."""
    counts = np.array(list(ANSWERED.values()))
    if wave == 0:
        counts = counts - counts // 20
    verksamhet = rng.permutation(np.repeat(np.array(list(ANSWERED)), counts))
    n = len(verksamhet)
    return {
        "kon": rng.choice(SEXES, n, p=SEX_SHARES),
        "alder": rng.choice(AGES, n, p=AGE_SHARES),
        "verksamhet": verksamhet,
    }
