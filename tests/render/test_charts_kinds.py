"""What each kind of chart says and draws, and how it meets odd values."""

import math

import pytest
from charts_cases import TEXTS, own_line, plain, ticks
from charts_reading import outside, overlaps, tags, text_boxes, tree, with_class, written

from kvalitetslib.render.charts import (
    Answer,
    Chart,
    Field,
    Group,
    Line,
    Mark,
    Place,
    Point,
    Role,
    Row,
    Slope,
    Spot,
    Tile,
    TimeMarks,
    Tone,
    Verdict,
    Wave,
    control,
    dotplot,
    gap,
    quadrants,
    shares,
    slope,
    spark,
    strip,
    tiles,
    timeline,
    verdicts,
    wheel,
)
from kvalitetslib.render.charts.placement import Box

FIELD = Field("kvalitet", "kostnad", 50, 100, ("a", "b", "c", "d"))
SERIES = [
    [5.0],
    [5.0, 5.0],
    [None, 5.0, None],
    [-1e12, 1e12, 3.0],
    [1e-9, 2e-9],
    [math.nan, 1.0, math.inf],
    [float(i % 17) for i in range(150)],
]


def _kinds(values: list[float | None]) -> list[Chart]:
    n = len(values)
    spots = [Spot(float(i), value, 1, 0, 2) for i, value in enumerate(values)]
    rows = tuple(Row(f"rad {i}", value, value, value, "5 %") for i, value in enumerate(values))
    places = [Place(f"nr {i}", value, value) for i, value in enumerate(values)]
    slopes = [Slope(f"fråga {i}", Wave(v, v, v), Wave(v)) for i, v in enumerate(values)]
    parts = [Tile(f"del {i}", i // 8, i % 8, value, "5 %") for i, value in enumerate(values)]
    return [
        timeline([own_line("vi", values)], fmt=plain, **TEXTS),
        strip(values, None, fmt=plain, **TEXTS),
        dotplot([Group("Kön", rows)], fmt=plain, **TEXTS),
        gap([str(i) for i in range(n)], values, values[::-1], fmt=plain, **TEXTS),
        control(spots, fmt=plain, **TEXTS),
        quadrants(places, FIELD, **TEXTS),
        spark(values, **TEXTS),
        slope(slopes, ("2024", "2026"), fmt=plain, **TEXTS),
        tiles(parts, **TEXTS),
    ]


@pytest.mark.parametrize("values", SERIES)
def test_odd_values_give_finite_places_and_texts_that_keep_clear(
    values: list[float | None],
) -> None:
    drawn = _kinds(values)
    assert [c.svg for c in drawn if "nan" in c.svg or "inf" in c.svg] == []
    assert [overlaps(text_boxes(c)) for c in drawn] == [[]] * len(drawn)
    assert [outside(c) for c in drawn] == [[]] * len(drawn)


@pytest.mark.parametrize("values", [[], [None], [None] * 12])
def test_without_values_the_frame_says_so(values: list[float | None]) -> None:
    chart = timeline([own_line("vi", values)], fmt=plain, **TEXTS)
    assert written(chart) == ["Uppgift saknas"]


def test_charts_of_nothing_say_so() -> None:
    drawn = [
        timeline([], fmt=plain, **TEXTS),
        strip([], None, fmt=plain, **TEXTS),
        dotplot([], fmt=plain, **TEXTS),
        gap([], [], [], fmt=plain, **TEXTS),
        control([], fmt=plain, **TEXTS),
        verdicts({}, **TEXTS),
        quadrants([], FIELD, **TEXTS),
        slope([], ("2024", "2026"), fmt=plain, **TEXTS),
        tiles([], **TEXTS),
    ]
    assert [written(chart) for chart in drawn] == [["Uppgift saknas"]] * len(drawn)


def test_a_line_is_not_joined_over_a_missing_value() -> None:
    chart = timeline([own_line("vi", [1, 2, None, 3, 4])], fmt=plain, **TEXTS)
    assert [path.get("d", "").count("L") for path in with_class(chart, "line")] == [1, 1]


def test_a_line_is_not_joined_over_a_break() -> None:
    marks = TimeMarks(breaks=(Mark(2019.5, "ny fråga"),))
    chart = timeline([own_line("vi", [1, 2, 3, 4, 5])], fmt=plain, marks=marks, **TEXTS)
    assert [path.get("d", "").count("L") for path in with_class(chart, "line")] == [1, 2]
    assert "ny fråga" in written(chart)


def test_a_lone_value_between_gaps_is_still_drawn() -> None:
    series = own_line("länet", [None, 4, None, 5, 6], Role.COUNTY)
    chart = timeline([series], fmt=plain, **TEXTS)
    assert len(with_class(chart, "mark")) == 2  # the lone one and the last


def test_withheld_points_are_hollow_and_said_in_words() -> None:
    points = (Point(2020, 5), Point(2021, 99, is_withheld=True), Point(2022, 6))
    chart = timeline([Line("vi", points)], fmt=plain, **TEXTS)
    assert len(with_class(chart, "hollow")) == 1
    assert "visas inte" in written(chart)
    assert "99" not in chart.svg.replace(TEXTS["title"], "")


def test_a_line_ends_with_its_name_and_last_value() -> None:
    chart = timeline([own_line("Exempelkommun", [70, 68])], fmt=plain, **TEXTS)
    assert "Exempelkommun 68" in written(chart)


def test_an_interval_is_a_surface_only_where_it_is_known() -> None:
    points = (Point(1, 5, 4, 6), Point(2, 5, 4, 6), Point(3, 5))
    chart = timeline([Line("vi", points)], fmt=plain, **TEXTS)
    assert [band.get("d", "").count("L") for band in with_class(chart, "band")] == [3]


def test_women_are_circles_and_men_are_squares() -> None:
    chart = gap(["2024"], [57], [65], fmt=plain, **TEXTS)
    assert [mark.tag for mark in with_class(chart, "women") if mark.tag != "text"] == ["circle"]
    assert [mark.tag for mark in with_class(chart, "men") if mark.tag != "text"] == ["rect"]


def test_equal_women_and_men_stand_side_by_side() -> None:
    chart = gap(["2024"], [60], [60], fmt=plain, **TEXTS)
    circle, square = tags(chart, "circle")[0], with_class(chart, "men")[0]
    left = float(square.get("x", ""))
    assert float(circle.get("cx", "")) + float(circle.get("r", "")) <= left + 1


def test_gap_series_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 periods, 1 women's and 2 men's"):
        gap(["a", "b"], [1], [1, 2], fmt=plain, **TEXTS)


def test_a_gap_is_drawn_only_where_both_are_known() -> None:
    chart = gap(["a", "b", "c"], [1, None, 3], [2, 2, 5], fmt=plain, gap_label="gap 2", **TEXTS)
    assert [bar.get("class") for bar in with_class(chart, "bar")] == ["bar", "bar last"]
    assert "gap 2" in written(chart)


def test_every_kommun_is_a_line_in_a_strip() -> None:
    chart = strip([1, None, 2, 3], Mark(2, "vi 2"), fmt=plain, **TEXTS)
    assert with_class(chart, "other")[0].get("d", "").count("M") == 3


def test_a_strip_without_own_value_still_shows_the_others() -> None:
    chart = strip([1, 2], None, fmt=plain, marks=(Mark(1.5, "median"),), **TEXTS)
    assert "median" in written(chart)
    assert with_class(chart, "last") == []


def test_a_withheld_row_is_said_in_words_and_not_drawn() -> None:
    rows = (Row("80 år", 12.3, 1, 30, "12,3 %", withheld="visas inte, för få svar"), Row("x", 5))
    chart = dotplot([Group("Ålder", rows)], fmt=plain, **TEXTS)
    assert "visas inte, för få svar" in written(chart)
    assert "12,3 %" not in written(chart)
    assert len(with_class(chart, "mark")) == 1


def test_a_row_without_value_says_so() -> None:
    chart = dotplot([Group("Kön", (Row("män", None), Row("kvinnor", 5)))], fmt=plain, **TEXTS)
    assert "uppgift saknas" in written(chart)


def test_signals_have_a_shape_of_their_own() -> None:
    spots = [Spot(0, 1, 1, 0, 3), Spot(1, 2, 1, 0, 3), Spot(2, 9, 1, 0, 3, signal=1)]
    chart = control(spots, fmt=plain, **TEXTS)
    assert [mark.tag for mark in with_class(chart, "signal")] == ["path"]
    assert [mark.tag for mark in with_class(chart, "mark")] == ["circle", "circle"]


def _corners(path: str) -> list[tuple[float, float]]:
    pairs = [each.split() for each in path.removeprefix("M").removesuffix("Z").split("L")]
    return [(float(x), float(y)) for x, y in pairs]


def test_a_signal_points_the_way_it_goes() -> None:
    spots = [Spot(0, 9, 5, 3, 7, signal=1), Spot(1, 1, 5, 3, 7, signal=-1)]
    up, down = with_class(control(spots, fmt=plain, **TEXTS), "signal")
    tips = [_corners(each.get("d", "")) for each in (up, down)]
    assert tips[0][0][1] < tips[0][1][1] == tips[0][2][1]
    assert tips[1][0][1] > tips[1][1][1] == tips[1][2][1]


def test_a_signal_tells_good_from_bad_only_where_that_is_decided() -> None:
    spots = [
        Spot(i, 9, 5, 3, 7, signal=1, is_good=good) for i, good in enumerate((True, False, None))
    ]
    drawn = with_class(control(spots, fmt=plain, **TEXTS), "signal")
    assert [each.get("class") for each in drawn] == ["signal good", "signal bad", "signal"]


def test_limits_break_where_a_new_phase_begins() -> None:
    spots = [Spot(i, 5, 5, 3, 7, phase=i // 4) for i in range(8)]
    chart = control(spots, fmt=plain, **TEXTS)
    assert (len(with_class(chart, "limit-line")), len(with_class(chart, "mean-line"))) == (4, 2)
    first, second = (_corners(each.get("d", "")) for each in with_class(chart, "mean-line"))
    assert first[-1][0] < second[0][0] + 0.1
    assert [each.get("d", "").count("L") for each in with_class(chart, "line")] == [3, 3]


def test_limits_that_follow_a_denominator_are_steps() -> None:
    spots = [Spot(0, 5, 5, 4, 6), Spot(1, 5, 5, 3, 7), Spot(2, 5, 5, 3, 7)]
    upper = with_class(control(spots, fmt=plain, **TEXTS), "limit-line")[0]
    # A level for the first point, an upright line, and one level for the two that are alike.
    assert upper.get("d", "").count("L") == 3


def test_a_phase_without_limits_has_none_drawn() -> None:
    chart = control([Spot(0, 5), Spot(1, 6)], fmt=plain, **TEXTS)
    assert (with_class(chart, "limit-line"), with_class(chart, "normal")) == ([], [])
    assert len(with_class(chart, "own")) == 4  # a line, two dots and the latest value


def test_limits_are_named_with_their_values() -> None:
    chart = control([Spot(0, 14, 14, 11, 17)], fmt=plain, **TEXTS)
    assert {"medel 14", "nedre gräns 11", "övre gräns 17"} <= set(written(chart))


def test_every_verdict_is_named_also_when_there_is_none() -> None:
    chart = verdicts({Verdict.BETTER: 6, Verdict.WORSE: 4}, **TEXTS)
    assert written(chart) == ["6 bättre", "0 i nivå", "4 sämre", "0 kan inte avgöras"]


def test_parts_are_as_long_as_their_counts() -> None:
    chart = verdicts({Verdict.BETTER: 30, Verdict.UNDECIDED: 10}, **TEXTS)
    better, undecided = (float(part.get("width", "")) for part in with_class(chart, "part"))
    assert (better + 2) / (undecided + 2) == pytest.approx(3, abs=0.01)


def test_worse_and_level_have_patterns() -> None:
    chart = verdicts({Verdict.WORSE: 4, Verdict.LEVEL: 4, Verdict.BETTER: 4}, **TEXTS)
    assert len(with_class(chart, "hatch")) == 2


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        verdicts({Verdict.BETTER: -1}, **TEXTS)


def test_the_wheel_links_to_every_step_and_marks_the_active_one() -> None:
    links = tags(wheel(3, **TEXTS), "a")
    assert [link.get("href") for link in links] == [
        "#planera",
        "#genomfora",
        "#folja-upp",
        "#atgarda",
        "#kvalitetssakra",
    ]
    assert [link.get("aria-current") for link in links] == [None, None, "step", None, None]


def test_the_wedge_belongs_to_the_last_step() -> None:
    links = tags(wheel(1, **TEXTS), "a")
    assert [[part.get("class") for part in link].count("wedge") for link in links] == [
        0,
        0,
        0,
        0,
        1,
    ]


def test_a_step_outside_the_wheel_is_refused() -> None:
    with pytest.raises(ValueError, match="step 6 of a wheel with 5"):
        wheel(6, **TEXTS)


def test_a_spark_without_title_is_hidden_from_screen_readers() -> None:
    root = tree(spark([1, 2, 3]))
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None


def test_a_spark_without_values_says_so() -> None:
    assert written(spark([None])) == ["uppgift saknas"]


def test_points_on_both_sides_lie_in_their_own_quarter() -> None:
    chart = quadrants([Place("a", 40, 120), Place("b", 70, 90)], FIELD, **TEXTS)
    first, second = tags(chart, "circle")
    assert float(first.get("cx", "")) < 260 < float(second.get("cx", ""))
    assert float(first.get("cy", "")) < float(second.get("cy", ""))


def test_names_without_room_are_listed_under_the_field() -> None:
    crowd = [Place(f"åtgärd nummer {i}", 51 + i / 100, 101) for i in range(40)]
    listed = [text for text in written(quadrants(crowd, FIELD, **TEXTS)) if "Utan plats" in text]
    assert len(listed) == 1


PAIR = Slope("Trygghet", Wave(60, 55, 65), Wave(70, 66, 74), has_moved=True, word="ökar")


def test_a_slope_goes_from_then_to_now_and_is_named_at_its_end() -> None:
    chart = slope([PAIR], ("2024", "2026"), fmt=plain, **TEXTS)
    assert written(chart) == ["2024", "2026", "60", "70 Trygghet (ökar)"]
    assert len(with_class(chart, "slope")) == 1
    assert len(with_class(chart, "error")) == 2


def test_a_slope_that_has_moved_is_stronger() -> None:
    still = Slope("Inflytande", Wave(50), Wave(50))
    chart = slope([PAIR, still], ("2024", "2026"), fmt=plain, **TEXTS)
    classes = [each.get("class") for each in with_class(chart, "slope")]
    assert classes == ["slope own moved", "slope own"]


def test_intervals_of_two_slopes_never_lie_over_each_other() -> None:
    alike = [Slope(f"Fråga {i}", Wave(50 + i, 40, 60), Wave(50, 40, 60)) for i in range(6)]
    chart = slope(alike, ("2024", "2026"), fmt=plain, **TEXTS)
    places = [each.get("x1") for each in with_class(chart, "error")]
    assert len(set(places)) == len(places) == 12


def test_a_slope_without_both_waves_is_listed_below() -> None:
    new = Slope("Bemötande", Wave(None), Wave(60), withheld="ny fråga")
    chart = slope([PAIR, new], ("2024", "2026"), fmt=plain, **TEXTS)
    assert "Bemötande (ny fråga)" in written(chart)
    assert len(with_class(chart, "slope")) == 1


def test_tiles_stand_where_their_parts_lie() -> None:
    parts = [Tile("Norr", 1, 2, 5, "5"), Tile("Väst", 2, 1, 6, "6"), Tile("Öst", 2, 2, 7, "7")]
    north, west, east = with_class(tiles(parts, **TEXTS), "tile")
    assert north.get("x") == east.get("x") != west.get("x")
    assert west.get("y") == east.get("y") != north.get("y")


def test_a_higher_value_has_a_darker_tile_unless_the_difference_is_small() -> None:
    parts = [Tile("a", 1, 1, 10, "10"), Tile("b", 1, 2, 14, "14"), Tile("c", 1, 3, 40, "40")]
    wide = [each.get("class") for each in with_class(tiles(parts, **TEXTS), "tile")]
    coarse = [each.get("class") for each in with_class(tiles(parts, least=50, **TEXTS), "tile")]
    assert wide == ["tile t1", "tile t1", "tile t4"]
    assert coarse == ["tile t1", "tile t1", "tile t1"]


def test_a_tile_that_differs_has_a_sign_and_a_frame() -> None:
    chart = tiles([Tile("a", 1, 1, 10, "10 %", is_found=True), Tile("b", 1, 2, 9, "9 %")], **TEXTS)
    assert written(chart) == ["a", "◆ 10 %", "b", "9 %"]
    assert len(with_class(chart, "found")) == 1


def test_a_withheld_tile_says_so_and_has_no_shade() -> None:
    chart = tiles([Tile("a", 1, 1, 10, "10"), Tile("b", 1, 2, 9, "9", withheld="dold")], **TEXTS)
    assert written(chart) == ["a", "10", "b", "dold"]
    assert [each.get("class") for each in with_class(chart, "none")] == ["tile none"]


def test_many_narrow_tiles_carry_numbers_and_a_list() -> None:
    parts = [Tile(f"Del {i}", 1, i, i, f"{i} %") for i in range(1, 9)]
    chart = tiles(parts, **TEXTS)
    assert written(chart)[:2] == ["1", "2"]
    assert written(chart)[8:10] == ["1 Del 1: 1 %", "2 Del 2: 2 %"]


def test_two_tiles_at_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="same place"):
        tiles([Tile("a", 1, 1, 1), Tile("b", 1, 1, 2)], **TEXTS)


def test_a_spark_is_not_joined_over_a_break() -> None:
    chart = spark([1, 2, 3, 4], cuts=frozenset({2}), **TEXTS)
    assert [path.get("d", "").count("L") for path in with_class(chart, "line")] == [1, 1]


def test_time_ticks_are_thinned_when_there_is_no_room() -> None:
    marks = TimeMarks(ticks=ticks(1900, 2024))
    chart = timeline(
        [Line("vi", (Point(1900, 1), Point(2024, 2)))], fmt=plain, marks=marks, **TEXTS
    )
    shown = [text for text in written(chart) if text.isdigit() and len(text) == 4]
    assert shown[-1] == "2024"
    assert 5 < len(shown) < 15


def parts(chart: Chart) -> list[float]:
    """The widths of the bar's parts, from left to right; the small squares name them below."""
    drawn = [each for each in with_class(chart, "answer") if each.get("height") != "12"]
    return [float(each.get("width", "")) for each in drawn]


def test_the_parts_of_a_bar_are_as_wide_as_their_shares() -> None:
    chart = shares([Answer("Ja", 75, "75 %"), Answer("Nej", 25, "25 %")], **TEXTS)
    assert parts(chart) == [387.0, 129.0]


def test_the_ends_of_a_scale_are_strongest() -> None:
    tones = (Tone.BAD, Tone.BAD, Tone.PLAIN, Tone.GOOD, Tone.GOOD)
    chart = shares([Answer(str(i), 20, "20 %", tone) for i, tone in enumerate(tones)], **TEXTS)
    classes = [each.get("class") for each in with_class(chart, "answer")][:5]
    assert classes == [
        "answer bad s4",
        "answer bad s1",
        "answer plain s1",
        "answer good s1",
        "answer good s4",
    ]


def test_good_answers_have_their_sum_above() -> None:
    answers = [Answer("Nej", 40, "40 %", Tone.BAD), Answer("Ja", 60, "60 %", Tone.GOOD)]
    chart = shares(answers, good_text="positiva svar 60 %", **TEXTS)
    assert "positiva svar 60 %" in written(chart)
    assert len(with_class(chart, "bracket")) == 1


def test_a_bar_without_answers_says_so() -> None:
    assert written(shares([Answer("Ja", 0, "0 %")], **TEXTS)) == ["Uppgift saknas"]


@pytest.mark.parametrize("share", [-1.0, math.nan])
def test_a_share_that_cannot_be_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="shares must be known"):
        shares([Answer("Ja", share, "?")], **TEXTS)


def test_an_earlier_value_is_a_ring_joined_to_the_value_of_now() -> None:
    chart = dotplot([Group("", (Row("a", 60, before=50),))], fmt=plain, **TEXTS)
    assert (len(with_class(chart, "ring")), len(with_class(chart, "error"))) == (1, 1)


def test_an_uncertain_interval_is_drawn_as_one() -> None:
    row = Row("a", 60, 40, 80, is_uncertain=True)
    chart = dotplot([Group("", (row,))], fmt=plain, **TEXTS)
    assert len(with_class(chart, "uncertain")) == 1


def test_two_charts_with_one_span_have_one_scale() -> None:
    one, other = (
        dotplot([Group("", (Row("a", at),))], fmt=plain, span=(0, 100), **TEXTS) for at in (40, 60)
    )
    assert [each.get("x") for each in with_class(one, "tick")] == [
        each.get("x") for each in with_class(other, "tick")
    ]


def test_a_point_in_the_field_shows_its_interval() -> None:
    field = Field("betydelse", "nivå", 10, 50, ("a", "b", "c", "d"))
    chart = quadrants([Place("1", 12, 60, low=8, high=15), Place("2", 9, 40)], field, **TEXTS)
    assert len(with_class(chart, "error")) == 1


def test_a_point_in_the_field_shows_both_its_intervals() -> None:
    both = Place("1", 52, 110, low=48, high=55, y_low=90, y_high=130)
    across, up = with_class(quadrants([both], FIELD, **TEXTS), "error")
    assert (across.get("y1"), up.get("x1")) == (across.get("y2"), up.get("x2"))
    assert float(up.get("y1", "")) < float(up.get("y2", ""))


SCALED = Field("kostnad", "kvalitet", 0, 0, ("a", "b", "c", "d"), (plain, plain), limit=-1)


def crossed(n: int, width: float) -> list[Place]:
    """Points whose intervals go both ways, some of them close together."""
    spots = [(3 * math.sin(i), math.cos(2 * i)) for i in range(n)]
    high = width / 4
    return [
        Place(f"Tjänst nummer {i}", x, y, Role.OWN, x - width, x + width, y - high, y + high)
        for i, (x, y) in enumerate(spots)
    ]


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("width", [0.5, 4.0])
def test_names_keep_clear_of_each_other_and_of_all_intervals(count: int, width: float) -> None:
    chart = quadrants(crossed(count, width), SCALED, **TEXTS)
    names = [box for box, text in zip(text_boxes(chart), written(chart), strict=True)
             if text.startswith("Tjänst")]  # fmt: skip
    lines = [
        Box(*(float(each.get(key, "")) for key in ("x1", "y1", "x2", "y2")))
        for each in with_class(chart, "error")
    ]
    assert overlaps(text_boxes(chart)) == []
    assert outside(chart) == []
    assert len(lines) == 2 * count
    assert [1 for name in names for each in lines if name.overlaps(each)] == []


def test_the_axes_of_a_field_have_numbers_and_a_limit_when_asked_for() -> None:
    chart = quadrants([Place("a", 8, -2), Place("b", -4, 1)], SCALED, **TEXTS)
    assert {"0", "5", "−5", "1", "−2"} <= set(written(chart))
    assert len(with_class(chart, "limit")) == 1
    assert with_class(quadrants([Place("a", 8, 2)], FIELD, **TEXTS), "limit") == []
