"""The numbers of a piece of evidence, each with its name: value, reference, difference, limits."""

from kvalitetslib.model import Indicator, ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.claims import cell_text
from kvalitetslib.render.sentences.outside import people_of
from kvalitetslib.report import Estimate, Evidence, Question, Reference, Verdict, Withheld

Facts = list[tuple[str, str]]

_COURSES = (Question.TREND, Question.GAP_TREND, Question.MOVE, Question.PEER_TREND)
"""What is told per year, when the indicator is yearly."""


def numbers(each: Evidence, look: Lookup) -> Facts:
    """Name and text of every number that may be shown."""
    if each.question is Question.RESPONSE:
        return _of_response(each)
    if each.question is Question.DEMAND:
        return _of_demand(each, look)
    indicator = look.indicator(each.indicator)
    if indicator is None:
        return []
    facts = _of_group(each, indicator, look)
    facts.append(("Värde", cell_text(each.cell, indicator)))
    if isinstance(each.cell, Withheld):
        # A difference and its reference would give the value away.
        return facts
    return [
        *facts,
        *_of_value(each.cell, indicator),
        *_held(each, indicator, look),
        *_of_difference(each, indicator, look),
    ]


def _of_group(each: Evidence, indicator: Indicator, look: Lookup) -> Facts:
    if each.group.is_total:
        return []
    children = indicator.concerns_children
    return [("Grupp", wording.group_name(each.group, children=children, areas=look.report.areas))]


def _of_value(cell: Estimate, indicator: Indicator) -> Facts:
    facts = []
    if cell.low is not None and cell.high is not None:
        low, high = (
            wording.number(cell.low, indicator.decimals),
            wording.of(cell.high, indicator),
        )
        facts.append(("95\u00a0% konfidensintervall", f"{low} till {high}"))
    if cell.n is not None:
        facts.append(("Antal svar eller fall", wording.number(cell.n)))
    return facts


def _held(each: Evidence, indicator: Indicator, look: Lookup) -> Facts:
    facts = []
    if each.reference is not None:
        value = wording.of(each.reference.value, indicator)
        if each.question is Question.PEER_TREND:
            decimals = indicator.decimals + 1
            pace = wording.signed_distance(each.reference.value, indicator.unit, decimals)
            value = f"{pace} per år"
        name = _named(each.reference, indicator)
        facts.append(("Jämförs med", f"{name}: {value}{_members(each.reference)}"))
    if each.question in (Question.HOLD, Question.MOVE, Question.ASSURANCE):
        facts += _goal(each, look)
    if each.question is Question.EFFECT and (atgard := look.atgard(each.text)) is not None:
        facts.append(("Åtgärd", f"{atgard.title} ({atgard.id})"))
    return facts


def _goal(each: Evidence, look: Lookup) -> Facts:
    goal = look.goal(each)
    return [("Mål", f"{goal.title}, {goal.decision or 'beslut saknas'}")] if goal else []


def _of_difference(each: Evidence, indicator: Indicator, look: Lookup) -> Facts:
    # A survey's values are rounded once and for all, so that a small group cannot be worked out.
    finer = indicator.decimals if look.is_asked(each) else indicator.decimals + 1
    is_yearly = each.question in _COURSES and not look.is_asked(each)
    per_year = " per år" if is_yearly else ""
    facts = []
    if each.difference is not None:
        size = wording.signed_distance(each.difference, indicator.unit, finer)
        mean = f", i medeltal över {wording.count(each.years)} år" if each.years > 1 else ""
        facts.append(("Skillnad", f"{size}{per_year}{mean}{_turned(each)}"))
    if each.low is not None and each.high is not None:
        low, high = (wording.signed(bound, finer) for bound in (each.low, each.high))
        facts.append(("Skillnadens 95\u00a0% intervall", f"{low} till {high}"))
    facts.append(("Relevant skillnad", f"{wording.least(each.delta, indicator.unit)}{per_year}"))
    return facts


def _named(reference: Reference, indicator: Indicator) -> str:
    if reference.kind is ReferenceKind.BEST:
        return f"bästa fjärdedelen av {reference.label}"
    if reference.kind is ReferenceKind.GROUP and indicator.concerns_children:
        return {"kvinnor": "flickor", "män": "pojkar"}.get(reference.label, reference.label)
    return times.in_text(reference.label)


def _members(reference: Reference) -> str:
    return f", {wording.number(reference.members)} kommuner" if reference.members else ""


def _turned(each: Evidence) -> str:
    """What plus means for the difference of this evidence."""
    if each.verdict is Verdict.NOT_JUDGED:
        return "" if each.question in _COURSES else ", eget värde minus det som det jämförs med"
    if each.question is Question.POTENTIAL:
        return ", plus betyder att det finns att vinna"
    return ", plus är bra"


def _of_response(each: Evidence) -> Facts:
    """Shares of the invited who answered, in percent."""
    if not isinstance(each.cell, Estimate):
        return []
    facts = [("Svarsfrekvens", wording.quantity(each.cell.value, "procent"))]
    if each.reference is not None:
        before = wording.quantity(each.reference.value, "procent")
        facts.append(("Jämförs med", f"{times.wave(each.first_period)}: {before}"))
    if each.difference is not None:
        facts.append(("Skillnad", wording.signed_distance(each.difference, "procent")))
    return facts


def _of_demand(each: Evidence, look: Lookup) -> Facts:
    signal = look.demand(each)
    if signal is None:
        return []
    facts = [
        ("Grupp", people_of(signal.ages)),
        (f"Antal {signal.year}", wording.quantity(signal.persons, "personer")),
        (f"Väntas {signal.ahead_year}", wording.quantity(signal.ahead_persons, "personer")),
        ("Förändring", f"{wording.signed(100 * signal.change, 1)}{wording.NBSP}%"),
    ]
    if signal.country_change is not None:
        country = f"{wording.signed(100 * signal.country_change, 1)}{wording.NBSP}%"
        facts.append(("Förändring i riket", country))
    return facts
