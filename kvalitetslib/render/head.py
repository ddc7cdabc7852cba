"""The head of a document, with a policy that lets in its own styles and script and nothing else."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from kvalitetslib.render.parts import TEMPLATES, render

_FIXED = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Head:
    """Title and inline blocks, each a whole ``<style>`` or ``<script>`` element."""

    title: str
    blocks: tuple[str, ...]

    def __html__(self) -> str:
        return render(
            "head.html.j2",
            title=self.title,
            policy=Markup(policy(self.blocks)),
            blocks=[Markup(each) for each in self.blocks],
        )


def policy(blocks: Sequence[str]) -> str:
    """A Content-Security-Policy that knows the blocks by their checksums.

    No address is let in, not even that of the page itself, so a page can load and send nothing.
    """
    allowed = {"style": "'none'", "script": "'none'"}
    for kind in allowed:
        known = [_checksum(each) for each in blocks if each.startswith(f"<{kind}")]
        allowed[kind] = " ".join(known) or "'none'"
    return f"{_FIXED}; script-src {allowed['script']}; style-src {allowed['style']}"


@lru_cache(maxsize=8)
def sheet(*names: str) -> str:
    """One style element of the style sheets with those names."""
    return f"<style>\n{_joined(names)}</style>\n"


@lru_cache(maxsize=8)
def script(*names: str) -> str:
    """One script element. It waits until the page is read, and has a scope of its own."""
    return f'<script type="module">\n{_joined(names)}</script>\n'


def _joined(names: Sequence[str]) -> str:
    return "".join((TEMPLATES / each).read_text("utf-8") for each in names)


def _checksum(block: str) -> str:
    inside = block[block.index(">") + 1 : block.rindex("</")]
    return f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"
