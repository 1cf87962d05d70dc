"""When records were there: bounds, answers for a time, views, and the warning of stale data."""

import _thread
import threading
import warnings
from datetime import date, timedelta
from textwrap import dedent
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato
from strategies import partial_dates, periods, whens

from natodata.dates import LATER, NEVER, Certainty, PartialDate, Period
from natodata.errors import StaleDataWarning
from natodata.queries import moments

YES, MAYBE = Certainty.YES, Certainty.MAYBE
STORE = nato()._store


def day(year, month, day):
    """Return the ordinal of a day."""
    return date(year, month, day).toordinal()


class TestOrderOf:
    """``order_of``."""

    def test_longer_first(self):
        """Of dates that begin on one day the longer stands first."""
        dates = [PartialDate(text) for text in ("1999-01-01", "1999", "1998-12", "1999-01")]
        expected = ["1998-12", "1999", "1999-01", "1999-01-01"]
        assert expected == [str(each) for each in sorted(dates, key=moments.order_of)]

    def test_same_days(self):
        """Dates of the same days stand in the order of their texts, so that any order is one."""
        dates = [Period("2001-05-01/2001-05-31"), PartialDate("2001-05"), PartialDate("2001-05?")]
        expected = ["2001-05", "2001-05-01/2001-05-31", "2001-05?"]
        assert expected == [str(each) for each in sorted(dates, key=moments.order_of)]

    def test_open_beginning(self):
        """What happened by some day stands at that day."""
        dates = [Period("../2020-06"), PartialDate("2020-05"), PartialDate("2020-07-01")]
        expected = ["2020-05", "../2020-06", "2020-07-01"]
        assert expected == [str(each) for each in sorted(dates, key=moments.order_of)]


class TestSpells:
    """``spells`` of each type of record."""

    @pytest.mark.parametrize("key", ["prague", "weiss", "security", "paper", "IRQ"])
    def test_always_there(self, key):
        """Places, persons, topics, sources and countries without milestones are not dated."""
        assert (moments.ALWAYS,) == moments.spells(nato()[key])

    def test_country_with_milestones(self):
        """A country that began has the bounds that its milestones give."""
        assert moments.spells(nato()["DEU"])[0][:2] == (day(1949, 5, 23),) * 2

    def test_operation(self):
        """An operation has those of its milestones."""
        first, last = day(2001, 12, 20), day(2014, 12, 28)
        assert moments.spells(nato()["isaf"]) == ((first, first, last, last),)

    def test_meeting_lasts(self):
        """A meeting goes on from its first to its last day."""
        first, last = day(2018, 7, 11), day(2018, 7, 12)
        assert moments.spells(nato()["brussels-2018"]) == ((first, first, last, last),)

    def test_decision_is_a_moment(self):
        """A decision was taken at some time within its date."""
        first, last = day(2018, 7, 11), day(2018, 7, 12)
        assert moments.spells(nato()["nmi-decided"]) == ((first, last, first, last),)

    def test_no_date(self):
        """A view without a date, or an operation without milestones, may have been at any time."""
        assert (moments.UNDATED,) == moments.spells(nato()["view-undated"])
        assert ((NEVER, LATER, NEVER, LATER),) == moments.spells(nato()["murky"])


SPELLS = """\
sources: [{id: gazette, source_class: press, title: The Gazette, extent: full}]
countries: [{id: NOR, name: Norway}, {id: RUS, name: Russia}]
people: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}, {id: d, name: D}, {id: e, name: E}]
posts: [{id: chief, name: Chief}, {id: aides, name: Aides, single: false}]
tenures:
  - {id: chief-a, post: chief, person: a, milestones: [{kind: assumed, date: 2001}]}
  - {id: chief-b, post: chief, person: b, milestones: [{kind: assumed, date: 2003-05}]}
  - {id: chief-c, post: chief, person: c, acting: true, milestones: [{kind: assumed, date: 2002}]}
  - {id: chief-d, post: chief, person: d, milestones: [{kind: appointed, date: 2009}]}
  - id: chief-e
    post: chief
    person: e
    milestones: [{kind: assumed, date: 2004}, {kind: attested, date: 2006}]
  - {id: aide-a, post: aides, person: a, milestones: [{kind: assumed, date: 2001}]}
  - {id: aide-b, post: aides, person: b, milestones: [{kind: assumed, date: 2003}]}
operations:
  - id: calm
    name: Calm
    kind: support
    admitted_by: support
    milestones: [{kind: launched, date: 2000-01-01}, {kind: ended, date: 2010-12-31}]
contributions:
  - id: calm-nor
    operation: calm
    country: NOR
    capacity: member
    milestones:
      - {kind: joined, date: 2001}
      - {kind: withdrew, date: 2003}
      - {kind: rejoined, date: 2006}
      - {kind: attested, date: 2007}
  - {id: calm-rus, operation: calm, country: RUS, capacity: partner}
"""


