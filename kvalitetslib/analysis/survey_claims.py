"""Questions to a survey: against goals, between waves, between groups, and what matters most.

Groups are opened only when the answers depend on the split at all (Rao-Scott), so that the many
crossings of a survey do not flood the report with noise.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.crossings import Domain
from kvalitetslib.analysis.survey import (
    Estimated,
    WaveScores,
    change_between,
    contrasts_with_rest,
)
from kvalitetslib.analysis.survey_question import (
    About,
    Waves,
    certain_p,
    claim_of,
    owns,
    testable,
    turned,
)
from kvalitetslib.codebook import Item
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Namnd, ReferenceKind
from kvalitetslib.register import Goal
from kvalitetslib.report import Question
from kvalitetslib.stats.contrast import difference_from_published
from kvalitetslib.stats.contrasts import (
    Contrasts,
    domain_contrasts,
    independent_contrasts,
    plain_means,
)
from kvalitetslib.stats.raoscott import rao_scott

GATE = 0.05
"""A split is opened when Rao-Scott rejects independence at this level."""
_NOTHING = (math.nan, math.nan, math.nan)


def survey_claims(waves: Waves, namnder: Sequence[Namnd], goals: Sequence[Goal]) -> Iterator[Claim]:
    """Claims about every question, once for each nämnd that owns it."""
    contrasts = contrasts_with_rest(waves.now, waves.estimated.groups)
    means = plain_means(waves.now.scores, waves.now.weighted.design, waves.now.everyone)
    change = change_between(waves.now, waves.then) if waves.then else None
    gap_change = _gap_change(waves)
    for place, item in enumerate(waves.now.items):
        for namnd in namnder:
            if not owns(namnd, item, waves.now.codebook.key):
                continue
            about = About(waves, namnd, item, place)
            yield from _groups(about, contrasts)
            if not about.judges_all:
                continue
            yield from _level(about, means, goals)
            if change is not None and waves.now.answers.wave.period not in item.breaks:
                yield from _since_last(about, change)
                yield from _gap_since_last(about, gap_change)


def _level(about: About, means: Contrasts, goals: Sequence[Goal]) -> Iterator[Claim]:
    """Against the nämnd's goal for the question, else against a figure that is published."""
    goal = _goal(about, goals)
    compared = about.item.compared
    if goal is not None and goal.target is not None:
        yield from _held_against(about, means, (ReferenceKind.GOAL, "målet", goal.target))
    elif compared is not None:
        reference = (ReferenceKind.COUNTRY, compared.label, compared.value)
        yield from _held_against(about, means, reference, margin=compared.margin)


def _goal(about: About, goals: Sequence[Goal]) -> Goal | None:
    asked = (about.namnd.nyckel, f"{about.waves.now.codebook.key}:{about.item.id}")
    for goal in goals:
        if (
            (goal.namnd, goal.indicator) == asked
            and goal.group.is_total
            and goal.target is not None
        ):
            return goal
    return None


def _held_against(
    about: About,
    means: Contrasts,
    reference: tuple[ReferenceKind, str, float],
    *,
    margin: float | None = 0.0,
) -> Iterator[Claim]:
    """The share of all against one figure; a goal has no margin to be uncertain by."""
    cell = about.total
    if not isinstance(cell, Estimate):
        return
    found = difference_from_published(means.one(about.place), reference[2], margin=margin)
    bounds = sorted((about.sign * found.low, about.sign * found.high))
    yield claim_of(
        about,
        cell,
        question=Question.LEVEL,
        reference=reference,
        numbers=(about.sign * found.value, bounds[0], bounds[1], certain_p(cell, found.p)),
        firm=found.knows_reference_error,
    )


def _since_last(about: About, change: Contrasts) -> Iterator[Claim]:
    then = about.waves.then
    cell = about.total
    value = about.sign * change.value[about.place]
    before = about.waves.before
    if then is None or before is None or math.isnan(value) or not isinstance(cell, Estimate):
        return
    if not isinstance(before.total.cells[about.place], Estimate):
        return
    low, high = turned(about, change, about.sign)
    yield claim_of(
        about,
        cell,
        question=Question.TREND,
        reference=(
            ReferenceKind.EARLIER,
            f"mätningen {then.answers.wave.period}",
            cell.value - float(change.value[about.place]),
        ),
        numbers=(float(value), low, high, testable(about, change)),
    )


