"""Named scales of a codebook: which codes a question may have, and what they mean."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kvalitetslib.codebook import Answer, ScaleKind
from kvalitetslib.sources.keys import choice
from kvalitetslib.tomlfile import Section

_WHOLE = re.compile(r"(-?)0*(\d+)(?:[.,]0+)?", re.ASCII)
_MOST = 120
"""Most answers of a scale: places are kept in one byte."""
_NPS = tuple(Answer(str(step), str(step), positive=step >= 9) for step in range(11))
"""0 to 10; 9 and 10 are promoters (Reichheld 2003, Harvard Business Review 81:12)."""
WRITTEN = Answer("*", "har skrivit ett svar", positive=True)
"""The one answer of an open question; what was written is never kept."""


@dataclass(frozen=True)
class Scale:
    """What may be answered; ``answers`` from the lowest step to the highest."""

    kind: ScaleKind
    answers: tuple[Answer, ...]
    dont_know: tuple[Answer, ...] = ()
    missing: tuple[str, ...] = ("",)


OPEN = Scale(ScaleKind.OPEN, (WRITTEN,))


def plain_code(text: str) -> str:
    """A code without what Excel and SPSS add or take away: ``1,0`` and ``01`` are ``1``."""
    found = _WHOLE.fullmatch(text)
    return found[1] + found[2] if found else text


def read_scales(sections: tuple[Section, ...], base: Mapping[str, Scale]) -> dict[str, Scale]:
    """The scales by name; one of a codebook replaces the template's scale of the same name."""
    scales = dict(base)
    seen: set[str] = set()
    for section in sections:
        name = section.text("namn")
        if name in seen:
            section.fault("namn", "samma skala står två gånger", name, "varje skala en gång")
        seen.add(name)
        scales[name] = _scale(section)
    return scales


def _scale(section: Section) -> Scale:
    kind = ScaleKind(choice(section, "typ", tuple(ScaleKind), ScaleKind.STEPS))
    answers = _answers(section, "svar")
    dont_know = _answers(section, "vet_ej")
    missing = tuple(dict.fromkeys(("", *section.texts("saknas"))))
    section.close()
    if kind is ScaleKind.OPEN:
        return OPEN
    if kind is ScaleKind.NPS and not answers:
        answers = _NPS
    _check(section, Scale(kind, answers, dont_know, missing))
    return Scale(kind, answers, dont_know, missing)


def _answers(section: Section, key: str) -> tuple[Answer, ...]:
    found = []
    for each in section.tables(key):
        answer = Answer(each.text("kod"), each.text("text"), each.flag("positiv", False))
        each.close()
        if answer.positive and key == "vet_ej":
            each.fault("positiv", "vet ej kan inte vara positivt", "true", "ingen nyckel positiv")
        found.append(answer)
    return tuple(found)


def _check(section: Section, scale: Scale) -> None:
    n = len(scale.answers)
    fewest, most = {ScaleKind.YES_NO: (2, 2), ScaleKind.NPS: (11, 11)}.get(scale.kind, (2, _MOST))
    if not fewest <= n <= most:
        accepted = f"{fewest} svar" if fewest == most else f"{fewest} till {most} svar"
        section.fault("svar", f"skalan har fel antal svar för typen {scale.kind}", str(n), accepted)
    codes = [answer.code for answer in (*scale.answers, *scale.dont_know)]
    counts = Counter(plain_code(code) for code in (*codes, *scale.missing))
    for code in sorted(code for code, count in counts.items() if count > 1):
        section.fault("", "samma kod står två gånger i skalan", code, "varje kod en gång")
