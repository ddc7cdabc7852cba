"""The small grammar of groups."""

import pytest

from kvalitetslib.model import Area, Group
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.groups import parse_group

AGES = ("0–5 år", "6–15 år")
AREAS = (Area("norra-byn", "Norra byn"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Group()),
        ("T", Group()),
        ("K", Group("K")),
        ("flickor", Group("K")),
        ("Män", Group("M")),
        ("X", Group("X")),
        ("0-5 år", Group(age="0–5 år")),
        ("6–15 ÅR", Group(age="6–15 år")),
        ("norra-byn", Group(area="norra-byn")),
        ("Norra byn", Group(area="norra-byn")),
        ("K · 0-5 år · Norra byn", Group("K", "0–5 år", "norra-byn")),
        ("norra-byn;kvinnor", Group("K", "", "norra-byn")),
    ],
)
def test_a_text_names_a_group(text: str, expected: Group) -> None:
    assert parse_group(text, age_groups=AGES, areas=AREAS) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("kvinor", "gruppen är okänd"),
        ("0-6 år", "gruppen är okänd"),
        ("kvinnor i norr", "gruppen är okänd"),
        ("K;M", "gruppen har två delar av samma slag"),
        ("0-5 år · 6-15 år", "gruppen har två delar av samma slag"),
    ],
)
def test_a_text_that_names_no_group_is_a_problem(text: str, rule: str) -> None:
    found = parse_group(text, age_groups=AGES, areas=AREAS)

    assert isinstance(found, Problem)
    assert found.rule == rule
