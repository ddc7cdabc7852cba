"""A survey's codebook file, with the template it names, as a frozen ``Codebook``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from kvalitetslib.codebook import Background, Codebook, IntervalKind, Item, Weighting
from kvalitetslib.errors import ConfigError, Fault, accepted_words
from kvalitetslib.model import Kommun
from kvalitetslib.period import parse_period
from kvalitetslib.schema import Kind
from kvalitetslib.sources.backgrounds import known_namnd, read_backgrounds
from kvalitetslib.sources.keys import choice
from kvalitetslib.sources.published_tables import PublishedTable, read_published_tables
from kvalitetslib.sources.questions import ANSWERED, STOOD, Setting, read_items, with_namnder
from kvalitetslib.sources.scales import Scale, read_scales
from kvalitetslib.sources.waves import read_waves
from kvalitetslib.tomlfile import Section, TomlFile, parse_toml

CERTAIN_N = 30
"""Fewest answers for quality class A unless the survey asks for more (NCHS 2017)."""
_COLUMNS = ("id", "stratum", "kluster", "vikt")


@dataclass(frozen=True)
class Template:
    """What a codebook adds to and overrides; ``about`` is the template's [enkat]."""

    about: Section
    columns: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    backgrounds: Mapping[str, Background] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """A codebook file: the codebook, and where published results stand in their files."""

    codebook: Codebook
    tables: tuple[PublishedTable, ...] = ()


def template_names() -> tuple[str, ...]:
    """The templates that come with the package."""
    folder = files("kvalitetslib.catalogue").joinpath("enkater")
    return tuple(sorted(path.name.removesuffix(".toml") for path in folder.iterdir()))


def read_codebook(path: Path, kommun: Kommun) -> Codebook:
    """The codebook in the file; its key is the file's name without the ending.

    Raises
    ------
    ConfigError : with all faults of the file and of its template.
    """
    return parse_codebook(path.read_bytes(), path.stem, kommun, label=path.name).codebook


def parse_codebook(raw: bytes, key: str, kommun: Kommun, *, label: str) -> Survey:
    """The survey that the bytes of a codebook describe; ``label`` names the file in faults.

    Raises
    ------
    ConfigError : with all faults of the file and of its template.
    """
    faults: list[Fault] = []
    file = parse_toml(raw, label, faults)
    if faults:
        raise ConfigError(faults)
    top = Section(file, faults)
    about = top.table("enkat")
    template = _template(about, kommun)
    codebook = _about(about, template, kommun)
    columns = top.table("kolumner")
    named = {each: columns.text(each, template.columns.get(each, "")) for each in _COLUMNS}
    columns.close()
    setting = _setting(top, about, template, kommun)
    own = top.tables("fraga")
    items = read_items(own, template.items, setting)
    backgrounds = read_backgrounds(top.tables("bakgrund"), template.backgrounds, kommun)
    about.close()
    template.about.close()
    written = {section.text("id", "") for section in own}
    codebook = replace(
        codebook,
        key=key,
        waves=() if codebook.published else read_waves(top.tables("omgang"), backgrounds),
        items=tuple(with_namnder(item, setting) for item in items.values()),
        backgrounds=backgrounds,
        offered=tuple(id for id in items if id not in written),
        id_column=named["id"],
        stratum_column=named["stratum"],
        cluster_column=named["kluster"],
        weight_column=named["vikt"],
    )
    survey = Survey(
        codebook, read_published_tables(top.tables("tabell")) if codebook.published else ()
    )
    _check_parts(top, survey)
    _check_themes(top.table("teman"), setting, {item.theme for item in items.values()})
    top.close()
    if faults:
        raise ConfigError(faults)
    return survey


def _template(about: Section, kommun: Kommun) -> Template:
    nothing = Section(TomlFile("", "", {}), about.faults)
    name = about.text("mall", "")
    if name not in template_names():
        if name:
            about.fault("mall", "mallen är okänd", name, accepted_words(name, template_names()))
        return Template(nothing)
    path = files("kvalitetslib.catalogue").joinpath("enkater", f"{name}.toml")
    file = parse_toml(path.read_bytes(), f"catalogue/enkater/{name}.toml", about.faults)
    top = Section(file, about.faults)
    base = top.table("enkat")
    scales = read_scales(top.tables("skala"), {})
    setting = Setting(kommun, scales, {}, breaks=_breaks(base, ()), base=_base(base, STOOD))
    columns = top.table("kolumner")
    found = Template(
        about=base,
        columns={key: columns.text(key, "") for key in _COLUMNS},
        scales=scales,
        items=read_items(top.tables("fraga"), {}, setting),
        backgrounds={
            each.key: each for each in read_backgrounds(top.tables("bakgrund"), {}, kommun)
        },
    )
    columns.close()
    top.close()
    return found


