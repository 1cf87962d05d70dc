"""Collections: records by id, narrowing in time, arranging, and that nothing can be changed."""

import copy
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato
from strategies import partial_dates, whens

from natodata.collection import Collection
from natodata.dates import Certainty, PartialDate, Period
from natodata.errors import Ambiguous, BadArgument, BadDate, NotFound

NAMES = (
    "sources", "topics", "countries", "places", "organisations", "people", "posts", "tenures",
    "memberships", "meetings", "documents", "programmes", "operations", "contributions",
    "strength_reports", "events", "decisions", "assessments",
)  # fmt: skip
YES, MAYBE, NO = Certainty.YES, Certainty.MAYBE, Certainty.NO
collections = st.sampled_from(NAMES).map(lambda name: getattr(nato(), name))
times = whens(partial_dates(1995, 2021))


class TestGetItem:
    """``collection[key]``, ``get`` and ``in``."""

    def test_by_id(self):
        """An id gives its record: the same object each time, from wherever it is asked."""
        kfor = nato().operations["kfor"]
        assert kfor is nato().operations["kfor"] is nato()["kfor"] is nato().operations[kfor]
        assert kfor is nato().operations.get("kfor") is nato().operations.get(kfor)
        assert kfor is nato().operations.where(kind=kfor.kind).one()

    @pytest.mark.parametrize(
        ("key", "message", "suggestions"),
        [
            ("kfr", "no record of operations has the id 'kfr'; did you mean 'kfor'", ("kfor",)),
            ("KFOR", "no record of operations has the id 'KFOR'; did you mean 'kfor'", ("kfor",)),
            ("NMI mission", "did you mean 'nmi'", ("nmi",)),
            ("IRQ", "'IRQ' is not in operations: it is in countries", ()),
            ("zzzz", "no record of operations has the id 'zzzz'$", ()),
        ],
    )
    def test_miss(self, key, message, suggestions):
        """A miss is a `KeyError` that says where the id is, or what is near it."""
        with pytest.raises(NotFound, match=message) as caught:
            nato().operations[key]
        assert caught.value.suggestions[: len(suggestions)] == suggestions
        assert isinstance(caught.value, KeyError)

    def test_not_in_selection(self):
        """An id that was narrowed away is told to be so."""
        with pytest.raises(NotFound, match="'kfor' is not in this selection of operations"):
            nato().operations.on("1990")["kfor"]

    def test_get_misses(self):
        """``get`` gives `None` on a miss, or what is asked for."""
        assert nato().operations.get("kfr") is None
        assert "none" == nato().operations.get("IRQ", "none")
        assert nato().operations.on("1990").get("kfor") is None

    @pytest.mark.parametrize(
        ("key", "hint"), [(0, "list"), (slice(2), "list"), (None, None), (b"kfor", None)]
    )
    def test_no_id(self, key, hint):
        """What is neither an id nor a record is an error; a position says how to ask."""
        with pytest.raises(BadArgument, match="expected an id or a record") as caught:
            nato().operations[key]
        assert ("list(collection)" in str(caught.value)) == bool(hint)
        with pytest.raises(BadArgument, match="expected an id or a record"):
            nato().operations.get(key)

    def test_contains(self):
        """A record, or an id, is in it or not; anything else is not."""
        operations = nato().operations
        assert "kfor" in operations
        assert nato()["kfor"] in operations
        assert nato()["IRQ"] not in operations
        assert "IRQ" not in operations
        assert "kfor" not in operations.on("1990")
        assert 7 not in operations

    def test_record_of_another_type(self):
        """A record of another type does not count, whatever its id."""
        twin = load("topics: [{id: kfor, name: A topic called so}]")["kfor"]
        assert twin not in nato().operations


