"""The tables of promises and synpunkter; counts as the report gives them, small ones withheld."""

from collections.abc import Iterator, Sequence

from kvalitetslib.register import Atgard
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table, table_of
from kvalitetslib.render.sentences import feedback, promises
from kvalitetslib.service import (
    CategoryCount,
    FeedbackResult,
    PromisePeriod,
    PromiseResult,
    Trendword,
    YouSaidWeDid,
)

WAITS = "inte än"


def promise_table(found: Sequence[PromiseResult]) -> Table:
    """One row a promise: its limit, the share kept in its latest period, and the periods."""
    head = ("Löfte", "Gräns", "Andel hållna", "Bedömning", "Kvartalen")
    rows = tuple(_promise(each) for each in found)
    return Table("Nämndens löften", head, rows, numeric=frozenset({1, 2}), as_cards=True)


def _promise(promise: PromiseResult) -> tuple[str | Cell, ...]:
    name = Cell(promise.text, note=promise.service)
    if not promise.periods:
        return name, promises.limit(promise), "uppgift saknas", Cell("–"), "–"
    latest = promise.periods[-1]
    told = promises.margin(latest.share, promise.share_of)
    share = Cell(promises.share(latest.share), note=told)
    when = times.short_period(latest.period)
    kept = _kept(latest)
    history = promises.history(promise.periods)
    return name, promises.limit(promise), share, kept, Cell(history, note=f"senast {when}")


def _kept(period: PromisePeriod) -> Cell:
    text, sign, tone = promises.KEPT_WORDS[period.kept]
    return Cell(text, sign=sign, tone=tone)


def kept_table(promise: PromiseResult) -> Table:
    """A promise quarter by quarter."""
    rows = [
        [
            times.short_period(each.period),
            promises.share(each.share),
            promises.margin(each.share, promise.share_of) or "–",
            promises.KEPT_WORDS[each.kept][0].lower(),
        ]
        for each in promise.periods
    ]
    head = ("Kvartal", "Andel hållna", "95\u00a0% konfidensintervall", "Bedömning")
    return table_of(f"{promise.service}: andel hållna", head, rows)


def breach_table(found: Sequence[PromiseResult], look: Lookup) -> Table | None:
    """Each quarter a promise was not kept, and how far it has come; None without any."""
    rows = tuple(row for promise in found for row in _breaches(promise, look))
    if not rows:
        return None
    head = ("Löfte", "Kvartal", "Läge", "Utrett", "Erkänt", "Rättat", "Åtgärd")
    return Table("Löften som inte hölls", head, rows, as_cards=True)


def _breaches(promise: PromiseResult, look: Lookup) -> Iterator[tuple[str | Cell, ...]]:
    for each in reversed(promise.periods):
        if each.step is None:
            continue
        text, sign, tone = promises.STEP_WORDS[each.step]
        noted = each.breach
        days = (noted.investigated, noted.admitted, noted.mended) if noted else (None,) * 3
        measure = look.atgard(noted.atgard) if noted and noted.atgard else None
        yield (
            Cell(promise.text, note=promise.service),
            times.short_period(each.period),
            Cell(text, sign=sign, tone=tone),
            *(WAITS if day is None else times.day(day) for day in days),
            measure.title if measure is not None else "åtgärd saknas",
        )


def category_table(result: FeedbackResult) -> Table:
    """Each category in the quarter beside what is usual."""
    head = ("Kategori", "Kvartalet", "Vanligt kvartal", "Gånger det vanliga", "Bedömning")
    rows = tuple(_category(each) for each in result.categories)
    return Table(
        "Klagomål och förslag efter kategori",
        head,
        rows,
        numeric=frozenset({1, 2, 3}),
        as_cards=True,
    )


