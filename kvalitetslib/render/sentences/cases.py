"""What is said of a fault's case: what has happened to it, and why it is not secured yet."""

from collections.abc import Sequence

from kvalitetslib.case import Case, CaseEvent, CaseStep, Stage
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.report import Report

EVENTS = {
    CaseEvent.OPENED: "Öppnat",
    CaseEvent.CLOSED: "Stängt",
    CaseEvent.REOPENED: "Öppnat igen",
    CaseEvent.SECURED: "Säkrat",
    CaseEvent.LEFT: "Följs inte längre från",
}
RETURNS = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "femte"}
NO_CASES = "Inget fel har setts än. Därför finns inget att bevaka."
NONE_RECURRING = "Inget fel har kommit tillbaka."
NONE_WATCHED = "Inget fel bevakas."
NONE_SECURED = "Inget fel är säkrat än."
NOT_STANDARD = "Inget arbetssätt har blivit standard."
MARKS = (
    "En fylld cirkel är ett fel. En romb är ett fel som har kommit tillbaka. "
    "En ring är ett fel som bevakas. En grön cirkel är ett fel som är säkrat."
)
UNREAD = (
    "Förra rapporten kunde inte läsas. Felens historia går vidare från en äldre rapport, "
    "om det finns någon."
)


def wedge(report: Report) -> str:
    """What the wedge asks of a fault before it is secured."""
    watch = report.policy.watch_quarters
    quarters = f"{wording.count(watch, neuter=True)} kvartal"
    return (
        "Kilen hindrar att en förbättring rullar tillbaka. "
        f"Ett fel är säkrat när det har varit borta i {quarters} "
        "och ett arbetssätt har blivit standard."
    )


def named(case: Case, look: Lookup) -> str:
    """What the fault is about, with its group."""
    report = look.report
    name = case.name.rstrip(".")
    if case.key.about in {each.id for each in report.promises}:
        return f"Löftet ”{name}”"
    categories = report.feedback.categories if report.feedback is not None else ()
    if case.key.about in {each.category for each in categories}:
        return f"Synpunkter: {name}"
    if case.key.group.is_total:
        return name
    indicator = look.indicator(case.key.about)
    children = indicator is not None and indicator.concerns_children
    return f"{name}, {wording.group_name(case.key.group, children=children, areas=report.areas)}"


def overview(cases: Sequence[Case]) -> str:
    """How many there are: ``Tolv fel står på hjulet. Två har kommit tillbaka.``"""
    on_wheel = [each for each in cases if each.stage is not Stage.LEFT]
    back = sum(each.is_recurring for each in on_wheel)
    unmet = sum(each.stage is Stage.UNMET for each in on_wheel)
    told = [f"{_many(len(on_wheel))} fel står på hjulet"]
    told += [f"{_many(unmet)} saknar åtgärd"] if unmet else []
    told += [f"{_many(back)} har kommit tillbaka"] if back else []
    return " ".join(wording.sentence(each) for each in told)


def history(case: Case) -> str:
    """Every turn the case has taken, the first one first."""
    return " ".join(wording.sentence(_step(each)) for each in case.steps if each.event in EVENTS)


def days_back(case: Case) -> str:
    """``184 dagar, 92 dagar``: from each closing to the fault's return."""
    days = [each.days for each in case.steps if each.days is not None]
    return wording.join([wording.quantity(each, "dagar") for each in days])


def watched(case: Case, watch: int) -> str:
    """``två av fyra kvartal``"""
    done = min(case.watched, watch)
    return f"{wording.count(done, neuter=True)} av {wording.count(watch, neuter=True)} kvartal"


def waiting(case: Case, watch: int) -> str:
    """Why a watched fault is not secured yet."""
    left = max(watch - case.watched, 0)
    told = [f"{_many(left)} kvartal kvar"] if left else ["Bevakningen är klar"]
    if not case.atgarder:
        told.append("Felet försvann utan åtgärd")
    elif not case.standardised:
        told.append("Inget arbetssätt har blivit standard än")
    elif not left:
        told.append("En åtgärd har mätts som sämre än före")
    return " ".join(wording.sentence(each) for each in told)


def missing(report: Report) -> str:
    """The quarters that have no report; empty without any."""
    if not report.missing_quarters:
        return ""
    quarters = wording.join([times.period(each) for each in report.missing_quarters])
    since = f" Felens historia går vidare från {times.period(report.earlier)}."
    return f"Rapport saknas för {quarters}.{since if report.earlier else ''}"


def returned(step: CaseStep, times_seen: int) -> str:
    """``Felet är tillbaka för andra gången, 184 dagar efter att det stängdes.``"""
    days = wording.quantity(step.days or 0, "dagar")
    sure = f" (p-värde {wording.probability(step.p)})" if step.p is not None else ""
    turn = RETURNS.get(times_seen - 1, f"{times_seen - 1}:e")
    return f"Felet är tillbaka för {turn} gången, {days} efter att det stängdes{sure}."


def _step(step: CaseStep) -> str:
    told = f"{EVENTS[step.event]} {times.period(step.quarter)}"
    if step.event is CaseEvent.REOPENED and step.days is not None:
        told += f", efter {wording.quantity(step.days, 'dagar')}"
    return told


def _many(count: int) -> str:
    return wording.count(count, neuter=True)
