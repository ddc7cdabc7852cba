"""What a survey says of two waves and of relations, in one sentence.

Two waves are two independent samples: they tell of then and now, never of what goes on.
"""

from kvalitetslib.render import times
from kvalitetslib.report import Evidence, Verdict

TEMPLATES = {
    "moved": "{subject}{group} har {moved} sedan {wave}.",
    "stayed": "{subject}{group} är på samma nivå som i {wave}.",
    "undecided": "Det går inte att avgöra om {inner}{group} har förändrats sedan {wave}.",
    "gap_moved": "Skillnaden mellan {both} har {moved} sedan {wave} när det gäller {inner}.",
    "gap_stayed": "Skillnaden mellan {both} är lika stor som i {wave} när det gäller {inner}.",
    "gap_undecided": (
        "Det går inte att avgöra om skillnaden mellan {both} har förändrats sedan {wave} "
        "när det gäller {inner}."
    ),
    "related": (
        "{subject}{group} är {side} än genomsnittet för frågorna i matrisen, "
        "och svaren har ett starkt samband med helhetsbetyget."
    ),
    "unrelated": "{subject}{group} har inget tydligt starkt samband med helhetsbetyget.",
}
_DECIDED = (Verdict.BETTER, Verdict.WORSE)


def moved(evidence: Evidence, words: dict[str, str], *, rises: bool) -> str:
    """What differs between the two waves."""
    return _between(evidence, words, kind="", moved="ökat" if rises else "minskat")


def gap_moved(evidence: Evidence, words: dict[str, str]) -> str:
    """How the gap between women and men differs between the two waves."""
    less = evidence.verdict is Verdict.BETTER
    return _between(evidence, words, kind="gap_", moved="minskat" if less else "ökat")


def related(evidence: Evidence, words: dict[str, str]) -> str:
    """How a question goes with the overall grade. A relation, and nothing more."""
    if evidence.verdict not in _DECIDED:
        return TEMPLATES["unrelated"].format(**words)
    side = "högre" if evidence.verdict is Verdict.BETTER else "lägre"
    return TEMPLATES["related"].format(side=side, **words)


def _between(evidence: Evidence, words: dict[str, str], *, kind: str, moved: str) -> str:
    name = "stayed" if evidence.verdict is Verdict.LEVEL else "undecided"
    if evidence.verdict in _DECIDED:
        name = "moved"
    wave = times.wave(evidence.first_period)
    return TEMPLATES[f"{kind}{name}"].format(wave=wave, moved=moved, **words)
