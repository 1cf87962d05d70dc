"""Commands that write files, or text that is meant for one."""

import json
import subprocess
import sys

import pytest
from small import store

import natodata.dataset
from natodata import Dataset, cli_files
from natodata.cli import main
from natodata.export.files import FORMS
from natodata.export.schema import schema


class TestExport:
    """`natodata export`."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch):
        monkeypatch.setattr(natodata.dataset, "load", lambda: Dataset(store()))

    def ids(self, path):
        """Return the ids in a file of lines."""
        return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]

    def test_written(self, tmp_path, capsys):
        """The file is written in the form of its ending, and its path is said."""
        path = tmp_path / "x.jsonl"

        assert 0 == main(["export", str(path)])
        assert f"{path}\n" == capsys.readouterr().out
        assert set(store().all_ids()) == set(self.ids(path))

    def test_narrowed(self, tmp_path):
        """Form, collections and time are as asked for."""
        path = tmp_path / "x"
        some = ["--form", "jsonl", "--collection", "tenures", "--collection", "operations"]

        assert 0 == main(["export", str(path), *some])
        assert ["ola-commander", "calm"] == self.ids(path)
        assert 0 == main(["export", str(path), *some, "--on", "2010"])
        assert ["ola-commander"] == self.ids(path)
        assert 0 == main(["export", str(path), *some, "--on", "2010", "--certain"])
        assert [] == self.ids(path)

    def test_added(self, tmp_path):
        """What is added to the data is in the file."""
        mine = tmp_path / "mine.yaml"
        mine.write_text("countries: [{id: XXA, name: Examplia}]")
        path = tmp_path / "x.jsonl"

        assert 0 == main(["--data", str(mine), "export", str(path), "--collection", "countries"])
        assert ["IRQ", "NOR", "XXA"] == self.ids(path)

    def test_mistakes(self, tmp_path, capsys):
        """An unknown form or collection, or a path that is none, is a mistaken call."""
        for arguments in (
            [tmp_path / "x.xlsx"],
            [tmp_path / "x", "--form", "excel"],
            [tmp_path / "x", "--collection", "planets"],
            [tmp_path / "nowhere" / "x"],
        ):
            assert 2 == main(["export", *map(str, arguments)])
            assert capsys.readouterr().err.startswith("natodata: expected")
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OSError()])
    def test_not_writable(self, tmp_path, capsys, monkeypatch, error):
        """Where writing fails, a line says so."""

        def full(*_):
            raise error

        monkeypatch.setattr(Dataset, "export", full)

        assert 2 == main(["export", str(tmp_path / "x")])
        assert capsys.readouterr().err.endswith(
            f"{(error.strerror or 'OSError').lower()}\n",
        )

    def test_help(self, capsys):
        """The help names every form."""
        with pytest.raises(SystemExit):
            main(["export", "--help"])
        said = "".join(capsys.readouterr().out.split())

        assert "".join(", ".join(FORMS).split()) in said


class TestBrowse:
    """`natodata browse`."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch):
        monkeypatch.setattr(natodata.dataset, "load", lambda: Dataset(store()))

    def test_written(self, tmp_path, capsys):
        """The page is written, and a line says where, how many records, and how large."""
        path = tmp_path / "nato.html"

        assert 0 == main(["browse", str(path)])
        said = capsys.readouterr().out
        assert f"{path}: {len(store().all_ids())} records, 0." in said
        assert said.endswith(" MB\n")
        assert "Operation Calm" in path.read_text(encoding="utf-8")

    def test_on(self, tmp_path):
        """With a time, it holds what was there then; ``--data`` adds to it."""
        path, more = tmp_path / "nato.html", tmp_path / "more.yaml"
        more.write_text("topics: [{id: fog, name: Mist and fog}]")

        assert 0 == main(["--data", str(more), "browse", str(path), "--on", "1995", "--certain"])
        text = path.read_text(encoding="utf-8")
        assert "Operation Calm" not in text
        assert "Mist and fog" in text

    def test_not_writable(self, tmp_path, monkeypatch, capsys):
        """A place where nothing can be written is a mistaken call, told in a line."""

        def refuse(*_):
            raise PermissionError(13, "Permission denied")

        assert 2 == main(["browse", str(tmp_path)])
        monkeypatch.setattr("os.replace", refuse)
        assert 2 == main(["browse", str(tmp_path / "nato.html")])
        assert "nato.html': permission denied" in capsys.readouterr().err
        assert [] == list(tmp_path.iterdir())


class TestSchema:
    """`natodata schema`."""

    def test_printed(self, capsys):
        """Without a path, the schema is printed, with one line end behind it."""
        assert 0 == main(["schema"])
        said = capsys.readouterr().out

        assert schema() == json.loads(said)
        assert said.endswith("}\n")

    def test_written(self, tmp_path, capsys):
        """With a path, it is written there and nothing is said; an older file is replaced."""
        path = tmp_path / "natodata.schema.json"
        path.write_text("old")

        assert 0 == main(["schema", str(path)])
        assert "" == capsys.readouterr().out
        assert schema() == json.loads(path.read_text(encoding="utf-8"))
        assert [path] == list(tmp_path.iterdir())

    def test_not_writable(self, tmp_path, capsys):
        """A place where nothing can be written is a mistaken call, told in a line."""
        path = tmp_path / "nowhere" / "natodata.schema.json"

        assert 2 == main(["schema", str(path)])
        assert "expected a path in a folder that is there" in capsys.readouterr().err
        assert 2 == main(["schema", str(tmp_path)])
        assert [] == list(tmp_path.iterdir())


class TestWrite:
    """`_write`: whole or not at all."""

    def test_failure_leaves_the_old_file(self, tmp_path, monkeypatch):
        """Where a file cannot be put in its place, the old one stays and no scratch is left."""

        def refuse(*_):
            raise OSError

        path = tmp_path / "a.json"
        path.write_text("old")
        monkeypatch.setattr("os.replace", refuse)

        with pytest.raises(ValueError, match="oserror"):
            cli_files._write(str(path), "new")
        assert ["old"] == [each.read_text() for each in tmp_path.iterdir()]


class TestCompletion:
    """`natodata completion`."""

    @pytest.mark.parametrize(
        ("shell", "first"),
        [
            ("bash", "# bash completion for natodata"),
            ("zsh", "#compdef natodata"),
            ("fish", "complete -c natodata -f"),
        ],
    )
    def test_script(self, shell, first, capsys):
        """It prints the script for a shell, and the script knows the command itself."""
        assert 0 == main(["completion", shell])
        said = capsys.readouterr().out

        assert said.startswith(first)
        assert "completion" in said

    def test_unknown_shell(self, capsys):
        """A shell without a script is a mistaken call that lists the others."""
        with pytest.raises(SystemExit) as caught:
            main(["completion", "tcsh"])

        assert 2 == caught.value.code
        assert "fish" in capsys.readouterr().err

    def test_no_data(self):
        """A shell that starts asks for the script: no data and no attrs are loaded for it."""
        code = (
            "import sys; from natodata.cli import main; main(['completion', 'fish']); "
            "print('natodata.store' in sys.modules, file=sys.stderr)"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert "False\n" == answer.stderr
