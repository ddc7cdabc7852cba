"""Planted truths are found, noise is not, and nothing depends on the order of the rows."""

import numpy as np
import pandas as pd
import pytest
from analysis.made import PEERS, YEARS, goal, indicator, inputs, kommun, peers, rows

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.model import Break, Direction, Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.report import Certainty, Estimate, Question, Report, Verdict

QUARTER = parse_period("2026K3")


def report_of(id: str, own: list[float], *, seed: int = 1, **more: object) -> Report:
    """One indicator among thirty peers at 60 whose years vary by 1."""
    rng = np.random.default_rng(seed)
    made = kommun(indicator(id, **more))  # type: ignore[arg-type]
    frames = (rows(id, own), peers(id, rng))
    return assess(inputs(made, *frames), quarter=QUARTER).report("namnden")


def around(level: float, seed: int = 5, slope: float = 0.0) -> list[float]:
    noise = np.random.default_rng(seed).standard_normal(len(YEARS))
    return [float(x) for x in level + slope * np.arange(len(YEARS)) + noise]


def fired(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_a_level_far_above_the_peers_is_a_strength() -> None:
    report = report_of("A", around(75))
    assert fired(report) == ["S1"]
    assert report.findings[0].certainty is Certainty.SECURED


def test_a_level_far_below_the_peers_is_a_weakness() -> None:
    assert fired(report_of("A", around(45))) == ["W1"]


def test_low_is_good_when_the_catalogue_says_so() -> None:
    assert fired(report_of("A", around(45), direction=Direction.LOW)) == ["S1"]


def test_without_direction_nothing_is_judged() -> None:
    report = report_of("A", around(45), direction=Direction.NEUTRAL)
    assert report.findings == ()
    assert report.indicators[0].verdict is Verdict.NOT_JUDGED


def test_a_level_like_the_peers_is_level_and_no_finding() -> None:
    report = report_of("A", around(60))
    assert report.findings == ()
    assert report.indicators[0].verdict is Verdict.LEVEL


def test_a_steady_fall_is_a_threat() -> None:
    assert "T1" in fired(report_of("A", around(72, slope=-1.2)))


def test_strong_but_falling_is_linked_both_ways() -> None:
    report = report_of("A", around(95, slope=-1.5))
    strength, threat = report.findings
    assert (strength.rule, threat.rule) == ("S1", "T1")
    assert (strength.linked, threat.linked) == (threat.id, strength.id)


def test_the_goal_goes_before_the_peers() -> None:
    made = kommun(indicator("A"))
    frames = (rows("A", around(75)), peers("A", np.random.default_rng(1)))
    found = assess(inputs(made, *frames, goals=(goal("A", 90.0),)), quarter=QUARTER)
    assert fired(found.report("namnden"))[0] == "W1"


def test_a_fall_that_will_cross_the_goal_has_its_own_rule() -> None:
    made = kommun(indicator("A"))
    frames = (rows("A", around(80, slope=-1.5)), peers("A", np.random.default_rng(1)))
    found = assess(inputs(made, *frames, goals=(goal("A", 61.0),)), quarter=QUARTER)
    assert "T2" in fired(found.report("namnden"))


def test_years_before_a_break_are_not_compared() -> None:
    own = [20.0] * 8 + [60.0, 61.0, 60.0, 61.0]
    report = report_of("A", own, breaks=(Break("2022", "ny mätning"),))
    trend = next(each for each in report.all_evidence if each.question is Question.TREND)
    assert (trend.n_periods, trend.first_period) == (4, "2022")


def test_women_and_men_apart_is_a_weakness() -> None:
    made = kommun(indicator("A", by_gender=True))
    rng = np.random.default_rng(2)
    frames = [rows("A", around(60)), peers("A", rng)]
    for gender, level in (("K", 68.0), ("M", 52.0)):
        frames += [rows("A", around(level, 9), gender=gender), peers("A", rng, gender=gender)]
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    assert fired(report) == ["W2"]
    assert report.evidence(report.findings[0].evidence[0]).difference == pytest.approx(-16)


def test_a_missing_sex_is_never_derived() -> None:
    made = kommun(indicator("A", by_gender=True))
    frames = (
        rows("A", around(60)),
        rows("A", [np.nan] * 12, gender="K"),
        rows("A", around(50), gender="M"),
        peers("A", np.random.default_rng(1)),
    )
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    women = next(each for each in report.indicators[0].series if each.group.gender == "K")
    assert not any(isinstance(point.cell, Estimate) for point in women.points)
    assert not any(each.question is Question.GAP for each in report.all_evidence)


def test_noise_alone_seldom_becomes_a_finding() -> None:
    rng = np.random.default_rng(11)
    made = kommun(*(indicator(f"A{number:03d}") for number in range(200)))
    frames = []
    for each in made.indicators:
        frames += [
            rows(each.id, 60 + 6 * rng.standard_normal(12)),
            peers(each.id, rng, spread=0, sd=6),
        ]
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    assert len(report.findings) <= 1


def test_an_area_unlike_the_rest_is_found_and_a_small_one_is_hidden() -> None:
    made = kommun(indicator("X"))
    frames = []
    for area, share, n in (
        ("norr", 0.4, 200),
        ("soder", 0.7, 300),
        ("vast", 0.7, 4),
        ("o", 0.7, 90),
    ):
        frames.append(
            rows("X", [100 * share], area=area, numerator=round(share * n), denominator=float(n))
        )
    frames.append(rows("X", [58.0], numerator=344.0, denominator=594.0))
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    assert [
        (each.rule, report.evidence(each.evidence[0]).group.area) for each in report.findings
    ] == [
        ("W3", "norr"),
        ("O3", "soder"),
    ]
    assert sum(each.cells for each in report.hidden) == 2


def test_months_better_than_the_year_before_are_an_opportunity() -> None:
    made = kommun(indicator("X", Direction.LOW, unit="dagar", delta=1.0))
    months = tuple(f"{year}M{month:02d}" for year in (2024, 2025) for month in range(1, 13))
    noise = 0.3 * np.random.default_rng(3).standard_normal(24)
    own = rows("X", np.repeat([14.0, 9.0], 12) + noise, periods=months)
    report = assess(inputs(made, own, goals=(goal("X", 10.0),)), quarter=QUARTER).report("namnden")
    assert [each.quadrant for each in report.findings] == [
        Quadrant.STRENGTH,
        Quadrant.OPPORTUNITY,
    ]


def test_months_before_a_break_are_not_compared() -> None:
    made = kommun(indicator("X", breaks=(Break("2025M01", "ny mätning"),)))
    months = tuple(f"{year}M{month:02d}" for year in (2024, 2025) for month in range(1, 13))
    noise = 0.3 * np.random.default_rng(3).standard_normal(24)
    own = rows("X", np.repeat([50.0, 65.0], 12) + noise, periods=months)
    assert assess(inputs(made, own), quarter=QUARTER).report("namnden").findings == ()


def test_to_be_among_the_best_is_never_worse() -> None:
    report = report_of("A", around(90))
    potential = next(each for each in report.all_evidence if each.question is Question.POTENTIAL)
    assert potential.verdict is Verdict.LEVEL


def test_a_revision_never_tells_a_withheld_value() -> None:
    made = kommun(indicator("X"))
    now = rows("X", [50.0], numerator=1.0, denominator=2.0)
    earlier = rows("X", [100.0], numerator=2.0, denominator=2.0)
    report = assess(inputs(made, now, earlier=earlier), quarter=QUARTER).report("namnden")
    assert report.revisions == ()


def test_the_order_of_the_rows_changes_nothing() -> None:
    made = kommun(indicator("A"), indicator("B"))
    frame = pd.concat(
        [
            rows("A", around(75)),
            rows("B", around(40)),
            peers("A", np.random.default_rng(1)),
            peers("B", np.random.default_rng(2)),
        ],
        ignore_index=True,
    )
    shuffled = frame.sample(frac=1.0, random_state=4)
    first, second = (
        assess(inputs(made, each), quarter=QUARTER).report("namnden") for each in (frame, shuffled)
    )
    assert first == second


def test_the_own_kommun_is_not_among_its_peers() -> None:
    report = report_of("A", around(75))
    strip = report.indicators[0].peers
    assert strip is not None
    assert (len(strip.values), strip.place, strip.of) == (len(PEERS), 1, 8)


def test_an_indicator_without_values_is_kept_and_said_to_be_missing() -> None:
    made = kommun(indicator("A"), indicator("B"))
    frames = (rows("A", around(60)), peers("A", np.random.default_rng(1)))
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    assert [each.freshness.value for each in report.indicators] == ["oförändrat", "uppgift saknas"]


def test_a_gap_is_told_beside_that_of_the_peers() -> None:
    made = kommun(indicator("A", by_gender=True))
    rng = np.random.default_rng(2)
    frames = [rows("A", around(60)), peers("A", rng)]
    for gender, level in (("K", 68.0), ("M", 52.0)):
        frames += [rows("A", around(level, 9), gender=gender)]
        frames += [
            rows("A", [level - 4 * (gender == "K")] * 12, code=code, gender=gender)
            for code in PEERS
        ]
    report = assess(inputs(made, *frames), quarter=QUARTER).report("namnden")
    gap = next(each for each in report.all_evidence if each.question is Question.GAP)
    assert gap.beside is not None
    assert (gap.beside.label, gap.beside.value) == ("liknande kommuner", pytest.approx(12.0))
