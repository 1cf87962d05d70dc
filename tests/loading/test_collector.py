"""`natodata.loading.collector`: it waits where all stays, and only there."""

import gc

import pytest

from natodata.loading.collector import collector_waiting


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    gc.enable()


class TestCollectorWaiting:
    """``with collector_waiting():``."""

    def test_waits(self):
        """The collector is off within, and on again behind."""
        with collector_waiting():
            within = gc.isenabled()

        assert (False, True) == (within, gc.isenabled())

    def test_nested(self):
        """The inner one does not switch it on for the outer one."""
        with collector_waiting():
            with collector_waiting():
                pass
            within = gc.isenabled()

        assert (False, True) == (within, gc.isenabled())

    def test_off_before(self):
        """Where the program has it off, it stays off."""
        gc.disable()
        with collector_waiting():
            pass

        assert not gc.isenabled()

    def test_error(self):
        """It is on again after an error."""
        with pytest.raises(ZeroDivisionError), collector_waiting():
            _ = 1 / 0

        assert gc.isenabled()
