"""The analyst's drawing kit: seaborn with our colours, Swedish numbers and fixed margins.

Fixed margins instead of a tight layout: the same bytes each time, and half the time to draw.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import seaborn as sns
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kvalitetslib.render import wording

OWN, OTHER, TARGET = "#12344d", "#51606e", "#b3471d"
_SIZE = (7.2, 3.6)
_MARGINS = {"left": 0.11, "right": 0.78, "bottom": 0.13, "top": 0.95}
_RC: dict[Any, Any] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": "sans-serif",
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "kvalitetslib",
}


@dataclass(frozen=True)
class Drawing:
    """A finished chart. ``description`` says in words what it shows."""

    description: str
    svg: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.description}


@contextmanager
def canvas() -> Iterator[tuple[Figure, Axes]]:
    """A figure and axes to draw on with seaborn; nothing outside the block is changed."""
    with sns.axes_style("whitegrid"), mpl.rc_context(_RC):
        figure = Figure(figsize=_SIZE)
        figure.subplots_adjust(**_MARGINS)
        yield figure, figure.add_subplot()


def over_years(axes: Axes) -> None:
    """Whole years along the foot, and Swedish numbers up the side."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: wording.plain(value)))


def drawn(figure: Figure, description: str) -> Drawing:
    """The chart as SVG, without the day it was drawn; called within the ``canvas`` block."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    svg = file.getvalue()
    label = f'<svg role="img" aria-label="{escape(description)}" '
    return Drawing(description, svg[svg.index("<svg") :].replace("<svg ", label, 1))
