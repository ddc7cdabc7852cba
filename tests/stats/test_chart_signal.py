"""The latest point's verdict and its chance, by hand and by seeded simulation."""

from collections.abc import Callable
from math import factorial

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from kvalitetslib.stats.chart_signal import (
    Assurance,
    Rule,
    Signal,
    Variation,
    assurance,
    latest_signals,
    signal_p,
    variation,
)
from kvalitetslib.stats.counts_chart import Dispersion, c_chart, p_chart, u_chart
from kvalitetslib.stats.no_change import NormalLaw
from kvalitetslib.stats.noise import noise_df
from kvalitetslib.stats.process import Chart, xmr_chart

# Baselines of 24 points with centre 0: sigma 2.66 / 3 x 2 = 1.773, limits -+5.32.
STEADY = [-1.0, 1.0] * 12
FROZEN = slice(24)


def after_steady(*values: float) -> Chart:
    return xmr_chart([*STEADY, *values], baseline=FROZEN)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((6.0,), (Signal(Rule.OUTSIDE, 1),)),
        ((-6.0,), (Signal(Rule.OUTSIDE, -1),)),
        ((-1, 2, 2, 2, 2, 2, 2, 2), (Signal(Rule.RUN, 1),)),
        ((-3, -2, -1, 0, 1, 2, 3), (Signal(Rule.TREND, 1),)),
        ((4, 1, 4), (Signal(Rule.OUTER_THIRD, 1),)),
        ((2, 2, 2, 2, 2, 4, 6), (Signal(Rule.OUTSIDE, 1), Signal(Rule.RUN, 1))),
        ((6.0, 0.5), ()),
        ((4, 4, 1), ()),
        ((), ()),
    ],
)
def test_signals_of_the_latest_point(
    values: tuple[float, ...], expected: tuple[Signal, ...]
) -> None:
    assert latest_signals(after_steady(*values)) == expected


def test_latest_point_is_the_last_that_is_present() -> None:
    assert latest_signals(after_steady(6, np.nan)) == (Signal(Rule.OUTSIDE, 1),)


@pytest.mark.parametrize(
    ("value", "direction", "expected"),
    [
        (6, 1, Variation.IMPROVEMENT),
        (6, -1, Variation.CONCERN),
        (6, 0, Variation.CHANGE_UP),
        (-6, 1, Variation.CONCERN),
        (-6, -1, Variation.IMPROVEMENT),
        (-6, 0, Variation.CHANGE_DOWN),
        (5, 1, Variation.COMMON),
        (5, 0, Variation.COMMON),
    ],
)
def test_variation_follows_the_declared_direction(
    value: float, direction: int, expected: Variation
) -> None:
    assert variation(after_steady(value), direction) is expected


def test_first_rule_decides_when_two_differ() -> None:
    # Seven falling points, the last of them still above the upper limit.
    found = after_steady(19, 17, 15, 13, 11, 9, 7)
    assert latest_signals(found)[0] == Signal(Rule.OUTSIDE, 1)
    assert Signal(Rule.TREND, -1) in latest_signals(found)
    assert variation(found, 1) is Variation.IMPROVEMENT


@pytest.mark.parametrize("values", [[], [np.nan], [3.0]])
def test_chart_without_limits_has_an_unknown_verdict(values: list[float]) -> None:
    found = xmr_chart(values)
    assert variation(found) is Variation.UNKNOWN
    assert assurance(found, 1, -1) is Assurance.UNKNOWN
    assert signal_p(found) == 1


def test_variation_needs_a_known_direction() -> None:
    with pytest.raises(ValueError, match="direction must be 1, 0 or -1, found 2"):
        variation(after_steady(1), 2)


# A chart with centre 6 and limits 4 and 8: the ranges are all 2 / 2.66.
FOUR_TO_EIGHT = xmr_chart(6 + np.array([-1.0, 1.0] * 8) / 2.66)


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        (3, 1, Assurance.ALWAYS),
        (3.99, 1, Assurance.ALWAYS),
        (5, 1, Assurance.SOMETIMES),
        (7.99, 1, Assurance.SOMETIMES),
        (9, 1, Assurance.NEVER),
        (3, -1, Assurance.NEVER),
        (4.01, -1, Assurance.SOMETIMES),
        (8.01, -1, Assurance.ALWAYS),
        (np.nan, 1, Assurance.UNKNOWN),
    ],
)
def test_assurance_of_limits_four_to_eight(
    target: float, direction: int, expected: Assurance
) -> None:
    assert assurance(FOUR_TO_EIGHT, target, direction) is expected


def test_target_on_the_limit_is_reached() -> None:
    constant = xmr_chart([5.0] * 14)
    assert assurance(constant, 5, 1) is Assurance.ALWAYS
    assert assurance(constant, 5, -1) is Assurance.ALWAYS


