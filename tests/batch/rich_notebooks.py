"""Ten small notebooks that between them use what notebooks use. A name leads to its cells.

A cell is a source, or a source with a tag. Errors that are meant are tagged, so that the cells
after them run too.
"""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Cell = str | tuple[str, str]
MEANT = "raises-exception"

_OUTPUT: tuple[Cell, ...] = (
    "from IPython.display import *\nimport base64",
    "display(HTML('<b>å</b>'), Markdown('*ä*'), Latex('$x$'), Math('y'), JSON({'a': [1, None]}))",
    'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\')',
    "dot = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBA'"
    "ScY42YAAAAASUVORK5CYII=')\nImage(dot, width=7, alt='punkt')",
    "display({'text/plain': 'x', 'application/vnd.prov+json': {'k': [1]}}, raw=True,"
    " metadata={'application/vnd.prov+json': {'m': 1}})",
    "class Both:\n    def _repr_html_(self): return '<i>b</i>'\n"
    "    def _repr_markdown_(self): return '_b_'\n    def __repr__(self): return 'b'\nBoth()",
    "class Own:\n    def _repr_mimebundle_(self, **given):\n"
    "        return {'text/plain': 'p', 'image/jpeg': dot}, {'image/jpeg': {'width': 3}}\nOwn()",
    "class Broken:\n    def _repr_html_(self): raise ValueError('går inte')\nBroken()",
    "Javascript('1'), Pretty('p'), [Both()]",
    "display(1, Both(), 'text'); 'sist'",
    "'tyst';",
    "None",
    "list(range(1100))",
    "{'b': 1, 'a': {2, 1}, 'lång': 'x' * 90}",
    "print('first', end=''); display(2); print('third')",
    "print('x' * 200_000)",
    "print('\\rgammal\\rny\\x1b[31m röd\\x1b[0m')",
    "",
    "# bara en kommentar",
)
_ERRORS: tuple[Cell, ...] = (
    ("1/0", MEANT),
    ("def outer():\n    return inner()\ndef inner():\n    return {}['borta']\nouter()", MEANT),
    (
        "try:\n    1/0\nexcept ZeroDivisionError as error:\n    raise KeyError('å') from error",
        MEANT,
    ),
    ("print('före'); borta; print('efter')", MEANT),
    ("def f(:\n    pass", MEANT),
    ("if True:\nx = 1", MEANT),
    (
        "class Own(Exception):\n    def _render_traceback_(self): return ['egen', 'rad']\n"
        "raise Own()",
        MEANT,
    ),
    ("raise SystemExit(2)", MEANT),
    ("import sys\nsys.exit('meddelande')", MEANT),
    ("raise KeyboardInterrupt", MEANT),
    ("raise BaseException('grund')", MEANT),
    ("raise ExceptionGroup('flera', [ValueError(1), TypeError(2)])", MEANT),
    ("import json\njson.loads('{')", MEANT),
    ("assert 1 == 2, 'olika'", MEANT),
    "'efter felen'",
    "raise RuntimeError('inte menat')",
    "print('körs aldrig')",
)
_DISPLAYS: tuple[Cell, ...] = (
    "from IPython.display import HTML, clear_output, display, update_display",
    "handle = display(HTML('<b>x</b>'), display_id='a')",
    "display('samma id', display_id='a')\nprint('emellan')",
    "update_display(HTML('<i>y</i>'), display_id='a')",
    "handle.update(HTML('<u>z</u>'))\nhandle",
    "own = display(1, display_id=True)\nown.update(2)\ntype(own.display_id)",
    "update_display('utan mål', display_id='okänd')",
    "print('a'); clear_output(); print('b')",
    "print('a'); clear_output(wait=True); print('b'); clear_output(wait=True)",
    "for n in range(3):\n    clear_output(wait=True)\n    display(n)",
    "display(1); clear_output(); 5",
)
_WARNINGS: tuple[Cell, ...] = (
    "import warnings\nwarnings.warn('x')",
    "for _ in range(2):\n    warnings.warn('samma', UserWarning)",
    "warnings.warn('gammalt', DeprecationWarning)",
    "warnings.warn('framtid', FutureWarning, stacklevel=2)",
    "with warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter('always')\n"
    "    warnings.warn('fångad')\nlen(seen)",
    ("warnings.simplefilter('error')\nwarnings.warn('blir fel')", MEANT),
    "warnings.resetwarnings()\n'\\d'",
    "import sys\nprint('fel', file=sys.stderr); print('ut')",
    "import logging\nlogging.warning('varning'); logging.getLogger('eget').error('fel')",
)
_STDIN: tuple[Cell, ...] = (
    ("input()", MEANT),
    ("input('namn: ')", MEANT),
    ("import getpass\ngetpass.getpass()", MEANT),
    ("import sys\nsys.stdin.readline()", MEANT),
    "'efter'",
)
_AWAIT: tuple[Cell, ...] = (
    "import asyncio\nawait asyncio.sleep(0.01)\n5",
    "async def five():\n    await asyncio.sleep(0)\n    return 5\nawait five()",
    "task = asyncio.create_task(five())",
    "await task",
    "async def some():\n    for n in range(3):\n        yield n\n[n async for n in some()]",
    "async with asyncio.timeout(5):\n    print(await asyncio.gather(five(), five()))",
    ("async with asyncio.timeout(0.01):\n    await asyncio.sleep(60)", MEANT),
    ("async def fails():\n    raise ValueError('senare')\nawait fails()", MEANT),
    "loop = asyncio.get_running_loop()\nloop.is_running()",
    "later = []\nloop.call_later(0.01, later.append, 1)\nawait asyncio.sleep(0.1)\nlater",
    ("asyncio.run(five())", MEANT),
)
_MAGICS: tuple[Cell, ...] = (
    "%%bash\necho ut; echo fel >&2",
    ("%%bash\nexit 3", MEANT),
    "%%capture seen\nprint(1); 2",
    "seen.stdout",
    "seen.show()",
    "!echo hej; echo fel >&2",
    "lines = !printf 'a\\nb\\n'\nlines",
    "%who",
    "%who_ls",
    "%whos",
    "len?",
    "def own(a: int = 1) -> str:\n    'Gör något.'\nown?",
    "own??",
    "%%html\n<b>1</b>",
    "%%javascript\n1",
    "%%latex\n$x$",
    "%%writefile prov.txt\ntext",
    "%cat prov.txt",
    "%timeit -n1 -r1 1",
    "%time 1",
    "%%time\n2",
    "%run -i prov.py",
    "%load_ext autoreload",
    "%env KVALITET_PROV=1",
    "import os\nos.environ['KVALITET_PROV']",
    "%precision 3\n1 / 3",
    "%precision\n%xmode Plain",
    ("1/0", MEANT),
    "%xmode Context",
    ("%borta", MEANT),
    ("%%borta\n1", MEANT),
    ("%run borta.py", MEANT),
    "_",
    "6 * 7",
    "_, __, Out[max(Out)], In[-1]",
    "%history -n 1-3",
    "%lsmagic\nNone",
    "%%script cat\nin\nut",
    "%pprint\n[1, 2]",
    "%reset -f\n%who",
    "__name__, __doc__ is not None",
    "exit",
)
_PLOTS: tuple[Cell, ...] = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt",
    "plt.figure(figsize=(1, 1)); plt.plot([1, 2])\nplt.show()",
    "plt.figure(figsize=(1, 1)); plt.plot([1, 2])\n'två'",
    "fig, ax = plt.subplots(figsize=(1, 1))\nax.set_title('å')\nfig",
    "plt.close('all')\nplt.rcParams['svg.hashsalt'] = 'fast'\n"
    "%config InlineBackend.figure_formats = ['svg']\n"
    "%config InlineBackend.print_figure_kwargs = {'metadata': {'Date': None}}",
    "plt.figure(figsize=(1, 1)); plt.bar([1], [2]);",
    "plt.get_backend(), plt.rcParams['figure.dpi'], plt.get_fignums()",
    "for n in range(2):\n    plt.figure(figsize=(1, 1))\n    print(n)",
)
_STREAMS: tuple[Cell, ...] = (
    "import os, subprocess, sys, threading",
    "thread = threading.Thread(target=lambda: print('tråd'))\nthread.start(); thread.join()",
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n"
    "    print(list(pool.map(abs, [-1, -2])))",
    "done = os.write(1, b'r\\xc3\\xa5')",
    "done = os.write(2, b'fel')",
    "done = subprocess.run(['echo', 'barn'])",
    "subprocess.run(['echo', 'fångad'], capture_output=True, text=True).stdout",
    "os.system('echo system')",
    "sys.stdout.write('skrivet')",
    "print('a', flush=True); print('b', flush=True, file=sys.stderr)",
    "sys.stdout.isatty(), sys.stdout.encoding, sys.stdin is None",
    "from contextlib import redirect_stdout\nimport io\n"
    "with redirect_stdout(io.StringIO()) as text:\n    print('åt sidan')\ntext.getvalue()",
    "print(*range(2000), sep='\\n')",
    "print('å' * 10, end='')",
)
_TAGS: tuple[Cell, ...] = (
    ("antal = 1\nnamn = 'ingen'", "parameters"),
    "antal, namn",
    ("print('hoppas över')", "skip-execution"),
    ("1/0", MEANT),
    ("# text", "markdown"),
    ("print('syns')", "remove-input"),
    "import sys\nsys.exit(0)",
    "'efter ett slut utan fel'",
)
NOTEBOOKS: dict[str, tuple[Cell, ...]] = {
    "output": _OUTPUT,
    "errors": _ERRORS,
    "displays": _DISPLAYS,
    "warnings": _WARNINGS,
    "stdin": _STDIN,
    "await": _AWAIT,
    "magics": _MAGICS,
    "plots": _PLOTS,
    "streams": _STREAMS,
    "tags": _TAGS,
}
PARAMETERS = {"antal": 7, "namn": "å"}


def write_cells(path: Path, cells: tuple[Cell, ...]) -> Path:
    """A notebook of those cells, with ids that are the same each time."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = [_cell(each, f"c{n}") for n, each in enumerate(cells)]
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
    return path


def _cell(cell: Cell, id: str) -> NotebookNode:
    source, tags = (cell, []) if isinstance(cell, str) else (cell[0], [cell[1]])
    make = new_markdown_cell if tags == ["markdown"] else new_code_cell
    return make(source, id=id, metadata={"tags": tags} if tags else {})
