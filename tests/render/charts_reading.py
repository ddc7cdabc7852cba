"""Reads a finished chart back: its elements, and the boxes its texts take."""

from xml.etree import ElementTree

from kvalitetslib.render.charts.canvas import Chart
from kvalitetslib.render.charts.lettering import LINE, text_width
from kvalitetslib.render.charts.placement import Box

SVG = "{http://www.w3.org/2000/svg}"
BOLD = ("own", "head", "strong", "corner", "gap-name")


def tree(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def tags(chart: Chart, tag: str) -> list[ElementTree.Element]:
    return [element for element in tree(chart).iter() if element.tag == tag]


def with_class(chart: Chart, cls: str) -> list[ElementTree.Element]:
    return [e for e in tree(chart).iter() if cls in e.get("class", "").split()]


def written(chart: Chart) -> list[str]:
    """The visible texts, lines joined by a space."""
    return [" ".join(_lines(text)) for text in tags(chart, "text")]


def text_boxes(chart: Chart) -> list[Box]:
    return [_box(text) for text in tags(chart, "text")]


def overlaps(boxes: list[Box], slack: float = 0.3) -> list[tuple[Box, Box]]:
    """Pairs of boxes that overlap by more than rounding."""
    tight = [Box(b.x0 + slack, b.y0 + slack, b.x1 - slack, b.y1 - slack) for b in boxes]
    return [(a, b) for i, a in enumerate(tight) for b in tight[i + 1 :] if a.overlaps(b)]


def outside(chart: Chart) -> list[Box]:
    """Texts that reach outside the drawing."""
    _, _, width, height = (float(part) for part in tree(chart).get("viewBox", "").split())
    frame = Box(-0.5, -0.5, width + 0.5, height + 0.5)
    return [box for box in text_boxes(chart) if not frame.contains(box)]


def _lines(text: ElementTree.Element) -> list[str]:
    spans = [span.text or "" for span in text if span.tag == "tspan"]
    title = [child.tail or "" for child in text if child.tag == "title"]
    return spans or [*(part for part in title if part), *([text.text] if text.text else [])]


def _box(text: ElementTree.Element) -> Box:
    lines = _lines(text)
    is_bold = any(cls in BOLD for cls in text.get("class", "").split())
    width = max(text_width(part, is_bold) for part in lines)
    x, y = float(text.get("x", "")), float(text.get("y", ""))
    shift = {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0)
    half = len(lines) * LINE / 2
    return Box(x - width * shift, y - half, x + width * (1 - shift), y + half)
