"""Trees of text to records: the cattrs converter, strict hooks, references by id.

The reader gives every scalar as text, and the type of the field says what the text may be. All is
checked, and what is wrong is told with its place. What was checked before, such as a snapshot, is
read by `natodata.loading.trusting`.
"""

import re
import types
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from enum import StrEnum
from functools import cache, partial
from typing import Any, NamedTuple, Protocol, TypeVar, Union, get_args, get_origin

from attrs import has
from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from natodata.dates import PartialDate, Period, When, parse_when
from natodata.errors import BadDate
from natodata.loading.strict_yaml import DEFAULT_LIMITS
from natodata.loading.wording import Hint, cut, kinds, nearest
from natodata.records import Record, typed_fields

__all__ = ["Fault", "Mismatch", "Resolver", "faults", "structure"]

R = TypeVar("R", bound=Record)

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TRUTH = {"true": True, "false": False}
_LONGEST = 80


class Resolver(Protocol):
    """What gives records by id while others are being structured."""

    def resolve(self, identifier: str, accepted: tuple[type[Record], ...]) -> Record:
        """Return the record with that id; raise `Mismatch` where it is not of a type accepted."""
        ...


_resolver: ContextVar[Resolver] = ContextVar("natodata-resolver")
_most: ContextVar[int] = ContextVar("natodata-most-faults")


class Mismatch(ValueError):
    """A value that is not what the field's type asks for."""

    def __init__(self, expected: str, got: str, suggestion: Hint = "") -> None:
        super().__init__(expected, got, suggestion)
        self.expected = expected
        self.got = got
        self.suggestion = suggestion


class _InList(Exception):
    """What is wrong with the items of a list: the index of each that is, and its error."""

    args: tuple[tuple[int, Exception], ...]


class Fault(NamedTuple):
    """One thing wrong in a record, with its path from there."""

    path: tuple[str | int, ...]
    """Field names and list indexes, from the record down."""
    expected: str
    """What should have stood there; empty where the fault is told elsewhere."""
    got: str
    """What stood there."""
    suggestion: Hint = ""
    """The nearest valid text, or empty, or what finds it."""
    at_key: bool = False
    """Whether the name of the field is wrong, rather than its value."""


def structure(
    cls: type[R],
    tree: Mapping[str, object],
    resolver: Resolver,
    most: int = DEFAULT_LIMITS.faults,
) -> R:
    """Return the record of type *cls* that *tree* describes.

    Args:
        cls: A record class.
        tree: The record as text, lists and mappings.
        resolver: Where references lead.
        most: Of a list, no more items are looked at once so many are wrong.

    Raises:
        cattrs.errors.ClassValidationError: Anything is wrong; `faults` reads it.
    """
    token, before = _resolver.set(resolver), _most.set(most)
    try:
        build: Any = _from_tree
        record: R = build(cls)(tree, cls)
    finally:
        _resolver.reset(token)
        _most.reset(before)
    return record


@cache
def _from_tree(cls: Any) -> Callable[[Any, Any], Any]:
    return _piece_factory(_converter(), cls)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for scalar, read in _SCALARS:
        # By class, because cattrs asks its own hooks for these classes before any predicate.
        converter.register_structure_hook(scalar, read)
    converter.register_structure_hook_factory(_is_optional, partial(_optional_factory, converter))
    converter.register_structure_hook_func(_is_when, _when)
    converter.register_structure_hook_factory(_is_reference, _reference_factory)
    converter.register_structure_hook_factory(_is_tuple, partial(_tuple_factory, converter))
    converter.register_structure_hook_factory(_is_piece, partial(_piece_factory, converter))
    return converter


# --- which hook is for which type ------------------------------------------------------------


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (types.UnionType, Union) else (kind,)


def _is_optional(kind: Any) -> bool:
    return type(None) in _members(kind)


def _is_when(kind: Any) -> bool:
    return set(_members(kind)) == {PartialDate, Period}


def _is_reference(kind: Any) -> bool:
    return all(isinstance(part, type) and issubclass(part, Record) for part in _members(kind))


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


_NOT_PIECES = (Record, PartialDate, Period)


def _is_piece(kind: Any) -> bool:
    base = get_origin(kind) or kind
    return isinstance(base, type) and has(base) and not issubclass(base, _NOT_PIECES)


# --- scalars ---------------------------------------------------------------------------------


def _scalar(value: object, expected: str) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch(expected, _shown(value))


def _text(value: object, _: type) -> str:
    text = _scalar(value, "a text")
    if not text or text.isspace():
        raise Mismatch("a text that is not blank", _shown(text))
    return text


def _integer(value: object, _: type) -> int:
    text = _scalar(value, "a whole number in plain digits")
    if _INTEGER.fullmatch(text) is None or len(text) > 18:  # noqa: PLR2004 (fits 64 bits)
        digits = re.sub(r"[ ,_']", "", text[:_LONGEST])
        hint = digits if _INTEGER.fullmatch(digits) and digits != text else ""
        raise Mismatch("a whole number in plain digits", _shown(text), hint)
    return int(text)


def _decimal(value: object, _: type) -> float:
    text = _scalar(value, "a decimal number")
    if _DECIMAL.fullmatch(text) is None or len(text) > 32:  # noqa: PLR2004 (more is no measurement)
        raise Mismatch("a decimal number such as 40.85", _shown(text))
    return float(text)


