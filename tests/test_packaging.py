"""The house: what is shipped, what it needs, and rules that no linter knows."""

import ast
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import natodata

ROOT = Path(__file__).parents[1]
PACKAGE = Path(natodata.__file__).parent

SHORTEST, LONGEST = 40, 500
"""How many lines a module has."""

OTHER_LENGTHS = {
    "__main__.py": "three lines are all it takes",
    "_pyinstaller/hook-natodata.py": "two lists are all that PyInstaller asks for",
    "dates.py": "two kinds of value whose comparisons are read together",
    "dataset.py": "one thin method for each question that can be asked, and its documentation",
    "displayed.py": "one method, shared by all that shows itself in a notebook",
    "loading/collector.py": "one switch of the interpreter, and why it is thrown",
    "loading/strict_yaml.py": "one reader, whose limits and grammar are read together",
    "loading/wording.py": "the words that messages share",
    "records/vocabulary.py": "lists of codes with their definitions: looked up, not read through",
}
"""Modules that may be shorter or longer, each with the reason."""

FORBIDDEN = {
    "the host of a package registry": r"(?:pypi|pythonhosted|npmjs|crates)[.](?:org|com|io)\b",
    "a path of one machine": r"(?<![\w.:/~-])/(?:home|root|work|opt|Users|tmp)/\w",
}
"""What no file of the project may name, as regular expressions."""

PARTS = (".ci", ".github", "benchmarks", "docs", "examples", "src", "tests")
"""The folders that the project consists of, beside the files at the top."""


def texts():
    """Return the path and text of every text file of the project."""
    found = [path for path in ROOT.iterdir() if path.is_file() and not path.is_symlink()]
    found += [path for part in PARTS for path in (ROOT / part).rglob("*") if path.is_file()]
    made = {"__pycache__", "_build"}
    for path in found:
        if made.isdisjoint(path.parts) and path.name != ".coverage":
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:  # a picture
                continue


def fresh(code):
    """Return what *code* prints in a bare interpreter that sees natodata and nothing else."""
    start = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); "
    command = [sys.executable, "-I", "-S", "-c", start + code]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert "" == done.stderr
    return done.stdout


class TestMetadata:
    """What installers and indexes read."""

    def test_dependencies(self):
        """At run time exactly three libraries are needed; everything else is an extra."""
        needed = {
            requirement.name.lower()
            for requirement in map(Requirement, metadata.requires("natodata"))
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        }

        assert {"attrs", "cattrs", "pyyaml"} == needed

    def test_extras(self):
        """``all`` brings what every extra for users brings, and nothing else."""
        extras = set(metadata.metadata("natodata").get_all("Provides-Extra"))
        brought = {
            extra: {
                str(requirement).partition(";")[0]
                for requirement in map(Requirement, metadata.requires("natodata"))
                if f'extra == "{extra}"' in str(requirement.marker)
            }
            for extra in extras
        }
        for_users = extras - {"all", "dev", "docs", "test"}

        assert {"arrow", "graph", "pandas", "plot", "polars"} <= for_users
        assert set().union(*map(brought.get, for_users)) == brought["all"]

    def test_command(self):
        """The command ``natodata`` is installed, and what it calls exists."""
        (command,) = metadata.entry_points(group="console_scripts", name="natodata")

        assert callable(command.load())

    def test_licences(self):
        """Code and data have different licences, and both texts are shipped."""
        fields = metadata.metadata("natodata")

        assert "MIT AND CC0-1.0" == fields["License-Expression"]
        assert ["LICENSE", "LICENSE-DATA"] == fields.get_all("License-File")

    def test_typed(self):
        """Type checkers are told to read the annotations."""
        assert (PACKAGE / "py.typed").is_file()


class TestVersion:
    """One version, told in four places."""

    def test_metadata(self):
        """The module and the installed distribution agree."""
        assert metadata.version("natodata") == natodata.__version__

    def test_citation_file(self):
        """People cite the version that they have."""
        text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        (version,) = re.findall(r"^version: (\S+)$", text, re.MULTILINE)

        assert natodata.__version__ == version

    def test_changelog(self):
        """The topmost section is for this version: released, or announced as coming."""
        text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        top = re.split(r"^## ", text, flags=re.MULTILINE)[1]
        (version,) = re.findall(
            r"\A(?:Unreleased\n\nThis will be version ([\d.]+)\.\n|([\d.]+) - \d{4}-\d\d-\d\d\n)",
            top,
        )

        assert natodata.__version__ == "".join(version)

    def test_changelog_sections(self):
        """Changes of the code and of the data are told apart."""
        text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]

        for section in sections:
            assert ["Code", "Data"] == re.findall(r"^### (.+)$", section, re.MULTILINE)