class TestIteration:
    """``len``, ``iter``, ``bool``, equality and ``repr``."""

    @given(collections)
    def test_order_of_ids(self, records):
        """Records come in the order of their ids, each once."""
        assert list(records.ids) == sorted(records.ids) == [each.id for each in records]
        assert len(records) == len(set(records)) == len(list(records))

    def test_empty(self):
        """A collection without records is false."""
        assert not nato().operations.where(kind="evacuation")
        assert nato().operations

    def test_equality(self):
        """Two are equal where they have equal records in the same order."""
        operations = nato().operations
        assert operations == operations.where()
        assert hash(operations) == hash(operations.where())
        assert operations != operations.sorted("start")
        assert operations.where(name="") != nato().events.where(name="")
        assert operations != list(operations)

    def test_repr(self):
        """It shows its size and first ids."""
        assert "<7 operations: isaf, kfor, murky, nmi, ntm-a, …>" == (repr(nato().operations))
        assert "<2 events: attack, request>" == repr(nato().events)
        assert "<0 operations>" == repr(nato().operations.where(name=""))


class TestImmutability:
    """Nobody can change what another sees."""

    def test_attributes(self):
        """Nothing can be set or deleted."""
        with pytest.raises(
            AttributeError, match="a collection cannot change, so 'x' cannot be set"
        ):
            nato().operations.x = 1
        with pytest.raises(AttributeError, match="'_ids' cannot be deleted"):
            del nato().operations._ids

    def test_answers(self):
        """What it keeps of its doubts cannot be changed either."""
        found = nato().operations.on("2014-06")
        with pytest.raises(TypeError):
            found._answers["kfor"] = NO

    def test_copies(self):
        """A copy is the collection itself."""
        operations = nato().operations
        assert copy.copy(operations) is copy.deepcopy(operations) is operations


class TestOn:
    """``on``, ``since``, ``until`` and ``certainty``."""

    @pytest.mark.parametrize(
        "when",
        [
            "2016-11-09",
            date(2016, 11, 9),
            datetime(2016, 11, 9, 12, 0),  # noqa: DTZ001 (its day is what counts)
            PartialDate(2016, 11, 9),
            Period("2016-11-09/2016-11-09"),
        ],
        ids=range(5),
    )
    def test_ways_to_ask(self, when):
        """A day can be asked for in every form."""
        assert ("kfor", "murky", "sea-guardian") == nato().operations.on(when).ids

    def test_year(self):
        """A year can be asked for as a number."""
        assert nato().operations.on(2001) == nato().operations.on("2001")

    @pytest.mark.parametrize(
        ("when", "error"), [("2001-02-30", BadDate), ("soon", BadDate), (None, BadArgument)]
    )
    def test_no_date(self, when, error):
        """A day that does not exist, or what is no date, is an error."""
        with pytest.raises(error, match="expected"):
            nato().operations.on(when)

    def test_certainty(self):
        """It tells how surely each record belongs; what is not there does not."""
        found = nato().operations.on("2014-06")
        assert found.certainty("kfor") is YES
        assert found.certainty(nato()["ntm-a"]) is MAYBE
        assert found.certainty("nmi") is NO
        assert found.certainty("nowhere") is NO
        assert nato().operations.certainty("murky") is YES

    def test_doubt_stays(self):
        """A doubt goes with the record through all that follows."""
        found = nato().operations.on("2014-06").filter(lambda _: True).sorted("name").on("2014")
        assert found.certainty("ntm-a") is MAYBE
        assert found.group_by("host")[nato()["AFG"]].certainty("ntm-a") is MAYBE
        assert found.where(host="AFG").certainty("ntm-a") is MAYBE

    def test_order_stays(self):
        """Narrowing keeps the order that was asked for."""
        found = nato().operations.sorted("start", reverse=True).on("2014")
        assert ("ntm-a", "isaf", "kfor", "murky") == found.ids

    @given(collections, times)
    def test_certain_is_part_of_all(self, records, when):
        """``certain=True`` gives what is there without doubt, and only that."""
        possible = records.on(when)
        sure = records.on(when, certain=True)
        assert sure.ids == tuple(key for key in possible.ids if possible.certainty(key) is YES)

    @given(collections, times, times)
    def test_again(self, records, one, other):
        """Two times asked one after the other narrow, whatever their order."""
        assert records.on(one).on(other) == records.on(other).on(one)
        assert set(records.on(one).on(other).ids) == set(records.on(one).ids) & set(
            records.on(other).ids
        )

    @given(collections, st.dates(date(1999, 1, 1), date(2021, 12, 31)))
    def test_day_in_month_in_year(self, records, day):
        """What was there on a day was there in its month, and that in its year."""
        on_day = set(records.on(day).ids)
        in_month = set(records.on(PartialDate(day.year, day.month)).ids)
        assert on_day <= in_month <= set(records.on(day.year).ids)

    @given(collections, times)
    def test_since_and_until(self, records, when):
        """``since`` and ``until`` share what was there in between, and lose nothing."""
        since, until = records.since(when), records.until(when)
        assert set(since.ids) | set(until.ids) == set(records.ids)
        assert set(records.on(when).ids) <= set(since.ids) & set(until.ids)
        assert set(records.since(when, certain=True).ids) <= set(since.ids)
        assert set(records.until(when, certain=True).ids) <= set(until.ids)

    def test_since_and_until_of_decisions(self):
        """They cut what happened by its date."""
        assert ("nmi-decided",) == nato().decisions.since("2003").ids
        assert ("terror-decided",) == nato().decisions.until("2003").ids
        assert nato().decisions.since("2018-07-12").certainty("nmi-decided") is MAYBE


