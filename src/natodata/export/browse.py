"""A dataset as one page of HTML that needs nothing else: no network, no server, no other file.

The page holds the records as one block of JSON and shows what is asked for. Its style and its
script stand in it, and its Content-Security-Policy allows those two, by their SHA-256, and nothing
besides: whatever a record says, it is text. The parts lie in the folder ``page``.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from html import escape
from pathlib import Path
from typing import Any

from attrs import fields, has

from natodata.dates import LATER, NEVER, PartialDate, Period
from natodata.export.content import notes_of, records
from natodata.export.writing import new_file
from natodata.loading.catalogue import collection_of
from natodata.queries import moments, relations
from natodata.queries.claims import claims
from natodata.queries.evidence import evidence
from natodata.queries.timeline import label_of
from natodata.records import (
    Citation,
    Contribution,
    Country,
    Event,
    Held,
    Lasting,
    Record,
    StrengthReport,
    Topic,
)
from natodata.records.base import last_held
from natodata.records.vocabulary import Bound, Rank
from natodata.store import Store

__all__ = ["page", "write"]

_LAND = "plot/land.json"
"""The outline that the pictures use as well; LAND.md beside it says whence it is, in what form."""
_ORDER = (
    "operations",
    "programmes",
    "meetings",
    "decisions",
    "events",
    "documents",
    "organisations",
    "people",
    "posts",
    "tenures",
    "memberships",
    "contributions",
    "strength_reports",
    "assessments",
    "countries",
    "places",
    "topics",
    "sources",
)
"""Collections as the page lists them: what people look for first, what it rests on last."""
_USUAL = (None, (), Rank.NORMAL, Bound.EXACT)
"""What a piece leaves out."""
_APART = frozenset({"id", "citations", "claims"})
"""Fields that are not facts: those that the page shows in another way."""
_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; "
    "base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def write(store: Store, path: str | Path) -> Path:
    """Write the page of a dataset to a file, whole or not at all; see `natodata.Dataset.browse`.

    Raises:
        BadArgument: *path* is a folder, or lies in none that is there.
    """
    target = Path(path)
    text = page(store)
    with new_file(target) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")
    return target


def page(store: Store) -> str:
    """Return the page of a dataset, or of a view of one, as HTML.

    Examples:
        >>> from natodata.loading.checking import load_files
        >>> text = "topics: [{id: sea, name: The <sea>}]"
        >>> html = page(Store(load_files([("mine.yaml", text.encode())])))
        >>> html[:15], "The <sea>" in html
        ('<!DOCTYPE html>', False)
    """
    import re

    content = _content(store)
    style, script = _packed("export/page/style.css"), _packed("export/page/page.js")
    policy = _POLICY.format(script=_digest(script), style=_digest(style))
    parts = {
        "policy": escape(policy),
        "title": escape(content["title"]),
        "style": style,
        "script": script,
        "land": _packed(_LAND).strip(),
        "data": _harmless(content),
    }
    # In one pass: what is put in is not looked at again, whatever it holds.
    whole = _packed("export/page/index.html")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], whole)


def _packed(name: str) -> str:
    """Return the text of a file of the package, which may lie in a zip."""
    from importlib.resources import files

    return files("natodata").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return b64encode(sha256(text.encode()).digest()).decode()


def _harmless(content: object) -> str:
    """Return JSON that cannot end the element it stands in, nor begin another."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


# --- the records -----------------------------------------------------------------------------


def _content(store: Store) -> dict[str, Any]:
    held = list(records(store, None))
    said = _Said({record.id: number for number, record in enumerate(held)})
    countries = _of_countries(store, held)
    spells = {
        identifier: spans
        for collection in _ORDER
        for identifier, spans in moments.spells_by_id(store, collection).items()
    }
    rows = [
        [
            record.id,
            _ORDER.index(collection_of(type(record))),
            _label(record),
            [list(map(_year, span)) for span in spells[record.id] if span != moments.ALWAYS],
            countries.get(record.id, []),
            sorted({said.numbers[topic.id] for topic in _topics(record)}),
            list(_facts(store, record, said)),
        ]
        for record in held
    ]
    return {
        "title": store.notes.title or "natodata",
        "notes": notes_of(store),
        "collections": _ORDER,
        "records": rows,
        "citations": list(map(list, said.places)),
        "rules": list(said.rules),
    }


