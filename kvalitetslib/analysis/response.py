"""The evidence itself at risk: do fewer answer a survey than before, or too few?"""

from kvalitetslib.analysis.evidence import evidence_id, state_mark
from kvalitetslib.analysis.survey_results import Surveyed
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Namnd, ReferenceKind
from kvalitetslib.report import Certainty, Evidence, EvidenceKind, Question, Reference, Verdict
from kvalitetslib.version import __version__

FALL = 10.0
"""A fall of so many percentage points between two waves is a threat to the evidence."""
LOWEST = 40.0
"""So is a share below this, in percent."""
INDICATOR = "svarsfrekvens"


def response_evidence(surveyed: Surveyed, namnd: Namnd) -> Evidence | None:
    """The response rate of a survey, now against the wave before; None when nobody was counted.

    The rate is a count of those invited and no sample, so it is held against plain limits.
    """
    now, then = surveyed.waves.now.answers, surveyed.waves.then
    rate = _rate(len(surveyed.waves.now.scores), now.wave.invited)
    if rate is None:
        return None
    before = _rate(len(then.scores), then.answers.wave.invited) if then else None
    is_falling = before is not None and before - rate >= FALL
    codebook = surveyed.waves.now.codebook
    indicator = f"{codebook.key}:{INDICATOR}"
    verdict = Verdict.WORSE if is_falling or rate < LOWEST else Verdict.NOT_JUDGED
    return Evidence(
        id=evidence_id(namnd.nyckel, indicator, Group(), Question.RESPONSE, ReferenceKind.EARLIER),
        namnd=namnd.nyckel,
        indicator=indicator,
        group=Group(),
        question=Question.RESPONSE,
        kind=EvidenceKind.OWN,
        period=now.wave.period,
        cell=Estimate(rate, None, None, now.wave.invited, None, "andel av de tillfrågade", ""),
        reference=None
        if before is None or then is None
        else Reference(ReferenceKind.EARLIER, then.answers.wave.period, before),
        difference=None if before is None else rate - before,
        low=None,
        high=None,
        delta=FALL,
        p=None,
        q=None,
        family_size=0,
        n_periods=1 if before is None else 2,
        first_period=now.wave.period if then is None else then.answers.wave.period,
        method="räknad andel, ingen prövning",
        verdict=verdict,
        certainty=Certainty.LIKELY,
        rule="",
        source=codebook.source,
        source_rows=f"enkater/{codebook.key}",
        code_version=__version__,
        text=codebook.name,
        state=state_mark(now.wave.period, f"{rate:.6g}", verdict),
    )


def _rate(answered: int, invited: int | None) -> float | None:
    return 100 * answered / invited if invited else None
