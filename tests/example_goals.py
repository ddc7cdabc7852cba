"""What the made-up report holds of its own follow-up: goals that hang together, lessons, examples.

The states of the goals, what comes back and the next plan are worked out, as they are for any
report.
"""

from dataclasses import replace
from datetime import date

from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.register import Atgard, Control, Goal, GoalKind, Idea, Lesson, Status
from kvalitetslib.report import Report
from kvalitetslib.wheel import GoodExample

NAMND = "barn-och-utbildning"
GOALS = (
    Goal(
        "M-04",
        NAMND,
        GoalKind.KKF,
        "Svaren ska komma inom nio dagar",
        "X-SVARSTID",
        target=9.0,
        due=date(2026, 3, 31),
        decision="§ 12, BUN 2025/12, 2025-01-22",
        vision="En kommun som lyssnar",
        decided=date(2025, 1, 22),
        meetings=("medborgar:f01",),
        part_of="M-02",
    ),
    Goal(
        "M-05",
        NAMND,
        GoalKind.ASSIGNMENT,
        "Ta fram en plan för barnens skolväg",
        due=date(2026, 6, 30),
        decision="§ 51, BUN 2026/31, 2026-02-18",
        done=date(2026, 8, 14),
    ),
    Goal("M-06", NAMND, GoalKind.KKF, "Alla ska trivas i skolan"),
)
ATGARDER = (
    Atgard(
        "Å-09",
        NAMND,
        "Skolvägsronder",
        Status.PLANNED,
        start=date(2026, 11, 2),
        planned_done=date(2027, 5, 31),
        cost=40_000.0,
    ),
)
LESSONS = (
    Lesson(
        "L-01",
        NAMND,
        date(2025, 8, 20),
        "Ring hem samma dag, det räcker inte med brev.",
        indicator="N15428",
        used_in=("Å-02",),
    ),
    Lesson(
        "L-02",
        "miljo",
        date(2026, 2, 10),
        "Fråga dem som väntar vad de vill veta.",
        indicator="N15428",
    ),
    Lesson(
        "L-03",
        NAMND,
        date(2026, 3, 2),
        "I Norrvik leder eleverna själva ronderna.",
        own=False,
        indicator="X-TRYGG",
    ),
)
CONTROLS = (
    Control("E-01", NAMND, "Brandskydd i skolor", date(2026, 2, 1), date(2026, 2, 20), 3, 3),
    Control("E-02", NAMND, "Mat för allergiska barn", date(2026, 5, 4), date(2026, 5, 7), 2, 1),
    Control("E-03", NAMND, "Trygga lokaler", date(2026, 9, 1)),
    Control("E-04", NAMND, "Körning av skolskjuts", date(2026, 12, 1)),
)
IDEAS = (
    Idea(
        "I-01",
        NAMND,
        "Läxhjälp på nätet",
        date(2026, 1, 12),
        answered=date(2026, 1, 20),
        tried=date(2026, 3, 2),
        adopted=date(2026, 8, 17),
    ),
    Idea("I-02", NAMND, "Böcker på bussen", date(2026, 8, 24)),
)
EXAMPLES = (
    GoodExample("N15428", "Norrvik", False, 84.1, 70.2, 13.9, 8.2, True, "2025"),
    GoodExample("X-TRYGG", "Sjövik", True, 70.2, 59.1, 11.1, 4.0, False, "2026K3"),
)


def with_goals(report: Report) -> Report:
    """The report with more goals, lists of its own work, and all that follows from them."""
    vision = replace(report.goals[0], vision="Alla barn lyckas", start=72.0)
    return with_wheel(
        replace(
            report,
            goals=(vision, *report.goals[1:], *GOALS),
            atgarder=(*report.atgarder, *ATGARDER),
            lessons=LESSONS,
            controls=CONTROLS,
            ideas=IDEAS,
            examples=EXAMPLES,
            namnder=((NAMND, report.namnd_namn), ("miljo", "Miljönämnden")),
        )
    )
