"""Quality reports for Swedish municipalities. ``import kvalitetslib as kv`` gives these names."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment, assess
    from kvalitetslib.batch import explorer as explore
    from kvalitetslib.batch.opening import open_report
    from kvalitetslib.errors import KvalitetError
    from kvalitetslib.period import parse_period
    from kvalitetslib.render import chapters as chapter
    from kvalitetslib.report import Report
    from kvalitetslib.report_json import from_json, to_json
    from kvalitetslib.sources.inputs import Inputs, kommun_keys, read_inputs
    from kvalitetslib.version import __version__

_HOMES = {
    "Assessment": "analysis.assemble",
    "Inputs": "sources.inputs",
    "KvalitetError": "errors",
    "Report": "report",
    "__version__": "version",
    "assess": "analysis.assemble",
    "chapter": "render.chapters:",
    "explore": "batch.explorer:",
    "from_json": "report_json",
    "kommun_keys": "sources.inputs",
    "open_report": "batch.opening",
    "parse_period": "period",
    "read_inputs": "sources.inputs",
    "to_json": "report_json",
}
"""Where each name lives; a module stands for itself when its home ends in a colon."""

__all__ = [
    "Assessment",
    "Inputs",
    "KvalitetError",
    "Report",
    "__version__",
    "assess",
    "chapter",
    "explore",
    "from_json",
    "kommun_keys",
    "open_report",
    "parse_period",
    "read_inputs",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """Load a name when it is first used, so that a light task does not load scipy and pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES[name]
    module = import_module(f"{__name__}.{home.removesuffix(':')}")
    found = module if home.endswith(":") else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
