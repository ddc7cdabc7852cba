"""Keys of a codebook that take one of some words, or more than one kind of value."""

from kvalitetslib.errors import accepted_words
from kvalitetslib.tomlfile import Section


def choice(section: Section, key: str, choices: tuple[str, ...], default: str | None) -> str:
    """The value of a key that takes one of some words; the first one when it is faulty."""
    was_noted = len(section.faults)
    value = section.text(key, default)
    if value in choices:
        return value
    if len(section.faults) == was_noted:
        known = tuple(word for word in choices if word)
        section.fault(key, "värdet är okänt", value, accepted_words(value, known))
    return choices[0]


def written(section: Section, key: str) -> object:
    """The value of a key just as the file has it; None when it is not there."""
    content: object = section.file.content
    for step in (*section.place, key):
        if isinstance(content, dict):
            content = content.get(str(step))
        elif isinstance(content, list):
            content = content[int(step)]
    return content
