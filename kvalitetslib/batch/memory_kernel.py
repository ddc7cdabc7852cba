"""A Python kernel without a process and sockets of its own: ipykernel's, asked in this process.

nbclient runs a notebook with it as with any other, so that outputs, errors and display ids are what
the standard engine gives. Only the road between the two is another: messages are handed over.
"""

import asyncio
import builtins
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from queue import Empty
from typing import Any, ClassVar

from ipykernel import ipkernel
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode

from kvalitetslib.batch.cell_limit import limited
from kvalitetslib.batch.streams import Captured, StreamText

Message = dict[str, Any]
INLINE = "module://matplotlib_inline.backend_inline"
"""Where a kernel's matplotlib draws unless told otherwise."""


class MemorySession(Session):
    """Builds messages as over sockets and hands each one to ``take``."""

    take: Callable[[Message], None]

    def send(self, stream: Any, msg_or_type: Any, *args: Any, **given: Any) -> Message:
        """Hand over a message; its type and content are given, or the message itself."""
        if isinstance(msg_or_type, dict):
            message: Message = msg_or_type
        else:
            names = ("content", "parent", "ident", "buffers", "track", "header", "metadata")
            told = dict(zip(names, args, strict=False)) | given
            kept = ("content", "parent", "header", "metadata")
            message = self.msg(msg_or_type, **{name: told.get(name) for name in kept})
        self.take(message)
        return message


class MemoryShell(ZMQInteractiveShell):
    """ipykernel's shell in a process that shows no windows."""

    def init_history(self) -> None:
        """Remember what was run while it runs; nothing is kept on the disk."""
        self.config.HistoryManager.hist_file = ":memory:"
        super().init_history()  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Nothing to enable: pictures are outputs."""


class _Channel:
    """Messages in the order they came."""

    def __init__(self) -> None:
        self._messages: list[Message | CellTimeoutError] = []

    def put(self, message: Message | CellTimeoutError) -> None:
        self._messages.append(message)

    def without(self, kind: str, parent: Message) -> None:
        """Take away what has been said of that kind in answer to a request."""
        id = parent["header"]["msg_id"]
        self._messages = [
            each
            for each in self._messages
            if isinstance(each, CellTimeoutError)
            or (each["msg_type"], each["parent_header"].get("msg_id")) != (kind, id)
        ]

    async def get_msg(self, timeout: float | None = None) -> Message:
        """The next message; Empty when none comes in time. An error in its place is raised."""
        waited = 0.0
        while not self._messages:
            if timeout is not None and waited >= timeout:
                raise Empty
            await asyncio.sleep(0.01)
            waited += 0.01
        message = self._messages.pop(0)
        if isinstance(message, CellTimeoutError):
            raise message
        return message


class MemoryClient:
    """What nbclient asks of a kernel client, and of the manager of its process."""

    allow_stdin = False
    has_kernel = True

    def __init__(self, *, timeout: int | None, log: logging.Logger) -> None:
        self.timeout = timeout
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        session = MemorySession()
        session.take = self._take
        self._session = session
        self._captured: Captured | None = None
        os.environ.setdefault("MPLBACKEND", INLINE)
        with _no_modules():
            self._kernel: Any = IPythonKernel(  # type: ignore[no-untyped-call]
                session=session, log=log, shell_class=MemoryShell
            )
        self._shell: Any = self._kernel.shell
        # No thread listens: a cell is never run by the one that would cancel it.
        self._kernel.shell_channel_thread = _NoThread()

    @contextmanager
    def started(self) -> Iterator["MemoryClient"]:
        """Take over the streams of the process while a notebook runs."""
        kept = (sys.stdout, sys.stderr, builtins.input)
        sys.stdout.flush()
        sys.stderr.flush()
        self._captured = Captured()
        sys.stdout, sys.stderr = (
            StreamText("stdout", self._stream, 1),
            StreamText("stderr", self._stream, 2),
        )
        try:
            yield self
        finally:
            sys.stdout, sys.stderr, builtins.input = kept
            self._captured.close()
            self._captured = None
            self._kernel.shell_class.clear_instance()
            IPythonKernel.clear_instance()

    async def execute(
        self, code: str, store_history: bool = True, stop_on_error: bool = True
    ) -> str:
        """Run a cell to its end; its messages then wait in the channels."""
        request = self._session.msg("execute_request", {"code": code})
        id: str = request["header"]["msg_id"]
        self._kernel.set_parent([b""], request)
        self._publish("status", {"execution_state": "busy"}, request)
        self._kernel.execution_count = count = self._shell.execution_count
        self._publish("execute_input", {"code": code, "execution_count": count}, request)
        with limited(self.timeout) as limit:
            content = await self._kernel.do_execute(code, False, store_history)
        sys.stdout.flush()
        sys.stderr.flush()
        self._drain()
        if limit.is_passed:
            # What the cell showed is kept; that it was stopped is not an error of its own.
            self.iopub_channel.without("error", request)
            self.shell_channel.put(_too_long(self.timeout, code))
        else:
            self.shell_channel.put(self._session.msg("execute_reply", content, parent=request))
        self._publish("status", {"execution_state": "idle"}, request)
        return id

    def kernel_info(self) -> str:
        request = self._session.msg("kernel_info_request", {})
        info = dict(self._kernel.kernel_info)
        self.shell_channel.put(self._session.msg("kernel_info_reply", info, parent=request))
        return str(request["header"]["msg_id"])

    async def is_alive(self) -> bool:
        return True

    def _publish(self, kind: str, content: Message, parent: Message) -> None:
        self.iopub_channel.put(self._session.msg(kind, content, parent=parent))

    def _take(self, message: Message) -> None:
        if message["msg_type"] != "stream":
            self._drain()
        self.iopub_channel.put(message)

    def _drain(self) -> None:
        if self._captured is not None:
            for name, text in self._captured.drained():
                self._stream(name, text)

    def _stream(self, name: str, text: str) -> None:
        parent = self._kernel.get_parent()
        self._publish("stream", {"name": name, "text": text}, parent)


@contextmanager
def _no_debugger() -> Iterator[None]:
    """The kernel asks whether there is a debugger, which takes long to import; nobody debugs."""
    kept = sys.modules.get("debugpy")
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["debugpy"]
        if kept is not None:
            sys.modules["debugpy"] = kept


with _no_debugger():
    # Asked once, before the process is forked.
    import_module("ipykernel.debugger")


class _NoModules:
    """Stands for ``sys`` to one who is to find no modules."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def _no_modules() -> Iterator[None]:
    """The kernel lists all modules for a debugger, and a fork would have to copy each of them."""
    vars(ipkernel)["sys"] = _NoModules()
    try:
        yield
    finally:
        vars(ipkernel)["sys"] = sys


class _NoThread:
    """Stands for the thread that would listen for interrupts."""

    parent_thread = None


def _too_long(seconds: int | None, code: str) -> CellTimeoutError:
    told: CellTimeoutError = CellTimeoutError.error_from_timeout_and_cell(
        "Cell execution timed out", seconds or 0, NotebookNode(source=code)
    )
    return told