def test_assurance_reads_the_limits_of_the_latest_point() -> None:
    # About 0.5 the limits are 0.35 to 0.65 at n = 100 and 0.485 to 0.515 at n = 10 000.
    small_last = p_chart([5000, 5000, 50], [10_000, 10_000, 100], dispersion=Dispersion.CHANCE)
    large_last = p_chart([50, 5000, 5000], [100, 10_000, 10_000], dispersion=Dispersion.CHANCE)
    assert assurance(small_last, 0.45, 1) is Assurance.SOMETIMES
    assert assurance(large_last, 0.45, 1) is Assurance.ALWAYS


def test_assurance_reads_the_latest_phase() -> None:
    found = xmr_chart([0, 1, 0, 1, 10, 11, 10, 11], rebase=(4,))
    assert assurance(found, 5, 1) is Assurance.ALWAYS


def test_assurance_needs_a_direction() -> None:
    with pytest.raises(ValueError, match="direction must be 1 or -1, found 0"):
        assurance(FOUR_TO_EIGHT, 5, 0)


def test_latest_point_without_a_signal_has_p_one() -> None:
    assert signal_p(after_steady(5)) == 1


def known_noise(n: int) -> NormalLaw:
    """A law whose centre is known and whose sigma is from n points."""
    return NormalLaw(n, np.zeros(n))


def test_trend_of_seven_has_the_chances_of_the_rules_as_rare() -> None:
    # 2 / 7! for the trend itself, as much for a point as far out, and a run of 13.
    found = xmr_chart([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, -2, -1, -0.5, 0, 0.4, 0.8, 1.2])
    assert latest_signals(found) == (Signal(Rule.TREND, 1),)
    assert signal_p(found) == pytest.approx(2 * 2 / factorial(7) + 2 / 2**13)


def test_run_of_seven_of_the_worked_example() -> None:
    found = xmr_chart([*([-1.0, 1.0] * 8), -1.0, *([0.5, 0.6] * 3), 0.5])
    assert latest_signals(found) == (Signal(Rule.RUN, 1),)
    df = float(noise_df(24))

    def outer_third(v: float) -> float:
        scale = np.sqrt(v / df)
        one = stats.norm.sf(2 * scale) - stats.norm.sf(3 * scale)
        return float(2 * (one**2 - one**3) * stats.chi2.pdf(v, df))

    expected = 2 / 2**7 + 2 * stats.t.sf(3, df) + quad(outer_third, 0, 100)[0] + 2 / factorial(7)
    assert signal_p(found) == pytest.approx(expected, rel=2e-3)
    assert signal_p(found) == pytest.approx(0.027, abs=5e-4)


def test_longer_run_is_less_likely() -> None:
    after = [signal_p(after_steady(-1, *[2.0] * k)) for k in (7, 9, 12)]
    assert after[0] > after[1] > after[2] > 0


def test_farther_point_is_less_likely() -> None:
    after = [signal_p(after_steady(value)) for value in (5.5, 8, 12)]
    assert after[0] > after[1] > after[2] > 0


def test_outside_alone_has_the_tail_of_t_with_a_centre_error() -> None:
    # z = 12 / 1.7733 is so rare that of the other rules only long runs are as rare.
    law = after_steady(12).law
    z = 12 / (2.66 / 3 * 2)
    expected = 2 * stats.t.sf(z / np.sqrt(1 + 1 / 24), noise_df(24))
    assert law.beyond(z) == pytest.approx(expected)


def test_tails_of_a_known_centre_are_those_of_t() -> None:
    tails = known_noise(20).tails(2.0, 1)
    assert tails[:, 0].mean() == pytest.approx(stats.t.sf(2, noise_df(20)), rel=0.02)
    assert known_noise(20).tails(0.0, -1) == pytest.approx(0.5)


def test_run_after_twelve_frozen_points_is_as_likely_as_the_worked_example_says() -> None:
    found = xmr_chart(np.arange(19) % 2, baseline=slice(12)).law
    above = found.tails(0.0, 1)[:, -7:].prod(axis=1).mean()
    rng = np.random.default_rng(5)
    centre = rng.normal(0, 1 / np.sqrt(12), (200_000, 1))
    simulated = (rng.normal(size=(200_000, 7)) > centre).all(axis=1).mean()
    assert 2 * above == pytest.approx(0.034, abs=1e-3)
    assert above == pytest.approx(simulated, rel=0.05)


def test_value_off_a_constant_baseline_has_the_chance_of_coming_last() -> None:
    assert signal_p(xmr_chart([3] * 12 + [4], baseline=slice(12))) == pytest.approx(1 / 13)


def test_first_event_after_none_has_the_chance_of_its_share_of_cases() -> None:
    found = p_chart([0] * 12 + [1], [50] * 12 + [100], baseline=slice(12))
    assert latest_signals(found)[0] == Signal(Rule.OUTSIDE, 1)
    assert signal_p(found) == pytest.approx(100 / 700)


def test_chance_of_a_count_is_binomial() -> None:
    # Centre 0.02 from 100 000 cases, n = 50: sigma 0.0198, so 4 of 50 (z = 3.03) is outside.
    found = p_chart([1000, 1000, 4], [50_000, 50_000, 50], baseline=slice(2))
    z = (0.08 - 0.02) / np.sqrt(0.02 * 0.98 / 50)
    assert found.law.beyond(z) == pytest.approx(stats.binom.sf(3, 50, 0.02), rel=0.01)


