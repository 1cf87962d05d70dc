"""The JSON Schema of the YAML form, made from the classes: what editors complete and check.

It follows draft 2020-12 (https://json-schema.org/draft/2020-12). An editor reads YAML 1.2 with its
core types, where ``2003`` is a number and ``NO`` a text, while the loader takes every value for
the text that stands there. So the schema accepts a value in either reading, and refuses nothing
that the loader accepts. What takes more than one value to see (whether a reference leads anywhere,
whether a fact is backed) only the loader can tell.
"""

import types
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeAlias, Union, get_args, get_origin

from attrs import NOTHING, Attribute

from natodata.dates import PartialDate, Period
from natodata.export.described import described
from natodata.loading.strict_yaml import DEFAULT_LIMITS
from natodata.loading.wording import kinds
from natodata.records import (
    REGISTRY,
    Citation,
    Claim,
    Country,
    Held,
    Record,
    typed_fields,
)

__all__ = ["schema", "schema_text"]

Schema: TypeAlias = dict[str, Any]

_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_CODE = "[A-Z]{3}"
_DAY = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31"
_DATE = rf"(?!0000)[0-9]{{4}}(-(0[1-9]|1[0-2]|{_DAY}))?[?~%]?"
_END = rf"(\.\.|{_DATE})?"
_PERIOD = f"{_END}/{_END}"
_DIGITS = 10**18 - 1

