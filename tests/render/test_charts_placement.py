"""Text widths, ticks and places for labels."""

from itertools import pairwise

import numpy as np
import pytest
from charts_reading import overlaps

from kvalitetslib.render.charts.lettering import block, named_value, text_width
from kvalitetslib.render.charts.placement import Box, spread, surround, thinned
from kvalitetslib.render.charts.scale import Scale, labelled_ticks, nice_ticks, padded
from kvalitetslib.render.charts.stacking import Slot, stack

SEEDS = range(60)


def _slot_boxes(slots: tuple[Slot, ...]) -> list[Box]:
    return [Box(slot.x0, slot.row, slot.x1, slot.row + 1) for slot in slots]


def test_a_wide_letter_is_wider_than_a_narrow_one() -> None:
    # Arial: W 944 and i 222 thousandths of 16 units, with a margin of 4 %.
    assert text_width("W") == pytest.approx(15.71, abs=0.01)
    assert text_width("i") == pytest.approx(3.69, abs=0.01)


def test_a_text_that_fits_stays_on_one_line() -> None:
    assert block("länet", 100).lines == ("länet",)


def test_a_long_text_breaks_between_words() -> None:
    assert block("nöjda med hemtjänsten", 110).lines == ("nöjda med", "hemtjänsten")


def test_a_long_word_breaks_at_a_soft_hyphen() -> None:
    assert block("kvalitets\u00adsäkra", 90).lines == ("kvalitets-", "säkra")


def test_a_soft_hyphen_that_is_not_needed_is_not_shown() -> None:
    assert block("kvalitets\u00adsäkra", 200).lines == ("kvalitetssäkra",)


def test_a_text_that_does_not_fit_is_cut_and_kept_whole_beside() -> None:
    cut = block("kommunledningsförvaltningen", 90)
    assert cut.lines[-1].endswith("…")
    assert cut.full == "kommunledningsförvaltningen"


@pytest.mark.parametrize("width", [20.0, 45.0, 90.0, 200.0])
def test_no_line_is_wider_than_asked(width: float) -> None:
    text = block("Andelen elever i årskurs 9 som är behöriga till yrkesprogram", width, 3)
    assert text.width <= width


def test_a_value_is_kept_when_its_name_is_cut() -> None:
    assert named_value("kommunledningsförvaltningen", "68,2 %", 90).lines[-1] == "68,2 %"


def test_ticks_are_round() -> None:
    assert nice_ticks(0, 100) == (0, 20, 40, 60, 80, 100)
    assert nice_ticks(-0.13, 0.33) == (-0.1, 0.0, 0.1, 0.2, 0.3)


def test_tick_labels_all_differ_although_rounded() -> None:
    labels = [label for _, label in labelled_ticks(2.9, 4.2, lambda value: f"{value:.0f}")]
    assert labels == ["3", "4"]


@pytest.mark.parametrize("seed", SEEDS)
def test_ticks_lie_within_their_range(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low, high = padded(list(rng.normal(size=3) * 10.0 ** rng.integers(-9, 13)))
    ticks = nice_ticks(low, high)
    assert 3 <= len(ticks) <= 8
    assert low <= ticks[0] < ticks[-1] <= high


@pytest.mark.parametrize("values", [[], [0.0], [5.0, 5.0], [1e12, 1e12], [-3.0]])
def test_a_range_is_never_empty(values: list[float]) -> None:
    low, high = padded(values)
    assert low < high


def test_a_scale_may_run_upwards() -> None:
    assert Scale(0, 10, 200, 100)(2.5) == 175


def test_labels_with_room_stay_where_they_want() -> None:
    assert spread([10, 50], [10, 10], start=0, end=100) == (10, 50)


def test_two_labels_for_one_place_move_equally() -> None:
    assert spread([50, 50], [10, 10], start=0, end=100) == (45, 55)


def test_labels_keep_within_the_range() -> None:
    assert spread([-20, 0, 130], [10, 10, 10], start=0, end=100) == (5, 15, 95)


@pytest.mark.parametrize("seed", SEEDS)
def test_spread_labels_never_overlap(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 14))
    sizes = [float(size) for size in rng.uniform(5, 40, n)]
    wanted = [float(at) for at in rng.uniform(-50, 250, n).round(-1)]
    centres = spread(wanted, sizes, start=0, end=300)
    boxes = [Box(0, c - s / 2, 1, c + s / 2) for c, s in zip(centres, sizes, strict=True)]
    assert overlaps(boxes, slack=1e-9) == []
    assert min(box.y0 for box in boxes) >= -1e-9


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("centred", [True, False])
def test_stacked_names_never_overlap(seed: int, centred: bool) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12))
    widths = [float(width) for width in rng.uniform(20, 240, n)]
    marks = [float(at) for at in rng.uniform(0, 520, n).round(-1)]
    slots = stack(marks, widths, end=520, centred=centred)
    assert overlaps(_slot_boxes(slots), slack=1e-9) == []
    assert all(slot.x0 >= 0 and slot.x1 <= 520 for slot in slots)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_runs_through_a_name_when_there_is_room_to_the_right(seed: int) -> None:
    rng = np.random.default_rng(seed)
    marks = [float(at) for at in rng.uniform(0, 300, 6)]
    slots = stack(marks, [float(width) for width in rng.uniform(20, 200, 6)], end=520)
    pairs = [(s, m, t) for s, m in zip(slots, marks, strict=True) for t in slots]
    assert [p for p in pairs if p[2].row < p[0].row and p[2].x0 < p[1] < p[2].x1] == []


def test_near_names_over_a_strip_keep_clear_of_each_others_lines() -> None:
    # länet at 200 and the median at 196: one name to each side, on the same row.
    slots = stack([196, 200], [80, 60], end=520, centred=True)
    assert [(slot.x0, slot.row) for slot in slots] == [(116, 0), (200, 0)]


@pytest.mark.parametrize("seed", SEEDS)
def test_names_beside_points_cover_neither_names_nor_marks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = [(float(x), float(y)) for x, y in rng.uniform(20, 480, (25, 2))]
    sizes = [(float(width), 18.4) for width in rng.uniform(30, 150, 25)]
    bounds = Box(0, 0, 500, 500)
    boxes = [b for b in surround(points, sizes, bounds=bounds, radius=6) if b]
    marks = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    assert overlaps(boxes, slack=1e-9) == []
    assert [(b, m) for b in boxes for m in marks if b.overlaps(m)] == []
    assert all(bounds.contains(box) for box in boxes)
    assert len(boxes) > 15


def test_a_name_without_a_free_place_gets_none() -> None:
    assert surround([(5, 5)], [(50, 18)], bounds=Box(0, 0, 10, 10), radius=2) == (None,)


def test_thinned_ticks_keep_the_last_and_leave_a_gap() -> None:
    kept = sorted(thinned([0, 20, 40, 60], [30, 30, 30, 30]))
    assert kept == [1, 3]
    assert all(b - a >= 1 for a, b in pairwise(kept))
