"""The reports made on several machines: a dask.distributed cluster, an optional extra.

Only bytes are sent, to the workers and back, so they need kvalitetslib but no disk of ours. When a
worker is lost its reports are made by another.
"""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING
from uuid import uuid4

from kvalitetslib.batch.hand import make_by_hand
from kvalitetslib.batch.job import Job, Motor, Outcome
from kvalitetslib.batch.parcel import Made, packed
from kvalitetslib.errors import BuildError, ConfigError

if TYPE_CHECKING:
    from distributed import Client, Future

ANSWER_S = 10.0
ALONE_S = 60.0
"""Seconds that a cluster may be without any worker before what is left is given up."""
_AGAIN = "Kör kommandot igen, så görs resten."
AHEAD = 2
"""Reports sent for each thread of the cluster, so that none waits for the next."""


def check_cluster(address: str, *, answer_s: float = ANSWER_S) -> None:
    """See that reports can be made there, before anything else is done.

    Parameters
    ----------
    address : the scheduler's, such as tcp://127.0.0.1:8786.
    answer_s : seconds that it may take to answer, and its first worker to come.

    Raises
    ------
    ConfigError : if dask.distributed is not installed, nothing answers or no worker is there.
    """
    try:
        with _client(address, answer_s) as client:
            client.wait_for_workers(1, timeout=answer_s)
    except ImportError as error:
        message = 'dask.distributed saknas. Kör: python -m pip install "kvalitetslib[dask]"'
        raise ConfigError(message) from error
    except TimeoutError as error:
        message = f"Klustret {address} har ingen arbetare. Starta en: dask worker {address}"
        raise ConfigError(message) from error
    except BuildError as error:
        raise ConfigError(str(error)) from error


def _client(address: str, answer_s: float) -> "Client":
    distributed = import_module("distributed")
    try:
        client: Client = distributed.Client(address, timeout=answer_s, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise BuildError(
            f"Ingen schemaläggare för dask svarar på {address}. Godtas: adressen som dask "
            "scheduler visar när den startar, till exempel tcp://127.0.0.1:8786."
        ) from error
    return client


@dataclass(frozen=True)
class Cluster:
    """The workers of a cluster, found at its scheduler's address."""

    address: str
    motor: Motor = Motor.QUICK

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcome; what is not done when it is left early is called off.

        Raises
        ------
        BuildError : if the scheduler is lost, or no worker has been there for a while.
        """
        with _client(self.address, ANSWER_S) as client:
            sent = _Sent(client)
            for job in jobs:
                sent.send(job, self.motor)
                while len(sent.running) >= AHEAD * max(sent.threads(), 1):
                    yield from sent.done()
            while sent.running:
                yield from sent.done()


class _Sent:
    """What has been sent to a cluster and not come back."""

    def __init__(self, client: "Client") -> None:
        self.running: dict[str, tuple[Job, Future[Made]]] = {}
        self._client = client
        self._ready: SimpleQueue[str] = SimpleQueue()
        self._seen = time.monotonic()

    def send(self, job: Job, motor: Motor) -> None:
        key = f"{job.report.kommun}-{job.namnd}-{uuid4().hex}"
        future = self._client.submit(make_by_hand, packed(job, motor), key=key)
        self.running[key] = job, future
        future.add_done_callback(lambda _: self._ready.put(key))

    def threads(self) -> int:
        """Of all workers that the scheduler knows of."""
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            return 0

    def done(self) -> Iterator[tuple[Job, Outcome]]:
        """What has come back when something has, or nothing after a second."""
        try:
            job, future = self.running.pop(self._ready.get(timeout=1.0))
        except Empty:
            self._see_that_someone_works()
            return
        yield job, _taken_in(job, future)

    def _see_that_someone_works(self) -> None:
        if self.threads():
            self._seen = time.monotonic()
        if time.monotonic() - self._seen > ALONE_S:
            raise BuildError(f"Klustret har ingen arbetare kvar. {_AGAIN}")


def _taken_in(job: Job, future: "Future[Made]") -> Outcome:
    """The outcome, when the report's files are in its folder."""
    if future.status == "error":
        return Outcome(message=_fault(future.exception(timeout=ALONE_S)))
    try:
        made = future.result(timeout=ALONE_S)
    except (CancelledError, TimeoutError, OSError) as error:
        raise BuildError(f"Kontakten med klustret bröts. {_AGAIN}") from error
    for name, content in made.files.items():
        (job.folder / name).write_bytes(content)
    return made.outcome


def _fault(error: BaseException) -> str:
    if type(error).__name__ == "KilledWorker":
        return "flera arbetare i klustret avslutades mitt i rapporten"
    return f"i klustret: {type(error).__name__}: {error}"
