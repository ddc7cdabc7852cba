"""What a survey says of two waves, of who answered and of relations, in one sentence.

Two waves are two independent samples: they tell of then and now, never of what goes on.
"""

from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import DECIDED
from kvalitetslib.report import Estimate, Evidence, Verdict

TEMPLATES = {
    "moved": "{subject}{group} har {moved} sedan {wave}.",
    "stayed": "{subject}{group} är på samma nivå som i {wave}.",
    "undecided": "Det går inte att avgöra om {inner}{group} har förändrats sedan {wave}.",
    "gap_moved": "Skillnaden mellan {both} har {moved} sedan {wave}. Det gäller {inner}.",
    "gap_stayed": "Skillnaden mellan {both} är lika stor som i {wave}. Det gäller {inner}.",
    "gap_undecided": (
        "Det går inte att avgöra om skillnaden mellan {both} har förändrats sedan {wave}. "
        "Det gäller {inner}."
    ),
    "related": (
        "{subject}{group} är {side} än genomsnittet för frågorna i matrisen, "
        "och svaren har ett starkt samband med helhetsbetyget."
    ),
    "unrelated": "{subject}{group} har inget säkert starkt samband med helhetsbetyget.",
    "answered": "Svarsfrekvensen i {survey} har {moved} från {before} till {now} procent.{unsure}",
    "answered_alike": "Svarsfrekvensen i {survey} är på samma nivå som i {wave}.",
    "answered_now": "Svarsfrekvensen i {survey} är {now} procent.{unsure}",
    "answered_beside": (
        "Svarsfrekvensen i {survey} är {now} procent, mot {before} procent i {wave}.{unsure}"
    ),
    "answered_undecided": (
        "Det går inte att avgöra om svarsfrekvensen i {survey} har förändrats sedan {wave}."
    ),
}
UNSURE = " Underlaget blir osäkrare."
FEW = " Det är få, och underlaget är osäkert."


def moved(evidence: Evidence, words: dict[str, str], *, rises: bool) -> str:
    """What differs between the two waves."""
    return _between(evidence, words, kind="", moved="ökat" if rises else "minskat")


def gap_moved(evidence: Evidence, words: dict[str, str]) -> str:
    """How the gap between women and men differs between the two waves."""
    less = evidence.verdict is Verdict.BETTER
    return _between(evidence, words, kind="gap_", moved="minskat" if less else "ökat")


def related(evidence: Evidence, words: dict[str, str]) -> str:
    """How a question goes with the overall grade. A relation, and nothing more."""
    if evidence.verdict not in DECIDED:
        return TEMPLATES["unrelated"].format(**words)
    side = "högre" if evidence.verdict is Verdict.BETTER else "lägre"
    return TEMPLATES["related"].format(side=side, **words)


def response(evidence: Evidence, look: Lookup) -> str:
    """How many answered, in percent, beside the wave before. Fewer answers make all less sure."""
    survey, held = look.survey(evidence), evidence.reference
    words = {
        "survey": survey.name if survey is not None else evidence.text or "enkäten",
        "wave": times.wave(evidence.first_period),
    }
    if not isinstance(evidence.cell, Estimate):
        return TEMPLATES["answered_undecided"].format(**words)
    words |= {"now": wording.number(evidence.cell.value), "unsure": ""}
    if held is None:
        few = FEW if evidence.verdict is Verdict.WORSE else ""
        return TEMPLATES["answered_now"].format(**words | {"unsure": few})
    falls = evidence.cell.value < held.value
    return _response_beside(evidence, words | {"before": wording.number(held.value)}, falls=falls)


def _response_beside(evidence: Evidence, words: dict[str, str], *, falls: bool) -> str:
    """The share now and in the wave before; a low share that does not fall is still low."""
    is_worse = evidence.verdict is Verdict.WORSE
    if evidence.verdict is Verdict.LEVEL:
        return TEMPLATES["answered_alike"].format(**words)
    if evidence.verdict is Verdict.UNDECIDED:
        return TEMPLATES["answered_undecided"].format(**words)
    if evidence.verdict is Verdict.NOT_JUDGED or (is_worse and not falls):
        few = FEW if is_worse else ""
        return TEMPLATES["answered_beside"].format(**words | {"unsure": few})
    less_sure = UNSURE if falls else ""
    moved = "sjunkit" if falls else "stigit"
    return TEMPLATES["answered"].format(moved=moved, **words | {"unsure": less_sure})


def response_numbers(evidence: Evidence, look: Lookup) -> str:
    """``1 311 av 3 450 tillfrågade svarade.``"""
    survey = look.survey(evidence)
    if survey is None or survey.invited is None:
        return ""
    answered, invited = wording.number(survey.answered), wording.number(survey.invited)
    return f"{answered} av {invited} tillfrågade svarade."


def _between(evidence: Evidence, words: dict[str, str], *, kind: str, moved: str) -> str:
    name = "stayed" if evidence.verdict is Verdict.LEVEL else "undecided"
    if evidence.verdict in DECIDED:
        name = "moved"
    wave = times.wave(evidence.first_period)
    return TEMPLATES[f"{kind}{name}"].format(wave=wave, moved=moved, **words)
