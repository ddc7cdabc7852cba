"""Groups within the kommun: what may be tested, and how many people a year of periods is."""

import numpy as np
import pandas as pd
import pytest
from analysis.made import indicator, kommun, rows

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.group_counts import group_counts
from kvalitetslib.analysis.groups import group_claims
from kvalitetslib.estimate import Estimate

QUARTERS = ("2025K1", "2025K2", "2025K3", "2025K4")


def area(name: str, hits: list[int], n: list[int]) -> pd.DataFrame:
    """One area's quarters, or its year when there is one count."""
    return rows(
        "X",
        100 * np.array(hits) / np.array(n),
        periods=QUARTERS if len(hits) > 1 else ("2025",),
        area=name,
        numerator=np.array(hits, dtype=float),
        denominator=np.array(n, dtype=float),
        withheld=False,
    )


def claims(*areas: pd.DataFrame, counts_events: bool = False) -> dict[str, Claim]:
    made = indicator("X", counts_events=counts_events)
    found = group_claims(kommun(made), pd.concat(areas, ignore_index=True))
    return {each.group.area: each for each in found}


def n_of(claim: Claim) -> float | None:
    assert isinstance(claim.cell, Estimate)
    return claim.cell.n


def test_small_group_is_shown_but_not_tested() -> None:
    found = claims(area("A", [10], [1029]), area("B", [2], [6]), area("C", [30], [1000]))
    assert np.isnan(found["B"].p)
    assert n_of(found["B"]) == 6
    assert not np.isnan(found["A"].p)


def test_group_is_not_tested_against_a_small_rest() -> None:
    found = claims(area("A", [10], [1029]), area("B", [2], [6]))
    assert np.isnan([found["A"].p, found["B"].p]).all()


def test_whether_a_group_is_tested_does_not_follow_from_its_own_share() -> None:
    """60 people of whom half are expected are too few, also when hardly any is found."""
    found = claims(area("A", [500], [1000]), area("B", [2], [60]), area("C", [520], [1000]))
    assert np.isnan(found["B"].p)
    assert n_of(found["B"]) == 60


def test_tested_group_with_a_wide_interval_is_not_judged() -> None:
    """One in twenty of everybody, but half of these forty."""
    found = claims(area("A", [30], [1000]), area("B", [20], [40]), area("C", [30], [1000]))
    assert found["B"].p < 0.001
    assert (found["B"].opened, found["A"].opened) == (False, True)


@pytest.mark.parametrize("hits", [0, 20])
def test_few_people_who_are_all_alike_are_not_told_of(hits: int) -> None:
    found = claims(area("A", [300], [1000]), area("B", [hits], [20]), area("C", [300], [1000]))
    assert list(found) == ["A", "C"]


def test_same_people_are_counted_once_a_year() -> None:
    parts = (area("A", [40, 44, 42, 42], [200] * 4), area("B", [60] * 4, [400] * 4))
    residents, decisions = claims(*parts), claims(*parts, counts_events=True)
    assert (n_of(residents["A"]), n_of(decisions["A"])) == (200, 800)
    assert residents["A"].p > 0.05 > 0.001 > decisions["A"].p
    assert residents["A"].difference == pytest.approx(decisions["A"].difference) == 6


def test_counts_of_a_mean_period_keep_the_share() -> None:
    table = pd.concat([area("A", [3, 4, 4, 3], [31, 32, 31, 32]), area("B", [9] * 4, [50] * 4)])
    found = group_counts(table, "area")
    assert found.n.tolist() == [32, 50]
    assert found.hits / found.n == pytest.approx([14 / 126, 36 / 200])


def test_people_whose_status_lasts_seldom_differ_by_chance() -> None:
    """A fifth have it, and eight of ten keep their answer from quarter to quarter."""
    rng = np.random.default_rng(11)
    p = [claims(persistent(rng, "A", 200), persistent(rng, "B", 600))["A"].p for _ in range(400)]
    assert np.mean(np.array(p) <= 0.05) <= 0.06


def persistent(rng: np.random.Generator, name: str, n: int) -> pd.DataFrame:
    has = rng.random(n) < 0.2
    hits = []
    for _ in QUARTERS:
        has = np.where(rng.random(n) < 0.8, has, rng.random(n) < 0.2)
        hits.append(int(has.sum()))
    return area(name, hits, [n] * len(QUARTERS))
