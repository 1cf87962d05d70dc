"""Conditions of ``where`` of every kind, on every kind of field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato
from strategies import partial_dates, whens

from natodata.dates import Certainty, PartialDate, Period
from natodata.errors import BadArgument, BadDate, NotFound
from natodata.queries import filtering
from natodata.records import REGISTRY, Country, Operation, Topic
from natodata.records.vocabulary import OperationKind


def ids(collection="operations", **conditions):
    """Return the ids of the records that meet conditions."""
    return getattr(nato(), collection).where(**conditions).ids


class TestFieldOf:
    """``field_of`` and ``readable``."""

    @pytest.mark.parametrize(
        ("name", "attribute"),
        [
            ("hosts", "hosts"),
            ("host", "hosts"),
            ("country", "hosts"),
            ("legal_basis", "legal_bases"),
            ("legal_basis_kind", "legal_basis_kind"),
            ("alias", "aliases"),
            ("command", "command"),
            ("commands", "commands"),
            ("start", "start"),
            ("id", "id"),
        ],
    )
    def test_names(self, name, attribute):
        """Fields, computed values and lists in the singular can be asked for."""
        assert attribute == filtering.field_of(Operation, name)

    def test_unknown_field(self):
        """A field that is not there is an error that suggests a near one, or lists them all."""
        with pytest.raises(
            BadArgument, match="field of Operation, got 'hots'; did you mean 'host"
        ):
            ids(hots="IRQ")
        with pytest.raises(
            BadArgument, match="field of Operation, got 'zzz'; it has admitted_by, "
        ):
            ids(zzz="IRQ")

    @pytest.mark.parametrize("row", REGISTRY, ids=lambda row: row.collection)
    def test_every_field(self, row):
        """Every field of every type can be asked for "nothing known", and read without a fault."""
        collection = getattr(nato(), row.collection)
        for name in filtering.readable(row.cls):
            empty = collection.where(**{name: None})
            keys = [
                filtering.keys_of(each, filtering.field_of(row.cls, name)) for each in collection
            ]
            assert len(empty) == keys.count(())
            assert filtering.kinds_of(row.cls, filtering.field_of(row.cls, name)) != ()

    @pytest.mark.parametrize("row", REGISTRY, ids=lambda row: row.collection)
    def test_all_or_some(self, row):
        """A selection of all records gives the answers of the whole collection, value by value."""
        collection = getattr(nato(), row.collection)
        selection = collection.filter(lambda _: True)
        for name in filtering.readable(row.cls):
            attribute = filtering.field_of(row.cls, name)
            held = {each.id: filtering.keys_of(each, attribute) for each in collection}
            nothing = collection.where(**{name: None}).ids
            for key in {key for keys in held.values() for key in keys}:
                if key is None or isinstance(key, tuple):
                    continue  # a piece of a piece, which cannot be asked for
                found = collection.where(**{name: [key]})
                assert found == selection.where(**{name: [key]})
                assert {*found.ids} >= {each for each, keys in held.items() if key in keys}
                either = collection.where(**{name: [key, None]}).ids
                assert sorted({*found.ids, *nothing}) == [*either]

    def test_what_is_looked_up(self):
        """Values can be looked up by what they stand for; dates have to be compared."""
        store = nato()._store
        by_value = filtering.condition(store, Operation, "host", ["IRQ", nato()["DEU"]])
        by_date = filtering.condition(store, Operation, "start", "2003")

        assert ("hosts", {"IRQ", "DEU"}) == by_value[1:]
        assert ("start", None) == by_date[1:]

    def test_not_asked_for(self):
        """The bounds in days are no field of a record."""
        assert "bounds" not in filtering.readable(Operation)


class TestWhere:
    """``Collection.where``, condition by condition."""

    def test_none(self):
        """Without a condition all records are given."""
        assert nato().operations.where() == nato().operations

    def test_all_must_hold(self):
        """Several conditions must all hold."""
        assert ("nmi",) == ids(host="IRQ", kind="training-advisory", combat=False)

    @pytest.mark.parametrize("start", ["2018", "2003/..", ["2001", None]])
    def test_dates_and_values(self, start):
        """Dates and other values narrow each other, in one condition or one after the other."""
        both = nato().operations.where(start=start, host="IRQ")

        assert both == nato().operations.where(start=start).where(host="IRQ")
        assert both == nato().operations.where(host="IRQ").where(start=start)
        assert both == nato().operations.filter(lambda _: True).where(host="IRQ", start=start)

    @pytest.mark.parametrize(
        "value",
        ["IRQ", nato()["IRQ"], ["IRQ"], {"IRQ", "DEU"}, (nato()["IRQ"],), ("IRQ", "LUX")],
    )
    def test_references(self, value):
        """A record can be asked for by itself, by its id, or as one of several."""
        assert ids(hosts=value) == ids(host=value) == ids(country=value) == ("nmi", "ntm-i")

    def test_collection_as_value(self):
        """A collection stands for its records."""
        assert ("nmi", "ntm-i") == ids(host=nato().countries.where(name="Iraq"))

    @pytest.mark.parametrize(
        "value",
        [
            "training-advisory",
            "TRAINING_ADVISORY",
            "Training Advisory",
            OperationKind.TRAINING_ADVISORY,
        ],
        ids=range(4),
    )
    def test_codes(self, value):
        """A code can be asked for by itself, its text, or its name."""
        assert ("nmi", "ntm-a", "ntm-i") == ids(kind=value)

    def test_one_of_several_codes(self):
        """One of several values must fit; of no values none does."""
        assert ("isaf", "murky") == ids(kind=["combat", "support"])
        assert () == ids(kind=[])

    def test_unknown_code(self):
        """A code that the field cannot have is an error that suggests a near one, or lists all."""
        with pytest.raises(
            BadArgument, match="Operation has no kind 'combatt'; did you mean 'combat"
        ):
            ids(kind="combatt")
        with pytest.raises(BadArgument, match="Operation has no kind 'x'; one of combat, crisis"):
            ids(kind="x")
        with pytest.raises(BadArgument, match="Operation has no kind 'summit'"):
            ids(kind="summit")

    def test_truth(self):
        """Yes, no and "nothing known" are three different things."""
        assert ("isaf",) == ids(combat=True)
        assert ("nmi",) == ids(combat=False)
        assert set(ids(combat=None)) == set(nato().operations.ids) - {"isaf", "nmi"}
        assert ids(combat=[True, None]) == tuple(i for i in nato().operations.ids if i != "nmi")

    def test_texts(self):
        """A text must be the same."""
        assert ("kfor",) == ids(name="Kosovo Force")
        assert () == ids(name="kosovo force")
        assert ("isaf",) == ids(alias="ISAF")
        assert ("UKR",) == ids("countries", label="Україна")

    def test_numbers(self):
        """Whole and decimal numbers can be asked for."""
        assert ("com-kfor-2",) == ids("tenures", ordinal=2)
        assert ids("countries", cow=255) == ids("countries", cow_codes=255) == ("DEU",)
        assert ids("places", latitude=33.31) == ids("places", longitude=44.4) == ("baghdad",)
        assert () == ids("places", latitude=33)

    @pytest.mark.parametrize(
        ("collection", "conditions", "message"),
        [
            (
                "operations",
                {"combat": "true"},
                r"True or False for combat of Operation, got 'true' \(s",
            ),
            ("operations", {"combat": 1}, "expected True or False for combat"),
            ("operations", {"name": 3}, "expected a text for name of Operation, got 3"),
            ("operations", {"name": b"kfor"}, "expected a text for name"),
            ("operations", {"name": nato()["IRQ"]}, "expected a text for name"),
            ("operations", {"host": 368}, "expected a Country for host of Operation, got 368"),
            ("operations", {"kind": 3}, "expected a code for kind"),
            ("operations", {"task": 3}, "expected a code for task of Operation, got 3"),
            ("operations", {"kind": nato()["IRQ"]}, "expected a code for kind"),
            ("tenures", {"ordinal": True}, "expected a whole number for ordinal"),
            ("tenures", {"ordinal": "2"}, "expected a whole number for ordinal"),
            ("places", {"latitude": "33"}, "expected a number for latitude"),
            (
                "operations",
                {"host": "nato"},
                "a Country for host, got 'nato', which is a Organisation",
            ),
            ("operations", {"host": nato()["nato"]}, "expected a Country for host, got 'nato'"),
            ("operations", {"start": True}, "expected a date"),
            ("operations", {"start": 1.5}, "expected a date"),
            ("operations", {"start": nato()["IRQ"]}, "expected a date"),
        ],
        ids=range(17),
    )
    def test_wrong_type(self, collection, conditions, message):
        """A value that the field can never have is an error, not an empty answer."""
        with pytest.raises(BadArgument, match=message):
            ids(collection, **conditions)

    @pytest.mark.parametrize(
        ("value", "near"), [("IRQQ", "IRQ"), ("Iraq", "IRQ"), ("turkey", "TUR")]
    )
    def test_unknown_record(self, value, near):
        """A record that is not there is an error that suggests one of the right type."""
        with pytest.raises(NotFound, match="expected the id of a Country for host, got") as caught:
            ids(host=value)
        assert caught.value.suggestions[0] == near
        assert {Country} == {type(nato()[each]) for each in caught.value.suggestions}

    def test_record_of_another_dataset(self):
        """A record of another dataset stands for the one of its id; unknown ones are an error."""
        other = load("countries: [{id: IRQ, name: Irak}, {id: XXX, name: Nowhere}]")
        assert ("nmi", "ntm-i") == ids(host=other["IRQ"])
        with pytest.raises(NotFound, match="got 'XXX'"):
            ids(host=other["XXX"])

    def test_topics(self):
        """A topic takes in the narrower ones, but not the broader ones."""
        assert ("attack",) == ids("events", topic="security")
        assert ("sea-guardian",) == ids("operations", topics="counter-terrorism")
        assert ("nmi", "sea-guardian") == ids("operations", topic=["ct-at-sea", "training-topic"])
        assert () == ids("events", topic="ct-at-sea")
        assert ("counter-terrorism", "ct-at-sea") == ids("topics", broader="security")

    def test_held_for_a_time(self):
        """The plural asks for any time, the singular for the latest."""
        assert ("kfor", "sea-guardian") == ids(commands="command-north")
        assert ("sea-guardian",) == ids(command="command-north")
        assert ("kfor",) == nato().on("2000").operations.where(command="command-north").ids
        assert ("kfor",) == ids(posture="deployed")
        assert set(ids(lead=None)) == set(nato().operations.ids) - {"kfor", "nmi"}

    def test_pieces(self):
        """Pieces are asked for by what they stand for."""
        assert ("kfor",) == ids(milestone="extended")
        assert ("kfor",) == ids(figure="troops")
        assert ids(legal_basis="un-resolution") == ids(legal_basis_kind="un-resolution")
        assert ("kfor",) == ids(legal_basis="agreement")
        assert ids(task="train") == ids(task="security-forces") == ("nmi",)
        assert ("kfor-2013",) == ids("strength_reports", row="LUX")
        assert ("res-1244",) == ids("documents", provision="authorises")
        assert ("nmi-decided",) == ids("decisions", citation="other-paper")
        assert ("ntm-a",) == ids(start_milestone="activated")

    @pytest.mark.parametrize(
        ("collection", "found"),
        [
            ("operations", ("nmi", "ntm-i")),
            ("programmes", ("iraq-package",)),
            ("events", ("request",)),
            ("places", ("baghdad",)),
            ("meetings", ("some-visit",)),
        ],
    )
    def test_country(self, collection, found):
        """``country`` means the hosts of operations, and what it can for other records."""
        assert ids(collection, country="IRQ") == found

    def test_country_of_persons_and_sheets(self):
        """Persons have nationalities, tenures one, strength sheets lines."""
        assert ("weiss",) == ids("people", country="DEU")
        assert ("com-kfor-1",) == ids("tenures", country="DEU")
        assert ("kfor-2013",) == ids("strength_reports", country="LUX")


class TestWhereDates:
    """``Collection.where`` on fields that hold dates."""

    @pytest.mark.parametrize(
        "value", ["1999", 1999, "1999-06-12", date(1999, 6, 12), "1998/2000"], ids=range(5)
    )
    def test_stretch(self, value):
        """A date asked for is a stretch in which the field's date must lie."""
        assert ("kfor",) == ids(start=value)

    def test_doubt(self):
        """A date that may lie in it is kept with its doubt, and left out if certain is asked."""
        found = nato().operations.where(start="2004-08-15")
        assert ("ntm-i",) == found.ids
        assert found.certainty("ntm-i") is Certainty.MAYBE
        assert () == nato().operations.where(certain=True, start="2004-08-15").ids
        assert ("ntm-i",) == nato().operations.where(certain=True, start="2004").ids

    def test_one_of_several(self):
        """One of several stretches must hold it, as surely as the surest of them."""
        found = nato().operations.where(start=["2004-08-15", "2004", "1999"])
        assert ("kfor", "ntm-i") == found.ids
        assert found.certainty("ntm-i") is Certainty.YES

    def test_nothing_known(self):
        """A date that is not known can be asked for."""
        assert ("kfor", "murky", "nmi", "sea-guardian") == ids(end=None)
        assert ("kfor", "murky", "nmi", "ntm-i", "sea-guardian") == ids(end=[None, "2011"])

    def test_period_lasts(self):
        """The period of a record is a state, so one day in common is enough."""
        assert ("isaf", "kfor", "ntm-a") == ids(period="2013-05-01")
        found = nato().operations.where(period="2015")
        assert found.certainty("kfor") is Certainty.YES

    def test_no_date(self):
        """A text that is no date is an error that says what was expected."""
        with pytest.raises(BadDate, match="expected YYYY, YYYY-MM or YYYY-MM-DD"):
            ids(start="june")

    def test_other_dates(self):
        """Dates of meetings, decisions and sources are asked for alike."""
        assert ("brussels-2018",) == ids("meetings", date="2018-07-12")
        assert ("nmi-decided",) == ids("decisions", date="2018-07")
        found = nato().decisions.where(date="2018-07-12")
        assert found.certainty("nmi-decided") is Certainty.MAYBE
        assert ("paper",) == ids("sources", date="2010/2020")

    @given(whens(partial_dates(1998, 2020)))
    def test_certain_is_part_of_all(self, when):
        """What is certain is what is possible, without what is in doubt."""
        possible = nato().operations.where(start=when)
        certain = nato().operations.where(start=when, certain=True)
        assert certain.ids == tuple(
            key for key in possible.ids if possible.certainty(key) is Certainty.YES
        )

    @given(whens(partial_dates(1998, 2020)))
    def test_as_the_date_says(self, when):
        """A date condition is what ``within`` says of each record's date."""
        expected = [
            op.id
            for op in nato().operations
            if op.start is not None and op.start.within(when).possible
        ]
        assert expected == list(nato().operations.where(start=when).ids)