class _Said:
    """What many records say alike is held once, and pointed to by its number."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self.numbers = numbers
        self.places: dict[tuple[int, str], int] = {}
        self.rules: dict[str, int] = {}

    def citations(self, given: Iterable[Citation]) -> list[int]:
        places = ((self.numbers[each.source.id], each.at or "") for each in given)
        return [self.places.setdefault(place, len(self.places)) for place in places]

    def rule(self, text: str) -> int:
        return self.rules.setdefault(text, len(self.rules))

    def value(self, value: object) -> object:
        """Return a value as the page reads it: a record in it as ``{"r": its number}``."""
        if isinstance(value, Record):
            number = self.numbers.get(value.id)
            return _label(value) if number is None else {"r": number}
        if isinstance(value, tuple):
            return list(map(self.value, value))
        if isinstance(value, PartialDate | Period):
            return str(value)
        if isinstance(value, Enum):
            return value.value
        return self.piece(value) if has(type(value)) else value

    def piece(self, piece: object) -> dict[str, object]:
        parts = ((field.name, getattr(piece, field.name)) for field in fields(type(piece)))  # type: ignore[arg-type]
        return {
            name: self.citations(value) if name == "citations" else self.value(value)
            for name, value in parts
            if value not in _USUAL
        }


def _label(record: Record) -> str:
    return record.name if isinstance(record, Event) else label_of(record)


def _year(day: int) -> float | None:
    """Return a day as a year with two decimals, rounded down; `None` where it is open."""
    if day <= NEVER or day >= LATER:
        return None
    given = date.fromordinal(day)
    into = (given - given.replace(month=1, day=1)).days
    return given.year + int(into * 100 / 366) / 100


def _of_countries(store: Store, held: Iterable[Record]) -> dict[str, list[int]]:
    """Return the countries that each record belongs to or is about, by their numbers."""
    found: dict[str, list[int]] = {}
    for number, record in enumerate(held):
        if isinstance(record, Country):
            for identifier in relations.about(store, record):
                found.setdefault(identifier, []).append(number)
    return found


def _topics(record: Record) -> Iterator[Topic]:
    """Yield what a record, or the operation that it reports on, is about, and the wider topics."""
    given: tuple[Topic, ...] = getattr(record, "topics", ())
    if isinstance(record, Contribution | StrengthReport):
        given += record.operation.topics
    for each in given:
        topic: Topic | None = each
        while topic is not None:
            yield topic
            topic = topic.broader


# --- the facts of a record -------------------------------------------------------------------


def _facts(store: Store, record: Record, said: _Said) -> Iterator[list[object]]:
    """Yield name, value, citations, rival values and the rule that took it, of each fact."""
    if isinstance(record, Lasting):
        for name in ("start", "end"):
            yield from _dated(record, name, said)
    rivals = _rivals(store, record, said)
    for field in fields(type(record)):
        value = getattr(record, field.name)
        others = rivals.pop(field.name, [])
        if field.name not in _APART and (value not in (None, ()) or others):
            yield _trimmed(
                field.name,
                _marked(value, said),
                said.citations(_backing(record, field.name)),
                others,
            )


def _backing(record: Record, name: str) -> Iterator[Citation]:
    """Yield what backs a field as a whole; pieces carry citations of their own."""
    given: tuple[Citation, ...] = getattr(record, "citations", ())
    return (citation for citation in given if name in citation.backs)


def _marked(value: object, said: _Said) -> object:
    """Return a value as the page reads it; of values held for a time, the last one is marked."""
    found = said.value(value)
    if isinstance(value, tuple) and isinstance(found, list):
        now = last_held([each for each in value if isinstance(each, Held)])
        for piece, shown in zip(value, found, strict=True):
            if piece is now:
                shown["now"] = 1
    return found


def _trimmed(*cells: object) -> list[object]:
    """Return the cells without the empty ones at the end."""
    kept = list(cells)
    while kept[-1] in ([], None):
        kept.pop()
    return kept


def _dated(record: Record, name: str, said: _Said) -> Iterator[list[object]]:
    """Yield the beginning or end that the published rule takes, with all that it passed over."""
    found = claims(record, name)
    if found and found[0].taken:
        taken, *others = found
        rivals = [
            {
                "value": said.value(each.value),
                "kind": said.value(each.kind),
                "rule": said.rule(each.rule),
                **({"note": each.note} if each.note else {}),
                "citations": said.citations(each.citations),
            }
            for each in others
        ]
        cited = said.citations(evidence(record, name))
        yield [name, said.value(taken.value), cited, rivals, said.rule(taken.rule)]


def _rivals(store: Store, record: Record, said: _Said) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for claim in getattr(record, "claims", ()):
        shown = said.piece(claim)
        del shown["field"]
        if store.collection_of(claim.value) is not None:
            shown["value"] = said.value(store.record(claim.value))
        found.setdefault(claim.field, []).append(shown)
    return found
