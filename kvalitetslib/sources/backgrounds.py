"""The background variables of a codebook: what results are split by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kvalitetslib.codebook import Background, BackgroundKind
from kvalitetslib.errors import accepted_words
from kvalitetslib.model import Kommun
from kvalitetslib.sources.ages import AgeBounds, age_bounds
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.keys import choice, written
from kvalitetslib.sources.scales import plain_code
from kvalitetslib.tomlfile import Section

_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_KEY_FORM = "små bokstäver a till z, siffror, - och _"
_GENDER = {"K": "kvinnor", "M": "män"}
_SINGLE = (BackgroundKind.GENDER, BackgroundKind.AGE)

_NO_AGES = AgeBounds((), None)


@dataclass(frozen=True)
class _Groups:
    """Group keys with labels, and which codes of the file stand for which key."""

    groups: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    bounds: AgeBounds = _NO_AGES


def read_backgrounds(
    sections: tuple[Section, ...], base: Mapping[str, Background], kommun: Kommun
) -> tuple[Background, ...]:
    """The background variables; keys left out are taken from ``base``, the template's own."""
    found: list[Background] = []
    for section in sections:
        background = _background(section, base, kommun)
        section.close()
        if any(each.key == background.key for each in found):
            rule = "samma nyckel står två gånger"
            section.fault("nyckel", rule, background.key, "en nyckel som inte använts")
        if background.kind in _SINGLE and any(each.kind is background.kind for each in found):
            rule = f"flera bakgrunder har typen {background.kind}"
            section.fault("typ", rule, background.key, "en bakgrund av den typen")
        found.append(background)
    return tuple(found)


def _background(section: Section, base: Mapping[str, Background], kommun: Kommun) -> Background:
    key = section.text("nyckel")
    if key and not _KEY.fullmatch(key):
        section.fault("nyckel", "nyckeln har tecken som inte går", key, _KEY_FORM)
    old = base.get(key)
    kind = BackgroundKind(choice(section, "typ", tuple(BackgroundKind), old.kind if old else None))
    column = section.text("kolumn", old.column if old else key)
    label = section.text("namn", old.label if old else str(kind).capitalize())
    born = section.flag("fodelsear", old.born if old else False)
    if section.has("grupper") or old is None:
        groups = _groups(section, kind, kommun)
    else:
        groups = _Groups(old.groups, old.codes, AgeBounds(old.bounds, old.oldest))
    if born and (kind is not BackgroundKind.AGE or groups.codes):
        accepted = 'typ = "ålder" och grupper = ["18–29 år", …]'
        section.fault("fodelsear", "födelseår går bara med åldersgrupper", "true", accepted)
    return Background(
        kind=kind,
        key=key,
        column=column,
        label=label,
        groups=groups.groups,
        bounds=groups.bounds.lows,
        oldest=groups.bounds.oldest,
        born=born,
        codes=groups.codes,
        owners=_owners(section, groups, kommun) or (old.owners if old else ()),
    )


def known_namnd(section: Section, key: str, nyckel: str, kommun: Kommun) -> str:
    """The key of a nämnd, with a fault when the kommun has none by that key."""
    known = [namnd.nyckel for namnd in kommun.namnder]
    if nyckel and nyckel not in known:
        section.fault(key, "nämnden är okänd", nyckel, accepted_words(nyckel, known))
    return nyckel


def _owners(section: Section, groups: _Groups, kommun: Kommun) -> tuple[tuple[str, str], ...]:
    """Which nämnd answers for each group: ``namnder = { "Miljö" = "miljo" }``."""
    table = section.table("namnder")
    known = dict(groups.groups)
    for key in table.keys:
        if key not in known:
            section.fault("namnder", "gruppen är okänd", key, accepted_words(key, known))
    return tuple(
        (key, known_namnd(section, "namnder", table.text(key), kommun)) for key in table.keys
    )


def _groups(section: Section, kind: BackgroundKind, kommun: Kommun) -> _Groups:
    if kind is BackgroundKind.AGE and not isinstance(written(section, "grupper"), dict):
        texts = section.texts("grupper", is_required=True)
        bounds = _bounds(section, texts)
        return _Groups(tuple((text, text) for text in texts), (), bounds)
    larger = section.flag("storre", False) if kind is BackgroundKind.AREA else False
    coded = section.table("grupper")
    codes = [(code, coded.text(code)) for code in coded.keys]
    if not codes:
        accepted = 'grupper = { "1" = "…", "2" = "…" }'
        section.fault("grupper", "bakgrunden har inga grupper", "", accepted)
    _check_codes(section, [code for code, _ in codes])
    if kind is BackgroundKind.AREA:
        return _areas(section, codes, kommun, is_larger=larger)
    labels = section.table("etiketter")
    keys = tuple(dict.fromkeys(key for _, key in codes))
    named = {key: labels.text(key, _GENDER.get(key, key)) for key in keys}
    labels.close()
    bounds = _bounds(section, keys) if kind is BackgroundKind.AGE else _NO_AGES
    return _Groups(tuple(named.items()), _with_missing(section, codes), bounds)


def _areas(
    section: Section, codes: list[tuple[str, str]], kommun: Kommun, *, is_larger: bool
) -> _Groups:
    """Codes of areas; with ``storre`` they are joined to the larger areas they lie in."""
    areas = {area.nyckel: area for area in kommun.areas}
    for _, key in codes:
        if key not in areas:
            accepted = accepted_words(key, areas) if areas else "[[omrade]] i kommun.toml"
            section.fault("grupper", "området är okänt", key, accepted)
    codes = [(code, key) for code, key in codes if key in areas]
    if is_larger:
        codes = [(code, areas[key].larger or key) for code, key in codes]
    keys = dict.fromkeys(key for _, key in codes)
    groups = tuple((key, areas[key].namn if key in areas else key) for key in keys)
    return _Groups(groups, _with_missing(section, codes))


def _with_missing(section: Section, codes: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    missing = section.texts("saknas")
    known = {plain_code(code) for code, _ in codes}
    for code in missing:
        if plain_code(code) in known:
            section.fault("saknas", "koden står redan i grupper", code, "en annan kod")
    return (*codes, *((code, "") for code in missing))


def _check_codes(section: Section, codes: list[str]) -> None:
    plain = [plain_code(code) for code in codes]
    for code in sorted({code for code in plain if plain.count(code) > 1}):
        section.fault("grupper", "samma kod står två gånger", code, "varje kod en gång")


def _bounds(section: Section, texts: tuple[str, ...]) -> AgeBounds:
    found = age_bounds(texts)
    if isinstance(found, Problem):
        section.fault("grupper", found.rule, "", found.accepted)
        return _NO_AGES
    return found