def _truth(value: object, _: type) -> bool:
    text = _scalar(value, "true or false")
    if text not in _TRUTH:
        lower = text.lower()
        raise Mismatch("true or false", _shown(text), lower if lower in _TRUTH else "")
    return _TRUTH[text]


def _dated(read: Callable[[str], When], expected: str, value: object) -> When:
    text = _scalar(value, expected)
    try:
        return read(text)
    except BadDate as error:
        message = str(error).removeprefix("expected ")
        wanted, _, found = message.partition(", got ")
        raise Mismatch(cut(wanted), cut(found)) from None


def _date(value: object, _: type) -> When:
    return _dated(PartialDate.parse, "a date such as 2003-08", value)


def _period(value: object, _: type) -> When:
    return _dated(Period.parse, "a period such as 1999-06-12/..", value)


def _when(value: object, _: object) -> When:
    return _dated(parse_when, "a date or a period", value)


def _coded(value: object, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(value)  # type: ignore[arg-type]
    except ValueError:
        codes, expected = _codes(kind)
        text = _scalar(value, expected)
        raise Mismatch(expected, _shown(text), partial(nearest, text, codes)) from None


@cache
def _codes(kind: type[StrEnum]) -> tuple[tuple[str, ...], str]:
    codes = tuple(str(member) for member in kind)
    return codes, f"one of {', '.join(codes)}"


_SCALARS: tuple[tuple[type, Callable[[object, Any], object]], ...] = (
    (str, _text),
    (int, _integer),
    (float, _decimal),
    (bool, _truth),
    (PartialDate, _date),
    (Period, _period),
    (StrEnum, _coded),
)


# --- references, lists and pieces ------------------------------------------------------------


def _optional_factory(converter: Converter, kind: Any) -> Callable[[object, Any], object]:
    inner = tuple(part for part in get_args(kind) if part is not type(None))
    target = inner[0] if len(inner) == 1 else Union[inner]  # noqa: UP007 (made from a tuple)
    hook = converter.get_structure_hook(target)
    return lambda value, _: hook(value, target)


def _reference_factory(kind: Any) -> Callable[[object, Any], Record]:
    accepted = _members(kind)

    def refer(value: object, _: Any) -> Record:
        if not isinstance(value, str):
            raise Mismatch(f"the id of {kinds(accepted)}", _shown(value))
        return _resolver.get().resolve(value, accepted)

    return refer


def _tuple_factory(converter: Converter, kind: Any) -> Callable[[object, Any], tuple[object, ...]]:
    item = get_args(kind)[0]
    return partial(_items, converter.get_structure_hook(item), item)


def _items(
    hook: Callable[[object, Any], object], item: Any, value: object, _: Any
) -> tuple[object, ...]:
    if not isinstance(value, list):
        short = isinstance(value, str) and len(value) < _LONGEST
        raise Mismatch("a list", _shown(value), f"[{value}]" if short else "")
    built: list[object] = []
    wrong: list[tuple[int, Exception]] = []
    for index, each in enumerate(value):
        try:
            built.append(hook(each, item))
        except Exception as error:  # noqa: BLE001 (collected, and raised below)
            wrong.append((index, error))
            if len(wrong) >= _most.get():
                break
    if wrong:
        raise _InList(*wrong)
    return tuple(built)


def _piece_factory(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    typed_fields(get_origin(kind) or kind)
    return partial(_mapping_first, make_dict_structure_fn(kind, converter))


def _mapping_first(hook: Callable[[Any, Any], Any], value: object, kind: Any) -> Any:
    if not isinstance(value, dict):
        raise Mismatch("a mapping of fields", _shown(value))
    return hook(value, kind)


# --- telling what is wrong -------------------------------------------------------------------


def faults(error: Exception, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Yield everything that *error* holds against a record, with the path to each.

    Args:
        error: What `structure` raised.
        path: Where the record itself lies.

    Raises:
        Exception: Anything in *error* that is no fault of the data, such as `RecursionError`.
    """
    if isinstance(error, ClassValidationError):
        noted, plain = error.group_exceptions()
        for inner, field in noted:
            if isinstance(inner, KeyError) and inner.args == (field.name,):
                yield Fault(path, f"the field {field.name!r}", "nothing")
            else:
                yield from faults(inner, (*path, field.name))
        for inner in plain:
            yield from faults(inner, path)
    elif isinstance(error, _InList):
        for index, inner in error.args:
            yield from faults(inner, (*path, index))
    elif isinstance(error, ForbiddenExtraKeysError):
        for name in sorted(error.extra_fields):
            near = partial(nearest, name, _field_names(error.cl))
            wanted = f"a field of {_label(error.cl)}"
            yield Fault((*path, name), wanted, _shown(name), near, at_key=True)
    elif isinstance(error, Mismatch):
        yield Fault(path, error.expected, error.got, error.suggestion)
    else:  # no fault of the data
        raise error


def _field_names(cls: Any) -> tuple[str, ...]:
    from attrs import fields

    return tuple(field.name for field in fields(cls))


def _label(cls: Any) -> str:
    return str(cls.__name__)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return cut(f"a mapping of {', '.join(map(repr, list(value)[:4])) or 'nothing'}")
    return cut(repr(value))