def _groups(about: About, contrasts: dict[int, Contrasts]) -> Iterator[Claim]:
    domains = about.waves.now.domains
    is_open = {
        table: _gate(about, [each for each in domains if each.table == table])
        for table in dict.fromkeys(each.table for each in domains)
    }
    for number, domain in enumerate(domains):
        cell = about.waves.estimated.groups[number].cells[about.place]
        found = contrasts[number]
        by_sex = domain.group.gender != "T"
        if not isinstance(cell, Estimate) or math.isnan(found.value[about.place]):
            continue
        if (by_sex and domain.group.gender != "K") or not about.judges(domain):
            continue
        plain = float(found.value[about.place])
        sign = -math.copysign(1.0, plain) if by_sex else about.sign
        low, high = turned(about, found, sign)
        yield claim_of(
            about,
            cell,
            question=Question.GAP,
            reference=(
                ReferenceKind.GROUP,
                "män" if by_sex else "övriga",
                cell.value - plain,
            ),
            numbers=(sign * plain, low, high, certain_p(cell, found.p[about.place])),
            domain=domain,
            opened=is_open[domain.table],
        )


def _gate(about: About, domains: Sequence[Domain]) -> bool:
    """Do the answers depend on the split at all?"""
    wave = about.waves.now
    codes = np.full(len(wave.scores), np.nan)
    for place, domain in enumerate(domains):
        codes[domain.members] = place
    scores = wave.scores[:, about.place]
    known = ~np.isnan(scores) & ~np.isnan(codes) & (wave.weighted.design.weight > 0)
    if len(np.unique(scores[known])) < 2 or len(np.unique(codes[known])) < 2:
        return False
    return rao_scott(codes, scores, wave.weighted.design).p <= GATE


def _gap_change(waves: Waves) -> tuple[Contrasts, Contrasts] | None:
    """Women minus men now, and how that gap has changed since the last wave."""
    gaps = [_gap(wave) for wave in (waves.now, waves.then) if wave is not None]
    if len(gaps) < 2 or gaps[0] is None or gaps[1] is None:
        return None
    return gaps[0], independent_contrasts(gaps[0], gaps[1])


def _gap(wave: WaveScores) -> Contrasts | None:
    by_sex = {each.group.gender: each.members for each in wave.domains}
    if "K" not in by_sex or "M" not in by_sex:
        return None
    return domain_contrasts(wave.scores, wave.weighted.design, by_sex["K"], by_sex["M"])


def _gap_since_last(about: About, gaps: tuple[Contrasts, Contrasts] | None) -> Iterator[Claim]:
    then, before = about.waves.then, about.waves.before
    if gaps is None or then is None or before is None:
        return
    now, change = gaps[0].value[about.place], gaps[1]
    women = next(each for each in about.waves.estimated.groups if each.domain.group.gender == "K")
    cell = women.cells[about.place]
    if math.isnan(change.value[about.place]) or not isinstance(cell, Estimate):
        return
    if not all(_shows_both_sexes(each, about.place) for each in (about.waves.estimated, before)):
        return
    earlier = now - change.value[about.place]
    side = -math.copysign(1.0, now + earlier)
    low, high = turned(about, change, side)
    yield claim_of(
        about,
        cell,
        question=Question.GAP_TREND,
        reference=(
            ReferenceKind.EARLIER,
            f"skillnaden {then.answers.wave.period}",
            abs(float(earlier)),
        ),
        numbers=(side * float(change.value[about.place]), low, high, testable(about, change)),
        domain=women.domain,
    )


def _shows_both_sexes(estimated: Estimated, item: int) -> bool:
    """A gap may be told only when both of its sides are."""
    shown = {
        each.domain.group.gender
        for each in estimated.groups
        if isinstance(each.cells[item], Estimate)
    }
    return {"K", "M"} <= shown


def driver_claims(
    about_item: Item, waves: Waves, namnd: Namnd, *, level_difference: float, signal: str
) -> Claim:
    """A question that goes with the overall grade, and whether its level is low or high."""
    about = About(waves, namnd, about_item, waves.now.items.index(about_item))
    return claim_of(
        about,
        about.total,
        question=Question.DRIVER,
        reference=(ReferenceKind.NONE, "helhetsbetyget", math.nan),
        numbers=(level_difference, *_NOTHING),
        signal=signal,
    )
