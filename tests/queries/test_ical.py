"""Timelines as calendars, read back with icalendar."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from small import store

from natodata.dates import Certainty, PartialDate, Period, when_of
from natodata.queries.ical import calendar
from natodata.queries.timeline import Entry, Timeline, timeline
from natodata.records import Citation, Figure, Source
from natodata.records.vocabulary import Extent, Measure, SourceClass

WHOLE = store()
CALM = WHOLE.record("calm")


def entry(when, kind="milestone", text="Calm: launched", **more):
    """Return an entry of a timeline."""
    more = {"citations": (), **more}
    return Entry(when_of(when), kind, CALM, text, **more)


def events(*entries):
    """Return the events of a calendar of entries."""
    return Calendar.from_ical(calendar(entries)).walk("VEVENT")


def only(*given, **more):
    """Return the one event of an entry."""
    (event,) = events(entry(*given, **more))
    return event


def source(name, retrieved=None):
    """Return a source that was read on a day."""
    return Source(
        id=name,
        source_class=SourceClass.PRESS,
        title=f"The {name}; a, b",
        extent=Extent.FULL,
        retrieved=retrieved and PartialDate.parse(retrieved),
    )


class TestCalendar:
    """`calendar`."""

    @pytest.mark.parametrize(
        ("when", "kind", "first", "after", "status"),
        [
            ("2001-10-26", "milestone", date(2001, 10, 26), date(2001, 10, 27), "CONFIRMED"),
            ("2001-10", "milestone", date(2001, 10, 1), date(2001, 11, 1), "TENTATIVE"),
            ("2004~", "milestone", date(2004, 1, 1), date(2005, 1, 1), "TENTATIVE"),
            ("2001-10-26?", "milestone", date(2001, 10, 26), date(2001, 10, 27), "TENTATIVE"),
            (
                "2001-12-31/2002-01-02",
                "meeting",
                date(2001, 12, 31),
                date(2002, 1, 3),
                "CONFIRMED",
            ),
            ("2001-12/2002-01-02", "meeting", date(2001, 12, 1), date(2002, 1, 3), "TENTATIVE"),
            ("2001-12-31/2002-01-02", "figure", date(2001, 12, 31), date(2002, 1, 3), "TENTATIVE"),
            ("../2001-10-26", "figure", date(2001, 10, 26), date(2001, 10, 27), "TENTATIVE"),
            ("2001-10-26/..", "meeting", date(2001, 10, 26), date(2001, 10, 27), "TENTATIVE"),
            ("0001-01-01", "event", date(1, 1, 1), date(1, 1, 2), "CONFIRMED"),
        ],
    )
    def test_days(self, when, kind, first, after, status):
        """An event takes up all days that its date may mean, and is sure if it took them all."""
        event = only(when, kind)

        assert (first, after, status) == (event.start, event.end, str(event["STATUS"]))
        assert when == str(event["X-NATODATA-DATE"])
        assert "TRANSPARENT" == str(event["TRANSP"])

    def test_last_day(self):
        """The last day that there is has no day after."""
        event = only("9999-12-31")

        assert date(9999, 12, 31) == event.start
        assert "DTEND" not in event

    def test_no_day(self):
        """What has no day at either end is left out."""
        assert [] == events(entry(Period.parse("../..")))

    def test_maybe(self):
        """What may lie outside the time asked for is tentative."""
        assert "TENTATIVE" == str(only("2001-10-26", certainty=Certainty.MAYBE)["STATUS"])

    @pytest.mark.parametrize(
        ("when", "summary"),
        [("2001-10-26", "Calm: launched"), ("2001-10", "Calm: launched (2001-10)")],
    )
    def test_summary(self, when, summary):
        """The date stands in the text where the days do not say it."""
        assert summary == str(only(when)["SUMMARY"])

    def test_description(self):
        """The description has date, note and each source once, with the place in it."""
        figure = Figure(
            measure=Measure.SHIPS, value=2, as_of=when_of("2001"), note="Or\nso, then."
        )
        paper = Citation(source=source("paper"), at="p. 1, 2")
        event = only(
            "2001", "figure", citations=(paper, paper, Citation(source=source("tv"))), piece=figure
        )

        assert (
            "Date: 2001\nOr\nso, then.\nSource: The paper; a, b, p. 1, 2\nSource: The tv; a, b"
        ) == str(event["DESCRIPTION"])

    def test_stamp(self):
        """An event is stamped with the day on which the last of its sources was read."""
        cited = tuple(
            Citation(source=source(day, day if day[0] == "2" else None))
            for day in ("2020-01-05", "2020-03", "unread", "2019-12-31")
        )

        assert datetime(2020, 3, 31, tzinfo=UTC) == only("2001", citations=cited)["DTSTAMP"].dt
        assert datetime(1970, 1, 1, tzinfo=UTC) == only("2001")["DTSTAMP"].dt

    def test_uids(self):
        """Every event has a name of its own, which does not hang on its neighbours."""
        one, other = entry("2001"), entry("2002")
        names = [str(event["UID"]) for event in events(one, one, other)]

        assert 3 == len(set(names))
        assert names[0] in [str(event["UID"]) for event in events(other, one)]
        assert f"{names[0].partition('@')[0]}-2@natodata" == names[1]

    def test_uid_for_good(self):
        """The name is the same in every release, so that a calendar read anew has no doubles."""
        said = "calm\nmilestone\n2001\nCalm: launched"

        assert f"calm-{sha256(said.encode()).hexdigest()[:16]}@natodata" == only("2001")["UID"]

    def test_whole(self):
        """The calendar of a timeline is what a calendar needs to be."""
        found = Calendar.from_ical(timeline(WHOLE).to_ical())

        assert ("2.0", "-//natodata//timeline//EN") == (
            str(found["VERSION"]),
            str(found["PRODID"]),
        )
        assert len(timeline(WHOLE)) == len(found.walk("VEVENT"))
        assert {"milestone", "change", "figure", "meeting", "event", "decision"} <= {
            category for event in found.walk("VEVENT") for category in event["CATEGORIES"].cats
        }
        assert [] == [event.errors for event in found.walk("VEVENT") if event.errors]

    def test_method(self):
        """`Timeline.to_ical` gives the calendar of its entries."""
        assert calendar([]) == Timeline([]).to_ical()
        assert [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//natodata//timeline//EN",
            "CALSCALE:GREGORIAN",
            "END:VCALENDAR",
            "",
        ] == calendar([]).split("\r\n")
        assert "SUMMARY:A Summit" in timeline(WHOLE, kind="meeting").to_ical()

    def test_written(self):
        """An event is written as the format asks, line by line, with its own marks escaped."""
        written = calendar([entry("2001-10-26", text="X; a, b\\")]).split("\r\n")
        named, *rest = written[5:-2]

        assert ["BEGIN:VEVENT", "UID"] == [written[4], named.partition(":")[0]]
        assert [
            "DTSTAMP:19700101T000000Z",
            "DTSTART;VALUE=DATE:20011026",
            "DTEND;VALUE=DATE:20011027",
            "SUMMARY:X\\; a\\, b\\\\",
            "DESCRIPTION:Date: 2001-10-26",
            "CATEGORIES:milestone",
            "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "X-NATODATA-RECORD:calm",
            "X-NATODATA-DATE:2001-10-26",
            "END:VEVENT",
        ] == rest

    def test_long_line(self):
        """A long line is broken where it is full, and not before."""
        written = calendar([entry("2001-10-26", text="x" * 200)]).split("\r\n")
        at = next(at for at, line in enumerate(written) if line.startswith("SUMMARY:"))

        assert ["SUMMARY:" + "x" * 67, " " + "x" * 74, " " + "x" * 59] == written[at : at + 3]

    @given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"))))
    def test_texts(self, text):
        """Any text comes back, and no line is longer than 75 octets."""
        written = calendar([entry("2001-10-26", text=text)])
        (event,) = Calendar.from_ical(written).walk("VEVENT")

        assert text == str(event["SUMMARY"])
        assert 75 >= max(len(line.encode()) for line in written.split("\r\n"))
