"""Means of two spans by hand, and how a mean of many series varies."""

import math

import numpy as np
import pytest

from kvalitetslib.stats.two_spans import mean_variance, noise_together, two_spans

NAN = math.nan
BEFORE = np.array([True, True, True, False, False])
NOW = ~BEFORE


def test_the_worked_example() -> None:
    spans = two_spans(np.array([[10.0, 11, 12, 14, 15]]), BEFORE, NOW)

    assert (spans.before[0], spans.now[0], spans.change[0]) == (11.0, 14.5, 3.5)
    assert math.sqrt(spans.variance[0]) == pytest.approx(0.9129, abs=1e-4)


def test_missing_years_are_left_out_and_cost_certainty() -> None:
    spans = two_spans(np.array([[10.0, NAN, 12, NAN, 15]]), BEFORE, NOW)

    assert (spans.before[0], spans.now[0], spans.variance[0]) == (11.0, 15.0, 1.5)


def test_a_span_without_a_value_gives_no_change() -> None:
    spans = two_spans(np.array([[10.0, 11, 12, NAN, NAN]]), BEFORE, NOW)

    assert np.isnan([spans.change[0], spans.variance[0]]).all()


def test_the_mean_of_two_that_vary_by_themselves_and_as_one() -> None:
    spans, sigma = two_spans(np.zeros((2, 5)), BEFORE, NOW), np.array([1.0, 1.0])

    assert mean_variance(spans, sigma, np.eye(2)) == pytest.approx(5 / 12)
    assert mean_variance(spans, sigma, np.ones((2, 2))) == pytest.approx(5 / 6)


def test_what_is_not_known_to_vary_apart_is_taken_to_vary_as_one() -> None:
    spans, sigma = two_spans(np.zeros((2, 5)), BEFORE, NOW), np.array([1.0, 3.0])
    unknown = np.array([[1.0, NAN], [NAN, 1.0]])

    assert mean_variance(spans, sigma, unknown) == pytest.approx(5 / 6 * (1 + 3) ** 2 / 4)


def test_series_that_were_measured_in_different_years_share_no_noise() -> None:
    values = np.array([[1.0, NAN, NAN, 1, NAN], [NAN, 1.0, NAN, NAN, 1]])
    spans = two_spans(values, BEFORE, NOW)

    assert mean_variance(spans, np.ones(2), np.ones((2, 2))) == pytest.approx((2 + 2) / 4)


@pytest.mark.parametrize("shared", [0.0, 0.5, 0.9])
def test_the_correlation_of_the_noise_is_found_whatever_the_levels(shared: float) -> None:
    rng = np.random.default_rng(11)
    common = rng.standard_normal((200, 12))
    alone = rng.standard_normal((2, 200, 12))
    values = math.sqrt(shared) * common + math.sqrt(1 - shared) * alone
    levels = rng.normal(0, 20, (2, 200, 1))

    assert noise_together(values + levels)[0, 1] == pytest.approx(shared, abs=0.06)


def test_the_mean_varies_as_it_is_said_to() -> None:
    rng = np.random.default_rng(12)
    noise = 0.7 * rng.standard_normal((20_000, 1, 5)) + 0.714 * rng.standard_normal((20_000, 3, 5))
    spans = two_spans(noise.reshape(-1, 5), BEFORE, NOW)
    means = spans.change.reshape(-1, 3).mean(axis=1)
    together = np.where(np.eye(3) > 0, 1.0, 0.49)

    said = mean_variance(two_spans(noise[0], BEFORE, NOW), np.ones(3), together)
    assert means.var() == pytest.approx(said, rel=0.03)


def test_opposite_noise_counts_as_none() -> None:
    noise = np.random.default_rng(13).standard_normal((50, 6))

    assert noise_together(np.stack([noise, -noise]))[0, 1] == 0.0


def test_too_few_steps_tell_nothing() -> None:
    noise = np.random.default_rng(14).standard_normal((2, 4, 6))

    assert np.isnan(noise_together(noise)[0, 1])