class TestFollowing:
    """What answers something is not older than that."""

    TEXT = """
    documents:
      - {id: letter, name: Letter, kind: letter, milestones: [{kind: published, date: 2003-02-01}]}
    events:
      - {id: attack, name: Attack, kind: attack, date: 2001-09-11}
      - {id: request, name: Request, kind: request, date: /2004, follows: [attack]}
      - {id: other, name: Other, kind: request, date: /2000, follows: [attack]}
      - {id: rumour, name: Rumour, kind: statement, date: /2004}
    decisions:
      - {id: yes, verb: agrees, date: /2005, summary: "Yes", in_response_to: [request, letter]}
      - {id: known, verb: agrees, date: 1999, summary: Known, in_response_to: [letter]}
    """

    @pytest.mark.parametrize(
        ("identifier", "first", "last"),
        [
            ("request", "2001-09-11", "2004-12-31"),
            ("other", "2000-12-31", "2000-12-31"),
            ("yes", "2003-02-01", "2005-12-31"),
            ("known", "1999-01-01", "1999-12-31"),
        ],
    )
    def test_bounded(self, identifier, first, last):
        """A beginning that is not known lies after all that was answered, and within the date."""
        begin, end = PartialDate(first).span[0], PartialDate(last).span[0]
        record = load(dedent(self.TEXT))[identifier]
        assert ((begin, end, begin, end),) == moments.spells(record)

    def test_free(self):
        """What follows nothing may be as old as can be."""
        ((first, *_),) = moments.spells(load(dedent(self.TEXT))["rumour"])
        assert NEVER == first


class TestStretches:
    """Several stretches of one record, and tenures that bound each other."""

    @staticmethod
    def on(collection, when):
        """Return ids and certainty of what was there."""
        found = getattr(load(SPELLS), collection).on(when)
        return {each.id: found.certainty(each) for each in found}

    @pytest.mark.parametrize(
        ("when", "answer"),
        [("2000", None), ("2002", YES), ("2004", None), ("2006", YES), ("2007", YES),
         ("2009", MAYBE), ("2011", None), ("2003-06", MAYBE), ("2003/2006", YES)],
    )  # fmt: skip
    def test_came_back(self, when, answer):
        """Between leaving and coming back it was not there; later its end is not known."""
        assert answer is self.on("contributions", when).get("calm-nor")
        narrowed = load(SPELLS).contributions.where(country="NOR").on(when)
        assert (answer is not None) is ("calm-nor" in narrowed)
        assert (answer is not None) is ("calm-nor" in load(SPELLS).on(when).contributions)

    def test_sure_of_one(self, made):
        """It was there for sure where one of its stretches says so, whatever the others leave."""
        data = made("""
        countries: [{id: AAA, name: A}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others}]
        contributions:
          - {id: part, operation: op, country: AAA, capacity: member, milestones: [
              {kind: joined, date: 2001}, {kind: withdrew, date: 2003},
              {kind: rejoined, date: 2003-06-01}, {kind: withdrew, date: 2007}]}
        """)
        assert Certainty.YES is data.contributions.on("2003-11").certainty("part")
        assert Certainty.MAYBE is data.contributions.on("2003-05").certainty("part")

    def test_within_the_operation(self):
        """A part without dates lies within the life of the operation."""
        assert MAYBE is self.on("contributions", "2005")["calm-rus"]
        assert "calm-rus" not in self.on("contributions", "1999")
        assert "calm-rus" not in self.on("contributions", "2011")

    def test_successor_bounds(self):
        """One holder's unknown end is not later than the next one's beginning."""
        assert {"chief-e": YES, "chief-c": MAYBE, "chief-d": MAYBE} == {
            key: answer for key, answer in self.on("tenures", "2005").items() if "chief" in key
        }
        assert "chief-a" not in self.on("tenures", "2004")
        assert MAYBE is self.on("tenures", "2004")["chief-b"]

    @pytest.mark.parametrize(("seen", "there"), [("2003-05-01", False), ("2003-05-02", True)])
    def test_seen_last(self, made, seen, there):
        """One who was seen up to the day on which the next one began, and no longer, left then."""
        data = made(f"""
        people: [{{id: a, name: A}}, {{id: b, name: B}}]
        posts: [{{id: chief, name: Chief}}]
        tenures:
          - {{id: one, post: chief, person: a, milestones: [
              {{kind: assumed, date: 2001}}, {{kind: attested, date: {seen}}}]}}
          - {{id: two, post: chief, person: b, milestones: [{{kind: assumed, date: 2003-05-01}}]}}
        """)
        assert there is ("one" in data.tenures.on("2004"))

    def test_other_post(self, made):
        """Nobody is bounded by who came to another post."""
        data = made("""
        people: [{id: a, name: A}, {id: b, name: B}]
        posts: [{id: chief, name: Chief}, {id: deputy, name: Deputy}]
        tenures:
          - {id: one, post: chief, person: a, milestones: [{kind: assumed, date: 2001}]}
          - {id: two, post: deputy, person: b, milestones: [{kind: assumed, date: 2003}]}
        """)
        assert ["one", "two"] == list(data.tenures.on("2010").ids)

    def test_shared_post(self):
        """Holders of a post that several hold at a time do not bound each other."""
        assert MAYBE is self.on("tenures", "2005")["aide-a"]


