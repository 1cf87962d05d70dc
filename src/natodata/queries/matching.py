"""Inexact finding: scored candidates for a name that may be misspelt."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from natodata.errors import BadArgument
from natodata.queries.moments import is_seen
from natodata.queries.naming import bare_key, checked_limit, is_prefixed, key_of, names_of
from natodata.records import NamedRecord, Record, Topic
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from difflib import SequenceMatcher

__all__ = ["Match", "match"]

_LOOKED_AT = 24
"""How many of the names with most trigrams in common are compared letter by letter."""
_LEAST = 0.55
"""Below this score two names have little to do with each other."""
_LONGEST = 199
"""Letters of a name that are compared; no name is longer, and of longer texts difflib leaves out
what is frequent."""
_BUT_FOR_PREFIX = 0.99
_BUT_FOR_SPACES = 0.98
_BEGINS = 0.85
_HAS_ALL_WORDS = 0.8
_MOST_ALIKE = 0.97


class Match(NamedTuple):
    """One record that a text may mean."""

    record: Record
    """The record."""
    score: float
    """From 0 to 1; 1 is the same name."""
    name: str
    """The name that was compared."""
    reason: str
    """Why it was taken."""


class _Row(NamedTuple):
    """One name of one record."""

    key: str
    bare: str
    """The key without what may stand around the name, which for a country is nothing."""
    name: str
    id: str
    prefixed: bool


class _Names:
    """Every name of a store, by the trigrams in it."""

    def __init__(self, store: Store) -> None:
        self.rows: list[_Row] = []
        self.by_trigram: dict[str, list[int]] = {}
        seen: set[tuple[str, str]] = set()
        for identifier in store.all_ids():
            record = store.record(identifier)
            if not isinstance(record, NamedRecord | Topic):
                continue
            for name in names_of(record):
                key = key_of(name)[:_LONGEST]
                if key and (key, identifier) not in seen:
                    seen.add((key, identifier))
                    prefixed = is_prefixed(record)
                    bare = bare_key(key) if prefixed else key
                    self._add(_Row(key, bare, name, identifier, prefixed))

    def _add(self, row: _Row) -> None:
        for trigram in _trigrams(row.bare):
            self.by_trigram.setdefault(trigram, []).append(len(self.rows))
        self.rows.append(row)


def _trigrams(key: str) -> Iterator[str]:
    padded = f"  {key} "
    return iter({padded[at : at + 3] for at in range(len(padded) - 2)})


def match(store: Store, text: str, limit: int) -> tuple[Match, ...]:
    """Return the records that *text* may mean, best first, each once.

    The same name, as `natodata.queries.naming.key_of` writes it, scores 1. One that differs by
    "NATO", "Operation" or "Mission" around it, or by spaces and hyphens, scores just below. Of the
    others, those that share most trigrams with the text are scored by
    `difflib.SequenceMatcher.ratio`; a name that begins with the text scores at least 0.85, one
    that has all its words at least 0.8.

    Raises:
        BadArgument: *text* is no text, or has no letter or digit in it, or *limit* is below 1.
    """
    if not isinstance(text, str):
        raise BadArgument(f"expected a name as text, got {text!r} ({type(text).__name__})")
    key = key_of(text)[:_LONGEST]
    if not key:
        raise BadArgument(f"expected a name with a letter or digit in it, got {text!r}")
    most = checked_limit(limit)
    names = store.root.keep(_Names)
    best = _best(names, key)
    ranked = sorted(best.items(), key=lambda item: _rank(store, *item))
    there = [(identifier, found) for identifier, found in ranked if is_seen(store, identifier)]
    return tuple(
        Match(store.record(identifier), round(score, 3), name, reason)
        for identifier, (score, name, reason) in there[:most]
    )


_Found = tuple[float, str, str]
"""Score, name and reason."""


def _best(names: _Names, key: str) -> dict[str, _Found]:
    """Return for each record that a key may mean the best of its names."""
    bare = bare_key(key)
    as_key, as_bare = _compared(key), _compared(bare)
    best: dict[str, _Found] = {}
    for at in _likely(names, bare):
        row = names.rows[at]
        score, reason = _scored(key, as_bare if row.prefixed else as_key, row)
        before = best.get(row.id)
        if score >= _LEAST and (before is None or score > before[0]):
            best[row.id] = score, row.name, reason
    return best


class _Compared(NamedTuple):
    """What is asked for, as it is compared with names."""

    text: str
    matcher: "SequenceMatcher[str]"

    def ratio(self, name: str) -> float:
        self.matcher.set_seq1(name)
        return self.matcher.ratio()


def _compared(text: str) -> _Compared:
    from difflib import SequenceMatcher

    matcher: SequenceMatcher[str] = SequenceMatcher()
    matcher.set_seq2(text)
    return _Compared(text, matcher)


def _rank(store: Store, identifier: str, found: _Found) -> tuple[float, bool, str]:
    """Return the key by which matches stand: topics after things named alike."""
    return -found[0], store.collection_of(identifier) == "topics", identifier


def _likely(names: _Names, key: str) -> list[int]:
    """Return the rows that share most with *key*, by Dice's coefficient of their trigrams."""
    wanted = list(_trigrams(key))
    shared: Counter[int] = Counter()
    for trigram in names.by_trigram.keys() & wanted:
        shared.update(names.by_trigram[trigram])
    rows = names.rows
    dice = [
        (-2 * count / (len(wanted) + len(rows[at].bare) + 1), at) for at, count in shared.items()
    ]
    dice.sort()
    return [at for _, at in dice[:_LOOKED_AT]]


def _scored(key: str, asked: _Compared, row: _Row) -> tuple[float, str]:
    text, name = asked.text, row.bare
    if key == row.key:
        return 1.0, "the same name"
    if text == name:
        return _BUT_FOR_PREFIX, "the same name but for what stands around it"
    if text.replace(" ", "") == name.replace(" ", ""):
        return _BUT_FOR_SPACES, "the same name but for spaces or hyphens"
    ratio = min(asked.ratio(name), _MOST_ALIKE)
    if name.startswith(f"{text} ") or row.key.startswith(f"{key} "):
        return max(ratio, _BEGINS), "the name begins with it"
    if set(text.split()) <= set(name.split()):
        return max(ratio, _HAS_ALL_WORDS), "the name has all its words"
    return ratio, "a similar spelling"