def test_chance_of_a_rate_is_poisson() -> None:
    found = u_chart([1000, 1000, 6], [1000, 1000, 1], baseline=slice(2))
    assert found.law.beyond(5.0) == pytest.approx(stats.poisson.sf(5, 1), rel=0.02)


def test_run_of_a_count_is_not_taken_for_a_toss_of_a_coin() -> None:
    # With 2 events expected, fewer are 41 % likely, and seven such months 0.2 %.
    found = u_chart([20, 20] + [1] * 7, [10, 10] + [1] * 7, baseline=slice(2))
    assert latest_signals(found) == (Signal(Rule.RUN, -1),)
    assert signal_p(found) > stats.poisson.cdf(1, 2) ** 7


def test_a_rare_count_has_no_run_below_its_mean() -> None:
    # With 0.5 events expected, none at all is 61 % likely, and seven such months 3 %.
    found = u_chart([5, 5] + [0] * 7, [10, 10] + [1] * 7, baseline=slice(2))
    assert (latest_signals(found), signal_p(found)) == ((), 1.0)


def test_values_of_which_most_are_equal_have_no_run_below_their_mean() -> None:
    assert latest_signals(xmr_chart([5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0])) == ()


@pytest.mark.parametrize("chart_of", [xmr_chart, c_chart])
def test_the_only_event_comes_last_in_one_order_of_thirty_three(
    chart_of: Callable[..., Chart],
) -> None:
    # Besides, a trend of seven is as rare: 2 / 7!.
    found = signal_p(chart_of([0] * 32 + [1]))
    assert found == pytest.approx(1 / 33 + 2 / factorial(7))


def test_no_single_value_of_a_skewed_series_is_rarer_than_its_place_in_the_order() -> None:
    skewed = np.exp(0.8 * stats.norm.ppf((np.arange(32) * 11 % 32 + 0.5) / 32))
    assert 1 / 33 <= signal_p(xmr_chart([*skewed, 40.0])) < 2 / 33


def test_a_value_far_outside_a_series_that_looks_normal_may_be_rarer() -> None:
    even = stats.norm.ppf((np.arange(32) * 11 % 32 + 0.5) / 32)
    assert signal_p(xmr_chart([*even, 9.0])) < 0.001


def test_counts_trusted_to_be_chance_alone_may_have_a_rare_one() -> None:
    others = [3, 1, 0, 2, 1, 4, 1, 2, 0, 2, 3, 1] * 2
    assert signal_p(c_chart([*others, 14])) < 1e-4


def test_clustered_counts_have_none_rarer_than_its_place_in_the_order() -> None:
    clustered = [0, 0, 9, 0, 0, 0, 7, 0, 0, 0, 0, 8] * 2
    assert signal_p(c_chart([*clustered, 14])) >= 1 / 25


SIZES = np.arange(600, 3000, 100)
MODELS: dict[str, Callable[[np.random.Generator], Chart]] = {
    "xmr": lambda rng: xmr_chart(rng.normal(size=24)),
    "frozen": lambda rng: xmr_chart(rng.normal(size=24), baseline=slice(12)),
    "rebased": lambda rng: xmr_chart(rng.normal(size=24), rebase=(10,)),
    "rare_share": lambda rng: p_chart(rng.binomial(50, 0.05, 24), np.full(24, 50)),
    "frozen_share": lambda rng: p_chart(
        rng.binomial(400, 0.05, 24), np.full(24, 400), baseline=slice(12)
    ),
    "rare_rate": lambda rng: u_chart(rng.poisson(0.5, 24), np.ones(24)),
    "laney": lambda rng: p_chart(
        SIZES * rng.normal(0.3, 3 * np.sqrt(0.21 / SIZES)), SIZES, dispersion=Dispersion.LANEY
    ),
    "frozen_laney": lambda rng: p_chart(
        SIZES * rng.normal(0.3, 3 * np.sqrt(0.21 / SIZES)),
        SIZES,
        baseline=slice(12),
        dispersion=Dispersion.LANEY,
    ),
}


@pytest.fixture(scope="module", params=MODELS)
def simulated(request: pytest.FixtureRequest) -> np.typing.NDArray[np.float64]:
    """p values of 3 000 charts where nothing has changed."""
    rng = np.random.default_rng(20260401)
    return np.array([signal_p(MODELS[request.param](rng)) for _ in range(3000)])


@pytest.mark.parametrize("level", [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05])
def test_small_p_is_no_more_common_than_it_says(
    simulated: np.typing.NDArray[np.float64], level: float
) -> None:
    # Three Monte Carlo standard errors.
    slack = 3 * np.sqrt(level * (1 - level) / simulated.size)
    assert (simulated <= level).mean() <= level + slack


def test_p_of_frozen_limits_is_not_much_too_large() -> None:
    rng = np.random.default_rng(7)
    p = np.array([signal_p(MODELS["frozen"](rng)) for _ in range(3000)])
    assert (p <= 0.02).mean() > 0.013
