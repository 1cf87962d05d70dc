"""What happened, what was decided, and what experts think: records that point at any other."""

from typing import TypeAlias

from attrs import frozen

from natodata.dates import When
from natodata.records.actors import Organisation, Person, Post
from natodata.records.base import CitedRecord, NamedRecord
from natodata.records.operations import Operation
from natodata.records.places import Country, Place
from natodata.records.texts import Document, Meeting, Programme
from natodata.records.vocabulary import EventKind, Verb

__all__ = ["Assessment", "Decision", "Event", "Subject"]

Subject: TypeAlias = (
    Country | Place | Organisation | Person | Post | Meeting | Document | Programme | Operation
)
"""What an event, a decision or an assessment can be about."""


@frozen(kw_only=True, eq=False, repr=False)
class Event(NamedRecord):
    """A dated happening: attack, request, invocation, deployment, statement."""

    kind: EventKind
    """What sort of happening."""
    date: When
    """When it happened."""
    place: Place | None = None
    """Where it happened."""
    countries: tuple[Country, ...] = ()
    """Countries in which it happened or that it concerns."""
    actors: tuple[Country | Organisation | Person, ...] = ()
    """Who did it."""
    about: tuple[Subject, ...] = ()
    """What it led to or concerns."""
    follows: tuple["Event | Decision", ...] = ()
    """What it was a consequence of."""
    summary: str | None = None
    """What happened, in the editors' words."""


@frozen(kw_only=True, eq=False, repr=False)
class Decision(CitedRecord):
    """A decision, with what it affects."""

    date: When
    """The day, or the days within which it was taken."""
    verb: Verb
    """What it does to what it affects."""
    summary: str
    """What was decided, in the editors' words."""
    meeting: Meeting | None = None
    """The meeting at which it was taken."""
    body: Organisation | None = None
    """The body that took it."""
    document: Document | None = None
    """The text that records it."""
    clause: str | None = None
    """The paragraph or article of that text."""
    affects: tuple[Subject, ...] = ()
    """What it launches, adopts, extends, tasks …"""
    in_response_to: tuple["Event | Decision | Document", ...] = ()
    """What it answers: a request, an attack, an earlier decision, a resolution."""


@frozen(kw_only=True, eq=False, repr=False)
class Assessment(CitedRecord):
    """A view that a person or body holds, with the place where it is printed."""

    authors: tuple[Person | Organisation, ...]
    """Who holds it."""
    publication: Document | None = None
    """Where it is printed."""
    page: str | None = None
    """The page or section there."""
    date: When | None = None
    """When it was published."""
    about: tuple[Subject, ...] = ()
    """What it is about."""
    position: str
    """The view, in the editors' words."""
