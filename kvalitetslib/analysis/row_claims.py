"""One claim a row of ``Followed``: what was asked of all rows at once, taken apart."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.analysis.claims import PACE_SO_FAR, WEIGHTS, Claim
from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.standing import Held
from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.report import Estimate, EvidenceKind, Question

Bools = npt.NDArray[np.bool_]
WHOLE = Group()
WOMEN = Group("K")
FIRM_DF = 5.0
"""Degrees of freedom of the noise from which a difference is called säkerställd."""
LONG_SERIES = 8
"""From this many years an exact trend is called säkerställd and not trolig."""
NOISE_METHOD = "t-prov mot variationen mellan år"
_Z95 = float(special.ndtri(0.975))


@dataclass(frozen=True, eq=False)
class Answers:
    """Differences of all rows, turned so that positive is good; arrays of shape (rows,)."""

    difference: Floats
    low: Floats
    high: Floats
    p: Floats


@dataclass(frozen=True, eq=False)
class Asked:
    """A question to the rows in ``rows``.

    ``held`` is None when nothing but the own earlier values is held against; ``delta`` is the
    indicator's own relevant difference unless given; ``firm`` tells where the noise is well known
    and ``opened`` which rows may be judged, ``near`` where the latest value alone is within a
    relevant difference (all by default); ``years`` is how many years the difference is a mean of.
    """

    question: Question
    kind: EvidenceKind
    rows: npt.NDArray[np.int64]
    held: Held | None
    answers: Answers
    firm: Bools
    opened: Bools | None = None
    near: Bools | None = None
    years: int = 1
    delta: Floats | None = None
    group: Group = WHOLE
    method: str = NOISE_METHOD
    beside: Floats | None = None


def row_claims(followed: Followed, asked: Asked) -> Iterator[Claim]:
    """The claims of the rows that were asked, in order."""
    rows = asked.rows
    is_whole, is_pace = asked.group.is_total, asked.question is Question.MOVE
    series = followed.own[rows, 0 if is_whole else 1]
    present = ~np.isnan(series)
    first, count = np.argmax(present, axis=1).tolist(), present.sum(axis=1).tolist()
    value = series[np.arange(len(rows)), followed.latest[rows]].tolist()
    margin = (followed.margin[rows] if is_whole else np.full(len(rows), np.nan)).tolist()
    delta = (followed.delta if asked.delta is None else asked.delta)[rows].tolist()
    beside = (np.full(len(rows), np.nan) if asked.beside is None else asked.beside[rows]).tolist()
    answers = asked.answers
    numbers = [
        each[rows].tolist() for each in (answers.difference, answers.low, answers.high, answers.p)
    ]
    reference = asked.held.kind if asked.held else ReferenceKind.EARLIER
    for place, row in enumerate(rows.tolist()):
        difference, low, high, p = (each[place] for each in numbers)
        yield Claim(
            namnd=followed.namnder[row],
            indicator=followed.indicators[row],
            group=asked.group,
            question=asked.question,
            kind=asked.kind,
            period=followed.periods[followed.latest[row]],
            cell=_register_figure(value[place], margin[place]),
            reference_kind=reference,
            reference_label=asked.held.labels[row] if asked.held else "egna tidigare värden",
            reference_value=float(asked.held.value[row]) if asked.held else np.nan,
            reference_members=int(asked.held.members[row]) if asked.held else 0,
            difference=difference,
            low=low,
            high=high,
            delta=delta[place],
            p=p,
            n_periods=count[place],
            first_period=followed.periods[first[place]],
            method=asked.method,
            polarity=float(followed.polarity[row]),
            weight=WEIGHTS[reference],
            reach=1.0 if is_whole else 0.5,
            firm=bool(asked.firm[row]),
            opened=asked.opened is None or bool(asked.opened[row]),
            near=asked.near is None or bool(asked.near[row]),
            years=asked.years,
            beside=beside[place],
            beside_label=PACE_SO_FAR if is_pace else followed.held[1].labels[row],
        )


def own_noise(followed: Followed) -> tuple[Floats, Floats]:
    """Noise and degrees of freedom: a published margin where there is one, else between years."""
    published = ~np.isnan(followed.margin)
    return (
        np.where(published, followed.margin / _Z95, followed.noise.sigma),
        np.where(published, np.inf, followed.noise.df),
    )


def toward_good(followed: Followed, difference: Floats) -> Floats:
    """The differences turned so that positive is good; as they are without a good direction."""
    return signs(followed) * difference


def signs(followed: Followed) -> Floats:
    return np.where(np.isnan(followed.polarity), 1.0, followed.polarity)


def _register_figure(value: float, half_width: float) -> Estimate:
    """A register figure, with a published margin when there is one."""
    known = half_width == half_width
    return Estimate(
        value=value,
        low=value - half_width if known else None,
        high=value + half_width if known else None,
        n=None,
        n_eff=None,
        method="publicerat värde",
        quality="A" if known else "",
    )
