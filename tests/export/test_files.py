"""Export: forms by path and name, and files that are there whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest
from small import SMALL, store

from natodata import Dataset
from natodata.errors import BadArgument
from natodata.export.files import FORMS, export, named

WHOLE = store()

# Exports over an earlier export, again and again, each time killed at a later point: at the n-th
# time that it opens, makes, renames or removes anything, and when a file grows beyond n bytes.
KILLED = """\
import os, resource, signal, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from small import SMALL, store
from natodata.export import browse, files

def export(data, path, form, collections):
    browse.write(data, path) if form == "browse" else files.export(data, path, form, collections)

OLD, NEW = store(SMALL.replace("Operation Calm", "Operation Old")), store()
MARKS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect",
         "shutil.rmtree", "tempfile.mkdtemp", "ctypes.dlsym"}

def content(path):
    files = [path] if path.is_file() else sorted(path.iterdir()) if path.exists() else []
    return {each.name: each.read_bytes() for each in files}

def die_at(count):
    left = iter(range(count))
    def hook(event, arguments):
        if event in MARKS and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

def die_beyond(size):
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

def state_after(path, form, arm, *arguments):
    export(OLD, path, form, None)
    child = os.fork()
    if child == 0:
        arm(*arguments)
        export(NEW, path, form, None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return known.get(tuple(content(path).items()), "half"), os.WIFSIGNALED(status)

form, folder = sys.argv[2], Path(sys.argv[3])
path = folder / "export"
known = {}
for name, data in (("old", OLD), ("new", NEW)):
    export(data, path, form, None)
    known[tuple(content(path).items())] = name
points = [*range(0, 40), *range(40, 2000, 23)]
largest = max(map(len, content(path).values()))
for size in (1, largest // 2, largest - 1):
    print("size", *state_after(path, form, die_beyond, size))
for point in points:
    state, killed = state_after(path, form, die_at, point)
    print("point", state, killed)
    if not killed:
        break
"""


def content(path):
    """Return the bytes of a file, or of all files of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {each.name: each.read_bytes() for each in files}


class TestExport:
    """`export`, and `Dataset.export`."""

    @pytest.mark.parametrize("form", FORMS)
    def test_by_path(self, tmp_path, form):
        """Every ending of a form gives what its name gives, and the path comes back."""
        export(WHOLE, tmp_path / "named", form, None)
        expected = content(tmp_path / "named")
        for suffix in FORMS[form].suffixes or ("",):
            path = tmp_path / f"By_Path{suffix.upper()}"

            assert path == export(WHOLE, path, None, None)
            assert list(expected.values()) == list(content(path).values())

    @pytest.mark.parametrize("form", FORMS)
    def test_again(self, tmp_path, form):
        """An earlier export is replaced, and nothing else is left beside it."""
        for given in (store(SMALL.replace("Operation Calm", "Old")), WHOLE):
            export(given, tmp_path / "x", form, None)
        export(WHOLE, tmp_path / "y", form, None)

        assert list(content(tmp_path / "y").values()) == list(content(tmp_path / "x").values())
        assert ["x", "y"] == sorted(each.name for each in tmp_path.iterdir())

    def test_folder(self, tmp_path):
        """A folder that is there and empty takes a data package, whatever its name."""
        (tmp_path / "data.v1").mkdir()
        export(WHOLE, tmp_path / "data.v1", None, None)

        assert (tmp_path / "data.v1" / "datapackage.json").exists()

    def test_method(self, tmp_path):
        """The method takes a path as text, and collections."""
        path = str(tmp_path / "x.jsonl")

        assert Path(path) == Dataset(WHOLE).export(path, collections="meetings")
        assert 1 == Path(path).read_text(encoding="utf-8").count("\n")

    @pytest.mark.parametrize(
        ("path", "form", "message"),
        [
            ("x.xlsx", None, r"ends in one of a folder \(datapackage\); \.parquet \(parquet\)"),
            ("x.csv", None, r"\.ics \(ical\), got 'x\.csv'; or name the form"),
            ("x", "sqlit", "expected a form of datapackage, .*did you mean 'sqlite'"),
            ("x", "zzz", r"ical, got 'zzz'$"),
            ("", None, "expected the path of a file or folder to make, got ''"),
            ("..", None, "expected the path of a file or folder to make"),
        ],
    )
    def test_refused(self, path, form, message):
        """What is no form or no path is refused, and the message lists the forms."""
        with pytest.raises(BadArgument, match=message):
            export(WHOLE, path, form, None)

    @pytest.mark.parametrize(
        "form", ["jsonl", "geojson", "sqlite", "parquet", "datapackage", "browse"]
    )
    def test_killed(self, tmp_path, form):
        """Killed at any point, an export leaves the old one or the new one, never half of one."""
        done = subprocess.run(
            [
                sys.executable,
                "-W",
                "ignore",
                "-c",
                KILLED,
                Path(__file__).parents[1],
                form,
                tmp_path,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        found = [line.split() for line in done.stdout.splitlines()]

        assert ("", 0) == (done.stderr, done.returncode)
        assert [["size", "old", "True"]] * 3 == found[:3]
        assert ["point", "new", "False"] == found[-1]
        assert {"old", "new"} == {state for _, state, killed in found[3:] if killed == "True"}


class TestNamed:
    """`named`."""

    def test_names(self):
        """One name or several are taken; nothing means all."""
        assert (None, ("people",), ("people", "posts")) == (
            named(None),
            named("people"),
            named(["people", "posts"]),
        )

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ("peple", "got 'peple'; did you mean 'people'"),
            (["zzz"], "got 'zzz': sources, topics, countries"),
            ([], "expected the names of collections, got none"),
        ],
    )
    def test_refused(self, given, message):
        """Unknown names are refused, and so is naming nothing."""
        with pytest.raises(BadArgument, match=message):
            named(given)
