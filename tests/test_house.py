"""The rules of the house: lint, format, types and which floor may import which."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
}


def _run(*command: str) -> None:
    ran = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_keeps_the_rules(check: str) -> None:
    _run("-m", *CHECKS[check])


def test_imports_point_down() -> None:
    # import-linter has no module to run; this is what its command does.
    _run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