class TestAnswers:
    """``answers`` and ``there``."""

    def test_how_surely(self):
        """A date that the milestones decide is a yes, one that they do not is a maybe."""
        found = moments.answers(
            STORE, "operations", ("kfor", "murky", "ntm-a"), "2014", certain=False
        )
        assert {"kfor": YES, "murky": MAYBE, "ntm-a": YES} == found
        found = moments.answers(STORE, "operations", ("ntm-a",), "2014-06", certain=False)
        assert {"ntm-a": MAYBE} == found

    def test_certain(self):
        """What is undecided can be left out."""
        found = moments.answers(STORE, "operations", ("kfor", "murky"), "2014", certain=True)
        assert {"kfor": YES} == found

    @given(whens(partial_dates(1995, 2022)), st.booleans())
    def test_all_as_each(self, when, certain):
        """The index of all records gives what looking at each of them gives."""
        ids = STORE.ids("operations")
        each = moments.there(STORE, "operations", ids, when, certain=certain)
        assert each == moments.there(STORE, "operations", None, when, certain=certain)

    @given(st.sampled_from(["operations", "meetings", "events", "tenures"]), whens())
    def test_certain_is_part_of_all(self, name, when):
        """What is certain is among what is possible."""
        sure = moments.there(STORE, name, None, when, certain=True)
        possible = moments.there(STORE, name, None, when, certain=False)
        assert set(sure.ids) == set(possible.ids) - set(possible.doubtful)

    @given(st.integers(1999, 2021), st.integers(0, 364))
    def test_day_within_year(self, year, days):
        """What was there on a day was there in its year."""
        then = date(year, 1, 1) + timedelta(days)
        on_day = set(
            moments.there(STORE, "operations", None, PartialDate.of(then), certain=False).ids
        )
        assert on_day <= set(nato().operations.on(year).ids)

    @given(
        st.sampled_from(["operations", "meetings", "decisions", "events", "tenures"]),
        st.dates(date(1999, 1, 1), date(2021, 12, 1)),
        st.integers(0, 40),
    )
    def test_days_make_the_period(self, name, first, length):
        """What was there in a period is what was there on one of its days."""
        days = [first + timedelta(each) for each in range(length + 1)]
        found = [
            moments.there(STORE, name, None, PartialDate.of(each), certain=False).ids
            for each in days
        ]
        whole = moments.there(STORE, name, None, Period(days[0], days[-1]), certain=False)
        assert set(whole.ids) == {each for ids in found for each in ids}

    @given(periods(partial_dates(1999, 2021)), whens(partial_dates(1999, 2021)))
    def test_more_time_finds_more(self, one, other):
        """A longer stretch of time finds all that a shorter one within it finds."""
        widest = Period("../..")
        found = moments.there(STORE, "operations", None, one, certain=False)
        assert set(found.ids) <= set(
            moments.there(STORE, "operations", None, widest, certain=False).ids
        )
        if Period.of(one).contains(other) is YES:
            within = moments.there(STORE, "operations", None, other, certain=False)
            assert set(within.ids) <= set(found.ids)


SPANS = st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=3).map(
    lambda rows: tuple((a, min(b, z), max(y, a), z) for a, b, y, z in rows)
)
"""Bounds as milestones give them, also of what ended before it began."""


class TestParted:
    """``_parted``: the days of a record, sorted out before anybody asks."""

    def test_apart(self):
        """What is sure of one stretch takes no day from another, and adds none."""
        assert ([(1, 2)], [(5, 6)]) == moments._parted(((1, 1, 2, 2), (5, 6, 5, 6)))

    @given(SPANS)
    def test_as_asked_day_by_day(self, spans):
        """A day lies in one stretch at most, and in that of the answer that the bounds give."""
        sure, unsure = moments._parted(spans)

        for day in range(-1, 14):
            found = [
                answer
                for answer, stretches in ((YES, sure), (MAYBE, unsure))
                for first, last in stretches
                if first <= day <= last
            ]
            assert found == [each for each in [moments.met_by(spans, (day,) * 4)] if each.possible]


