"""The least that typed records can cost: the packaged bytes, attrs and a plain cattrs converter.

`benchmarks/cold.py` runs this as a process of its own, as the floor under "every record touched".
It imports attrs, cattrs and json, makes the record classes, parses the snapshot's bytes, and lets
a converter without detailed validation structure them; nothing is checked, and nothing is kept
for questions (no collections, no views, no errors that name a line).

The hooks are those that the format of the snapshot cannot do without (see
`natodata.loading.packing`): a mapping is a list of numbered names and values, and a record that
another refers to is a number, and a list may be JSON in a text.

::

    python -I benchmarks/floor.py .../natodata/data/snapshot.jsonl
"""

# ruff: noqa: E402 -- the collector is stopped first

import gc
import sys
from enum import Enum
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin

gc.disable()  # as natodata does during the first touch: nothing made here is garbage

import json

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from natodata.dates import PartialDate, Period, parse_when
from natodata.records import REGISTRY, Record, typed_fields


def structured(content):
    """Return every record of a snapshot, by its number."""
    head, *lines = content.split(b"\n")
    told = json.loads(head)
    fields = told["fields"]
    cls_of = {row.collection: row.cls for row in REGISTRY}
    ids, classes, rows, at = [], [], [], 0
    for name, count in told["records"].items():
        ids += json.loads(lines[at])
        classes += [cls_of[name]] * count
        rows += [json.loads(line) for line in lines[at + 1 : at + 1 + count]]
        at += 1 + count
    records = {}
    makers = {}

    def record(number, _=None):
        if number not in records:
            cls = classes[number]
            row = named(rows[number])
            row["id"] = ids[number]
            records[number] = makers[cls](row, cls)
        return records[number]

    def named(row):
        return dict(zip([fields[number] for number in row[::2]], row[1::2], strict=True))

    converter = plain(named, record)
    for cls in cls_of.values():
        typed_fields(cls)  # looks up the types that are written as texts
        makers[cls] = make_dict_structure_fn(cls, converter)
    for number in range(len(rows)):
        record(number)
    return records


def plain(named, record):
    """Return a converter with the hooks that the format and the dates need."""
    converter = cattrs.Converter(detailed_validation=False)

    def piece(cls, made_by):
        typed_fields(getattr(cls, "__origin__", cls))
        make = make_dict_structure_fn(cls, made_by)
        return lambda row, cls: make(named(row), cls)

    def is_reference(cls):
        members = get_args(cls) if get_origin(cls) in (Union, UnionType) else (cls,)
        kinds = [each for each in members if each is not type(None)]
        return all(isinstance(each, type) and issubclass(each, Record) for each in kinds)

    when, date, period = cache(parse_when), cache(PartialDate.parse), cache(Period.parse)

    def listed(cls):
        kind = get_args(cls)[0]
        make = converter.get_structure_hook(kind)
        return lambda rows, _: tuple(
            [make(row, kind) for row in (json.loads(rows) if isinstance(rows, str) else rows)]
        )

    converter.register_structure_hook_factory(lambda cls: get_origin(cls) is tuple, listed)
    converter.register_structure_hook_factory(attrs.has, piece)
    converter.register_structure_hook_func(is_reference, record)
    converter.register_structure_hook_factory(
        lambda cls: isinstance(cls, type) and issubclass(cls, Enum),
        lambda cls: lambda text, _: cls._value2member_map_[text],
    )
    converter.register_structure_hook(bool, lambda text, _: text == "true")
    converter.register_structure_hook_func(lambda cls: cls is str, lambda text, _: text)
    converter.register_structure_hook(PartialDate | Period, lambda text, _: when(text))
    converter.register_structure_hook(PartialDate | Period | None, lambda text, _: when(text))
    converter.register_structure_hook(PartialDate, lambda text, _: date(text))
    converter.register_structure_hook(Period, lambda text, _: period(text))
    return converter


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:  # noqa: PTH123 (importing pathlib is not the floor's)
        structured(file.read())
