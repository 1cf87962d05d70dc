"""The one written form of a data file, so that a diff shows facts and never style.

A line has at most `WIDTH` columns where its words allow it. What fits on a line stands on a line
(``{source: argano-2020, at: p. 5}``), except that a list of records below a key always has a line
for each record. Longer texts are folded. Quotes stand only where YAML would otherwise read
something else: dates, numbers and ``NO`` need none, because the reader takes every value as text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from natodata.errors import BadArgument
from natodata.loading.strict_yaml import NOT_PLAIN, REFUSED_IN_VALUE, read, source_text, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from natodata.loading.strict_yaml import Path, Tree

__all__ = ["FOLD", "LONGEST_KEY", "WIDTH", "dump", "reformat"]

WIDTH = 99
"""Columns of the longest line, unless a word or a text that cannot be folded is longer."""
FOLD = 96
"""Columns of a line of folded text."""
LONGEST_KEY = 1000
"""Most characters of a written key; YAML itself ends a key on one line at 1024."""

# How a text must not start, or what it must not hold, if it is to stand without quotes.
_NEEDS_QUOTES = re.compile(
    r"""(?!-[0-9])[-?:,\[\]{}#&*!|>'"%@` ]|\.\.\.|.*(?:: | \#|[: ]\Z|[\n\t])""", re.DOTALL
)
_NEEDS_QUOTES_IN_FLOW = re.compile(r"[,\[\]{}?]")
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})
_COMMENT_LINE = re.compile(r"^ *(#.*)$", re.MULTILINE)


def dump(tree: dict[str, Tree]) -> str:
    r"""Return the canonical form of what a data file holds.

    Args:
        tree: Texts, in lists and mappings, as `natodata.loading.strict_yaml.read` returns them.

    Returns:
        The text of the file; reading it gives an equal tree in the same order.

    Raises:
        BadArgument: If the tree holds anything but texts, lists and mappings with text keys, a
            character that the reader refuses, or a key that is longer than `LONGEST_KEY`.

    Examples:
        >>> print(dump({"places": [{"id": "kabul", "names": ["Kabul", "a: b"]}]}), end="")
        places:
          - {id: kabul, names: [Kabul, "a: b"]}
    """
    _check(tree)
    return _Writer(tree, {}).document()


def reformat(text: bytes, file: str, order: Mapping[str, Sequence[str]] | None = None) -> str:
    r"""Return the canonical form of a data file, with its comments.

    A comment stays with what follows it; a comment at the end of the file stays there.

    Args:
        text: The bytes of the file.
        file: The name to use in messages.
        order: For the name of a collection, the fields of its records in the order wanted. Fields
            that are not named come after those, as they stand.

    Returns:
        The text of the file; reading it gives an equal tree, and reformatting it changes nothing.

    Raises:
        DataError: If the file is not strict YAML.
        BadArgument: If a key is longer than `LONGEST_KEY`.

    Examples:
        >>> text = b"# From the gazetteer.\nplaces:\n- name: 'Kabul'\n  id: kabul\n"
        >>> print(reformat(text, "demo.yaml", {"places": ("id", "name")}), end="")
        # From the gazetteer.
        places:
          - {id: kabul, name: Kabul}
    """
    tree = read(text, file)
    for collection, fields in (order or {}).items():
        records = tree.get(collection)
        if isinstance(records, list):
            tree[collection] = [_ordered(record, fields) for record in records]
    _check(tree)
    return _Writer(tree, _comments(source_text(text, file))).document()


class _Writer:
    """Writes one tree as lines."""

    def __init__(self, tree: dict[str, Tree], comments: dict[Path, list[str]]) -> None:
        self._tree = tree
        self._last = comments.pop((), [])
        """Comments behind everything."""
        self._comments: dict[Path, list[str]] = {}
        sharing = set(_sharing(tree))
        for path, lines in comments.items():
            home = path
            while home in sharing:  # a comment cannot stand between a dash and what follows it
                home = home[:-1]
            self._comments.setdefault(home, []).extend(lines)
        self._open = {path[:end] for path in self._comments for end in range(len(path))}
        """Paths that cannot stand on one line, because a comment stands inside."""

    def document(self) -> str:
        """Return the whole file."""
        lines = _spaced(self._members(self._tree, (), 0)) if self._tree else ["{}"]
        if self._last:
            lines += ["", *self._last]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _members(
        self, node: list[Tree] | dict[str, Tree], path: Path, indent: int
    ) -> Iterable[list[str]]:
        """Yield the lines of each child of a list or mapping in block style."""
        margin = " " * indent
        is_list = isinstance(node, list)
        children = enumerate(node) if isinstance(node, list) else node.items()
        for slot, child in children:
            inner = (*path, slot)
            head = margin + ("-" if is_list else f"{_scalar(str(slot))}:")
            comment = [line and margin + line for line in self._comments.get(inner, ())]
            yield comment + self._member(head, child, inner, indent)

    def _member(self, head: str, child: Tree, path: Path, indent: int) -> list[str]:
        """Return the lines of one child; its head is a key with a colon, or a dash."""
        if isinstance(child, str):
            return _text(head, child, indent + 2)
        is_item = isinstance(path[-1], int)
        line = f"{head} {_flow(child)}"
        if not child or (len(line) <= WIDTH and self._fits(child, path)):
            return [line]
        members = self._members(child, path, indent + 2)
        in_collection = len(path) == 1 and isinstance(child, list)
        lines = _spaced(members) if in_collection else [line for each in members for line in each]
        if not is_item:
            return [head, *lines]
        return [head + lines[0][indent + 1 :], *lines[1:]]

    def _fits(self, child: list[Tree] | dict[str, Tree], path: Path) -> bool:
        """Return whether a list or mapping may stand on one line, if that is short enough."""
        if path in self._open:
            return False
        lists_records = isinstance(child, list) and any(isinstance(each, dict) for each in child)
        return isinstance(path[-1], int) or not lists_records


