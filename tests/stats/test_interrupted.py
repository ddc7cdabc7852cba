"""Interrupted series against R nlme, statsmodels, lines made by hand and many made-up series."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm
from scipy import signal

from kvalitetslib.stats.autoregression import (
    gls_ar1,
    joint_p,
    linear_sums,
    newey_west,
    ols,
)
from kvalitetslib.stats.interrupted import Basis, Interrupted, Method, interrupted
from kvalitetslib.stats.intervals import t_interval
from kvalitetslib.stats.segments import (
    Segments,
    Shape,
    change_rows,
    segment_design,
    unchanged_design,
)

Floats = npt.NDArray[np.float64]
REFERENCE = Path(__file__).parent / "reference"
HAND = np.array([*range(10, 18), 13, 15, 17, 19], dtype=np.float64)
MODELS = {
    "both": Segments(),
    "level": Segments(Shape.LEVEL),
    "slope": Segments(Shape.SLOPE),
    "season": Segments(season=12),
}
CELLS = [(n, rho) for n in (24, 48) for rho in (0.0, 0.2, 0.4)]
SERIES = 1500


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


EXPECTED = rows("interrupted_expected.csv")


def reference_series(case: str) -> tuple[Floats, Floats, int]:
    """Values, times and start of the made-up series of a case."""
    series = case.partition("-")[0]
    points = [row for row in rows("interrupted_series.csv") if row["case"] == series]
    values, at = (np.array([float(row[key]) for row in points]) for key in ("value", "at"))
    return values, at, int(points[0]["start"])


@cache
def reference_result(case: str) -> Interrupted:
    values, at, start = reference_series(case)
    return interrupted(values, at, start=start, segments=MODELS[case.split("-")[-1]])


def quantities(result: Interrupted) -> dict[str, float]:
    """The numbers of a result by the names they have in the reference."""
    line = result.counterfactual
    found = {"rho": result.rho, "unchanged:estimate": line.value[-1]}
    for name in ("level", "slope", "last"):
        effect = getattr(result.effects, name)
        found |= {f"{name}:estimate": effect.estimate, f"{name}:se": effect.se}
    return found


def noise(seed: int, series: int, n: int, rho: float) -> Floats:
    news = np.random.default_rng(seed).normal(size=(series, n))
    news[:, 1:] *= np.sqrt(1 - rho**2)
    return np.asarray(signal.lfilter([1], [1, -rho], news, axis=1))


def half_and_half(n: int) -> tuple[Floats, Floats, Floats]:
    """Times, design and change rows (level, slope, last) of a series that changes midway."""
    at = np.arange(n, dtype=np.float64)
    weights = change_rows(at[-1], n // 2, Segments())
    return at, segment_design(at, n // 2, Segments()), np.stack(list(weights.values()))


@cache
def without_effect(n: int, rho: float) -> dict[str, Floats]:
    at, design, weights = half_and_half(n)
    values = noise(n + int(10 * rho), SERIES, n, rho)
    fit = gls_ar1(values, design, at)
    return {
        "level": linear_sums(fit, weights).p[:, 0],
        "last": linear_sums(fit, weights).p[:, 2],
        "any": joint_p(fit, weights[:2]),
        "newey_west": linear_sums(newey_west(values, design), weights).p[:, [0, 2]],
    }


@pytest.mark.parametrize(
    "row",
    [row for row in EXPECTED if row["quantity"] != "unchanged:se"],
    ids=lambda row: f"{row['case']}-{row['quantity']}",
)
def test_estimates_errors_and_rho_agree_with_r(row: dict[str, str]) -> None:
    found = quantities(reference_result(row["case"]))[row["quantity"]]
    assert found == pytest.approx(float(row["value"]), rel=2e-5, abs=2e-5)


@pytest.mark.parametrize("case", ["even-both", "gaps-both", "negative-both"])
def test_the_counterfactual_is_as_unsure_as_r_says(case: str) -> None:
    values, at, start = reference_series(case)
    fit = gls_ar1(values, segment_design(at, start, Segments()), at)
    error = linear_sums(fit, unchanged_design(at, start, Segments())[-1:]).se
    wanted = [row for row in EXPECTED if (row["case"], row["quantity"]) == (case, "unchanged:se")]
    assert error == pytest.approx([float(row["value"]) for row in wanted], rel=2e-5)


def test_coefficients_are_those_of_the_whole_correlation_matrix() -> None:
    at, design, _ = half_and_half(24)
    values = noise(3, 1, 24, 0.4)[0]
    fit = gls_ar1(values, design, at)
    inverse = np.linalg.inv(float(fit.rho) ** np.abs(at[:, None] - at))
    by_hand = np.linalg.solve(design.T @ inverse @ design, design.T @ inverse @ values)
    np.testing.assert_allclose(fit.coefficients, by_hand, rtol=1e-8)


def test_many_series_at_once_give_what_each_gives_alone() -> None:
    at, design, _ = half_and_half(24)
    values = noise(4, 5, 24, 0.3)
    together = gls_ar1(values, design, at).rho
    alone = [float(gls_ar1(row, design, at).rho) for row in values]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_least_squares_has_the_closed_form_errors() -> None:
    _, design, _ = half_and_half(10)
    values = noise(5, 1, 10, 0.0)[0]
    fit, wanted = ols(values, design), sm.OLS(values, design).fit()
    np.testing.assert_allclose(fit.coefficients, wanted.params, rtol=1e-9)
    np.testing.assert_allclose(np.sqrt(np.diag(fit.covariance)), wanted.bse, rtol=1e-9)
    np.testing.assert_allclose(linear_sums(fit, np.eye(4)).p, wanted.pvalues, rtol=1e-7)
    assert joint_p(fit, np.eye(4)[2:]) == pytest.approx(float(wanted.f_test(np.eye(4)[2:]).pvalue))


def test_newey_west_agrees_with_statsmodels() -> None:
    _, design, _ = half_and_half(40)
    values = noise(6, 1, 40, 0.4)[0]
    # floor(4 x 0.4^(2/9)) = floor(3.26) = 3 lags
    wanted = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    np.testing.assert_allclose(newey_west(values, design).covariance, wanted.cov_params())


@pytest.mark.parametrize(("n", "rho"), CELLS)
@pytest.mark.parametrize("test", ["level", "last", "any"])
def test_false_positives_are_near_five_in_a_hundred(n: int, rho: float, test: str) -> None:
    share = np.mean(without_effect(n, rho)[test] < 0.05)
    assert 0.04 <= share <= 0.08


@pytest.mark.parametrize("rho", [0.0, 0.2, 0.4])
def test_newey_west_alone_finds_effects_that_are_not_there(rho: float) -> None:
    share = np.mean(without_effect(24, rho)["newey_west"] < 0.05, axis=0)
    assert (share >= 0.12).all()


@pytest.mark.parametrize(("n", "rho"), CELLS)
def test_intervals_cover_a_true_effect(n: int, rho: float) -> None:
    at, design, weights = half_and_half(n)
    truth = np.array([50, 0.2, 3.0, -0.4])
    values = design @ truth + noise(100 + n, 1000, n, rho)
    sums = linear_sums(gls_ar1(values, design, at), weights)
    bounds = t_interval(sums.estimate, sums.se, sums.df)
    wanted = weights @ truth
    covered = np.mean((bounds.low <= wanted) & (wanted <= bounds.high), axis=0)
    assert ((covered >= 0.92) & (covered <= 0.965)).all()


def test_a_change_has_the_t_interval_of_its_error() -> None:
    # Ten points on least squares: 6 degrees of freedom, t quantile 2.4469.
    level = interrupted(noise(14, 1, 10, 0.0)[0], range(10), start=6).effects.level
    assert level.high - level.estimate == pytest.approx(2.4469 * level.se, rel=1e-4)
    assert level.estimate - level.low == pytest.approx(2.4469 * level.se, rel=1e-4)


def test_the_worked_example_gives_its_changes() -> None:
    effects = interrupted(HAND, range(12), start=8).effects
    found = (effects.level.estimate, effects.slope.estimate, effects.last.estimate)
    assert found == pytest.approx((-5, 1, -2))


def test_points_on_the_lines_give_estimates_without_intervals() -> None:
    result = interrupted(HAND, range(12), start=8)
    assert result.basis is Basis.NO_SCATTER
    np.testing.assert_allclose(result.counterfactual.value, [18, 19, 20, 21])
    assert np.isnan([result.effects.last.se, result.effects.last.p, result.effect_p]).all()


def test_a_constant_series_has_no_scatter() -> None:
    assert interrupted(np.zeros(20), range(20), start=10).basis is Basis.NO_SCATTER


@pytest.mark.parametrize(
    ("n", "start", "basis", "method"),
    [
        (24, 12, Basis.CLAIM, Method.GLS),
        (12, 8, Basis.CLAIM, Method.GLS),
        (12, 9, Basis.INDICATION, Method.GLS),
        (12, 7, Basis.INDICATION, Method.GLS),
        (11, 7, Basis.INDICATION, Method.OLS),
        (6, 3, Basis.INDICATION, Method.OLS),
        (5, 3, Basis.TOO_FEW, Method.NONE),
        (12, 11, Basis.TOO_FEW, Method.NONE),
        (12, 2, Basis.TOO_FEW, Method.NONE),
    ],
)
def test_points_before_and_after_decide_what_may_be_said(
    n: int, start: int, basis: Basis, method: Method
) -> None:
    result = interrupted(noise(7, 1, n, 0.0)[0], range(n), start=start)
    assert (result.basis, result.method) == (basis, method)
    assert (result.n_before, result.n_after) == (start, n - start)


def test_too_few_points_give_no_numbers() -> None:
    result = interrupted([1.0, 2, 3, 5], range(4), start=3)
    assert np.isnan([result.rho, result.effects.last.estimate, result.effect_p]).all()
    assert result.fitted.at.size == result.counterfactual.at.size == 0


def test_a_season_that_leaves_few_points_gives_only_an_indication() -> None:
    values = noise(8, 1, 14, 0.0)[0]
    assert interrupted(values, range(14), start=9).basis is Basis.CLAIM
    with_season = interrupted(values, range(14), start=9, segments=Segments(season=12, pairs=2))
    assert (with_season.basis, with_season.method) == (Basis.INDICATION, Method.OLS)


def test_missing_values_are_left_out_and_the_others_keep_their_times() -> None:
    values = noise(9, 1, 24, 0.3)[0]
    holes = np.isin(np.arange(24), [3, 4, 15])
    with_holes = interrupted(np.where(holes, np.nan, values), range(24), start=12)
    without = interrupted(values[~holes], np.flatnonzero(~holes), start=12)
    assert with_holes.effects == without.effects
    assert (with_holes.n_before, with_holes.n_after) == (10, 11)


def test_what_happened_everywhere_is_not_an_effect() -> None:
    own = noise(10, 1, 24, 0.2)[0]
    everywhere = np.where(np.arange(24) >= 12, 8.0, 0.0)
    alone = interrupted(own, range(24), start=12)
    compared = interrupted(own + everywhere, range(24), start=12, comparison=everywhere)
    assert compared.effects.level.estimate == pytest.approx(alone.effects.level.estimate)


def test_a_step_alone_is_measured_more_closely() -> None:
    values = noise(11, 1, 24, 0.2)[0]
    both = interrupted(values, range(24), start=12).effects.last
    step = interrupted(values, range(24), start=12, segments=Segments(Shape.LEVEL)).effects
    assert step.last.se < both.se
    assert step.level == step.last
    assert np.isnan(step.slope.estimate)


def test_a_season_is_taken_out() -> None:
    at = np.arange(48)
    wave = 5 * np.cos(2 * np.pi * at / 12 + 1)
    values = noise(12, 1, 48, 0.0)[0]
    calm = interrupted(values, at, start=30, segments=Segments(season=12))
    wavy = interrupted(values + wave, at, start=30, segments=Segments(season=12))
    assert wavy.effects.last.estimate == pytest.approx(calm.effects.last.estimate, abs=1e-4)


def test_two_pairs_of_a_quarterly_season_are_three_columns() -> None:
    # The sine of a wave of two quarters is zero in every quarter.
    design = segment_design(np.arange(12.0), 8, Segments(season=4, pairs=2))
    assert design.shape == (12, 2 + 3 + 2)
    assert np.linalg.matrix_rank(design) == 7


def test_the_lines_part_by_the_effect() -> None:
    result = interrupted(noise(13, 1, 24, 0.2)[0], range(24), start=12)
    parted = result.fitted.value[12:] - result.counterfactual.value
    assert result.counterfactual.at.tolist() == list(range(12, 24))
    assert parted[0] == pytest.approx(result.effects.level.estimate)
    assert parted[-1] == pytest.approx(result.effects.last.estimate)


@pytest.mark.parametrize(
    ("at", "comparison", "message"),
    [
        ([0, 1, 2], None, "of one length"),
        ([0, 1, 2, 3], [1.0], "of one length"),
        ([0, 1, 1, 2], None, "whole numbers that rise"),
        ([0, 0.5, 1, 2], None, "whole numbers that rise"),
        ([0, 1, 2, np.nan], None, "whole numbers that rise"),
    ],
)
def test_faulty_times_and_lengths_are_errors(
    at: list[float], comparison: list[float] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        interrupted([1.0, 2, 3, 4], at, start=2, comparison=comparison)


@pytest.mark.parametrize(("season", "pairs"), [(12, 0), (12, 7), (1, 1)])
def test_a_season_must_be_long_enough_for_its_pairs(season: int, pairs: int) -> None:
    with pytest.raises(ValueError, match="half the season"):
        Segments(season=season, pairs=pairs)
