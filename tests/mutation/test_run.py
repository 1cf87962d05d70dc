"""What runs the mutation tests, and that its list of survivors speaks of code that is there."""

import ast
import json
import tomllib

import pytest
from mutation import run

SOURCE = run.ROOT / "src"


def lines_of(function):
    """Return the lines of a function or method of the package, by its full name."""
    parts = function.split(".")
    module = next(
        file
        for end in range(len(parts) - 1, 0, -1)
        if (file := SOURCE.joinpath(*parts[:end]).with_suffix(".py")).is_file()
    )
    text = module.read_text("utf-8")
    node = ast.parse(text)
    for name in parts[len(module.relative_to(SOURCE).parts) :]:
        node = next(each for each in node.body if getattr(each, "name", None) == name)
    return [line.strip() for line in ast.get_source_segment(text, node).splitlines()]


class TestPlain:
    """Functions without their decorators."""

    def test_same(self):
        """Properties and caches work as before, and no decorator is left for them."""
        text = '''\
from functools import cache, lru_cache

class Box:
    @property
    def size(self):
        """Return three."""
        return 3

    @classmethod
    def make(cls):
        return cls()

calls = []

@cache
def twice(x):
    calls.append(x)
    return 2 * x

@lru_cache(maxsize=1)
def thrice(x):
    calls.append(x)
    return 3 * x
'''
        found = run.plain(text)
        names = {}
        exec(found, names)  # noqa: S102 (the text above)

        assert "    size = property(size)\n" in found
        assert "thrice = lru_cache(maxsize=1)(thrice)\n" in found
        assert ["@classmethod"] == [
            line.strip() for line in found.splitlines() if line.strip().startswith("@")
        ]
        assert 3 == names["Box"].make().size
        assert (4, 4, 6, 6) == (
            *(names["twice"](2) for _ in range(2)),
            *(names["thrice"](2) for _ in range(2)),
        )
        assert [2, 2] == names["calls"]

    def test_untouched(self):
        """Other code stays as it is, line by line."""
        text = "@final\nclass A:\n    def f(self):\n        return 1\n"

        assert text == run.plain(text)


class TestNames:
    """What mutmut calls a mutant, and what a reader calls it."""

    @pytest.mark.parametrize(
        ("mangled", "name"),
        [
            ("x_load__mutmut_12", "load"),
            ("x__days__mutmut_1", "_days"),
            ("xǁPeriodǁ__init____mutmut_3", "Period.__init__"),
            ("xǁ_Datedǁ__lt____mutmut_3", "_Dated.__lt__"),
        ],
    )
    def test_function(self, mangled, name):
        """The function is told by its own name, a method with its class."""
        assert name == run.function_of(mangled)


class TestWiden:
    """Which tests a mutant meets."""

    def test_own_and_others(self, tmp_path):
        """Those of its module, and the quickest others that call it; none that is too dear."""
        meta = tmp_path / "mutants/src/natodata/dates.py.meta"
        meta.parent.mkdir(parents=True)
        meta.write_text('{"exit_code_by_key": {"natodata.dates.x_f__mutmut_1": null}}')
        others = {f"tests/test_x.py::test_{at}": float(at) for at in range(run.OTHERS + 2)}
        lasting = {"tests/test_dates.py::test_own": 99.0, run.TOO_DEAR[0]: 0.1, **others}
        stats = {
            "tests_by_mangled_function_name": {"natodata.dates.x_f": [run.TOO_DEAR[0], *others]},
            "duration_by_test": lasting,
        }
        (tmp_path / run.STATS).write_text(json.dumps(stats))
        run.widen(tmp_path)
        found = json.loads((tmp_path / run.STATS).read_text())["tests_by_mangled_function_name"]

        assert ["tests/test_dates.py::test_own", *[*others][: run.OTHERS]] == found[
            "natodata.dates.x_f"
        ]


class TestDrawn:
    """A sample of the mutants."""

    def test_share(self, tmp_path):
        """A smaller sample is part of a larger one, and tells what became of each mutant."""
        meta = tmp_path / "mutants/src/natodata/dates.py.meta"
        meta.parent.mkdir(parents=True)
        codes = ", ".join(f'"natodata.dates.x_f__mutmut_{at}": null' for at in range(1000))
        meta.write_text(f'{{"exit_code_by_key": {{{codes}, "asked": 0, "odd": 77}}}}')
        fifth, half, whole = (run.drawn(tmp_path, percent) for percent in (20, 50, 100))

        assert fifth.items() < half.items() < whole.items()
        assert 150 < len(fifth) < 250
        assert 1002 == len(whole)
        assert ("survived", "exit code 77") == (whole["asked"], whole["odd"])
        assert "not tested" == whole["natodata.dates.x_f__mutmut_0"]


@pytest.mark.checkout
class TestSurvivors:
    """``survivors.toml``."""

    def test_code_is_there(self):
        """Each survivor names a function of the package and a line in it, and gives a reason."""
        rows = tomllib.loads(run.LISTED.read_text("utf-8")).get("survivor", [])
        for row in rows:
            assert {"function", "was", "now", "reason"} == row.keys()
            assert set(row["was"].splitlines()) <= set(lines_of(row["function"])), row
            assert row["was"] != row["now"]
            assert row["reason"]

    def test_parts(self):
        """Each part is a module or a folder of the package, and its tests are there."""
        for part, tests in run.PARTS.items():
            assert (SOURCE / "natodata" / part).is_dir() or (
                SOURCE / "natodata" / f"{part}.py"
            ).is_file()
            assert all((run.ROOT / test).exists() for test in tests)
        for test in (*run.ABOUT_STACKS, *run.TOO_DEAR):
            file, *names = test.partition("[")[0].split("::")
            text = run.ROOT.joinpath(file).read_text("utf-8")
            assert all(f" {name}(" in text or f" {name}:" in text for name in names), test
