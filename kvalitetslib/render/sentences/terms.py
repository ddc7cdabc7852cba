"""What sentences are put together from: subject, group, people, reference and direction."""

from kvalitetslib.context import CHART_METHOD
from kvalitetslib.model import Direction, Indicator, ReferenceKind
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.report import Estimate, Evidence, Question, Verdict

DECIDED = (Verdict.BETTER, Verdict.WORSE)


def is_quiet(evidence: Evidence) -> bool:
    """Whether it is of a control chart whose latest value is no signal."""
    return _is_undecided_chart(evidence) and not evidence.text


def is_weak_signal(evidence: Evidence) -> bool:
    """Whether it is a signal in a chart that may be chance, among all that was tested."""
    return _is_undecided_chart(evidence) and bool(evidence.text)


def _is_undecided_chart(evidence: Evidence) -> bool:
    is_chart = evidence.question is Question.CHANGE and evidence.method == CHART_METHOD
    return is_chart and evidence.verdict is Verdict.UNDECIDED


def subject_words(evidence: Evidence, indicator: Indicator, look: Lookup) -> dict[str, str]:
    """The subject first in a sentence and inside one, and the group after it."""
    phrase = wording.group_phrase(
        evidence.group, children=indicator.concerns_children, areas=look.report.areas
    )
    return {
        "subject": wording.capital(indicator.subject),
        "inner": wording.lower_first(indicator.subject),
        "group": f" {phrase}" if phrase else "",
    }


def reference_phrase(evidence: Evidence) -> str:
    """What follows ``än``: ``i liknande kommuner``, ``målet``, ``perioden före``."""
    if evidence.reference is None:
        return ""
    kind, label = evidence.reference.kind, evidence.reference.label
    if kind in (ReferenceKind.PEERS, ReferenceKind.COUNTY, ReferenceKind.COUNTRY):
        return f"i {label}"
    if kind is ReferenceKind.BEST:
        return f"i den bästa fjärdedelen av {label}"
    if kind is ReferenceKind.GOAL:
        return "målet"
    return label


def people(indicator: Indicator) -> tuple[str, str]:
    """Women before men, girls before boys."""
    children = indicator.concerns_children
    return (
        wording.gender_name("K", children=children),
        wording.gender_name("M", children=children),
    )


def values_in_order(evidence: Evidence, cell: Estimate) -> tuple[float, float]:
    """The group's value and the other's; women's first."""
    other = evidence.reference.value if evidence.reference else cell.value
    if evidence.question is Question.GAP and evidence.group.gender == "M":
        return other, cell.value
    return cell.value, other


def comparative(indicator: Indicator, *, is_more: bool) -> str:
    """A time is longer or shorter; all else is higher or lower."""
    is_time = indicator.subject.split(" ")[0].lower().endswith("tiden")
    if is_time:
        return "längre" if is_more else "kortare"
    return "högre" if is_more else "lägre"


def rises(evidence: Evidence, indicator: Indicator) -> bool:
    """Whether the values grow; the difference is positive when that is good."""
    if evidence.reference is not None and isinstance(evidence.cell, Estimate):
        return evidence.cell.value > evidence.reference.value
    good_is_low = indicator.direction is Direction.LOW
    if indicator.interval is not None and isinstance(evidence.cell, Estimate):
        good_is_low = evidence.cell.value >= sum(indicator.interval) / 2
    return ((evidence.difference or 0.0) > 0) is not good_is_low


def turned_back(difference: float, indicator: Indicator) -> float:
    """A difference in the direction of the values: the evidence turns it so that plus is good."""
    return -difference if indicator.direction is Direction.LOW else difference
