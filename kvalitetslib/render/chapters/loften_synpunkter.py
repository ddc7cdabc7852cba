"""Löften och synpunkter: what was promised and kept, what residents say and what is done."""

from collections.abc import Sequence

from kvalitetslib.estimate import Estimate
from kvalitetslib.render import service_drawings as drawings
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import slug
from kvalitetslib.render.chapters.service_tables import (
    breach_table,
    category_table,
    done_table,
    kept_table,
    promise_table,
    quarters_table,
    split_table,
    times_table,
    volume_table,
)
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Figure, chapter
from kvalitetslib.render.sentences import feedback, promises
from kvalitetslib.render.sentences.notes import OWN_SOURCE
from kvalitetslib.report import Report
from kvalitetslib.service import FeedbackResult, PromiseResult

SOURCE = f"Källa: {OWN_SOURCE}. Egen bearbetning."
FEWEST_DRAWN = 2
"""Quarters with a value that a chart of a promise takes."""


def loften_synpunkter(report: Report) -> Chapter:
    """Promises first, then synpunkter."""
    look = Lookup(report)
    return chapter(
        "loften-synpunkter",
        "Löften och synpunkter",
        "loften_synpunkter.html.j2",
        promises=_promises(report.promises, look),
        feedback=_feedback(report.feedback, look) if report.feedback is not None else None,
    )


def _promises(found: Sequence[PromiseResult], look: Lookup) -> dict[str, object] | None:
    if not found:
        return None
    measured = any(each.periods for each in found)
    return {
        "heading": promises.headline(found) if measured else "",
        "table": promise_table(found),
        "figures": [_kept_figure(each) for each in found if _is_drawn(each)],
        "breaches": breach_table(found, look),
        "flow": promises.FLOW,
        "how": promises.how(found),
    }


def _is_drawn(promise: PromiseResult) -> bool:
    known = sum(isinstance(each.share, Estimate) for each in promise.periods)
    return known >= FEWEST_DRAWN


def _kept_figure(promise: PromiseResult) -> Figure:
    heading = promises.title(promise)
    name = slug(promise.id)
    return Figure(
        anchor=f"lofte-{name}",
        title=heading,
        subtitle=f"”{promise.text}” · {promises.limit(promise)} · "
        "upprätta streck visar 95\u00a0% konfidensintervall",
        charts=(drawings.kept_course(promise, id=f"hallet-{name}", title=heading),),
        source=SOURCE,
        tables=(kept_table(promise),),
        level=4,
    )


def _feedback(result: FeedbackResult, look: Lookup) -> dict[str, object]:
    return {
        "heading": feedback.headline(result),
        "facts": feedback.facts(result),
        "table": category_table(result),
        "figures": [
            _volume_figure(result),
            *([_category_figure(result)] if _has_numbers(result) else []),
            _split_figure(result, look),
        ],
        "quarters": None if _has_numbers(result) else quarters_table(result),
        "times": _times_figure(result),
        "waiting": feedback.waiting(result),
        "times_how": feedback.TIMES_HOW,
        "done": done_table(result, look),
        "how": [*feedback.HOW, feedback.hidden(result)],
    }


def _has_numbers(result: FeedbackResult) -> bool:
    return any(isinstance(each.now, Estimate) for each in result.categories)


def _volume_figure(result: FeedbackResult) -> Figure:
    heading = "Antal klagomål och förslag"
    note = "Gränserna visar den vanliga variationen." if result.chart is not None else ""
    return Figure(
        anchor="synpunkter-antal",
        title=heading,
        subtitle=f"Per kvartal sedan {times.period(result.first)}",
        charts=(drawings.volume(result, id="synpunkter-kvartal", title=heading),),
        source=SOURCE,
        tables=(volume_table(result),),
        level=4,
        note=note,
    )


def _category_figure(result: FeedbackResult) -> Figure:
    heading = "Kvartalet bredvid ett vanligt kvartal"
    return Figure(
        anchor="synpunkter-kategorier",
        title=heading,
        subtitle="Punkt: kvartalet · ring: ett vanligt kvartal",
        charts=(drawings.by_category(result.categories, id="synpunkter-slag", title=heading),),
        source=SOURCE,
        tables=(quarters_table(result),),
        level=4,
    )


def _split_figure(result: FeedbackResult, look: Lookup) -> Figure:
    heading = "Vilka som har hört av sig"
    first, last = (times.period(each) for each in (result.window[0], result.window[-1]))
    areas = look.report.areas
    return Figure(
        anchor="synpunkter-grupper",
        title=heading,
        subtitle=f"Från {first} till {last} · avrundat till närmaste fem",
        charts=(drawings.by_split(result.splits, areas, id="synpunkter-grupp", title=heading),),
        source=SOURCE,
        tables=(split_table(result, look),),
        level=4,
        note="Kön och område gäller klagomål och förslag.",
    )


def _times_figure(result: FeedbackResult) -> Figure:
    heading = feedback.answers(result)
    limit = wording.quantity(result.times[-1].limit, "dagar")
    return Figure(
        anchor="synpunkter-svar",
        title=heading,
        subtitle=f"Andel svar inom {limit} · upprätta streck visar 95\u00a0% konfidensintervall",
        charts=(drawings.in_time_course(result, id="synpunkter-svarstid", title=heading),),
        source=SOURCE,
        tables=(times_table(result),),
        level=4,
    )
