"""What messages about data are made of: kinds of records, shortened texts, near misses."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

__all__ = ["Hint", "cut", "kinds", "nearest"]

Hint: TypeAlias = str | Callable[[], str]
"""A suggestion, or what makes one: looking for near matches is dear, and few are ever shown."""

_LONGEST = 80
_MANY = 10_000
_COMPARED = 100
"""Characters of a text that are compared: an endless one would take for ever."""


def kinds(accepted: Sequence[type]) -> str:
    """Return record types in words: ``an Operation, Organisation or Person``."""
    *names, last = [kind.__name__ for kind in accepted]
    text = f"{', '.join(names)} or {last}" if names else last
    return f"{'an' if text[0] in 'AEIOU' else 'a'} {text}"


def cut(text: str) -> str:
    """Return a text as short as a line of a message may quote it."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def nearest(text: str, choices: Sequence[str]) -> str:
    """Return the choice most like *text*, or an empty text where none is alike.

    Of very many choices only those that begin alike are looked at.
    """
    from difflib import get_close_matches

    if len(choices) > _MANY:
        choices = [choice for choice in choices if choice[:2] == text[:2]]
    return next(iter(get_close_matches(text[:_COMPARED], choices)), "")
