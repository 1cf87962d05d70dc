"""What keeps a question in SQL to reading, and to its share of time and memory.

The database lies in memory and is locked by more than one lock: it is set to be only queried, no
other can be attached, an authorizer passes nothing but reads of its own tables, and what SQLite
puts aside while it works stays in memory too, so that no file is ever touched.

Steps alone do not bound time and memory, because one step may take long or make much. So no value
is long, the functions of SQLite that take the square of a value's length are replaced by ones that
do not, and processor time and memory are watched as well.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from math import ceil, isinf
from time import monotonic, thread_time
from typing import TypeAlias

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["LONGEST", "MOST_EXPANSIONS", "STEPS", "Budget", "expansions", "guard"]

STEPS = 10_000_000
"""Steps of SQLite's machine that a query may take; most take less than a second for them."""
LONGEST = 100_000
"""Characters that one value, a row or a query may have; the longest text of the data has a few
thousand."""
MOST_EXPANSIONS = 20_000
"""How often the tables that a query names in WITH may be written out: SQLite does it before the
first step, and each that uses the one before twice doubles it."""

_STEPS_AT_ONCE = 50
_LOOKS_APART = 0.001
"""Seconds between looks at processor time and memory, which cost more than many steps."""
_SECONDS = 1.0
"""Processor time for `STEPS`: a backstop where steps are slow."""
_BYTES = 256 * 1024 * 1024
"""Memory for `STEPS`, beyond what the process ever had before."""
_REFUSED = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
"""Functions that reach out of the database, where a build of SQLite has them."""
_BESIDE = frozenset({"sqlite_master", "sqlite_schema"})
"""What may be read beside the tables."""
_TABLES = "SELECT name FROM sqlite_master"
_LOCKS = ("PRAGMA temp_store = MEMORY", "PRAGMA query_only = ON")

_Value: TypeAlias = str | int | float | bytes | None


class Budget:
    """What one query may take: asked every few steps, it answers when the query has to stop.

    Args:
        steps: Steps of SQLite's machine; more of them allow for more time and memory as well.
    """

    every = _STEPS_AT_ONCE
    """Ask so many steps apart."""

    def __init__(self, steps: int) -> None:
        share = max(1.0, steps / STEPS)
        self.exceeded: str = ""
        """What was used up: ``"steps"``, ``"time"`` or ``"memory"``; empty while none is."""
        self._left = steps
        self._until = thread_time() + _SECONDS * share
        self._most = _peak() + int(_BYTES * share)
        self._next_look = 0.0

    def __call__(self) -> bool:
        """Return whether to stop."""
        self._left -= _STEPS_AT_ONCE
        if self._left < 0:
            self.exceeded = "steps"
        elif (now := monotonic()) >= self._next_look:
            self._next_look = now + _LOOKS_APART
            if thread_time() > self._until:
                self.exceeded = "time"
            elif _peak() > self._most:
                self.exceeded = "memory"
        return bool(self.exceeded)


def _peak() -> int:
    """Return the most bytes of memory that the process ever had; 0 where that is not known."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit


def guard(connection: "Connection") -> None:
    """Let a database that lies in memory be read only, from now on."""
    import sqlite3

    known = {name for (name,) in connection.execute(_TABLES)} | _BESIDE
    for lock in _LOCKS:
        connection.execute(lock)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST)
    # A long pattern over a long text takes time that no step counts.
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
    for name, arguments, function in _FUNCTIONS:
        connection.create_function(name, arguments, function, deterministic=True)
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}

    def authorise(action: int, one: str | None, other: str | None, *_: str | None) -> int:
        harmless = (
            action in allowed
            # Of what a query names in WITH, only that it is used is asked, with no column.
            or (action == sqlite3.SQLITE_READ and (one in known or other == ""))
            or (action == sqlite3.SQLITE_FUNCTION and other not in _REFUSED)
        )
        return sqlite3.SQLITE_OK if harmless else sqlite3.SQLITE_DENY

    connection.set_authorizer(authorise)


# --- functions that take no more than the length of their values ---------------------------------


def _text(value: _Value) -> str:
    """Return a value as SQLite writes it where it wants a text."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if not isinstance(value, float):
        return str(value)
    if isinf(value):
        return str(value).title()  # Inf, -Inf
    digits, mark, power = f"{value:.15g}".partition("e")
    return f"{digits}{'' if '.' in digits else '.0'}{mark}{power}"


