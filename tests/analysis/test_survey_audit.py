"""A reader with the whole JSON cannot work out what the few who are left out have answered."""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import numpy as np
import pytest
from analysis.made import goal, indicator, inputs, kommun, rows
from analysis.made_survey import BACKGROUNDS, codebook, item
from analysis.test_survey import QUARTER, survey_input

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.analysis.rounding import published_p, rounded_interval
from kvalitetslib.codebook import Answer, Role, Wave, Weighting
from kvalitetslib.report_json import to_json
from kvalitetslib.sources.survey import WaveAnswers

N = (350, 347, 3)
"""Women and men, who are shown, and three others, who are not."""
YES_NO = (Answer("1", "nej", False), Answer("2", "ja", True))
WAVES = (Wave("2024", "a.csv", None, (), ()), Wave("2026", "b.csv", None, (), ()))
BOOK = codebook(
    item("f1", answers=YES_NO),
    waves=WAVES,
    backgrounds=(BACKGROUNDS[0],),
    weighting=Weighting.NONE,
    smallest_n=5,
)
Yes = tuple[int, int, int]


def answered(place: int, yes: Yes) -> WaveAnswers:
    codes = np.concatenate([np.arange(n) < each for n, each in zip(N, yes, strict=True)])
    group = np.repeat(np.arange(3), N).astype(np.int16)
    strata = np.zeros(sum(N), dtype=np.int64)
    return WaveAnswers(
        WAVES[place], codes.astype(np.int8)[:, None], group[:, None], strata, None, None, ()
    )


@lru_cache(maxsize=100)
def published(yes: Yes) -> str:
    """The JSON of a report with a goal, a wave before and two groups to compare."""
    survey = survey_input(BOOK, answered(0, (200, 215, 1)), answered(1, yes))
    made = kommun(indicator("A"))
    given = inputs(made, rows("A", [50.0]), goals=(goal("prov:f1", 70.0),), surveys=(survey,))
    return to_json(assess(given, quarter=QUARTER).report("namnden"))


def percents(yes: Yes) -> tuple[int, ...]:
    shown = (*zip(yes[:2], N[:2], strict=True), (sum(yes), sum(N)))
    return tuple(round(100 * each / n) for each, n in shown)


def candidates(yes: Yes) -> Iterator[Yes]:
    """All answers with the same whole percents where the few have answered otherwise."""
    steps = range(-4, 5)
    for women, men, few in product(steps, steps, range(N[2] + 1)):
        other = (yes[0] + women, yes[1] + men, few)
        if few != yes[2] and percents(other) == percents(yes):
            yield other


@pytest.mark.parametrize("yes", [(210, 245, 2), (225, 240, 0), (233, 252, 1)])
def test_other_answers_of_the_few_give_the_same_report_to_the_last_letter(yes: Yes) -> None:
    assert any(published(each) == published(yes) for each in candidates(yes))


def decimals(value: object, path: str = "") -> Iterator[tuple[str, int]]:
    """How many decimals each number of a JSON has, by its path."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in pairs:
            yield from decimals(each, f"{path}/{key}")
    elif isinstance(value, float):
        yield path, len(f"{value:.12f}".rstrip("0").partition(".")[2])


def test_nothing_in_the_survey_stands_with_more_than_three_decimals() -> None:
    made = codebook(
        item("helhet", role=Role.OVERALL),
        *(item(f"d{number}", role=Role.DRIVER) for number in range(3)),
        waves=WAVES,
        backgrounds=(BACKGROUNDS[0],),
        weighting=Weighting.NONE,
    )
    rng = np.random.default_rng(6)
    given = answered(1, (210, 245, 2))
    codes = np.clip(
        np.rint(rng.normal(1.5, 1.0, (sum(N), 1)) + rng.normal(0, 0.7, (sum(N), 4))), 0, 3
    )
    given = WaveAnswers(
        WAVES[1], codes.astype(np.int8), given.background, given.stratum, None, None, ()
    )
    found = kommun(indicator("A"))
    survey = survey_input(made, given)
    report = assess(inputs(found, rows("A", [50.0]), surveys=(survey,)), quarter=QUARTER)
    plain = json.loads(to_json(report.report("namnden")))
    assert plain["surveys"][0]["drivers"]["r2"] > 0
    own = [each for each in plain["all_evidence"] if each["indicator"].startswith("prov:")]
    told = [plain["surveys"][0]["items"], plain["surveys"][0]["drivers"]]
    told += [plain["surveys"][0]["weights"], own, plain["findings"]]
    assert [each for each in decimals(told) if each[1] > 3] == []


def test_ends_stand_at_rounded_distances_from_the_published_value() -> None:
    assert rounded_interval(66.4, (61.6, 70.9), 1.0) == (66.0, 61.0, 70.0)


def test_an_interval_without_a_step_is_left_as_it_is() -> None:
    assert rounded_interval(66.41, (61.62, 70.93), 0.0) == (66.41, 61.62, 70.93)


@pytest.mark.parametrize(
    ("p", "expected"), [(0.0, 0.001), (0.0011, 0.01), (0.034, 0.05), (0.2, 0.2), (1.0, 1.0)]
)
def test_a_p_is_published_as_an_upper_bound(p: float, expected: float) -> None:
    assert published_p(p) == expected


def test_the_published_bound_is_on_the_same_side_of_the_level_that_decides() -> None:
    assert (published_p(0.12, also=0.15), published_p(0.16, also=0.15)) == (0.15, 0.2)