def _spaced(members: Iterable[list[str]]) -> list[str]:
    """Return the lines of all, with a blank line between two unless both are single lines."""
    lines: list[str] = []
    single = True
    for member in members:
        if lines and not (single and len(member) == 1):
            lines.append("")
        single = len(member) == 1
        lines += member
    return lines


def _text(head: str, text: str, indent: int) -> list[str]:
    """Return the lines of a text behind its head."""
    margin = " " * indent
    if _is_literal(text):
        body = text.removesuffix("\n").split("\n")
        style = "|" if text.endswith("\n") else "|-"
        return [f"{head} {style}", *(line and margin + line for line in body)]
    line = f"{head} {_scalar(text)}"
    if len(line) <= WIDTH or not _is_foldable(text):
        return [line]
    return [f"{head} >-", *_folded(text, margin)]


def _is_literal(text: str) -> bool:
    """Return whether a text of several lines can be written line by line."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and "\t" not in text
        and not any(line.endswith(" ") for line in lines)
        and lines[0][:1] not in ("", " ")
        and lines[-1] != ""
    )


def _is_foldable(text: str) -> bool:
    """Return whether a text can be broken at its spaces and read back."""
    words = text.split(" ")
    return len(words) > 1 and "" not in words and "\n" not in text and "\t" not in text


def _folded(text: str, margin: str) -> list[str]:
    """Return a text in lines of at most `FOLD` columns, as far as its words allow."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > FOLD:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else margin + word
    return [*lines, line]


def _flow(node: Tree) -> str:
    """Return a node on one line, with brackets."""
    if isinstance(node, str):
        return _scalar(node, in_flow=True)
    if isinstance(node, list):
        return f"[{', '.join(_flow(child) for child in node)}]"
    pairs = (f"{_scalar(key, in_flow=True)}: {_flow(child)}" for key, child in node.items())
    return f"{{{', '.join(pairs)}}}"


def _scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text on one line, in quotes where it needs them."""
    if (
        text in NOT_PLAIN
        or _NEEDS_QUOTES.match(text)
        or (in_flow and _NEEDS_QUOTES_IN_FLOW.search(text))
    ):
        return f'"{text.translate(_ESCAPES)}"'
    return text


def _check(node: object, path: Path = ()) -> None:
    """Refuse what cannot be written, or would not be read back."""
    if isinstance(node, dict):
        members: dict[object, object] = node
        for key, child in members.items():
            if not isinstance(key, str) or len(_scalar(key)) > LONGEST_KEY:
                raise BadArgument(
                    f"expected keys of at most {LONGEST_KEY} characters at {path}, got {key!r:.60}"
                )
            _check(key, path)
            _check(child, (*path, key))
    elif isinstance(node, list):
        items: list[object] = node
        for index, child in enumerate(items):
            _check(child, (*path, index))
    elif not isinstance(node, str):
        raise BadArgument(f"expected a text, list or dict at {path}, got {node!r:.60}")
    elif found := REFUSED_IN_VALUE.search(node):
        raise BadArgument(f"expected visible characters at {path}, got {found[0]!a}")


def _ordered(record: Tree, fields: Sequence[str]) -> Tree:
    """Return a record with the named fields first."""
    if not isinstance(record, dict):
        return record
    return {field: record[field] for field in fields if field in record} | record


def _comments(source: str) -> dict[Path, list[str]]:
    """Return the comment lines above each value; those behind all values have the empty path.

    A blank line below a comment is kept as an empty text.
    """
    texts: list[tuple[int, int]] = []
    starts: list[int] = []
    paths: list[Path] = []
    for step in steps(source):
        if step.is_text:
            texts.append((step.start, step.end))
        # Without brackets, a list or mapping starts where its first child does: a comment between
        # its key and that child belongs to the child, one above an item of a list to the item.
        if step.path and not (step.in_block and isinstance(step.path[-1], str)):
            starts.append(step.start)
            paths.append(step.path)
    paths.append(())
    found: dict[Path, list[str]] = {}
    for comment in _COMMENT_LINE.finditer(source):
        at = comment.start(1)
        text = bisect_right(texts, (at, len(source)))
        if text and at < texts[text - 1][1]:
            continue  # a line of a text that looks like a comment
        lines = found.setdefault(paths[bisect_left(starts, at)], [])
        lines.append(comment[1].rstrip(" "))
        if source.startswith("\n", comment.end() + 1):
            lines.append("")
    return found


def _sharing(node: Tree, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of children that start on the line of the dash of what holds them."""
    if isinstance(node, str):
        return
    shares = bool(path) and isinstance(path[-1], int)
    for slot, child in enumerate(node) if isinstance(node, list) else node.items():
        inner = (*path, slot)
        if shares:
            yield inner
        shares = False
        yield from _sharing(child, inner)
