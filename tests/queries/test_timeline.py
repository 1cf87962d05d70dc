"""Every dated thing in order of time, and its filters."""

import pytest
from hypothesis import given
from query_data import TEXT, load, nato
from strategies import partial_dates, whens

from natodata.dates import Certainty, PartialDate, Period
from natodata.errors import BadArgument, BadDate, NotFound
from natodata.queries.moments import order_of
from natodata.queries.timeline import KINDS, Entry, Timeline, label_of, timeline


def told(**filters):
    """Return the texts of a timeline, each after its date."""
    return [f"{entry.date} {entry.text}" for entry in nato().timeline(**filters)]


class TestTimeline:
    """``Dataset.timeline``."""

    def test_every_kind(self):
        """Each kind of dated thing is on it, with its record and its words."""
        entries = {
            entry.kind: f"{entry.date} {entry.record!r} {entry.text}"
            for entry in nato().timeline()
        }
        assert set(entries) == set(KINDS)
        assert "2021-06-14 <Meeting brussels-2021> Brussels Summit 2021" == entries["meeting"]
        assert "2018-02 <Event request> Request of Iraq" == entries["event"]
        assert (
            "2019 <Assessment weiss-view> Jörg Weiß: Training is what matters"
            == (entries["assessment"])
        )
        assert (
            "2013-02-18 <StrengthReport kfor-2013> Strength sheet of Kosovo Force"
            == (entries["strength-report"])
        )
        assert (
            "2018-07-11/2018-07-12 <Decision nmi-decided> "
            "Brussels Summit (launches): A mission for Iraq is launched"
        ) == entries["decision"]

    def test_order(self):
        """It is in the order of time; within a date of what led to what, and then of ids."""
        kinds = ["event", "meeting", "decision", "milestone", "change", "figure"]
        kinds += ["strength-report", "assessment"]
        keys = [
            (*order_of(entry.date)[:2], kinds.index(entry.kind), entry.record.id)
            for entry in nato().timeline()
        ]
        assert keys == sorted(keys)

    def test_at_a_meeting(self):
        """A step at a meeting stands with it where its date takes the meeting in, else at it."""
        documents = "".join(
            f"  - {{id: {each}, name: {each}, kind: plan,\n"
            f"     milestones: [{{kind: adopted, date: {date}, at: brussels-2018}}]}}\n"
            for each, date in {
                "day": "2018-07-10",
                "from": "2018-07-11/2018-07-13",
                "to": "2018-07-10/2018-07-12",
                "year": "2018",
            }.items()
        )
        whole = load(TEXT.replace("documents:\n", f"documents:\n{documents}"))
        found = [entry.record.id for entry in whole.timeline(kind=["milestone", "meeting"])]
        assert ["day", "brussels-2018", "from", "nmi", "to", "year"] == found[
            found.index("day") :
        ][:6]

    def test_milestones(self):
        """A milestone says of what, what, and at which meeting; its piece is the milestone."""
        entries = nato().timeline(about="kfor", kind="milestone", since="2021", until="2021")
        assert ["2021-06-14  Kosovo Force: extended at Brussels Summit 2021"] == [
            str(entry) for entry in entries
        ]
        assert entries[0].piece is nato()["kfor"].milestones[1]

    def test_figures(self):
        """A figure says what its number bounds."""
        assert [
            "2019 Centre of Excellence Defence against Terrorism: about 8 activities",
            "2020-01 Centre of Excellence Defence against Terrorism: at least 2,503 participants",
            "2020-02 Centre of Excellence Defence against Terrorism: 5 to 8 nations",
        ] == told(kind="figure", about="coe")
        assert "2013-02-18 Kosovo Force: at most 5,000 troops" in told(kind="figure")
        figure = "figures: [{measure: member-nations, value: 9, as_of: 2020}]"
        whole = load(f"organisations: [{{id: a, name: A, kind: agency, {figure}}}]")
        assert ["2020  A: 9 member nations"] == list(map(str, whole.timeline()))
        figures = [entry.piece for entry in nato().timeline(kind="figure", about="coe")]
        assert sorted(nato()["coe"].figures, key=lambda figure: str(figure.as_of)) == figures

    def test_changes(self):
        """A name, lead, command, posture, seat or owner is told where it began, or else ended."""
        assert [
            "1999-06 Kosovo Force: name Operation Joint Guardian (1999-06/2002)",
            "1999-06 Kosovo Force: posture deployed (../1999-06)",
            "1999-06-12 Kosovo Force: commanded by Command North (1999-06-12/2004-03-14)",
            "1999-06-12 Kosovo Force: led by North Atlantic Treaty Organization (1999-06-12/..)",
        ] == told(about="kfor", kind="change", until="2000")
        assert [] == told(about="dat-pow", kind="change")
        changes = nato().timeline(about="kfor", kind="change")
        leads = [entry.piece for entry in changes if "led by" in entry.text]
        assert list(nato()["kfor"].leads) == leads

    def test_who_decided(self):
        """A decision says who took it, and on which one operation or programme, if need be."""
        heads = {
            "meeting: prague-2002, affects: [nmi]": "Prague Summit (ends: NATO Mission Iraq)",
            "body: command-north, affects: [IRQ, nmi]": "Command North (ends: NATO Mission Iraq)",
            "body: command-north, affects: [nmi, ntm-i]": "Command North (ends)",
            "affects: [iraq-package]": "Decision (ends: Package for Iraq)",
            "affects: [IRQ]": "Decision (ends)",
        }
        for fields, head in heads.items():
            text = f"  - {{id: end, date: 2020, verb: ends, summary: It ends., {fields}}}\n"
            whole = load(TEXT.replace("decisions:\n", f"decisions:\n{text}"))
            found = next(e for e in whole.timeline(kind="decision") if e.record.id == "end")
            assert f"{head}: It ends." == found.text

    @pytest.mark.parametrize(
        ("name", "summary", "told"),
        [
            ("Siege", "The (siege) ended", "The (siege) ended"),
            ("Sieges", "The siege ended", "The siege ended"),
            ("War Night", "Night fell", "Night fell"),
            ("Raid", "A raid", "A raid"),
            ("Great Raid", "A raid", "Great Raid: A raid"),
            ("Day 5", "On 5 May", "On 5 May"),
        ],
    )
    def test_name_and_summary(self, name, summary, told):
        """An event is named where its summary has no more than half of the words of its name.

        Of words only the long ones count and the numbers, without their endings.
        """
        kind = "kind: incident, date: 2001"
        whole = load(f"events: [{{id: a, name: {name}, summary: {summary}, {kind}}}]")
        assert [told] == [entry.text for entry in whole.timeline()]

    def test_labels(self):
        """Records that only tie others together are told by these, a source by its title."""
        assert "Operation Sea Guardian" == label_of(nato()["paper"])
        assert "1955-05-06 Germany in North Atlantic Treaty Organization: acceded" in told()
        assert "2018 Germany in NATO Mission Iraq: joined" in told()
        assert "2000 Łukasz Ødegård as Commander KFOR: assumed" in told()
        both = "Jörg Weiß, North Atlantic Treaty Organization: It is open"
        assert both == label_of(nato()["view-undated"])

    def test_citations(self):
        """An entry is backed by who gives its date, or else by all who speak of the record."""
        backed = {entry.text: entry.citations for entry in nato().timeline(kind="decision")}
        ids = {text: [each.source.id for each in found] for text, found in backed.items()}
        assert {
            "Prague Summit (adopts): A concept against terrorism is adopted": ["paper"],
            "Brussels Summit (launches): A mission for Iraq is launched": ["other-paper"],
        } == ids
        lines = str(nato().timeline(about="kfor", kind="milestone")).splitlines()
        assert "1999-06-12  Kosovo Force: launched  [paper]" == lines[1]


