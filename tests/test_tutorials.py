"""The notebooks of the tutorials run, and give what they show."""

import importlib.util
import json
import re
from pathlib import Path

import nbformat
import pytest

DOCS = Path(__file__).parents[1] / "docs"


def loaded():
    """Return the runner, which lies beside the pages and is no module of the package."""
    spec = importlib.util.spec_from_file_location("_notebook", DOCS / "_notebook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


runner = loaded()
NOTEBOOKS = sorted(runner.FOLDER.glob("*.ipynb"))


def notebook(*cells):
    """Return a notebook of cells, each its kind and its source."""
    return {
        "cells": [
            {"cell_type": kind, "id": f"c{at}", "metadata": {}, "source": source.splitlines(True)}
            | ({"execution_count": None, "outputs": []} if kind == "code" else {})
            for at, (kind, source) in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestNotebooks:
    """The notebooks that are shipped."""

    def test_current(self, path):
        """Running all cells gives the outputs that the file has."""
        text = path.read_text(encoding="utf-8")

        assert text == runner.written(runner.executed(json.loads(text)))

    def test_valid(self, path):
        """The library that defines the form of notebooks accepts it."""
        nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))

    def test_on_a_page(self, path):
        """A page beside it shows it."""
        pages = [page.read_text(encoding="utf-8") for page in path.parent.glob("*.md")]

        assert 1 == sum(f"<!-- notebook: {path.name} -->" in page for page in pages)


class TestExecuted:
    """`executed`: a notebook with its outputs."""

    def outputs(self, *sources):
        """Return the outputs of cells of code."""
        done = runner.executed(notebook(*(("code", source) for source in sources)))
        return [cell["outputs"] for cell in done["cells"]]

    def test_value(self):
        """The value of the last line is kept, as is what was printed before it."""
        printed, value = self.outputs("print(1)\nprint(2)\n'a' + 'b'")[0]

        assert ["1\n", "2\n"] == printed["text"]
        assert ["'ab'"] == value["data"]["text/plain"]

    def test_nothing(self):
        """A cell without a value, or with nothing in it, gives no output."""
        assert [[], [], []] == self.outputs("x = 1", "None", "")

    def test_shared(self):
        """Cells see what the cells before them made, and are numbered; other cells are not."""
        done = runner.executed(notebook(("code", "x = 1"), ("markdown", "x"), ("code", "x + 1")))

        assert [1, None, 2] == [cell.get("execution_count") for cell in done["cells"]]
        assert ["2"] == done["cells"][2]["outputs"][0]["data"]["text/plain"]

    def test_kept(self):
        """The notebook that is given stays as it was."""
        given = notebook(("code", "1"))
        runner.executed(given)

        assert [] == given["cells"][0]["outputs"]

    def test_folder(self):
        """Files that a cell writes are gone afterwards."""
        before = Path.cwd()
        self.outputs("from pathlib import Path\nf = open('left.txt', 'w')\nf.close()")

        assert before == Path.cwd()
        assert not Path("left.txt").exists()

    def test_mistake(self):
        """A cell that fails fails the run."""
        with pytest.raises(ZeroDivisionError):
            self.outputs("1 / 0")


class TestRendered:
    """`rendered`: notebooks on pages."""

    def test_page(self, tmp_path):
        """Text stays text, code and outputs become blocks, and what is around them stays."""
        made = runner.executed(
            notebook(("markdown", "## A"), ("code", "print(1)\n2"), ("code", ""))
        )
        (tmp_path / "x.ipynb").write_text(runner.written(made), encoding="utf-8")
        page = "# T\n\n<!-- notebook: x.ipynb -->\n\nend"

        assert (
            "# T\n\n## A\n\n```python\nprint(1)\n2\n```\n\n```text\n1\n```\n\n```text\n2\n```\n\n"
            "```python\n\n```\n\nend"
        ) == runner.rendered(page, tmp_path)

    def test_other_text(self):
        """A page that asks for none stays as it is."""
        assert "# T\n" == runner.rendered("# T\n")


class TestMain:
    """`main`: notebooks written anew."""

    def test_written(self, tmp_path, monkeypatch):
        """Every notebook of the folder has its outputs afterwards."""
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps(notebook(("code", "1 + 1"))), encoding="utf-8")
        monkeypatch.setattr(runner, "FOLDER", tmp_path)
        runner.main()

        assert ["2"] == json.loads(path.read_text(encoding="utf-8"))["cells"][0]["outputs"][0][
            "data"
        ]["text/plain"]


class TestIndex:
    """The order of all pages."""

    def test_complete(self):
        """Every page stands in the index, once."""
        index = (DOCS / "index.md").read_text(encoding="utf-8")
        trees = re.findall(r"```\{toctree\}\n(?::[^\n]*\n)*\n(.*?)```", index, re.DOTALL)
        listed = "".join(trees).split()
        pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
        made = {page for page in pages if page.startswith("_")}

        assert sorted(pages - made - {"index"}) == sorted(listed)
