from dataclasses import replace

import numpy as np
import pytest
from analysis.made import OWN, PEERS, YEARS, indicator, inputs, kommun, rows
from analysis.made_wheel import SAFE, points, result
from example_evidence import evidence, known

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.analysis.examples import own_examples
from kvalitetslib.analysis.peer_examples import is_improving
from kvalitetslib.model import Area, Direction, Group, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Question, Reference, Series, Verdict

QUARTER = parse_period("2026K3")
NAMES = {code: f"Kommun {code}" for code in PEERS}
TOP, NEXT = PEERS[0], PEERS[1]


def panel(own=50.0, direction=Direction.HIGH, sd=1.0, lifted=None):
    """Thirty others round 60; the own one is at ``own`` and one peer may be lifted."""
    rng = np.random.default_rng(1)
    made = indicator("A", direction)
    lifted = lifted or {}
    frames = [rows("A", own + sd * rng.standard_normal(len(YEARS)), code=OWN)]
    frames += [
        rows("A", 60 + lifted.get(code, 0.0) + sd * rng.standard_normal(len(YEARS)), code=code)
        for code in PEERS
    ]
    read = inputs(kommun(made), *frames, names=NAMES)
    return assess(read, quarter=QUARTER).report("namnden")


def test_the_peers_that_surely_are_better_are_named_the_best_first():
    found = panel(lifted={TOP: 20.0, NEXT: 10.0}).examples
    assert [each.who for each in found[:2]] == [f"Kommun {TOP}", f"Kommun {NEXT}"]
    assert len(found) == 3


# The own level is 50 and the peer's 80, with noise 1: the lead is near 30 and surely above 25.
def test_an_example_tells_both_values_and_how_sure_the_lead_is():
    first = panel(lifted={TOP: 20.0}).examples[0]
    assert abs(first.own_value - 50) < 2
    assert abs(first.value - 80) < 2
    assert first.value - first.own_value == pytest.approx(first.difference)
    assert 25 < first.low < first.difference
    assert first.period == YEARS[-1]


def test_where_low_is_good_the_low_are_the_examples():
    found = panel(own=70.0, direction=Direction.LOW, lifted={TOP: -20.0}).examples
    assert found[0].who == f"Kommun {TOP}"
    assert found[0].value < found[0].own_value


def test_a_strong_indicator_has_no_one_to_call():
    assert panel(own=70.0, lifted={TOP: 30.0}).examples == ()


def test_a_lead_that_may_be_chance_is_no_example():
    assert panel(own=59.0, sd=6.0, lifted={TOP: 3.0}).examples == ()


def test_only_own_peers_are_called_and_not_the_whole_country():
    far = PEERS[-1]
    found = panel(lifted={far: 30.0}).examples
    assert f"Kommun {far}" not in {each.who for each in found}


def test_an_example_leads_to_the_evidence_of_the_own_level():
    report = panel(lifted={TOP: 20.0})
    level = next(each for each in report.all_evidence if each.question is Question.LEVEL)
    assert {each.evidence for each in report.examples} == {level.id}


# No peer differs from the own one: the share that names anyone is held to one in twenty.
def test_without_any_difference_few_are_named():
    named = sum(bool(_level_examples(np.random.default_rng(seed))) for seed in range(16))
    assert named <= 2


def _level_examples(rng):
    made = indicator("A", delta=1.0)
    frames = [rows("A", 60 + rng.standard_normal(len(YEARS)), code=code) for code in (OWN, *PEERS)]
    return assess(inputs(kommun(made), *frames), quarter=QUARTER).report("namnden").examples


def test_a_rise_is_an_improvement_and_a_wave_is_not():
    at = np.arange(2018.0, 2026.0)
    rising, wave = np.arange(8.0), np.array([1.0, 3.0, 0.0, 4.0, 1.0, 3.0, 0.0, 2.0])
    assert is_improving(np.stack([rising, -rising, wave]), at).tolist() == [True, False, False]


# --- own areas ------------------------------------------------------------------------------------


def better(group, **words):
    return evidence(
        "X-TRYGG",
        Question.GAP,
        Verdict.BETTER,
        group=group,
        cell=known(70.0),
        reference=Reference(ReferenceKind.GROUP, "övriga", 60.0),
        difference=10.0,
        low=4.0,
        high=16.0,
        **words,
    )


AREAS = (Area("norr", "Norra delen"),)


def test_an_own_area_that_is_better_is_named():
    (found,) = own_examples((result(SAFE),), [better(Group(area="norr"), id="B-1")], AREAS)
    assert (found.who, found.is_own, found.evidence) == ("Norra delen", True, "B-1")
    assert (found.value, found.own_value, found.low) == (70.0, 60.0, 4.0)


def test_a_sex_or_an_age_is_no_one_to_call():
    groups = [better(Group("K")), better(Group(age="18–29 år"))]
    assert list(own_examples((result(SAFE),), groups, AREAS)) == []


def test_an_area_that_is_not_surely_better_is_not_named():
    unsure = replace(better(Group(area="norr")), verdict=Verdict.UNDECIDED)
    assert list(own_examples((result(SAFE),), [unsure], AREAS)) == []


def test_an_area_that_rises_is_told_to_improve():
    group = Group(area="norr")
    rising = points([str(year) for year in range(2019, 2026)], [50.0 + i for i in range(7)])
    followed = replace(result(SAFE), breakdown=(Series(group, rising),))
    (found,) = own_examples((followed,), [better(group)], AREAS)
    assert found.is_improving
