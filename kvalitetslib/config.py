"""What a kommun has decided: its kommun.toml as a frozen ``Kommun``, checked in every part."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from kvalitetslib.age_span import parse_span
from kvalitetslib.areas import check_tiles, read_area
from kvalitetslib.catalogue import catalogue, read_indicator
from kvalitetslib.catalogue.cost_pairs import default_pairs, read_pairs, with_own
from kvalitetslib.errors import ConfigError, Fault, accepted_words
from kvalitetslib.model import Area, Indicator, Kommun, Namnd, PeerGroup, Policy, ReferenceKind
from kvalitetslib.page_names import KEPT, SUFFIXES, is_taken
from kvalitetslib.tomlfile import Section, parse_toml

SMALLEST_GROUP = 5
"""Smallest group shown unless the kommun decides otherwise."""
SMALLEST_GROUP_ALLOWED = 3
FDR = 0.05
"""Expected share of false findings among those shown."""
FDR_ALLOWED = 0.2
FINDINGS_PER_QUADRANT = 5
FINDINGS_ALLOWED = 20
PEERS_SMALLEST = 4
"""Fewest peers with a value for a comparison."""
PEERS_SMALLEST_ALLOWED = 3
WATCH_QUARTERS = 4
"""Quarters that a fault must stay away before it can be secured."""
WATCH_ALLOWED = 12
ANSWER_DAYS = 10
"""Days to an answer to a synpunkt when nothing else is promised."""
OPEN_DAYS = 30
"""Days after which a synpunkt without an answer has waited too long."""
DAYS_ALLOWED = 365
DEFAULT_POLICY = Policy(SMALLEST_GROUP, FDR, FINDINGS_PER_QUADRANT, PEERS_SMALLEST, WATCH_QUARTERS)

_CODE = re.compile(r"\d{4}")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY_FORM = "små bokstäver a till z, siffror och bindestreck"
_KINDS = {"lan": ReferenceKind.COUNTY, "riket": ReferenceKind.COUNTRY}


def kommun_keys(data: Path) -> tuple[str, ...]:
    """Folders under ``data/kommuner`` that hold a kommun.toml, sorted."""
    return tuple(sorted(path.parent.name for path in (data / "kommuner").glob("*/kommun.toml")))


def kommun_file(data: Path, nyckel: str) -> Path:
    """The path of a kommun's kommun.toml.

    Raises
    ------
    ConfigError : if there is no such folder, with the nearest one, or no kommun.toml in it.
    """
    path = data / "kommuner" / nyckel / "kommun.toml"
    known = kommun_keys(data)
    if nyckel not in known:
        if nyckel and path.parent.is_dir() and path.parent.parent == data / "kommuner":
            raise ConfigError(
                Fault(_label(data, path), 0, "", "filen saknas", "", "en kommun.toml")
            )
        accepted = accepted_words(nyckel, known) if known else "en mapp med en kommun.toml"
        raise ConfigError(Fault("kommuner", 0, "", "kommunens mapp finns inte", nyckel, accepted))
    return path


def read_kommun(data: Path, nyckel: str) -> Kommun:
    """The kommun whose folder is ``data/kommuner/<nyckel>``.

    Raises
    ------
    ConfigError : with all faults of the file.
    """
    path = kommun_file(data, nyckel)
    return parse_kommun(path.read_bytes(), nyckel, label=_label(data, path))


def parse_kommun(raw: bytes, nyckel: str, *, label: str) -> Kommun:
    """The kommun that the bytes of a kommun.toml describe; ``label`` names the file in faults.

    Raises
    ------
    ConfigError : with all faults of the file.
    """
    faults: list[Fault] = []
    file = parse_toml(raw, label, faults)
    if faults:
        raise ConfigError(faults)
    kommun = _kommun(Section(file, faults), nyckel)
    if faults:
        raise ConfigError(faults)
    return kommun


def _kommun(top: Section, nyckel: str) -> Kommun:
    if not _KEY.fullmatch(nyckel):
        top.fault("", "mappens namn kan inte vara nyckel", nyckel, _KEY_FORM)
    own = top.table("kommun")
    kod = own.text("kod")
    _check_codes(own, "kod", [kod] if kod else [])
    indicators = _indicators(top)
    peer_groups = _peer_groups(top, kod)
    kommun = Kommun(
        nyckel=nyckel,
        namn=own.text("namn"),
        kod=kod,
        synthetic=own.flag("syntetisk", False),
        policy=_policy(top.table("policy")),
        namnder=_namnder(top, indicators, [group.nyckel for group in peer_groups]),
        indicators=tuple(indicators.values()),
        peer_groups=peer_groups,
        areas=_areas(top),
        age_groups=_age_groups(top.table("aldrar")),
        snapshots=_snapshots(top.table("kallor")),
        cost_pairs=with_own(default_pairs(), read_pairs(top, indicators)),
    )
    own.close()
    top.close()
    _check_demand(top, kommun)
    return kommun


def _check_demand(top: Section, kommun: Kommun) -> None:
    """Ages whose need is followed have to be counted somewhere."""
    if "scb" not in dict(kommun.snapshots):
        for namnd in kommun.namnder:
            if namnd.demand_ages:
                rule = "nämnden har behovsaldrar, men kommunen har ingen befolkningskälla"
                accepted = 'scb = "källans mapp" under [kallor]'
                top.fault("kallor", rule, namnd.nyckel, accepted)


def _label(data: Path, path: Path) -> str:
    return path.relative_to(data).as_posix()


def _policy(section: Section) -> Policy:
    policy = Policy(
        smallest_group=section.whole("minsta_grupp", SMALLEST_GROUP),
        fdr=section.number("fdr", FDR),
        findings_per_quadrant=section.whole("fynd_per_ruta", FINDINGS_PER_QUADRANT),
        peers_smallest=section.whole("minsta_jamforelsegrupp", PEERS_SMALLEST),
        watch_quarters=section.whole("bevakning_kvartal", WATCH_QUARTERS),
        answer_days=section.whole("svarstid_dagar", ANSWER_DAYS),
        open_days=section.whole("oppen_dagar", OPEN_DAYS),
    )
    section.close()
    _check_least(section, "minsta_grupp", policy.smallest_group, SMALLEST_GROUP_ALLOWED)
    _check_least(section, "minsta_jamforelsegrupp", policy.peers_smallest, PEERS_SMALLEST_ALLOWED)
    rule = "talet är utanför det tillåtna"
    if not 0 < policy.fdr <= FDR_ALLOWED:
        section.fault("fdr", rule, str(policy.fdr), f"större än 0 och högst {FDR_ALLOWED}")
    if not 1 <= policy.findings_per_quadrant <= FINDINGS_ALLOWED:
        found = str(policy.findings_per_quadrant)
        section.fault("fynd_per_ruta", rule, found, f"1 till {FINDINGS_ALLOWED}")
    if not 1 <= policy.watch_quarters <= WATCH_ALLOWED:
        found = str(policy.watch_quarters)
        section.fault("bevakning_kvartal", rule, found, f"1 till {WATCH_ALLOWED}")
    for key, days in (("svarstid_dagar", policy.answer_days), ("oppen_dagar", policy.open_days)):
        if not 1 <= days <= DAYS_ALLOWED:
            section.fault(key, rule, str(days), f"1 till {DAYS_ALLOWED}")
    return policy


def _check_least(section: Section, key: str, value: int, least: int) -> None:
    if value < least:
        section.fault(key, "talet är utanför det tillåtna", str(value), f"{least} eller större")


def _age_groups(section: Section) -> tuple[str, ...]:
    groups = section.texts("grupper")
    section.close()
    return groups


def _snapshots(section: Section) -> tuple[tuple[str, str], ...]:
    pinned = [(kind, section.text(kind, "")) for kind in ("kolada", "scb")]
    section.close()
    return tuple((kind, name) for kind, name in pinned if name)


def _indicators(top: Section) -> dict[str, Indicator]:
    """The catalogue's indicators with the kommun's changes, then its own."""
    indicators = dict(catalogue().indicators)
    seen: set[str] = set()
    for section in top.tables("indikator"):
        id = section.text("id", "")
        indicator = read_indicator(section, indicators.get(id))
        area = section.text("verksamhet", indicator.area)
        _check_known(section, "verksamhet", [area] if area else [], catalogue().areas)
        section.close()
        if id in seen:
            section.fault("id", "samma id står två gånger", id, "ett id som inte använts")
        seen.add(id)
        indicators[id] = replace(indicator, area=area)
    return indicators


def _peer_groups(top: Section, own_code: str) -> tuple[PeerGroup, ...]:
    groups = top.table("jamforelse")
    return tuple(_peer_group(groups.table(nyckel), nyckel, own_code) for nyckel in groups.keys)


def _peer_group(section: Section, nyckel: str, own_code: str) -> PeerGroup:
    codes = section.texts("kommuner", is_required=True)
    group = PeerGroup(nyckel, section.text("namn"), _KINDS.get(nyckel, ReferenceKind.PEERS), codes)
    section.close()
    _check_codes(section, "kommuner", codes)
    if own_code in codes:
        rule = "kommunens egen kod står i dess jämförelsegrupp"
        section.fault("kommuner", rule, own_code, "andra kommuners koder")
    return group


def _check_codes(section: Section, key: str, codes: Iterable[str]) -> None:
    for code in codes:
        if not _CODE.fullmatch(code):
            near = f". Menade du {code.zfill(4)}?" if code.isdigit() and len(code) < 4 else ""
            accepted = f"fyra siffror som text, med inledande nolla{near}"
            section.fault(key, "kommunkoden är inte fyra siffror", code, accepted)


def _areas(top: Section) -> tuple[Area, ...]:
    sections = top.tables("omrade")
    areas = tuple(read_area(each) for each in sections)
    _check_keys(sections, [each.nyckel for each in areas])
    check_tiles(sections, areas)
    return areas


def _namnder(
    top: Section, indicators: dict[str, Indicator], groups: Collection[str]
) -> tuple[Namnd, ...]:
    sections = top.tables("namnd")
    namnder = tuple(_namnd(section, indicators, groups) for section in sections)
    if not sections and not top.has("namnd"):
        top.fault("", "kommunen har ingen nämnd", "", "minst ett avsnitt [[namnd]]")
    keys = [namnd.nyckel for namnd in namnder]
    _check_keys(sections, keys)
    _check_pages(sections, keys)
    return namnder


def _namnd(section: Section, indicators: dict[str, Indicator], groups: Collection[str]) -> Namnd:
    areas = section.texts("verksamhet")
    first, without = section.texts("indikatorer"), section.texts("utom")
    peer_group = section.text("jamforelse", "")
    _check_known(section, "verksamhet", areas, catalogue().areas)
    _check_known(section, "indikatorer", first, indicators)
    _check_known(section, "utom", without, indicators)
    _check_known(section, "jamforelse", [peer_group] if peer_group else [], groups)
    by_area = [
        each.id
        for area in areas
        for each in indicators.values()
        if each.area == area and each.ended is None
    ]
    return Namnd(
        nyckel=section.text("nyckel"),
        namn=section.text("namn"),
        indicators=tuple(id for id in dict.fromkeys([*first, *by_area]) if id not in without),
        peer_group=peer_group,
        surveys=section.texts("enkater"),
        feedback_categories=section.texts("kategorier"),
        meeting=section.day("sammantrade"),
        demand_ages=_demand_ages(section),
    )


def _demand_ages(section: Section) -> tuple[str, ...]:
    """Ages in one form, ``0–5`` and ``80+``, each once."""
    spans: list[str] = []
    for text in section.texts("behovsaldrar"):
        try:
            span = str(parse_span(text))
        except ValueError:
            accepted = 'åldrar som "0–5", "16–18" eller "80+"'
            section.fault("behovsaldrar", "åldrarna kan inte tolkas", text, accepted)
            continue
        if span in spans:
            rule = "samma åldrar står två gånger"
            section.fault("behovsaldrar", rule, text, "varje ålder en gång")
        spans.append(span)
    return tuple(spans)


def _check_known(section: Section, key: str, words: Iterable[str], known: Collection[str]) -> None:
    for word in words:
        if word not in known:
            section.fault(key, "värdet är okänt", word, accepted_words(word, known))


def _check_keys(sections: tuple[Section, ...], keys: list[str]) -> None:
    """Keys become addresses and file names, so they are plain and stand once."""
    for place, (section, key) in enumerate(zip(sections, keys, strict=True)):
        section.close()
        if key and not _KEY.fullmatch(key):
            section.fault("nyckel", "nyckeln har tecken som inte går", key, _KEY_FORM)
        if key and key in keys[:place]:
            rule = "samma nyckel står två gånger"
            section.fault("nyckel", rule, key, "en nyckel som inte använts")


def _check_pages(sections: tuple[Section, ...], keys: list[str]) -> None:
    """A nämnd's page must not take the place of the kommun's, or of another nämnd's edition."""
    for section, key in zip(sections, keys, strict=True):
        if is_taken(key, keys):
            rule = f"{key}.html är redan namnet på en annan sida"
            ends = " eller ".join(SUFFIXES)
            accepted = f"en nyckel som inte är {' eller '.join(KEPT)} och inte slutar på {ends}"
            section.fault("nyckel", rule, key, accepted)
