"""How wide a text is, and how it is broken to fit.

The page is laid out before any browser has seen it, so the width of a text is estimated from the
advance widths of Arial (Helvetica and Liberation Sans share them), with a small margin for other
faces. Long Swedish words break at soft hyphens (U+00AD) if the caller gives any.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

TYPE = 16.0
LINE = 18.4
MARGIN = 1.04
BOLD = 1.08
SOFT_HYPHEN = "\u00ad"
ELLIPSIS = "…"

# Thousandths of the type size, from the published Arial metrics.
_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " \u00a0\u202f!,./:;I[]\\ftí",
    333: "()-`r·",
    355: '"”',
    500: "cksvxyzJç",
    556: "0123456789abdeghnopqu?$#_L–åäöáàéèêóòúü§ñ",
    584: "+<=>~−×÷±",
    611: "FTZ",
    667: "ABEKPSVXY&ÅÄÁÀÉÈ",
    722: "CDHNRUwÜ",
    778: "GOQÖ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "—…æÆ",
    1015: "@",
}
_WIDTH = {sign: width for width, signs in _WIDTHS.items() for sign in signs} | {SOFT_HYPHEN: 0}
_UNKNOWN = 700
_WIDE = 1050
_SPACES = re.compile("[ \t\n\r]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text without signs that XML forbids and with single spaces."""
    return _SPACES.sub(" ", _NOT_XML.sub("", text)).strip(" ")


@lru_cache(maxsize=8192)
def text_width(text: str, bold: bool = False) -> float:
    """Estimated width of one line in user units at the layout size `TYPE`."""
    units = sum(_WIDTH.get(sign, _WIDE if sign > "\u2e80" else _UNKNOWN) for sign in text)
    return units * TYPE / 1000 * MARGIN * (BOLD if bold else 1.0)


@dataclass(frozen=True)
class Block:
    """A text broken into lines; `full` is the whole text if something was left out."""

    lines: tuple[str, ...]
    width: float
    full: str = ""

    @property
    def height(self) -> float:
        return len(self.lines) * LINE


@lru_cache(maxsize=4096)
def block(text: str, width: float, lines: int = 2, bold: bool = False) -> Block:
    """The text in at most `lines` lines of at most `width`, cut with an ellipsis if need be."""
    whole = clean(text)
    rest = whole
    out: list[str] = []
    while rest and len(out) < lines - 1:
        head, rest = _first_line(rest, width, bold)
        out.append(head)
    if rest:
        out.append(_shortened(rest, width, bold))
    shown = max((text_width(line, bold) for line in out), default=0.0)
    cut = any(line.endswith(ELLIPSIS) for line in out)
    return Block(tuple(out), shown, whole.replace(SOFT_HYPHEN, "") if cut else "")


def named_value(name: str, value: str, width: float, bold: bool = False) -> Block:
    """A name and its value in one block; the name may be cut, the value has a quarter more room."""
    named, number = block(name, width, 3, bold), block(value, width * 1.25, 1, bold)
    if not named.lines or not number.lines:
        return named if named.lines else number
    joined = f"{named.lines[-1]} {number.lines[0]}"
    fits = text_width(joined, bold) <= width
    lines = (*named.lines[:-1], joined) if fits else named.lines + number.lines
    return Block(lines, max(text_width(line, bold) for line in lines), named.full or number.full)


def _first_line(text: str, width: float, bold: bool) -> tuple[str, str]:
    plain = text.replace(SOFT_HYPHEN, "")
    if text_width(plain, bold) <= width:
        return plain, ""
    best = None
    for spot in re.finditer(f"[ {SOFT_HYPHEN}/-]", text):
        keep = {" ": "", SOFT_HYPHEN: "-"}.get(spot[0], spot[0])
        head = text[: spot.start()].replace(SOFT_HYPHEN, "") + keep
        if text_width(head, bold) > width:
            break
        best = head, text[spot.end() :]
    if best and best[0] and best[1]:
        return best
    word, _, rest = text.partition(" ")
    return _shortened(word, width, bold), rest


def _shortened(text: str, width: float, bold: bool) -> str:
    plain = text.replace(SOFT_HYPHEN, "")
    if text_width(plain, bold) <= width:
        return plain
    room = width - text_width(ELLIPSIS, bold)
    kept = 0
    while kept < len(plain) and text_width(plain[: kept + 1], bold) <= room:
        kept += 1
    return plain[:kept].rstrip(" ,-") + ELLIPSIS
