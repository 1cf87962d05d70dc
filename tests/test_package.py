"""The face of the package: its names, and that importing it does next to nothing."""

import gc
import subprocess
import sys

import pytest
from query_data import nato

import natodata
from natodata import dataset


@pytest.fixture
def packaged(monkeypatch):
    """Make the small dataset the packaged one."""
    monkeypatch.setattr(dataset, "_packaged", [nato()])


class TestNames:
    """``natodata.…``."""

    @pytest.mark.parametrize("name", natodata.__all__)
    def test_all_are_there(self, name, packaged):
        """Every public name is there."""
        assert getattr(natodata, name) is not None

    def test_collections(self, packaged):
        """A collection of the package is that of the packaged dataset."""
        assert natodata.operations == nato().operations
        assert natodata.operations["kfor"] is nato()["kfor"]
        assert "2022.6.30" == natodata.data_version

    def test_classes(self):
        """Classes and modules are those of where they live."""
        assert natodata.Dataset is dataset.Dataset
        assert natodata.load is dataset.load
        assert natodata.errors.NotFound is sys.modules["natodata.errors"].NotFound

    @pytest.mark.parametrize("name", ["errors", "records", "load"])
    def test_not_yet_imported(self, name):
        """What is not imported yet is imported when it is asked for."""
        assert natodata.__getattr__(name) is getattr(natodata, name)

    def test_unknown(self):
        """A name that is not there is an `AttributeError`."""
        with pytest.raises(
            AttributeError, match=r"module 'natodata' has no attribute 'operation'$"
        ):
            natodata.operation  # noqa: B018 (it raises)

    def test_dir(self):
        """``dir`` shows the public names and the version."""
        assert dir(natodata) == sorted([*natodata.__all__, "__version__"])
        assert list(natodata.__all__) == sorted(natodata.__all__)


class TestImport:
    """``import natodata``."""

    def test_light(self):
        """It imports nothing beyond itself, and reads nothing."""
        code = (
            "import sys; before = set(sys.modules); import natodata; "
            "print(sorted(set(sys.modules) - before))"
        )
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        assert "['natodata']" == out.strip()

    @pytest.mark.parametrize("enabled", [True, False])
    def test_collector(self, enabled):
        """The first touch leaves the garbage collector as it was, whichever way that is."""
        code = f"""if True:
            import gc, natodata, natodata.errors, sys
            gc.enable() if {enabled} else gc.disable()
            print("natodata.dataset" in sys.modules, gc.isenabled())
            natodata.topics
            print("natodata.dataset" in sys.modules, gc.isenabled())
            natodata.topics
            print("natodata.dataset" in sys.modules, gc.isenabled())
        """
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout

        assert [f"False {enabled}", f"True {enabled}", f"True {enabled}"] == out.splitlines()

    def test_collector_in_this_process(self, monkeypatch):
        """Whatever was imported before, the first touch gives the data and wakes the collector."""
        monkeypatch.setattr(natodata, "dataset", dataset)  # to be put back with the module
        before = [topic.id for topic in natodata.topics]
        monkeypatch.delitem(sys.modules, "natodata.dataset")

        assert before == [topic.id for topic in natodata.topics]
        assert gc.isenabled()

    def test_collector_after_a_fault(self, monkeypatch):
        """So does a first touch that fails."""

        class Refusing:
            @staticmethod
            def find_spec(name, path, target=None):
                raise ImportError(f"{name}: not today")

        monkeypatch.delitem(sys.modules, "natodata.dataset")
        monkeypatch.setattr(sys, "meta_path", [Refusing])
        with pytest.raises(ImportError, match="not today"):
            natodata.topics  # noqa: B018

        assert gc.isenabled()
