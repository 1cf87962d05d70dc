"""Trees that were checked before: records at once, the same as the checking way makes."""

import pytest
from attrs import frozen
from small import SMALL, fields_of, load

from natodata.dates import PartialDate, Period
from natodata.loading.catalogue import CLASS_OF
from natodata.loading.trusting import Instant, Shape, _shape, made, shapes, under_its_name
from natodata.records import (
    Citation,
    Country,
    Held,
    Meeting,
    Operation,
    Organisation,
    Place,
    Post,
    Programme,
    Source,
    Topic,
)
from natodata.records.evidence import Later
from natodata.records.vocabulary import Extent, SourceClass


@frozen
class Shelf:
    """Gives records that lie on it."""

    records: dict
    instant: Instant | None = None

    def refer(self, reference, accepted):
        """Return the record, which is of a type that the field accepts."""
        record = self.records[reference]
        assert type(record).__name__ in accepted
        return record

    def later(self, read, value):
        """Return what stands for a value."""
        return Later((read, value, self))


NORWAY = Country(id="NOR", name="Norway")
OSLO = Place(id="oslo", name="Oslo", kind="city")
SHELF = Shelf({"NOR": NORWAY, "oslo": OSLO, 7: NORWAY})


def of_tree(cls, tree, shelf=SHELF):
    """Return the record of a tree."""
    whole = {"id": "x", "name": "X", **tree}
    record = made(cls, whole, shelf)
    if shelf.instant is None:
        return record
    return under_its_name(record, made(cls, whole, Shelf(shelf.records)))


class TestMade:
    """`made` makes a record of what is trusted."""

    def test_every_kind_of_value(self):
        """Texts, numbers, truth values, codes, dates, lists, pieces and references are read."""
        post = {
            "single": "false",
            "aliases": ["Y", "NO"],
            "labels": [{"language": "fr", "text": "Z"}],
            "names": [{"value": "X", "period": "2001/.."}],
            "milestones": [{"kind": "established", "date": "2001-05"}],
        }
        record = of_tree(Post, post)
        place = of_tree(Place, {"kind": "city", "country": "NOR", "latitude": "-59.5"})
        meeting = of_tree(
            Meeting, {"kind": "summit", "date": "2001/2002", "ordinal": "3", "attendees": ["NOR"]}
        )

        assert record.single is False
        assert ("Y", "NO") == record.aliases
        assert ("fr", "Z") == (record.labels[0].language, record.labels[0].text)
        assert Period("2001/..") == record.names[0].period
        assert PartialDate("2001-05") == record.milestones[0].date
        assert NORWAY is place.country
        assert -59.5 == place.latitude
        assert (3, (NORWAY,)) == (meeting.ordinal, meeting.attendees)
        assert Period("2001/2002") == meeting.date

    def test_codes_are_members(self):
        """A code is the member of the vocabulary, not a text that looks like it."""
        source = of_tree(Source, {"title": "X", "source_class": "press", "extent": "full"})

        assert SourceClass.PRESS is source.source_class
        assert Extent.FULL is source.extent

    def test_references_by_number(self):
        """A snapshot refers by number, and the shelf knows what that means."""
        assert NORWAY is of_tree(Place, {"kind": "city", "country": 7}).country

    def test_unknown_fields(self):
        """What a later version may have added is left out."""
        assert of_tree(Topic, {"colour": "red"}) == of_tree(Topic, {})

    def test_like_the_checking_way(self):
        """Every record of the small dataset, of every type, is as the checking way made it."""
        catalogue = load(SMALL)
        shelf = Shelf(dict(catalogue.records))

        for name, trees in catalogue.trees.items():
            for identifier, tree in trees.items():
                record = made(CLASS_OF[name], tree, shelf)
                assert fields_of(catalogue.records[identifier]) == fields_of(record)


HEADQUARTERS = {
    "kind": "command",
    "name": "New",
    "names": [{"value": "Old", "period": "1990/1999"}, {"value": "New", "period": "2000/.."}],
    "seats": [{"value": "oslo", "period": "1990/1995"}, {"value": "oslo"}],
}


class TestInstant:
    """A shelf that looks at a time keeps what was held then, and `under_its_name` the name."""

    @staticmethod
    def seen(tree, day, *, certain=False):
        """Return the record as it was."""
        shelf = Shelf(SHELF.records, Instant(PartialDate(day), certain))
        return of_tree(Organisation, tree, shelf)

    def test_name(self):
        """The name is the one valid then."""
        assert "Old" == self.seen(HEADQUARTERS, "1992").name
        assert "New" == self.seen(HEADQUARTERS, "2005").name
        assert "New" == of_tree(Organisation, HEADQUARTERS).name

    def test_no_name_then(self):
        """Where none was valid then, the name stays."""
        assert "New" == self.seen(HEADQUARTERS, "1980").name

    def test_another_name(self):
        """A name that is none of those over time stays whatever was valid then."""
        assert "X" == self.seen({**HEADQUARTERS, "name": "X"}, "1992").name

    def test_deprecated_name(self):
        """A name that is never taken is not taken then either."""
        names = [{"value": "X", "period": "1990/..", "rank": "deprecated"}]

        assert "X" == self.seen({"kind": "command", "names": names}, "1992").name

    def test_without_names(self):
        """A record that has no names, or cannot have any, is as it is."""
        assert "X" == self.seen({"kind": "command"}, "1992").name
        shelf = Shelf({}, Instant(PartialDate("1992"), certain=False))
        assert "x" == of_tree(Topic, {}, shelf).id

    def test_held(self):
        """What no source dates may have been so, and is dropped only on request."""
        assert 2 == len(self.seen(HEADQUARTERS, "1992").seats)
        assert 1 == len(self.seen(HEADQUARTERS, "2010").seats)
        assert 1 == len(self.seen(HEADQUARTERS, "1992", certain=True).seats)


class TestShapes:
    """`shapes` tells the form of each field."""

    def test_forms(self):
        """Texts, what is made of a text, references, lists and pieces."""
        operation = shapes(Operation)

        assert Shape() == operation["name"]
        assert operation["combat"].scalar("true") is True
        assert Shape(item=Shape(refers=("Country",))) == operation["hosts"]
        assert ("Operation", "Programme") == operation["predecessors"].item.refers
        assert Shape(refers=("Operation",)) == operation["phase_of"]
        assert Shape(item=Shape(piece=Citation)) == operation["citations"]
        assert PartialDate("1999-06") == shapes(Meeting)["date"].scalar("1999-06")
        assert PartialDate("2026") == shapes(Source)["retrieved"].scalar("2026")

    def test_quoted(self):
        """A class may be named in quotes, by itself, among others, and as what something holds."""
        assert Shape(refers=("Operation",)) == _shape("Operation | None")
        assert Shape(item=Shape(refers=("Operation", "Programme"))) == _shape(
            tuple["Operation | Programme", ...]
        )
        assert Shape(refers=("Place",)) == shapes(Held["Place"])["value"]

    def test_no_form(self):
        """A class with a field that no tree can hold is a mistake in the class."""

        @frozen
        class Odd:
            when: bytes

        with pytest.raises(TypeError, match="no record has fields of the type <class 'bytes'>"):
            shapes(Odd)

    def test_what_holds_something(self):
        """What a piece holds is of the type that it is said to hold."""
        assert ("Organisation",) == shapes(Held[Organisation])["value"].refers
        assert shapes(Held[str])["value"].scalar is None
