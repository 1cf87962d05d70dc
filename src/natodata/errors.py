"""Every exception and warning that natodata raises.

Each class derives from `NatodataError` *and* from the builtin that a caller would already catch,
so ``except LookupError`` keeps working for people who never read this page.
"""

from typing import NamedTuple

__all__ = [
    "Ambiguous",
    "BadArgument",
    "BadDate",
    "DataError",
    "MissingExtra",
    "NatodataError",
    "NatodataWarning",
    "NotFound",
    "NotKnown",
    "Problem",
    "SlowParserWarning",
    "StaleDataWarning",
    "Undecided",
]


class NatodataError(Exception):
    """Root of all exceptions that this package raises on purpose."""


class NotFound(NatodataError, KeyError):
    """Nothing has that id or name; the message names near matches.

    It is a `KeyError` (and so a `LookupError`).
    """

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message, suggestions)
        self.message = message
        self.suggestions = suggestions
        """Near matches, best first; may be empty."""

    def __str__(self) -> str:
        """Return the plain message: `KeyError` would print its `repr`."""
        return self.message


class Ambiguous(NatodataError, LookupError):
    """More than one record answers to that name; `candidates` lists their ids."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, candidates)
        self.message = message
        self.candidates = candidates
        """Ids of the records that share the name, in id order."""

    def __str__(self) -> str:
        """Return the plain message."""
        return self.message


class NotKnown(NatodataError, LookupError, AttributeError):
    """The data hold no value for this link, so there is no record to follow.

    Shortcuts that lead to another record (``operation.command``, ``organisation.seat``) raise it
    instead of giving `None`, so that chains stay typed. As it is an `AttributeError` too,
    ``getattr(operation, "command", None)`` gives `None`.
    """


class BadArgument(NatodataError, ValueError, TypeError):
    """A call that cannot be meant: an unknown field, topic, day or kind of record."""


class BadDate(NatodataError, ValueError):
    """A text or a set of numbers that is not a date or a period."""


class Undecided(NatodataError, ValueError):
    """The truth of a comparison was asked for, but the dates' bounds do not decide it."""


class MissingExtra(NatodataError, ImportError):
    """An optional library is not installed; the message names the extra to install."""


class Problem(NamedTuple):
    """One fault found while loading data."""

    file: str
    """The file as it was named to the loader."""
    line: int
    """Line, counted from 1; 0 where the fault is not at a line (a missing file)."""
    column: int
    """Column, counted from 1; 0 where the fault is not at a line."""
    record: str
    """Id of the record, or an empty text where there is none."""
    path: str
    """Path of the value inside the record, such as ``milestones[0].date``; may be empty."""
    expected: str
    """What should have stood there."""
    got: str
    """What stood there."""
    suggestion: str = ""
    """The nearest valid text, or empty."""

    def __str__(self) -> str:
        """Return ``file:line:column: record: path: expected …, got …``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        parts = [place, self.record, self.path, f"expected {self.expected}, got {self.got}"]
        text = ": ".join(part for part in parts if part)
        return f"{text} (did you mean {self.suggestion!r}?)" if self.suggestion else text


class DataError(NatodataError, ValueError):
    """Data that cannot be loaded; `problems` lists every fault found, in file order."""

    def __init__(
        self, problems: tuple[Problem, ...], *, listed: int = 50, complete: bool = True
    ) -> None:
        super().__init__(problems)
        self.problems = problems
        """All faults, sorted by file, line and column."""
        self.listed = listed
        """How many of them the message prints."""
        self.complete = complete
        """Whether these are all: a check gives up where very many faults were found."""

    def __str__(self) -> str:
        """Return a line for each problem, the first `listed` of them."""
        count = len(self.problems)
        least = "" if self.complete else "at least "
        lines = [f"{least}{count} problem{'' if count == 1 else 's'} in the data"]
        lines += [f"  {problem}" for problem in self.problems[: self.listed]]
        if count > self.listed:
            lines.append(f"  … and {count - self.listed} more")
        return "\n".join(lines)


class NatodataWarning(UserWarning):
    """Root of all warnings that this package gives."""


class StaleDataWarning(NatodataWarning):
    """A question reaches beyond the day up to which the data is kept."""


class SlowParserWarning(NatodataWarning):
    """PyYAML was built without libyaml, so reading YAML is slower (the result is the same)."""
