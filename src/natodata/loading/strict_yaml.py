"""A strict subset of YAML, read as nested mappings, lists and texts.

The reader never guesses a type: every value is the text that stands in the file, and the schema
says later what it may be. So ``NO`` stays Norway, ``2003-08`` stays a month and ``0123`` keeps its
zero. Whatever lets one text mean two things (aliases, tags, merge keys, repeated keys, empty
values, comments behind a value) is an error that names its line.

It works on the event stream of PyYAML's parser: no node graph is built, nesting costs no stack,
and a hostile file is refused as soon as its first excess is seen.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, Union

from natodata.errors import BadArgument, SlowParserWarning
from natodata.loading.collector import collector_waiting
from natodata.loading.yaml_faults import (
    Position,
    cut,
    excerpt,
    fault,
    invisible,
    kind_of,
    offset_of,
    place_of,
    position_of,
    start_of,
    syntax_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from yaml.events import CollectionStartEvent, Event, ScalarEvent

    from natodata.errors import DataError

__all__ = [
    "DEFAULT_LIMITS",
    "LONGEST_CHAIN",
    "NOT_PLAIN",
    "REFUSED_IN_VALUE",
    "Limits",
    "Path",
    "Position",
    "Step",
    "Tree",
    "checked_limits",
    "locate",
    "locate_key",
    "positions",
    "read",
    "source_text",
    "steps",
]

Tree: TypeAlias = Union[str, list["Tree"], dict[str, "Tree"]]  # noqa: UP007 -- a forward reference
"""What a file holds: texts, in lists and mappings."""

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead from the root to a value; the root's own path is empty."""


class Limits(NamedTuple):
    """How much data may hold before it is refused: whole numbers from 1 on.

    The defaults are far above any data that people review, and far below what would hurt.

    Examples:
        >>> import natodata
        >>> natodata.Dataset.from_yaml("huge.yaml", limits=natodata.Limits(file_bytes=1 << 30))
        Traceback (most recent call last):
        ...
        natodata.errors.DataError: 1 problem in the data
          huge.yaml: expected a file that can be read, got no such file or directory
    """

    depth: int = 24
    """Most mappings and lists inside one another; the root mapping is the first."""
    file_bytes: int = 8 * 1024 * 1024
    """Most bytes in a file."""
    scalar_chars: int = 100_000
    """Most characters in one text."""
    nodes: int = 2_000_000
    """Most keys, texts, lists and mappings in a file, counted together."""
    records: int = 2_000_000
    """Most records, and patches, in all files of a load together."""
    chain: int = 50
    """Most references that follow one another, from record to record; real chains have about ten.
    It cannot be above 80: Python's own stack ends not far beyond."""
    faults: int = 1_000
    """Most problems that are looked for: where there are more, `DataError.complete` is false."""
    listed: int = 50
    """Most problems that the message of a `DataError` lists, and that get suggestions."""


DEFAULT_LIMITS = Limits()
"""What holds where nothing else is said."""
LONGEST_CHAIN = 80
"""The most that `Limits.chain` may be."""


def checked_limits(limits: object) -> Limits:
    """Return limits as they are.

    Raises:
        BadArgument: They are none, or one of them is no whole number from 1 on, or too large.
    """
    if not isinstance(limits, Limits):
        raise BadArgument(f"expected natodata.Limits(...), got {limits!r}")
    for name, value in limits._asdict().items():
        if type(value) is not int or value < 1:
            raise BadArgument(f"expected {name} as a whole number from 1 on, got {value!r}")
    if limits.chain > LONGEST_CHAIN:
        raise BadArgument(f"expected chain up to {LONGEST_CHAIN}, got {limits.chain}")
    return limits


