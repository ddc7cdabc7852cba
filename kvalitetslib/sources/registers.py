"""The kommun's lists as they stood on a day: checked rows become the nouns of the register.

What is dated after the day has not happened yet, so that any quarter can be made from one file.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from kvalitetslib.model import Group, Kommun, Quadrant
from kvalitetslib.register import (
    Atgard,
    Breach,
    BudgetLine,
    Control,
    Goal,
    GoalKind,
    Idea,
    Lesson,
    Outcome,
    Outlook,
    Promise,
    Status,
)
from kvalitetslib.sources.cells import parts
from kvalitetslib.sources.checked import Checked, Problem
from kvalitetslib.sources.groups import parse_group
from kvalitetslib.sources.rows import Refused


def group_reader(kommun: Kommun) -> Callable[[str], Group | Problem]:
    """The function that reads a ``grupp`` cell in that kommun."""
    return lambda text: parse_group(text, age_groups=kommun.age_groups, areas=kommun.areas)


def group_faults(checked: Checked, kommun: Kommun) -> Iterator[Refused]:
    """Cells of ``grupp`` that name no group."""
    read = group_reader(kommun)
    for place, text in enumerate(checked.texts.get("group", ())):
        found = read(text)
        if isinstance(found, Problem):
            yield place, "group", found


def goals(frame: pd.DataFrame, kommun: Kommun, *, on: date) -> tuple[Goal, ...]:
    """The goals that were decided on the day; without a date of decision they always were."""
    read = group_reader(kommun)
    return tuple(
        Goal(
            id=row["id"],
            namnd=row["namnd"],
            kind=GoalKind(row["kind"]),
            title=row["title"],
            indicator=row["indicator"],
            group=_group(read, row["group"]),
            target=_number(row["target"]),
            due=_day(row["due"]),
            decision=row["decision"],
            vision=row["vision"],
            decided=_day(row["decided"]),
            start=_number(row["start"]),
            meetings=parts(row["meetings"]),
            done=_past(row["done"], on),
            part_of=row["part_of"],
        )
        for row in _rows(frame)
        if _has_come(row["decided"], on)
    )


def atgarder(frame: pd.DataFrame, kommun: Kommun, *, on: date) -> tuple[Atgard, ...]:
    """The åtgärder that were decided on the day, with the status they had then."""
    read = group_reader(kommun)
    return tuple(
        Atgard(
            id=row["id"],
            namnd=row["namnd"],
            title=row["title"],
            status=_status(row, on),
            indicator=row["indicator"],
            category=row["category"],
            group=_group(read, row["group"]),
            start=_day(row["start"]),
            done=_past(row["done"], on),
            role=row["role"],
            goals=parts(row["goals"]),
            decision=row["decision"],
            decided=_day(row["decided"]),
            planned_done=_day(row["planned_done"]),
            proposed_by=row["proposed_by"],
            hypothesis=row["hypothesis"],
            practice=row["practice"],
            **_judged(row, on),
            rival=row["rival"],
            cost=_number(row["cost_kr"]),
        )
        for row in _rows(frame)
        if _has_come(row["decided"], on)
    )


def _status(row: dict[str, Any], on: date) -> Status:
    """The status on the day: an end or a start that is still to come has not been."""
    status = Status(row["status"])
    start, done = _day(row["start"]), _day(row["done"])
    has_ended = status in (Status.DONE, Status.STOPPED)
    if has_ended and done is not None and done > on:
        status = Status.RUNNING
    if status is Status.RUNNING and start is not None and start > on:
        status = Status.PLANNED
    return status


def _judged(row: dict[str, Any], on: date) -> dict[str, Any]:
    """What had been decided of the way of working; a decision without a date came at the end."""
    outcome = Outcome(row["outcome"])
    decided = _day(row["outcome_on"]) or _day(row["done"])
    is_to_come = decided is not None and decided > on
    if is_to_come and outcome is not Outcome.NONE:
        has_begun = (start := _day(row["start"])) is not None and start <= on
        return {"outcome": Outcome.RUNNING if has_begun else Outcome.NONE}
    return {"outcome": outcome, "outcome_on": decided, "cited": parts(row["cited"])}


def outlooks(frame: pd.DataFrame, *, on: date) -> tuple[Outlook, ...]:
    """The outside factors that were known on the day."""
    return tuple(
        Outlook(
            id=row["id"],
            namnd=row["namnd"],
            quadrant=Quadrant(row["quadrant"]),
            title=row["title"],
            source=row["source"],
            dated=row["dated"].date(),
            indicator=row["indicator"],
        )
        for row in _rows(frame)
        if _has_come(row["dated"], on)
    )


def promises(frame: pd.DataFrame) -> tuple[Promise, ...]:
    """The service promises."""
    return tuple(
        Promise(
            id=row["id"],
            namnd=row["namnd"],
            service=row["service"],
            text=row["promise"],
            measured_by=row["measured_by"],
            limit=float(row["limit"]),
            indicator=row["indicator"],
            category=row["category"],
        )
        for row in _rows(frame)
    )


def breaches(frame: pd.DataFrame, measures: tuple[Atgard, ...], *, on: date) -> tuple[Breach, ...]:
    """What had been done about broken promises on the day, and by which of the åtgärder then."""
    known = {each.id for each in measures}
    return tuple(
        Breach(
            promise=row["promise"],
            period=row["period"],
            investigated=_past(row["investigated"], on),
            admitted=_past(row["admitted"], on),
            mended=_past(row["mended"], on),
            atgard=row["atgard"] if row["atgard"] in known else "",
        )
        for row in _rows(frame)
    )


def lessons(
    frame: pd.DataFrame,
    measures: tuple[Atgard, ...],
    *,
    later: frozenset[str] = frozenset(),
    on: date,
) -> tuple[Lesson, ...]:
    """The lessons that had been learnt on the day, about what they or their åtgärd concern.

    ``later`` are ids of åtgärder that were not decided then: none of them could use a lesson yet.
    """
    known = {each.id: each for each in measures}
    found = []
    for row in _rows(frame):
        if not _has_come(row["dated"], on):
            continue
        own = known.get(row["atgard"])
        found.append(
            Lesson(
                id=row["id"],
                namnd=row["namnd"],
                dated=row["dated"].date(),
                text=row["lesson"],
                own=row["origin"] != "andra",
                atgard=row["atgard"],
                indicator=row["indicator"] or (own.indicator if own else ""),
                category=row["category"] or (own.category if own else ""),
                used_in=tuple(each for each in parts(row["used_in"]) if each not in later),
            )
        )
    return tuple(found)


def controls(frame: pd.DataFrame, *, on: date) -> tuple[Control, ...]:
    """The planned controls, and what those carried out on the day had found."""
    return tuple(
        Control(
            id=row["id"],
            namnd=row["namnd"],
            title=row["title"],
            planned=row["planned"].date(),
            executed=_past(row["executed"], on),
            deviations=_count(row["deviations"]) if _past(row["executed"], on) else None,
            mended=_count(row["mended"]) if _past(row["executed"], on) else None,
            atgard=row["atgard"],
        )
        for row in _rows(frame)
    )


def ideas(frame: pd.DataFrame, *, on: date) -> tuple[Idea, ...]:
    """The ideas that had been raised on the day, and how far they had come."""
    return tuple(
        Idea(
            id=row["id"],
            namnd=row["namnd"],
            title=row["title"],
            raised=row["raised"].date(),
            answered=_past(row["answered"], on),
            tried=_past(row["tried"], on),
            adopted=_past(row["adopted"], on),
        )
        for row in _rows(frame)
        if _has_come(row["raised"], on)
    )


def budget(frame: pd.DataFrame) -> tuple[BudgetLine, ...]:
    """The budget lines."""
    return tuple(
        BudgetLine(
            namnd=row["namnd"],
            period=row["period"],
            verksamhet=row["verksamhet"],
            budget=float(row["budget_kr"]),
            outcome=float(row["outcome_kr"]),
            forecast=_number(row["forecast_kr"]),
        )
        for row in _rows(frame)
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): cell for key, cell in row.items()} for row in frame.to_dict("records")]


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _past(value: Any, on: date) -> date | None:
    """The day, when it has come."""
    day = _day(value)
    return None if day is None or day > on else day


def _has_come(value: Any, on: date) -> bool:
    day = _day(value)
    return day is None or day <= on


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _group(read: Callable[[str], Group | Problem], text: str) -> Group:
    found = read(text)
    if isinstance(found, Problem):
        raise ValueError(f"not a group: {text!r}")
    return found
