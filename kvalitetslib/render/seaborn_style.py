"""The analyst's drawing kit: seaborn with our colours, Swedish numbers and fixed margins.

Fixed margins instead of a tight layout: the same bytes each time, and half the time to draw.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from kvalitetslib.render import wording

OWN, OTHER, TARGET = "#12344d", "#51606e", "#b3471d"
PALETTE = (OWN, OTHER, TARGET, "#0b7285", "#c2570c", "#1f6b4f")
_SIZE = (7.2, 3.6)
_MARGINS = {"left": 0.11, "right": 0.78, "bottom": 0.13, "top": 0.95}
_RC = {
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
def canvas() -> Iterator[Axes]:
    """Axes to draw on with seaborn; nothing outside the block is changed."""
    with mpl.rc_context({**sns.axes_style("whitegrid"), **_RC}):
        figure = Figure(figsize=_SIZE)
        figure.subplots_adjust(**_MARGINS)
        yield figure.add_subplot()


def drawn(axes: Axes, description: str) -> Drawing:
    """The chart as SVG with Swedish numbers; called within the ``canvas`` block."""
    for axis in (axes.xaxis, axes.yaxis):
        if isinstance(axis.get_major_formatter(), mpl.ticker.ScalarFormatter):
            axis.set_major_formatter(FuncFormatter(lambda value, _: wording.plain(value)))
    file = io.StringIO()
    axes.figure.savefig(file, format="svg", metadata={"Date": None})
    svg = file.getvalue()
    return Drawing(description, svg[svg.index("<svg") :])
