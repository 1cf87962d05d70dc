"""What the domain is: frozen, typed records that refer to each other.

A class is made when it is first asked for: a process that asks one question needs half of them.
"""

import sys
from functools import cache
from typing import Any

from attrs import Attribute, fields, resolve_types

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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.records.actors import Organisation, Person, Post
    from natodata.records.contributions import (
        Contribution,
        SheetCheck,
        StrengthReport,
        StrengthRow,
    )
    from natodata.records.happenings import Assessment, Decision, Event, Subject
    from natodata.records.operations import LegalBasis, Operation, Task
    from natodata.records.places import Country, Place
    from natodata.records.tenures import Membership, Tenure
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
    "computed_type",
    "typed_fields",
]


_HOME = {
    "Assessment": "happenings",
    "Contribution": "contributions",
    "Country": "places",
    "Decision": "happenings",
    "Document": "texts",
    "Event": "happenings",
    "LegalBasis": "operations",
    "Meeting": "texts",
    "Membership": "tenures",
    "Operation": "operations",
    "Organisation": "actors",
    "Person": "actors",
    "Place": "places",
    "Post": "actors",
    "Programme": "texts",
    "Provision": "texts",
    "SheetCheck": "contributions",
    "StrengthReport": "contributions",
    "StrengthRow": "contributions",
    "Subject": "happenings",
    "Task": "operations",
    "Tenure": "tenures",
}

if not TYPE_CHECKING:  # pragma: no branch (a type checker would take any name for ours)

    def __getattr__(name: str) -> object:
        """Return a class, making it only now."""
        if name not in _HOME:
            raise AttributeError(f"module 'natodata.records' has no attribute {name!r}")
        made = getattr(__import__(f"natodata.records.{_HOME[name]}", fromlist=[name]), name)
        globals()[name] = made
        return made


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)


class RecordType:
    """A row of the registry: a record class and the collection that holds its records."""

    __slots__ = ("collection", "name")

    def __init__(self, name: str, collection: str) -> None:
        self.name: str = name
        """Name of the class."""
        self.collection: str = collection
        """Name of the collection, in the YAML and on a dataset."""

    @property
    def cls(self) -> type[Record]:
        """The class."""
        found: type[Record] = getattr(sys.modules[__name__], self.name)
        return found


REGISTRY: tuple[RecordType, ...] = (
    RecordType("Source", "sources"),
    RecordType("Topic", "topics"),
    RecordType("Country", "countries"),
    RecordType("Place", "places"),
    RecordType("Organisation", "organisations"),
    RecordType("Person", "people"),
    RecordType("Post", "posts"),
    RecordType("Tenure", "tenures"),
    RecordType("Membership", "memberships"),
    RecordType("Meeting", "meetings"),
    RecordType("Document", "documents"),
    RecordType("Programme", "programmes"),
    RecordType("Operation", "operations"),
    RecordType("Contribution", "contributions"),
    RecordType("StrengthReport", "strength_reports"),
    RecordType("Event", "events"),
    RecordType("Decision", "decisions"),
    RecordType("Assessment", "assessments"),
)
"""Every record type, from the bottom floor up."""


def typed_fields(cls: type[Any]) -> tuple["Attribute[Any]", ...]:
    """Return the attrs fields of a record or piece, with all names in their types resolved."""
    return _typed_fields(cls)  # type: ignore[arg-type]


@cache
def _typed_fields(cls: Any) -> tuple["Attribute[Any]", ...]:
    resolve_types(cls, localns=_classes())
    return tuple(fields(cls))


def computed_type(value: property) -> Any:
    """Return the type of a computed value of a record, with all names in it resolved."""
    from typing import get_type_hints

    return get_type_hints(value.fget, localns=_classes())["return"]


def _classes() -> dict[str, Any]:
    """Return all record classes: a name in quotes may stand above the module that uses it."""
    return {row.name: row.cls for row in REGISTRY}