class TestFace:
    """What ``import natodata`` gives."""

    def test_all_resolves(self):
        """Every public name can be had."""
        missing = [name for name in natodata.__all__ if not hasattr(natodata, name)]

        assert [] == missing

    def test_all_is_sorted(self):
        """The list of public names is in order and has each once."""
        assert sorted(set(natodata.__all__)) == sorted(natodata.__all__)

    def test_dir(self):
        """Completion offers all public names."""
        assert set(natodata.__all__) <= set(dir(natodata))

    def test_star(self):
        """A star import brings the public names and no others."""
        namespace = {}
        exec("from natodata import *", namespace)  # noqa: S102
        del namespace["__builtins__"]

        assert set(natodata.__all__) == set(namespace)

    def test_unknown(self):
        """A name that does not exist is an `AttributeError` that says so."""
        with pytest.raises(AttributeError, match="operatoins"):
            _ = natodata.operatoins

    def test_import_is_light(self):
        """Importing natodata loads nothing but itself: no attrs, no yaml, not even typing."""
        new = fresh("old = set(sys.modules); import natodata; print(*set(sys.modules) - old)")

        assert {"natodata"} == set(new.split())

    def test_version_is_light(self):
        """Asking for the version loads nothing more."""
        code = "old = set(sys.modules); import natodata; natodata.__version__; "
        new = fresh(code + "print(*set(sys.modules) - old)")

        assert {"natodata"} == set(new.split())


@pytest.mark.checkout
class TestFiles:
    """Rules for the files themselves."""

    @pytest.mark.parametrize("what", FORBIDDEN)
    def test_forbidden(self, what):
        """No file names a registry's host or a path that exists on one machine only."""
        found = [
            f"{path}:{number}: {line.strip()}"
            for path, text in texts()
            for number, line in enumerate(text.splitlines(), 1)
            if re.search(FORBIDDEN[what], line)
        ]

        assert [] == found

    @pytest.mark.parametrize(
        ("what", "text"),
        [
            ("the host of a package registry", "see https://pypi" + ".org/project/x"),
            ("a path of one machine", "cd /" + "home/someone"),
        ],
    )
    def test_forbidden_is_found(self, what, text):
        """The expressions do find what they forbid."""
        assert re.search(FORBIDDEN[what], text)

    def test_module_lengths(self):
        """Modules are long enough to be worth a file and short enough to be read whole."""
        lengths = {
            path.relative_to(ROOT / "src" / "natodata").as_posix(): len(
                path.read_text(encoding="utf-8").splitlines(),
            )
            for path in (ROOT / "src" / "natodata").rglob("*.py")
        }
        odd = {
            name
            for name, length in lengths.items()
            if not SHORTEST <= length <= LONGEST
            and not (name.endswith("/__init__.py") and length < SHORTEST)
        }

        assert set() == odd - set(OTHER_LENGTHS)
        assert set(OTHER_LENGTHS) <= set(lengths)

    def test_tests_are_documented(self):
        """Every test says in its docstring what must be true."""
        silent = [
            f"{path.name}:{node.lineno}: {node.name}"
            for path in sorted((ROOT / "tests").rglob("test_*.py"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            if not ast.get_docstring(node)
        ]

        assert [] == silent

    def test_examples_are_run(self):
        """Prose uses only kinds of fenced blocks that are run, or that hold no Python."""
        known = {"", "bash", "bibtex", "console", "mermaid", "python", "r", "sql", "text", "yaml"}
        odd = [
            f"{path}: {kind}"
            for path, text in texts()
            if path.endswith(".md")
            for kind in re.findall(r"^ *(?:```+|~~~+|:::+)([^`\n]*)\n", text, re.MULTILINE)
            if kind not in known and not kind.startswith("{")
        ]

        assert [] == odd
