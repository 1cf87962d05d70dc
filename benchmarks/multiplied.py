"""Synthetic datasets of the real shapes: the packaged snapshot, several times over.

Each copy has ids, names, titles and codes of its own and refers to itself alone, so that every
record has as many fields, pieces and references as a real one, and no name has more bearers than
in the packaged data. Where the number asked for is no multiple, the last copy holds a part of the
records that refers to nothing outside it.
"""

import json
import re
from bisect import bisect_left
from itertools import chain, islice
from pathlib import Path

from natodata.loading.catalogue import CLASS_OF, read_snapshot
from natodata.loading.packing import line, packed

_MARK = "\ue000"
"""Stands in the text of a record where its copies differ."""
_REFERENCE = 7_000_000_000_000
"""Added to the number of a record where a line refers to it; no number in the data is as large."""
_PARTS = re.compile(rb"\b7000000\d{6}\b|" + _MARK.encode())
_OWN = ("name", "title", "symbol", "iso_alpha2", "iso_alpha3")


def multiplied(source, size, target):
    """Write a snapshot of *size* records to *target*, made of the records of another one."""
    pack = Template(source)
    whole, rest = divmod(size, len(pack.names))
    copies = [pack.everything] * whole + [pack.closed(rest)] * bool(rest)
    target.write_bytes(pack.written(copies))


class Template:
    """The records of a snapshot, ready to be written again with other ids and numbers."""

    def __init__(self, source):
        self.head = json.loads(Path(source).read_bytes().partition(b"\n")[0])
        catalogue = read_snapshot(source)
        self.ids = {name: list(catalogue.trees[name]) for name in self.head["records"]}
        self.names = list(chain.from_iterable(self.ids.values()))
        numbers = {name: _REFERENCE + number for number, name in enumerate(self.names)}
        fields = {name: number for number, name in enumerate(self.head["fields"])}
        self.parts = []
        """The pieces of each line: bytes, numbers of other records, and marks."""
        for collection, ids in self.ids.items():
            cls = CLASS_OF[collection]
            for identifier in ids:
                tree = marked(catalogue.trees[collection][identifier])
                self.parts.append(_split(packed(cls, tree, numbers, fields)))
        self.everything = range(len(self.names))

    def closed(self, size):
        """Return the numbers of *size* records that refer to none but each other, in order."""
        taken = set()
        step = 7919  # a prime: records from all over the data, the same ones each time
        spread = [at * step % len(self.names) for at in self.everything]
        sources = range(len(self.ids["sources"]))  # these come with the records that cite them
        for number in sorted(spread, key=lambda number: number in sources):
            found = self._reached(number, taken)
            if len(taken) + len(found) <= size:
                taken |= found
        return sorted(taken)

    def _reached(self, number, known):
        found, open_ones = set(), [number]
        while open_ones:
            each = open_ones.pop()
            if each not in found and each not in known:
                found.add(each)
                open_ones += [part for part in self.parts[each] if isinstance(part, int)]
        return found

    def written(self, copies):
        """Return a snapshot that holds some records once for each copy, in the order of ids."""
        place, records, order = [{} for _ in copies], {}, []
        start = 0
        for collection, ids in self.ids.items():
            end = start + len(ids)
            own = sorted(
                (f"{self.names[number]}-{copy}", copy, number)
                for copy, numbers in enumerate(copies)
                for number in numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]
            )
            for _, copy, number in own:
                place[copy][number] = len(order)
                order.append((copy, number))
            records[collection] = [identifier for identifier, _, _ in own]
            start = end
        lines = (self._line(number, place[copy], copy) for copy, number in order)
        parts = [b"".join([line(own), *islice(lines, len(own))]) for own in records.values()]
        counts = {name: len(own) for name, own in records.items()}
        sizes = {name: len(part) for name, part in zip(records, parts, strict=True)}
        head = {**self.head, "records": counts, "sizes": sizes, "title": "synthetic"}
        return b"".join([line(head), *parts])

    def _line(self, number, place, copy):
        suffix = b" %d" % copy
        return b"".join(
            [
                b"%d" % place[part] if isinstance(part, int) else part or suffix
                for part in self.parts[number]
            ]
        )


def marked(tree):
    """Return the tree of a record with a mark behind everything by which it can be found."""
    tree = dict(tree)
    for field in _OWN:
        if field in tree:
            tree[field] += _MARK
    if "aliases" in tree:
        tree["aliases"] = [alias + _MARK for alias in tree["aliases"]]
    for field, key in (("names", "value"), ("labels", "text")):
        if field in tree:
            tree[field] = [{**each, key: each[key] + _MARK} for each in tree[field]]
    return tree


def _split(text):
    """Return a line in pieces; a mark is given as empty bytes, a reference as its number."""
    found, at = [], 0
    for part in _PARTS.finditer(text):
        found.append(text[at : part.start()])
        piece = part[0]
        found.append(b"" if piece == _MARK.encode() else int(piece) - _REFERENCE)
        at = part.end()
    found.append(text[at:])
    return [piece for at, piece in enumerate(found) if at % 2 or piece != b""]
