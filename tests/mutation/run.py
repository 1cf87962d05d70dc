"""Changes the code in small ways, one at a time, and tells which changes no test notices.

Run it from the root of the project, with the parts to go through (all of them, if none is named)::

    python tests/mutation/run.py dates dataset loading queries

mutmut makes the mutants and runs the tests on each, in a copy of the project that this script lays
out. What survives has to be listed in ``survivors.toml`` beside this file, with the reason: the
script fails for a survivor that is not listed, for one that is listed but was killed, and where
fewer than 95 % were killed. With ``--folder``, a later run into the same folder tests only what
survived there, and the functions that changed since; say ``--again`` where tests changed.
"""

import argparse
import ast
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

ROOT = Path(__file__).resolve().parents[2]
LISTED = Path(__file__).with_name("survivors.toml")
LEAST = 0.95
MEMORY = 4 << 30
"""Bytes that a run may hold: a mutant that grows without end fails by it."""

COPIED = ["src", "tests", "conftest.py", "pyproject.toml", "README.md"]
PARTS = {
    "dates": ["tests/test_dates.py", "tests/test_dates_properties.py"],
    "dataset": [
        *("tests/test_dataset.py", "tests/test_collection.py", "tests/test_store.py"),
        "tests/queries",
    ],
    "loading": ["tests/loading", "tests/test_store.py", "tests/test_dataset.py"],
    "queries": ["tests/queries", "tests/test_dataset.py", "tests/test_collection.py"],
}
"""The parts of the package, each with its tests: none of them reads the packaged data."""
ABOUT_STACKS = [
    # They tell which line a warning names; mutmut puts calls of its own between caller and called.
    "tests/loading/test_strict_yaml.py::TestRead::test_warns_without_libyaml",
    "tests/queries/test_moments.py::TestWarnIfStale::test_beyond",
]
PYTEST = [
    *("-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"),
    # What costs more than the tests of one mutant: looking for plugins, and collecting garbage.
    *("--disable-plugin-autoload", "-p", "_hypothesis_pytestplugin"),
    *("-p", "no:unraisableexception"),
    "--hypothesis-profile=mutants",
    *(f"--deselect={test}" for test in ABOUT_STACKS),
]

TOO_DEAR = ("tests/loading/test_checking.py::TestChains::test_absurd",)
"""Takes half of the time of all tests of loading, for a stack that no small change deepens."""

KILLED, SURVIVED, UNTESTED = "killed", "survived", "not tested"
OTHERS = 60
"""How many tests a mutant meets at most, beside those of its own module."""
PRELOADED = ["pytest", "hypothesis", "hypothesis.strategies", "attrs", "cattrs", "yaml", "sybil"]
STATS = "mutants/mutmut-stats.json"
UNROLLED = {"property", "cache", "lru_cache"}
OUTCOMES = {
    None: UNTESTED,
    **dict.fromkeys([1, 2, 3], KILLED),  # 2: the tests could not even be imported
    **dict.fromkeys([0, 5, 33], SURVIVED),  # 5 and 33: no test calls the function at all
    **dict.fromkeys([24, -24, 36, 152, 255], "timed out"),
    **dict.fromkeys([-6, -9, -11], "crashed"),
}


class Survivor(NamedTuple):
    """A change that no test notices: the function, its lines, and what stood there instead."""

    function: str
    was: str
    now: str


def plain(text: str) -> str:
    """Return a module with ``@property`` and caches as calls: mutmut leaves decorated code alone.

    Each call stands under its function, as in ``name = property(name)``.
    """
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef) or len(node.decorator_list) != 1:
            continue
        decorator = ast.unparse(node.decorator_list[0])
        if decorator.partition("(")[0] in UNROLLED:
            indent = " " * node.col_offset
            lines[node.decorator_list[0].lineno - 1] = ""
            lines[node.end_lineno - 1] += f"{indent}{node.name} = {decorator}({node.name})\n"
    return "".join(lines)


