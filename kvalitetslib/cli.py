"""The commands. Here, and only here, the clock is read: for the default quarter."""

import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kvalitetslib import swedish_click as swedish
from kvalitetslib.batch.cluster import check_cluster
from kvalitetslib.batch.job import Motor
from kvalitetslib.batch.kept import DAYS, forget
from kvalitetslib.batch.manifest import Result, read_manifest
from kvalitetslib.batch.opening import parse_quarter
from kvalitetslib.batch.order import Order, check_namnder
from kvalitetslib.batch.pdf import find_browser
from kvalitetslib.batch.progress import Progress
from kvalitetslib.batch.reading import Ready, chosen_kommuner, read_all
from kvalitetslib.batch.runner import run
from kvalitetslib.errors import BuildError, Fault, KvalitetError, SourceError
from kvalitetslib.period import Period, quarter_before, quarter_of
from kvalitetslib.sources.draft import draft_codebook
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
@click.option(
    "--motor",
    type=click.Choice([each.value for each in Motor]),
    default=Motor.QUICK.value,
    help="snabb: delar en varm process. standard: en kärna för varje rapport.",
)
@click.option(
    "--dask", metavar="ADRESS", help="Gör rapporterna i ett dask-kluster, tcp://NAMN:8786."
)
@click.option("--pdf", is_flag=True, help="Gör också en PDF av varje sida (Chromium eller Edge).")
@click.option("--om", is_flag=True, help="Gör också om rapporter som är oförändrade.")
@click.option("--tyst", is_flag=True, help="Visa bara det som misslyckas, och sista raden.")
@click.option(
    "--json", "as_json", is_flag=True, help="En rad JSON för varje händelse, för program."
)
def _rapport(
    kommun: tuple[str, ...],
    kvartal: str | None,
    namnd: tuple[str, ...],
    ut: str,
    data: str,
    arbetare: int | None,
    motor: str,
    dask: str | None,
    pdf: bool,
    om: bool,
    tyst: bool,
    as_json: bool,
) -> int:
    """Gör alla nämnders sidor, index och körprotokoll.

    Slutar med 0 när alla är gjorda, 1 när någon misslyckades och 2 när indata är fel eller när
    --pdf inte hittar någon webbläsare.
    """
    quarter = _quarter(kvartal)
    workers = arbetare or os.cpu_count() or 1
    ready = _read(data, kommun, quarter, workers)
    check_namnder(ready, namnd)
    browser = find_browser() if pdf else None
    if dask:
        check_cluster(dask)
    order = Order(
        notebook=NOTEBOOK,
        out=Path(ut),
        quarter=quarter,
        namnder=namnd,
        workers=workers,
        again=om,
        browser=browser,
        motor=Motor(motor),
        scheduler=dask or "",
    )
    with Progress(order.folder, is_quiet=tyst, is_json=as_json) as progress:
        entries = run(order, ready, progress.tell)
    forget(days=DAYS)
    is_whole = not any(each.resultat is Result.FAILED or each.pdf_fel for each in entries)
    return max(MADE if is_whole else SOME_FAILED, _unprinted(order, ready))


@kvalitet.command("kontrollera")
@_kommun
@_kvartal
@_data
def _kontrollera(kommun: tuple[str, ...], kvartal: str | None, data: str) -> int:
    """Visa varje fel i varje fil. Slutar med 0 när inget är fel, annars 2."""
    try:
        ready = _read(data, kommun, _quarter(kvartal), os.cpu_count() or 1)
    except KvalitetError as error:
        click.echo(fault_table(error))
        return BAD_INPUT
    names = ", ".join(each.kommun.nyckel for each in ready)
    files = sum(len(each.checksums) for each in ready)
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


@kvalitet.command("rensa")
def _rensa() -> int:
    """Ta bort sparade nulägesanalyser, till exempel när underlaget ska gallras."""
    gone = forget()
    if gone == 0:
        click.echo("Ingen nulägesanalys var sparad.")
    elif gone == 1:
        click.echo("1 sparad nulägesanalys är borttagen.")
    else:
        click.echo(f"{gone} sparade nulägesanalyser är borttagna.")
    return MADE


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; what is wrong is said in Swedish."""
    # Asked to end, it ends its workers and keeps what is done, as when someone presses Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
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


def _read(data: str, kommun: tuple[str, ...], quarter: Period, workers: int) -> tuple[Ready, ...]:
    folder = Path(data)
    chosen = chosen_kommuner(folder, kommun)
    return read_all(folder, chosen, quarter=quarter, today=date.today(), workers=workers)


def _row(fault: Fault) -> tuple[str, ...]:
    row = str(fault.row) if fault.row else ""
    return fault.file, row, fault.column, fault.rule, fault.found, fault.accepted


def _unprinted(order: Order, kommuner: Sequence[Ready]) -> int:
    """Tell of the kommuner whose own page could not be printed."""
    overviews = read_manifest(order.folder).overviews
    asked = [overviews.get(each.kommun.nyckel) for each in kommuner]
    wrong = [each.pdf_fel for each in asked if each is not None and each.pdf_fel]
    for each in wrong:
        click.echo(each, err=True)
    return SOME_FAILED if wrong else MADE