def _category(category: CategoryCount) -> tuple[str | Cell, ...]:
    text, sign, tone = feedback.TRENDS[category.trend]
    times_, margin = feedback.times_as_many(category)
    return (
        category.category,
        feedback.count(category.now),
        Cell(feedback.usual(category), note=_span(category.usual_of)),
        Cell(times_, note=margin),
        Cell(text, sign=sign, tone=tone, note=feedback.chances(category)),
    )


def _span(quarters: Sequence[str]) -> str:
    """The quarters that are usual: ``kv 3 2025 till kv 2 2026``."""
    if not quarters:
        return ""
    first, last = (times.short_period(each) for each in (quarters[0], quarters[-1]))
    return f"{first} till {last}"


def quarters_table(result: FeedbackResult) -> Table:
    """Every category in the latest quarters, and all of them together."""
    periods = [text for text, _ in result.categories[0].counts]
    head = ("Kategori", *(times.short_period(each) for each in periods))
    rows = [
        [each.category, *(feedback.count(cell) for _, cell in each.counts)]
        for each in result.categories
    ]
    total = dict(result.quarters)
    rows.append(["Alla kategorier", *(feedback.count(total[each]) for each in periods)])
    return table_of("Klagomål och förslag kvartal för kvartal", head, rows)


def split_table(result: FeedbackResult, look: Lookup) -> Table:
    """The latest four quarters by type, kön and area."""
    rows: list[list[str | Cell]] = [
        [
            Cell(
                wording.capital(feedback.split_name(each, look.report.areas)),
                note=feedback.split_heading(each.split).lower(),
            ),
            feedback.count(each.count),
        ]
        for each in result.splits
    ]
    return table_of(f"Synpunkter {_span(result.window)}", ("Grupp", "Antal"), rows)


def volume_table(result: FeedbackResult) -> Table:
    """The number of each quarter."""
    rows = [[times.short_period(text), feedback.count(cell)] for text, cell in result.quarters]
    return table_of("Klagomål och förslag", ("Kvartal", "Antal"), rows)


def times_table(result: FeedbackResult) -> Table:
    """How long answers took, quarter by quarter."""
    latest = result.times[-1]
    limit = wording.quantity(latest.limit, "dagar")
    old = wording.quantity(latest.open_limit, "dagar")
    rows = [
        [
            times.short_period(each.period),
            feedback.days(each.median),
            feedback.days(each.p90),
            promises.share(each.within),
            promises.margin(each.within, "svar") or "–",
            feedback.count(each.open_too_long),
        ]
        for each in result.times
    ]
    head = (
        "Kvartal",
        "Hälften inom",
        "Nio av tio inom",
        f"Svar inom {limit}",
        "95\u00a0% konfidensintervall",
        f"Väntat mer än {old}",
    )
    return table_of("Tid till svar", head, rows)


def done_table(result: FeedbackResult, look: Lookup) -> Table | None:
    """What was said in each category and what was done; None when nothing can be told."""
    told = [
        each
        for each in result.done
        if each.atgarder or feedback.count(each.complaints) != feedback.FEW
    ]
    if not told:
        return None
    head = ("Ni sa", "Klagomål och förslag", "Besvarade", "Åtgärdade", "Vi gjorde")
    growing = {each.category for each in result.categories if each.trend is Trendword.GROWS}
    rows = tuple(_done(each, look, grows=each.category in growing) for each in told)
    return Table("Ni sa – vi gjorde", head, rows, numeric=frozenset({1, 2, 3}), as_cards=True)


def _done(done: YouSaidWeDid, look: Lookup, *, grows: bool) -> tuple[str | Cell, ...]:
    taken = [found for id in done.atgarder if (found := look.atgard(id)) is not None]
    part = "kvartal med få är inte med" if done.is_part else ""
    return (
        done.category,
        Cell(feedback.count(done.complaints), note=part),
        feedback.count(done.answered),
        feedback.count(done.mended),
        "; ".join(_measure(each) for each in taken) or ("åtgärd saknas" if grows else "–"),
    )


def _measure(atgard: Atgard) -> str:
    return f"{atgard.title} ({atgard.status.value})"