class TestFilter:
    """``filter``."""

    def test_any_function(self):
        """What a function says is kept."""
        assert ("kfor",) == nato().operations.filter(lambda op: op.figures).ids

    @given(collections)
    def test_bounds(self, records):
        """Always true keeps all, always false nothing."""
        assert records.filter(lambda _: True) == records
        assert 0 == len(records.filter(lambda _: False))


class TestSorted:
    """``sorted``."""

    def test_by_time(self):
        """By default that is time; what has no date comes last."""
        assert (
            "kfor", "isaf", "ntm-i", "ntm-a", "sea-guardian", "nmi", "murky",
        ) == nato().operations.sorted().ids  # fmt: skip
        assert ("terror-decided", "nmi-decided") == nato().decisions.sorted().ids
        assert ("weiss-view", "view-undated") == nato().assessments.sorted().ids
        assert nato().places.sorted() == nato().places

    def test_reverse(self):
        """The latest comes first, but what has no date still last."""
        assert (
            "nmi", "sea-guardian", "ntm-a", "ntm-i", "isaf", "kfor", "murky",
        ) == nato().operations.sorted(reverse=True).ids  # fmt: skip

    @pytest.mark.parametrize(
        ("collection", "by", "first"),
        [
            ("operations", "name", "isaf"),
            ("operations", "kind", "isaf"),
            ("operations", "host", "isaf"),
            ("operations", "combat", "nmi"),
            ("tenures", "ordinal", "com-kfor-1"),
            ("decisions", "meeting", "terror-decided"),
            ("places", "latitude", "baghdad"),
        ],
    )
    def test_by_field(self, collection, by, first):
        """Texts, codes, truth values, numbers and records have an order; meetings that of time."""
        assert getattr(nato(), collection).sorted(by).ids[0] == first

    @pytest.mark.parametrize("reverse", [False, True])
    def test_stable(self, reverse):
        """Records that are equal in it keep the order that they had."""
        by_name = nato().operations.sorted("name", reverse=True)
        training = [key for key in by_name.ids if key in {"nmi", "ntm-a", "ntm-i"}]
        assert (
            list(by_name.sorted("kind", reverse=reverse).where(kind="training-advisory").ids)
            == training
        )

    def test_by_function(self):
        """A function may give the value; `None` comes last."""
        found = nato().operations.sorted(lambda op: len(op.milestones) or None, reverse=True)
        assert "kfor" == found.ids[0]
        assert "murky" == found.ids[-1]

    @given(collections, st.booleans())
    def test_same_records(self, records, reverse):
        """Sorting loses nothing."""
        assert set(records.sorted("id", reverse=reverse).ids) == set(records.ids)
        assert records.sorted("id") == records

    @pytest.mark.parametrize("by", ["strat", 7])
    def test_bad(self, by):
        """An unknown field, or what is neither field nor function, is an error."""
        with pytest.raises(
            BadArgument, match=r"expected (a field of Operation|the name of a field)"
        ):
            nato().operations.sorted(by)


