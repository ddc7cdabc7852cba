"""The Swedish that is written in the package: templates, sentences, catalogue and codebooks."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "kvalitetslib"
SAYING = ("render/sentences", "render/chapters", "render/charts", "render")
"""Folders of modules that hold sentences."""
SHOWN_KEYS = frozenset("titel subjekt orsak namn text etikett fraga population".split())
FEWEST = 3
"""Words that make a text; shorter strings are keys, ids and names of styles."""
_STYLE = re.compile(r"[{}]\s*[}@]|: [\w# .-]+[;,]|viewBox|-src '|[\\^]|^<")
"""Pieces of CSS, SVG and patterns."""


def every_written() -> list[str]:
    """Each text once."""
    return list(dict.fromkeys([*_of_modules(), *_of_templates(), *_of_catalogue()]))


def _of_modules() -> Iterator[str]:
    for folder in SAYING:
        for path in sorted((PACKAGE / folder).glob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            silent = {id(each) for each in _unspoken(tree)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and id(node) not in silent:
                    yield from _text(node.value)


def _unspoken(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, what is said to a developer, and lists of names that are written as a text."""
    for node in ast.walk(tree):
        is_list = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node, ast.Expr | ast.Raise) or (is_list and node.func.attr == "split"):
            yield from ast.walk(node)


def _text(value: object) -> Iterator[str]:
    if not isinstance(value, str) or _STYLE.search(value):
        return
    plain = re.sub(r"\{\w*\}|<[^>]*>", " ", value)
    if len(plain.split()) >= FEWEST:
        yield plain


def _of_templates() -> Iterator[str]:
    for path in sorted((PACKAGE / "render" / "templates").glob("*.j2")):
        without_code = re.sub(
            r"\{[{%#].*?[}%#]\}(?:\.\w+)?", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        without_code = re.sub(r"<code>.*?</code>", " ", without_code)
        yield re.sub(r"<[^>]*>|&\w+;", " ", without_code)


def _of_catalogue() -> Iterator[str]:
    for path in sorted((PACKAGE / "catalogue").rglob("*.toml")):
        yield from _shown(tomllib.loads(path.read_text("utf-8")))


def _shown(node: object, key: str = "") -> Iterator[str]:
    """The strings under keys that are shown, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _shown(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _shown(value, key)
    elif isinstance(node, str) and key in SHOWN_KEYS and not re.fullmatch(r"[a-z0-9_-]+", node):
        yield node
