"""What the strict reader says about a fault, and where it says the fault stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from natodata.errors import DataError, Problem

if TYPE_CHECKING:
    from yaml import MarkedYAMLError
    from yaml.events import Event

__all__ = [
    "Mark",
    "Position",
    "cut",
    "excerpt",
    "fault",
    "invisible",
    "kind_of",
    "offset_of",
    "place_of",
    "position_of",
    "start_of",
    "syntax_error",
]

Position: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1; a column counts characters, not bytes."""


class Mark(Protocol):
    """A place in a text as PyYAML gives it, all three counted from 0."""

    index: int
    line: int
    column: int


_SHOWN = 40  # characters of the file that a message shows

_BELOW = "nothing behind a closing quote or bracket, and keys or dashes below one another"
_START = "quotes around a text that starts with this character"
_ESCAPE = r"an escape such as \" or \\ or \n in double quotes"

# Part of what PyYAML or libyaml says about a common mistake, and what to do about it.
_SYNTAX = (
    ("mapping values are not", 'quotes around a text with ": " in it, or other indentation'),
    ("cannot start any token", _START),
    ("alphabetic or numeric", _START),
    ("node content", _START),
    ("unexpected end of stream", "a closing quote for this text"),
    ("unexpected document", "a closing quote for this text"),
    ("could not find expected ':'", '": " after this key, or quotes around a text of two lines'),
    ("entries are not allowed", 'a list to start on a line of its own, each item with "- "'),
    ("keys are not allowed", _START),
    ("',' or ']'", '"," or "]" here, or quotes around a text with a bracket or "?" in it'),
    ("',' or '}'", '"," or "}" here, or quotes around a text with a bracket or "?" in it'),
    ("expected key", _BELOW),
    ("'-' indicator", _BELOW),
    ("<block end>", _BELOW),
    ("document start", "nothing behind the root mapping"),
    ("escape", _ESCAPE),
    ("hex", _ESCAPE),
    ("tag", "no tag: the schema says what a text means"),
)


def syntax_error(error: MarkedYAMLError, source: str, file: str) -> DataError:
    """Return the error for a text that is not YAML, in words that say how to mend it."""
    problem = error.problem or "a syntax error"
    expected = next((advice for part, advice in _SYNTAX if part in problem), "YAML")
    mark = error.problem_mark
    if "unexpected" in problem:
        mark = error.context_mark  # where the quote was opened says more than the end of the file
    got = excerpt(source, offset_of(mark))
    if expected == "YAML":
        got = f"{got}: {problem}"
    return fault(file, position_of(mark), expected, got)


def fault(file: str, place: Position, expected: str, got: str) -> DataError:
    """Return the error for one problem."""
    line, column = place
    return DataError((Problem(file, line, column, "", "", expected, got),))


def invisible(character: str) -> tuple[str, str]:
    """Return what is expected instead of a refused character, and what to call it."""
    if character == "\t":
        return r"spaces (\t in double quotes, where a text needs it)", "a tab"
    return "characters that a reviewer can see", f"U+{ord(character):04X}"


def kind_of(event: Event | None) -> str:
    """Return what to call a value in a message."""
    from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent

    if isinstance(event, ScalarEvent):
        return f"the text {cut(event.value)}" if event.value else "nothing"
    if isinstance(event, AliasEvent):
        return f"*{event.anchor}"
    return "a mapping" if isinstance(event, MappingStartEvent) else "a list"


def cut(value: str) -> str:
    """Return the beginning of a text in quotes."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


def excerpt(source: str, at: int) -> str:
    """Return the rest of the line from an offset in quotes, or what ends there."""
    rest = source[at : at + _SHOWN].partition("\n")[0]
    if rest:
        return repr(rest)
    return "the end of the line" if source[at:].strip() else "the end of the file"


def place_of(source: str, at: int) -> Position:
    """Return the line and column of an offset."""
    before = source[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def start_of(event: Event | None) -> Position:
    """Return where an event starts."""
    return position_of(event.start_mark if event else None)


def position_of(mark: Mark | None) -> Position:
    """Return the line and column of a mark; PyYAML counts both from 0."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def offset_of(mark: Mark | None) -> int:
    """Return how many characters stand before a mark."""
    return mark.index if mark else 0
