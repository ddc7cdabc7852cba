"""Where one kommun stands among all."""

from collections.abc import Iterable, Sequence

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    Mark,
    Role,
    document,
    draw,
    line,
    mark,
    missing,
    number,
    rect,
)
from kvalitetslib.render.charts.lettering import LINE, block
from kvalitetslib.render.charts.placement import thinned
from kvalitetslib.render.charts.scale import Format, Scale, known, labelled_ticks, padded
from kvalitetslib.render.charts.stacking import stack

BAND = 30.0
NAME_SHARE = 0.62


def strip(
    values: Sequence[float | None],
    own: Mark | None,
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    marks: Sequence[Mark] = (),
    interval: tuple[float, float] | None = None,
    width: float = WIDTH,
) -> Chart:
    """Every kommun as a short line, the own value as a dot, and named values above.

    `own` and `marks` carry finished labels ("vi 68,2 %", "länet"). `own` is None if the own value
    is missing or withheld; then only the others are drawn.
    """
    texts = {"id": id, "title": title, "description": description}
    named = [flag for flag in (*marks, *([own] if own else [])) if known([flag.at])]
    spots = known([*values, *(flag.at for flag in named), *(interval or ())])
    if not spots:
        return missing("strip", width=width, **texts)
    x = Scale(*padded(spots, 0.02), 12, width - 12)
    blocks = [block(m.label, width * NAME_SHARE, 1, m is own) for m in named]
    places = [x(m.at) for m in named]
    slots = stack(places, [b.width + 10 for b in blocks], end=width, centred=True)
    rows = 1 + max((slot.row for slot in slots), default=-1)
    top = 14 + rows * LINE
    body = [_ticks(known(values), x, top), *_axis(x, top + BAND, fmt, width)]
    heights = [top - 10 - (slot.row + 0.5) * LINE for slot in slots]
    for flag, y in zip(named, heights, strict=True):
        body.append(line(x(flag.at), y + LINE / 2, x(flag.at), top + BAND + 3, f"rule {flag.role}"))
    # Names come after all lines, so that their edge of paper keeps a line from running through.
    for flag, slot, text, y in zip(named, slots, blocks, heights, strict=True):
        look = "name own" if flag is own else f"name {flag.role}"
        body.append(draw(text, slot.x0 + 5, y, cls=look))
    if own in named and own:
        body.extend(_own(x, own, top + BAND / 2, interval))
    return document("strip", body, size=(width, top + BAND + 2 * LINE), **texts)


def _ticks(values: Sequence[float], x: Scale, top: float) -> str:
    """All short lines in one element, as there may be 290 of them."""
    steps = "".join(f"M{number(x(value))} {number(top)}v{number(BAND)}" for value in values)
    return f'<path class="other" d="{steps}"/>' if steps else ""


def _own(x: Scale, own: Mark, y: float, interval: tuple[float, float] | None) -> Iterable[str]:
    if interval:
        low, high = x(interval[0]), x(interval[1])
        yield rect(low, y - 5, high - low, 10, "band own")
    yield mark(x(own.at), y, 8, Role.OWN, extra="last")


def _axis(x: Scale, y: float, fmt: Format, width: float) -> Iterable[str]:
    yield line(x.start, y + 3, x.end, y + 3, "grid")
    ticks = labelled_ticks(x.low, x.high, fmt)
    texts = [block(label, width / 3, 1) for _, label in ticks]
    spots = [x(value) for value, _ in ticks]
    centres = [
        min(max(at, t.width / 2), width - t.width / 2) for at, t in zip(spots, texts, strict=True)
    ]
    shown = thinned(centres, [text.width for text in texts])
    for i, text in enumerate(texts):
        yield line(spots[i], y + 3, spots[i], y + 7, "grid")
        if i in shown:
            yield draw(text, centres[i], y + 7 + LINE / 2, cls="tick", anchor="middle")