class TestTimelineInTime:
    """The period of a timeline, and how surely an entry falls in it."""

    def test_since_and_until(self):
        """What lies before the first and after the last day is left out."""
        assert [
            "2001-04-06 Łukasz Ødegård as Commander KFOR: left",
            "2001-09-11 Attack of 2001: The attack",
            "2001-12-20 International Security Assistance Force: launched",
        ] == told(since="2001-04", until="2001-12", kind=["milestone", "event"])
        assert ["1949-04-04 North Atlantic Treaty Organization: established"] == told(
            until="1949-04"
        )
        assert ["2019-09/.. Visit to Baghdad"] == told(since="2022-06-02", certain=True)

    def test_doubt(self):
        """What may lie in it is kept and says so, and is left out if certain is asked."""
        entry = nato().timeline(since="2018-07-12", until="2018-07-12", kind="decision")[0]
        assert entry.certainty is Certainty.MAYBE
        assert str(entry).startswith(
            "2018-07-11/2018-07-12  Brussels Summit (launches): A mission for Iraq is launched "
            "(maybe)  [other-paper]"
        )
        assert not nato().timeline("2018-07-12", "2018-07-12", kind="decision", certain=True)

    def test_meeting_goes_on(self):
        """A meeting of two days was surely on the second."""
        entry = nato().timeline("2018-07-12", "2018-07-12", kind="meeting")[0]
        assert entry.certainty is Certainty.YES

    def test_answers(self):
        """What answers something did not happen before it, however little is known of its date."""
        whole = load("""
        events:
          - {id: attack, name: Attack, kind: attack, date: 2001-09-11}
          - {id: request, name: Request, kind: request, date: /2004, follows: [attack]}
        decisions:
          - {id: agreed, verb: agrees, date: /2004, summary: Agreed, in_response_to: [attack]}
        """)
        assert [] == list(whole.timeline(until="2001-09-10"))
        assert 3 == len(whole.timeline(until="2001-09-11"))

    @pytest.mark.parametrize(("since", "until"), [("2021", "2001"), ("2001-06-02", "2001-06-01")])
    def test_reversed(self, since, until):
        """A period that ends before it begins is an error."""
        with pytest.raises(
            BadArgument, match=f"until not to lie before since, got {since} and {until}"
        ):
            nato().timeline(since=since, until=until)

    def test_same_month(self):
        """A month within a year is no reversed period."""
        assert nato().timeline(since="2001-09", until="2001", kind="event")

    @pytest.mark.parametrize("bad", ["", "someday", "2001-02-30"])
    def test_no_date(self, bad):
        """What is no date is an error."""
        with pytest.raises(BadDate):
            nato().timeline(until=bad)

    @given(whens(partial_dates(1998, 2021)))
    def test_certain_is_part_of_all(self, when):
        """What is certain is what is possible, without what is in doubt."""
        possible = nato().timeline(since=when, until=when)
        certain = nato().timeline(since=when, until=when, certain=True)
        assert list(certain) == [each for each in possible if each.certainty is Certainty.YES]

    @given(partial_dates(1998, 2021))
    def test_split(self, when):
        """Nothing is lost where a timeline is cut in two."""
        both = [*nato().timeline(until=when), *nato().timeline(since=when)]
        plain = {each._replace(certainty=Certainty.YES) for each in both}
        assert plain == set(nato().timeline())

    def test_in_view(self):
        """In a view it tells what happened then, in the words of then."""
        then = nato().on("1999-06-11/1999-06-30")
        assert [
            "1999-06-12  Jörg Weiß as Commander KFOR: assumed",
            "1999-06-12  Operation Joint Guardian: launched  [paper]",
        ] == str(then.timeline(about="kfor", kind="milestone")).splitlines()
        assert nato().on("1999").timeline("2001", certain=True) == Timeline([])