_YEAR: Schema = {"type": ["string", "integer"], "minimum": 1, "maximum": 9999}
_SCALARS: dict[Any, tuple[str, Schema]] = {
    str: (
        "text",
        {
            "description": "A text that is not blank.",
            "type": ["string", "number", "boolean"],
            "pattern": r"\S",
            "maxLength": DEFAULT_LIMITS.scalar_chars,
        },
    ),
    int: (
        "integer",
        {
            "description": "A whole number in plain digits.",
            "type": ["integer", "string"],
            "pattern": "^-?(0|[1-9][0-9]*)$",
            "minimum": -(_DIGITS // 10),
            "maximum": _DIGITS,
            "maxLength": 18,
        },
    ),
    float: (
        "decimal",
        {
            "description": "A decimal number such as 40.85.",
            "type": ["number", "string"],
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "maxLength": 32,
        },
    ),
    bool: ("truth", {"description": "true or false.", "enum": [True, False, "true", "false"]}),
    PartialDate: (
        "date",
        {
            "description": "A year, month or day, such as 2003, 2003-08 or 2003-08-11, "
            "with ~ (approximate), ? (uncertain) or % (both) behind it where needed.",
            **_YEAR,
            "pattern": f"^{_DATE}$",
        },
    ),
    Period: (
        "period",
        {
            "description": "From a date to a date, such as 1999-06-12/2003-08; "
            "`..` stands for no end, nothing for an end that is not known.",
            "type": "string",
            "pattern": f"^{_PERIOD}$",
        },
    ),
}
_WHEN: Schema = {
    "description": "A date such as 2003-08, or a period such as 1999-06-12/...",
    **_YEAR,
    "pattern": f"^({_DATE}|{_PERIOD})$",
}
_ID: Schema = {
    "description": "Lower-case letters and digits joined by hyphens.",
    "type": ["string", "integer"],
    "pattern": f"^{_SLUG}$",
    "minimum": 0,
}
_COUNTRY_ID: Schema = {
    **_ID,
    "description": "Three capital letters, or lower-case letters and digits joined by hyphens.",
    "pattern": f"^({_CODE}|{_SLUG})$",
}
_DATASET = {
    "title": ("text", "Its title."),
    "version": ("text", "The version of the data."),
    "current_to": ("date", "The day up to which the data is kept."),
}


def schema() -> Schema:
    """Return the JSON Schema of a file of data, as a new dict that JSON can hold.

    Examples:
        >>> schema()["$defs"]["Operation"]["required"]
        ['id', 'name', 'kind', 'admitted_by']
    """
    from copy import deepcopy

    return deepcopy(_Maker().made())


def schema_text() -> str:
    """Return the schema as the text of a file, with a line end at its end."""
    import json

    return f"{json.dumps(schema(), indent=1, ensure_ascii=False)}\n"


class _Maker:
    """Makes the definitions, each once, as fields ask for them."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {
            **{name: dict(made) for name, made in _SCALARS.values()},
            "when": _WHEN,
            "id": _ID,
            "country-id": _COUNTRY_ID,
        }
        self.fields: dict[str, list[Schema]] = {}
        """For each field of any record type, what it may hold, each form once."""

    def made(self) -> Schema:
        """Return the whole schema."""
        collections = {
            row.collection: {
                "description": _summary(row.cls),
                "type": "array",
                "items": self.record(row.cls),
            }
            for row in REGISTRY
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "natodata",
            "description": "A file of data for natodata: collections, each a list of records.",
            "type": "object",
            "properties": {"dataset": _dataset(), **collections, "patches": self.patches()},
            "additionalProperties": False,
            "$defs": dict(sorted(self.definitions.items())),
        }

    def record(self, cls: type[Record]) -> Schema:
        """Define a record type, and return a reference to the definition."""
        properties = {f.name: self.described(cls, f) for f in typed_fields(cls)}
        made = _object(_summary(cls), properties, _required(typed_fields(cls)))
        self.definitions[cls.__name__] = made
        for name, value in properties.items():
            # What a field means differs from type to type: a patch may be of any.
            form = {key: part for key, part in value.items() if key != "description"}
            forms = self.fields.setdefault(name, [])
            if form not in forms:
                forms.append(form)
        return _ref(cls.__name__)

    def described(self, cls: type, field: "Attribute[Any]", form: Schema | None = None) -> Schema:
        """Return the schema of a field, with what the class says of it."""
        if field.name == "id":
            form = _ref("country-id" if cls is Country else "id")
        said = " ".join(described(cls)[field.name].replace("``", "`").split())
        return {"description": said, **(form or self.value(field.type, cls))}

    def value(self, kind: Any, owner: type) -> Schema:
        """Return the schema of a type, as it stands in *owner*."""
        members = tuple(part for part in _members(kind) if part is not type(None))
        only = members[0]
        if set(members) == {PartialDate, Period}:
            return _ref("when")
        if all(isinstance(part, type) and issubclass(part, Record) for part in members):
            name = "country-id" if Country in members else "id"
            return {**_ref(name), "title": f"the id of {kinds(members)}"}
        if only in _SCALARS:
            return _ref(_SCALARS[only][0])
        if get_origin(only) is tuple:
            return {"type": "array", "items": self.value(get_args(only)[0], owner)}
        if isinstance(only, type) and issubclass(only, StrEnum):
            return self.codes(only)
        return self.piece(only, owner)

    def codes(self, cls: type[StrEnum]) -> Schema:
        """Return a reference to the definition of a vocabulary."""
        texts = described(cls)
        self.definitions[cls.__name__] = {
            "description": _summary(cls),
            "enum": [member.value for member in cls],
            "enumDescriptions": [" ".join(texts[member.name].split()) for member in cls],
        }
        return _ref(cls.__name__)

    def piece(self, kind: Any, owner: type) -> Schema:
        """Return a reference to the definition of a piece.

        What a citation or a claim names is a field of the record or piece in which it stands, so
        each owner has definitions of its own.
        """
        cls: type[Any] = get_origin(kind) or kind
        name, names = cls.__name__, [each.name for each in typed_fields(owner)]
        special: dict[str, Schema] = {}
        if cls is Held:
            held = get_args(kind)[0]
            name = f"Held.{held.__name__}"
            special = {"value": self.value(held, owner)}
        elif cls is Citation:
            name = f"{owner.__name__}.citation"
            special = {"backs": {"type": "array", "items": {"enum": names}}}
        elif cls is Claim:
            name = f"{owner.__name__}.claim"
            special = {"field": {"enum": names}}
        if name not in self.definitions:
            properties = {
                each.name: self.described(cls, each, special.get(each.name))
                for each in typed_fields(cls)
            }
            made = _object(_summary(cls), properties, _required(typed_fields(cls)))
            self.definitions[name] = made
        return _ref(name)

    def patches(self) -> Schema:
        """Return the schema of the patches, each of a record whose type cannot be told here."""
        fields = {name: _any_of(forms) for name, forms in self.fields.items() if name != "id"}
        lists = {
            name: _any_of(several)
            for name, forms in self.fields.items()
            if (several := [form for form in forms if form.get("type") == "array"])
        }
        properties = {
            "id": {"description": "The id of a record of the data.", **_ref("country-id")},
            "set": _object("Fields to replace, with their new values.", fields),
            "add": _object("Lists to lengthen, with what comes behind.", lists),
        }
        one = _object("What changes in a record that is there.", properties, ["id"])
        said = "Changes to records that are there; for data that extend others."
        return {"description": said, "type": "array", "items": one}


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (types.UnionType, Union) else (kind,)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(said: str, properties: dict[str, Schema], required: Iterable[str] = ()) -> Schema:
    found = list(required)
    return {
        "description": said,
        "type": "object",
        "properties": properties,
        **({"required": found} if found else {}),
        "additionalProperties": False,
    }


def _required(fields: Iterable["Attribute[Any]"]) -> Iterator[str]:
    return (field.name for field in fields if field.default is NOTHING)


def _any_of(forms: list[Schema]) -> Schema:
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _summary(cls: type) -> str:
    """Return the first sentence of a class's docstring."""
    return str(cls.__doc__).split("\n\n", maxsplit=1)[0].strip()


def _dataset() -> Schema:
    properties = {
        name: {"description": said, **_ref(form)} for name, (form, said) in _DATASET.items()
    }
    return _object("What the data say of themselves.", properties)