def lay_out(part: str, folder: Path) -> None:
    """Copy the project to a folder, with the settings that mutmut needs for one part."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            skipped = shutil.ignore_patterns("__pycache__", "data")
            shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(ROOT / name, folder / name, ignore=skipped)
        else:
            shutil.copy2(ROOT / name, folder / name)
    for file in folder.glob("src/natodata/**/*.py"):
        times = file.stat()
        file.write_text(plain(file.read_text("utf-8")), "utf-8")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # mutmut goes by them
    configure(part, folder, forkserver_warmup="collect")


def configure(part: str, folder: Path, **warmup: str) -> None:
    """Write the settings that mutmut finds in a folder."""
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/natodata/{part}.py", f"src/natodata/{part}/*.py"],
        "also_copy": COPIED,
        "pytest_add_cli_args_test_selection": PARTS[part],
        "pytest_add_cli_args": PYTEST,
        "track_dependencies": False,
        "use_git_change_detection": False,
        "process_isolation": "forkserver",
        # Seconds beyond which a mutant hangs: twice what its tests take and five more.
        "timeout_constant": 5,
        "timeout_multiplier": 2,
        **warmup,
    }
    text = (ROOT / "pyproject.toml").read_text("utf-8") + "\n[tool.mutmut]\n"
    text += "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    (folder / "pyproject.toml").write_text(text, "utf-8")


def outcomes(folder: Path) -> dict[str, str]:
    """Return what became of every mutant, by its name."""
    found = {}
    for meta in sorted(folder.glob("mutants/src/**/*.meta")):
        codes = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        found |= {name: OUTCOMES.get(code, f"exit code {code}") for name, code in codes.items()}
    return found


def mutmut(folder: Path, jobs: int, names: list[str]) -> int:
    """Run mutmut in a folder on the mutants that are named, and return its exit code."""
    # With CI set, the tests of properties draw the same examples for every mutant.
    environment = {**os.environ, "CI": "true", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", str(jobs), *names],
        cwd=folder,
        env=environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
        check=False,
    ).returncode


def prepare(folder: Path) -> None:
    """Make the mutants of a folder, and find out which tests call which functions."""
    # mutmut does both before it finds that there is no mutant of that name, and complains.
    mutmut(folder, 1, ["none"])
    if not (folder / STATS).exists():
        raise SystemExit("the tests have to pass before anything is changed")


def mutate(folder: Path, jobs: int, names: list[str]) -> None:
    """Test the mutants that are named."""
    if mutmut(folder, jobs, names):
        raise SystemExit("mutmut could not test these mutants; see above")


def widen(folder: Path) -> None:
    """Give every mutant the tests of its own module, and the quickest others that call it.

    Where an answer is cached, mutmut sees only the first test that asks for it; and what all is
    built on, nearly all tests call.
    """
    file = folder / STATS
    stats = json.loads(file.read_text("utf-8"))
    calling, lasting = stats["tests_by_mangled_function_name"], stats["duration_by_test"]
    for function in {name.partition("__mutmut_")[0] for name in outcomes(folder)}:
        mine = f"/test_{function.split('.')[-2]}"
        own = {test for test in lasting if mine in test and not test.startswith(TOO_DEAR)}
        calls = {test for test in calling.get(function, ()) if not test.startswith(TOO_DEAR)}
        others = sorted(calls - own, key=lambda test: lasting[test])
        calling[function] = [*sorted(own), *others[:OTHERS]]
    file.write_text(json.dumps(stats), "utf-8")


def drawn(folder: Path, percent: int) -> dict[str, str]:
    """Return what became of the mutants of a folder, of those that their checksum picks."""
    return {
        name: outcome
        for name, outcome in outcomes(folder).items()
        if crc32(name.encode()) % 100 < percent
    }


def work_through(part: str, folder: Path, jobs: int, percent: int) -> None:
    """Test the mutants of a part: all of them quickly, and what survived once more.

    The first pass is quick because every mutant starts with the tests imported. What they ask for
    while they are imported is known by then, so that a mutant may never be asked: in the second
    pass each starts in a process that has not imported the package yet.
    """
    prepare(folder)
    widen(folder)
    if names := [name for name, outcome in drawn(folder, percent).items() if outcome == UNTESTED]:
        mutate(folder, jobs, names if percent < 100 else [])  # none: all untested
    if names := [name for name, outcome in drawn(folder, percent).items() if outcome == SURVIVED]:
        (folder / "preload.txt").write_text("\n".join(PRELOADED), "utf-8")
        configure(part, folder, forkserver_warmup="import", preload_modules_file="preload.txt")
        mutate(folder, jobs, names)


def described(folder: Path, name: str) -> Survivor:
    """Return what a mutant changes."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    module, _, mangled = name.rpartition(".")
    with contextlib.chdir(folder):
        shown = get_diff_for_mutant(name, path=f"src/{module.replace('.', '/')}.py").splitlines()
    was, now = (
        "\n".join(line[1:].strip() for line in shown[2:] if line.startswith(sign)) for sign in "-+"
    )
    return Survivor(f"{module}.{function_of(mangled)}", was, now)