class TestCalendar:
    """What is asked of a whole collection."""

    @given(st.lists(SPANS, max_size=4), st.tuples(*[st.integers(0, 12)] * 4).map(sorted))
    def test_as_each_alone(self, records, query):
        """It gives each record the answer that it has for itself, in the order of their ids."""
        by_id = {f"r{at}": spans for at, spans in enumerate(records)}
        store = SimpleNamespace()
        store.keep = lambda build, name: (
            by_id if build is moments._spells_by_id else build(store, name)
        )
        store.root = store
        each = {key: moments.met_by(spans, tuple(query)) for key, spans in by_id.items()}

        ids, doubtful = moments._all_there(store, "operations", tuple(query))

        assert ids == tuple(key for key, answer in each.items() if answer.possible)
        assert doubtful == {key: answer for key, answer in each.items() if answer is MAYBE}


class TestSinceAndUntil:
    """``since`` and ``until``."""

    @pytest.mark.parametrize("when", ["2013", "2013/2014"])
    def test_since(self, when):
        """It is open from the first day on."""
        assert Period("2013/..") == moments.since(when)

    @pytest.mark.parametrize("when", ["2014", "2013/2014"])
    def test_until(self, when):
        """It is open up to the last day."""
        assert Period("../2014") == moments.until(when)


class TestViews:
    """``seen`` and ``is_seen``."""

    def test_no_view(self):
        """The store itself sees everything."""
        assert STORE.ids("operations") == moments.ids_seen(STORE, "operations")
        assert moments.is_seen(STORE, "isaf")

    @given(st.sampled_from(STORE.all_ids()), whens(partial_dates(1995, 2022)), st.booleans())
    def test_one_as_all(self, identifier, when, certain):
        """Whether one record is seen is what the whole collection says of it."""
        view = STORE.at(when, certain=certain)
        met = moments.seen(view, view.collection_of(identifier))
        assert (identifier in met.ids) == moments.is_seen(view, identifier)
        assert met.ids == moments.ids_seen(view, view.collection_of(identifier))

    def test_view_of_a_view(self):
        """It sees what was there in both times, as surely as the less sure of them."""
        view = STORE.at(PartialDate("2014-06"), certain=False).at(
            PartialDate("2014"), certain=False
        )
        assert moments.seen(view, "operations") == moments.Met(
            ("isaf", "kfor", "murky", "ntm-a"), {"murky": MAYBE, "ntm-a": MAYBE}
        )


class TestWarnIfStale:
    """``warn_if_stale``, through the questions that a user puts."""

    @pytest.mark.parametrize(
        "question",
        [
            "nato().on('2023')",
            "nato().operations.on('2023')",
            "nato().operations.since('2023')",
            "nato().timeline(since='2023')",
            "nato().holders('com-kfor', on=2023)",
        ],
    )
    def test_beyond(self, question):
        """A time wholly beyond the day to which the data is kept warns, in the user's own code."""
        with pytest.warns(
            StaleDataWarning, match="kept up to 2022-06-30.* said of .*2023"
        ) as seen:
            eval(compile(question, "theirs.py", "eval"))  # noqa: S307 (code in a file of its own)
        assert ["theirs.py"] == [each.filename for each in seen]

    @pytest.mark.parametrize(
        "when", ["2022", "2022-06-30", "2022-06-30~", "2001/..", "2022-07-01~"]
    )
    def test_not_wholly_beyond(self, when):
        """A time that may lie within does not warn."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert nato().on(when).operations

    def test_no_limit(self):
        """A dataset that does not say how far it goes does not warn."""
        assert 1 == len(load("topics: [{id: sea, name: The sea}]").on("2999"))

    def test_nobody_else(self):
        """Where no one else is on the stack, the warning still comes."""
        scope = {"__name__": "natodata.inner", "view": nato().on, "done": threading.Event()}
        code = "def ask():\n    try:\n        view('2023')\n    finally:\n        done.set()"
        exec(code, scope)  # noqa: S102 (code in a module of the package)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            _thread.start_new_thread(scope["ask"], ())
            assert scope["done"].wait(10)
        text = "the data is kept up to 2022-06-30; what is said of 2023 is a projection"
        assert [(StaleDataWarning, text)] == [
            (each.category, str(each.message)) for each in caught
        ]

    @pytest.mark.parametrize(
        ("module", "ours"),
        [("natodata", True), ("natodata.queries.moments", True), ("natodatabase", False)],
    )
    def test_ours(self, module, ours):
        """Code is the package's own by the name of its module."""
        assert ours is moments._is_ours(SimpleNamespace(f_globals={"__name__": module}))
