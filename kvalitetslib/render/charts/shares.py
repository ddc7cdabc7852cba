"""How answers are spread: one bar in as many parts as there are answers, in scale order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    document,
    draw,
    missing,
    path,
    rect,
)
from kvalitetslib.render.charts.lettering import LINE, Block, block, text_width
from kvalitetslib.render.charts.scale import is_known

BAR = 32.0
SWATCH = 12.0
GAP = 16.0
STRENGTHS = 4


class Tone(StrEnum):
    """Whether an answer counts as good, as bad, or is a step on a scale without a line."""

    BAD = "bad"
    PLAIN = "plain"
    GOOD = "good"


@dataclass(frozen=True)
class Answer:
    """An answer, its share in any unit, and the share in words ("37 %")."""

    label: str
    share: float
    text: str
    tone: Tone = Tone.PLAIN


def shares(
    answers: Sequence[Answer],
    *,
    id: str,
    title: str,
    description: str,
    good_text: str = "",
    width: float = WIDTH,
) -> Chart:
    """Parts of one bar from the lowest answer to the highest, named below in the same order.

    Strong colours are the ends of the scale. `good_text` stands over the good answers, under a
    line as long as they are.

    Raises
    ------
    ValueError : if a share is negative or not a number.
    """
    texts = {"id": id, "title": title, "description": description}
    if any(not is_known(each.share) or each.share < 0 for each in answers):
        raise ValueError("shares must be known and not negative")
    total = sum(each.share for each in answers)
    if not total:
        return missing("shares", width=width, **texts)
    ends = [sum(each.share for each in answers[: i + 1]) for i in range(len(answers))]
    edges = [2 + (width - 4) * end / total for end in (0.0, *ends)]
    top = LINE + 14 if good_text else 4.0
    classes = _classes(answers)
    body = [
        *_bar(answers, classes, edges, top),
        *(_bracket(answers, edges, good_text, width) if good_text else ()),
    ]
    y = top + BAR + 10
    for row in _rows(answers, width):
        for i, x, text in row:
            body.append(rect(x, y + (LINE - SWATCH) / 2, SWATCH, SWATCH, classes[i]))
            body.append(draw(text, x + SWATCH + 6, y + LINE / 2, cls="name"))
        y += LINE + 4
    return document("shares", body, size=(width, y), **texts)


def _classes(answers: Sequence[Answer]) -> list[str]:
    """Class of each part; within a tone the strength grows towards the end of the scale."""
    out = []
    for i, each in enumerate(answers):
        alike = [j for j, other in enumerate(answers) if other.tone is each.tone]
        place = alike.index(i) if each.tone is not Tone.BAD else len(alike) - 1 - alike.index(i)
        strength = 1 + round(place * (STRENGTHS - 1) / max(len(alike) - 1, 1))
        out.append(f"answer {each.tone} s{strength}")
    return out


def _bar(
    answers: Sequence[Answer], classes: Sequence[str], edges: Sequence[float], top: float
) -> Iterable[str]:
    for i, each in enumerate(answers):
        room = edges[i + 1] - edges[i]
        yield rect(edges[i], top, room, BAR, classes[i]) if room else ""
        if text_width(each.text) + 8 <= room:
            middle = (edges[i] + edges[i + 1]) / 2
            text = block(each.text, room, 1)
            yield draw(text, middle, top + BAR / 2, cls="on", anchor="middle")


def _bracket(
    answers: Sequence[Answer], edges: Sequence[float], text: str, width: float
) -> Iterable[str]:
    """A line over the good answers with their sum."""
    good = [i for i, each in enumerate(answers) if each.tone is Tone.GOOD]
    if not good or edges[good[-1] + 1] <= edges[good[0]]:
        return
    x0, x1, y = edges[good[0]] + 1, edges[good[-1] + 1] - 1, LINE + 5
    yield path(((x0, y + 6), (x0, y), (x1, y), (x1, y + 6)), "bracket")
    named = block(text, width - 4, 1, True)
    start = min(max((x0 + x1 - named.width) / 2, 2), width - 2 - named.width)
    yield draw(named, start, LINE / 2, cls="sum strong")


def _named(answer: Answer, width: float) -> Block:
    """The answer and its share on one line; a long answer is cut, its share is not."""
    share = block(answer.text, width * 0.4, 1)
    label = block(answer.label, width - share.width - 12, 1)
    line = ": ".join((*label.lines, *share.lines))
    return Block((line,), text_width(line), label.full)


def _rows(answers: Sequence[Answer], width: float) -> list[list[tuple[int, float, Block]]]:
    """The names below the bar in lines as long as there is room."""
    rows: list[list[tuple[int, float, Block]]] = [[]]
    x = 2.0
    for i, each in enumerate(answers):
        text = _named(each, width - SWATCH - 12)
        size = SWATCH + 6 + text.width
        if rows[-1] and x + size > width - 2:
            rows.append([])
            x = 2.0
        rows[-1].append((i, x, text))
        x += size + GAP
    return rows
