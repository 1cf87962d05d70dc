"""Ranked full text over what the records say, in SQLite's FTS5."""

import re
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple, TypeAlias

from natodata.errors import BadArgument
from natodata.loading.catalogue import CLASS_OF
from natodata.loading.wording import nearest
from natodata.queries.moments import is_seen
from natodata.queries.naming import answering, checked_limit, in_plain_letters, key_of, names_of
from natodata.queries.timeline import label_of
from natodata.records import Record
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["Hit", "search"]

_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_MOST_WORDS = 64
_CALLED_SO = 100.0
"""What being called just what is searched for adds to a score: more than any BM25 here."""
_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
    id UNINDEXED, collection UNINDEXED, names, topics, body,
    tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3'
)
"""
_QUERY = """
SELECT id, bm25(texts, 0, 0, 10, 3, 1) * iif(collection = 'sources', 0.2, 1) AS rank,
       snippet(texts, -1, '', '', '…', 16), id IN ({called}) AS called
FROM texts WHERE texts MATCH ? AND (? IS NULL OR collection = ?)
ORDER BY called DESC, rank, id LIMIT ?
"""


class Hit(NamedTuple):
    """One record that was found."""

    record: Record
    """The record."""
    score: float
    """The higher the better (BM25, sign turned); only good for comparing hits of one search."""
    excerpt: str
    """The passage that was found."""
    complete: bool = True
    """Whether it has all words of the query. Where no record has, those are given that have some
    of them."""


class _Index:
    """The texts of a store, in a database in memory."""

    def __init__(self, store: Store) -> None:
        import sqlite3

        self.lock = Lock()
        self.database: Connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.database.execute(_TABLE)
        rows = (
            (identifier, store.collection_of(identifier), *_texts(store.record(identifier)))
            for identifier in store.all_ids()
        )
        self.database.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", rows)
        self.database.execute("PRAGMA query_only = ON")

    def __del__(self) -> None:
        """Close the database with the dataset; Python 3.13 warns of one left open."""
        self.database.close()


def search(store: Store, query: str, *, collection: str | None, limit: int) -> tuple[Hit, ...]:
    """Return the records whose texts have all words of *query*, best first.

    Words are stemmed (English, Porter), case and accents do not count. ``"quoted words"`` must
    stand together, and ``train*`` means any word that begins so. What is called just what is
    searched for comes first, and sources count for less than what they are cited for.

    Raises:
        BadArgument: *query* has no word in it or too many, there is no such collection, or
            *limit* is below 1.
    """
    if collection is not None and collection not in CLASS_OF:
        near = nearest(str(collection), list(CLASS_OF))
        hint = f"; did you mean {near!r}?" if near else f": {', '.join(CLASS_OF)}"
        raise BadArgument(f"expected the name of a collection, got {collection!r}{hint}")
    parts = _parts(query)
    most = checked_limit(limit)
    index = store.root.keep(_Index)
    called = answering(store, key_of(query))
    rows = _rows(store, index, " AND ".join(parts), called, collection, most)
    complete = bool(rows) or len(parts) == 1
    if not complete:
        rows = _rows(store, index, " OR ".join(parts), called, collection, most)
    return tuple(
        Hit(store.record(key), round(_CALLED_SO * named - rank, 4), excerpt, complete)
        for key, rank, excerpt, named in rows
    )


_Row: TypeAlias = tuple[str, float, str, int]


def _rows(
    store: Store,
    index: _Index,
    wanted: str,
    called: tuple[str, ...],
    collection: str | None,
    most: int,
) -> list[_Row]:
    statement = _QUERY.format(called=", ".join("?" * len(called)))
    # A view leaves out some of what is found, so it must look at all of it.
    values = (*called, wanted, collection, collection, -1 if store.views else most)
    with index.lock:
        rows: list[_Row] = index.database.execute(statement, values).fetchall()
    return [row for row in rows if is_seen(store, row[0])][:most]


def _parts(query: str) -> list[str]:
    """Return words and phrases in the language of FTS5, in which every word is quoted.

    Raises:
        BadArgument: It is no text, has no word in it, or more than can be meant.
    """
    if not isinstance(query, str):
        raise BadArgument(f"expected words to search for, got {query!r}")
    parts: list[str] = []
    count = 0
    for phrase, word in _PARTS.findall(query.translate(_QUOTES)):
        tokens = _WORD.findall(phrase or word)
        count += len(tokens)
        if tokens:
            star = "*" if word.endswith("*") else ""
            parts.append(f'"{" ".join(tokens)}"{star}')
    if not parts:
        raise BadArgument(f"expected at least one word to search for, got {query[:80]!r}")
    if count > _MOST_WORDS:
        raise BadArgument(f"expected at most {_MOST_WORDS} words to search for, got {count}")
    return parts


def _texts(record: Record) -> tuple[str, str, str]:
    """Return the names, the topics and the other texts of a record."""
    written = dict.fromkeys(names_of(record))
    # SQLite knows é as e, but not ø as o.
    plain = [p for name in written if (p := in_plain_letters(name)) != name.casefold()]
    names = " | ".join((*written, *plain))
    topics = " ".join(topic.name for topic in getattr(record, "topics", ()))
    return names, topics, " ".join(dict.fromkeys(filter(None, _body(record))))


def _body(record: Record) -> Iterator[str | None]:
    yield label_of(record)
    for name in _TEXTS:
        value = getattr(record, name, None)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield item if isinstance(item, str) else _said(item)


_TEXTS = (
    "aims",
    "definition",
    "hosts",
    "milestones",
    "note",
    "outcome",
    "position",
    "provisions",
    "publisher",
    "summary",
    "tasks",
)
"""Fields whose texts, or whose pieces' texts, are searched."""


def _said(piece: object) -> str | None:
    for name in ("text", "note", "name"):
        value = getattr(piece, name, None)
        if isinstance(value, str):
            return value
    return None
