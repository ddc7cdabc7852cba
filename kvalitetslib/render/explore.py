"""One indicator looked at closely: what can be chosen, its charts, and the verdict's evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import seaborn as sns
from markupsafe import Markup, escape
from matplotlib.axes import Axes

from kvalitetslib.model import Group, Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup, estimate
from kvalitetslib.render.parts import Table
from kvalitetslib.render.seaborn_style import OTHER, OWN, TARGET, Drawing, canvas, drawn, over_years
from kvalitetslib.render.sentences.claims import cell_text, certainty, claim
from kvalitetslib.render.sentences.notes import QUESTION_NAMES, verdict_word
from kvalitetslib.report import Evidence, IndicatorResult, Point, Report, Series, Withheld

NO_COMPARISON = "ingen"
GOAL = "målet"


@dataclass(frozen=True)
class View:
    """What a report says of one indicator and group, beside one comparison."""

    report: Report
    indicator: str
    group: Group
    comparison: str

    @cached_property
    def look(self) -> Lookup:
        return Lookup(self.report)

    @property
    def result(self) -> IndicatorResult:
        return self.look.results[self.indicator]

    @property
    def title(self) -> str:
        """The indicator and the group in words."""
        return f"{self.result.indicator.title}, {self._group_name(self.group)}"

    def chart(self) -> Drawing:
        """The values over time, and what they are compared with."""
        return _chart(self)

    def verdict(self) -> "Text":
        """What can be said of the group, one sentence a claim, each with its certainty."""
        said = [f"{claim(each, self.look).text} {certainty(each)}." for each in self.claims]
        return Text(tuple(said) or ("Inget har kunnat prövas för gruppen.",))

    def evidence(self) -> Table:
        """The figures behind the verdict."""
        head = ("Fråga", "Period", "Värde", "Jämförs med", "Skillnad", "q-värde", "Bedömning")
        rows = tuple(_row(each, self.result.indicator) for each in self.claims)
        return Table(f"Belägg: {self.title}", head, rows)

    @property
    def claims(self) -> tuple[Evidence, ...]:
        about = self.look.about(self.indicator)
        return tuple(each for each in about if each.group == self.group)

    def _repr_html_(self) -> str:
        parts = (self.chart().svg, self.verdict()._repr_html_(), self.evidence()._repr_html_())
        return f"<h3>{escape(self.title)}</h3>\n{''.join(parts)}"

    def _group_name(self, group: Group) -> str:
        children = self.result.indicator.concerns_children
        return wording.group_name(group, children=children, areas=self.report.areas)


@dataclass(frozen=True)
class Text:
    """Sentences, one a paragraph."""

    sentences: tuple[str, ...]

    def _repr_html_(self) -> str:
        return str(Markup("").join(Markup("<p>{}</p>\n").format(each) for each in self.sentences))


def group_names(report: Report, indicator: str) -> dict[str, Group]:
    """The groups of an indicator that have values, by their names; all come first."""
    view = View(report, indicator, Group(), NO_COMPARISON)
    series = (*view.result.series, *view.result.breakdown)
    return {view._group_name(each.group): each.group for each in series}


def comparisons(report: Report, indicator: str) -> tuple[str, ...]:
    """What the values can be drawn beside, the report's own choice first."""
    result = Lookup(report).results[indicator]
    labels = [label for label, _ in result.reference_series]
    goal = [GOAL] if result.goal is not None and result.goal.target is not None else []
    return (*goal, *labels, NO_COMPARISON)


def _chart(view: View) -> Drawing:
    indicator, own = view.result.indicator, _series(view)
    goal = view.result.goal
    with canvas() as (figure, axes):
        _line(axes, own, colour=OWN, label=view.report.kommun_namn)
        if view.comparison == GOAL and goal is not None and goal.target is not None:
            axes.axhline(goal.target, color=TARGET, linestyle="--", label=GOAL)
        for label, points in view.result.reference_series:
            if label == view.comparison:
                _line(axes, points, colour=OTHER, label=label)
        axes.set(xlabel="", ylabel=indicator.unit)
        if axes.get_legend_handles_labels()[0]:
            axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        over_years(axes)
        return drawn(figure, _description(view, own))


def _line(axes: Axes, points: Iterable[Point], *, colour: str, label: str) -> None:
    """A line with gaps where nothing may be shown."""
    shown = [(point.at, cell.value) for point in points if (cell := estimate(point))]
    at, values = [each[0] for each in shown], [each[1] for each in shown]
    sns.lineplot(
        x=at, y=values, ax=axes, color=colour, label=label, marker="o", errorbar=None, legend=False
    )


def _series(view: View) -> tuple[Point, ...]:
    every: tuple[Series, ...] = (*view.result.series, *view.result.breakdown)
    return next((each.points for each in every if each.group == view.group), ())


def _description(view: View, points: tuple[Point, ...]) -> str:
    indicator = view.result.indicator
    ends = [each for each in points if estimate(each)]
    if not ends:
        return f"{view.title}: inga värden att visa."
    texts = [
        f"{times.period(each.period)}: {cell_text(each.cell, indicator)}"
        for each in dict.fromkeys((ends[0], ends[-1]))
    ]
    return f"Linjediagram. {view.title}. {'; '.join(texts)}."


def _row(each: Evidence, indicator: Indicator) -> tuple[str, ...]:
    is_hidden = isinstance(each.cell, Withheld)
    reference = "" if is_hidden or each.reference is None else each.reference.label
    decimals = indicator.decimals + 1
    is_told = not is_hidden and each.difference is not None
    difference = wording.signed(each.difference or 0.0, decimals) if is_told else ""
    return (
        QUESTION_NAMES[each.question],
        times.period(each.period),
        cell_text(each.cell, indicator),
        reference,
        difference,
        wording.probability(each.q) if each.q is not None else "",
        verdict_word(each),
    )
