"""What the domain is: frozen, typed records that refer to each other."""

from functools import cache
from typing import Any, NamedTuple

from attrs import Attribute, fields, resolve_types

from natodata.records.actors import Membership, Organisation, Person, Post, Tenure
from natodata.records.base import (
    CitedRecord,
    Figure,
    Held,
    Label,
    Lasting,
    Milestone,
    NamedRecord,
    Topic,
)
from natodata.records.evidence import Citation, Claim, Record, Source
from natodata.records.happenings import Assessment, Decision, Event, Subject
from natodata.records.operations import (
    Contribution,
    LegalBasis,
    Operation,
    SheetCheck,
    StrengthReport,
    StrengthRow,
    Task,
)
from natodata.records.places import Country, Place
from natodata.records.texts import Document, Meeting, Programme, Provision

__all__ = [
    "REGISTRY",
    "Assessment",
    "Citation",
    "CitedRecord",
    "Claim",
    "Contribution",
    "Country",
    "Decision",
    "Document",
    "Event",
    "Figure",
    "Held",
    "Label",
    "Lasting",
    "LegalBasis",
    "Meeting",
    "Membership",
    "Milestone",
    "NamedRecord",
    "Operation",
    "Organisation",
    "Person",
    "Place",
    "Post",
    "Programme",
    "Provision",
    "Record",
    "RecordType",
    "SheetCheck",
    "Source",
    "StrengthReport",
    "StrengthRow",
    "Subject",
    "Task",
    "Tenure",
    "Topic",
    "typed_fields",
]


class RecordType(NamedTuple):
    """A row of the registry: a record class and the collection that holds its records."""

    cls: type[Record]
    """The class."""
    collection: str
    """Name of the collection, in the YAML and on a dataset."""


REGISTRY: tuple[RecordType, ...] = (
    RecordType(Source, "sources"),
    RecordType(Topic, "topics"),
    RecordType(Country, "countries"),
    RecordType(Place, "places"),
    RecordType(Organisation, "organisations"),
    RecordType(Person, "people"),
    RecordType(Post, "posts"),
    RecordType(Tenure, "tenures"),
    RecordType(Membership, "memberships"),
    RecordType(Meeting, "meetings"),
    RecordType(Document, "documents"),
    RecordType(Programme, "programmes"),
    RecordType(Operation, "operations"),
    RecordType(Contribution, "contributions"),
    RecordType(StrengthReport, "strength_reports"),
    RecordType(Event, "events"),
    RecordType(Decision, "decisions"),
    RecordType(Assessment, "assessments"),
)
"""Every record type, from the bottom floor up."""


def typed_fields(cls: type[Any]) -> tuple["Attribute[Any]", ...]:
    """Return the attrs fields of a record or piece, with all names in their types resolved."""
    return _typed_fields(cls)  # type: ignore[arg-type]


@cache
def _typed_fields(cls: Any) -> tuple["Attribute[Any]", ...]:
    # base stands below texts, so the one upward name is given here.
    resolve_types(cls, localns={"Meeting": Meeting})
    return tuple(fields(cls))
