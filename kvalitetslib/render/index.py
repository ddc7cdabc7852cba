"""The index pages: every nämnd's verdicts of a quarter, and every quarter that has reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from kvalitetslib.render import times, wording
from kvalitetslib.render.head import Head, script, sheet
from kvalitetslib.render.matrix import Line, safe, safe_links
from kvalitetslib.render.page import page_styles
from kvalitetslib.render.parts import render
from kvalitetslib.render.sentences.notes import VERDICT_ORDER
from kvalitetslib.report import Verdict

MANY_KOMMUNER = 30
"""Above this each nämnd is one short line: a page of a county or the country stays light."""
Links = tuple[tuple[str, str], ...]
"""Names and addresses."""
_NONE: Mapping[str, Links] = MappingProxyType({})
NOT_MADE = "rapporten kunde inte göras"


@dataclass(frozen=True)
class IndexRow:
    """One nämnd's report in an index. ``failed`` says in words why there is none.

    ``decisions`` are findings that need a decision, ``doubts`` values that may be faults in the
    data, and ``editions`` other pages from the same evidence: their names and where they lie.
    """

    kommun: str
    kommun_namn: str
    namnd: str
    namnd_namn: str
    href: str
    counts: tuple[tuple[Verdict, int], ...] = ()
    failed: str = ""
    synthetic: bool = False
    decisions: int = 0
    doubts: int = 0
    editions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class QuarterRows:
    """The reports of a quarter, as an index over quarters needs them."""

    quarter: str
    href: str
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True)
class Group:
    """A kommun's nämnder under its name, and ``links`` to what concerns the whole kommun."""

    id: str
    name: str
    lines: tuple[Line, ...]
    links: tuple[tuple[str, str], ...] = ()


def index_page(
    reports: Sequence[IndexRow], quarter: str, *, up: Links = (), whole: Mapping[str, Links] = _NONE
) -> str:
    """The index of a quarter.

    Parameters
    ----------
    up : links to the indexes above it.
    whole : links to the pages of a whole kommun, by its key.
    """
    names = {each.kommun: each.kommun_namn for each in reports}
    ordered = sorted(names, key=lambda key: wording.collation(names[key]))
    is_plain = len(names) > MANY_KOMMUNER
    by_kommun = {key: list(rows) for key, rows in _by_kommun(reports)}
    groups = tuple(
        Group(
            f"kommun-{key}",
            names[key],
            tuple(_line(each, is_plain) for each in by_kommun[key]),
            safe_links(whole.get(key, ())),
        )
        for key in ordered
    )
    over = tuple(_total(names[key], f"#kommun-{key}", by_kommun[key]) for key in ordered)
    failures = [each for each in reports if each.failed]
    told = f"{wording.number(len(reports) - len(failures))} av {wording.number(len(reports))}"
    return _document(
        reports,
        title=f"Rapporter {times.period(quarter)}",
        ingress=f"{wording.capital(times.period(quarter))}. {told} rapporter är gjorda.",
        up=up,
        over=over if len(over) > 1 else (),
        groups=groups,
        failures=failures,
        is_plain=is_plain,
    )


def quarters_page(quarters: Sequence[QuarterRows]) -> str:
    """The index over all quarters, the newest first, and how each nämnd has gone."""
    newest = sorted(quarters, key=lambda each: each.quarter, reverse=True)
    every = [row for each in newest for row in each.rows]
    over = tuple(_total(_quarter_name(each.quarter), each.href, each.rows) for each in newest)
    return _document(
        every,
        title="Rapporter alla kvartal",
        ingress=_newest(newest),
        quarters=over,
        head_names=[_quarter_name(each.quarter) for each in newest],
        courses=_courses(newest),
        course_name="Nämnd" if len({each.kommun for each in every}) == 1 else "Kommun",
    )


def _document(reports: Sequence[IndexRow], *, title: str, **words: object) -> str:
    names = {each.kommun: each.kommun_namn for each in reports}
    blocks = (*page_styles(title), sheet("matrix.css", "index.css"), script("page.js", "index.js"))
    empty = {
        "up": (),
        "over": (),
        "groups": (),
        "failures": (),
        "is_plain": False,
        "quarters": (),
        "courses": (),
        "head_names": (),
        "course_name": "",
    }
    return str(
        render(
            "index.html.j2",
            title=title,
            doc_head=Head(title, blocks),
            kommun=next(iter(names.values()), "") if len(names) == 1 else "",
            synthetic=any(each.synthetic for each in reports),
            **(empty | words),
        )
    )


def _by_kommun(rows: Sequence[IndexRow]) -> Iterable[tuple[str, Iterable[IndexRow]]]:
    return groupby(sorted(rows, key=lambda each: each.kommun), key=lambda each: each.kommun)


def _line(row: IndexRow, is_plain: bool = False) -> Line:
    if row.failed:
        return Line(row.namnd_namn, failed=1, is_plain=is_plain, note=NOT_MADE)
    counts = dict(row.counts)
    links = () if is_plain else safe_links(row.editions)
    return Line(
        row.namnd_namn,
        safe(row.href),
        tuple(counts.get(each, 0) for each in VERDICT_ORDER),
        row.decisions,
        row.doubts,
        links=links,
        is_plain=is_plain,
    )


def _total(name: str, href: str, rows: Sequence[IndexRow]) -> Line:
    lines = [_line(each) for each in rows]
    sums = tuple(sum(each.counts[i] for each in lines if each.counts) for i in range(5))
    return Line(
        name,
        href,
        sums,
        sum(each.decisions for each in lines),
        sum(each.doubts for each in lines),
        sum(each.failed for each in lines),
    )


def _courses(newest: Sequence[QuarterRows]) -> list[tuple[str, list[Line | None]]]:
    """For each nämnd, or each kommun when there are several, its line of every quarter."""
    kommuner = {row.kommun for each in newest for row in each.rows}
    lines: dict[tuple[str, str], dict[str, Line]] = {}
    for each in newest:
        for key, rows in _by_kommun(each.rows):
            found = list(rows)
            href = f"{each.href.removesuffix('index.html')}{key}/index.html"
            if len(kommuner) > 1:
                known = {(key, found[0].kommun_namn): _total("", href, found)}
            else:
                known = {(row.namnd, row.namnd_namn): _line(row) for row in found}
            for key_name, line in known.items():
                lines.setdefault(key_name, {})[each.quarter] = line
    ordered = sorted(lines, key=lambda key: wording.collation(key[1]))
    quarters = [each.quarter for each in newest]
    return [(key[1], [lines[key].get(quarter) for quarter in quarters]) for key in ordered]


def _quarter_name(quarter: str) -> str:
    return wording.capital(times.period(quarter))


def _newest(newest: Sequence[QuarterRows]) -> str:
    if not newest:
        return "Det finns inga rapporter ännu."
    told = wording.count(len(newest), neuter=True)
    return f"{wording.capital(told)} kvartal. Det senaste är {times.period(newest[0].quarter)}."
