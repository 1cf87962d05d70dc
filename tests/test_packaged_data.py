"""Rules that all packaged data keep, whatever they come to hold."""

import ast
import inspect
import itertools
import re
from collections import defaultdict
from enum import Enum, StrEnum
from pathlib import Path

import pytest
from attrs import fields, has
from small import all_fields, fields_of, pickled

import natodata
from natodata.dates import PartialDate
from natodata.errors import Ambiguous
from natodata.loading.canonical import reformat
from natodata.loading.catalogue import (
    Catalogue,
    compile_snapshot,
    from_snapshot,
)
from natodata.loading.checking import load_paths
from natodata.loading.gathering import field_order
from natodata.loading.integrity import integrity_faults
from natodata.records import (
    REGISTRY,
    CitedRecord,
    Country,
    Lasting,
    NamedRecord,
    Record,
    vocabulary,
)
from natodata.store import Store

FOLDER = Path(__file__).parents[1] / "src" / "natodata" / "data"
FILES = sorted(FOLDER.rglob("*.yaml"))

AMBIGUOUS = {
    "Brussels Summit": "the Alliance met in Brussels more than once",
    "EFOR": "the Extraction Force and its headquarters",
    "Madrid Summit": "the Alliance met in Madrid more than once",
    "Military Technical Agreement": "one for Kosovo in 1999, one for Kabul in 2002",
    "RC East": "in Afghanistan and in Kosovo",
    "RC West": "in Afghanistan and in Kosovo",
    "Regional Command East": "in Afghanistan and in Kosovo",
    "Regional Command West": "in Afghanistan and in Kosovo",
    "Djibouti": "the city has the name of its country",
    "Luxembourg": "the city has the name of its country",
}
"""Names that may belong to several records, each with the reason."""


@pytest.fixture(scope="module")
def nato():
    """Return the packaged dataset."""
    return natodata.load()


@pytest.fixture(scope="module")
def records(nato):
    """Return every packaged record by its id."""
    return {record.id: record for row in REGISTRY for record in getattr(nato, row.collection)}


@pytest.fixture(scope="module")
def reviewed():
    """Return the catalogue of the YAML that people review."""
    return load_paths([FOLDER])


class TestFacts:
    """The packaged data keep the rules for facts."""

    def test_integrity(self, records):
        """Facts are cited, milestones in order, sources read and used, ranks explained."""
        told = [
            f"{identifier}: {fault.path} {fault.expected}"
            for identifier, fault in integrity_faults(records)
        ]

        assert [] == told

    def test_cited(self, records):
        """Every record that states facts has at least one citation."""
        silent = [
            record.id
            for record in records.values()
            if isinstance(record, CitedRecord) and not record.citations
        ]

        assert [] == silent

    def test_topics(self, nato):
        """Every operation, decision, document and programme carries at least one topic."""
        without = [
            record.id
            for collection in (nato.operations, nato.decisions, nato.documents, nato.programmes)
            for record in collection
            if not record.topics
        ]

        assert [] == without

    def test_one_record_for_each_address(self, nato):
        """One page is one source, unless it was read in several versions, as their notes say."""
        by_address = defaultdict(list)
        for source in nato.sources:
            if source.address is not None:
                address = re.sub(r"^https?://(www\.)?|[/#]$", "", source.address).casefold()
                by_address[address].append(source)

        assert {} == {
            address: [source.id for source in sources]
            for address, sources in by_address.items()
            if len(sources) > 1 and not all("version" in (s.note or "") for s in sources)
        }

    def test_retrieved_by_the_day_of_the_data(self, nato):
        """No source was read after the day up to which the data is kept."""
        late = [
            source.id
            for source in nato.sources
            if source.retrieved is not None and source.retrieved.after(nato.current_to).certain
        ]

        assert [] == late

    def test_ends_after_it_starts(self, records):
        """No record's period is reversed."""
        reversed_ = [
            record.id
            for record in records.values()
            if isinstance(record, Lasting) and record.end is not None and record.start is not None
            if record.end.before(record.start).certain
        ]

        assert [] == reversed_


class TestCurrent:
    """What is said to be so now can all be so."""

    def test_no_contradiction(self, nato):
        """No two holders, seats, leads or commands at once; nothing goes on after its end."""
        assert [] == list(map(str, nato.audit("contradictions")))

    def test_every_word_has_a_day(self, nato):
        """Nothing is told of a day after the one up to which the data is kept."""
        ahead = [
            str(fact)
            for fact in nato.stale(0, on="9999")
            if fact.last.after(nato.current_to).certain and "authorised" not in fact.what
        ]

        assert [] == ahead


class TestIds:
    """Ids are well formed, and unique over all types."""

    def test_form(self, records):
        """Lower-case words joined by hyphens; countries may have a code of three letters."""
        odd = [
            identifier
            for identifier, record in records.items()
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier)
            and not (isinstance(record, Country) and re.fullmatch("[A-Z]{3}", identifier))
        ]

        assert [] == odd

    def test_unique(self, nato, records):
        """No two collections share an id."""
        assert len(records) == sum(len(getattr(nato, row.collection)) for row in REGISTRY)
        assert len(records) == len(nato)

    def test_found(self, nato, records):
        """Every record is found by its id, and is in the collection of its type."""
        for row in REGISTRY:
            for record in getattr(nato, row.collection):
                assert type(record) is row.cls
                assert record is nato[record.id] is records[record.id]


class TestReferences:
    """Every reference resolves."""

    def test_one_object(self, records):
        """A reference leads to the very record that has that id, however it is reached."""
        for record in records.values():
            for other in reached(record):
                assert other is records[other.id]


