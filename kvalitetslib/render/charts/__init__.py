"""Charts as inline SVG: text as text, colours from the page, the same bytes on every run."""

from kvalitetslib.render.charts.canvas import WIDTH, Chart, Mark, Role
from kvalitetslib.render.charts.case_wheel import Mark as CaseMark
from kvalitetslib.render.charts.case_wheel import Standing, case_wheel
from kvalitetslib.render.charts.control import Spot, control
from kvalitetslib.render.charts.dotplot import Group, Row, dotplot
from kvalitetslib.render.charts.frame import TimeMarks
from kvalitetslib.render.charts.gap import gap
from kvalitetslib.render.charts.quadrants import Field, Place, quadrants
from kvalitetslib.render.charts.shares import Answer, Tone, shares
from kvalitetslib.render.charts.slope import Slope, Wave, slope
from kvalitetslib.render.charts.spark import spark
from kvalitetslib.render.charts.strip import strip
from kvalitetslib.render.charts.tiles import Tile, tiles
from kvalitetslib.render.charts.timeline import Line, Point, timeline
from kvalitetslib.render.charts.verdicts import Verdict, verdicts
from kvalitetslib.render.charts.wheel import STEPS, Step, wheel

__all__ = [
    "STEPS",
    "WIDTH",
    "Answer",
    "CaseMark",
    "Chart",
    "Field",
    "Group",
    "Line",
    "Mark",
    "Place",
    "Point",
    "Role",
    "Row",
    "Slope",
    "Spot",
    "Standing",
    "Step",
    "Tile",
    "TimeMarks",
    "Tone",
    "Verdict",
    "Wave",
    "case_wheel",
    "control",
    "dotplot",
    "gap",
    "quadrants",
    "shares",
    "slope",
    "spark",
    "strip",
    "tiles",
    "timeline",
    "verdicts",
    "wheel",
]
