"""The scripts that newcomers are shown do what the README says of them."""

import runpy
import sys
from pathlib import Path

import pytest

import natodata
from natodata.records import Figure
from natodata.records.vocabulary import Bound

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs an example with arguments and gives what it prints."""

    def script(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out

    return script


class TestFirstLook:
    """``examples/first_look.py``, the command of the README."""

    def test_mission(self, run):
        """It shows the NATO Mission Iraq: command, dated steps, numbers, sources."""
        heading, milestones, figures, sources, _ = run("first_look.py").split("\n\n", 4)
        record = natodata.operations["nmi"]

        assert "NATO Mission Iraq (training-advisory, in Iraq)" in heading
        assert heading.endswith("under Allied Joint Force Command Naples")
        assert "  2018-07-11/2018-07-12  launched " in milestones
        assert "argano-2020, section 3" in milestones
        assert 1 + len(record.milestones) == len(milestones.splitlines())
        assert 1 + len(record.figures) == len(figures.splitlines())
        for citation in record.start_milestone.citations:
            assert f"  {citation.source.title} (" in sources

    def test_numbers(self):
        """A number is shown with what it bounds, both ends of a range included."""
        amount = runpy.run_path(str(EXAMPLES / "first_look.py"))["amount"]
        about, between = Bound.ABOUT, Bound.BETWEEN
        figures = [
            Figure(measure="personnel", value=500, bound=about, as_of="2020"),
            Figure(measure="troops", value=5, upper=9, bound=between, as_of="2020"),
        ]

        assert ["about 500 personnel", "between 5 and 9 troops"] == [*map(amount, figures)]

    def test_day(self, run):
        """Then it lists what was in being on a day, and apart what the dates leave open."""
        day = run("first_look.py").split("\n\n")[-1]
        sure, unsure = day.split("Perhaps in being")
        on = natodata.operations.on
        certain = {record.name for record in on("2019-11-20", certain=True)}
        possible = {record.name for record in on("2019-11-20")}

        assert sure.startswith("In being on 2019-11-20\n")
        assert "NATO Mission Iraq" in certain
        assert certain == {line.partition(" (")[0].strip() for line in sure.splitlines()[1:]}
        assert possible - certain == {
            line.partition(" (")[0].strip() for line in unsure.splitlines()[1:]
        }

    def test_arguments(self, run):
        """Another operation and another day can be asked for."""
        text = run("first_look.py", "kfor", "1999-07")

        assert text.startswith("Kosovo Force (")
        assert "In being on 1999-07\n" in text
        assert "NATO Mission Iraq" not in text


# Dask's own reader of Parquet uses a keyword that pandas is about to drop.
@pytest.mark.filterwarnings("ignore:The inplace keyword")
class TestOutgrow:
    """``examples/outgrow.py``, the engines for more than one process."""

    def test_engines(self, run):
        """DuckDB and Dask count in the export what natodata counts in its records."""
        told = dict(line.split(": ") for line in run("outgrow.py").splitlines())
        steps = [step for each in natodata.operations for step in each.milestones]
        dated = [step for step in steps if step.date.earliest is not None]

        assert ["DuckDB", "Dask", "natodata"] == [*told]
        assert 1 == len({*told.values()})
        assert told["DuckDB"].startswith(f"{len(dated)} steps, most of them ")

    def test_years(self, tmp_path):
        """Year by year they agree, and no year is missing."""
        script = runpy.run_path(str(EXAMPLES / "outgrow.py"))
        folder = natodata.load().export(tmp_path / "nato.parquet")
        counts = script["in_natodata"]()

        assert counts[1999] > 10
        assert counts == script["in_duckdb"](folder)
        assert counts == script["in_dask"](folder)
