"""Runs the console examples of the documentation: fenced ``console`` blocks of `natodata` calls.

A block such as::

    $ natodata list operations --on 2016-10-15
    ...

is run through `natodata.cli.main` in this process, and what it prints (standard output, then
standard error) must be what the page shows; ``...`` stands for any text, as in doctests. Blocks
whose commands are all of other programs (setting up an environment, say) are left alone; a block
may not mix the two.

Every page has a scratch folder of its own, the current one while its examples run. A ``yaml``
block whose first line is a comment such as ``# file: mine.yaml`` is written there, for the
examples under it to use.
"""

import contextlib
import doctest
import importlib
import io
import os
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from sybil import Document, Example, Region
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.myst import CodeBlockParser

PROMPT = "$ "
PROGRAM = "natodata"
FILE = "# file: "
FOLDER = "__scratch_folder__"


class Call(NamedTuple):
    """One command of a block, and the output that the page shows under it."""

    command: str
    shown: str


def calls(block: str) -> Iterator[Call]:
    """Yield the commands of *block*, each with the text up to the next prompt.

    Raises:
        ValueError: Text stands before the first prompt.
    """
    command, shown = None, []
    for line in block.splitlines(keepends=True):
        if line.startswith(PROMPT):
            if command is not None:
                yield Call(command, "".join(shown))
            command, shown = line.removeprefix(PROMPT).strip(), []
        elif command is not None:
            shown.append(line)
        elif line.strip():
            message = f"a console example starts with {PROMPT!r}, found {line!r}"
            raise ValueError(message)
    if command is not None:
        yield Call(command, "".join(shown))


def run(command: str) -> str:
    """Return what ``natodata …`` prints, on a terminal 99 columns wide without colour."""
    main = importlib.import_module("natodata.cli").main
    out, err = io.StringIO(), io.StringIO()
    plain = {**os.environ, "COLUMNS": "99", "NO_COLOR": "1"}
    with (
        mock.patch.dict(os.environ, plain, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.suppress(SystemExit),  # a documented mistake ends with a message and a code
    ):
        main(shlex.split(command)[1:])
    return out.getvalue() + err.getvalue()


def difference(call: Call) -> str:
    """Return how the output of *call* differs from the one shown, empty when it does not."""
    got = run(call.command)
    if OutputChecker().check_output(call.shown, got, doctest.ELLIPSIS):
        return ""
    wanted = doctest.Example(call.command, call.shown)
    flags = doctest.ELLIPSIS | doctest.REPORT_NDIFF
    return OutputChecker().output_difference(wanted, got, flags)


def evaluate(example: Example) -> str | None:
    """Run all calls of one block; a text, which is the first difference, fails the example."""
    return next(filter(None, map(difference, example.parsed)), None)


class ConsoleExampleParser(CodeBlockParser):
    """Finds the ``console`` blocks whose commands are `natodata` calls."""

    def __init__(self) -> None:
        super().__init__(language="console", evaluator=evaluate)

    def __call__(self, document: Document) -> Iterable[Region]:
        """Yield a region for each block of `natodata` calls.

        Raises:
            ValueError: A block mixes them with commands of other programs.
        """
        for region in super().__call__(document):
            region.parsed = tuple(calls(region.parsed))
            ours = [call.command.split()[:1] == [PROGRAM] for call in region.parsed]
            if ours and all(ours):
                yield region
            elif any(ours):
                message = f"{document.path}: a block mixes {PROGRAM} with other commands"
                raise ValueError(message)


def write(example: Example) -> None:
    """Write the file that a block shows into the page's folder."""
    first, _, _ = example.parsed.partition("\n")
    path = Path(first.removeprefix(FILE).strip())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(example.parsed, encoding="utf-8")


class FileExampleParser(CodeBlockParser):
    """Finds the ``yaml`` blocks that name the file which they are."""

    def __init__(self) -> None:
        super().__init__(language="yaml", evaluator=write)

    def __call__(self, document: Document) -> Iterable[Region]:
        """Yield a region for each block that starts with a file's name."""
        return (region for region in super().__call__(document) if region.parsed.startswith(FILE))


def enter(namespace: dict[str, object]) -> None:
    """Make a scratch folder the current one, before the examples of a page."""
    stack = contextlib.ExitStack()
    stack.enter_context(contextlib.chdir(stack.enter_context(tempfile.TemporaryDirectory())))
    namespace[FOLDER] = stack


def leave(namespace: dict[str, object]) -> None:
    """Go back and remove the scratch folder, after the examples of a page."""
    stack = namespace.pop(FOLDER)
    assert isinstance(stack, contextlib.ExitStack)
    stack.close()
