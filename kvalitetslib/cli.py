"""The commands. Here, and only here, the clock is read: for the default quarter."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kvalitetslib import swedish_click as swedish
from kvalitetslib.batch.manifest import Entry, Result, read_manifest
from kvalitetslib.batch.opening import parse_quarter
from kvalitetslib.batch.pdf import find_browser
from kvalitetslib.batch.reading import chosen_kommuner, read_all
from kvalitetslib.batch.runner import Order, check_namnder, run
from kvalitetslib.errors import BuildError, Fault, KvalitetError, SourceError
from kvalitetslib.period import Period, quarter_before, quarter_of
from kvalitetslib.sources.draft import draft_codebook
from kvalitetslib.sources.inputs import Inputs
from kvalitetslib.version import __version__

NOTEBOOK = Path("notebooks/namndrapport.ipynb")
MADE, SOME_FAILED, BAD_INPUT, STOPPED = 0, 1, 2, 130
_HEAD = ("fil", "rad", "kolumn", "regel", "hittade", "godtas")

_kommun = click.option(
    "--kommun",
    multiple=True,
    metavar="NYCKEL",
    help="Mapp under data/kommuner; kan ges flera gånger. Utan val: alla.",
)
_kvartal = click.option(
    "--kvartal", metavar="KVARTAL", help="Till exempel 2026K3. Utan val: det senast avslutade."
)
_data = click.option(
    "--data", default="data", metavar="MAPP", help="Mapp med kommuner och kallor. Utan val: data."
)


@click.group(cls=swedish.Group, invoke_without_command=True)
@click.option("--version", is_flag=True, help="Visa versionen.")
@click.pass_context
def kvalitet(ctx: click.Context, version: bool) -> None:
    """Kvalitetsrapporter för kommunens nämnder."""
    if version:
        click.echo(f"kvalitetslib {__version__}")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@kvalitet.command("rapport")
@_kommun
@_kvartal
@click.option("--namnd", multiple=True, metavar="NYCKEL", help="Bara denna nämnd; flera går bra.")
@click.option("--ut", default="reports", metavar="MAPP", help="Dit sidorna går. Utan val: reports.")
@_data
@click.option("--arbetare", type=swedish.Number(), help="Processer. Utan val: en per kärna.")
@click.option("--pdf", is_flag=True, help="Gör också en PDF av varje sida (Chromium eller Edge).")
@click.option("--om", is_flag=True, help="Gör också om rapporter som är oförändrade.")
def _rapport(
    kommun: tuple[str, ...],
    kvartal: str | None,
    namnd: tuple[str, ...],
    ut: str,
    data: str,
    arbetare: int | None,
    pdf: bool,
    om: bool,
) -> int:
    """Gör alla nämnders sidor, index och körprotokoll.

    Slutar med 0 när alla är gjorda, 1 när någon misslyckades och 2 när indata är fel eller när
    --pdf inte hittar någon webbläsare.
    """
    quarter = _quarter(kvartal)
    inputs = _read(data, kommun, quarter)
    check_namnder(inputs, namnd)
    workers = arbetare or os.cpu_count() or 1
    browser = find_browser() if pdf else None
    order = Order(NOTEBOOK, Path(ut), quarter, namnd, workers, again=om, browser=browser)
    entries = run(order, inputs, _progress)
    return max(_summed_up(entries, order.folder / "index.html"), _unprinted(order, inputs))


@kvalitet.command("kontrollera")
@_kommun
@_kvartal
@_data
def _kontrollera(kommun: tuple[str, ...], kvartal: str | None, data: str) -> int:
    """Visa varje fel i varje fil. Slutar med 0 när inget är fel, annars 2."""
    try:
        inputs = _read(data, kommun, _quarter(kvartal))
    except KvalitetError as error:
        click.echo(fault_table(error))
        return BAD_INPUT
    names = ", ".join(each.kommun.nyckel for each in inputs)
    files = sum(len(each.checksums) for each in inputs)
    click.echo(f"Inga fel i {files} filer: {names}.")
    return MADE


@kvalitet.command("kodbok")
@click.argument("fil", type=click.Path(path_type=Path))
def _kodbok(fil: Path) -> int:
    """Skriv ett utkast till kodbok bredvid en fil med enkätsvar (.csv, .xlsx eller .sav).

    Slutar med 2 när filen inte går att läsa eller kodboken redan finns.
    """
    target = fil.with_suffix(".toml")
    if target.exists():
        raise SourceError(
            Fault(target.name, 0, "", "kodboken finns redan", target.name, "ett annat filnamn")
        )
    if not fil.is_file():
        raise SourceError(Fault(fil.name, 0, "", "filen saknas", fil.name, "en fil med enkätsvar"))
    target.write_text(draft_codebook(fil), encoding="utf-8", newline="\n")
    click.echo(f"{target} är ett utkast. Gå igenom det innan det används.")
    return MADE


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; what is wrong is said in Swedish."""
    sys.exit(_code(args))


