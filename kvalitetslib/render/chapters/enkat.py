"""Enkäter: what residents, users and staff say, who answered and who did not."""

from collections import Counter
from collections.abc import Mapping

from kvalitetslib.estimate import Estimate
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import item_anchor, slug
from kvalitetslib.render.answer_drawings import (
    answer_bar,
    by_group,
    change,
    matrix,
)
from kvalitetslib.render.chapters.enkat_tables import (
    answers_table,
    change_table,
    crossing_tables,
    groups_table,
    overview,
    standardised_table,
)
from kvalitetslib.render.chapters.enkat_whole import drivers_table, response_table
from kvalitetslib.render.chapters.folja_upp import links_of
from kvalitetslib.render.chapters.published import published_part
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Figure, chapter
from kvalitetslib.render.response_drawings import rates, responded
from kvalitetslib.render.said import plain
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.sentences.claims import title
from kvalitetslib.render.sentences.terms import DECIDED, rises
from kvalitetslib.render.splits import STRATUM, respondents, split_names, splits
from kvalitetslib.report import Evidence, Question, Report, Verdict
from kvalitetslib.survey_result import ItemResult, SurveyResult

MOST_CHANGES = 8
"""Questions that can be told apart in one chart of changes."""
FEWEST_CHANGES = 2
"""Questions with two waves that a chart of changes takes; with one the table says it all."""


def enkat(report: Report) -> Chapter:
    """Each survey that the nämnd uses."""
    look = Lookup(report)
    return chapter(
        "enkater",
        "Vad enkäterna säger",
        "enkat.html.j2",
        surveys=[_survey(each, look) for each in report.surveys],
        published=[published_part(each, report.areas) for each in report.published],
        reading=surveys.READ_GROUPS,
    )


def _survey(survey: SurveyResult, look: Lookup) -> dict[str, object]:
    return {
        "anchor": f"enkat-{slug(survey.key)}",
        "name": f"{survey.name}, {times.period(survey.period)}",
        "asked": surveys.asked(survey),
        "source": _source(survey),
        "note": survey.note,
        "overview": overview(survey, survey.items, look, caption="Nämndens frågor")
        if survey.items
        else None,
        "change": _change_figure(survey, look),
        "figures": _figures(survey, look),
        "matrix": _matrix(survey, look),
        "response": _response(survey),
        "who": response_table(survey),
        "facts": (
            _design(survey),
            *surveys.weighting(survey),
            surveys.excluded(survey),
        ),
    }


def _figures(survey: SurveyResult, look: Lookup) -> dict[str, object] | None:
    """Questions with a finding in sight, the others folded."""
    items = look.figured_items(survey)
    found = [each for each in items if _found(each, look)]
    rest = [each for each in items if not _found(each, look)]
    if not items:
        return None
    names = split_names(survey)
    many = wording.count(len(rest))
    noun = "fråga" if len(rest) == 1 else "frågor"
    return {
        "found": [_figure(survey, each, look, names) for each in found],
        "rest": [_figure(survey, each, look, names) for each in rest],
        "fold": f"Visa {many} {noun} utan fynd" if found else f"Visa {many} {noun}, alla utan fynd",
    }


def _found(item: ItemResult, look: Lookup) -> list[Evidence]:
    """Evidence about the question that is a finding."""
    return [each for each in look.about(item.indicator.id) if look.finding(each) is not None]


def _source(survey: SurveyResult) -> str:
    return f"Egen bearbetning av svar från {survey.source}."


def _design(survey: SurveyResult) -> str:
    return wording.sentence(f"Så valdes de tillfrågade: {survey.design}") if survey.design else ""


def _figure(
    survey: SurveyResult, item: ItemResult, look: Lookup, names: Mapping[str, str]
) -> Figure:
    found, divided = _found(item, look), splits(item.groups, names)
    leading = min(found, key=lambda each: _weight(each, look), default=None)
    heading = title(leading, look) if leading is not None else surveys.stated(item)
    anchor = item_anchor(survey, item)
    name = anchor.removeprefix("fraga-")
    bar = answer_bar(item, id=f"svar-{name}")
    groups = by_group(item, divided, found, id=f"grupp-{name}", title=plain(heading))
    tables = answers_table(item), groups_table(survey, item, divided), standardised_table(item)
    return Figure(
        anchor=anchor,
        title=heading,
        subtitle=_subtitle(item),
        charts=(*((bar,) if bar is not None else ()), *groups),
        source=_source(survey),
        tables=tuple(each for each in tables if each is not None),
        level=5,
        note=surveys.rings(survey),
        links=links_of(item.indicator.id, look),
        more=crossing_tables(item, divided),
        more_title="Visa två grupper i taget",
        is_wide=True,
    )


def _weight(evidence: Evidence, look: Lookup) -> tuple[float, str]:
    finding = look.finding(evidence)
    return (-finding.score if finding else 0.0, evidence.id)


def _subtitle(item: ItemResult) -> str:
    """The question as it was put, what the number is, n, and who took no stand."""
    parts = [f"”{item.item.text}”", surveys.counted(item)]
    if isinstance(item.total, Estimate) and item.total.n is not None:
        parts.append(wording.sample(item.total.n))
    parts.append(surveys.left_out(item))
    return " · ".join(each for each in parts if each)


