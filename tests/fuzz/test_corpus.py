"""Every input that fuzzing found worth keeping, through its target once more; see ``run.py``."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from fuzz.corpora import FOLDER, TARGETS, kept, pack, reached

MEMORY = 512 * 1024 * 1024

ALL = """\
import resource, sys

sys.path.insert(0, sys.argv[1])
from importlib import import_module
from fuzz.corpora import TARGETS, kept

for name in TARGETS:
    run = import_module(f"fuzz.targets.{name}").run
    for data in kept(name):
        run(data)
try:  # what the system counts begins with the pages of the process that started this one
    with open("/proc/self/status") as file:
        print(1024 * next(int(line.split()[1]) for line in file if line.startswith("VmHWM")))
except FileNotFoundError:
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""


class TestCorpus:
    """The inputs kept."""

    @pytest.mark.parametrize("name", TARGETS)
    def test_replay(self, name, tmp_path, monkeypatch):
        """No input breaks what its target promises, and none makes a file."""
        monkeypatch.chdir(tmp_path)
        run = import_module(f"fuzz.targets.{name}").run
        for data in kept(name):
            try:
                run(data)
            except Exception as error:
                error.add_note(f"the input was {data!r}")
                raise

        assert [] == list(tmp_path.iterdir())

    def test_memory(self, tmp_path):
        """All of them, one after the other, take less than 512 MiB."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", ALL, Path(__file__).parents[1]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )

        assert 0 < int(done.stdout) < MEMORY

    @pytest.mark.parametrize("name", TARGETS)
    def test_worth_keeping(self, name):
        """There are inputs beside the first ones, and the file holds each once."""
        lines = (FOLDER / f"{name}.jsonl").read_text(encoding="ascii").splitlines()

        assert len(lines) > 10
        assert len(set(lines)) == len(lines)

    def test_size(self):
        """All that is kept is less than a megabyte."""
        assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


class TestPack:
    """`pack` and `kept`."""

    def test_round_trip(self, tmp_path, monkeypatch):
        """Whatever the bytes of an input, they come back."""
        monkeypatch.setattr("fuzz.corpora.FOLDER", tmp_path)
        inputs = [b"", b"\xff\xfe", "é\n\u2028".encode(), b"\x00\xed\xa0\x80"]
        pack("dates", inputs)

        assert set(inputs) <= set(kept("dates"))
        assert ["dates.jsonl"] == [path.name for path in tmp_path.iterdir()]


class TestReached:
    """`reached`: by what a run is told from another."""

    def test_lines(self):
        """Runs that go other ways reach other lines; the same run reaches the same."""
        run = import_module("fuzz.targets.dates").run
        one, other = reached(run, b"1999"), reached(run, b"1999-02-30")

        assert one
        assert one != other
        assert one == reached(run, b"1999")


class TestTargets:
    """The targets notice what they are there for."""

    @pytest.mark.parametrize(
        ("name", "broken", "data"),
        [
            ("dates", "natodata.dates._days", b"1999-06-12\n1999"),
            ("yaml_reader", "natodata.loading.strict_yaml._fill", b"a: b"),
            ("loader", "natodata.loading.checking.gather", b"topics: []"),
            ("extend", "natodata.loading.checking.gather", b"topics: []"),
            ("find", "natodata.queries.finding.answering", b"Operation Calm"),
            ("search", "natodata.queries.searching._parts", b"calm"),
            ("sql", "natodata.queries.sql._fetched", b"SELECT 1"),
        ],
    )
    def test_faults(self, name, broken, data, monkeypatch):
        """An error that is none of natodata's own goes through."""

        def fault(*_, **__):
            raise ZeroDivisionError

        target = import_module(f"fuzz.targets.{name}")
        target.run(b"1")  # makes what is made once
        monkeypatch.setattr(broken, fault)
        from natodata import dates

        dates._date_of.cache_clear()
        with pytest.raises(ZeroDivisionError):
            target.run(data)
        dates._date_of.cache_clear()
