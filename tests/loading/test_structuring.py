"""Trees to records: strict about every type, and exact about where it went wrong."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from attrs import frozen
from cattrs.errors import ClassValidationError

from natodata.dates import PartialDate, Period, parse_when
from natodata.loading.structuring import Fault, Mismatch, faults, structure
from natodata.loading.wording import kinds
from natodata.records import (
    Country,
    Document,
    Meeting,
    Place,
    Post,
    Source,
    Topic,
)
from natodata.records.vocabulary import Extent, SourceClass


@frozen
class Shelf:
    """Gives records that lie on it, and checks what is asked of it."""

    records: dict

    def resolve(self, identifier, accepted):
        """Return the record; refuse an id that is not here."""
        record = self.records.get(identifier)
        if not isinstance(record, accepted):
            raise Mismatch(f"the id of {kinds(accepted)}", repr(identifier))
        return record


NORWAY = Country(id="NOR", name="Norway")
OSLO = Place(id="oslo", name="Oslo", kind="city")
SHELF = Shelf({"NOR": NORWAY, "oslo": OSLO})


def made(cls, tree, shelf=SHELF):
    """Return the record of a tree."""
    return structure(cls, {"id": "x", "name": "X", **tree}, shelf)


def wrong(cls, tree):
    """Return path, expected and got of everything wrong with a tree."""
    with pytest.raises(ClassValidationError) as caught:
        structure(cls, tree, SHELF)
    return [(fault.path, fault.expected, fault.got) for fault in faults(caught.value)]


def place(**fields):
    """Return the tree of a place."""
    return {"id": "x", "name": "X", "kind": "city", **fields}


class TestStructure:
    """`structure` makes a record."""

    @pytest.mark.parametrize("text", ["2001-05", "1998/2001"])
    def test_date_or_period(self, text):
        """A field that may be left out may be of any of its types where it is there."""
        tree = {"id": "x", "source_class": "press", "title": "X", "extent": "full"}

        assert parse_when(text) == structure(Source, {**tree, "date": text}, SHELF).date
        assert structure(Source, tree, SHELF).date is None

    def test_either_record(self):
        """So may a reference that leads to records of one type or another."""
        tree = {"kind": "plan", "issuer": "NOR"}

        assert NORWAY is made(Document, tree).issuer
        assert [(("issuer",), "the id of an Organisation or Country", "'oslo'")] == wrong(
            Document, {"id": "x", "name": "X", **tree, "issuer": "oslo"}
        )

    def test_every_kind_of_value(self):
        """Texts, numbers, truth values, codes, dates, lists, pieces and references are read."""
        record = made(
            Post,
            {
                "single": "false",
                "aliases": ["Y", "NO"],
                "labels": [{"language": "fr", "text": "Z"}],
                "names": [{"value": "X", "period": "2001/.."}],
                "milestones": [{"kind": "established", "date": "2001-05"}],
            },
        )

        assert record.single is False
        assert ("Y", "NO") == record.aliases
        assert ("fr", "Z") == (record.labels[0].language, record.labels[0].text)
        assert Period("2001/..") == record.names[0].period
        assert PartialDate("2001-05") == record.milestones[0].date

    def test_numbers_and_references(self):
        """Decimal and whole numbers and references, one or several, of one or several types."""
        record = made(
            Place,
            {"kind": "city", "country": "NOR", "latitude": "-59.5", "longitude": "10"},
        )
        meeting = made(
            Meeting,
            {
                "kind": "summit",
                "date": "2001/2002",
                "place": "oslo",
                "ordinal": "3",
                "attendees": ["NOR"],
            },
        )

        assert NORWAY is record.country
        assert (-59.5, 10.0) == (record.latitude, record.longitude)
        assert isinstance(record.longitude, float)
        assert OSLO is meeting.place
        assert 3 == meeting.ordinal
        assert (NORWAY,) == meeting.attendees
        assert Period("2001/2002") == meeting.date

    @pytest.mark.parametrize("text", ["0", "-0", "7", "-12", "9" * 18])
    def test_whole_numbers(self, text):
        """Plain digits, as far as 64 bits surely go."""
        assert (
            int(text) == made(Meeting, {"kind": "summit", "date": "2001", "ordinal": text}).ordinal
        )

    def test_longest_decimal(self):
        """A measurement with very many digits is still one."""
        assert 1.0 == made(Place, {"kind": "city", "latitude": f"1.{'0' * 30}"}).latitude

    def test_codes_are_members(self):
        """A code is the member of the vocabulary, not a text that looks like it."""
        tree = {"id": "x", "title": "X", "source_class": "press", "extent": "full"}
        source = structure(Source, tree, SHELF)

        assert SourceClass.PRESS is source.source_class
        assert Extent.FULL is source.extent

    def test_codes_in_a_list(self):
        """A list may hold codes as well, and a code may be left out."""

        @frozen
        class Odd:
            extents: tuple[Extent, ...]
            extent: Extent | None = None

        tree = {"extents": ["full"]}

        assert Odd((Extent.FULL,)) == structure(Odd, tree, SHELF)
        assert Odd((Extent.FULL,), Extent.FULL) == structure(Odd, tree | {"extent": "full"}, SHELF)

    def test_reentrant(self):
        """A resolver may make records itself, and the outer one goes on with its own resolver."""

        class Nested:
            instant = None

            def resolve(self, identifier, accepted):
                return structure(accepted[0], {"id": identifier, "name": identifier}, SHELF)

        tree = {"id": "c", "name": "C", "broader": "a"}
        first = structure(Topic, tree, Nested())
        second = structure(Country, {"id": "c", "name": "C", "topics": ["a", "b"]}, Nested())

        assert "a" == first.broader.id
        assert ["a", "b"] == [topic.id for topic in second.topics]

    def test_resolver_is_forgotten(self):
        """After a fault the next call uses its own resolver."""
        wrong(Place, place(country="nowhere"))

        assert NORWAY is made(Place, {"kind": "city", "country": "NOR"}).country

    def test_threads(self):
        """Each thread sees the records of its own resolver."""

        def work(number):
            country = Country(id="NOR", name=str(number))
            shelf = Shelf({"NOR": country})
            return [
                made(Place, {"kind": "city", "country": "NOR"}, shelf).country.name
                for _ in range(20)
            ]

        with ThreadPoolExecutor(16) as pool:
            names = list(pool.map(work, range(64)))

        assert [[str(number)] * 20 for number in range(64)] == names


class TestFaults:
    """`faults` tells everything that is wrong, with its path."""

    @pytest.mark.parametrize(
        ("fields", "path", "expected", "got"),
        [
            ({"name": ""}, ("name",), "a text that is not blank", "''"),
            ({"name": " \n"}, ("name",), "a text that is not blank", "' \\n'"),
            ({"name": ["X"]}, ("name",), "a text", "a list of 1"),
            ({"name": {"a": "b"}}, ("name",), "a text", "a mapping of 'a'"),
            (
                {"name": dict.fromkeys("abcde")},
                ("name",),
                "a text",
                "a mapping of 'a', 'b', 'c', 'd'",
            ),
            ({"kind": "town"}, ("kind",), "one of city, base, ", "'town'"),
            ({"kind": ["city"]}, ("kind",), "one of city, base, ", "a list of 1"),
            ({"kind": {}}, ("kind",), "one of city, base, ", "a mapping of nothing"),
            ({"latitude": "north"}, ("latitude",), "a decimal number such as 40.85", "'north'"),
            ({"latitude": "1e3"}, ("latitude",), "a decimal number such as 40.85", "'1e3'"),
            ({"latitude": "nan"}, ("latitude",), "a decimal number such as 40.85", "'nan'"),
            ({"latitude": "1" * 33}, ("latitude",), "a decimal number", "'" + "1" * 33 + "'"),
            ({"latitude": []}, ("latitude",), "a decimal number", "a list of 0"),
            ({"country": "SWE"}, ("country",), "the id of a Country", "'SWE'"),
            ({"country": ["NOR"]}, ("country",), "the id of a Country", "a list of 1"),
            ({"within": "NOR"}, ("within",), "the id of a Place", "'NOR'"),
            ({"aliases": "Y"}, ("aliases",), "a list", "'Y'"),
            ({"aliases": {}}, ("aliases",), "a list", "a mapping of nothing"),
            ({"aliases": ["Y", []]}, ("aliases", 1), "a text", "a list of 0"),
            ({"labels": ["fr"]}, ("labels", 0), "a mapping of fields", "'fr'"),
            ({"names": ["X"]}, ("names", 0), "a mapping of fields", "'X'"),
            ({"labels": [{"language": "fr"}]}, ("labels", 0), "the field 'text'", "nothing"),
            (
                {"labels": [{"language": "fr", "text": "X", "txt": "Y"}]},
                ("labels", 0, "txt"),
                "a field of Label",
                "'txt'",
            ),
            (
                {"names": [{"value": "X", "period": "2003"}]},
                ("names", 0, "period"),
                "",
                "'2003'",
            ),
            (
                {"names": [{"value": "X", "perod": "2003"}]},
                ("names", 0, "perod"),
                "a field of Held",
                "'perod'",
            ),
            ({"colour": "red"}, ("colour",), "a field of Place", "'colour'"),
        ],
    )
    def test_one(self, fields, path, expected, got):
        """Each mistake is told once, with what should have stood there."""
        ((found_path, found_expected, found_got),) = wrong(Place, place(**fields))

        assert (path, got) == (found_path, found_got)
        assert found_expected.startswith(expected)

    @pytest.mark.parametrize("text", ["7.5", "0123", "+7", "x", "0x7", "9" * 19, "٣"])
    def test_whole_numbers(self, text):
        """Nothing is octal, signed, rounded or too large by accident."""
        tree = {"id": "x", "name": "X", "kind": "summit", "date": "2001", "ordinal": text}

        assert [(("ordinal",), "a whole number in plain digits", repr(text))] == wrong(
            Meeting, tree
        )

    @pytest.mark.parametrize("text", ["yes", "no", "True", "1", "on", "FALSE"])
    def test_truth(self, text):
        """Only true and false are truth values."""
        tree = {"id": "x", "name": "X", "single": text}

        assert [(("single",), "true or false", repr(text))] == wrong(Post, tree)

    @pytest.mark.parametrize(
        ("text", "expected", "got"),
        [
            ("2003-8", "YYYY, YYYY-MM or YYYY-MM-DD, then ?, ~ or %", "'2003-8'"),
            ("2003-02-30", "a day from 1 to 28 in 2003-02", "30"),
            ("2003-13", "a month from 1 to 12 in 2003", "13"),
            ("0000", "a year from 1 to 9999", "0"),
            ("2004/2003", "a period that ends after it starts", "'2004/2003'"),
            ("1, got 2", "YYYY, YYYY-MM or YYYY-MM-DD, then ?, ~ or %", "'1, got 2'"),
            ("x" * 99, "YYYY, YYYY-MM or YYYY-MM-DD, then ?, ~ or %", "'" + "x" * 78 + "…"),
        ],
    )
    def test_dates(self, text, expected, got):
        """An impossible date is told in the words of the part that is impossible."""
        tree = {"id": "x", "name": "X", "kind": "summit", "date": text}

        assert [(("date",), expected, got)] == wrong(Meeting, tree)

    def test_date_of_another_kind(self):
        """A list where a date belongs is told as such; so is a period in place of a day."""
        tree = {"id": "x", "name": "X", "kind": "summit", "date": ["2001"]}
        source = {"id": "x", "title": "X", "source_class": "press", "extent": "full"}

        assert [(("date",), "a date or a period", "a list of 1")] == wrong(Meeting, tree)
        ((path, _, got),) = wrong(Source, {**source, "retrieved": "2001/2002"})
        assert (("retrieved",), "'2001/2002'") == (path, got)
        assert [(("updated",), "a date such as 2003-08", "a list of 0")] == wrong(
            Source, {**source, "updated": []}
        )

    @pytest.mark.parametrize(
        ("cls", "fields", "path", "expected"),
        [
            (Meeting, {"ordinal": []}, ("ordinal",), "a whole number in plain digits"),
            (Post, {"single": []}, ("single",), "true or false"),
            (
                Post,
                {"names": [{"value": "X", "period": []}]},
                ("names", 0, "period"),
                "a period such as 1999-06-12/..",
            ),
        ],
    )
    def test_list_in_place_of_a_text(self, cls, fields, path, expected):
        """A list where one value belongs is told in the words of that value."""
        tree = {"id": "x", "name": "X", **fields}
        if cls is Meeting:
            tree |= {"kind": "summit", "date": "2001"}

        assert [(path, expected, "a list of 0")] == wrong(cls, tree)

    def test_several_types(self):
        """Where a reference may lead to several types, all are named."""
        tree = {"id": "x", "name": "X", "kind": "summit", "date": "2001", "attendees": ["nobody"]}
        expected = "the id of a Person, Organisation or Country"

        assert [(("attendees", 0), expected, "'nobody'")] == wrong(Meeting, tree)

    def test_deep(self):
        """The path leads through lists and pieces to the value."""
        citation = {"source": "nowhere", "backs": "name"}
        tree = place(names=[{"value": "X"}, {"value": "Y", "citations": [citation]}])
        found = {path for path, _, _ in wrong(Place, tree)}

        within = ("names", 1, "citations", 0)
        assert {(*within, "source"), (*within, "backs")} == found

    def test_all(self):
        """All mistakes of a record are told at once."""
        tree = {
            "kind": "town",
            "latitude": "x",
            "aliases": ["", "Y", ""],
            "colour": "red",
            "size": "big",
        }
        found = [path for path, _, _ in wrong(Place, tree)]

        assert 8 == len(found)
        assert {
            (),
            ("kind",),
            ("latitude",),
            ("aliases", 0),
            ("aliases", 2),
            ("colour",),
            ("size",),
        } == set(found)

    def test_most(self):
        """Of a list, items are looked at until so many are wrong."""
        with pytest.raises(ClassValidationError) as caught:
            structure(Place, place(aliases=["", "Y", "", ""]), SHELF, most=2)

        assert [("aliases", 0), ("aliases", 2)] == [fault.path for fault in faults(caught.value)]

    @pytest.mark.parametrize(
        ("cls", "fields", "hint"),
        [
            (Place, {"kind": "citty"}, "city"),
            (Place, {"lattitude": "1"}, "latitude"),
            (Place, {"aliases": "Y"}, "[Y]"),
            (Place, {"aliases": "Y" * 80}, ""),
            (Place, {"aliases": {}}, ""),
            (Place, {"kind": "xxxxxxxx"}, ""),
            (Post, {"single": "True"}, "true"),
            (Post, {"single": "yes"}, ""),
            (Meeting, {"ordinal": "1,000"}, "1000"),
            (Meeting, {"ordinal": "1.5"}, ""),
            (Meeting, {"ordinal": "9" * 19}, ""),
        ],
    )
    def test_hints(self, cls, fields, hint):
        """What is nearly right is suggested."""
        tree = {"id": "x", "name": "X", "date": "2001", "kind": "city", **fields}
        if cls is Post:
            del tree["kind"]
        if cls is Meeting:
            tree["kind"] = "summit"
        if cls is not Meeting:
            del tree["date"]
        with pytest.raises(ClassValidationError) as caught:
            structure(cls, tree, SHELF)
        (fault,) = faults(caught.value)

        assert hint == (fault.suggestion() if callable(fault.suggestion) else fault.suggestion)

    def test_place_of_names(self):
        """Only the name of an unknown field is wrong itself."""
        with pytest.raises(ClassValidationError) as caught:
            structure(Place, place(colour="red", latitude="x"), SHELF)

        assert {"colour": True, "latitude": False} == {
            fault.path[0]: fault.at_key for fault in faults(caught.value)
        }

    @pytest.mark.parametrize("kind", [RecursionError, KeyError])
    def test_other_errors(self, kind):
        """What is no fault of the data is not told as one."""

        class Broken:
            instant = None

            def resolve(self, identifier, accepted):
                raise kind(identifier, accepted)

        with pytest.raises(ClassValidationError) as caught:
            structure(Place, place(country="NOR"), Broken())

        with pytest.raises(kind):
            list(faults(caught.value))

    def test_mismatch(self):
        """A mismatch carries all that it was made of, as any exception does."""
        assert ("a date", "7", "") == Mismatch("a date", "7").args

    def test_fault_of_a_record(self):
        """What is no mapping at all is a fault of the record itself."""
        with pytest.raises(Mismatch) as caught:
            structure(Place, ["x"], SHELF)

        assert [Fault((), "a mapping of fields", "a list of 1")] == list(faults(caught.value))
