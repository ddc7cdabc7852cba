"""What a piece of evidence says, in one sentence.

Only comparatives and verbs, so that no adjective has to agree with the subject. Nothing is said
about causes.
"""

from kvalitetslib.model import Direction, Indicator, ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import waves
from kvalitetslib.report import (
    Certainty,
    Estimate,
    Evidence,
    Question,
    Verdict,
    Withheld,
    WithheldReason,
)

TEMPLATES = {
    "compared": "{subject}{group} är {more} än {reference}.",
    "level": "{subject}{group} är i nivå med {standard}.",
    "undecided": "Det går inte att avgöra om {inner}{group} skiljer sig från {standard}.",
    "gap": "{subject} är {more} {one} än {other}.",
    "gap_level": "{subject} skiljer sig inte nämnvärt mellan {both}.",
    "gap_undecided": "Det går inte att avgöra om {inner} skiljer sig mellan {both}.",
    "gap_moves": "Skillnaden mellan {both} {moves} när det gäller {inner}.",
    "gap_stays": "Skillnaden mellan {both} består när det gäller {inner}.",
    "gap_move_undecided": (
        "Det går inte att avgöra om skillnaden mellan {both} förändras när det gäller {inner}."
    ),
    "moved": "{subject}{group} har {moved} {since}.",
    "stayed": "{subject}{group} ligger kvar på samma nivå {since}.",
    "move_undecided": "Det går inte att avgöra om {inner}{group} ökar eller minskar.",
    "signal": "{subject}{group} är {more} än vanligt just nu.",
    "not_judged": "{subject}{group} bedöms inte: det är inte bestämt vad som är bra.",
    "no_reference": "Det saknas något att jämföra {inner}{group} med.",
    "withheld": "{subject}{group} visas inte: {reason}.",
    "likely": "Uppgifterna tyder på att {claim}",
}
WITHHELD = {
    WithheldReason.SMALL_GROUP: "för få i gruppen",
    WithheldReason.NOT_PUBLISHED: "inte publicerat",
}
_DECIDED = (Verdict.BETTER, Verdict.WORSE)


def claim(evidence: Evidence, look: Lookup) -> str:
    """The sentence of a piece of evidence, chosen by question, verdict and reference."""
    indicator = look.indicator(evidence.indicator)
    if evidence.question is Question.OUTLOOK or indicator is None:
        return wording.sentence(evidence.text)
    words = _subject_words(evidence, indicator, look)
    if isinstance(evidence.cell, Withheld):
        return _say("withheld", **words, reason=WITHHELD[evidence.cell.reason])
    if evidence.verdict is Verdict.NOT_JUDGED:
        is_unheld = evidence.question is Question.LEVEL and evidence.reference is None
        return _say("no_reference" if is_unheld else "not_judged", **words)
    if evidence.question is Question.GAP:
        text = _gap(evidence, evidence.cell, indicator, look)
    elif evidence.question is Question.GAP_TREND:
        text = _gap_trend(evidence, indicator, look)
    elif evidence.question is Question.TREND and look.is_asked(evidence):
        text = waves.moved(evidence, words, rises=_rises(evidence, indicator))
    elif evidence.question is Question.TREND:
        text = _trend(evidence, evidence.cell, indicator, words)
    elif evidence.question is Question.DRIVER:
        text = waves.related(evidence, words)
    else:
        text = _compared(evidence, evidence.cell, words)
    return _hedged(text, evidence)


def title(evidence: Evidence, look: Lookup) -> str:
    """The sentence as a heading, without its full stop."""
    return claim(evidence, look).removesuffix(".")


def sure(evidence: Evidence) -> Certainty:
    """How sure a claim is. Säkerställd is only said of what has been tested."""
    is_tested = any(each is not None for each in (evidence.p, evidence.q, evidence.low))
    if evidence.certainty is Certainty.SECURED and not is_tested:
        return Certainty.LIKELY
    return evidence.certainty


def certainty(evidence: Evidence) -> str:
    """The certainty word of a claim, with a capital."""
    return wording.capital(sure(evidence))


def cell_text(cell: Estimate | Withheld | None, indicator: Indicator) -> str:
    """A value with unit, or in words why there is none."""
    if cell is None:
        return "uppgift saknas"
    if isinstance(cell, Withheld):
        return f"visas inte: {WITHHELD[cell.reason]}"
    return wording.of(cell.value, indicator)


def reference_phrase(evidence: Evidence) -> str:
    """What follows ``än``: ``i liknande kommuner``, ``målet``, ``perioden före``."""
    if evidence.reference is None:
        return ""
    kind, label = evidence.reference.kind, evidence.reference.label
    if kind in (ReferenceKind.PEERS, ReferenceKind.COUNTY, ReferenceKind.COUNTRY):
        return f"i {label}"
    if kind is ReferenceKind.BEST:
        return f"i den bästa fjärdedelen av {label}"
    if kind is ReferenceKind.GOAL:
        return "målet"
    return label


def people(indicator: Indicator) -> tuple[str, str]:
    """Women before men, girls before boys."""
    children = indicator.concerns_children
    return (
        wording.gender_name("K", children=children),
        wording.gender_name("M", children=children),
    )


