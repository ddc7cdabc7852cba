"""Leads: what goes together is found, noise is not, and what is withheld takes no part."""

from dataclasses import replace

import numpy as np
import pytest
from analysis.made import indicator
from analysis.made import kommun as made_kommun
from analysis.made_evidence import evidence, finding
from scipy import stats

from kvalitetslib.analysis.leads import leads_of
from kvalitetslib.analysis.paired import pairs_of
from kvalitetslib.analysis.panel import Floats, Panel
from kvalitetslib.context import Lead, LeadKind
from kvalitetslib.estimate import Withheld, WithheldReason
from kvalitetslib.model import Group, Kommun, Namnd
from kvalitetslib.report import Evidence, Question, Verdict

CODES = tuple(f"99{number:02d}" for number in range(1, 61))
YEARS = ("2023", "2024", "2025")


def panel_of(values: dict[str, Floats], codes: tuple[str, ...] = CODES) -> Panel:
    """The totals of the last year by indicator; nothing in the years before."""
    block = np.full((len(values), len(codes), 3, len(YEARS)), np.nan)
    for row, each in enumerate(values.values()):
        block[row, :, 0, -1] = each
    at = np.array([float(year) for year in YEARS])
    return Panel(tuple(values), codes, YEARS, at, block)


def kommun_with(*ids: str, **titles: str) -> Kommun:
    return made_kommun(
        *(indicator(id, title=titles.get(id.replace("-", "_"), f"Titel {id}")) for id in ids)
    )


def leads(kommun: Kommun, panel: Panel, *claims: Evidence, **more: object) -> tuple[Lead, ...]:
    """The leads of a finding that rests on the first of the claims."""
    found = [finding(claims[0], **more)]
    return leads_of(found, claims, kommun=kommun, namnd=kommun.namnder[0], panel=panel)


def together(seed: int = 7) -> dict[str, Floats]:
    """B goes with A, C against it, D has nothing to do with it."""
    rng = np.random.default_rng(seed)
    a = rng.normal(size=len(CODES))
    b = a + 0.8 * rng.normal(size=len(CODES))
    c = -a + 0.4 * rng.normal(size=len(CODES))
    return {"A": a, "B": b, "C": c, "D": rng.normal(size=len(CODES))}


def test_the_strongest_partners_come_first_with_scipys_correlation() -> None:
    values = together()
    found = leads(kommun_with(*values), panel_of(values), evidence("a"))
    expected = [stats.spearmanr(values["A"], values[id]).statistic for id in ("C", "B")]
    assert [each.indicator for each in found] == ["C", "B"]
    assert [each.strength for each in found] == [round(each, 2) for each in expected]
    assert {(each.n, each.period, each.kind) for each in found} == {
        (60, "2025", LeadKind.INDICATOR)
    }


def test_all_that_was_tried_is_one_family() -> None:
    values = together()
    found = pairs_of(["A"], kommun_with(*values), panel_of(values))["A"]
    p = [stats.spearmanr(values["A"], values[id]).pvalue for id in ("B", "C", "D")]
    q = dict(zip("BCD", stats.false_discovery_control(p), strict=True))
    assert [each.q for each in found] == pytest.approx([q["C"], q["B"]])


def test_pure_noise_gives_leads_in_at_most_a_few_of_a_hundred_panels() -> None:
    rng = np.random.default_rng(2)
    ids = [f"I{number:02d}" for number in range(20)]
    noise = [{id: rng.normal(size=len(CODES)) for id in ids} for _ in range(100)]
    with_leads = sum(bool(pairs_of(ids, kommun_with(*ids), panel_of(each))) for each in noise)
    # At 5 % some panels may have one; the pairs are tried from both sides.
    assert with_leads <= 11


def test_a_weak_correlation_is_no_lead_however_sure() -> None:
    rng = np.random.default_rng(5)
    codes = tuple(str(number) for number in range(1000, 1600))
    a = rng.normal(size=600)
    values = {"A": a, "B": 0.3 * a + rng.normal(size=600)}
    assert stats.spearmanr(a, values["B"]).pvalue < 1e-6
    assert pairs_of(["A"], kommun_with("A", "B"), panel_of(values, codes)) == {}


def test_two_forms_of_one_measure_are_no_lead() -> None:
    a = together()["A"]
    values = {"A": a, "B": 2 * a + 1}
    assert pairs_of(["A"], kommun_with("A", "B"), panel_of(values)) == {}


def test_the_same_title_for_another_sex_is_no_lead() -> None:
    values = together()
    same = kommun_with("A", "C", A="Trygga elever, flickor", C="Trygga elever, pojkar")
    assert pairs_of(["A"], same, panel_of(values)) == {}


