"""How pictures sort what the data tells apart finely: kinds, names and dates in few words."""

from typing import NamedTuple

from natodata.dates import Limit, PartialDate, When
from natodata.records import NamedRecord
from natodata.records.vocabulary import MilestoneKind, OperationKind

__all__ = ["FAMILIES", "MARKS", "Family", "Mark", "family_of", "mark_of", "short_name", "worded"]


class Family(NamedTuple):
    """Kinds of operation that share a colour."""

    name: str
    """What stands in the legend."""
    colour: str
    """A field of `natodata.plot.canvas.Style`."""
    kinds: frozenset[OperationKind]
    """The kinds."""


class Mark(NamedTuple):
    """Kinds of milestone that share a mark."""

    name: str
    """What stands in the legend."""
    marker: str
    """The marker, as matplotlib calls it."""
    size: float
    """Its size in points."""
    filled: bool
    """Whether it is filled."""
    kinds: frozenset[MilestoneKind]
    """The kinds."""


_O = OperationKind
_M = MilestoneKind
FAMILIES = (
    Family(
        "Force or combat",
        "red",
        frozenset({_O.COMBAT, _O.CRISIS_MANAGEMENT_FORCE, _O.DISARMAMENT, _O.COALITION_CAMPAIGN}),
    ),
    Family(
        "Air defence and policing",
        "sky",
        frozenset({_O.AIR_POLICING, _O.AIR_ENFORCEMENT, _O.AIR_DEFENCE_AUGMENTATION}),
    ),
    Family("At sea", "blue", frozenset({_O.MARITIME_SECURITY})),
    Family("Training and support", "green", frozenset({_O.TRAINING_ADVISORY, _O.SUPPORT})),
    Family("Relief and evacuation", "orange", frozenset({_O.DISASTER_RELIEF, _O.EVACUATION})),
    Family(
        "Presence and liaison",
        "purple",
        frozenset(
            {_O.DETERRENCE_VIGILANCE, _O.HEADQUARTERS_LIAISON, _O.VERIFICATION, _O.RULE_OF_LAW}
        ),
    ),
)
"""The families, in the order of the legend; every kind of operation is in one of them."""
_STEP = Mark("changed", "D", 3.6, filled=True, kinds=frozenset())
MARKS = (
    Mark(
        "asked for, decided, planned",
        "v",
        4.6,
        filled=False,
        kinds=frozenset(
            {
                _M.REQUESTED,
                _M.INVITED,
                _M.DECIDED,
                _M.AUTHORISED,
                _M.PLANNED,
                _M.ANNOUNCED,
                _M.ACTIVATION_ORDERED,
                _M.AGREED,
                _M.ADOPTED,
                _M.SIGNED,
                _M.END_DECIDED,
            }
        ),
    ),
    Mark(
        "began",
        ">",
        5.2,
        filled=True,
        kinds=frozenset(
            {_M.ACTIVATED, _M.LAUNCHED, _M.FIRST_DEPLOYMENT, _M.ESTABLISHED, _M.INAUGURATED}
        ),
    ),
    _STEP,
    Mark(
        "ended",
        "s",
        4.4,
        filled=True,
        kinds=frozenset({_M.ENDED, _M.LAST_PERSONNEL_LEFT, _M.CLOSED, _M.SUPERSEDED}),
    ),
    Mark("seen to go on", "|", 5.0, filled=True, kinds=frozenset({_M.ATTESTED})),
)
"""The marks, in the order of the legend; other kinds of milestone have that of a change."""


def family_of(kind: OperationKind) -> Family:
    """Return the family of a kind of operation."""
    return next(family for family in FAMILIES if kind in family.kinds)


def mark_of(kind: MilestoneKind) -> Mark:
    """Return the mark of a kind of milestone."""
    return next((mark for mark in MARKS if kind in mark.kinds), _STEP)


_LONG = 30
_ACRONYM = 12


def short_name(record: NamedRecord, longest: int = _LONG) -> str:
    """Return the name of a record, or where that is long its acronym, if it has one."""
    if len(record.name) <= longest:
        return record.name
    acronyms = [
        alias
        for alias in record.aliases
        if len(alias) <= _ACRONYM and sum(map(str.isupper, alias)) > len(alias) // 2
    ]
    return acronyms[0] if acronyms else record.name


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def worded(when: When) -> str:
    """Return a date as people write it.

    Examples:
        >>> from natodata.dates import PartialDate, Period
        >>> worded(PartialDate("1949-04-04")), worded(PartialDate("2010~"))
        ('4 Apr 1949', 'about 2010')
        >>> worded(Period("2016-07-08/2016-07-09")), worded(Period("/2001-10"))
        ('8–9 Jul 2016', 'by Oct 2001')
    """
    if isinstance(when, PartialDate):
        return _one(when)
    start, end = when.start, when.end
    if isinstance(start, Limit):
        return "undated" if isinstance(end, Limit) else f"by {_one(end)}"
    if isinstance(end, Limit):
        return f"from {_one(start)}"
    first, last = _one(start), _one(end)
    if start.day and end.day and (start.year, start.month) == (end.year, end.month):
        first = str(start.day)
    elif start.month and end.month and start.year == end.year:
        first = first.removesuffix(f" {start.year}")
    return f"{first}–{last}"


def _one(date: PartialDate) -> str:
    parts = [date.day, date.month and _MONTHS[date.month - 1], date.year]
    text = " ".join(str(part) for part in parts if part)
    return f"{'about ' if date.approximate else ''}{text}{'?' if date.uncertain else ''}"
