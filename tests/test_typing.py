"""Type checkers must accept what users write, and catch their typing mistakes."""

from pathlib import Path

import pytest
from mypy import api

CONSUMER = Path(__file__).parent / "typing" / "consumer.py"

MISTAKES = {
    "a collection that does not exist": ("natodata.operatoins", "attr-defined"),
    "a field that does not exist": ('natodata.operations["nmi"].comand', "attr-defined"),
    "a field along a chain": ('natodata.operations["nmi"].command.seat.nmae', "attr-defined"),
    "a method that does not exist": ("natodata.load().opperations", "attr-defined"),
    "a wrong type of id": ("natodata.operations[1]", "index"),
    "a record that may be missing": ('natodata.operations.get("nmi").name', "union-attr"),
    "a date that may be missing": ('natodata.operations["nmi"].start.earliest', "union-attr"),
    "an assignment to a record": ('natodata.operations["nmi"].name = "x"', "misc"),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """One mypy cache for all snippets, so that natodata is analysed once."""
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def check(cache, tmp_path, monkeypatch):
    """Return a function that runs ``mypy --strict`` on a text and gives exit code and report."""
    # The user's folder has no configuration of ours.
    monkeypatch.chdir(tmp_path)

    def run(text):
        Path("snippet.py").write_text(text, encoding="utf-8")
        options = ["--strict", "--cache-dir", str(cache), "--no-error-summary"]
        report, crash, code = api.run([*options, "snippet.py"])
        assert not crash
        return code, report

    return run


class TestMypy:
    """``mypy --strict`` in a user's project."""

    def test_consumer(self, check):
        """The file of everyday uses passes."""
        assert (0, "") == check(CONSUMER.read_text(encoding="utf-8"))

    @pytest.mark.parametrize("mistake", MISTAKES)
    def test_mistake(self, check, mistake):
        """A mistake is an error of the expected kind, at the line where it stands."""
        expression, kind = MISTAKES[mistake]
        code, report = check(f"import natodata\n\n{expression}\n")

        assert 1 == code
        assert report.startswith("snippet.py:3: error: ")
        assert f"[{kind}]" in report