def test_the_margin_of_an_indicator_is_no_lead() -> None:
    values = together()
    same = made_kommun(indicator("A", margin_indicator="C"), indicator("C"))
    assert pairs_of(["A"], same, panel_of(values)) == {}


def test_the_country_is_no_municipality() -> None:
    values = together()
    panel = panel_of(values, ("0000", *CODES[1:]))
    found = pairs_of(["A"], kommun_with(*values), panel)["A"]
    assert {each.n for each in found} == {59}


def test_fewer_than_thirty_municipalities_give_no_lead() -> None:
    values = {id: np.where(np.arange(60) < 29, each, np.nan) for id, each in together().items()}
    assert pairs_of(["A"], kommun_with(*values), panel_of(values)) == {}


def test_the_latest_year_that_enough_have_is_used() -> None:
    panel = panel_of(together())
    block = panel.values.copy()
    block[..., 1] = block[..., 2]
    block[2, 29:, 0, 2] = np.nan
    found = pairs_of(["A"], kommun_with(*panel.indicators), replace(panel, values=block))["A"]
    assert {each.other: each.period for each in found} == {"B": "2025", "C": "2024"}


def test_a_withheld_cell_takes_no_part() -> None:
    """The panel comes without it: what stood there can be anything."""
    panel = panel_of(together())
    hidden = panel.values.copy()
    hidden[0, 0, 0, 2] = np.nan
    kommun = kommun_with(*panel.indicators)
    found = pairs_of(["A"], kommun, replace(panel, values=hidden))["A"]
    assert {each.n for each in found} == {59}


def test_only_what_the_kommun_follows_is_told() -> None:
    values = together()
    found = leads(kommun_with("A", "B"), panel_of(values), evidence("a"))
    assert [each.indicator for each in found] == ["B"]


def test_another_namnds_indicator_names_the_namnd() -> None:
    values = together()
    kommun = kommun_with("A", "B", "C")
    own = Namnd("namnden", "Provnämnden", ("A", "B"))
    kommun = replace(kommun, namnder=(own, Namnd("andra", "Andra nämnden", ("C",))))
    level = evidence("b", indicator="B")
    found = leads(kommun, panel_of(values), evidence("a"), level)
    assert [(each.indicator, each.namnd, each.evidence) for each in found] == [
        ("C", "Andra nämnden", ""),
        ("B", "", "B-b"),
    ]


def test_a_gap_between_groups_has_no_partners() -> None:
    values = together()
    gap = evidence("a", Question.GAP, group=Group("K"))
    assert leads(kommun_with(*values), panel_of(values), gap) == ()


@pytest.mark.parametrize("hidden", [{"shown": False}, {"doubted": True}])
def test_a_finding_that_is_not_shown_has_no_leads(hidden: dict[str, bool]) -> None:
    values = together()
    assert leads(kommun_with(*values), panel_of(values), evidence("a"), **hidden) == ()


def groups_told(*claims: Evidence) -> list[str]:
    only = {"A": together()["A"]}
    found = leads(kommun_with("A"), panel_of(only), evidence("a"), *claims)
    return [each.evidence for each in found]


def gap(id: str, difference: float, verdict: Verdict = Verdict.WORSE, **more: object) -> Evidence:
    given: dict[str, object] = {"group": Group(age=id), "difference": difference, **more}
    return evidence(id, Question.GAP, verdict, **given)


def test_the_two_groups_furthest_away_are_told() -> None:
    told = groups_told(gap("x", -6.0), gap("y", -9.0), gap("z", 12.0, Verdict.BETTER))
    assert told == ["B-z", "B-y"]


def test_one_undecided_group_is_told_when_none_is_decided() -> None:
    unsure = [gap("x", -6.0, Verdict.UNDECIDED), gap("y", -9.0, Verdict.UNDECIDED)]
    assert groups_told(*unsure) == ["B-y"]


def test_undecided_groups_are_left_out_when_one_is_decided() -> None:
    assert groups_told(gap("x", -6.0), gap("y", -9.0, Verdict.UNDECIDED)) == ["B-x"]


def test_a_small_undecided_gap_is_not_told() -> None:
    assert groups_told(gap("x", -4.0, Verdict.UNDECIDED)) == []


def test_a_withheld_group_is_not_told() -> None:
    hidden = Withheld(WithheldReason.SMALL_GROUP)
    assert groups_told(gap("x", -9.0, cell=hidden)) == []


def test_a_finding_is_not_its_own_lead() -> None:
    only = {"A": together()["A"]}
    assert leads(kommun_with("A"), panel_of(only), gap("x", -9.0)) == ()
