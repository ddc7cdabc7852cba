"""The curated indicators: unit, direction and relevant difference, which no source publishes."""

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from kvalitetslib.errors import ConfigError, Fault, accepted_words
from kvalitetslib.model import Break, Direction, Indicator, Perspective
from kvalitetslib.period import parse_period
from kvalitetslib.tomlfile import Section, parse_toml

__all__ = ["Catalogue", "catalogue", "read_indicator"]


@dataclass(frozen=True)
class Catalogue:
    """All curated indicators, and the names of the areas they stand in."""

    indicators: dict[str, Indicator]
    areas: dict[str, str]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that comes with the package.

    Raises
    ------
    ConfigError : with all faults of all catalogue files.
    """
    faults: list[Fault] = []
    indicators: dict[str, Indicator] = {}
    areas: dict[str, str] = {}
    folder = files("kvalitetslib.catalogue")
    for path in sorted((each for each in folder.iterdir()), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            top = Section(parse_toml(path.read_bytes(), f"catalogue/{path.name}", faults), faults)
            _read_area(top, indicators, areas)
    if faults:
        raise ConfigError(faults)
    return Catalogue(indicators, areas)


def _read_area(top: Section, indicators: dict[str, Indicator], areas: dict[str, str]) -> None:
    area = top.text("omrade")
    areas[area] = top.text("namn")
    for section in top.tables("indikator"):
        indicator = replace(read_indicator(section, None), area=area)
        section.close()
        if indicator.id in indicators:
            section.fault("id", "samma id står två gånger", indicator.id, "ett id som inte använts")
        indicators[indicator.id] = indicator
    top.close()


def read_indicator(section: Section, base: Indicator | None) -> Indicator:
    """The indicator of one ``[[indikator]]``; keys left out are taken from ``base``.

    Without a base the keys that make an indicator are required. ``area`` is the base's.
    """
    direction = Direction(
        _choice(section, "riktning", tuple(Direction), base.direction if base else None)
    )
    perspective = Perspective(
        _choice(section, "perspektiv", tuple(Perspective), base.perspective if base else None)
    )
    indicator = Indicator(
        id=section.text("id"),
        title=section.text("titel", base.title if base else None),
        subject=section.text("subjekt", base.subject if base else None),
        unit=section.text("enhet", base.unit if base else None),
        direction=direction,
        decimals=section.whole("decimaler", base.decimals if base else None),
        delta=section.number("relevant_skillnad", base.delta if base else None),
        perspective=perspective,
        source=section.text("kalla", base.source if base else None),
        area=base.area if base else "",
        by_gender=section.flag("konsuppdelad", base.by_gender if base else False),
        concerns_children=section.flag("barn", base.concerns_children if base else False),
        age_band=section.text("alder", base.age_band if base else ""),
        ended=section.whole("upphord", (base.ended if base else None) or 0) or None,
        interval=_interval(section, direction, base.interval if base else None),
        breaks=_breaks(section) if section.has("brott") else (base.breaks if base else ()),
        margin_indicator=section.text("osakerhet", base.margin_indicator if base else ""),
        restarts=_restarts(section) if section.has("omstart") else (base.restarts if base else ()),
        counts_events=section.flag("handelser", base.counts_events if base else False),
    )
    _check_numbers(section, indicator)
    return indicator


def _choice(section: Section, key: str, choices: tuple[str, ...], default: str | None) -> str:
    was_noted = len(section.faults)
    value = section.text(key, default)
    if value not in choices:
        if len(section.faults) == was_noted:
            section.fault(key, "värdet är okänt", value, accepted_words(value, choices))
        return choices[0]
    return value


def _interval(
    section: Section, direction: Direction, default: tuple[float, float] | None
) -> tuple[float, float] | None:
    if direction is not Direction.INTERVAL:
        return None
    low = section.number("mal_fran", default[0] if default else None)
    high = section.number("mal_till", default[1] if default else None)
    if section.has("mal_fran") and section.has("mal_till") and low >= high:
        section.fault("mal_fran", "intervallet är bakvänt", f"{low} till {high}", "mal_fran lägst")
    return low, high


def _breaks(section: Section) -> tuple[Break, ...]:
    found = []
    for each in section.tables("brott"):
        year, cause = each.whole("ar"), each.text("orsak")
        each.close()
        try:
            parse_period(str(year))
        except ValueError:
            each.fault("ar", "året är orimligt", str(year), "ett år mellan 1900 och 2099")
            continue
        found.append(Break(str(year), cause))
    return tuple(found)


def _restarts(section: Section) -> tuple[Break, ...]:
    found = []
    for each in section.tables("omstart"):
        period, cause = each.text("period"), each.text("orsak")
        each.close()
        try:
            parse_period(period)
        except ValueError:
            if period:
                each.fault("period", "perioden är okänd", period, "till exempel 2025M03 eller 2025")
            continue
        found.append(Break(period, cause))
    return tuple(sorted(found, key=lambda each: parse_period(each.period).start))


def _check_numbers(section: Section, indicator: Indicator) -> None:
    if not 0 <= indicator.decimals <= 4:
        section.fault("decimaler", "talet är orimligt", str(indicator.decimals), "0 till 4")
    if indicator.delta <= 0:
        section.fault(
            "relevant_skillnad", "talet är inte större än noll", str(indicator.delta), "större än 0"
        )
