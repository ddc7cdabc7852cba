"""The words in which answers are given: verdicts, certainty, kinds of evidence and questions."""

from enum import StrEnum


class Verdict(StrEnum):
    BETTER = "bättre"
    WORSE = "sämre"
    LEVEL = "i nivå"
    UNDECIDED = "kan inte avgöras"
    NOT_JUDGED = "bedöms inte"
    """The indicator has no good direction, or nothing to be held against."""


class Certainty(StrEnum):
    SECURED = "säkerställd"
    LIKELY = "trolig"
    UNDECIDED = "kan inte avgöras"
    OUTLOOK = "omvärld"


class EvidenceKind(StrEnum):
    """The four kinds of evidence of a nulägesanalys."""

    OWN = "egna tidigare resultat"
    COMPARISON = "jämförelse med andra"
    DIRECTION = "riktning"
    OUTLOOK = "omvärld"


class Question(StrEnum):
    """What a piece of evidence asks. One question is one family of tests within a nämnd."""

    LEVEL = "nivå"
    POTENTIAL = "avstånd till bästa fjärdedelen"
    GAP = "skillnad mellan grupper"
    GAP_TREND = "skillnadens riktning"
    TREND = "trend"
    CHANGE = "förändring sedan förra perioden"
    HOLD = "hållen nivå"
    MOVE = "rörelse mot målet"
    PEER_TREND = "utveckling jämfört med liknande kommuner"
    ASSURANCE = "når målet varje period"
    EFFECT = "före och efter en åtgärd"
    DRIVER = "samband med helhetsbetyget"
    RESPONSE = "svarsfrekvens"
    DEMAND = "behov"
    OUTLOOK = "omvärld"
