"""A warm process that makes the reports sent to it: ``python -m kvalitetslib.batch.hand``.

A worker of a cluster has threads, and a fork of it could stand still for ever. So it starts this
process, which has one thread and all imports made, and sends it a report at a time over its stdin.
Each report is made in a fork of its own, as on one machine.
"""

import os
import pickle
import subprocess
import sys
import threading
from typing import BinaryIO

from kvalitetslib.batch.job import Outcome
from kvalitetslib.batch.parallel import RETRIES
from kvalitetslib.batch.parcel import Made, Parcel, make_parcel

_COMMAND = ("-m", "kvalitetslib.batch.hand")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_DIED = (EOFError, BrokenPipeError, pickle.UnpicklingError)


class Hand:
    """The process as seen from the one who starts it. It ends by itself when that one ends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
        )

    def make(self, parcel: Parcel) -> Made:
        """The report (one of ``_DIED`` when the process ends instead)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(parcel, self._process.stdin)
        self._process.stdin.flush()
        made: Made = pickle.load(self._process.stdout)
        return made

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


_OWN = threading.local()


def make_by_hand(parcel: Parcel) -> Made:
    """Make the report by this thread's own hand, a new one if the last has died."""
    for _ in range(1 + RETRIES):
        hand: Hand | None = getattr(_OWN, "hand", None)
        hand = _OWN.hand = hand or Hand()
        try:
            return hand.make(parcel)
        except _DIED:
            hand.close()
            _OWN.hand = None
    return Made(Outcome(message="arbetarens process avslutades mitt i körningen"))


def _own_ends() -> tuple[BinaryIO, BinaryIO]:
    """Where parcels come and go; what anyone prints goes to stderr, and nobody reads stdin."""
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return inlet, outlet


def main() -> None:
    """Make what comes until no more can come."""
    inlet, outlet = _own_ends()
    while True:
        try:
            made = make_parcel(pickle.load(inlet))
            pickle.dump(made, outlet)
            outlet.flush()
        except (EOFError, BrokenPipeError):
            os._exit(0)


if __name__ == "__main__":
    main()
