"""The version that stands in every report."""

__version__ = "0.1.0"