def fault_table(error: KvalitetError) -> str:
    """All faults, one a row under a heading; an error without faults is its message."""
    if not error.faults:
        return str(error)
    rows = [_HEAD, *(_row(fault) for fault in error.faults)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    count = len(error.faults)
    return "\n".join([*lines, "", "1 fel." if count == 1 else f"{count} fel."])


def _code(args: Sequence[str] | None) -> int:
    try:
        code = kvalitet.main(args, prog_name="kvalitet", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"{swedish.explained(error)} Se kvalitet --hjalp.", err=True)
        return BAD_INPUT
    except KvalitetError as error:
        # A BuildError can come in the middle of a run, all others before anything is written.
        untouched = "" if isinstance(error, BuildError) else "\nIngenting har skrivits."
        click.echo(f"{fault_table(error)}{untouched}", err=True)
        return BAD_INPUT
    except click.Abort:
        click.echo("Avbrutet.", err=True)
        return STOPPED
    return int(code or 0)


def _quarter(kvartal: str | None) -> Period:
    return parse_quarter(kvartal) if kvartal else quarter_before(quarter_of(date.today()))


def _read(data: str, kommun: tuple[str, ...], quarter: Period) -> tuple[Inputs, ...]:
    folder = Path(data)
    return read_all(folder, chosen_kommuner(folder, kommun), quarter=quarter, today=date.today())


def _row(fault: Fault) -> tuple[str, ...]:
    row = str(fault.row) if fault.row else ""
    return fault.file, row, fault.column, fault.rule, fault.found, fault.accepted


def _progress(entry: Entry, done: int, total: int) -> None:
    """A bar that stays on one line; nothing when nobody watches."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // total
    bar = "█" * filled + "░" * (24 - filled)
    line = f"\r{bar} {done}/{total} {entry.kommun}/{entry.namnd}"
    click.echo(f"{line[:79]:<79}", nl=done == total, err=True)


def _unprinted(order: Order, inputs: Sequence[Inputs]) -> int:
    """Tell of the kommuner whose own page could not be printed."""
    overviews = read_manifest(order.folder).overviews
    asked = [overviews.get(each.kommun.nyckel) for each in inputs]
    wrong = [each.pdf_fel for each in asked if each is not None and each.pdf_fel]
    for each in wrong:
        click.echo(each, err=True)
    return SOME_FAILED if wrong else MADE


def _summed_up(entries: tuple[Entry, ...], index: Path) -> int:
    counted = {result: sum(each.resultat is result for each in entries) for result in Result}
    kept = f"{counted[Result.HISTORY]} historik, " if counted[Result.HISTORY] else ""
    click.echo(
        f"{counted[Result.MADE]} gjorda, {counted[Result.UNCHANGED]} oförändrade, {kept}"
        f"{counted[Result.FAILED]} misslyckade. Öppna {index}"
    )
    for entry in entries:
        if entry.resultat is Result.FAILED:
            place = f", cell {entry.cell}" if entry.cell else ""
            click.echo(f"{entry.kommun}/{entry.namnd}{place}: {entry.meddelande}", err=True)
        elif entry.pdf_fel:
            click.echo(f"{entry.kommun}/{entry.namnd}: {entry.pdf_fel}", err=True)
        elif entry.resultat is Result.HISTORY:
            click.echo(f"{entry.kommun}/{entry.namnd}: {entry.meddelande}")
    is_whole = not any(each.resultat is Result.FAILED or each.pdf_fel for each in entries)
    return MADE if is_whole else SOME_FAILED