class TestGroupBy:
    """``group_by`` and ``count``."""

    def test_codes(self):
        """Groups come in the order of their values, and can be asked for by text."""
        groups = nato().operations.group_by("kind")
        assert list(groups) == sorted(groups)
        assert ("nmi", "ntm-a", "ntm-i") == groups["training-advisory"].ids

    def test_several_values(self):
        """A record with several values is in the group of each, one without under `None`, last."""
        groups = nato().operations.group_by("legal_basis_kind")
        assert {
            "un-resolution": ("isaf", "kfor"),
            "agreement": ("kfor",),
            None: ("murky", "nmi", "ntm-a", "ntm-i", "sea-guardian"),
        } == {key: found.ids for key, found in groups.items()}
        assert list(groups)[-1] is None
        assert nato().operations.group_by("legal_basis") == groups

    def test_records(self):
        """Records are keys; meetings come in the order of time."""
        groups = nato().decisions.group_by("meeting")
        assert [nato()["prague-2002"], nato()["brussels-2018"]] == list(groups)
        hosts = nato().operations.group_by("country")
        assert ("nmi", "ntm-i") == hosts[nato()["IRQ"]].ids

    def test_same_value_twice(self):
        """A record is once in a group, however often it has the value."""
        assert {"troops": 1, None: 6} == nato().operations.count("figure")

    def test_dates(self):
        """Dates come in the order of time."""
        starts = list(nato().operations.group_by("start"))
        assert PartialDate("1999-06-12") == starts[0]
        assert starts[-1] is None

    def test_function(self):
        """A function may give the value."""
        counted = nato().operations.count(lambda op: op.start.earliest.year if op.start else None)
        assert {1999: 1, 2001: 1, 2004: 1, 2009: 1, 2016: 1, 2018: 1, None: 1} == counted

    @given(collections)
    def test_nothing_lost(self, records):
        """By a field of one value each record is in one group."""
        assert sum(records.count("id").values()) == len(records)

    def test_unknown_field(self):
        """An unknown field is an error."""
        with pytest.raises(BadArgument, match="did you mean 'kind'"):
            nato().operations.count("kindd")

    def test_views(self):
        """In a view groups are by what was so then."""
        then = nato().on("2000").operations.group_by("command")
        assert ("kfor",) == {str(key): found.ids for key, found in then.items()}[
            "<Organisation command-north>"
        ]


class TestOneAndFirst:
    """``one`` and ``first``."""

    def test_one(self):
        """The only record is given."""
        assert nato().operations.where(combat=True).one() is nato()["isaf"]

    def test_none(self):
        """Where there is none, that is an error, or no first."""
        nothing = nato().operations.where(kind="evacuation")
        with pytest.raises(NotFound, match="expected one of operations, got none"):
            nothing.one()
        assert nothing.first() is None

    def test_several(self):
        """Several are an error that lists them."""
        with pytest.raises(
            Ambiguous, match="expected one of operations, got <2 operations: nmi, nt"
        ):
            nato().operations.where(host="IRQ").one()
        assert nato().operations.first() is nato()["isaf"]
        assert nato().operations.sorted().first() is nato()["kfor"]

    def test_made_by_the_library(self):
        """What is sure need not be told when one is made."""
        made = Collection(
            nato()._store, "operations", ("kfor", "nmi"), {"kfor": YES, "nmi": MAYBE}
        )
        assert {"nmi": MAYBE} == dict(made._answers)
