"""Checksums that tell whether a report would come out the same again."""

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import kvalitetslib

_LIBRARIES = ("jinja2", "nbconvert", "nbformat", "numpy", "pandas", "papermill", "scipy")
_CODE = frozenset({".py", ".toml", ".j2", ".css", ".js"})


def sha256(content: bytes) -> str:
    """The checksum of some bytes, as hexadecimal text."""
    return hashlib.sha256(content).hexdigest()


def checksum_of(path: Path) -> str:
    """The checksum of a file; words when it cannot be read, which is told of elsewhere."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return "kan inte läsas"


def combined(lines: Iterable[str]) -> str:
    """One checksum of several texts, each on a line of its own."""
    return sha256("\n".join(lines).encode())


@lru_cache(maxsize=1)
def code_checksum() -> str:
    """The checksum of all code, templates and catalogues of the library."""
    package = Path(kvalitetslib.__file__).parent
    files = sorted(each for each in package.rglob("*") if each.suffix in _CODE)
    return combined(
        f"{each.relative_to(package).as_posix()} {sha256(each.read_bytes())}" for each in files
    )


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The versions that can change a figure or a page."""
    return {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}


@lru_cache(maxsize=1)
def code_and_versions() -> str:
    """One checksum of all code that decides how a report comes out."""
    return combined([code_checksum(), json.dumps(versions())])
