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


def periods(**people: int) -> pd.DataFrame:
    """One slice, one cell a period: ``m01=20`` is 2026M01, ``k1`` 2026K1, ``y`` 2026, ``s`` the
    school year 2025/26, and ``h07`` 2025M07.
    """
    years = {"m": "2026M", "k": "2026K", "y": "2026", "s": "2025/26", "h": "2025M", "t": "2025K"}
    names = tuple(years[each[0]] + each[1:] for each in people)
    sizes = np.array(list(people.values()), dtype=float)
    return rows("X", np.full(len(names), 50.0), periods=names, denominator=sizes)


def test_a_quarter_and_a_school_year_are_withheld_with_their_month() -> None:
    found = protect(periods(m01=20, m02=18, m03=3, k1=41, k2=40, s=150, y=160), 5)
    assert withheld(found, "period") == ["2025/26", "2026", "2026K1", "2026M03"]


def test_a_school_year_is_withheld_with_its_quarter() -> None:
    assert withheld(protect(periods(t3=40, t4=30, k1=3, s=90), 5), "period") == [
        "2025/26",
        "2026K1",
    ]


def test_a_school_year_is_not_withheld_with_a_month_outside_it() -> None:
    assert withheld(protect(periods(m09=3, s=90, y=90), 5), "period") == ["2026", "2026M09"]


def test_another_slice_keeps_its_longer_periods() -> None:
    values = pd.concat(
        [periods(m03=3, k1=41).assign(indicator="A"), periods(m03=30, k1=41).assign(indicator="B")],
        ignore_index=True,
    )
    found = protect(values, 5)
    assert sorted(found.loc[found["withheld"], "indicator"]) == ["A", "A"]


def test_one_part_goes_with_a_withheld_period_that_its_parts_add_up_to() -> None:
    # The men's year is hidden beside the women's; their quarters would add up to it.
    values = pd.concat(
        [
            periods(y=3).assign(gender="K"),
            periods(y=90, k1=20, k2=30, k3=21, k4=22).assign(gender="M"),
        ],
        ignore_index=True,
    )
    found = protect(values, 5)
    assert withheld(found[found["gender"] == "M"], "period") == ["2026", "2026K1"]


def test_quarters_and_months_together_add_up_too() -> None:
    values = pd.concat(
        [
            periods(y=3).assign(gender="K"),
            periods(y=90, k1=20, k2=30, k3=21, m10=6, m11=7, m12=8).assign(gender="M"),
        ],
        ignore_index=True,
    )
    found = protect(values, 5)
    assert withheld(found[found["gender"] == "M"], "period") == ["2026", "2026M10"]


def test_parts_that_lack_one_give_nothing_away() -> None:
    values = pd.concat(
        [periods(y=3).assign(gender="K"), periods(y=90, k1=20, k2=30, k3=21).assign(gender="M")],
        ignore_index=True,
    )
    found = protect(values, 5)
    assert withheld(found[found["gender"] == "M"], "period") == ["2026"]


def test_no_period_is_withheld_when_nobody_is_few() -> None:
    values = periods(m01=20, m02=18, m03=30, k1=68, y=160)
    assert withheld(protect(values, 5), "period") == []
