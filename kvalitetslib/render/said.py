"""A sentence that says something about data, and the evidence it rests on."""

from dataclasses import dataclass
from typing import NoReturn

from markupsafe import escape


@dataclass(frozen=True)
class Said:
    """A claim in words with the ids of its evidence. On a page it carries them with it.

    It cannot be made into a plain text by mistake: where no page is made, ask for its ``text``.
    """

    text: str
    evidence: tuple[str, ...]

    def __html__(self) -> str:
        ids = escape(" ".join(self.evidence))
        return f'<span data-belagg="{ids}">{escape(self.text)}</span>'

    def __str__(self) -> NoReturn:
        raise TypeError("A claim is shown with its evidence: use the Said itself, or its text.")

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("A claim is shown with its evidence: use the Said itself, or its text.")


def plain(words: str | Said) -> str:
    """The words alone, for the name of a picture or a text beside what already is traced."""
    return words.text if isinstance(words, Said) else words