class Step(NamedTuple):
    """One key, text, list or mapping, in the order of the file."""

    path: Path
    """Its path; a key has the path of its value."""
    is_key: bool
    """True for the key of a mapping, False for a value."""
    in_block: bool
    """True for a list or mapping written without brackets."""
    is_text: bool
    """True for a key or text, False for a list or mapping."""
    position: Position
    """Where it starts."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset behind its last character; of a list or mapping, behind its opening."""


class _Parser(Protocol):
    """The half of a PyYAML loader that is used: nothing is ever composed or constructed."""

    def __init__(self, stream: str) -> None: ...

    def get_event(self) -> Event | None: ...


# Controls, and what looks like nothing or like a line break on a screen but is neither: a reviewer
# could not see it. The bidirectional controls can make a line read differently from its bytes.
_INVISIBLE = "\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_REFUSED_IN_SOURCE = re.compile(f"[\x00-\x09\x0b-\x1f{_INVISIBLE}]")
REFUSED_IN_VALUE = re.compile(f"[\x00-\x08\x0b-\x1f{_INVISIBLE}\ud800-\udfff]")
"""Characters that no text may hold, not even written as an escape."""

_MERGE = "<<"
NOT_PLAIN = frozenset({"", "~", "null", "Null", "NULL", _MERGE})
"""Texts that mean something else to YAML unless they stand in quotes."""
_LONGEST_NOT_PLAIN = max(map(len, NOT_PLAIN))

# A comment can start behind a space, a bracket, a closing quote or the head of a text block.
_HASH = re.compile("#.*")
_COMMENT = re.compile(r"""[ ,\[\]{}"']#|[|>][-+0-9]*#""")
_ESCAPE = re.compile(r"\\[0abefvrxuUNLP]")


