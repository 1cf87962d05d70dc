"""Inexact finding: scored candidates for a name that may be misspelt."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from natodata.errors import BadArgument
from natodata.queries.naming import key_of, names_of
from natodata.records import NamedRecord, Record
from natodata.store import Store

__all__ = ["Match", "match"]

_LOOKED_AT = 24
"""How many of the names with most trigrams in common are compared letter by letter."""
_LEAST = 0.55
"""Below this score two names have little to do with each other."""
_LONGEST = 200
"""Letters of a name that are compared; no name is longer."""


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


class _Names:
    """Every name of a store, by the trigrams in it."""

    def __init__(self, store: Store) -> None:
        self.rows: list[tuple[str, str, str]] = []
        """Key, name as written, id."""
        self.by_trigram: dict[str, list[int]] = {}
        seen: set[tuple[str, str]] = set()
        for identifier in store.all_ids():
            record = store.record(identifier)
            if not isinstance(record, NamedRecord):
                continue
            for name in names_of(record):
                key = key_of(name)[:_LONGEST]
                if key and (key, identifier) not in seen:
                    seen.add((key, identifier))
                    for trigram in _trigrams(key):
                        self.by_trigram.setdefault(trigram, []).append(len(self.rows))
                    self.rows.append((key, name, identifier))


def _trigrams(key: str) -> Iterator[str]:
    padded = f"  {key} "
    return iter({padded[at : at + 3] for at in range(len(padded) - 2)})


def match(store: Store, text: str, limit: int) -> tuple[Match, ...]:
    """Return the records that *text* may mean, best first, each once.

    Names are compared as `natodata.queries.naming.key_of` writes them. Those that share most
    trigrams with the text are scored by `difflib.SequenceMatcher.ratio`; a name that begins with
    the text, or holds all its words, scores at least 0.8.

    Raises:
        BadArgument: *text* is no text, or has no letter or digit in it.
    """
    if not isinstance(text, str):
        raise BadArgument(f"expected a name as text, got {text!r} ({type(text).__name__})")
    key = key_of(text)[:_LONGEST]
    if not key:
        raise BadArgument(f"expected a name with a letter or digit in it, got {text!r}")
    names = store.keep("trigrams", lambda: _Names(store))
    best: dict[str, tuple[float, str, str]] = {}
    for at in _likely(names, key):
        name_key, name, identifier = names.rows[at]
        score, reason = _scored(key, name_key)
        if score >= _LEAST and score > best.get(identifier, (0.0, "", ""))[0]:
            best[identifier] = score, name, reason
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(
        Match(store.record(identifier), round(score, 3), name, reason)
        for identifier, (score, name, reason) in ranked[:limit]
    )


def _likely(names: _Names, key: str) -> list[int]:
    """Return the rows that share most with *key*, by Dice's coefficient of their trigrams."""
    wanted = list(_trigrams(key))
    shared: Counter[int] = Counter()
    for trigram in wanted:
        shared.update(names.by_trigram.get(trigram, ()))
    rows = names.rows
    dice = [(2 * count / (len(wanted) + len(rows[at][0]) + 1), at) for at, count in shared.items()]
    dice.sort(key=lambda pair: (-pair[0], pair[1]))
    return [at for _, at in dice[:_LOOKED_AT]]


def _scored(key: str, name: str) -> tuple[float, str]:
    if key == name:
        return 1.0, "the same name"
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, key, name, autojunk=False).ratio()
    if name.startswith(key + " "):
        return max(ratio, 0.85), "the name begins with it"
    if set(key.split()) <= set(name.split()):
        return max(ratio, 0.8), "the name has all its words"
    return min(ratio, 0.99), "a similar spelling"