class TestTimelineFilters:
    """What a timeline is about."""

    def test_about(self):
        """It can be about any record, and then tells all that belongs to it."""
        assert [
            "2018-02 Request of Iraq",
            "2018-07-11/2018-07-12 Brussels Summit (launches): A mission for Iraq is launched",
            "2019 Jörg Weiß: Training is what matters",
        ] == told(about="nmi", kind=["event", "decision", "assessment"])
        assert nato().timeline(about=nato()["nmi"]) == nato().timeline(about="nmi")
        assert "2000 Jörg Weiß as Commander KFOR: left" in told(about="kfor", full=True)
        assert "2000 Łukasz Ødegård as Commander KFOR: assumed" in told(about="kfor")

    def test_topic(self):
        """A topic takes in the narrower ones."""
        assert [
            "2001-09-11 Attack of 2001: The attack",
            "2002-11-21 Prague Summit (adopts): A concept against terrorism is adopted",
            "2004-05 Programme of Work for Defence against Terrorism: launched",
            "2006-08-14 Centre of Excellence Defence against Terrorism: accredited",
        ] == told(topic="security", since="2001", until="2006")
        assert told(topic="ct-at-sea") == told(about="sea-guardian")
        assert nato().timeline(about="security") == nato().timeline(topic="security")
        assert told(topic="ct-at-sea", full=True) != told(topic="ct-at-sea")

    def test_unasked(self):
        """The function alone is as brief, and keeps what is in doubt, as the method does."""
        day = {"since": "2018-07-12", "until": "2018-07-12", "kind": "decision"}
        store = nato()._store
        assert nato().timeline(topic="ct-at-sea") == timeline(store, topic="ct-at-sea")
        assert nato().timeline(**day) == timeline(store, **day)

    def test_country(self):
        """A country takes in the operations in it."""
        found = told(country="IRQ")
        assert "2004-08 NATO Training Mission-Iraq: launched" in found
        assert ["2018-02 Request of Iraq"] == told(country="IRQ", about="nmi", kind="event")
        assert [] == told(country="LUX", about="nmi")

    def test_kind(self):
        """One kind or several can be asked for; an unknown one is an error."""
        assert len(told(kind="event")) + len(told(kind="meeting")) == len(
            told(kind=("event", "meeting"))
        )
        with pytest.raises(BadArgument, match="got 'events'; did you mean 'event'"):
            nato().timeline(kind="events")
        with pytest.raises(BadArgument, match=r"expected a kind of milestone, change, .* got 7$"):
            nato().timeline(kind=[7])

    @pytest.mark.parametrize(
        ("filters", "error", "message"),
        [
            ({"topic": "IRQ"}, BadArgument, "expected a Topic, got 'IRQ', which is a Country"),
            (
                {"country": "nmi"},
                BadArgument,
                "expected a Country, got 'nmi', which is a Operation",
            ),
            ({"country": "Iraq"}, NotFound, "no record has the id 'Iraq'; did you mean 'IRQ'"),
            ({"topic": "counter-terorism"}, NotFound, "did you mean 'counter-terrorism'"),
            ({"about": "nothing"}, NotFound, "no record has the id 'nothing'"),
            ({"about": 7}, BadArgument, "expected a record or the id of one, got 7"),
        ],
        ids=range(6),
    )
    def test_bad(self, filters, error, message):
        """A record that is not there, or of the wrong type, is an error."""
        with pytest.raises(error, match=message):
            nato().timeline(**filters)


