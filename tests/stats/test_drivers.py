"""Importance of drivers: by hand, against all orders, and what is refused."""

from itertools import permutations

import numpy as np
import pytest

from kvalitetslib.stats.design import Design, FloatArray, sample_design
from kvalitetslib.stats.drivers import (
    KeyDrivers,
    Priority,
    key_drivers,
    lmg,
    priorities,
    relative_weights,
    weighted_correlation,
)


def sample(n: int = 300, p: int = 4) -> tuple[FloatArray, FloatArray, Design]:
    rng = np.random.default_rng(8)
    x = rng.normal(size=(n, p)) + rng.normal(size=(n, 1))
    y = x @ np.linspace(1, -0.3, p) + rng.normal(size=n)
    return y, x, sample_design(rng.gamma(4, 0.25, n), stratum=np.arange(n) % 3)


def share_by_all_orders(correlation: FloatArray) -> FloatArray:
    """Mean gain of R2 over every order of entry, by the definition."""

    def r2(members: tuple[int, ...]) -> float:
        r = correlation[list(members), 0]
        return float(r @ np.linalg.solve(correlation[np.ix_(members, members)], r))

    p = len(correlation) - 1
    gains = np.zeros(p)
    orders = list(permutations(range(1, p + 1)))
    for order in orders:
        for i, j in enumerate(order):
            gains[j - 1] += r2(order[: i + 1]) - (r2(order[:i]) if i else 0.0)
    return gains / len(orders)


def test_uncorrelated_drivers_have_their_squared_correlations() -> None:
    matrix = np.array([[1, 0.6, 0.3], [0.6, 1, 0], [0.3, 0, 1]])

    assert lmg(matrix[None])[0] == pytest.approx([0.36, 0.09])
    assert relative_weights(matrix[None])[0] == pytest.approx([0.36, 0.09])


def test_importance_is_the_mean_gain_over_all_orders() -> None:
    y, x, design = sample()
    matrix = weighted_correlation(np.column_stack([y, x]), design.weight)

    assert lmg(matrix[None])[0] == pytest.approx(share_by_all_orders(matrix), abs=1e-12)


def test_importances_add_up_to_r2_inside_their_intervals() -> None:
    y, x, design = sample()

    found = key_drivers(y, x, design, rng=np.random.default_rng(1), replicates=100)

    assert found.importance.sum() == pytest.approx(found.r2)
    assert ((found.low <= found.importance) & (found.importance <= found.high)).all()


def test_signs_come_from_the_model_with_all_drivers() -> None:
    y, x, design = sample()

    found = key_drivers(y, x, design, rng=np.random.default_rng(1), replicates=20)

    assert found.sign.tolist() == [1, 1, 1, -1]
    assert (found.vif > 1).all()


def test_same_seed_gives_the_same_interval() -> None:
    y, x, design = sample()

    first = key_drivers(y, x, design, rng=np.random.default_rng(5), replicates=20)
    second = key_drivers(y, x, design, rng=np.random.default_rng(5), replicates=20)

    assert first.low.tolist() == second.low.tolist()


def test_sixteen_drivers_use_relative_weights() -> None:
    y, x, design = sample(400, 16)

    found = key_drivers(y, x, design, rng=np.random.default_rng(1), replicates=20)

    assert found.method == "johnson"
    assert found.importance.sum() == pytest.approx(found.r2)


def test_incomplete_answers_are_left_out() -> None:
    y, x, design = sample()
    x[:10, 2] = np.nan

    assert key_drivers(y, x, design, rng=np.random.default_rng(1), replicates=5).n == 290


def test_driver_that_others_determine_is_named() -> None:
    y, x, design = sample()
    x[:, 3] = x[:, 0] + x[:, 1]

    with pytest.raises(ValueError, match=r"drivers \[0, 1, 3\]"):
        key_drivers(y, x, design, rng=np.random.default_rng(1))


def test_constant_driver_is_named() -> None:
    y, x, design = sample()
    x[:, 1] = 4

    with pytest.raises(ValueError, match=r"columns \[2\]"):
        key_drivers(y, x, design, rng=np.random.default_rng(1))


def test_too_few_answers_are_refused() -> None:
    y, x, design = sample(6)

    with pytest.raises(ValueError, match="too few"):
        key_drivers(y, x, design, rng=np.random.default_rng(1))


def test_priorities_follow_importance_and_level() -> None:
    found = KeyDrivers(
        importance=np.array([0.3, 0.3, 0.05, 0.05]),
        low=np.array([0.2, 0.2, 0.01, 0.01]),
        high=np.array([0.4, 0.4, 0.1, 0.1]),
        sign=np.ones(4),
        vif=np.ones(4),
        level=np.array([2.0, 4.0, 2.0, 4.0]),
        r2=0.7,
        n=100,
        method="lmg",
    )

    assert priorities(found) == [
        Priority.PRIORITISE,
        Priority.KEEP,
        Priority.WATCH,
        Priority.LEAVE,
    ]
