"""What holds for every kind of chart."""

import re
from pathlib import Path

import pytest
from charts_cases import CASES, HOSTILE, LONG, TEXTS, Texts
from charts_reading import outside, overlaps, tags, text_boxes, tree

from kvalitetslib.render import charts
from kvalitetslib.render.charts.canvas import number

KINDS = sorted(CASES)
IMAGES = [kind for kind in KINDS if kind != "wheel"]
CSS = (Path(charts.__file__).parent / "charts.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_well_formed_and_names_its_kind(kind: str) -> None:
    root = tree(CASES[kind]())
    assert root.get("class") == f"diagram diagram-{kind}"


@pytest.mark.parametrize("kind", IMAGES)
def test_a_chart_is_an_image_to_a_screen_reader(kind: str) -> None:
    assert tree(CASES[kind]()).get("role") == "img"


def test_the_wheel_is_a_group_so_that_its_links_are_reached() -> None:
    assert tree(CASES["wheel"]()).get("role") == "group"


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_labelled_by_its_title_and_description(kind: str) -> None:
    root = tree(CASES[kind]())
    assert root.get("aria-labelledby") == "f1-t f1-d"
    assert [(root[0].tag, root[0].get("id")), (root[1].tag, root[1].get("id"))] == [
        ("title", "f1-t"),
        ("desc", "f1-d"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_unique_and_begin_with_the_given_one(kind: str) -> None:
    ids = [e.get("id", "") for e in tree(CASES[kind]()).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("f1-") for each in ids)


@pytest.mark.parametrize("kind", KINDS)
def test_no_element_carries_a_colour_or_a_style(kind: str) -> None:
    names = {name for element in tree(CASES[kind]()).iter() for name in element.attrib}
    assert not names & {"fill", "stroke", "style", "color", "opacity", "font-size"}


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_inert(kind: str) -> None:
    texts: Texts = {**TEXTS, "title": HOSTILE, "description": HOSTILE}
    chart = CASES[kind](HOSTILE, texts)
    assert tags(chart, "script") == []
    assert chart.svg.count("</svg>") == 1
    assert tree(chart)[1].text == '</svg><script>alert("x")</script>&'


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_give_the_same_bytes(kind: str) -> None:
    assert CASES[kind]().svg == CASES[kind]().svg


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", ["Norrmalm", LONG, "W" * 180, "a-b " * 45])
def test_no_text_covers_another(kind: str, label: str) -> None:
    assert overlaps(text_boxes(CASES[kind](label))) == []


@pytest.mark.parametrize("kind", IMAGES)
@pytest.mark.parametrize("label", ["Norrmalm", LONG, "W" * 180, "a-b " * 45])
def test_no_text_reaches_outside_the_drawing(kind: str, label: str) -> None:
    assert outside(CASES[kind](label)) == []


@pytest.mark.parametrize("kind", sorted(set(IMAGES) - {"spark"}))
def test_a_cut_text_keeps_its_whole_in_a_title(kind: str) -> None:
    whole = [title.text or "" for title in tags(CASES[kind](LONG), "title")]
    assert any(LONG.strip() in text for text in whole[1:])


@pytest.mark.parametrize("kind", KINDS)
def test_every_class_that_is_drawn_is_in_the_style_sheet(kind: str) -> None:
    shapes = [e for e in tree(CASES[kind]()).iter() if e.tag in ("path", "line", "rect", "circle")]
    first = {element.get("class", "").split()[0] for element in shapes}
    assert {cls for cls in first if f".{cls}" not in CSS} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_needs_an_id_a_title_and_a_description(kind: str) -> None:
    with pytest.raises(ValueError, match="chart id"):
        CASES[kind](texts={**TEXTS, "id": 'f 1"'})


def test_a_chart_without_a_description_is_refused() -> None:
    with pytest.raises(ValueError, match="title and a description"):
        CASES["strip"](texts={**TEXTS, "description": " "})


def test_a_template_may_insert_a_chart_as_it_is() -> None:
    chart = CASES["gap"]()
    assert chart.__html__() == chart._repr_html_() == chart.svg


def test_the_style_sheet_has_colours_only_by_name_of_a_property() -> None:
    bare = re.sub(r"var\([^()]*\)", "", CSS)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgb|\bhsl", bare) == []


@pytest.mark.parametrize("part", ["@media print", "forced-colors: active"])
def test_the_style_sheet_has_rules_for_paper_and_for_high_contrast(part: str) -> None:
    assert part in CSS


@pytest.mark.parametrize(
    ("value", "text"), [(-0.04, "0"), (1.0, "1"), (2.25, "2.2"), (-3.5, "-3.5"), (1e6, "1000000")]
)
def test_a_coordinate_has_at_most_one_decimal(value: float, text: str) -> None:
    assert number(value) == text


def test_the_public_names_are_those_listed() -> None:
    assert sorted(charts.__all__) == sorted(set(charts.__all__))
    assert all(hasattr(charts, name) for name in charts.__all__)


@pytest.mark.parametrize("kind", ["gap", "slope", "spark", "tiles", "verdicts", "wheel"])
def test_look(kind: str) -> None:
    stored = Path(__file__).parent / "snapshots" / f"chart_{kind}.svg"
    svg = CASES[kind]().svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    assert svg + "\n" == stored.read_text(encoding="utf-8")
    assert stored.stat().st_size < 4096
