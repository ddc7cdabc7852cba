"""What a piece of evidence says, in one sentence that carries the evidence with it.

Only comparatives and verbs, so that no adjective has to agree with the subject. Nothing is said
about causes.
"""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import effects, gaps, goals, outside, waves
from kvalitetslib.render.sentences.terms import (
    DECIDED,
    comparative,
    is_quiet,
    is_weak_signal,
    reference_phrase,
    rises,
    subject_words,
)
from kvalitetslib.render.sentences.terms import people as people
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
    "moved": "{subject}{group} har {moved} {since}.",
    "stayed": "{subject}{group} ligger kvar på samma nivå {since}.",
    "move_undecided": "Det går inte att avgöra om {inner}{group} ökar eller minskar.",
    "signal": "{subject}{group} är {more} än vanligt just nu.",
    "weak_signal": "{subject}{group} ger en signal i diagrammet, men den kan vara slump.",
    "quiet": "{subject}{group} ligger inom sin vanliga variation.",
    "not_judged": "{subject}{group} bedöms inte: det är inte bestämt vad som är bra.",
    "no_reference": "Det saknas något att jämföra {inner}{group} med.",
    "withheld": "{subject}{group} visas inte: {reason}.",
    "likely": "Uppgifterna tyder på att {claim}",
}
ABOUT = " Det gäller "
"""How a second sentence begins, that names what the first was about."""
WITHHELD = {
    WithheldReason.SMALL_GROUP: "för få i gruppen",
    WithheldReason.NOT_PUBLISHED: "inte publicerat",
}


def claim(evidence: Evidence, look: Lookup) -> Said:
    """The sentence of a piece of evidence, chosen by question, verdict and reference."""
    return Said(_sentence(evidence, look), (evidence.id,))


def title(evidence: Evidence, look: Lookup) -> Said:
    """The claim as a heading over its figure: the first sentence, without its full stop.

    What the claim is about stands under the heading, so a sentence that says only that is left out.
    """
    text = _sentence(evidence, look).removesuffix(f" {effects.COINCIDES}").partition(ABOUT)[0]
    return Said(text.removesuffix("."), (evidence.id,))


def sure(evidence: Evidence) -> Certainty:
    """How sure a claim is. Säkerställd is only said of what has been tested."""
    is_tested = any(each is not None for each in (evidence.p, evidence.q, evidence.low))
    if evidence.certainty is Certainty.SECURED and not is_tested:
        return Certainty.LIKELY
    return evidence.certainty


def certainty(evidence: Evidence) -> str:
    """The certainty word of a claim, with a capital; of a chart without a signal, just that."""
    if is_quiet(evidence):
        return "Ingen signal"
    return wording.capital(sure(evidence))


def cell_text(cell: Estimate | Withheld | None, indicator: Indicator) -> str:
    """A value with unit, or in words why there is none."""
    if cell is None:
        return "uppgift saknas"
    if isinstance(cell, Withheld):
        return f"visas inte: {WITHHELD[cell.reason]}"
    return wording.of(cell.value, indicator)


def trend_word(evidence: Evidence | None, indicator: Indicator) -> str:
    """A word for a narrow column: ``ökar``, ``minskar``, ``samma nivå``, ``kan inte avgöras``."""
    if evidence is None:
        return "för få värden"
    if evidence.verdict is Verdict.LEVEL:
        return "samma nivå"
    if evidence.verdict in DECIDED and evidence.difference is not None:
        return "ökar" if rises(evidence, indicator) else "minskar"
    return Certainty.UNDECIDED.value


def _sentence(evidence: Evidence, look: Lookup) -> str:
    if evidence.question is Question.RESPONSE:
        return waves.response(evidence, look)
    if evidence.question is Question.DEMAND:
        return outside.demand(evidence, look)
    indicator = look.indicator(evidence.indicator)
    if evidence.question is Question.OUTLOOK or indicator is None:
        return wording.sentence(evidence.text)
    words = subject_words(evidence, indicator, look)
    if isinstance(evidence.cell, Withheld):
        return _say("withheld", **words, reason=WITHHELD[evidence.cell.reason])
    if evidence.verdict is Verdict.NOT_JUDGED:
        is_unheld = evidence.question is Question.LEVEL and evidence.reference is None
        return _say("no_reference" if is_unheld else "not_judged", **words)
    text = _hedged(_judged(evidence, evidence.cell, indicator, words=words, look=look), evidence)
    is_effect = evidence.question is Question.EFFECT and evidence.verdict in DECIDED
    return f"{text} {effects.COINCIDES}" if is_effect else text


def _judged(
    evidence: Evidence, cell: Estimate, indicator: Indicator, *, words: dict[str, str], look: Lookup
) -> str:
    match evidence.question:
        case Question.GAP:
            return gaps.gap(evidence, cell, indicator, look)
        case Question.GAP_TREND:
            return gaps.gap_trend(evidence, indicator, look)
        case Question.TREND if look.is_asked(evidence):
            return waves.moved(evidence, words, rises=rises(evidence, indicator))
        case Question.TREND:
            return _trend(evidence, indicator, words)
        case Question.DRIVER:
            return waves.related(evidence, words)
        case Question.HOLD:
            return goals.hold(evidence, indicator, words)
        case Question.MOVE:
            return goals.move(evidence, indicator, words, look)
        case Question.ASSURANCE:
            return goals.assured(evidence, words)
        case Question.PEER_TREND:
            return outside.peer_trend(evidence, words)
        case Question.EFFECT:
            return effects.effect(evidence, cell, indicator, words=words, look=look)
    return _compared(evidence, cell, indicator, words)


def _compared(
    evidence: Evidence, cell: Estimate, indicator: Indicator, words: dict[str, str]
) -> str:
    if evidence.reference is None:
        return _say("no_reference", **words)
    if is_quiet(evidence) or is_weak_signal(evidence):
        return _say("quiet" if is_quiet(evidence) else "weak_signal", **words)
    more = comparative(indicator, is_more=cell.value > evidence.reference.value)
    if evidence.question is Question.CHANGE and evidence.text:
        return _say("signal", **words, more=more)
    phrase = reference_phrase(evidence)
    standard = phrase.removeprefix("i ")
    if evidence.verdict in DECIDED:
        return _say("compared", **words, more=more, reference=phrase)
    return _say(
        "level" if evidence.verdict is Verdict.LEVEL else "undecided", standard=standard, **words
    )


def _trend(evidence: Evidence, indicator: Indicator, words: dict[str, str]) -> str:
    since = f"sedan {times.period(evidence.first_period)}"
    if evidence.reference is not None:
        since = "jämfört med året före"
    if evidence.verdict in DECIDED and evidence.difference is not None:
        moved = "ökat" if rises(evidence, indicator) else "minskat"
        return _say("moved", moved=moved, since=since, **words)
    if evidence.verdict is Verdict.LEVEL:
        return _say("stayed", since=since, **words)
    return _say("move_undecided", **words)


def _hedged(text: str, evidence: Evidence) -> str:
    if sure(evidence) is Certainty.LIKELY and evidence.verdict in DECIDED:
        return TEMPLATES["likely"].format(claim=wording.lower_first(text))
    return text


def _say(template: str, **words: str) -> str:
    return TEMPLATES[template].format(**words)
