"""stdout and stderr while a notebook runs in this process: Python's own, and the system's."""

import io
import os
from collections.abc import Callable, Iterator

_READ = 65536


class StreamText(io.TextIOBase):
    """What replaces stdout or stderr: text is kept until it is flushed, then sent as a stream."""

    def __init__(self, name: str, send: Callable[[str, str], None], number: int) -> None:
        self.name, self._send, self._number = name, send, number
        self._kept: list[str] = []

    encoding = "UTF-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._number

    def write(self, text: str) -> int:
        self._kept.append(text)
        return len(text)

    def flush(self) -> None:
        text, self._kept = "".join(self._kept), []
        if text:
            self._send(self.name, text)


class Captured:
    """stdout and stderr of the process itself, as programs that a cell starts write to them."""

    def __init__(self) -> None:
        self._places = {"stdout": 1, "stderr": 2}
        self._kept = {name: os.dup(number) for name, number in self._places.items()}
        self._files = {name: os.memfd_create(name) for name in self._places}
        for name, number in self._places.items():
            os.dup2(self._files[name], number)

    def drained(self) -> Iterator[tuple[str, str]]:
        """What has been written since last time."""
        for name, file in self._files.items():
            os.lseek(file, 0, os.SEEK_SET)
            content = b""
            while part := os.read(file, _READ):
                content += part
            if content:
                os.ftruncate(file, 0)
                os.lseek(file, 0, os.SEEK_SET)
                yield name, content.decode("utf-8", "replace")

    def close(self) -> None:
        for name, number in self._places.items():
            os.dup2(self._kept[name], number)
            os.close(self._kept[name])
            os.close(self._files[name])