def _instr(text: _Value, part: _Value) -> int | None:
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _replace(given: _Value, old: _Value, new: _Value) -> _Value:
    if given is None or old is None:
        return None
    text, before = _text(given), _text(old)
    if not before:
        return text if isinstance(given, bytes) else given
    if new is None:
        return None
    after = _text(new)
    if len(text) + text.count(before) * (len(after) - len(before)) > LONGEST:
        raise OverflowError
    return text.replace(before, after)


def _trim(
    given: _Value, characters: _Value, *, left: bool = True, right: bool = True
) -> str | None:
    if given is None or characters is None:
        return None
    text, taken = _text(given), frozenset(_text(characters))
    start, end = 0, len(text)
    while left and start < end and text[start] in taken:
        start += 1
    while right and start < end and text[end - 1] in taken:
        end -= 1
    return text[start:end]


_FUNCTIONS: tuple[tuple[str, int, Callable[..., _Value]], ...] = (
    ("instr", 2, _instr),
    ("replace", 3, _replace),
    ("trim", 2, _trim),
    ("ltrim", 2, partial(_trim, right=False)),
    ("rtrim", 2, partial(_trim, left=False)),
)


# --- what a query grows to before its first step ---------------------------------------------

_TOKEN = re.compile(
    r"""
    --[^\n]* | /\*.*?(?:\*/|\Z) | \s+          # what means nothing
    | "((?:[^"]|"")*)" | '((?:[^']|'')*)' | `((?:[^`]|``)*)` | \[([^\]]*)\]
    | ([^\W\d][\w$]*) | (.)
    """,
    re.DOTALL | re.VERBOSE,
)
_BETWEEN = frozenset({"not", "materialized"})


def expansions(query: str) -> int:
    """Return how often the tables that a query names in WITH may be written out, at most.

    It is the product of how often each is used, as if each used all that stand before it. Where
    several have one name, each is taken for as much used as all of them together allow.

    Examples:
        >>> expansions("WITH a AS (SELECT 1), b AS (SELECT * FROM a, a) SELECT * FROM b, b, b")
        6
    """
    tokens = _tokens(query)
    named = [at for at in range(len(tokens)) if _names_a_table(tokens, at)]
    heads = {_head(tokens, at) for at in named}
    names = Counter(tokens[at] for at in heads if at >= 0)
    uses = Counter(
        token
        for at, token in enumerate(tokens)
        if token in names
        and at not in heads
        and tokens[at + 1 : at + 2] != ["."]
        and tokens[max(at - 1, 0) : at] not in (["."], ["as"])
    )
    grown = 1
    for name, count in uses.items():
        grown *= ceil(count / names[name]) ** names[name]
    return grown


def _tokens(query: str) -> list[str]:
    """Return names, in small letters and without quotes, and signs."""
    found: list[str] = []
    for match in _TOKEN.finditer(query):
        group = match.lastindex
        if group is not None:
            # Doubled quotes stay doubled: a name is only compared with itself.
            found.append(match[group].lower())
    return found


def _names_a_table(tokens: list[str], at: int) -> bool:
    """Return whether "as" stands here, and a bracket behind it."""
    if tokens[at] != "as":
        return False
    rest = [token for token in tokens[at + 1 : at + 4] if token not in _BETWEEN]
    return rest[:1] == ["("]


def _head(tokens: list[str], at: int) -> int:
    """Return where the name before an "as" stands, a list of columns aside; -1 where none does."""
    at -= 1
    if at >= 0 and tokens[at] == ")":
        while at >= 0 and tokens[at] != "(":
            at -= 1
        at -= 1
    return at
