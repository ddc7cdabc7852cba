"""A page as a reader meets it: its visible text taken apart into passages, sentences and words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from statistics import median

PROSE = frozenset("p li h3 h4 h5 h6 summary dd".split())
"""Elements that hold sentences; the others hold names, numbers and labels."""
INLINE = frozenset("a abbr b code em i small span strong tspan".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
READ_ALOUD = ("alt", "aria-description", "aria-label", "placeholder", "title")
"""Attributes that are shown or read aloud."""
LONG = 7
"""Letters from which LIX calls a word long."""
FEWEST = 4
"""Words of letters that make a sentence; ``61,6 % mot 75,0 %.`` is a line of figures."""

_SILENT = frozenset("code script style template".split())
_SILENT_CLASS = "beteckning"
_CODE = re.compile(
    r"\S+\.(?:csv|ipynb|json|py|toml)\b"  # files
    r"|\b[A-Z]-[0-9a-f]{8}\b|\b[A-ZÅÄÖ]{1,5}-[A-ZÅÄÖ0-9]{2,}\b|\b[NUX]\d{5}\b"  # ids
    r"|\b(?=[a-z]*\d)[0-9a-f]{8,}\b"  # checksums
    r"|\S*[^\W\d_][:/][^\W\d_]\S*"  # keys, and rows of sources
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*|[−+]?\d[\d\u00a0]*(?:[,.]\d+)?")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![^\W\d_]*…)")
_ENDS = re.compile(r"(?<=[.!?])[”)]?\s+(?=[A-ZÅÄÖ0-9”−(])")


@dataclass(frozen=True)
class Passage:
    """A text that stands by itself, and the element or ``@attribute`` that holds it.

    ``is_claim`` says that it carries evidence, so that it is a sentence without a full stop too.
    """

    text: str
    holder: str
    is_claim: bool = False


@dataclass(frozen=True)
class Readability:
    """Sentence length in words and LIX (Björnsson 1968) of running text."""

    sentences: int
    median: float
    longest: str
    lix: float


def passages(html: str) -> tuple[Passage, ...]:
    """All that a page shows or reads aloud, in order, without ids."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.passages)


def running_text(read: Iterable[Passage]) -> tuple[str, ...]:
    """The different sentences of the prose: what ends as a sentence, and the claims."""
    told = [
        sentence
        for each in read
        if each.holder in PROSE
        for sentence in _ENDS.split(each.text)
        if (each.is_claim or sentence.rstrip("”)")[-1:] in (".", "?", "!"))
        and len(spelled(sentence)) >= FEWEST
    ]
    return tuple(dict.fromkeys(told))


def words(text: str) -> list[str]:
    """Words and numbers, a number with its thousands as one."""
    return _WORD.findall(text)


def spelled(text: str) -> list[str]:
    """The words that are made of letters; ids, files, keys and cut words are left out."""
    return _LETTERS.findall(_CODE.sub(" ", text))


def readability(told: Iterable[str]) -> Readability:
    """How hard the sentences are: LIX is words a sentence plus the share of long words."""
    by_sentence = [(words(each), each) for each in told]
    every = [word for found, _ in by_sentence for word in found]
    is_long = sum(len(word) >= LONG for word in every)
    return Readability(
        sentences=len(by_sentence),
        median=median(len(found) for found, _ in by_sentence),
        longest=max(by_sentence, key=lambda pair: len(pair[0]))[1],
        lix=len(every) / len(by_sentence) + 100 * is_long / len(every),
    )


class _Reader(HTMLParser):
    """Collects text until an element that is no part of a sentence opens or closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._open: list[str] = []
        self._silent: list[bool] = []
        self._text: list[str] = []
        self._is_claim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in INLINE:
            self.flush()
        if tag not in VOID:
            self._open.append(tag)
            self._silent.append(tag in _SILENT or given.get("class") == _SILENT_CLASS)
        # A line of a chart's text begins like this; nothing stands between it and the line before.
        self._text.append(" " if tag == "tspan" else "")
        self._is_claim |= "data-belagg" in given
        told = [(name, _tidy(given.get(name) or "")) for name in READ_ALOUD]
        self.passages += [Passage(text, f"@{name}") for name, text in told if text]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
        if tag in self._open:
            while self._open.pop() != tag:
                self._silent.pop()
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._silent):
            self._text.append(data)

    def flush(self) -> None:
        """Close the passage that is being read."""
        text = _tidy("".join(self._text))
        holder = next((each for each in reversed(self._open) if each not in INLINE), "")
        if text:
            self.passages.append(Passage(text, holder, self._is_claim))
        self._text, self._is_claim = [], False


def _tidy(text: str) -> str:
    """Spaces and line breaks of the source as one space; no-break spaces are kept."""
    return re.sub(r"[ \n\t\r]+", " ", text).strip(" ")
