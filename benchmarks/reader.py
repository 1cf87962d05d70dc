"""The strict YAML reader beside what libyaml itself takes, and beside PyYAML's loader.

::

    python benchmarks/reader.py [--check] [--rounds=7]

The texts are those under ``src/natodata/data``: file by file, as a load reads them, and joined to
one text, in which a loader that builds a graph of nodes has more to carry. The floor takes every
event of libyaml's parser over the same bytes and builds nothing.
"""

import sys
from functools import partial
from pathlib import Path

import yaml
from harness import calls, finished, gate, machine, saved

from natodata.loading.strict_yaml import Limits, read

DATA = Path(__file__).parents[1] / "src" / "natodata" / "data"
LARGE = Limits(file_bytes=1 << 30, nodes=1 << 30)


def main():
    """Time the three over the same bytes and print milliseconds and ratios."""
    options = dict(each.split("=") for each in sys.argv if each.startswith("--rounds="))
    contents = [path.read_bytes() for path in sorted(DATA.rglob("*.yaml"))]
    shapes = {"file by file": contents, "one text": [joined(contents)]}
    ways = {
        "strict reader": lambda content: read(content, "a file", LARGE),
        "libyaml's events": events,
        "CSafeLoader": lambda content: yaml.load(content, Loader=yaml.CSafeLoader),
    }
    questions = {
        (shape, way): partial(each_of, texts, take)
        for shape, texts in shapes.items()
        for way, take in ways.items()
    }
    times = calls(questions, int(options.get("--rounds", 7)), least=0)
    print(machine())
    rows = {shape: {way: times[shape, way] / 1000 for way in ways} for shape in shapes}
    for shape, row in rows.items():
        print(shape, ", ".join(f"{way} {each:.0f} ms" for way, each in row.items()))
    strict, floor, peer = zip(*(row.values() for row in rows.values()), strict=True)
    result = {
        "MB": sum(map(len, contents)) / 1e6,
        "files": len(contents),
        "ms": rows,
        "gates": [
            gate("strict reader to libyaml's events", strict[0] / floor[0], 1.5, " times"),
            gate("CSafeLoader to strict reader", peer[1] / strict[1], 4, " times", least=True),
        ],
    }
    saved("reader", result)
    finished(result)


def each_of(texts, take):
    """Read one text after the other."""
    for content in texts:
        take(content)


def events(content):
    """Take every event, and build nothing."""
    for _ in yaml.parse(content, Loader=yaml.CSafeLoader):
        pass


def joined(contents):
    """Return several documents as one, each under a key of its own."""
    lines = []
    for number, content in enumerate(contents):
        lines.append(b"file-%d:\n" % number)
        lines += [b"  " + line if line.strip() else line for line in content.splitlines(True)]
    return b"".join(lines)


if __name__ == "__main__":
    main()