def read(text: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> dict[str, Tree]:
    r"""Return what a strict YAML document holds: a mapping of texts, lists and mappings.

    Args:
        text: The bytes of the file, in UTF-8 without a byte-order mark.
        file: The name to use in messages.
        limits: How much the file may hold.

    Returns:
        The root mapping, in the order of the file. Every scalar is a `str`: the text as written,
        with quotes, escapes and folded lines undone.

    Raises:
        DataError: With one problem, the first found: not UTF-8, an invisible character, a syntax
            error, a repeated key, an empty value, an alias, an anchor, a tag, a merge key, a
            directive, a second document, a comment behind a value, or more than `limits` allow.

    Warns:
        SlowParserWarning: If PyYAML was built without libyaml.

    Examples:
        >>> read(b"hosts: [NO, 0123]\nsince: 2003-08\n", "demo.yaml")
        {'hosts': ['NO', '0123'], 'since': '2003-08'}
        >>> read(b"a: 1\na: 2\n", "demo.yaml")
        Traceback (most recent call last):
        ...
        natodata.errors.DataError: 1 problem in the data
          demo.yaml:2:1: expected each key once in a mapping, got 'a' again
    """
    source = source_text(text, file, limits)
    from yaml import MarkedYAMLError

    if not _has_libyaml():
        message = "PyYAML has no libyaml here, so reading YAML takes about ten times as long"
        warnings.warn(message, SlowParserWarning, stacklevel=2)
    next_event = _next_event(source)
    try:
        with collector_waiting():
            root = _open_root(next_event, file)
            _fill(root, next_event, file, limits)
            _close_root(next_event, file)
    except MarkedYAMLError as error:
        raise syntax_error(error, source, file) from error
    _refuse_hidden(source, file)
    return root


def source_text(text: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> str:
    r"""Return the characters of a file, with every line end as ``\n``.

    Args:
        text: The bytes of the file.
        file: The name to use in messages.
        limits: Only `Limits.file_bytes` counts here.

    Returns:
        The decoded text; lines and columns are those of the file.

    Raises:
        DataError: If the file is too large, not UTF-8, starts with a byte-order mark, has a
            directive, or holds a character that a reviewer could not see.

    Examples:
        >>> source_text(b"a: b\r\n", "demo.yaml")
        'a: b\n'
    """
    if len(text) > limits.file_bytes:
        raise fault(file, (0, 0), f"at most {limits.file_bytes} bytes", f"{len(text)} bytes")
    if text.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise fault(file, (1, 1), "UTF-8 without a byte-order mark", "a byte-order mark")
    try:
        source = text.decode()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode()
        got = f"byte 0x{text[error.start]:02x} at offset {error.start}"
        raise fault(file, place_of(before, len(before)), "UTF-8", got) from error
    source = source.replace("\r\n", "\n")
    if found := _REFUSED_IN_SOURCE.search(source):
        expected, got = invisible(found[0])
        raise fault(file, place_of(source, found.start()), expected, got)
    at = f"\n{source}".find("\n%")
    if at >= 0:
        raise fault(file, place_of(source, at), "no directive", excerpt(source, at))
    return source


def steps(source: str) -> Iterator[Step]:
    r"""Yield every key and value of a document with its path, in the order of the file.

    Args:
        source: A text that `read` accepts, as `source_text` returns it.

    Yields:
        The keys and values; a list or mapping comes before what it holds.

    Examples:
        >>> for step in steps("a: [b]\n"):
        ...     print(step.path, step.is_key, step.position)
        () False (1, 1)
        ('a',) True (1, 1)
        ('a',) False (1, 4)
        ('a', 0) False (1, 5)
    """
    from yaml.events import CollectionEndEvent, MappingStartEvent, NodeEvent, ScalarEvent

    path: list[str | int] = []  # for each open collection, the key or index in hand
    key_due: list[bool] = []  # for each open collection, whether a key comes next
    for event in _events(source):
        if isinstance(event, CollectionEndEvent):
            path.pop()
            key_due.pop()
        elif isinstance(event, NodeEvent):
            is_text = isinstance(event, ScalarEvent)
            is_key = bool(key_due) and key_due[-1]
            if is_key and isinstance(event, ScalarEvent):
                path[-1] = event.value
                key_due[-1] = False
            elif path and isinstance(path[-1], int):
                path[-1] += 1
            in_block = not getattr(event, "flow_style", True)
            start, end = event.start_mark, event.end_mark
            yield Step(
                tuple(path),
                is_key,
                in_block,
                is_text,
                position_of(start),
                offset_of(start),
                offset_of(end),
            )
            if is_key:
                continue
            if not is_text:
                opens_mapping = isinstance(event, MappingStartEvent)
                path.append(-1)  # the first key of a mapping takes its place
                key_due.append(opens_mapping)
                continue
        if path and isinstance(path[-1], str):
            key_due[-1] = True


def positions(
    text: bytes, paths: Iterable[Path], *, of_keys: bool = False
) -> dict[Path, Position]:
    r"""Return where each path stands in a file, in one more pass over it.

    Reading keeps no positions, because only a faulty file needs them.

    Args:
        text: The bytes of a file that `read` accepts.
        paths: Paths from the root, such as ``("operations", 3, "name")``.
        of_keys: Whether a value in a mapping is placed at its key, which suits a key that should
            not be there.

    Returns:
        The position of each path, or of the nearest value around it that exists.

    Examples:
        >>> text = b"places:\n  - id: kabul\n    name: Kabul\n"
        >>> positions(text, [("places", 0, "name"), ("places", 0, "country")])
        {('places', 0, 'name'): (3, 11), ('places', 0, 'country'): (2, 5)}
    """
    asked = list(paths)
    wanted = {path[:end] for path in asked for end in range(len(path) + 1)}
    found: dict[Path, Position] = {}
    for step in steps(source_text(text, "", Limits(file_bytes=len(text)))):
        # A key comes first; its value takes its place unless keys are asked for.
        if step.path in wanted and not (of_keys and step.path in found):
            found[step.path] = step.position
    return {path: _nearest(path, found) for path in asked}


def locate(text: bytes, path: Sequence[str | int]) -> Position:
    r"""Return where the value at a path stands.

    Args:
        text: The bytes of a file that `read` accepts.
        path: Its path from the root.

    Returns:
        The position of the value, or of the nearest value around it that exists.

    Examples:
        >>> locate(b"places:\n  - id: kabul\n", ("places", 0, "id"))
        (2, 9)
    """
    return positions(text, [tuple(path)])[tuple(path)]


def locate_key(text: bytes, path: Sequence[str | int]) -> Position:
    r"""Return where the key of the value at a path stands; an item of a list has none.

    Args:
        text: The bytes of a file that `read` accepts.
        path: The path of the value from the root.

    Returns:
        The position of the key (of the value in a list), or of the nearest around it that exists.

    Examples:
        >>> locate_key(b"places:\n  - id: kabul\n", ("places", 0, "id"))
        (2, 5)
    """
    return positions(text, [tuple(path)], of_keys=True)[tuple(path)]


def _nearest(path: Path, found: dict[Path, Position]) -> Position:
    """Return the position of the longest beginning of a path that was found."""
    beginnings = (path[:end] for end in range(len(path), -1, -1))
    return next(found[beginning] for beginning in beginnings if beginning in found)


def _has_libyaml() -> bool:
    """Return whether PyYAML came with its fast parser."""
    import yaml

    return hasattr(yaml, "CSafeLoader")


def _next_event(source: str) -> Callable[[], Event | None]:
    """Return the function that gives one event after the other, and None after the last."""
    import yaml

    parser: type[_Parser]
    parser = getattr(yaml, "CSafeLoader" if _has_libyaml() else "SafeLoader")
    return parser(source).get_event


def _events(source: str) -> Iterator[Event | None]:
    """Return the events of a document, where speed does not matter."""
    return iter(_next_event(source), None)


def _open_root(next_event: Callable[[], Event | None], file: str) -> dict[str, Tree]:
    """Return the empty root mapping, once the stream has been read up to its opening."""
    from yaml.events import MappingStartEvent, StreamEndEvent

    next_event()
    if isinstance(next_event(), StreamEndEvent):
        raise fault(file, (1, 1), "a mapping", "an empty file")
    event = next_event()
    if not isinstance(event, MappingStartEvent):
        raise fault(file, start_of(event), "a mapping as the root of the file", kind_of(event))
    if event.tag is not None or event.anchor is not None:
        raise _node_error(event, file, DEFAULT_LIMITS)
    return {}


def _fill(  # noqa: C901, PLR0912 -- one loop, no calls: it runs once for each value
    root: dict[str, Tree], next_event: Callable[[], Event | None], file: str, limits: Limits
) -> None:
    """Fill the root mapping with all that comes before its end."""
    from yaml.events import AliasEvent, CollectionStartEvent, MappingStartEvent, ScalarEvent

    deepest, longest, most = limits.depth, limits.scalar_chars, limits.nodes
    mapping = root
    items: list[Tree] | None = None  # the list that is open; None while a mapping is
    key: str | None = None
    outer: list[tuple[dict[str, Tree], list[Tree] | None]] = []
    nodes = 1
    while True:
        event = next_event()
        if isinstance(event, ScalarEvent):
            nodes += 1
            value = event.value
            size = len(value)
            if (
                (size <= _LONGEST_NOT_PLAIN and value in NOT_PLAIN and not event.style)
                or event.tag is not None
                or event.anchor is not None
                or size > longest
                or nodes > most
            ):
                raise _node_error(event, file, limits)
            if items is not None:
                items.append(value)
            elif key is not None:
                mapping[key] = value
                key = None
            elif value in mapping:
                got = f"{cut(value)} again"
                raise fault(file, start_of(event), "each key once in a mapping", got)
            else:
                key = value
        elif isinstance(event, CollectionStartEvent):
            nodes += 1
            if (
                event.tag is not None
                or event.anchor is not None
                or len(outer) + 1 >= deepest
                or nodes > most
            ):
                raise _node_error(event, file, limits, depth=len(outer) + 2)
            inner: dict[str, Tree] | list[Tree]
            inner = {} if isinstance(event, MappingStartEvent) else []
            if items is not None:
                items.append(inner)
            elif key is not None:
                mapping[key] = inner
                key = None
            else:
                raise fault(file, start_of(event), "a text as key", kind_of(event))
            outer.append((mapping, items))
            if isinstance(inner, dict):
                mapping, items = inner, None
            else:
                items = inner
        elif isinstance(event, AliasEvent):
            raise fault(file, start_of(event), "no alias: write the value out", kind_of(event))
        elif outer:
            mapping, items = outer.pop()
        else:
            return


def _close_root(next_event: Callable[[], Event | None], file: str) -> None:
    """Make sure that the file ends where its one document does."""
    from yaml.events import StreamEndEvent

    next_event()
    event = next_event()
    if not isinstance(event, StreamEndEvent):
        raise fault(file, start_of(event), "one document in a file", "a second one")


def _refuse_hidden(source: str, file: str) -> None:
    """Refuse what the events of a document do not show: comments behind values, and escapes.

    Such a file costs a second pass over its events; a cheap look tells whether it is needed.
    """
    from yaml.events import ScalarEvent

    comments = list(_possible_comments(source))
    if not comments and not _ESCAPE.search(source):
        return
    comments.reverse()  # the next one is the last of the list
    source += "\n"
    for event in _events(source):
        if not isinstance(event, ScalarEvent):
            continue
        start, end = offset_of(event.start_mark), offset_of(event.end_mark)
        if event.style in ("|", ">"):
            start = source.index("\n", start)  # the head of a text block can have a comment
        while comments and comments[-1] < end:
            at = comments.pop()
            if at < start:
                raise _comment_error(source, at, file)
        if event.style == '"' and (found := REFUSED_IN_VALUE.search(event.value)):
            expected, got = invisible(found[0])
            raise fault(file, start_of(event), expected, f"an escape for {got}")
    if comments:
        raise _comment_error(source, comments[-1], file)


def _possible_comments(source: str) -> Iterator[int]:
    """Yield the offset of each ``#`` that starts a comment unless it stands inside a text."""
    for found in _HASH.finditer(source):
        start = source.rfind("\n", 0, found.start()) + 1
        if source[start : found.start()].strip(" "):
            for opening in _COMMENT.finditer(source, start, found.end()):
                yield opening.end() - 1


def _comment_error(source: str, at: int, file: str) -> DataError:
    """Return the error for a comment that shares its line with a value."""
    expected = 'a comment on a line of its own, or quotes around a text with " #" in it'
    return fault(file, place_of(source, at), expected, excerpt(source, at))


def _node_error(
    event: ScalarEvent | CollectionStartEvent, file: str, limits: Limits, depth: int = 0
) -> DataError:
    """Return the error for a value or key that was found to break a rule."""
    value: str = getattr(event, "value", "")
    plain = not getattr(event, "style", True)
    if event.anchor is not None:
        expected, got = "no anchor: write the value out where it is needed", f"&{event.anchor}"
    elif event.tag is not None:
        expected, got = "no tag: the schema says what a text means", event.tag
    elif depth > limits.depth:
        expected, got = f"at most {limits.depth} lists and mappings in one another", "one more"
    elif len(value) > limits.scalar_chars:
        expected, got = f"at most {limits.scalar_chars} characters", f"{len(value)} characters"
    elif plain and value == _MERGE:
        expected, got = "no merge key: write the values out", _MERGE
    elif plain and value in NOT_PLAIN:
        expected = "a value: leave the field out where there is none, or quote the text"
        got = cut(value) if value else "nothing"
    else:
        expected, got = f"at most {limits.nodes} keys and values in a file", "one more"
    return fault(file, start_of(event), expected, got)
