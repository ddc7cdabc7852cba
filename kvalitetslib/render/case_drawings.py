"""The faults of a report as a wheel and as tables."""

from kvalitetslib.case import Case, CaseEvent, Stage
from kvalitetslib.register import Atgard, Outcome
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.anchors import evidence_anchor
from kvalitetslib.render.chapters.measures import effect_evidence
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Figure, Table
from kvalitetslib.render.sentences import cases, effects, leaps, trials
from kvalitetslib.wheel import Leap

PLACES = {
    Stage.PLANNED: 0,
    Stage.RUNNING: 1,
    Stage.DONE: 2,
    Stage.UNMET: 3,
    Stage.REFUSED: 3,
    Stage.WATCHED: 4,
    Stage.SECURED: 4,
}
"""The step of the wheel at which a case stands; one that is left stands beside it."""
STEPS = ("Planera", "Genomföra", "Följa upp", "Åtgärda", "Kvalitetssäkra")
_MARKS = {Stage.WATCHED: charts.CaseMark.WATCHED, Stage.SECURED: charts.CaseMark.SECURED}
_DECIDED = (Outcome.STANDARDISE, Outcome.DISCARD, Outcome.UNCLEAR)


def wheel_figure(look: Lookup) -> Figure:
    """The wheel with every case, and all of them as a table."""
    found = look.report.cases
    counts = [sum(PLACES.get(each.stage) == place for each in found) for place in range(len(STEPS))]
    told = [f"{name} {count}" for name, count in zip(STEPS, counts, strict=True)]
    chart = charts.case_wheel(
        [_standing(found, place) for place in range(len(STEPS))],
        id="kvalitetssakra-hjul",
        title="Var felen står på förbättringshjulet",
        description=f"Antal fel i varje steg: {wording.join(told)}.",
    )
    return Figure(
        anchor="kvalitetssakra-fel",
        title=cases.overview(found),
        subtitle="Fel som nämnden har sett, efter var de står på hjulet",
        charts=(chart,),
        source="Källa: nämndens sparade rapporter och kommunens lista över åtgärder.",
        tables=(_all(look),),
        note=cases.MARKS,
    )


def recurring_table(look: Lookup) -> Table | None:
    """Faults that have come back, the most often first; None without any."""
    found = [each for each in look.report.cases if each.is_recurring]
    rows = tuple(
        (
            _name(each, look),
            wording.number(each.occurrences),
            cases.days_back(each),
            _stage(each),
            cases.history(each),
        )
        for each in sorted(found, key=lambda each: -each.occurrences)
    )
    head = ("Fel", "Gånger", "Tid till återkomst", "Läge nu", "Vad som har hänt")
    return _table("Återkommande fel", head, rows)


def watched_table(look: Lookup) -> Table | None:
    """Faults that are gone and watched, with what is left; None without any."""
    watch = look.report.policy.watch_quarters
    rows = tuple(
        (
            _name(each, look),
            _when(each, CaseEvent.CLOSED),
            cases.watched(each, watch),
            cases.waiting(each, watch),
            _titles(each.atgarder, look),
        )
        for each in look.report.cases
        if each.stage is Stage.WATCHED
    )
    return _table(
        "Fel som bevakas", ("Fel", "Stängt", "Bevakat", "Varför inte säkrat", "Åtgärd"), rows
    )


def secured_table(look: Lookup) -> Table | None:
    """Faults that are gone for good; None without any."""
    rows = tuple(
        (
            _name(each, look),
            _when(each, CaseEvent.SECURED),
            _practices(each, look),
            cases.history(each),
        )
        for each in look.report.cases
        if each.stage is Stage.SECURED
    )
    return _table("Säkrade fel", ("Fel", "Säkrat", "Arbetssätt", "Vad som har hänt"), rows)


def left_table(look: Lookup) -> Table | None:
    """Faults that nothing more is known of, as they are no longer followed; None without any."""
    rows = tuple(
        (_name(each, look), _when(each, CaseEvent.LEFT), cases.history(each))
        for each in look.report.cases
        if each.stage is Stage.LEFT
    )
    return _table("Fel som inte följs längre", ("Fel", "Sedan", "Vad som har hänt"), rows)


