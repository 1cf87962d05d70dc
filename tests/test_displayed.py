"""What a notebook shows and completes, asked of IPython itself."""

import atexit
import copy
import re

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from small import SMALL, load
from traitlets.config import Config

import natodata
from natodata import Dataset
from natodata.displayed import Displayed
from natodata.export.html import as_html
from natodata.holdings import Holdings, collected
from natodata.records import REGISTRY
from natodata.store import Store
from natodata.tabular import Table

NATO = Dataset(Store(load(SMALL)))
PUBLIC = 60
"""As many names as a reader takes in at a glance, in two columns of a screen."""


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """An IPython shell with a small dataset in it, with the settings that it has for everyone."""
    quiet = Config({"HistoryManager": {"enabled": False}})
    folder = str(tmp_path_factory.mktemp("ipython"))
    made = InteractiveShell(config=quiet, ipython_dir=folder)
    made.push({"nato": NATO, "natodata": natodata, "then": NATO.on("2005")})
    yield made
    made.atexit_operations()
    atexit.unregister(made.atexit_operations)


def completed(shell, text):
    """Return what IPython offers at the end of a text: keys, or names behind a dot."""
    with provisionalcompleter():
        found = list(shell.Completer.completions(text, len(text)))
    own = [each.text for each in found if not each.text.startswith("%")]  # no magic commands
    return {re.split(r"[\".]", each.rstrip('"]'))[-1] for each in own}


class TestDisplayed:
    """`Displayed`: what shows itself."""

    @pytest.mark.parametrize(
        "thing",
        [
            NATO.operations["calm"],
            NATO.sources["daily"],
            NATO.timeline(),
            NATO.trace("calm"),
            NATO.diff(NATO),
            Table(("n",), [(1,)]),
        ],
        ids=repr,
    )
    def test_html(self, thing, shell):
        """IPython takes the HTML, and the text beside it."""
        shown, _ = shell.display_formatter.format(thing)

        assert isinstance(thing, Displayed)
        assert as_html(thing) == shown["text/html"]
        assert repr(thing) == shown["text/plain"]

    @pytest.mark.parametrize("thing", [NATO.operations, NATO.meetings, NATO], ids=repr)
    def test_collections(self, thing, shell):
        """Collections and datasets are shown as tables too."""
        shown, _ = shell.display_formatter.format(thing)

        assert "<table>" in shown["text/html"]

    def test_records_stay_as_small(self):
        """What shows itself gets no dictionary of its own for it."""
        assert not hasattr(NATO.operations["calm"], "__dict__")
        assert not hasattr(NATO.diff(NATO), "__dict__")


class TestKeyCompletions:
    """Ids between brackets."""

    @pytest.mark.parametrize("jedi", [True, False])
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('nato.operations["', {"calm"}),
            ('nato.operations["x', set()),
            ('nato.strength_reports["', {"calm-2002"}),
            ('nato["calm-n', {"calm-nor"}),
            ('nato["hq', {"hq"}),
        ],
    )
    def test_ids(self, shell, jedi, text, expected):
        """IPython offers the ids in a collection and in a dataset, as it comes."""
        shell.Completer.use_jedi = jedi

        assert expected == completed(shell, text)

    def test_packaged_data(self, shell):
        """The collections of the module complete as well."""
        assert "kfor" in completed(shell, 'natodata.operations["kfo')

    def test_all_ids(self):
        """A dataset offers the ids of all records, of whatever type."""
        assert {record.id for record in NATO} == set(NATO._ipython_key_completions_())

    def test_view(self, shell):
        """Of another time, only the ids of what was there are offered."""
        then = NATO.on("2005")

        assert {record.id for record in then} == set(then._ipython_key_completions_())
        assert "calm" not in NATO.on("1999")._ipython_key_completions_()

    def test_the_callers(self):
        """The list is the caller's own."""
        NATO.operations._ipython_key_completions_().clear()

        assert ["calm"] == NATO.operations._ipython_key_completions_()


class TestDir:
    """`dir()`: what completion offers behind a dot."""

    @pytest.mark.parametrize("thing", [natodata, NATO, NATO.operations], ids=repr)
    def test_short(self, thing):
        """There are few public names, and none of them is of notebooks."""
        names = [name for name in dir(thing) if not name.startswith("_")]

        assert len(names) <= PUBLIC
        assert [] == [name for name in names if "html" in name or "ipython" in name]

    def test_record(self):
        """A record has its fields and what follows from them, and one method."""
        record = NATO.countries["NOR"]
        methods = [n for n in dir(record) if n[0] != "_" and callable(getattr(record, n))]

        assert [] == methods

    def test_completed(self, shell):
        """IPython offers the collections behind a dataset."""
        assert {"on", "operations", "organisations"} == completed(shell, "nato.o")


class TestCollected:
    """`collected`: the attributes for collections."""

    @pytest.mark.parametrize("name", [row.collection for row in REGISTRY])
    def test_every_collection(self, name):
        """Each is an attribute with a docstring, which gives records of its type."""
        attribute = getattr(Holdings, name)

        assert isinstance(attribute, collected)
        assert attribute.__doc__
        assert NATO._store.ids(name) == getattr(NATO, name).ids

    def test_cannot_be_set(self):
        """A collection of a dataset cannot be replaced or deleted."""
        with pytest.raises(AttributeError, match="cannot change"):
            NATO.operations = ()
        with pytest.raises(AttributeError, match="cannot change"):
            del NATO.operations
        assert copy.copy(NATO).operations.ids == ("calm",)
