"""Names: how they are compared, which records answer to them, and what a miss suggests."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from natodata.errors import BadArgument, NotFound
from natodata.loading.catalogue import CLASS_OF
from natodata.records import (
    Country,
    Document,
    Meeting,
    NamedRecord,
    Person,
    Place,
    Record,
    Source,
    Topic,
)
from natodata.store import Store

__all__ = [
    "answering",
    "bare_key",
    "beginning_with",
    "checked_limit",
    "identify",
    "in_plain_letters",
    "is_prefixed",
    "key_of",
    "listed",
    "missing",
    "name_of",
    "names_of",
    "near_ids",
    "yielding",
]

_NOT_WORD = re.compile(r"[\W_]+")
_PREFIX = re.compile(r"(?:(?:nato s|nato led|nato|operation|mission|exercise) )+(?=\w)")
_SUFFIX = re.compile(r"(?<=\w) (?:mission|operation)$")
_YEAR = re.compile(r"(?:^|[ ,]+)(?:19|20)[0-9]{2}(?:$|(?=[ ,]))")
_LETTERS = str.maketrans(
    {
        "&": " and ",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
    }
)
_SHORT = 100
"""Letters of a text whose key is worth keeping; real names are seldom longer."""


def key_of(text: str) -> str:
    """Return *text* as names are compared: without case, accents, punctuation and "the" in front.

    Examples:
        >>> key_of("The  Sea-Guardian"), key_of("TÜRKİYE"), key_of("S/RES/1244(1999)")
        ('sea guardian', 'turkiye', 's res 1244 1999')
    """
    return _kept_key(text) if len(text) <= _SHORT else _key(text)


def in_plain_letters(text: str) -> str:
    """Return a text in small letters, those that only look like letters with accents replaced.

    Examples:
        >>> in_plain_letters("Ødegård")
        'odegård'
    """
    return text.casefold().translate(_LETTERS)


def _key(text: str) -> str:
    import unicodedata

    # Some letters are capital only once they are decomposed (mathematical ones).
    folded = in_plain_letters(unicodedata.normalize("NFKD", text))
    letters = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    plain = in_plain_letters("".join(letters))
    words = _NOT_WORD.sub(" ", plain).strip()
    return words.removeprefix("the ")


# The same few names are asked for again and again, and a key never changes.
_kept_key = lru_cache(maxsize=4096)(_key)


def bare_key(key: str) -> str:
    """Return a key without "NATO", "NATO-led", "Operation" and "Mission" around it.

    Examples:
        >>> bare_key(key_of("NATO Mission Iraq")), bare_key("kfor mission"), bare_key("nato")
        ('iraq', 'kfor', 'nato')
    """
    match = _PREFIX.match(key)
    return _SUFFIX.sub("", key[match.end() :] if match else key)


def name_of(record: Record) -> str | None:
    """Return the name or title of a record, or `None` where it has none."""
    if isinstance(record, NamedRecord | Topic):
        return record.name
    return record.title if isinstance(record, Source) else None


def names_of(record: Record) -> Iterator[str]:
    """Yield every text by which a record can be found, its id first; some may repeat."""
    yield record.id
    name = name_of(record)
    if name is not None:
        yield name
    if isinstance(record, NamedRecord):
        yield from record.aliases
        yield from (held.value for held in record.names)
    if isinstance(record, NamedRecord | Topic):
        yield from (label.text for label in record.labels)
    if isinstance(record, Country):
        yield from filter(None, (record.iso_alpha2, record.iso_alpha3))
    if isinstance(record, Document) and record.symbol:
        yield record.symbol


def _keys_of(record: Record) -> Iterator[str]:
    """Yield the keys of a record's names; a meeting's also without its year, and with it."""
    names = dict.fromkeys(names_of(record))
    for name in names:
        yield key_of(name)
    if isinstance(record, Meeting):
        years = {end.year for end in (record.date.earliest, record.date.latest) if end}
        for name in list(names)[1:]:
            plain = _YEAR.sub("", name)
            yield key_of(plain)
            for year in years:
                yield key_of(f"{plain} {year}")
                yield key_of(f"{year} {plain}")


class _Names(NamedTuple):
    """Ids by the keys that lead to them, in the order in which keys are tried."""

    exact: dict[str, tuple[str, ...]]
    bare: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[str, ...]]
    """Exact keys without spaces."""
    joined_bare: dict[str, tuple[str, ...]]
    begun: dict[str, tuple[str, ...]]
    """Names of things alone: where a name is only begun, titles of sources are noise."""


_NEVER_PREFIXED = (Country, Place, Person, Topic, Source)
"""What nobody calls "Operation" or "NATO": so that "Mission Iraq" is not the country."""


def is_prefixed(record: Record) -> bool:
    """Return whether "Operation", "Mission" or "NATO" may stand around the name of a record."""
    return not isinstance(record, _NEVER_PREFIXED)


def _names(store: Store) -> _Names:
    tables: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {}, {})
    exact, bare, joined, joined_bare, begun = tables
    for identifier in store.all_ids():
        record = store.record(identifier)
        keys = tuple(dict.fromkeys(_keys_of(record)))
        shorts = tuple(map(bare_key, keys)) if is_prefixed(record) else ()
        put = [(exact, key) for key in keys]
        put += [(bare, key) for key in shorts]
        put += [(joined, key.replace(" ", "")) for key in keys]
        put += [(joined_bare, key.replace(" ", "")) for key in shorts]
        if isinstance(record, NamedRecord):
            put += [(begun, key) for key in (*keys, *shorts)]
        for table, key in put:
            table.setdefault(key, []).append(identifier)
    return _Names(
        *({key: yielding(store, dict.fromkeys(ids)) for key, ids in t.items()} for t in tables)
    )


def _index(store: Store) -> _Names:
    return store.root.keep(_names)


def yielding(store: Store, ids: Iterable[str]) -> tuple[str, ...]:
    """Drop the records that give way where others answer to the same name.

    Sources and topics give way to the things themselves, sources to topics, and a place gives way
    to the country in which it lies (Luxembourg, Djibouti).
    """
    ids = tuple(ids)
    for given in ({"sources", "topics"}, {"sources"}):
        ids = tuple(i for i in ids if store.collection_of(i) not in given) or ids
    if len(ids) == 1:
        return ids
    return tuple(i for i in ids if _country_of(store, i) not in ids)


def _country_of(store: Store, identifier: str) -> str | None:
    record = store.record(identifier)
    return record.country.id if isinstance(record, Place) and record.country else None


def answering(store: Store, key: str) -> tuple[str, ...]:
    """Return the ids of the records that answer to a key, in the order of their ids.

    A record called just so goes before one that is called so but for "NATO", "Operation" or
    "Mission" around it, and that before one that differs in spaces and hyphens only.
    """
    names = _index(store)
    found = names.exact.get(key)
    if found is not None:
        return found
    short = bare_key(key)
    for table, spelling in (
        (names.bare, short),
        (names.joined, key.replace(" ", "")),
        (names.joined_bare, short.replace(" ", "")),
    ):
        if spelling in table:
            return table[spelling]
    return ()


def beginning_with(store: Store, key: str) -> tuple[str, ...]:
    """Return the ids of the things with a name that begins with the words of a key."""
    start = f"{key} "
    begun = _index(store).begun
    found = (each for name, ids in begun.items() if name.startswith(start) for each in ids)
    return tuple(sorted(yielding(store, dict.fromkeys(found))))


def missing(what: str, suggestions: tuple[str, ...]) -> NotFound:
    """Return the error for a miss, naming the suggestions."""
    hint = f"; did you mean {', '.join(map(repr, suggestions))}?" if suggestions else ""
    return NotFound(f"{what}{hint}", suggestions)


_LISTED = 10


def listed(ids: tuple[str, ...]) -> str:
    """Return ids in words, the first ten of them."""
    more = len(ids) - _LISTED
    return f"{', '.join(ids[:_LISTED])}{f' and {more} more' if more > 0 else ''}"


def checked_limit(limit: int) -> int:
    """Return a number of answers to give at most.

    Raises:
        BadArgument: It is not a whole number from 1 on.
    """
    if type(limit) is not int or limit < 1:
        raise BadArgument(f"expected a limit of 1 or more, got {limit!r}")
    return limit


def near_ids(
    store: Store, identifier: str, accepted: tuple[type[Record], ...] = (Record,)
) -> tuple[str, ...]:
    """Return the ids of what is called so, then ids that look so, best first.

    Args:
        store: The records.
        identifier: What was taken for an id.
        accepted: Types of record that may be suggested.
    """
    from difflib import get_close_matches

    wanted = [name for name, cls in CLASS_OF.items() if issubclass(cls, accepted)]
    ids = [each for name in wanted for each in store.ids(name)]
    called = (i for i in answering(store, key_of(identifier)) if store.collection_of(i) in wanted)
    close = get_close_matches(identifier[:_SHORT], ids)
    return tuple(dict.fromkeys((*called, *close)))[:3]


def identify(store: Store, record: Record | str) -> Record:
    """Return the record of the store that a record or an id stands for.

    Raises:
        NotFound: There is none of that id.
        BadArgument: It is neither a record nor an id.
    """
    identifier = record.id if isinstance(record, Record) else record
    if not isinstance(identifier, str):
        got = f"{record!r} ({type(record).__name__})"
        raise BadArgument(f"expected a record or the id of one, got {got}")
    if store.collection_of(identifier) is None:
        raise missing(f"no record has the id {identifier!r}", near_ids(store, identifier))
    return store.record(identifier)