class TestNarrower:
    """``narrower``."""

    @pytest.mark.parametrize(
        ("topic", "found"),
        [
            ("security", {"security", "counter-terrorism", "ct-at-sea"}),
            ("counter-terrorism", {"counter-terrorism", "ct-at-sea"}),
            ("ct-at-sea", {"ct-at-sea"}),
        ],
    )
    def test_all_the_way_down(self, topic, found):
        """A topic and all below it, at any depth."""
        assert filtering.narrower(nato()._store, nato().topics[topic]) == found


class TestValuesOf:
    """``values_of`` and ``keys_of``."""

    def test_flat(self):
        """Values held for a time come without their times, single values as a tuple of one."""
        kfor = nato()["kfor"]
        north, south = nato()["command-north"], nato()["command-south"]
        assert filtering.values_of(kfor, "commands") == (north, south)
        assert filtering.values_of(kfor, "command") == (south,)
        assert () == filtering.values_of(kfor, "combat")
        assert () == filtering.values_of(nato()["isaf"], "command")
        assert (PartialDate("1999-06-12"),) == filtering.values_of(kfor, "start")
        assert (Period("1999-06-12/.."),) == filtering.values_of(kfor, "period")

    def test_step_by_step(self):
        """A path leads from record to record, and to nothing where a link is missing."""
        assert (nato()["IRQ"],) == filtering.values_of(nato()["some-visit"], "place.country")
        assert () == filtering.values_of(nato()["brussels-2021"], "place.country")

    def test_keys(self):
        """Pieces are given by what they stand for, a task by how and what about."""
        assert ("train", "security-forces") == filtering.keys_of(nato()["nmi"], "tasks")
        assert (
            "launched",
            "extended",
            "attested",
        ) == filtering.keys_of(nato()["kfor"], "milestones")
        assert (nato()["IRQ"],) == filtering.keys_of(nato()["nmi"], "hosts")

    @given(st.sampled_from(nato()._store.ids("topics")))
    def test_topic_itself(self, topic):
        """Every topic is among its own narrower ones."""
        assert topic in filtering.narrower(nato()._store, nato().topics[topic])
        assert isinstance(nato()[topic], Topic)
