"""Ranked full text over what the records say, in SQLite's FTS5."""

import re
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

from natodata.errors import BadArgument
from natodata.loading.catalogue import CLASS_OF
from natodata.loading.structuring import nearest
from natodata.queries.naming import names_of
from natodata.queries.timeline import label_of
from natodata.records import Record
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["Hit", "search"]

_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")
_MOST_PARTS = 32
_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
    id UNINDEXED, collection UNINDEXED, names, topics, body,
    tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3'
)
"""
_QUERY = """
SELECT id, bm25(texts, 0, 0, 10, 3, 1) AS rank,
       snippet(texts, -1, '', '', '…', 16)
FROM texts WHERE texts MATCH ? AND (? IS NULL OR collection = ?)
ORDER BY rank, id LIMIT ?
"""


class Hit(NamedTuple):
    """One record that was found."""

    record: Record
    """The record."""
    score: float
    """The higher the better (BM25, sign turned); only good for comparing hits of one search."""
    excerpt: str
    """The passage that was found."""


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


def search(store: Store, query: str, *, collection: str | None, limit: int) -> tuple[Hit, ...]:
    """Return the records whose texts have all words of *query*, best first.

    Words are stemmed (English, Porter), case and accents do not count. ``"quoted words"`` must
    stand together, and ``train*`` means any word that begins so.

    Raises:
        BadArgument: *query* has no word in it, or there is no such collection.
    """
    if collection is not None and collection not in CLASS_OF:
        near = nearest(collection, list(CLASS_OF))
        hint = f"; did you mean {near!r}?" if near else ""
        raise BadArgument(f"expected the name of a collection, got {collection!r}{hint}")
    wanted = _expression(query)
    index = store.keep("texts", lambda: _Index(store))
    with index.lock:
        rows = index.database.execute(_QUERY, (wanted, collection, collection, limit)).fetchall()
    return tuple(Hit(store.record(row[0]), round(-row[1], 4), row[2]) for row in rows)


def _expression(query: str) -> str:
    """Return *query* in the language of FTS5, in which every word of it is quoted."""
    if not isinstance(query, str):
        raise BadArgument(f"expected words to search for, got {query!r}")
    parts = []
    for phrase, word in _PARTS.findall(query):
        tokens = _WORD.findall(phrase or word)
        if tokens:
            star = "*" if word.endswith("*") else ""
            parts.append(f'"{" ".join(tokens)}"{star}')
    if not parts:
        raise BadArgument(f"expected at least one word to search for, got {query!r}")
    return " AND ".join(parts[:_MOST_PARTS])


def _texts(record: Record) -> tuple[str, str, str]:
    """Return the names, the topics and the other texts of a record."""
    names = " | ".join(dict.fromkeys(names_of(record)))
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
