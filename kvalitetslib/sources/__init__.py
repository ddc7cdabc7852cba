"""Stored files and snapshots become checked tables."""

from kvalitetslib.sources.inputs import Inputs, kommun_keys, read_inputs

__all__ = ["Inputs", "kommun_keys", "read_inputs"]
