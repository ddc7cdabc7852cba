"""What ``import kvalitetslib as kv`` gives is a list, and the list is exact."""

import subprocess
import sys

import pytest

import kvalitetslib as kv


def test_every_listed_name_is_there():
    assert [name for name in kv.__all__ if not hasattr(kv, name)] == []


def test_the_list_is_the_public_interface():
    assert kv.__all__ == [
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


def test_every_home_has_a_listed_name():
    assert sorted(kv._HOMES) == kv.__all__


def test_an_unknown_name_is_an_error():
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        kv.utils  # noqa: B018


def test_completion_shows_the_list():
    assert dir(kv) == kv.__all__


def test_reading_a_finished_report_loads_neither_pandas_nor_scipy():
    code = (
        "import sys, kvalitetslib as kv; kv.open_report, kv.chapter;"
        "print([each for each in ('pandas', 'scipy', 'matplotlib') if each in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
