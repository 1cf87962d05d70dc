"""The scripts that newcomers are shown do what the README says of them."""

import runpy
import sys
from pathlib import Path

import pytest

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

        assert "NATO Mission Iraq (training-advisory, in Iraq)" in heading
        assert heading.endswith("under Allied Joint Force Command Naples")
        assert "2018-07-11/2018-07-12  launched " in milestones
        assert "2017-01                exact 8 personnel" in figures
        assert "argano-2020, section" in figures
        assert "  argano-2020: NATO’s approach to develop security in Iraq" in sources  # noqa: RUF001

    def test_day(self, run):
        """Then it lists what was in being on a day, and apart what the dates leave open."""
        day = run("first_look.py").split("\n\n")[-1]
        sure, unsure = day.split("Perhaps in being")

        assert sure.startswith("In being on 2019-11-20\n")
        assert "  NATO Mission Iraq (" in sure
        assert "  AWACS support to the Global Coalition" in unsure

    def test_arguments(self, run):
        """Another operation and another day can be asked for."""
        text = run("first_look.py", "kfor", "1999-07")

        assert text.startswith("Kosovo Force (")
        assert "In being on 1999-07\n" in text
        assert "NATO Mission Iraq" not in text
