"""Three common ways to reach strengths, weaknesses, opportunities and threats, on the same data.

``colours``: Kolada's green, yellow and red (best quarter, middle half, worst quarter of all
kommuner); the latest colour is strength or weakness, a change of colour since the value before is
opportunity or threat. ``two_points``: further than a relevant difference from the peers' median, or
from the value before. ``uncorrected``: our own tests at 5 % each, with no demand on size, no gate
and no correction for how many were made.

Each gives rows with the same columns as ours, and ``score``: what its own ranking would go by.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from benchmarks.simulated_draws import Floats, Ints
from benchmarks.simulated_kommuner import World
from benchmarks.simulated_truth import DECIMALS, POLARITY, slopes

BEST, WORST = 0.75, 0.25
LEVEL = 0.05
PRESENT = ("LEVEL", "HOLD", "CHANGE", "GAP", "ASSURANCE")
COLUMNS = ("own", "indicator", "question", "difference", "truth", "delta", "score")


@dataclass(frozen=True, eq=False)
class _Held:
    """Yearly and counted indicators with a good direction; arrays (indicators, kommuner).

    value, before : published and turned so that high is good; NaN when there is none.
    share, share_before : of all kommuner in the same year that are worse (mid-rank).
    median : of the peers in the year of ``value``.
    ahead, ahead_of_all, moves : what is true of the difference from the medians of the peers and
        of all kommuner, and of the yearly change.
    """

    number: Ints
    value: Floats
    before: Floats
    share: Floats
    share_before: Floats
    median: Floats
    ahead: Floats
    ahead_of_all: Floats
    moves: Floats
    delta: Floats


def colours(world: World, *, among_all: bool = False) -> pd.DataFrame:
    """Claims by quarter among all kommuner, and by change of colour.

    Their truth is the same as ours, the difference from the peers; or, ``among_all``, what the
    colours themselves are about: the difference from the median of all kommuner.
    """
    held = _held(world)
    ahead = held.ahead_of_all if among_all else held.ahead
    colour, before = _colour(held.share), _colour(held.share_before)
    moved = np.where(np.isnan(held.share_before), 0.0, np.sign(colour - before))
    level = _claims(held, "LEVEL", colour, truth=ahead, score=np.abs(held.share - 0.5))
    change = _claims(
        held, "TREND", moved, truth=held.moves, score=np.abs(held.share - held.share_before)
    )
    return pd.concat([level, change], ignore_index=True)


def two_points(world: World) -> pd.DataFrame:
    """Claims by more than a relevant difference from the peers, and from the year before."""
    held = _held(world)
    delta = held.delta[:, None]
    ahead, change = held.value - held.median, held.value - held.before
    claims = [
        _claims(held, question, np.where(np.abs(d) > delta, np.sign(d), 0.0), truth=truth,
                score=np.abs(d) / delta)
        for question, d, truth in (("LEVEL", ahead, held.ahead), ("TREND", change, held.moves))
    ]  # fmt: skip
    return pd.concat(claims, ignore_index=True)


def uncorrected(records: pd.DataFrame) -> pd.DataFrame:
    """Claims by our own p values at 5 % each; a distance to the best must be one."""
    tested = records[records["judged"] & can_fire(records) & (records["p"] <= LEVEL)]
    tested = tested[(tested["question"] != "POTENTIAL") | (tested["difference"] > 0)]
    found = tested.assign(score=-tested["p"])
    return found[[*COLUMNS, "group"]].reset_index(drop=True)


def one_a_half(claims: pd.DataFrame) -> pd.DataFrame:
    """The best claim about the present and the best about direction, of an indicator and group.

    That is the unit of our own lines: several tests of one thing are one thing to tell.
    """
    key = [claims["own"], claims["indicator"], claims["group"], claims["question"].isin(PRESENT)]
    return claims.loc[claims.groupby(key)["score"].idxmax()]


def can_fire(records: pd.DataFrame) -> pd.Series:
    """Is the row a test of a question that gives lines? Some tests are only shown."""
    is_line = (records["rule"] != "") & records["p"].notna()
    return is_line.groupby([records["question"], records["kind"]]).transform("any")


def at_equal_rate(claims: pd.DataFrame, rate: float, *, least: float = 0.0) -> int:
    """True claims among the best scored, cut where the share of false ones still is ``rate``.

    A claim is true when its truth is above ``least`` relevant differences, at 0 just above none.
    """
    order = claims.sort_values("score", ascending=False, kind="stable")
    # Ties stand or fall together: the cut lies after the last of them.
    last = (~order["score"].duplicated(keep="last")).to_numpy()
    toward = (order["truth"] * np.sign(order["difference"])).to_numpy()
    true = toward > 0 if least == 0 else toward >= least * order["delta"].to_numpy()
    share_false = 1 - np.cumsum(true) / np.arange(1, len(true) + 1)
    fits = np.flatnonzero(last & (share_false <= rate))
    return int(true[: fits[-1] + 1].sum()) if len(fits) else 0


def _colour(share: Floats) -> Floats:
    return (share >= BEST).astype(float) - (share <= WORST).astype(float)


def _claims(
    held: _Held, question: str, difference: Floats, *, truth: Floats, score: Floats
) -> pd.DataFrame:
    i, j = np.nonzero(np.nan_to_num(difference))
    made = pd.DataFrame(
        {
            "own": j,
            "indicator": held.number[i],
            "question": question,
            "difference": difference[i, j],
            "truth": np.round(truth[i, j], DECIMALS),
            "delta": held.delta[i] / (1 if question == "LEVEL" else 5),
            "score": score[i, j],
        }
    )
    return made[list(COLUMNS)]


def _held(world: World) -> _Held:
    directions = [POLARITY.get(each.direction, 0.0) for each in world.indicators]
    count = len(world.yearly)
    number = np.flatnonzero(np.array(directions[:count]))
    sign = np.array(directions)[number][:, None, None]
    seen, true = sign * world.observed[number][:, :, 0], sign * world.yearly[number][:, :, 0]
    latest, before = _last_two(seen)
    share = _share_worse(seen)
    peers = _at(seen[:, world.where.peers], latest[:, :, None])
    true_peers = np.where(
        np.isnan(peers), np.nan, _at(true[:, world.where.peers], latest[:, :, None])
    )
    enough = (~np.isnan(peers)).sum(axis=2) >= 4
    filled = np.where(enough[..., None], peers, 0.0)
    median = np.where(enough, np.nanmedian(filled, axis=2), np.nan)
    true_median = np.nanmedian(np.where(enough[..., None], true_peers, 0.0), axis=2)
    return _Held(
        number=number,
        value=_at(seen, latest),
        before=_at(seen, before),
        share=_at(share, latest),
        share_before=_at(share, before),
        median=median,
        ahead=_at(true, latest) - true_median,
        ahead_of_all=_at(true - np.median(true, axis=1, keepdims=True), latest),
        moves=slopes(true),
        delta=np.array([world.indicators[each].delta for each in number]),
    )


def _last_two(seen: Floats) -> tuple[Ints, Ints]:
    """Places of the last two values along the last axis; -1 when there is none."""
    places = np.where(~np.isnan(seen), np.arange(seen.shape[-1]), -1)
    rising = np.sort(places, axis=-1)
    return rising[..., -1], rising[..., -2]


def _at(values: Floats, place: Ints) -> Floats:
    """Value at a place of the last axis, NaN where it is -1."""
    broad = np.broadcast_to(place, values.shape[:-1])
    taken = np.take_along_axis(values, np.maximum(broad, 0)[..., None], axis=-1)[..., 0]
    return np.where(broad >= 0, taken, np.nan)


def _share_worse(seen: Floats) -> Floats:
    """Mid-rank among all kommuner of the same year, 0 to 1."""
    ranks = np.stack([pd.DataFrame(table).rank().to_numpy() for table in seen])
    published = (~np.isnan(seen)).sum(axis=1, keepdims=True)
    return np.asarray((ranks - 0.5) / np.maximum(published, 1))
