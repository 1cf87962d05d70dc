"""Commands that write files, or text that is meant for one."""

import json
import subprocess
import sys

import pytest

from natodata import cli_files
from natodata.cli import main
from natodata.export.schema import schema


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
        assert "no such file or directory" in capsys.readouterr().err
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