class TestSequence:
    """A ``Timeline`` as a sequence, and as it is printed."""

    def test_as_a_sequence(self):
        """It has a length, entries by position, and stretches that are timelines again."""
        whole = nato().timeline()
        assert isinstance(whole[0], Entry)
        assert whole[-1] == list(whole)[-1]
        assert whole[1:3] == Timeline(list(whole)[1:3])
        assert 2 == len(whole[1:3])
        assert whole[0] in whole

    def test_equality(self):
        """Two are equal where their entries are; the hash agrees."""
        assert nato().timeline() == nato().timeline()
        assert hash(nato().timeline()) == hash(nato().timeline())
        assert hash(nato().timeline()) != hash(nato().timeline(kind="event"))
        assert nato().timeline() != nato().timeline(kind="event")
        assert nato().timeline() != list(nato().timeline())

    def test_printed(self):
        """It prints a line for each entry; its repr gives number and span."""
        events = nato().timeline(kind="event")
        assert "2001-09-11  Attack of 2001: The attack\n2018-02  Request of Iraq" == str(events)
        assert "<Timeline: 2 entries, 2001-09-11 to 2018-02>" == repr(events)
        assert "<Timeline: empty>" == repr(Timeline([]))
        early = nato().timeline(about="kfor", kind="change")[:3]
        assert "<Timeline: 3 entries, 1999-06 to 1999-06-12>" == repr(early)

    def test_entry_alone(self):
        """An entry without sources prints date and text."""
        entry = Entry(PartialDate("2001"), "event", nato()["attack"], "It happened", ())
        assert "2001  It happened" == str(entry)
        assert "2001/2002  It happened" == str(entry._replace(date=Period("2001/2002")))

    def test_entry_with_sources(self):
        """An entry prints each of its sources once, in their order."""
        (paper,) = nato().timeline(about="kfor", kind="milestone")[1].citations
        (other,) = nato().timeline(about="nmi", kind="decision")[0].citations
        cited = (other, paper, other)
        entry = Entry(PartialDate("2001"), "event", nato()["attack"], "It happened", cited)
        assert "2001  It happened  [other-paper, paper]" == str(entry)
