"""Åtgärder as tables: what goes on, what has come of it, and what is on trial."""

from datetime import date

from kvalitetslib.register import Atgard, Outcome, Status
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor, slug
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.sentences import effects, trials
from kvalitetslib.report import Evidence, Question
from kvalitetslib.wheel import Effect, EffectMethod


def running_table(look: Lookup) -> Table | None:
    """What is planned or goes on, with its time and who answers for it; None without any."""
    going = [each for each in look.report.atgarder if not each.is_closed]
    if not going:
        return None
    today = look.report.data_through
    rows = tuple(
        (
            _title(each),
            each.status.value,
            _about(each, look),
            Cell(_span(each), note=lateness(each, today)),
            _role(each),
        )
        for each in going
    )
    head = ("Åtgärd", "Status", "Gäller", "Tid", "Ansvarig")
    return Table("Pågående och planerade åtgärder", head, rows, as_cards=True)


def outcome_table(look: Lookup, *, closed_alone: bool = False) -> Table | None:
    """Each åtgärd with its plan and status, and what has been measured before and after it."""
    today = look.report.data_through
    rows = tuple(
        (
            _title(each),
            Cell(each.status.value, note=lateness(each, today)),
            _about(each, look),
            _outcome(each, look),
            _role(each),
        )
        for each in look.report.atgarder
        if each.is_closed or not closed_alone
    )
    if not rows:
        return None
    head = ("Åtgärd", "Status", "Gäller", "Före och efter", "Ansvarig")
    name = "Avslutade åtgärder" if closed_alone else "Alla åtgärder"
    return Table(name, head, rows, as_cards=True)


def trial_table(look: Lookup) -> Table | None:
    """Ways of working on trial: hypothesis, start, evidence and verdict; None without any."""
    tried = [each for each in look.report.atgarder if is_on_trial(each)]
    if not tried:
        return None
    head = ("Arbetssätt", "Vi tror", "Börjar", "Belägg", "Verdikt")
    return Table(
        "Arbetssätten, vad vi tror och vad som har mätts",
        head,
        tuple(_trial(each, look) for each in tried),
        as_cards=True,
    )


def is_on_trial(atgard: Atgard) -> bool:
    """Is a way of working tried: it has a hypothesis, a name or a verdict, and was not refused?"""
    is_tried = bool(atgard.hypothesis or atgard.practice) or atgard.outcome is not Outcome.NONE
    return is_tried and atgard.status is not Status.REFUSED


def lateness(atgard: Atgard, today: date) -> str:
    """``klar 12 dagar sent``, ``38 dagar sen``, ``planerad till …``; empty without a plan."""
    planned = atgard.planned_done
    if planned is None or atgard.status is Status.REFUSED:
        return ""
    if atgard.status is Status.STOPPED:
        return f"var planerad till {times.day(planned)}"
    if atgard.done is not None and atgard.status is Status.DONE:
        late = (atgard.done - planned).days
        return f"klar {_days(late)} sent" if late > 0 else "klar i tid"
    late = (today - planned).days
    return f"{_days(late)} sen" if late > 0 else f"planerad till {times.day(planned)}"


def _days(count: int) -> str:
    return wording.quantity(count, "dagar")


def _trial(atgard: Atgard, look: Lookup) -> tuple[str | Cell, ...]:
    own = effect_evidence(atgard, look)
    remarks = trials.remarks(atgard, own, known=tuple(look.evidence))
    return (
        Cell(atgard.practice or atgard.title, note=atgard.id),
        atgard.hypothesis or "ingen hypotes",
        times.day(atgard.start) if atgard.start else "–",
        _cited(atgard, own, look),
        Cell(trials.verdict(atgard), note=" ".join(remarks)),
    )


def _cited(atgard: Atgard, own: Evidence | None, look: Lookup) -> Cell:
    """The evidence that the verdict cites, else the measured effect, else why there is none."""
    known = [each for each in trials.cited_ids(atgard) if each in look.evidence]
    chosen = known[0] if known else own.id if own is not None else ""
    if chosen:
        is_unnamed = not known and atgard.outcome in trials.DECIDED
        told = "mätt, men verdikten nämner det inte" if is_unnamed else ""
        return Cell(chosen, href=f"#{evidence_anchor(chosen)}", note=told)
    return _outcome(atgard, look)


def _title(atgard: Atgard) -> Cell:
    return Cell(atgard.title, note=atgard.id)


def _role(atgard: Atgard) -> Cell:
    """Who answers for it and who proposed it: roles, never names."""
    note = f"förslag från {wording.lower_first(atgard.proposed_by)}" if atgard.proposed_by else ""
    return Cell(atgard.role or "–", note=note)


def _outcome(atgard: Atgard, look: Lookup) -> Cell:
    if atgard.status is Status.REFUSED:
        return Cell("beslut att inte agera", note=atgard.decision)
    effect = effect_of(atgard, look)
    found = effect_evidence(atgard, look)
    if found is None:
        why = effect.why_not.value if effect is not None else ""
        return Cell("inte mätt", note=why)
    has_figure = effect is not None and effect.method is not EffectMethod.NONE
    anchor = f"effekt-{slug(atgard.id)}" if has_figure else evidence_anchor(found.id)
    note = f"belägg {found.id}"
    return Cell(wording.capital(effects.WORDS[found.verdict]), href=f"#{anchor}", note=note)


def effect_of(atgard: Atgard, look: Lookup) -> Effect | None:
    """What was measured of the åtgärd, or why not; None when nobody has tried."""
    return next((each for each in look.report.effects if each.atgard == atgard.id), None)


def effect_evidence(atgard: Atgard, look: Lookup) -> Evidence | None:
    """The evidence of the åtgärd's effect."""
    fitting = (
        each
        for each in look.report.all_evidence
        if each.question is Question.EFFECT and each.text == atgard.id
    )
    return next(fitting, None)


def _about(atgard: Atgard, look: Lookup) -> Cell:
    indicator = look.indicator(atgard.indicator)
    about = indicator.title if indicator else atgard.category or "hela nämnden"
    group = ""
    if not atgard.group.is_total:
        children = indicator.concerns_children if indicator else False
        group = wording.group_name(atgard.group, children=children, areas=look.report.areas)
    anchor = look.figure(atgard.indicator)
    return Cell(about, href=f"#{anchor}" if anchor else "", note=group)


def _span(atgard: Atgard) -> str:
    start, end = (times.day(each) if each else "" for each in (atgard.start, atgard.done))
    span = {(True, True): f"{start} till {end}", (True, False): f"från {start}"}
    span |= {(False, True): f"till {end}", (False, False): "–"}
    return span[bool(start), bool(end)]
