"""Stores: records by id, each made once, whoever asks first."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small import SMALL, fields_of, load
from together import at_once

import natodata
import natodata.dataset
from natodata.dataset import _unlock as unlock_packaged
from natodata.dates import PartialDate, Period
from natodata.loading.catalogue import CLASS_OF, Catalogue
from natodata.records import Citation, Operation, Organisation
from natodata.records.evidence import defers
from natodata.store import Store
from natodata.store import _let_go as let_go
from natodata.store import _unlock as unlock_stores


def lazy():
    """Return a store that has made no record yet."""
    catalogue = load(SMALL)
    return Store(Catalogue(catalogue.trees, {}, catalogue.notes))


class Overtaken(dict):
    """What another thread puts in right after this one has looked."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def get(self, key):
        """Return nothing the first time."""
        found = super().get(key)
        self[key] = self.answer
        return found

    def __missing__(self, key):
        """Refuse the first time."""
        self[key] = self.answer
        raise KeyError(key)


class TestRecord:
    """`Store.record` gives the record with an id."""

    def test_once(self):
        """A record is made once, and references lead to the very same one."""
        store = lazy()
        calm = store.record("calm")

        assert calm is store.record("calm")
        assert calm.leads[0].value is store.record("alliance")
        assert isinstance(calm, Operation)

    def test_made_before(self):
        """What the load made is what the store gives."""
        catalogue = load(SMALL)

        assert catalogue.records["calm"] is Store(catalogue).record("calm")

    def test_missing(self):
        """An id that is not there is a `KeyError`."""
        with pytest.raises(KeyError, match="nowhere"):
            lazy().record("nowhere")

    def test_trusted_equals_checked(self):
        """A record made when touched says what the checked one says, in every field."""
        checked, trusted = Store(load(SMALL)), lazy()

        for identifier in checked.all_ids():
            record = trusted.record(identifier)
            assert fields_of(checked.record(identifier)) == fields_of(record)

    def test_threads(self):
        """64 threads that touch a record first all get one object."""
        for _ in range(5):
            store = lazy()
            assert 1 == len(set(map(id, at_once(lambda store=store: store.record("calm")))))

    def test_overtaken(self):
        """A thread that waited for another one takes what that one made."""
        store, theirs = lazy(), lazy().record("calm")
        store._made = Overtaken(theirs)

        assert theirs is store.record("calm")

    def test_threads_in_different_order(self):
        """Whatever each thread touches first, no reference leads to a second copy."""
        store = lazy()
        ids = store.all_ids()

        def everything(seed):
            for identifier in ids[seed % len(ids) :] + ids[: seed % len(ids)]:
                store.record(identifier)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(everything, range(64)))

        calm = store.record("calm")
        assert calm.commands[0].value is store.record("hq")
        assert calm.commands[0].value.parent is store.record("alliance")
        assert calm.milestones[0].citations[0].source is store.record("gazette")


class TestListing:
    """What a store holds, in the order of ids."""

    def test_ids(self):
        """Ids of a collection and of all, sorted."""
        store = lazy()

        assert ("alliance", "hq") == store.ids("organisations")
        assert tuple(sorted(store.all_ids())) == store.all_ids()
        assert {key for name in CLASS_OF for key in store.ids(name)} == set(store.all_ids())

    def test_collection_of(self):
        """The collection of an id, or nothing."""
        assert "operations" == lazy().collection_of("calm")
        assert lazy().collection_of("nowhere") is None

    def test_records(self):
        """Records of a collection or a class are the same, and the same each time."""
        store = lazy()

        assert ["alliance", "hq"] == [record.id for record in store.records("organisations")]
        assert store.records("organisations") is store.of_type(Organisation)

    def test_tree(self):
        """The tree is what the YAML says."""
        tree = lazy().tree("IRQ")

        assert ("IRQ", "Iraq") == (tree["id"], tree["name"])


class TestKeep:
    """`Store.keep` remembers answers."""

    def test_once(self):
        """It asks once, and answers with the same object from then on."""
        store, asked = lazy(), []
        build = lambda store: asked.append(store) or object()  # noqa: E731 (counts its calls)

        assert store.keep(build) is store.keep(build)
        assert [store] == asked

    def test_of(self):
        """What it was asked of belongs to the question."""
        store, asked = lazy(), []
        build = lambda _, *of: asked.append(of) or "".join(of)  # noqa: E731 (counts its calls)

        assert ["ab", "b", "ab"] == [store.keep(build, *of) for of in ("ab", "b", "ab")]
        assert [("a", "b"), ("b",)] == asked

    def test_nothing_is_an_answer(self):
        """`None` is remembered like any other answer."""
        store, asked = lazy(), []
        store.keep(asked.append)
        store.keep(asked.append)

        assert [store] == asked

    def test_error(self):
        """What fails is asked again."""
        store, left = lazy(), [7, 0]
        build = lambda _: 7 / left.pop()  # noqa: E731 (fails the first time)
        with pytest.raises(ZeroDivisionError):
            store.keep(build)

        assert 1 == store.keep(build)

    def test_one_in_another(self):
        """An answer may need another one."""
        store = lazy()

        assert 8 == store.keep(lambda here: 1 + here.keep(lambda _: 7))

    def test_overtaken(self):
        """A thread that waited for another one takes its answer."""
        store = lazy()
        store._kept = Overtaken("theirs")

        assert "theirs" == store.keep(lambda _: "ours")

    def test_threads(self):
        """Of 64 threads one builds, and all get what it built."""
        store, asked = lazy(), []
        build = lambda _: asked.append(1) or object()  # noqa: E731 (counts its calls)
        found = at_once(lambda: store.keep(build))

        assert 1 == len(set(map(id, found)))
        assert [1] == asked


