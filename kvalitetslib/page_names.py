"""The names that pages have in a kommun's folder, so that no nämnd's page takes another's place."""

from collections.abc import Collection

INDEX = "index"
OVERVIEW = "kommun"
RESIDENTS = "-invanare"
STAFF = "-medarbetare"
KEPT = (INDEX, OVERVIEW)
"""Pages of the whole kommun."""
SUFFIXES = (RESIDENTS, STAFF)
"""What stands after a nämnd's key in the names of its editions."""


def is_taken(key: str, keys: Collection[str]) -> bool:
    """Whether the page of a nämnd with that key would have the name of another page.

    Parameters
    ----------
    keys : the keys of all the kommun's nämnder.
    """
    homes = (key.removesuffix(each) for each in SUFFIXES if key.endswith(each))
    return key in KEPT or any(each in keys for each in homes)
