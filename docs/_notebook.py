"""Runs the notebooks of the tutorials, and puts them on their pages.

``python docs/_notebook.py`` runs every notebook and writes what its cells give now. A test holds
that this changes nothing. A line such as ``<!-- notebook: panel.ipynb -->`` on a page beside a
notebook is replaced by its cells, so that reading it takes no Jupyter.
"""

import ast
import contextlib
import copy
import io
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

__all__ = ["FOLDER", "executed", "main", "rendered", "written"]

FOLDER = Path(__file__).parent / "tutorials"
"""Where the notebooks lie."""
_ASKS = re.compile(r"^<!-- notebook: ([\w-]+\.ipynb) -->$", re.MULTILINE)


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with the outputs that its cells give when they are run in order.

    They run in a folder of their own, as in a window of a fixed width, on which frames depend. A
    cell's value is kept as plain text only.
    """
    done = copy.deepcopy(notebook)
    names: dict[str, object] = {"__name__": "__main__"}
    count = 0
    window = mock.patch.dict(os.environ, {"COLUMNS": "80", "LINES": "40"})
    with window, tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for cell in done["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                cell["execution_count"] = count
                cell["outputs"] = _outputs("".join(cell["source"]), names, count)
    return done


def _outputs(source: str, names: dict[str, object], count: int) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 (our own notebooks)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        found.append({"name": "stdout", "output_type": "stream", "text": text})
    if value is not None:
        found.append(
            {
                "data": {"text/plain": repr(value).splitlines(keepends=True)},
                "execution_count": count,
                "metadata": {},
                "output_type": "execute_result",
            }
        )
    return found


def written(notebook: dict[str, Any]) -> str:
    """Return the text of a notebook's file, in the form in which Jupyter writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def rendered(page: str, folder: Path = FOLDER) -> str:
    """Return a page with the cells of the notebooks that it asks for."""
    return _ASKS.sub(lambda asked: _cells(folder / asked[1]), page)


def _cells(path: Path) -> str:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for output in cell["outputs"]:
            text = output["text"] if "text" in output else output["data"]["text/plain"]
            parts.append(f"```text\n{''.join(text).rstrip()}\n```")
    return "\n\n".join(parts)


def main() -> None:
    """Run every notebook and write it."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(written(executed(notebook)), encoding="utf-8")


if __name__ == "__main__":
    main()