def _change_figure(survey: SurveyResult, look: Lookup) -> Figure | None:
    """All questions that can be compared with the last wave, in the measure most of them share."""
    comparable = [
        each
        for each in survey.items
        if isinstance(each.total, Estimate) and isinstance(each.earlier, Estimate) and each.change
    ]
    measures = Counter(each.item.measure for each in comparable)
    if not measures:
        return None
    most = max(measures, key=lambda each: (measures[each], each))
    items = [each for each in comparable if each.item.measure is most]
    if len(items) < FEWEST_CHANGES:
        return None
    heading, moved = _changed(items, survey, look), _moved(items, look)
    drawn = sorted(items, key=lambda each: _weight_of_change(each, moved))[:MOST_CHANGES]
    return Figure(
        anchor=f"forandring-{slug(survey.key)}",
        title=heading,
        subtitle=f"{wording.capital(surveys.measure(items[0]))} · "
        "upprätta streck visar 95\u00a0% konfidensintervall",
        charts=(change(drawn, survey, moved, id=f"andrat-{slug(survey.key)}", title=heading),),
        source=_source(survey),
        tables=(change_table(items, survey),),
        level=4,
        note=_left_out(len(drawn), len(items), len(comparable)),
    )


def _moved(items: list[ItemResult], look: Lookup) -> dict[str, str]:
    """The questions whose change is found, and which way it goes."""
    words = {}
    for each in items:
        held = look.one(each.indicator.id, Question.TREND)
        if held is not None and held.verdict in DECIDED:
            up = rises(held, each.indicator)
            words[each.indicator.id] = "har ökat" if up else "har minskat"
    return words


def _weight_of_change(item: ItemResult, moved: dict[str, str]) -> tuple[bool, float, str]:
    """Changes that are found come first, then the largest."""
    size = abs(item.change.difference) if item.change is not None else 0.0
    return item.indicator.id not in moved, -size, item.item.id


def _left_out(drawn: int, alike: int, comparable: int) -> str:
    """Which questions the chart does not show, and where they stand."""
    told = []
    if drawn < alike:
        told.append(f"Diagrammet visar de {wording.count(drawn)} frågor som har ändrats mest.")
    others = "" if alike == comparable else " och frågor med ett annat mått"
    told.append(f"Alla frågor{others} står i tabellen ovanför.")
    return " ".join(told)


def _changed(items: list[ItemResult], survey: SurveyResult, look: Lookup) -> str:
    """How many changes are found among those that have been tested."""
    held = [look.one(each.indicator.id, Question.TREND) for each in items]
    tested = [each for each in held if each is not None and each.q is not None]
    found = [each for each in tested if each.verdict in (Verdict.BETTER, Verdict.WORSE)]
    wave = times.wave(survey.earlier_period)
    if not tested:
        return f"Förändring sedan {wave}"
    if not found:
        return f"Ingen säkerställd förändring sedan {wave}"
    return (
        f"{wording.capital(wording.count(len(found)))} av {wording.count(len(tested))} frågor "
        f"har en säkerställd förändring sedan {wave}"
    )


def _matrix(survey: SurveyResult, look: Lookup) -> dict[str, object] | None:
    """The prioriteringsmatris with its table and how it is read."""
    drivers = survey.drivers
    if drivers is None or not drivers.drivers:
        return None
    ranked = sorted(drivers.drivers, key=lambda each: (-each.importance, each.item))
    own = frozenset(each.item.id for each in survey.items)
    overall = {each.item.id: each.item.text for each in survey.items}.get(drivers.overall, "")
    others = ""
    if any(each.item not in own for each in ranked):
        others = " Romberna är frågor som hör till andra nämnder."
    return {
        "reading": surveys.READ_MATRIX,
        "figure": Figure(
            anchor=f"matris-{slug(survey.key)}",
            title="Vad som hänger ihop med helhetsbetyget",
            subtitle=f"”{overall}”" if overall else "Helhetsbetyget i enkäten",
            charts=(matrix(drivers, ranked, own, id=f"prioritera-{slug(survey.key)}"),),
            source=_source(survey),
            tables=(),
            level=5,
            note=surveys.explained(drivers) + others,
        ),
        "table": drivers_table(ranked, survey, look),
    }


def _response(survey: SurveyResult) -> Figure | None:
    """The respondents against the population; None when the population is not known."""
    table = response_table(survey)
    strata = [each for each in respondents(survey) if each.dimension == STRATUM]
    others = [each for each in respondents(survey) if each.dimension != STRATUM]
    dimensions = {each.dimension for each in others if each.population_pct is not None}
    groups = [each for each in others if each.dimension in dimensions]
    heading = surveys.least_alike(groups) or surveys.lowest_rate(strata)
    if table is None or not heading:
        return None
    key = slug(survey.key)
    drawn = []
    if surveys.lowest_rate(strata):
        name = f"Svarsandel i urvalets delar, {survey.name}"
        drawn.append(rates(strata, survey.rate_pct, id=f"andel-{key}", title=name))
    if surveys.least_alike(groups):
        drawn.append(responded(groups, id=f"bortfall-{key}", title=heading))
    return Figure(
        anchor=f"svarande-{key}",
        title=heading,
        subtitle="Punkt: andel av de svarande · ring: andel av befolkningen"
        if surveys.least_alike(groups)
        else "Andel som svarade av dem som fick enkäten",
        charts=tuple(drawn),
        source=_source(survey),
        tables=(table,),
        level=5,
        is_wide=True,
    )