class TestAt:
    """`Store.at` gives the records as they were."""

    def test_then(self):
        """What changed over time is what was valid then; the store itself stays as it is."""
        store = lazy()
        early = store.at(PartialDate("1995"), certain=False)
        late = store.at(Period("2004/2005"), certain=True)

        assert "Old Headquarters" == early.record("hq").name
        assert () == early.record("calm").commands
        assert "alliance" == late.record("calm").command.id
        assert 2 == len(store.record("calm").commands)
        assert store.all_ids() == early.all_ids()
        assert store.notes == early.notes

    def test_views(self):
        """A view knows the store of all times and the times asked for, one within the other."""
        store = lazy()
        first = store.at(PartialDate("2001"), certain=False)
        second = first.at(PartialDate("2002"), certain=True)

        assert store is store.root is first.root is second.root
        assert () == store.views
        assert (first.instant, second.instant) == second.views
        assert "2002" == str(second.instant.when)


class TestCatalogue:
    """`Store.catalogue` is what another store can be built upon."""

    def test_round_trip(self):
        """The same trees and notes, and no record made yet."""
        store = lazy()
        catalogue = store.catalogue()

        assert {} == catalogue.records
        assert load(SMALL).trees == catalogue.trees
        assert load(SMALL).notes == catalogue.notes


class TestLoad:
    """`natodata.load` is one object for all."""

    def test_threads(self, monkeypatch):
        """64 threads at first touch see one dataset, which was loaded once."""
        monkeypatch.setattr(natodata.dataset, "_packaged", [])
        loads = []

        def load_packaged():
            loads.append(1)
            return load(SMALL)

        monkeypatch.setattr("natodata.loading.catalogue.load_packaged", load_packaged)
        found = at_once(natodata.load)

        assert 1 == len(set(map(id, found)))
        assert [1] == loads


class TestLater:
    """`Store.later` leaves what a record refers to until somebody looks."""

    def test_made_when_looked_at(self):
        """A record makes none of its sources; a citation that is looked at makes its own, once."""
        store = lazy()
        record = store.record("IRQ")
        made_before = set(store._made)
        (citation,) = record.citations
        source = citation.source

        assert "daily" not in made_before
        assert "daily" == source.id
        assert source is store.record("daily")
        assert source is citation.source

    def test_several(self):
        """So it is with fields that hold several records, and with what is held for a time."""
        store = lazy()
        operation = next(each for each in store.of_type(Operation) if each.hosts and each.leads)
        again = lazy().record(operation.id)

        assert operation.hosts == again.hosts
        assert again.hosts is again.hosts
        assert operation.leads[0].value == again.leads[0].value

    def test_threads(self):
        """Many threads that look at one citation together see one source."""
        store = lazy()
        (citation,) = store.record("IRQ").citations

        assert 1 == len({id(source) for source in at_once(lambda: citation.source)})

    def test_of_the_class(self):
        """Asked of the class, the field is what a field of a class is: no value."""
        assert Citation.source is Citation.__dict__["source"]
        assert defers(Citation, "source")
        assert not defers(Citation, "at")


class TestUnlock:
    """What a forked process does first."""

    def test_new_locks(self, monkeypatch):
        """A store whose lock a thread of the other process held can make records again."""
        monkeypatch.setattr(natodata.dataset, "_packaged", [])
        monkeypatch.setattr("natodata.loading.catalogue.load_packaged", lambda: load(SMALL))
        mine = lazy()
        held = mine._lock
        with held, natodata.dataset._lock[0]:
            unlock_stores()
            unlock_packaged()

            assert held is not mine._lock
            assert "IRQ" == mine.record("IRQ").id
            assert "IRQ" == natodata.load()["IRQ"].id


class TestLetGo:
    """What a process that ends does first."""

    def test_made_again(self, monkeypatch):
        """What was made is dropped; whoever still asks gets a record that says the same."""
        mine = lazy()
        calm, listed = mine.record("calm"), mine.ids("operations")
        monkeypatch.setattr("natodata.store._alive", {mine})
        let_go()

        assert calm is not mine.record("calm")
        assert fields_of(calm) == fields_of(mine.record("calm"))
        assert listed == mine.ids("operations")

    def test_at_exit(self):
        """It is done at the end; what others do after it still finds the data."""
        code = """if True:
            import atexit, sys
            atexit.register(lambda: print(len(nato._made), nato.record("calm")))
            sys.path.insert(0, sys.argv[1])
            import natodata.store
            from small import SMALL, load
            nato = natodata.store.Store(load(SMALL))
            print(len(nato._made) > 0)
        """
        done = subprocess.run(
            [sys.executable, "-c", code, Path(__file__).parent],
            capture_output=True,
            text=True,
            check=True,
        )

        assert ["True", "0 <Operation calm>"] == done.stdout.splitlines()