def _setting(top: Section, about: Section, template: Template, kommun: Kommun) -> Setting:
    themes = top.table("teman")
    return Setting(
        kommun=kommun,
        scales=read_scales(top.tables("skala"), template.scales),
        namnder={theme: themes.texts(theme) for theme in themes.keys},
        breaks=_breaks(about, _breaks(template.about, ())),
        base=_base(about, _base(template.about, STOOD)),
        is_published=about.flag("publicerad", False),
    )


def _base(about: Section, default: str) -> str:
    """Who is counted in shares where a question does not say."""
    return choice(about, "bas", (STOOD, ANSWERED), default)


def _breaks(about: Section, default: tuple[str, ...]) -> tuple[str, ...]:
    """Periods from which the survey cannot be compared with its earlier waves."""
    periods = about.texts("brott") or default
    for text in periods:
        try:
            parse_period(text)
        except ValueError:
            about.fault("brott", "perioden har fel form", text, Kind.PERIOD.value)
    return periods


def _check_themes(section: Section, setting: Setting, themes: Collection[str]) -> None:
    known = [namnd.nyckel for namnd in setting.kommun.namnder]
    for theme, namnder in setting.namnder.items():
        if theme not in themes:
            accepted = accepted_words(theme, sorted(each for each in themes if each))
            section.fault(theme, "ingen fråga har temat", theme, accepted)
        for nyckel in namnder:
            if nyckel not in known:
                section.fault(theme, "nämnden är okänd", nyckel, accepted_words(nyckel, known))


def _about(about: Section, template: Template, kommun: Kommun) -> Codebook:
    """What [enkat] says, its own keys before the template's; the parts are still empty."""
    base = template.about
    smallest = kommun.policy.smallest_group
    stated = about.whole("minsta_antal_svar", max(smallest, base.whole("minsta_antal_svar", 0)))
    if stated < smallest:
        accepted = f"{smallest} eller större, som minsta_grupp i kommun.toml"
        about.fault("minsta_antal_svar", "talet är lägre än kommunens", str(stated), accepted)
    certain = about.whole("sakert_antal_svar", base.whole("sakert_antal_svar", CERTAIN_N))
    if about.has("sakert_antal_svar") and certain < stated:
        rule = "talet är lägre än minsta_antal_svar"
        about.fault("sakert_antal_svar", rule, str(certain), f"{stated} eller större")
    weighting = choice(
        about, "viktning", tuple(Weighting), base.text("viktning", Weighting.NONE.value)
    )
    return Codebook(
        key="",
        name=about.text("namn", base.text("namn", "") or None),
        source=about.text("kalla", base.text("kalla", "") or None),
        population=about.text("population", base.text("population", "") or None),
        waves=(),
        items=(),
        backgrounds=(),
        weighting=Weighting(weighting),
        finite=about.flag("andlig_population", base.flag("andlig_population", False)),
        smallest_n=stated,
        certain_n=max(certain, stated),
        template=about.text("mall", ""),
        published=about.flag("publicerad", False),
        note=about.text("anmarkning", base.text("anmarkning", "")),
        interval=IntervalKind(
            choice(about, "intervall", tuple(IntervalKind), base.text("intervall", "wilson"))
        ),
        owner=known_namnd(about, "namnd", about.text("namnd", ""), kommun),
    )


def _check_parts(top: Section, survey: Survey) -> None:
    """A survey has waves and questions, or tables; and the columns that its design needs."""
    codebook = survey.codebook
    if codebook.published:
        if not top.has("tabell"):
            accepted = "minst ett avsnitt [[tabell]]"
            top.fault("", "den publicerade enkäten har ingen tabell", "", accepted)
        return
    for key, parts in (("omgang", codebook.waves), ("fraga", codebook.items)):
        if not parts and not top.has(key):
            top.fault("", f"kodboken har ingen [[{key}]]", "", f"minst ett avsnitt [[{key}]]")
    for place, (section, wave) in enumerate(zip(top.tables("omgang"), codebook.waves, strict=True)):
        if wave.strata and not codebook.stratum_column:
            rule = "omgången har stratum men ingen kolumn för dem är utpekad"
            section.fault("stratum", rule, "", 'stratum = "…" under [kolumner]')
        if codebook.weighting is not Weighting.NONE and not wave.margins:
            rule = f"viktningen {codebook.weighting} kräver kända antal"
            section.fault("", rule, "", "minst ett avsnitt [[omgang.marginal]]")
        if wave.file and wave.file in [each.file for each in codebook.waves[:place]]:
            section.fault("fil", "två omgångar har samma fil", wave.file, "en fil för varje omgång")
