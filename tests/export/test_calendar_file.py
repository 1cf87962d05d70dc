"""Calendars of a dataset, read back with icalendar."""

import pytest
from icalendar import Calendar
from small import store

from natodata.export.calendar_file import write
from natodata.queries.timeline import timeline

WHOLE = store()


class TestWrite:
    """`write`."""

    @pytest.mark.parametrize("collections", [None, ("operations", "meetings"), ("people",)])
    def test_events(self, tmp_path, collections):
        """Every dated thing of the collections is an event, in order of time."""
        write(WHOLE, tmp_path / "x.ics", collections)
        found = Calendar.from_ical((tmp_path / "x.ics").read_bytes()).walk("VEVENT")

        assert [
            entry.record.id
            for entry in timeline(WHOLE)
            if collections is None or WHOLE.collection_of(entry.record.id) in collections
        ] == [str(event["X-NATODATA-RECORD"]) for event in found]

    def test_line_ends(self, tmp_path):
        """Lines end as the format asks, on every system."""
        write(WHOLE, tmp_path / "x.ics", None)
        content = (tmp_path / "x.ics").read_bytes()

        assert content.count(b"\n") == content.count(b"\r\n") > 0
