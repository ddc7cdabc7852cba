"""Goals, åtgärder and outlooks: checked rows become the nouns of the model."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from kvalitetslib.model import Atgard, Goal, GoalKind, Group, Kommun, Outlook, Quadrant
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


def goals(frame: pd.DataFrame, kommun: Kommun) -> tuple[Goal, ...]:
    """The goals of a table without faults."""
    read = group_reader(kommun)
    return tuple(
        Goal(
            id=row["id"],
            namnd=row["namnd"],
            kind=GoalKind(row["kind"]),
            title=row["title"],
            indicator=row["indicator"],
            group=_group(read, row["group"]),
            target=None if pd.isna(row["target"]) else float(row["target"]),
            due=_day(row["due"]),
            decision=row["decision"],
            vision=row["vision"],
        )
        for row in frame.to_dict("records")
    )


def atgarder(frame: pd.DataFrame, kommun: Kommun) -> tuple[Atgard, ...]:
    """The åtgärder of a table without faults."""
    read = group_reader(kommun)
    return tuple(
        Atgard(
            id=row["id"],
            namnd=row["namnd"],
            title=row["title"],
            status=row["status"],
            indicator=row["indicator"],
            category=row["category"],
            group=_group(read, row["group"]),
            start=_day(row["start"]),
            done=_day(row["done"]),
            role=row["role"],
        )
        for row in frame.to_dict("records")
    )


def outlooks(frame: pd.DataFrame) -> tuple[Outlook, ...]:
    """The outside factors of a table without faults."""
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
        for row in frame.to_dict("records")
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _group(read: Callable[[str], Group | Problem], text: str) -> Group:
    found = read(text)
    if isinstance(found, Problem):
        raise ValueError(f"not a group: {text!r}")
    return found
