"""Small groups are withheld, and so is the cell that would give them away."""

import numpy as np
import pandas as pd
from analysis.made import rows

from kvalitetslib.analysis.protect import protect


def cells(**sizes: int) -> pd.DataFrame:
    """One cell an area, with that many people, in one year."""
    return pd.concat(
        [
            rows("X", [50.0], area=area, numerator=float(n // 2), denominator=float(n))
            for area, n in sizes.items()
        ],
        ignore_index=True,
    )


def withheld(values: pd.DataFrame, by: str = "area") -> list[str]:
    return sorted(values.loc[values["withheld"], by])


def test_a_group_below_the_smallest_size_is_withheld() -> None:
    assert "norr" in withheld(protect(cells(norr=4, soder=40, vast=30), 5))


def test_a_group_of_exactly_the_smallest_size_is_shown() -> None:
    assert withheld(protect(cells(norr=5, soder=40, vast=30), 5)) == []


def test_one_withheld_part_takes_the_smallest_of_the_others_with_it() -> None:
    assert withheld(protect(cells(norr=4, soder=40, vast=30), 5)) == ["norr", "vast"]


def test_two_withheld_parts_protect_each_other() -> None:
    assert withheld(protect(cells(norr=4, soder=40, vast=3), 5)) == ["norr", "vast"]


def test_women_are_withheld_when_men_are_few() -> None:
    values = pd.concat(
        [
            rows("X", [50.0], gender="T", denominator=33.0),
            rows("X", [50.0], gender="K", denominator=30.0),
            rows("X", [50.0], gender="M", denominator=3.0),
        ],
        ignore_index=True,
    )
    assert withheld(protect(values, 5), "gender") == ["K", "M"]


def test_no_number_is_left_in_a_withheld_cell() -> None:
    shown = protect(cells(norr=4, soder=40, vast=30), 5)
    hidden = shown.loc[shown["withheld"], ["value", "numerator", "denominator"]]
    assert np.isnan(hidden.to_numpy(dtype=float)).all()


def test_unknown_size_is_not_small() -> None:
    assert withheld(protect(rows("X", [50.0, 51.0]), 5), "period") == []


def test_years_are_protected_one_by_one() -> None:
    values = pd.concat(
        [
            rows("X", [50.0, 50.0], area="norr", denominator=np.array([4.0, 9.0])),
            rows("X", [50.0, 50.0], area="soder", denominator=np.array([40.0, 41.0])),
        ],
        ignore_index=True,
    )
    shown = protect(values, 5)
    assert withheld(shown, "period") == ["2024", "2024"]


def test_protection_reaches_through_crossings() -> None:
    # K norr is small; K söder and M norr would give it away; then M söder gives both away.
    values = pd.concat(
        [
            rows("X", [50.0], gender=gender, area=area, denominator=float(n))
            for gender, area, n in (
                ("K", "norr", 3),
                ("K", "soder", 20),
                ("M", "norr", 21),
                ("M", "soder", 22),
            )
        ],
        ignore_index=True,
    )
    assert protect(values, 5)["withheld"].all()


def test_two_small_parts_of_few_people_take_a_third_with_them() -> None:
    assert withheld(protect(cells(norr=2, soder=100, vast=2), 5)) == ["norr", "soder", "vast"]


def test_a_year_is_withheld_with_its_month() -> None:
    months = rows(
        "X", [50.0, 50.0], periods=("2025M11", "2025M12"), denominator=np.array([20.0, 2.0])
    )
    year = rows("X", [50.0], periods=("2025",), denominator=22.0)
    assert withheld(protect(pd.concat([months, year], ignore_index=True), 5), "period") == [
        "2025",
        "2025M12",
    ]
