"""Runs the console examples of the documentation: fenced ``console`` blocks of `natodata` calls.

A block such as::

    $ natodata list operations --on 2016-10-15
    ...

is run through `natodata.cli.main` in this process, and what it prints (standard output, then
standard error) must be what the page shows; ``...`` stands for any text, as in doctests. Blocks
whose commands are all of other programs (setting up an environment, say) are left alone; a block
may not mix the two.
"""

import contextlib
import doctest
import importlib
import io
import os
import shlex
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unittest import mock

from sybil import Document, Example, Region
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.myst import CodeBlockParser

PROMPT = "$ "
PROGRAM = "natodata"


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
