"""The runner of console examples must itself be able to fail."""

import sys
from pathlib import Path
from types import SimpleNamespace

import console_examples
import pytest
from console_examples import (
    Call,
    ConsoleExampleParser,
    FileExampleParser,
    calls,
    difference,
    enter,
    leave,
    run,
)
from sybil import Document


@pytest.fixture
def cli(monkeypatch):
    """A stand-in command that prints its arguments, and complains about ``bad``."""

    def main(arguments):
        print("out", *arguments)
        if "bad" in arguments:
            print("err", file=sys.stderr)
            raise SystemExit(2)

    modules = {"natodata.cli": SimpleNamespace(main=main)}
    monkeypatch.setattr(console_examples.importlib, "import_module", modules.__getitem__)


def blocks(text):
    """Return what the parser makes of a page that holds *text* in one console block."""
    page = f"# A page\n\n```console\n{text}```\n"
    return [region.parsed for region in ConsoleExampleParser()(Document(page, "page.md"))]


class TestCalls:
    """`calls` splits a block."""

    def test_several(self):
        """Each prompt starts a command; the lines under it are its output."""
        expected = [Call("natodata a", "1\n\n2\n"), Call("natodata b", "")]

        assert expected == list(calls("$ natodata a\n1\n\n2\n$ natodata b\n"))

    def test_output_first(self):
        """Text before the first prompt is a mistake in the page."""
        with pytest.raises(ValueError, match="starts with"):
            list(calls("output\n$ natodata a\n"))


@pytest.mark.usefixtures("cli")
class TestRun:
    """`run` collects what a command prints."""

    def test_arguments(self):
        """Arguments are split as a shell would, without the program's name."""
        assert "out find Sea Guardian\n" == run("natodata find 'Sea Guardian'")

    def test_mistake(self):
        """An exit code does not hide the output; errors come after it."""
        assert "out bad\nerr\n" == run("natodata bad")


@pytest.mark.usefixtures("cli")
class TestDifference:
    """`difference` compares."""

    def test_same(self):
        """The output that the page shows gives no difference."""
        assert "" == difference(Call("natodata a", "out a\n"))

    def test_ellipsis(self):
        """Three dots stand for any text."""
        assert "" == difference(Call("natodata a", "o... a\n"))

    @pytest.mark.parametrize("shown", ["", "out b\n", "out a\nmore\n"])
    def test_other(self, shown):
        """Any other output is reported."""
        assert "out a" in difference(Call("natodata a", shown))


class TestConsoleExampleParser:
    """`ConsoleExampleParser` picks the blocks that are ours."""

    def test_ours(self):
        """A block of natodata calls becomes one example."""
        assert [(Call("natodata a", "1\n"),)] == blocks("$ natodata a\n1\n")

    @pytest.mark.parametrize("text", ["$ pip install natodata\n", ""])
    def test_others(self, text):
        """Commands of other programs, and empty blocks, are left alone."""
        assert [] == blocks(text)

    def test_mixed(self):
        """A block may not mix the two, or half of it would go unchecked."""
        with pytest.raises(ValueError, match=r"page\.md: a block mixes"):
            blocks("$ natodata a\n$ ls\n")

    @pytest.mark.usefixtures("cli")
    def test_evaluator(self):
        """The example passes on equal output and reports the first difference otherwise."""
        page = "```console\n$ natodata a\nout a\n$ natodata b\n{}```\n"
        parser = ConsoleExampleParser()
        results = []
        for shown in ("out b\n", "out c\n"):
            document = Document(page.format(shown), "page.md")
            (region,) = parser(document)
            results.append(region.evaluator(SimpleNamespace(parsed=region.parsed)))

        assert results[0] is None
        assert "out c" in results[1]


class TestFileExampleParser:
    """`FileExampleParser` makes the files that a page shows."""

    def test_written(self):
        """A block that names a file is written to the page's own folder, which then goes."""
        page = "```yaml\n# file: a/b.yaml\ntopics: []\n```\n\n```yaml\nc: d\n```\n"
        (region,) = FileExampleParser()(Document(page, "page.md"))
        before, namespace = Path.cwd(), {}
        enter(namespace)
        folder = Path.cwd()
        region.evaluator(SimpleNamespace(parsed=region.parsed))
        written = (folder / "a" / "b.yaml").read_text(encoding="utf-8")
        leave(namespace)

        assert before != folder
        assert "# file: a/b.yaml\ntopics: []\n" == written
        assert before == Path.cwd()
        assert not folder.exists()
        assert {} == namespace
