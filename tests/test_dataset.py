"""The dataset: records by id, views of a time, making new ones, and that nothing changes."""

import copy
from datetime import date
from time import sleep

import pytest
import query_data
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato
from strategies import partial_dates, whens
from together import at_once

import natodata
from natodata.dates import Certainty, PartialDate
from natodata.errors import (
    Ambiguous,
    BadArgument,
    BadDate,
    DataError,
    NotFound,
    NotKnown,
)
from natodata.loading.catalogue import compile_snapshot
from natodata.records import REGISTRY, Record
from natodata.store import Store

NAMES = [row.collection for row in REGISTRY]
times = whens(partial_dates(1995, 2021))


@pytest.fixture
def extra(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(text, name="extra.yaml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


class TestItself:
    """What a dataset says of itself."""

    def test_notes(self):
        """Title, version and the day to which it is kept."""
        assert "Hard names" == nato().title
        assert "2022.6.30" == nato().version
        assert PartialDate("2022-06-30") == nato().current_to

    def test_repr(self):
        """It shows title, version, the time looked at, and the number of records."""
        size = len(nato())
        assert f"<Dataset 'Hard names' 2022.6.30: {size} records>" == repr(nato())
        then = nato().on("2001").on("2001-09-11")
        assert (
            f"<Dataset 'Hard names' 2022.6.30 on 2001 on 2001-09-11: {len(then)} records>"
            == repr(then)
        )
        assert "<Dataset 'untitled': 0 records>" == repr(load("topics: []"))

    @pytest.mark.parametrize("name", NAMES)
    def test_collections(self, name):
        """There is a collection for each type of record."""
        collection = getattr(nato(), name)
        assert collection == getattr(nato(), name)
        assert all(type(record) is REGISTRY[NAMES.index(name)].cls for record in collection)


class TestRecords:
    """``nato[key]``, ``get``, ``in``, ``len`` and ``iter``."""

    @given(st.sampled_from(nato()._store.all_ids()))
    def test_identity(self, key):
        """An id gives the same object each time, and so does a record, by whatever way."""
        record = nato()[key]
        assert record is nato()[record] is nato().get(key) is nato().get(record)
        assert record is getattr(nato(), nato()._store.collection_of(key))[key]
        assert record in nato()
        assert key in nato()

    def test_reached(self):
        """A record reached through another is the same object."""
        assert nato()["nmi"].command is nato()["command-south"]
        assert nato()["kfor"].commands[0].value is nato().organisations["command-north"]

    @pytest.mark.parametrize(
        ("key", "error", "message"),
        [
            ("kfr", NotFound, "no record has the id 'kfr'; did you mean 'kfor'"),
            ("Sea Guardian", NotFound, "did you mean 'sea-guardian'"),
            (0, BadArgument, "expected a record or the id of one, got 0"),
            (["kfor"], BadArgument, "expected a record or the id of one"),
            (None, BadArgument, "expected a record or the id of one"),
        ],
        ids=range(5),
    )
    def test_miss(self, key, error, message):
        """A miss is a `KeyError` with suggestions; what can be no id is an error too."""
        with pytest.raises(error, match=message):
            nato()[key]

    def test_get(self):
        """``get`` gives `None`, or what is asked for, where there is no such record."""
        assert nato().get("nothing") is None
        assert 7 == nato().get("nothing", 7)

    @pytest.mark.parametrize("key", ["nothing", 7, None, ["kfor"]], ids=range(4))
    def test_not_in(self, key):
        """What is not there is not there, whatever it is."""
        assert key not in nato()

    def test_record_of_another_type(self):
        """A record of another type is not in it, though its id is."""
        assert load("topics: [{id: kfor, name: Called so}]")["kfor"] not in nato()

    def test_iteration(self):
        """It iterates over all records in the order of their ids."""
        records = list(nato())
        assert [each.id for each in records] == sorted(each.id for each in records)
        assert len(records) == len(nato()) == sum(len(getattr(nato(), name)) for name in NAMES)

    def test_threads(self):
        """Threads that touch a record for the first time at once all get the same object."""
        data = load(query_data.TEXT)
        snapshot = natodata.Dataset(Store(data._store.catalogue()))
        first, *others = at_once(lambda: [snapshot[key] for key in snapshot._store.all_ids()], 8)

        assert all(one is same for other in others for one, same in zip(first, other, strict=True))


class TestImmutability:
    """Nobody can change what another sees."""

    def test_attributes(self):
        """Nothing can be set or deleted."""
        with pytest.raises(AttributeError, match="a dataset cannot change, so 'x' cannot be set"):
            nato().x = 1
        with pytest.raises(AttributeError, match="'title' cannot be deleted"):
            del nato().title

    def test_copies(self):
        """A copy is the dataset itself."""
        assert copy.copy(nato()) is copy.deepcopy(nato()) is nato()

    def test_records(self):
        """Records and their pieces cannot be changed."""
        with pytest.raises(AttributeError):
            nato()["kfor"].name = "Another"
        with pytest.raises(AttributeError):
            nato()["kfor"].milestones[0].date = None
        assert isinstance(nato()["kfor"].milestones, tuple)


class TestSearch:
    """``nato.search``; what it finds is tested with the queries."""

    def test_twenty(self):
        """Twenty are found unless more are asked for."""
        data = load(f"people: [{', '.join(f'{{id: p{at}, name: Smith}}' for at in range(30))}]")

        assert (20, 25) == (len(data.search("smith")), len(data.search("smith", limit=25)))


class TestOn:
    """``on``: the whole dataset as of a time."""

    def test_what_was_valid_then(self):
        """Names, commands, leads and postures are those valid then."""
        then, later = nato().on("2000-06-01"), nato().on("2010-06-01")
        assert "Operation Joint Guardian" == then.operations["kfor"].name
        assert "Kosovo Force" == later.operations["kfor"].name
        assert "command-north" == then.operations["kfor"].command.id
        assert "command-south" == later.operations["kfor"].command.id
        assert "command-south" == nato()["kfor"].command.id
        assert nato().on("1999-06-01").countries["MKD"].name.startswith("the former Yugoslav")
        assert "nato" == later.operations["kfor"].lead.id
        assert later.operations["kfor"].posture is None
        assert "deployed" == nato().on("1999-06").operations["kfor"].posture

    def test_undated_values(self):
        """A value that no source dates is kept, unless what is certain is asked for."""
        assert "command-north" == nato().on("2018").operations["sea-guardian"].command.id
        sure = nato().on("2018", certain=True).operations["sea-guardian"]
        with pytest.raises(NotKnown):
            sure.command  # noqa: B018 (it raises)

    def test_reached(self):
        """What is reached through a record is as it was then, too."""
        membership = nato().on("2020-04-01").memberships["mkd-nato"]
        assert "North Macedonia" == membership.country.name

    def test_same_in_one_view(self):
        """Within one view a record is the same object each time."""
        then = nato().on("2000")
        assert then["kfor"] is then.operations["kfor"] is then.find("KFOR")
        assert then["com-kfor"] is then.tenures["com-kfor-1"].post

    @given(st.sampled_from(NAMES), times, st.booleans())
    def test_as_the_collection(self, name, when, certain):
        """Each collection of a view is what that collection gives for the time."""
        viewed = getattr(nato().on(when, certain=certain), name)
        asked = getattr(nato(), name).on(when, certain=certain)
        assert viewed == asked
        assert [viewed.certainty(key) for key in viewed.ids] == [
            asked.certainty(key) for key in asked.ids
        ]

    @given(st.sampled_from(NAMES), times, times)
    def test_view_of_a_view(self, name, one, other):
        """A view of a view holds what was there in both times."""
        viewed = getattr(nato().on(one).on(other), name)
        assert viewed == getattr(nato().on(one), name).on(other)
        assert viewed == getattr(nato(), name).on(one).on(other)

    @given(times, st.booleans())
    def test_records_of_a_view(self, when, certain):
        """Its records are those of its collections, by whatever way one asks."""
        then = nato().on(when, certain=certain)
        ids = {key for name in NAMES for key in getattr(then, name).ids}
        assert {each.id for each in then} == ids
        assert len(then) == len(ids)
        assert {key for key in nato()._store.all_ids() if key in then} == ids
        assert {each.id for each in nato() if then.get(each) is not None} == ids

    @given(st.dates(date(1999, 1, 1), date(2021, 12, 31)))
    def test_day_within_year(self, day):
        """What is there on a day is there in its year."""
        on_day, in_year = nato().on(day), nato().on(day.year)
        assert {each.id for each in on_day} <= {each.id for each in in_year}

    def test_not_there(self):
        """What was not there then is a miss that says so."""
        with pytest.raises(NotFound, match="'isaf' was not there on 2016-10-15"):
            nato().on("2016-10-15")["isaf"]
        assert nato().on("2016-10-15").get("isaf") is None
        with pytest.raises(NotFound, match="no record has the id 'isf'"):
            nato().on("2016-10-15")["isf"]

    def test_questions_may_take_others(self):
        """A question put to a view may take a record of another time."""
        assert 0 == len(nato().on("2020").timeline(about="isaf"))
        assert () == nato().on("2020").referring_to("isaf")

    @pytest.mark.parametrize("when", ["2001-02-30", "soon", ""])
    def test_no_date(self, when):
        """A day that does not exist is an error."""
        with pytest.raises(BadDate):
            nato().on(when)

    def test_made_as_it_is_used(self):
        """Making a view makes no record."""
        assert {} == nato().on("2001")._store._made


class TestQuestionsOfAView:
    """Questions with ``on=`` that a view answers for its own time."""

    def test_members(self):
        """Members of a view are those of its time."""
        assert nato().on("2000").members().ids == nato().members(on="2000").ids == ("deu-nato",)
        assert nato().on("2021").members().ids == nato().members().ids
        assert ("deu-nato",) == nato().on("2021").members(on="2000").ids

    def test_holders(self):
        """Holders of a post are those of its time."""
        assert ("com-kfor-1",) == nato().on("1999").holders("com-kfor").ids
        assert nato().on("1999").holders("com-kfor", on="1999") == nato().holders(
            "com-kfor", on="1999"
        )

    def test_contributors(self):
        """Contributors are those of its time."""
        assert () == nato().on("2017").contributors("nmi").ids
        assert nato().on("2019").contributors("nmi").certainty("nmi-deu") is Certainty.MAYBE
        assert ("nmi-deu",) == nato().contributors("nmi").ids

    def test_mandates(self):
        """Operations with a legal basis are those of its time."""
        assert ("isaf", "kfor") == nato().mandates("un-resolution").ids
        assert ("kfor",) == nato().on("2000").mandates("un-resolution").ids

    def test_strength(self):
        """Strength is that of its time."""
        assert len(nato().on("2013").strength("kfor")) == len(nato().strength("kfor", on="2013"))
        assert 0 == len(nato().on("2001").strength("kfor"))


class TestFromYaml:
    """``Dataset.from_yaml``."""

    def test_files_and_folders(self, extra, tmp_path):
        """Files and the YAML of folders are read together."""
        one = extra("topics: [{id: one, name: One, broader: two}]")
        (tmp_path / "inner").mkdir()
        extra("topics: [{id: two, name: Two}]", "inner/two.yaml")
        data = natodata.Dataset.from_yaml(one, str(tmp_path / "inner"))
        assert data.topics["one"].broader is data["two"]

    def test_whole_or_nothing(self, extra):
        """A load gives all problems, and no dataset."""
        file = extra("topics: [{id: one}, {id: two, name: Two, broader: tree}]")
        with pytest.raises(DataError) as caught:
            natodata.Dataset.from_yaml(file)
        assert 2 == len(caught.value.problems)


class TestFromSnapshot:
    """``Dataset.from_snapshot``."""

    def test_same(self, extra, tmp_path):
        """A compiled snapshot holds the dataset that it was made from."""
        text = "topics: [{id: one, name: One, broader: two}, {id: two, name: Two}]"
        made = natodata.Dataset.from_yaml(extra(text))
        file = tmp_path / "made.snapshot"
        file.write_bytes(compile_snapshot(tmp_path))
        read = natodata.Dataset.from_snapshot(file)
        assert not read.diff(made)
        assert read.topics["one"].broader is read["two"]

    def test_no_snapshot(self, extra):
        """Another file is refused, by its name."""
        with pytest.raises(DataError, match=r"extra\.yaml: expected a compiled snapshot"):
            natodata.Dataset.from_snapshot(extra("topics: []"))


class TestFiles:
    """``export``, ``browse`` and ``to_networkx`` hand on what they are given."""

    def test_export(self, tmp_path):
        """The path, the form and the collections are those asked for."""
        file = nato().export(tmp_path / "some.txt", "jsonl", ["countries"])
        assert tmp_path / "some.txt" == file
        text = file.read_text("utf-8")
        assert '"IRQ"' in text
        assert '"kfor"' not in text
        assert '"kfor"' in nato().export(tmp_path / "all.jsonl").read_text("utf-8")

    def test_browse(self, tmp_path):
        """The page is written where it was asked for, and shows the records."""
        file = nato().on("2000").browse(tmp_path / "page.html")
        assert tmp_path / "page.html" == file
        assert "Operation Joint Guardian" in file.read_text("utf-8")

    def test_graph(self):
        """The graph holds the collections asked for, or all."""
        assert set(nato().countries.ids) == set(nato().to_networkx("countries"))
        assert {record.id for record in nato()} == set(nato().to_networkx())


class TestLimits:
    """How much files may hold, in ``from_yaml`` and ``extend``."""

    TEXT = "topics: [{id: one, name: One}, {id: two, name: Two}]"

    def test_lowered(self, extra):
        """Limits can be lowered."""
        file = extra(self.TEXT)
        limits = natodata.Limits(records=1)
        for read in (natodata.Dataset.from_yaml, nato().extend):
            with pytest.raises(DataError, match="expected at most 1 records in all files"):
                read(file, limits=limits)
            assert "two" in read(file, limits=natodata.Limits(records=2))

    def test_raised(self, extra):
        """Limits can be raised."""
        file = extra(f"topics: [{{id: one, name: One, definition: {'x' * 100_001}}}]")
        limits = natodata.Limits(scalar_chars=100_001)
        for read in (natodata.Dataset.from_yaml, nato().extend):
            with pytest.raises(DataError, match="expected at most 100000 characters"):
                read(file)
            assert "one" in read(file, limits=limits)

    def test_none(self):
        """What is no `Limits` is refused."""
        with pytest.raises(BadArgument, match="expected natodata"):
            nato().extend("x.yaml", limits=3)


class TestExtend:
    """``extend``."""

    def test_added(self, extra):
        """A new dataset has the old records and the new ones; the old one is as it was."""
        file = extra(
            "operations: [{id: mine, name: My Operation, kind: support, hosts: [IRQ],\n"
            "  admitted_by: support}]\n"
        )
        longer = nato().extend(file)
        assert len(longer) == len(nato()) + 1
        assert (nato()["IRQ"],) == longer["mine"].hosts
        assert longer.find("my operation") is longer["mine"]
        assert longer["mine"] in longer.operations.where(host="IRQ")
        assert "mine" not in nato()

    def test_patched(self, extra):
        """Records can be patched, in the new dataset only."""
        file = extra("patches: [{id: kfor, set: {name: Force of Kosovo}, add: {aliases: [FK]}}]")
        patched = nato().extend(file)
        assert "Force of Kosovo" == patched["kfor"].name
        assert "kfor" == patched.find("FK").id
        assert "Kosovo Force" == nato()["kfor"].name
        assert nato()["com-kfor"] == patched["com-kfor"]

    def test_nothing(self):
        """Without files it has the same records."""
        assert nato().extend().operations == nato().operations

    def test_of_a_view(self, extra):
        """The new dataset is one of all times."""
        assert nato().on("2000").extend(extra("topics: [{id: one, name: One}]"))["isaf"]

    def test_dangling(self, extra):
        """A reference that leads nowhere is an error, and nothing is added."""
        file = extra("topics: [{id: mine, name: Mine, broader: counter-terorism}]")
        with pytest.raises(DataError, match="did you mean 'counter-terrorism'"):
            nato().extend(file)


class TestLoad:
    """``load`` and the package's own names."""

    def test_once(self, monkeypatch):
        """Threads that ask for it first at once read it once, and all get the same object."""
        from natodata import dataset
        from natodata.loading import catalogue

        reads = []

        def read():
            reads.append(1)
            sleep(0.2)  # the others come to wait meanwhile
            return nato()._store.catalogue()

        monkeypatch.setattr(catalogue, "load_packaged", read)
        monkeypatch.setattr(dataset, "_packaged", [])
        loaded = at_once(dataset.load, 4)
        assert 1 == len(reads)
        assert all(each is loaded[0] for each in loaded)
        assert dataset.load() is loaded[0]


class TestTypes:
    """Errors are of the builtin classes that a caller would catch."""

    @pytest.mark.parametrize(
        ("error", "builtin"),
        [
            (NotFound, KeyError),
            (Ambiguous, LookupError),
            (BadArgument, ValueError),
            (BadDate, ValueError),
        ],
    )
    def test_builtin(self, error, builtin):
        """Each of them is caught by the builtin too."""
        assert issubclass(error, builtin)
        assert issubclass(error, natodata.errors.NatodataError)

    def test_record(self):
        """What it gives are records."""
        assert isinstance(nato()["kfor"], Record)
