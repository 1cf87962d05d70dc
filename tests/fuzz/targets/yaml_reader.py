"""The strict YAML reader, the positions it gives, and the canonical form.

An input is a file. What is read must be what PyYAML reads where every value is a text, and writing
it in its canonical form must change nothing.
"""

import functools

import yaml

from natodata.errors import BadArgument, DataError
from natodata.loading.canonical import dump, reformat
from natodata.loading.gathering import field_order
from natodata.loading.strict_yaml import positions, read

LONGEST = 256
WORDS = (
    *("- ", ": ", "? ", "# ", " #", "|", ">", "|-", ">+2", "'", '"', "''", '"\\n"', "[", "]", "{"),
    *("}", ", ", "&a", "*a", "!t", "!!str", "<<", "~", "null", "---", "...", "%YAML 1.2", "\n  "),
    *("\\x00", "\\u202e", "\\ud800", "\t", "\r\n", "\r", "\x85", "\u2028", "\ufeff", "\x00", "é"),
)
SEEDS = (
    "a: b\n",
    "a: [b, {c: d}]\n# why\ne: 'f''g'\n",
    'a: "b\\n\\u00e9"\nc: |\n  d\n   e\nf: >-\n  g\n  h\n\n  i\n',
    "places:\n  - id: kabul\n    names: [Kabul, 'NO', \"2003-08\"]\n  - {id: oslo}\n",
    "a: &x b\nc: *x\n",
    "<<: {a: b}\n",
    "a: b # c\n",
    "--- \na: b\n...\n---\nc: d\n",
)


def run(data: bytes) -> None:
    """Read a file, and compare with what others make of it."""
    try:
        tree = read(data, "fuzz.yaml")
    except DataError as error:
        _told(error, data)
        return
    assert yaml.load(data.decode(), Loader=yaml.CBaseLoader) == tree  # noqa: S506 (texts only)
    paths = list(_paths(tree))
    found = positions(data, paths)
    lines = data.decode().replace("\r\n", "\n").count("\n") + 1
    assert all(0 < found[path][0] <= lines for path in paths)
    try:
        text = reformat(data, "fuzz.yaml", _order())
        plain = dump(tree)
    except BadArgument as error:  # a key beyond what YAML can write on a line
        assert "key" in str(error)
        return
    assert tree == read(text.encode(), "fuzz.yaml") == read(plain.encode(), "fuzz.yaml")
    assert text == reformat(text.encode(), "fuzz.yaml", _order())


@functools.cache
def _order():
    return field_order()


def _told(error, data):
    (problem,) = error.problems
    assert str(error)
    lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\x85") + data.count(b"\x80\xa8")
    assert 0 <= problem.line <= lines + data.count(b"\x80\xa9") + 2


def _paths(node, path=()):
    yield path
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _paths(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _paths(value, (*path, index))
