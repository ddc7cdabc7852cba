"""What a run tells while it works: a bar, failures as they come, lines for machines, and a log.

The log is the only place where a clock's time is written; no page or protocol depends on it.
"""

import json
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO

from kvalitetslib.batch.events import Event, Started, Step
from kvalitetslib.batch.manifest import Entry, Result

LOG = "korning.logg"
FEWEST = 3
"""Reports that must be made before it is said how long the rest will take."""
_WIDTH = 79
_BAR = 24


class Progress:
    """Tells of a run in a terminal, or to a machine, and writes the operator's log.

    Parameters
    ----------
    folder : the quarter's folder, where the log is written.
    is_quiet : no bar; failures and the last line only.
    is_json : one JSON object a line on ``out`` and nothing else there.
    out, err : where lines and where bar and failures go; the process's own when left out.
    """

    def __init__(
        self,
        folder: Path,
        *,
        is_quiet: bool = False,
        is_json: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self._out, self._err = out or sys.stdout, err or sys.stderr
        self._index, self._path = folder / "index.html", folder / LOG
        self._is_json = is_json
        self._has_bar = self._err.isatty() and not (is_quiet or is_json)
        self._log: TextIOWrapper | None = None
        self._since, self._made = time.monotonic(), 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say in the log when a run was cut short, and close it."""
        if self._log is None:
            return
        if kind is not None:
            self._wipe()
            why = f"{error}" or kind.__name__
            self._machine("avbruten", meddelande=why)
            self._note(f"avbruten: {why}")
        with suppress(OSError):
            self._log.close()

    def tell(self, event: Event) -> None:
        """Take in what has happened."""
        if isinstance(event, Started):
            self._log = self._path.open("a", encoding="utf-8", newline="\n")
            self._machine("start", rapporter=event.total)
            self._note(f"start: {event.total} rapporter")
            self._draw(0, event.total)
        elif isinstance(event, Step):
            self._step(event)
        else:
            self._ended(event.entries)

    def _step(self, step: Step) -> None:
        entry, is_failed = step.entry, step.entry.resultat is Result.FAILED
        self._made += entry.resultat in (Result.MADE, Result.FAILED)
        told = {"cell": entry.cell, "meddelande": entry.meddelande} if is_failed else {}
        self._machine(
            "rapport",
            kommun=entry.kommun,
            namnd=entry.namnd,
            resultat=entry.resultat.value,
            sekunder=round(step.seconds, 3),
            klara=step.done,
            av=step.total,
            **told,
        )
        why = f": {_reason(entry)}" if is_failed else ""
        name = f"{entry.kommun}/{entry.namnd}"
        self._note(f"{step.done}/{step.total} {name} {entry.resultat} {step.seconds:.2f} s{why}")
        if is_failed:
            self._wipe()
            print(failure(entry), file=self._err, flush=True)
        self._draw(step.done, step.total, name)

    def _draw(self, done: int, total: int, name: str = "") -> None:
        if not self._has_bar or not total:
            return
        filled = _BAR * done // total
        bar = "█" * filled + "░" * (_BAR - filled)
        line = f"{bar} {done}/{total}{self.left(total - done)} {name}"[:_WIDTH]
        end = "\n" if done == total else ""
        print(f"\r{line:<{_WIDTH}}", end=end, file=self._err, flush=True)

    def left(self, reports: int) -> str:
        """How long that many reports will take, in words; empty while too few have been made.

        What is unchanged takes no time, so the rest may go faster than this.
        """
        if self._made < FEWEST or not reports:
            return ""
        return f", {_long((time.monotonic() - self._since) / self._made * reports)} kvar,"

    def _wipe(self) -> None:
        if self._has_bar:
            print(f"\r{'':<{_WIDTH}}\r", end="", file=self._err, flush=True)

    def _ended(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            if entry.resultat is Result.HISTORY and not self._is_json:
                print(f"{entry.kommun}/{entry.namnd}: {entry.meddelande}", file=self._out)
            if entry.pdf_fel:
                self._note(f"{entry.kommun}/{entry.namnd}: {entry.pdf_fel}")
                print(f"{entry.kommun}/{entry.namnd}: {entry.pdf_fel}", file=self._err)
        counted = Counter(each.resultat for each in entries)
        kept = f"{counted[Result.HISTORY]} historik, " if counted[Result.HISTORY] else ""
        text = (
            f"{counted[Result.MADE]} gjorda, {counted[Result.UNCHANGED]} oförändrade, {kept}"
            f"{counted[Result.FAILED]} misslyckade"
        )
        seconds = time.monotonic() - self._since
        self._machine(
            "slut",
            gjorda=counted[Result.MADE],
            oforandrade=counted[Result.UNCHANGED],
            historik=counted[Result.HISTORY],
            misslyckade=counted[Result.FAILED],
            utan_pdf=sum(bool(each.pdf_fel) for each in entries),
            sekunder=round(seconds, 3),
            index=self._index.as_posix(),
        )
        self._note(f"slut: {text}, {seconds:.1f} s")
        if not self._is_json:
            print(f"{text}. Öppna {self._index}", file=self._out, flush=True)

    def _machine(self, handelse: str, **told: object) -> None:
        if self._is_json:
            # Escaped, so that it can be read in any console's character set.
            print(json.dumps({"handelse": handelse, **told}), file=self._out, flush=True)

    def _note(self, text: str) -> None:
        """A line in the log. A full disk is told of by what is made, not by the log."""
        if self._log is not None:
            with suppress(OSError):
                self._log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}\n")
                self._log.flush()


def failure(entry: Entry) -> str:
    """Which report failed and why, on one line."""
    return f"{entry.kommun}/{entry.namnd}{', ' if entry.cell else ': '}{_reason(entry)}"


def _reason(entry: Entry) -> str:
    place = f"cell {entry.cell}: " if entry.cell else ""
    return place + " ".join(entry.meddelande.split())


def _long(seconds: float) -> str:
    """A length of time as one says it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under 1 min"
    hours, rest = divmod(minutes, 60)
    return f"ungefär {hours} tim {rest} min" if hours else f"ungefär {minutes} min"
