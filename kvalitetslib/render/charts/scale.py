"""From values to places: linear scales and round tick values."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Format = Callable[[float], str]


def is_known(value: float | None) -> bool:
    """Whether a value can be drawn: neither missing nor NaN nor infinite."""
    return value is not None and math.isfinite(value)


def known(values: Iterable[float | None]) -> list[float]:
    """The values that can be drawn, in the order given."""
    return [value for value in values if value is not None and math.isfinite(value)]


@dataclass(frozen=True)
class Scale:
    """A linear map from [low, high] to [start, end]; start may be greater than end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def padded(values: Sequence[float], share: float = 0.05) -> tuple[float, float]:
    """A range around the values that is never empty, also when all are the same or none is."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    size = max(abs(low), abs(high))
    if high - low <= size * 1e-9:
        room = size * 0.1 or 1.0
        return low - room, high + room
    return low - (high - low) * share, high + (high - low) * share


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round values, 1, 2 or 5 times a power of ten, within [low, high]; about `count` of them."""
    power = math.floor(math.log10((high - low) / count))
    steps = [m * 10.0**p for p in (power, power + 1) for m in (5, 2, 1)]
    spans = [(math.ceil(low / s - 1e-9), math.floor(high / s + 1e-9), s) for s in steps]
    first, last, step = min(spans, key=lambda span: (abs(span[1] - span[0] + 1 - count), -span[2]))
    digits = max(0, 1 - math.floor(math.log10(step)))
    return tuple(round(k * step, digits) + 0.0 for k in range(first, last + 1))


def labelled_ticks(
    low: float, high: float, fmt: Format, *, count: int = 5
) -> tuple[tuple[float, str], ...]:
    """Round values with labels that all differ, fewer if rounding would repeat a label."""
    for wanted in range(count, 0, -1):
        ticks = tuple((value, fmt(value)) for value in nice_ticks(low, high, wanted))
        if ticks and len({label for _, label in ticks}) == len(ticks):
            return ticks
    return ()
