"""A calendar (iCalendar) of every dated thing, to look at beside one's own.

See `natodata.queries.ical` for what stands in it; `natodata.queries.timeline.Timeline.to_ical`
makes one of any part of the timeline.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from natodata.queries.ical import calendar
from natodata.queries.timeline import Entry, timeline
from natodata.store import Store

__all__ = ["write"]


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the timeline of a dataset, or of the records of some of its collections.

    Examples:
        >>> import natodata
        >>> path = getfixture("tmp_path") / "meetings.ics"
        >>> natodata.load().export(path, collections="meetings").read_text().split()[0]
        'BEGIN:VCALENDAR'
    """
    text = calendar(_entries(store, collections))
    # The format has its own line ends, which are not to be changed on the way.
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _entries(store: Store, collections: Collection[str] | None) -> Iterator[Entry]:
    """Yield what belongs to records of the collections, in order of time.

    What is told of a record is of its collection: the milestones of contributions are not those of
    operations.
    """
    for entry in timeline(store):
        if collections is None or store.collection_of(entry.record.id) in collections:
            yield entry
