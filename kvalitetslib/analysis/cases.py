"""Every fault's case from quarter to quarter: opened, met, closed, watched, secured or back again.

A case is never taken away, and what is written of it never changed: each quarter adds its steps to
those of the earlier report. The same value is never concluded from twice.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from kvalitetslib.analysis.case_steps import Seen, live_of, next_step, opened
from kvalitetslib.analysis.faults import service_signs
from kvalitetslib.analysis.recurrence import quick_sign
from kvalitetslib.case import Case, FaultKey, FaultSign, Sign
from kvalitetslib.period import parse_period, quarter_before
from kvalitetslib.register import Atgard
from kvalitetslib.report import Freshness, Report, Verdict


def with_cases(report: Report, earlier: Report | None) -> Report:
    """The report with all cases of the earlier one, taken on to its own quarter, and new ones.

    The same two reports give the same cases; those that the report itself holds are not read.
    """
    now = _Now(report)
    before = earlier.cases if earlier is not None else ()
    known = {each.key for each in before}
    cases = [now.continued(each) for each in before]
    cases += [
        opened(now.seen(each))
        for key, each in now.signs.items()
        if key not in known and each.is_fault and each.sign is Sign.PRESENT
    ]
    between = quarters_between(earlier.quarter, report.quarter) if earlier is not None else ()
    return replace(
        report, signs=tuple(now.signs.values()), cases=tuple(cases), missing_quarters=between
    )


def quarters_between(first: str, last: str) -> tuple[str, ...]:
    """The quarters after the first and before the last, in order."""
    found = []
    each = quarter_before(parse_period(last))
    while each.text > first:
        found.append(each.text)
        each = quarter_before(each)
    return tuple(reversed(found))


@dataclass(frozen=True)
class _Now:
    """What a report tells of faults and of what meets them."""

    report: Report

    @cached_property
    def signs(self) -> dict[FaultKey, FaultSign]:
        return {each.key: each for each in (*self.report.signs, *service_signs(self.report))}

    @cached_property
    def failed(self) -> frozenset[str]:
        """The åtgärder with which things have become worse."""
        effects = self.report.effects
        return frozenset(each.atgard for each in effects if each.verdict is Verdict.WORSE)

    @cached_property
    def followed(self) -> frozenset[str]:
        """All that a fault can be about and that still is followed."""
        report = self.report
        found = {
            each.indicator.id for each in report.indicators if each.freshness is not Freshness.ENDED
        }
        found |= {item.indicator.id for survey in report.surveys for item in survey.items}
        found |= {each.id for each in report.promises}
        if report.feedback is not None:
            found |= {each.category for each in report.feedback.categories}
        return frozenset(found)

    def continued(self, case: Case) -> Case:
        """The earlier report's case, as it stands now."""
        known = self.signs.get(case.key)
        unknown = FaultSign(case.key, case.name, Sign.UNKNOWN, False, "", None)
        seen = self.seen(known or unknown)
        if seen.is_followed:
            live = live_of(case, seen.met)
            seen = replace(seen, sign=quick_sign(case, self.report, seen.sign, live))
        return next_step(case, seen, watch=self.report.policy.watch_quarters)

    def seen(self, sign: FaultSign) -> Seen:
        """The sign with what else is known of its fault."""
        return Seen(
            quarter=self.report.quarter,
            on=self.report.data_through,
            sign=sign,
            is_followed=sign.key.about in self.followed,
            met=self.met(sign.key),
            failed=self.failed,
        )

    def met(self, key: FaultKey) -> tuple[Atgard, ...]:
        """The åtgärder that concern a fault, for all or for its group."""
        about, named = {key.about}, set()
        for promise in self.report.promises:
            if promise.id == key.about:
                about |= {promise.indicator, promise.category} - {""}
                named |= {each.breach.atgard for each in promise.periods if each.breach}
        return tuple(
            each
            for each in self.report.atgarder
            if each.id in named
            or (
                bool({each.indicator, each.category} & about)
                and (each.group.is_total or each.group == key.group)
            )
        )
