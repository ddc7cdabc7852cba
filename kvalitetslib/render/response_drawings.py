"""Charts of who answered a survey, against those asked and against the population."""

from collections.abc import Sequence

from kvalitetslib.render import charts, wording
from kvalitetslib.render.charts import Chart, Mark, Row
from kvalitetslib.render.drawings import HALF
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.splits import STRATUM
from kvalitetslib.survey_result import ResponseGroup


def rates(groups: Sequence[ResponseGroup], overall: float | None, *, id: str, title: str) -> Chart:
    """How large a part of those asked answered, in each part of the sample."""
    rows = [
        Row(each.label, each.rate_pct, text=surveys.share(each.rate_pct), note=_of_invited(each))
        if each.rate_pct is not None
        else Row(each.label, None, withheld="visas inte")
        for each in groups
    ]
    told = "; ".join(f"{row.label} {row.withheld or row.text}" for row in rows)
    reference = Mark(overall, f"alla {surveys.share(overall)}") if overall is not None else None
    return charts.dotplot(
        [charts.Group("Svarsandel", tuple(rows))],
        id=id,
        title=title,
        description=f"Svarsandel: {told}.",
        fmt=surveys.share,
        reference=reference,
        width=HALF,
    )


def responded(groups: Sequence[ResponseGroup], *, id: str, title: str) -> Chart:
    """Each group's share of the respondents against its share of the population."""
    names = dict.fromkeys(each.dimension for each in groups)
    drawn = [
        charts.Group(
            dimension_name(name),
            tuple(_response_row(each) for each in groups if each.dimension == name),
        )
        for name in names
    ]
    told = "; ".join(f"{row.label} {row.withheld or row.text}" for g in drawn for row in g.rows)
    return charts.dotplot(
        drawn,
        id=id,
        title=title,
        description=f"Andel av de svarande mot andel av befolkningen: {told}.",
        fmt=surveys.share,
        width=HALF,
    )


def dimension_name(name: str) -> str:
    """The heading of a way to divide the respondents."""
    return "Del av urvalet" if name == STRATUM else name


def _of_invited(group: ResponseGroup) -> str:
    return f"av {wording.number(group.invited)}" if group.invited is not None else ""


def _response_row(group: ResponseGroup) -> Row:
    if group.respondents_pct is None:
        return Row(group.label, None, withheld="visas inte")
    against = ""
    if group.population_pct is not None:
        against = f"av {surveys.share(group.population_pct)}"
    return Row(
        group.label,
        group.respondents_pct,
        before=group.population_pct,
        text=surveys.share(group.respondents_pct),
        note=against,
    )
