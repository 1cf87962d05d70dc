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
        """It shows the NATO Mission Iraq: command, dated steps, numbers and where they stand."""
        mission, _, _ = run("first_look.py").partition("\n\n")
        lines = mission.splitlines()

        assert "NATO Mission Iraq (nmi)" == lines[0]
        assert "  hosts     Iraq" in lines
        assert any("command" in line and line.endswith(", Naples") for line in lines)
        steps = lines[lines.index("  milestones") + 1 : lines.index("  figures")]
        figures = lines[lines.index("  figures") + 1 : lines.index("  evidence for its command")]
        assert any("launched" in step for step in steps)
        assert steps
        assert all(step.endswith("]") for step in steps + figures)

    def test_day(self, run):
        """Then it lists what was in being on a day, the mission among them."""
        _, _, day = run("first_look.py").partition("\n\n")

        assert day.startswith("In being on 2019-11-20\n")
        assert "  NATO Mission Iraq " in day

    def test_arguments(self, run):
        """Another operation and another day can be asked for."""
        text = run("first_look.py", "kfor", "1999-07")

        assert "(kfor)\n" in text
        assert "In being on 1999-07\n" in text
        assert "NATO Mission Iraq" not in text
