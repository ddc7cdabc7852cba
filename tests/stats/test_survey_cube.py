"""The cube gives, for every group at once, what one estimate at a time gives."""

import numpy as np
import pytest
from stats.survey_cases import answers, designs

from kvalitetslib.stats import survey
from kvalitetslib.stats.cube import MISSING, Cube, answer_cube
from kvalitetslib.stats.design import Design, sample_design
from kvalitetslib.stats.scores import index_scores
from kvalitetslib.stats.weighting import Totals, poststratify

D = answers()
FACTORS = [D[name].astype(np.uint8) for name in ("kon", "alder", "omrade")]
GRADE = np.where(np.isnan(D["betyg"]), MISSING, np.nan_to_num(D["betyg"]) - 1).astype(np.uint8)
LATE = np.where(D["alder"] == 3, MISSING, GRADE).astype(np.uint8)
YES = np.column_stack([D[name] for name in ("ja", "alla", "ingen", "kon")]).astype(np.uint8)
TIGHT = {"rel": 1e-9, "abs": 1e-12}
GROUPS = {
    (): np.ones((1, 240), dtype=bool),
    (1,): np.stack([D["alder"] == a for a in range(4)]),
    (0, 2): np.stack([(D["kon"] == k) & (D["omrade"] == a) for k in (0, 1) for a in (0, 1, 2)]),
}


def graded(design: Design) -> Cube:
    return answer_cube(np.column_stack([GRADE, LATE]), design, FACTORS, categories=5)


@pytest.mark.parametrize("name", ["plain", "strata", "fpc", "lonely", "lonely_removed"])
@pytest.mark.parametrize("groups", GROUPS)
def test_index_of_every_group_equals_the_reference_path(name: str, groups: tuple[int]) -> None:
    design = designs()[name]
    reference = survey.domain_means(25 * (D["betyg"] - 1)[:, None], design, GROUPS[groups])

    found = graded(design).means(groups, index_scores(5))

    assert found.value[:, :1] == pytest.approx(reference.value, **TIGHT)
    assert found.se[:, :1] == pytest.approx(reference.se, **TIGHT)
    assert found.df[:, :1] == pytest.approx(reference.df)
    assert found.n[:, :1] == pytest.approx(reference.n)
    assert found.n_eff[:, :1] == pytest.approx(reference.n_eff, **TIGHT)


@pytest.mark.parametrize("name", ["strata", "fpc", "lonely"])
@pytest.mark.parametrize("groups", GROUPS)
def test_yes_share_of_every_group_equals_the_reference_path(name: str, groups: tuple[int]) -> None:
    design = designs()[name]
    reference = survey.domain_means(YES.astype(float), design, GROUPS[groups])

    found = answer_cube(YES, design, FACTORS, categories=2).shares(groups, 1)

    assert found.value == pytest.approx(reference.value, **TIGHT)
    assert found.se == pytest.approx(reference.se, **TIGHT)
    assert found.df == pytest.approx(reference.df)


def test_share_of_nought_or_hundred_percent_has_exactly_no_error() -> None:
    found = answer_cube(YES, designs()["strata"], FACTORS, categories=2).shares((0, 2), 1)

    assert not found.se[:, 1:3].any()


def test_group_where_nobody_answered_is_nan_with_n_nought() -> None:
    found = graded(designs()["strata"]).means((1,), index_scores(5))

    assert found.n[3, 1] == 0
    assert np.isnan([found.value[3, 1], found.se[3, 1]]).all()


def test_missing_answers_are_counted() -> None:
    assert graded(designs()["strata"]).missing[0] == np.isnan(D["betyg"]).sum()


def test_shares_of_all_answers_add_up_to_one() -> None:
    cube = graded(designs()["strata"])

    total = sum(cube.shares((0, 2), k).value[:, 0] for k in range(5))

    assert total == pytest.approx(np.ones(6))


def test_rows_of_weight_nought_do_not_answer() -> None:
    weight = np.where(D["id"] < 50, 0.0, D["weight"])
    design = sample_design(weight, stratum=D["stratum"])
    reference = survey.domain_means(YES.astype(float), design, GROUPS[(0, 2)])

    found = answer_cube(YES, design, FACTORS, categories=2).shares((0, 2), 1)

    assert found.n == pytest.approx(reference.n)
    assert found.se == pytest.approx(reference.se, **TIGHT)


@pytest.mark.parametrize(("order", "questions"), [("C", 24), ("F", 24), ("C", 19), ("C", 80)])
def test_every_way_of_packing_gives_the_same(order: str, questions: int) -> None:
    rng = np.random.default_rng(3)
    codes = np.asarray(rng.integers(0, 2, (30_000, questions)), dtype=np.uint8, order=order)
    factor = rng.integers(0, 3, 30_000, dtype=np.uint8)
    design = sample_design(rng.gamma(4, 0.25, 30_000), stratum=factor)
    reference = survey.domain_means(codes.astype(float), design, factor == np.arange(3)[:, None])

    found = answer_cube(codes, design, [factor], categories=2).shares((0,), 1)

    assert found.value == pytest.approx(reference.value, **TIGHT)
    assert found.se == pytest.approx(reference.se, **TIGHT)


def test_many_background_variables_are_counted_pair_by_pair() -> None:
    rng = np.random.default_rng(4)
    factors = [rng.integers(0, 12, 240, dtype=np.uint8) for _ in range(4)]
    design = designs()["strata"]
    domain = (factors[1] == factors[1][0]) & (factors[3] == factors[3][0])
    reference = survey.mean(D["ja"], design, domain)

    found = answer_cube(YES, design, factors, categories=2).shares((1, 3), 1)

    at = int(factors[1][0]) * (int(factors[3].max()) + 1) + int(factors[3][0])
    assert (found.value[at, 0], found.se[at, 0]) == pytest.approx((reference.value, reference.se))


def test_answer_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the scale of 2 steps"):
        answer_cube(np.full((240, 1), 2, np.uint8), designs()["plain"], FACTORS, categories=2)


def test_clusters_are_refused() -> None:
    with pytest.raises(ValueError, match="domain_means"):
        answer_cube(YES, designs()["cluster"], FACTORS, categories=2)


def test_calibrated_weights_are_refused() -> None:
    cell = Totals(D["kon"].astype(np.int32), np.array([1440.0, 1540.0]))

    with pytest.raises(ValueError, match="domain_means"):
        answer_cube(YES, poststratify(designs()["strata"], cell), FACTORS, categories=2)


def test_background_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="240 codes"):
        answer_cube(YES, designs()["plain"], [FACTORS[0][:9]], categories=2)
