"""Timelines as calendars: iCalendar, RFC 5545.

An event takes up all the days that its date may mean: a month, where only the month is known. So
no day is invented; such an event is tentative, and its text gives the date as the source does. An
entry whose date has no day at either end is left out. Nothing is read from the clock: an event is
stamped with the day on which the last of its sources was read.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from natodata.dates import PartialDate, Period, When
from natodata.records import Citation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata.queries.timeline import Entry

__all__ = ["calendar"]

_LONGEST = 75
"""Octets in a line, less its end."""
_UNREAD = date(1970, 1, 1)
"""The stamp of what no source dates."""


def calendar(entries: "Iterable[Entry]") -> str:
    """Return entries as a calendar, lines ended as the format asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//natodata//timeline//EN",
        "CALSCALE:GREGORIAN",
    ]
    seen: dict[str, int] = {}
    for entry in entries:
        days = _days(entry.date)
        if days is not None:
            lines += _event(entry, days, seen)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _days(when: When) -> tuple[date, date] | None:
    """Return the first and last day that a date may mean; one of them stands for both."""
    edges = [day for day in (when.earliest, when.latest) if day is not None]
    return (edges[0], edges[-1]) if edges else None


def _event(entry: "Entry", days: tuple[date, date], seen: dict[str, int]) -> Iterator[str]:
    first, last = days
    exact = _exact(entry)
    description = "\n".join(_description(entry))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(entry, seen)}"
    yield f"DTSTAMP:{_stamp(entry.citations):%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_plain(first)}"
    if last < date.max:  # the end is the day after
        yield f"DTEND;VALUE=DATE:{_plain(last + timedelta(days=1))}"
    yield f"SUMMARY:{_text(entry.text if exact else f'{entry.text} ({entry.date})')}"
    yield f"DESCRIPTION:{_text(description)}"
    yield f"CATEGORIES:{_text(entry.kind)}"
    yield f"STATUS:{'CONFIRMED' if exact and entry.certainty.certain else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield f"X-NATODATA-RECORD:{_text(entry.record.id)}"
    yield f"X-NATODATA-DATE:{_text(str(entry.date))}"
    yield "END:VEVENT"


def _exact(entry: "Entry") -> bool:
    """Return whether an entry goes on, or happened, on the days of its date and no other."""
    when = entry.date
    # A span is when a meeting was held, and of anything else the time in which it happened.
    edges = (when.start, when.end) if isinstance(when, Period) else (when,)
    known = all(
        isinstance(edge, PartialDate) and edge.day is not None and not edge.qualified
        for edge in edges
    )
    return known and (entry.kind == "meeting" or len(edges) == 1)


def _plain(day: date) -> str:
    # Not strftime, which leaves out the zeros of early years on some systems.
    return day.isoformat().replace("-", "")


def _description(entry: "Entry") -> Iterator[str]:
    yield f"Date: {entry.date}"
    note = None if entry.piece is None else entry.piece.note
    if note:
        yield note
    for citation in dict.fromkeys(entry.citations):
        place = f", {citation.at}" if citation.at else ""
        yield f"Source: {citation.source.title}{place}"


def _stamp(citations: Iterable[Citation]) -> date:
    read = [each.source.retrieved for each in citations]
    days = [when.latest for when in read if when is not None and when.latest is not None]
    return max(days, default=_UNREAD)


def _uid(entry: "Entry", seen: dict[str, int]) -> str:
    """Return a name that stays the same while record, kind, date and text do."""
    from hashlib import sha256

    said = "\n".join((entry.record.id, entry.kind, str(entry.date), entry.text))
    name = f"{entry.record.id}-{sha256(said.encode()).hexdigest()[:16]}"
    seen[name] = seen.get(name, 0) + 1
    again = f"-{seen[name]}" if seen[name] > 1 else ""
    return f"{name}{again}@natodata"


def _text(text: str) -> str:
    """Return a text with what the format uses for itself escaped."""
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, none of which splits a character."""
    part = ""
    size = 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
