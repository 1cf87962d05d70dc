"""Exact finding: by id, name, alias, former or foreign name, whatever the spelling's dress."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from natodata.errors import Ambiguous, BadArgument, NotFound
from natodata.loading.structuring import nearest
from natodata.records import Country, Document, NamedRecord, Record, Source, Topic
from natodata.store import Store

__all__ = ["find", "identify", "key_of", "missing", "names_of", "near_ids"]

_NOT_WORD = re.compile(r"[^\w]+")
_PREFIX = re.compile(r"^(?:the |nato |led |operation |mission |exercise )+(?=\w)")
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
    }
)


def key_of(text: str) -> str:
    """Return *text* as names are compared.

    Case, accents, punctuation and hyphens do not count, and neither do "the", "NATO", "Operation"
    and "Mission" in front.

    Examples:
        >>> key_of("Operation  Sea-Guardian"), key_of("TÜRKİYE"), key_of("NATO")
        ('sea guardian', 'turkiye', 'nato')
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LETTERS)
    words = _NOT_WORD.sub(" ", plain.replace("_", " ")).strip()
    return _PREFIX.sub("", words)


def names_of(record: Record) -> Iterator[str]:
    """Yield every text by which a record can be found, its id first; some may repeat."""
    yield record.id
    if isinstance(record, NamedRecord):
        yield record.name
        yield from record.aliases
        yield from (held.value for held in record.names)
        yield from (label.text for label in record.labels)
    if isinstance(record, Country):
        yield from filter(None, (record.iso_alpha2, record.iso_alpha3))
    if isinstance(record, Document) and record.symbol:
        yield record.symbol
    if isinstance(record, Topic):
        yield record.name
        yield from (label.text for label in record.labels)
    if isinstance(record, Source):
        yield record.title


def _index(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the ids behind each name key; ids found under their own spelling come alone."""
    found: dict[str, dict[str, None]] = {}
    for identifier in store.all_ids():
        for name in names_of(store.record(identifier)):
            found.setdefault(key_of(name), {})[identifier] = None
    return {key: tuple(ids) for key, ids in found.items()}


def find(store: Store, name: str) -> Record:
    """Return the one record that answers to *name*.

    Args:
        store: The records.
        name: An id, name, acronym, alias, former or foreign name.

    Raises:
        NotFound: Nothing answers to it; near names are suggested.
        Ambiguous: More than one record does.
        BadArgument: *name* is no text, or holds no letter or digit.
    """
    if not isinstance(name, str):
        raise BadArgument(f"expected a name as text, got {name!r} ({type(name).__name__})")
    if store.collection_of(name) is not None:
        return store.record(name)
    key = key_of(name)
    if not key:
        raise BadArgument(f"expected a name with a letter or digit in it, got {name!r}")
    index = store.keep("names", lambda: _index(store))
    ids = _narrowed(store, index.get(key, ()))
    if not ids:
        raise missing(f"nothing is called {name!r}", _near_names(store, index, key))
    if len(ids) > 1:
        listed = ", ".join(sorted(ids))
        raise Ambiguous(f"{name!r} may be any of: {listed}", tuple(sorted(ids)))
    return store.record(ids[0])


def _narrowed(store: Store, ids: Sequence[str]) -> Sequence[str]:
    """Drop sources and topics where a name is also that of a thing itself."""
    things = [i for i in ids if store.collection_of(i) not in {"sources", "topics"}]
    return things or ids


def _near_names(store: Store, index: dict[str, tuple[str, ...]], key: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    keys = get_close_matches(key[:100], index, n=5, cutoff=0.6)
    ids = [identifier for near in keys for identifier in _narrowed(store, index[near])]
    return tuple(dict.fromkeys(ids))[:5]


def missing(what: str, suggestions: tuple[str, ...]) -> NotFound:
    """Return the error for a miss, naming the suggestions."""
    hint = f"; did you mean {', '.join(map(repr, suggestions))}?" if suggestions else ""
    return NotFound(f"{what}{hint}", suggestions)


def near_ids(store: Store, identifier: str, collection: str | None = None) -> tuple[str, ...]:
    """Return ids that look like *identifier*, best first: of a collection, or of all."""
    from difflib import get_close_matches

    ids = store.all_ids() if collection is None else store.ids(collection)
    close = get_close_matches(identifier[:100], ids, n=3, cutoff=0.6)
    if not close and collection is not None and identifier.isupper():
        close = [nearest(identifier.lower(), ids)]
    return tuple(filter(None, close))


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