def reached(record):
    """Yield the records that a record refers to, in its fields and their pieces."""
    waiting = [getattr(record, field.name) for field in fields(type(record))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Record):
            yield value
        elif isinstance(value, tuple):
            waiting += value
        elif has(type(value)) and not hasattr(value, "span"):
            waiting += (getattr(value, field.name) for field in fields(type(value)))


class TestNames:
    """A name leads to one record, unless it is declared that it cannot."""

    def test_unambiguous(self, nato, records):
        """Names, aliases, former and foreign names lead back to their record."""
        lost = defaultdict(set)
        for record in records.values():
            if not isinstance(record, NamedRecord):
                continue
            former = (held.value for held in record.names)
            foreign = (label.text for label in record.labels)
            for name in (record.name, *record.aliases, *former, *foreign):
                try:
                    found = nato.find(name)
                except Ambiguous as error:
                    assert record.id in error.candidates  # noqa: PT017 (most names do not raise)
                    lost[name].add(record.id)
                else:
                    if found is not record:
                        lost[name] |= {record.id, found.id}

        assert {} == {name: ids for name, ids in lost.items() if name not in AMBIGUOUS}

    def test_no_name_twice(self, records):
        """A record does not list one alias twice, or its own name as an alias."""
        twice = [
            record.id
            for record in records.values()
            if isinstance(record, NamedRecord)
            and len({record.name, *record.aliases}) != 1 + len(record.aliases)
        ]

        assert [] == twice


IMMUTABLE = (str, int, float, bool, type(None), Enum, PartialDate)


class TestImmutability:
    """No caller can change what another one sees."""

    def test_nothing_mutable_is_reachable(self, records):
        """Fields hold texts, numbers, codes, dates, records, frozen pieces and tuples of these."""
        odd = []
        for record in records.values():
            waiting = [(field.name, getattr(record, field.name)) for field in fields(type(record))]
            while waiting:
                path, value = waiting.pop()
                if type(value) is tuple:
                    waiting += ((f"{path}[]", each) for each in value)
                elif has(type(value)):
                    if hasattr(value, "__dict__"):
                        odd.append(f"{record.id}.{path}: takes new attributes")
                    if not isinstance(value, Record):
                        waiting += (
                            (f"{path}.{field.name}", getattr(value, field.name))
                            for field in fields(type(value))
                        )
                elif not isinstance(value, IMMUTABLE):
                    odd.append(f"{record.id}.{path}: {type(value).__name__}")

        assert [] == odd

    def test_frozen(self, records):
        """Nothing can be set on any record."""
        for record in records.values():
            with pytest.raises(AttributeError):
                record.id = "other"
            with pytest.raises(AttributeError):
                del record.id

    def test_pickles(self, records):
        """Every record comes back from a pickle equal, saying the same in every field."""
        again = pickled(tuple(records.values()))

        assert list(records.values()) == list(again)
        for record, other in zip(records.values(), again, strict=True):
            assert record is not other
            assert fields_of(record) == fields_of(other)


class TestForms:
    """YAML, snapshot and package are one dataset."""

    def test_package_is_the_yaml(self, nato, reviewed):
        """What `load` gives is what is reviewed, record by record and field by field."""
        packaged = Catalogue(nato._store.catalogue().trees, {}, reviewed.notes)

        assert all_fields(reviewed) == all_fields(packaged)
        assert reviewed.notes == nato._store.notes

    def test_snapshot_is_the_yaml(self, reviewed):
        """A snapshot gives the same, made from the same bytes each time."""
        content = compile_snapshot(FOLDER)

        assert content == compile_snapshot(FOLDER)
        assert all_fields(reviewed) == all_fields(from_snapshot(content))

    def test_made_when_touched(self, reviewed):
        """A record made when it is touched says what the checked one says."""
        lazy = Store(Catalogue(reviewed.trees, {}, reviewed.notes))

        assert set(reviewed.records) == set(lazy.all_ids())
        for identifier, record in reviewed.records.items():
            assert fields_of(record) == fields_of(lazy.record(identifier))

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
    def test_canonical(self, file):
        """A file is written in the one canonical form, so that a diff shows facts only."""
        content = file.read_bytes()

        assert content.decode() == reformat(content, file.name, field_order())

    def test_notes(self, nato):
        """The dataset says what it is called, which version it is and how far it is kept."""
        assert nato.title
        assert re.fullmatch(r"\d{4}\.\d{1,2}\.\d{1,2}", nato.version)
        assert "day" == nato.current_to.precision


def codes():
    """Return every vocabulary."""
    return [
        value
        for value in vars(vocabulary).values()
        if inspect.isclass(value) and issubclass(value, StrEnum) and value is not StrEnum
    ]


class TestVocabulary:
    """Coded values are defined where they are listed."""

    @pytest.mark.parametrize("kind", codes(), ids=lambda kind: kind.__name__)
    def test_defined(self, kind):
        """Right under each code stands its definition; the codebook is made from it."""
        body = ast.parse(inspect.getsource(kind)).body[0].body
        defined = {
            node.targets[0].id
            for node, below in itertools.pairwise(body)
            if isinstance(node, ast.Assign)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        }

        assert set(kind.__members__) == defined
        assert kind.__doc__

    @pytest.mark.parametrize("kind", codes(), ids=lambda kind: kind.__name__)
    def test_form(self, kind):
        """A code is its name in lower case with hyphens, and is listed once."""
        assert [name.lower().replace("_", "-") for name in kind.__members__] == [
            member.value for member in kind
        ]

    def test_listed(self):
        """The module offers all of them."""
        assert {kind.__name__ for kind in codes()} == set(vocabulary.__all__)
