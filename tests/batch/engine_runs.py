"""Runs notebooks with papermill in a process that has one thread, as a person's own would be.

Called as a program with two files: what to run, and where to tell how it went, both JSON.
"""

import json
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import matplotlib.pyplot  # noqa: F401  what is imported here is imported once for all
import papermill


@dataclass(frozen=True)
class Run:
    """One notebook with one engine; ``beside`` keeps a second thread alive meanwhile."""

    notebook: str
    out: str
    engine: str
    parameters: dict[str, Any] = field(default_factory=dict)
    timeout: int = 60
    beside: bool = False
    progress: bool = False


@dataclass(frozen=True)
class Ran:
    """The error that papermill raised, empty when there was none, and what was logged."""

    error: str = ""
    message: str = ""
    log: tuple[str, ...] = ()


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


def run(each: Run) -> Ran:
    """Run the notebook, and write it where asked."""
    kept, logger = _Kept(), logging.getLogger("kvalitetslib")
    logger.addHandler(kept)
    error, message = "", ""
    try:
        with _thread(each.beside):
            papermill.execute_notebook(
                each.notebook,
                each.out,
                each.parameters,
                engine_name=each.engine,
                progress_bar=each.progress,
                execution_timeout=each.timeout,
                cwd=each.out.rpartition("/")[0],
            )
    except BaseException as raised:
        error, message = type(raised).__name__, str(raised)
    logger.removeHandler(kept)
    return Ran(error, message, tuple(kept.told))


@contextmanager
def _thread(wanted: bool) -> Any:
    ended = threading.Event()
    waits: Callable[[], object] = ended.wait
    thread = threading.Thread(target=waits)
    if wanted:
        thread.start()
    yield
    ended.set()
    if wanted:
        thread.join()


def main() -> None:
    asked, told = map(Path, sys.argv[1:])
    runs = [Run(**each) for each in json.loads(asked.read_text("utf-8"))]
    told.write_text(json.dumps([asdict(run(each)) for each in runs]), "utf-8")


if __name__ == "__main__":
    main()
