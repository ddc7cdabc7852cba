"""What is asked in the made-up surveys and what is planted in the answers.

The codebooks in ``texter`` are copied as they are; ``enkatsvar.toml`` beside them says how each
question is answered. Levels and effects are counted in percent positive, or in index points.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texter"
CODEBOOKS = {
    "medborgarundersokningen": "medborgarenkat.toml",
    "hme": "medarbetarenkat.toml",
    "skolenkaten": "elevenkat.toml",
}
"""Key of the survey, and the text that is its codebook."""


@dataclass(frozen=True)
class Effect:
    """A group that differs. ``points`` in the first and in the last wave.

    ``by_sex`` is women against men within ``group``; else the group against all others.
    """

    questions: tuple[str, ...]
    by_sex: bool
    group: tuple[tuple[str, str], ...]
    points: tuple[float, float]
    namnd: str
    comment: str


@dataclass(frozen=True)
class Asked:
    """A question with steps: its level in each wave (None: not asked) and the share in percent
    that has no opinion. ``weight`` is what it means for the overall grade, None for no driver."""

    id: str
    theme: str
    steps: int
    delta: float
    levels: tuple[float | None, float]
    no_opinion: float
    weight: float | None
    namnder: tuple[str, ...]
    is_broken: bool
    comment: str

    @property
    def counts_share(self) -> bool:
        """Whether the level is a share of positive answers, and not an index."""
        return self.steps == 4


@dataclass(frozen=True)
class Questionnaire:
    """A survey: ``book`` is its codebook as read; ``planted`` what ``enkatsvar.toml`` says."""

    key: str
    book: dict[str, Any]
    planted: dict[str, Any]
    questions: tuple[Asked, ...]
    effects: tuple[Effect, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the question part of the file, in the codebook's order."""
        return tuple(question["kolumn"] for question in self.book["fraga"])


def questionnaire(key: str) -> Questionnaire:
    """The survey with that key."""
    book = tomllib.loads((TEXTS / CODEBOOKS[key]).read_text("utf-8"))
    planted = tomllib.loads((TEXTS / "enkatsvar.toml").read_text("utf-8"))[key]
    steps = {scale["namn"]: len(scale.get("svar", ())) for scale in book["skala"]}
    questions = tuple(
        _asked(question, steps[question["skala"]], planted)
        for question in book["fraga"]
        if question["id"] in planted["niva"]
    )
    return Questionnaire(
        key, book, planted, questions, tuple(_effect(each) for each in planted["effekt"])
    )


def _asked(question: dict[str, Any], steps: int, planted: dict[str, Any]) -> Asked:
    id = question["id"]
    first, last, no_opinion = planted["niva"][id]
    return Asked(
        id=id,
        theme=question["tema"],
        steps=steps,
        delta=question.get("relevant_skillnad", 5.0),
        levels=(None if first == "" else first, last),
        no_opinion=no_opinion,
        weight=planted.get("drivande", {}).get(id),
        namnder=tuple(question.get("namnder", ())),
        is_broken="brott" in question,
        comment=planted.get("kommentar", {}).get(id, ""),
    )


def _effect(written: dict[str, Any]) -> Effect:
    first, last = written["punkter"]
    return Effect(
        questions=tuple(written["fragor"]),
        by_sex=written.get("kon", False),
        group=tuple(written.get("grupp", {}).items()),
        points=(first, last),
        namnd=written.get("namnd", ""),
        comment=written["kommentar"],
    )