def trend_word(evidence: Evidence | None, indicator: Indicator) -> str:
    """A word for a narrow column: ``ökar``, ``minskar``, ``samma nivå``, ``kan inte avgöras``."""
    if evidence is None:
        return "för få värden"
    if evidence.verdict is Verdict.LEVEL:
        return "samma nivå"
    if evidence.verdict in _DECIDED and evidence.difference is not None:
        return "ökar" if _rises(evidence, indicator) else "minskar"
    return Certainty.UNDECIDED.value


def values_in_order(evidence: Evidence, cell: Estimate) -> tuple[float, float]:
    """The group's value and the other's; women's first."""
    other = evidence.reference.value if evidence.reference else cell.value
    if evidence.question is Question.GAP and evidence.group.gender == "M":
        return other, cell.value
    return cell.value, other


def _subject_words(evidence: Evidence, indicator: Indicator, look: Lookup) -> dict[str, str]:
    phrase = wording.group_phrase(
        evidence.group, children=indicator.concerns_children, areas=look.report.areas
    )
    return {
        "subject": wording.capital(indicator.subject),
        "inner": wording.lower_first(indicator.subject),
        "group": f" {phrase}" if phrase else "",
    }


def _compared(evidence: Evidence, cell: Estimate, words: dict[str, str]) -> str:
    if evidence.reference is None:
        return _say("no_reference", **words)
    more = "högre" if cell.value > evidence.reference.value else "lägre"
    if evidence.question is Question.CHANGE and evidence.text:
        return _say("signal", **words, more=more)
    phrase = reference_phrase(evidence)
    standard = phrase.removeprefix("i ")
    if evidence.verdict in _DECIDED:
        return _say("compared", **words, more=more, reference=phrase)
    return _say(
        "level" if evidence.verdict is Verdict.LEVEL else "undecided", standard=standard, **words
    )


def _gap(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    one, other, both = _sides(evidence, indicator, look)
    words = {
        "subject": wording.capital(indicator.subject),
        "inner": wording.lower_first(indicator.subject),
    }
    if evidence.reference is None:
        return _say("no_reference", group=f" {one}", **words)
    if evidence.verdict in _DECIDED:
        value, against = values_in_order(evidence, cell)
        more = "högre" if value > against else "lägre"
        return _say("gap", more=more, one=one, other=other, **words)
    if evidence.verdict is Verdict.LEVEL:
        return _say("gap_level", both=both, **words)
    return _say("gap_undecided", both=both, **words)


def _sides(evidence: Evidence, indicator: Indicator, look: Lookup) -> tuple[str, str, str]:
    """The group, what it is held against, and both after ``mellan``."""
    if evidence.group.gender in ("K", "M"):
        women, men = people(indicator)
        return f"bland {women}", f"bland {men}", f"{women} och {men}"
    one = wording.group_phrase(evidence.group, areas=look.report.areas)
    if evidence.group.area:
        name = wording.area_name(evidence.group.area, look.report.areas)
        return one, "i övriga områden", f"{name} och övriga områden"
    if evidence.group.age:
        return one, "i övriga åldrar", f"{evidence.group.age} och övriga åldrar"
    if evidence.group.other:
        return one, "bland övriga", f"{one.removeprefix('i ')} och övriga"
    label = evidence.reference.label if evidence.reference else "övriga"
    return one, f"bland {label}", f"{one.removeprefix('bland ')} och {label}"


def _gap_trend(evidence: Evidence, indicator: Indicator, look: Lookup) -> str:
    women, men = people(indicator)
    words = {"both": f"{women} och {men}", "inner": wording.lower_first(indicator.subject)}
    if look.is_asked(evidence):
        return waves.gap_moved(evidence, words)
    if evidence.verdict in _DECIDED:
        moves = "krymper" if evidence.verdict is Verdict.BETTER else "växer"
        return _say("gap_moves", moves=moves, **words)
    if evidence.verdict is Verdict.LEVEL:
        return _say("gap_stays", **words)
    return _say("gap_move_undecided", **words)


def _trend(evidence: Evidence, cell: Estimate, indicator: Indicator, words: dict[str, str]) -> str:
    since = f"sedan {times.period(evidence.first_period)}"
    if evidence.reference is not None:
        since = "jämfört med året före"
    if evidence.verdict in _DECIDED and evidence.difference is not None:
        moved = "ökat" if _rises(evidence, indicator) else "minskat"
        return _say("moved", moved=moved, since=since, **words)
    if evidence.verdict is Verdict.LEVEL:
        return _say("stayed", since=since, **words)
    return _say("move_undecided", **words)


def _rises(evidence: Evidence, indicator: Indicator) -> bool:
    """Whether the values grow; the difference is positive when that is good."""
    if evidence.reference is not None and isinstance(evidence.cell, Estimate):
        return evidence.cell.value > evidence.reference.value
    good_is_low = indicator.direction is Direction.LOW
    if indicator.interval is not None and isinstance(evidence.cell, Estimate):
        good_is_low = evidence.cell.value >= sum(indicator.interval) / 2
    return ((evidence.difference or 0.0) > 0) is not good_is_low


def _hedged(text: str, evidence: Evidence) -> str:
    if sure(evidence) is Certainty.LIKELY and evidence.verdict in _DECIDED:
        return TEMPLATES["likely"].format(claim=wording.lower_first(text))
    return text


def _say(template: str, **words: str) -> str:
    return TEMPLATES[template].format(**words)