def function_of(mangled: str) -> str:
    """Return the name of a function from what mutmut calls a mutant of it."""
    name = mangled.partition("__mutmut_")[0]
    return name.removeprefix("xǁ").replace("ǁ", ".") if "ǁ" in name else name.removeprefix("x_")


def listed(part: str) -> set[Survivor]:
    """Return the survivors of a part that are listed with a reason."""
    rows = tomllib.loads(LISTED.read_text("utf-8")).get("survivor", [])
    found = set()
    for row in rows:
        if not row.pop("reason").strip():
            raise SystemExit(f"{LISTED.name}: {row['function']}: expected a reason")
        found.add(Survivor(**row))
    return {one for one in found if one.function.startswith(f"natodata.{part}.")}


def entry(survivor: Survivor) -> str:
    """Return the lines that list a survivor, for a reason to be added."""
    values = {**survivor._asdict(), "reason": ""}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["[[survivor]]", *lines, ""])


def judged(part: str, folder: Path, percent: int) -> list[str]:
    """Print how the mutants of a part fared, and return what is wrong with that."""
    found = drawn(folder, percent)
    modules: dict[str, Counter[str]] = {}
    for name, outcome in found.items():
        modules.setdefault(name.rpartition(".")[0], Counter())[outcome] += 1
    total = sum(modules.values(), Counter())
    print(f"\n{'module':<36}{'mutants':>9}{'survived':>10}{'killed':>10}")
    for module, counts in [*modules.items(), (f"all of {part}", total)]:
        share = 1 - counts[SURVIVED] / counts.total()
        print(f"{module:<36}{counts.total():>9}{counts[SURVIVED]:>10}{share:>10.1%}")
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(total.items())))
    survivors = {described(folder, name) for name in found if found[name] == SURVIVED}
    known = listed(part)
    wrong = [f"survived, and is not listed:\n{entry(one)}" for one in sorted(survivors - known)]
    if percent == 100:
        wrong += [f"is listed, but was killed:\n{entry(one)}" for one in sorted(known - survivors)]
    wrong += [
        f"{name}: {outcome}"
        for name, outcome in found.items()
        if outcome == UNTESTED or outcome.startswith("exit code")
    ]
    if total[SURVIVED] > (1 - LEAST) * total.total():
        wrong.append(f"fewer than {LEAST:.0%} of the mutants of {part} were killed")
    return wrong


def main() -> None:
    """Go through the parts named on the command line."""
    parser = argparse.ArgumentParser(description="mutation tests of natodata")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--folder", type=Path, help="where to work, to be used again")
    parser.add_argument(
        "--again", action="store_true", help="tests changed since the last run there"
    )
    parser.add_argument(
        "--percent", type=int, default=100, help="how many of a hundred mutants, always the same"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many mutants at a time")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"expected parts of {', '.join(PARTS)}, got {', '.join(sorted(unknown))}")
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        for part in options.parts or PARTS:
            folder = (options.folder or Path(scratch)).absolute() / part
            if options.again:  # the tests may have changed, and which functions they call
                (folder / STATS).unlink(missing_ok=True)
            lay_out(part, folder)
            work_through(part, folder, options.jobs, options.percent)
            wrong += judged(part, folder, options.percent)
    print("\n".join(["", *wrong]))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