def leap_table(look: Lookup) -> Table | None:
    """Leaps of level, those for the better first; None without any."""
    found = sorted(look.report.leaps, key=lambda each: each.change <= 0)
    rows = tuple(row for each in found if (row := _leap(each, look)))
    head = ("Mått", "Språng", "Nivå", "p-värde", "Orsak")
    return _table("Förbättringssprång", head, rows)


def practice_table(look: Lookup) -> Table | None:
    """Ways of working that have been decided on; None without any."""
    order = {outcome: place for place, outcome in enumerate(_DECIDED)}
    found = [each for each in look.report.atgarder if each.outcome in order]
    rows = tuple(_practice(each, look) for each in sorted(found, key=lambda e: order[e.outcome]))
    return _table("Arbetssätt som är bedömda", ("Arbetssätt", "Verdikt", "Före och efter"), rows)


def _all(look: Lookup) -> Table:
    order = sorted(
        look.report.cases, key=lambda each: (PLACES.get(each.stage, len(STEPS)), each.stage)
    )
    rows = tuple(
        (
            _name(each, look),
            STEPS[PLACES[each.stage]] if each.stage in PLACES else "–",
            _stage(each),
            wording.number(each.occurrences),
            _titles(each.atgarder, look),
            cases.history(each),
        )
        for each in order
    )
    head = ("Fel", "Steg", "Läge", "Gånger", "Åtgärd", "Vad som har hänt")
    return Table("Alla fel på hjulet", head, rows, as_cards=True)


def _standing(found: tuple[Case, ...], place: int) -> charts.Standing:
    marks = [
        charts.CaseMark.BACK
        if each.is_recurring and not each.is_closed
        else _MARKS.get(each.stage, charts.CaseMark.OPEN)
        for each in found
        if PLACES.get(each.stage) == place
    ]
    return charts.Standing(tuple(sorted(marks, key=lambda each: each is not charts.CaseMark.BACK)))


def _name(case: Case, look: Lookup) -> Cell:
    known = look.evidence.get(case.evidence)
    href = f"#{evidence_anchor(known.id)}" if known is not None else ""
    return Cell(cases.named(case, look), href=href)


def _stage(case: Case) -> Cell:
    note = ""
    last = case.seen_since
    if last.event is CaseEvent.REOPENED and not case.is_closed:
        note = cases.returned(last, case.occurrences)
    return Cell(case.stage.value, note=note)


def _when(case: Case, event: CaseEvent) -> str:
    step = next((each for each in reversed(case.steps) if each.event is event), None)
    return times.period(step.quarter) if step is not None else "–"


def _titles(ids: tuple[str, ...], look: Lookup) -> str:
    named = [each.title if (each := look.atgard(id)) is not None else id for id in ids]
    return wording.join(named) or "–"


def _practices(case: Case, look: Lookup) -> str:
    found = [each for id in case.standardised if (each := look.atgard(id)) is not None]
    return wording.join([each.practice or each.title for each in found]) or "–"


def _leap(leap: Leap, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = look.indicator(leap.indicator)
    if indicator is None:
        return ()
    anchor = look.figure(leap.indicator)
    return (
        Cell(indicator.title, href=f"#{anchor}" if anchor else ""),
        Cell(leaps.kind(leap), note=leaps.when(leap)),
        leaps.levels(leap, indicator),
        wording.probability(leap.p),
        leaps.cause(leap),
    )


def _practice(atgard: Atgard, look: Lookup) -> tuple[str | Cell, ...]:
    own = effect_evidence(atgard, look)
    measured = Cell("inte mätt")
    if own is not None:
        measured = Cell(effects.WORDS[own.verdict], href=f"#{evidence_anchor(own.id)}")
    return Cell(atgard.practice or atgard.title, note=atgard.id), trials.verdict(atgard), measured


def _table(
    caption: str, head: tuple[str, ...], rows: tuple[tuple[str | Cell, ...], ...]
) -> Table | None:
    return Table(caption, head, rows, as_cards=True, is_caption_shown=False) if rows else None
