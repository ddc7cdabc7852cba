"""How a nämnd's residents are met: its promises and its synpunkter, out of the Assessment."""

from typing import TYPE_CHECKING

from kvalitetslib.analysis.feedback import Wishes, feedback_result, wishes
from kvalitetslib.analysis.promises import promise_result
from kvalitetslib.model import Namnd
from kvalitetslib.service import FeedbackResult, PromiseResult

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment


def wishes_of(assessment: "Assessment", namnd: Namnd) -> Wishes | None:
    """What the nämnd has got; None without a register or categories."""
    smallest = assessment.kommun.policy.smallest_group
    return wishes(assessment.inputs.feedback, namnd, assessment.quarter, smallest)


def promises_of(
    assessment: "Assessment", namnd: Namnd, feedback: Wishes | None
) -> tuple[PromiseResult, ...]:
    """The nämnd's promises, in the order of the list."""
    inputs = assessment.inputs
    known = {each.id: each for each in inputs.kommun.indicators}
    return tuple(
        promise_result(
            each,
            assessment.quarter,
            breaches=inputs.breaches,
            indicator=(
                known[each.indicator],
                assessment.own.by_indicator.get(each.indicator, []),
            )
            if each.indicator in known
            else None,
            feedback=feedback,
        )
        for each in inputs.promises
        if each.namnd == namnd.nyckel
    )


def feedback_of(
    assessment: "Assessment", namnd: Namnd, feedback: Wishes | None
) -> FeedbackResult | None:
    """The nämnd's synpunkter; None without a register or categories."""
    own = [each for each in assessment.inputs.atgarder if each.namnd == namnd.nyckel]
    return feedback_result(feedback, assessment.kommun, own, assessment.quarter)
