"""The waves of a codebook: when, from which file, and what is known of those who were asked."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from kvalitetslib.codebook import Background, BackgroundKind, Margin, Stratum, Wave
from kvalitetslib.errors import accepted_words
from kvalitetslib.period import parse_period
from kvalitetslib.schema import Kind
from kvalitetslib.sources.answer_file import ENDINGS
from kvalitetslib.sources.headings import folded
from kvalitetslib.tomlfile import Section

NO_PERIOD = "1900"
"""Stands for a period that could not be read; its fault is already noted."""
_YEARS = re.compile(r"_?ar(?=_|$)")


def read_waves(
    sections: tuple[Section, ...], backgrounds: Sequence[Background]
) -> tuple[Wave, ...]:
    """The waves, which must stand in time order."""
    waves = tuple(_wave(section, backgrounds) for section in sections)
    for section, before, after in zip(sections[1:], waves[:-1], waves[1:], strict=True):
        if NO_PERIOD not in (before.period, after.period) and _start(before) >= _start(after):
            rule = f"omgångarna står inte i tidsordning efter {before.period}"
            section.fault("period", rule, after.period, "den tidigaste omgången först")
    return waves


def _start(wave: Wave) -> float:
    return parse_period(wave.period).at


def checked_period(section: Section) -> str:
    """The period of a section; NO_PERIOD, with a fault, when it has none."""
    text = section.text("period")
    try:
        return parse_period(text.upper()).text
    except ValueError:
        if text:
            section.fault("period", "perioden har fel form", text, Kind.PERIOD.value)
        return NO_PERIOD


def checked_file(section: Section, endings: tuple[str, ...]) -> str:
    """The name of a file beside the codebook."""
    name = section.text("fil")
    if "/" in name or "\\" in name:
        section.fault("fil", "filen ligger utanför mappen", name, "ett filnamn utan mapp")
        return ""
    if name and PurePosixPath(name).suffix.lower() not in endings:
        accepted = f"en fil som slutar på {', '.join(endings)}"
        section.fault("fil", "filen har en ändelse som inte kan läsas", name, accepted)
        return ""
    return name


def _wave(section: Section, backgrounds: Sequence[Background]) -> Wave:
    period = checked_period(section)
    file = checked_file(section, ENDINGS)
    invited = section.whole("utsanda", 0)
    strata = _strata(section)
    margins = tuple(_margin(each, backgrounds) for each in section.tables("marginal"))
    section.close()
    if invited < 0:
        section.fault("utsanda", "antalet är negativt", str(invited), "0 eller större")
    asked = sum(stratum.invited for stratum in strata)
    if strata and invited and asked != invited:
        rule = "stratumens utsanda blir inte omgångens utsanda"
        section.fault("utsanda", rule, f"{asked} mot {invited}", "samma summa")
    return Wave(period, file, invited or asked, strata, margins)


def _strata(wave: Section) -> tuple[Stratum, ...]:
    found: list[Stratum] = []
    for section in wave.tables("stratum"):
        code = section.text("kod")
        label = section.text("namn", code)
        stratum = Stratum(code, label, section.whole("folkmangd"), section.whole("utsanda"))
        section.close()
        if code in [each.code for each in found]:
            section.fault("kod", "samma stratum står två gånger", code, "varje kod en gång")
        if not 0 < stratum.invited <= stratum.population:
            rule = "utsanda är inte mellan 1 och stratumets folkmängd"
            accepted = f"1 till {stratum.population}"
            section.fault("utsanda", rule, str(stratum.invited), accepted)
        found.append(stratum)
    return tuple(found)


def _margin(section: Section, backgrounds: Sequence[Background]) -> Margin:
    known = {each.key: each for each in backgrounds}
    variables = section.texts("variabler", is_required=True)
    for key in variables:
        if key not in known:
            accepted = accepted_words(key, known) if known else "nyckeln för en [[bakgrund]]"
            section.fault("variabler", "bakgrunden är okänd", key, accepted)
    is_known = all(key in known for key in variables)
    counts = section.table("antal")
    cells = {}
    for name in counts.keys:
        groups = _cell(counts, name, [known[key] for key in variables]) if is_known else (name,)
        count = counts.number(name)
        if count <= 0:
            counts.fault(name, "antalet är inte större än 0", str(count), "ett antal personer")
        if groups in cells:
            counts.fault(name, "samma grupp står två gånger", name, "varje grupp en gång")
        cells[groups] = count
    if not cells:
        accepted = 'antal = { "grupp" = 1200, … }'
        section.fault("antal", "marginalen har inga antal", "", accepted)
    section.close()
    return Margin(variables, tuple(cells.items()))


def _cell(counts: Section, name: str, variables: Sequence[Background]) -> tuple[str, ...]:
    """The group keys that ``K|18-29`` stands for."""
    words = [word.strip() for word in name.split("|")]
    if len(words) != len(variables):
        accepted = "|".join(each.key for each in variables)
        counts.fault(name, "gruppen har fel antal delar", name, accepted)
        return tuple(words)
    return tuple(
        _group(counts, name, word, variable)
        for word, variable in zip(words, variables, strict=True)
    )


def _group(counts: Section, name: str, word: str, variable: Background) -> str:
    if variable.kind is BackgroundKind.AGE and not variable.bounds:
        # The groups themselves are at fault, which is already noted.
        return word
    known = _known_groups(variable)
    found = known.get(_bare(word))
    if found is None:
        groups = [key for key, _ in variable.groups]
        rule = f"gruppen finns inte i bakgrunden {variable.key}"
        counts.fault(name, rule, word, accepted_words(word, groups))
        return word
    return found


def _known_groups(variable: Background) -> Mapping[str, str]:
    labels = {_bare(label): key for key, label in variable.groups}
    return {**labels, **{_bare(key): key for key, _ in variable.groups}}


def _bare(word: str) -> str:
    """A group without case, rings, dots and ``år``: ``18-29`` is ``18–29 år``."""
    return _YEARS.sub("", folded(word))
