"""JSON-LD: the records as linked data, in the terms of schema.org and PROV-O.

A node for the dataset and one for each record, in one graph with its context inline, so that
reading it needs no network. What a term of schema.org or PROV-O says, is said by it; the rest
stands in terms of our own, each named as the field it comes from. A reference is a link to another
node. A date that is a plain year, month or day is an XML Schema date; any other is EDTF.

A record is a `prov:Entity`: the description, which was derived from its sources
(`prov:wasDerivedFrom`). Each `prov:Derivation`, of the record or of one of its pieces, names the
source (`prov:entity`), the place in it (`at`) and the fields that it backs (`backs`).
"""

import json
from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from attrs import fields

from natodata.dates import PartialDate, Period, When
from natodata.export.content import LICENCE_ADDRESS, notes_of, records
from natodata.queries.evidence import evidence
from natodata.queries.timeline import label_of
from natodata.records import (
    Assessment,
    Citation,
    Contribution,
    Country,
    Decision,
    Document,
    Event,
    Lasting,
    Meeting,
    Membership,
    Operation,
    Organisation,
    Person,
    Place,
    Programme,
    Record,
    Source,
    StrengthReport,
    Tenure,
    Topic,
)
from natodata.store import Store

__all__ = ["CONTEXT", "RECORD", "TERM", "write"]

RECORD = "urn:natodata:record:"
"""What stands before the id of a record to make it a name for the whole web."""
TERM = "urn:natodata:term:"
"""What stands before the name of a field or class of our own."""
_SCHEMA = "https://schema.org/"

CONTEXT: Mapping[str, object] = {
    "@version": 1.1,
    "@vocab": TERM,
    "record": RECORD,
    "term": TERM,
    "schema": _SCHEMA,
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "id": "@id",
    "type": "@type",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "schema:name",
    "aliases": "schema:alternateName",
    "definition": "schema:description",
    "summary": "schema:description",
    "position": "schema:text",
    "aims": "schema:description",
    "latitude": "schema:latitude",
    "longitude": "schema:longitude",
    "within": "schema:containedInPlace",
    "parent": "schema:parentOrganization",
    "nationalities": "schema:nationality",
    "attendees": "schema:attendee",
    "affects": "schema:object",
    "authors": "schema:author",
    "issuer": "schema:publisher",
    "publisher": "schema:publisher",
    "part_of": "schema:isPartOf",
    "phase_of": "schema:superEvent",
    "publication": "schema:appearance",
    "page": "schema:pagination",
    "symbol": "schema:identifier",
    "address": "schema:url",
    "archived_address": "schema:archivedAt",
    "language": "schema:inLanguage",
    "updated": "schema:dateModified",
    "topics": "schema:keywords",
    "about": "schema:about",
    "version": "schema:version",
    "license": {"@id": "schema:license", "@type": "@id"},
    "current_to": "schema:dateModified",
    "derives_from": "prov:wasDerivedFrom",
    "sources": "prov:wasDerivedFrom",
    "citations": "prov:qualifiedDerivation",
    "source": "prov:entity",
}
"""What each key means; a key that is not here is a term of our own."""

_BODY = {"start": "foundingDate", "end": "dissolutionDate"}
_ROLE = {"start": "startDate", "end": "endDate"}
_CLASSES: Mapping[type[Record], tuple[str, Mapping[str, str]]] = {
    Source: ("CreativeWork", {"title": "name", "date": "datePublished"}),
    Topic: ("DefinedTerm", {}),
    Country: ("Country", {}),
    Place: ("Place", {}),
    Organisation: ("Organization", _BODY),
    Person: ("Person", {}),
    Tenure: ("OrganizationRole", _ROLE),
    Membership: ("OrganizationRole", _ROLE),
    Contribution: ("OrganizationRole", _ROLE),
    Meeting: ("Event", {"place": "location", "body": "organizer"}),
    Document: ("CreativeWork", {}),
    Programme: ("Project", _BODY),
    Operation: ("Event", {**_ROLE, "areas": "location"}),
    StrengthReport: ("Dataset", {}),
    Event: ("Event", {"place": "location"}),
    Decision: ("Action", {"body": "agent"}),
    Assessment: ("Claim", {}),
}
"""The class of schema.org that a record is of, and what its fields are called there."""


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the records of a dataset, or of some of its collections, as one graph."""
    graph = [_dataset(store), *(_node(record) for record in records(store, collections))]
    with target.open("w", encoding="utf-8", newline="\n") as file:
        json.dump({"@context": CONTEXT, "@graph": graph}, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _dataset(store: Store) -> dict[str, object]:
    notes = notes_of(store)
    node: dict[str, object] = {
        "id": "urn:natodata:dataset",
        "type": ["schema:Dataset", "prov:Entity"],
        "name": notes["title"],
        "license": LICENCE_ADDRESS,
    }
    if "version" in notes:
        node["version"] = notes["version"]
    if store.notes.current_to is not None:
        node["current_to"] = _date(store.notes.current_to)
    if "as_of" in notes:
        node["as_of"] = notes["as_of"]
    return node


def _node(record: Record) -> dict[str, object]:
    kind, renamed = _CLASSES.get(type(record), (None, {}))
    known = _members(record) | _computed(record)
    types = [f"term:{type(record).__name__}", *([f"schema:{kind}"] if kind else [])]
    return {
        "id": _name(record),
        "type": [*types, "prov:Entity"],
        "label": label_of(record),
        **{f"schema:{renamed[name]}" if name in renamed else name: known[name] for name in known},
    }


def _computed(record: Record) -> dict[str, object]:
    """Return what a record says all in all: when it began and ended, who says so."""
    found: dict[str, object] = {}
    for name in ("start", "end") if isinstance(record, Lasting) else ():
        when = getattr(record, name)
        if when is not None:
            found[name] = _date(when)
    if isinstance(record, Meeting | Event):
        first, last = _edges(record.date)
        found |= {"schema:startDate": _date(first)} if first else {}
        found |= {"schema:endDate": _date(last)} if last else {}
    cited = dict.fromkeys(citation.source for citation in evidence(record))
    if cited:
        found["sources"] = [_value(source) for source in cited]
    return found


def _edges(when: When) -> list[PartialDate | None]:
    edges = (when.start, when.end) if isinstance(when, Period) else (when, when)
    return [edge if isinstance(edge, PartialDate) else None for edge in edges]


def _members(piece: Any) -> dict[str, object]:  # noqa: ANN401 (of any class)
    """Return what a record or piece holds, key by key."""
    found = {field.name: getattr(piece, field.name) for field in fields(type(piece))}
    return {
        name: _value(value)
        for name, value in found.items()
        if name != "id" and value not in (None, ())
    }


def _value(value: object) -> object:
    if isinstance(value, Record):
        return {"id": _name(value)}
    if isinstance(value, PartialDate | Period):
        return _date(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if isinstance(value, str | int | float):
        return value
    kind = "prov:Derivation" if isinstance(value, Citation) else f"term:{type(value).__name__}"
    return {"type": kind, **_members(value)}


def _name(record: Record) -> str:
    return f"record:{record.id}"


def _date(when: When) -> dict[str, str]:
    return {"@value": str(when), "@type": _datatype(when)}


def _datatype(when: When) -> str:
    if isinstance(when, Period) or when.qualified:
        return "edtf:EDTF"
    return "xsd:date" if when.day else "xsd:gYearMonth" if when.month else "xsd:gYear"
