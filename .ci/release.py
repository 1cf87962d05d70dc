"""All that makes a release but the upload, step by step.

``python .ci/release.py`` takes every step; ``python .ci/release.py build check`` takes two. The
release workflow and ``.ci/run`` both call it, so that what is tried every day is what is done.
It needs what ``pip install '.[dev]'`` brings, git, and packages from the usual index.

Under ``--to`` (``release`` by default) it leaves ``dist`` (what is uploaded), ``assets`` (what is
attached to the release) and ``work`` (environments, copies).
"""

import argparse
import filecmp
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import griffe

    from natodata import Dataset

ROOT = Path(__file__).resolve().parents[1]
LARGEST_WHEEL = 1_000_000
LONGEST_NOTES = 100_000
"""Letters of release notes; a forge takes 125,000."""
EPOCH = "1580601600"
"""The time that every file in a zip has, and every build without a commit."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the steps asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("--to", type=Path, default=ROOT / "release", help="where to leave all")
    parser.add_argument("--against", metavar="REF", help="by default the last release's tag")
    parser.add_argument("--tag", help="the tag of this release, for the step `version`")
    options = parser.parse_args(arguments)
    unknown = [step for step in options.steps if step not in STEPS]
    if unknown:
        parser.error(f"expected steps of {', '.join(STEPS)}, got {unknown[0]!r}")
    release = Release(ROOT, options.to.resolve(), options.against, options.tag)
    for name in options.steps or STEPS:
        print(f"release: {name}", flush=True)
        try:
            STEPS[name](release)
        except Refused as error:
            print(f"release: {name}: {error}", file=sys.stderr)
            return 1
    return 0


class Refused(Exception):
    """A step found a reason not to release."""


class Release:
    """One release in the making: where its parts are, and what they are called."""

    def __init__(
        self, root: Path, to: Path, against: str | None = None, tag: str | None = None
    ) -> None:
        self.root = root
        self.to = to
        self.given = against
        self.tag = tag

    @cached_property
    def version(self) -> str:
        """The version of the code."""
        return version_in((self.root / "src/natodata/__init__.py").read_text(encoding="utf-8"))

    @cached_property
    def data_version(self) -> str:
        """The version of the data."""
        text = (self.root / "src/natodata/data/dataset.yaml").read_text(encoding="utf-8")
        return found(r"^  version: (\S+)$", text, "the version of the data")

    @property
    def against(self) -> str | None:
        """What to compare with: what was asked for, or the last release, or nothing."""
        return self.given or last_release(self.root, self.version)

    @property
    def dist(self) -> Path:
        """What is uploaded."""
        return self.to / "dist"

    @property
    def assets(self) -> Path:
        """What is attached."""
        return self.to / "assets"

    @property
    def work(self) -> Path:
        """What nobody keeps."""
        return self.to / "work"

    @property
    def wheel(self) -> Path:
        """The one wheel that was built.

        Raises:
            Refused: There is none, or more than one.
        """
        wheels = list(self.dist.glob("*.whl"))
        if len(wheels) != 1:
            raise Refused(f"expected one wheel in {self.dist}, got {len(wheels)}: build first")
        return wheels[0]

    def asset(self, ending: str) -> Path:
        """Return the path of a file to attach, named for the data."""
        self.assets.mkdir(parents=True, exist_ok=True)
        return self.assets / f"natodata-data-{self.data_version}{ending}"

    def environment(self, name: str, *extras: str) -> Path:
        """Return the interpreter of an environment with the wheel; it is made when asked first."""
        home = self.work / name
        python = home / "bin" / "python"
        done = home / "complete"
        if not done.exists():
            shutil.rmtree(home, ignore_errors=True)
            run(sys.executable, "-m", "venv", "--without-pip", home)
            wanted = f"{self.wheel}[{','.join(extras)}]" if extras else str(self.wheel)
            pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
            # What is compiled when it is first imported need not be compiled now.
            run(*pip, "--python", python, "install", "--no-compile", wanted)
            done.touch()
        return python


def run(*command: str | Path, cwd: Path | None = None, **extra: str) -> None:
    """Run a command; what it prints is seen.

    Raises:
        Refused: It failed.
    """
    words = [str(word) for word in command]
    unset = {"PYTHONPATH", "PYTEST_ADDOPTS"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    sys.stdout.flush()
    code = subprocess.run(words, check=False, cwd=cwd, env=environment | extra).returncode
    if code:
        raise Refused(f"{' '.join(words[:6])} … gave the exit code {code}")


def output(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints, or nothing where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, check=False, cwd=cwd, text=True)
    return done.stdout if done.returncode == 0 else ""


def found(pattern: str, text: str, what: str) -> str:
    """Return what the group of a pattern finds.

    Raises:
        Refused: It finds nothing.
    """
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise Refused(f"expected {what}, found none")
    return match[1]


def version_in(module: str) -> str:
    """Return the version that the text of the package's first module says."""
    return found(r'^__version__ = "([^"]+)"$', module, "a version")


def last_release(root: Path, version: str) -> str | None:
    """Return the tag of the last release before a version that led to this commit, or `None`."""
    tags = output("git", "tag", "--merged", "HEAD", "--sort=-v:refname", "--list", "v*", cwd=root)
    return next((tag for tag in tags.split() if tag != f"v{version}"), None)


# --- is it ready? ------------------------------------------------------------------------------


def step_version(release: Release) -> None:
    """The tag, the code and the changelog name one version, and the changelog says when.

    Without a tag (a rehearsal) the changelog may still announce it.
    """
    section = changelog_section((release.root / "CHANGELOG.md").read_text(encoding="utf-8"))
    title = section.partition("\n")[0]
    if release.tag is None:
        print(f"no tag: a rehearsal of {release.version}, under the heading {title!r}")
        return
    if release.tag != f"v{release.version}":
        raise Refused(f"expected the tag v{release.version}, got {release.tag}")
    if not re.fullmatch(rf"## {re.escape(release.version)} - \d{{4}}-\d\d-\d\d", title):
        raise Refused(f"expected '## {release.version} - DATE' in CHANGELOG.md, got {title!r}")


def changelog_section(text: str) -> str:
    """Return the topmost section of a changelog, from its heading on."""
    return "## " + re.split(r"^## ", text, flags=re.MULTILINE)[1].strip()


# --- building ----------------------------------------------------------------------------------


def step_build(release: Release) -> None:
    """The sdist, and the wheel made from it: twice, from two folders, the same byte for byte."""
    shutil.rmtree(release.dist, ignore_errors=True)
    shutil.rmtree(release.work, ignore_errors=True)
    source = release.work / "source"
    copy_of_the_checkout(release.root, source)
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or (
        output("git", "log", "-1", "--format=%ct", cwd=release.root).strip() or EPOCH
    )
    with tempfile.TemporaryDirectory(prefix="natodata-again-") as folder:
        other = Path(folder, "deeper", "down")
        shutil.copytree(source, other)
        again = Path(folder, "dist")
        for place, to in ((source, release.dist), (other, again)):
            build = (sys.executable, "-m", "build", "--outdir", to, place)
            with Path(folder, "log").open("wb") as log:
                done = subprocess.run(
                    [str(word) for word in build],
                    check=False,
                    env=os.environ | {"SOURCE_DATE_EPOCH": epoch},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            if done.returncode:
                print(Path(folder, "log").read_text(encoding="utf-8", errors="replace"))
                raise Refused("the build failed")
        same_files(release.dist, again)
    for path in sorted(release.dist.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes, built twice alike")


def copy_of_the_checkout(root: Path, to: Path) -> None:
    """Copy the files that git has, or would add, so that nothing else gets into a build."""
    listed = output(
        "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=root
    )
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)


def same_files(one: Path, other: Path) -> None:
    """Compare two folders byte for byte.

    Raises:
        Refused: They differ.
    """
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()):
        raise Refused("expected the same files from both builds, got others")
    _, differing, odd = filecmp.cmpfiles(one, other, names, shallow=False)
    if differing or odd:
        raise Refused(f"expected the same bytes from both builds, got others in {differing + odd}")


def step_check(release: Release) -> None:
    """The files are well formed, hold what they should, and are small."""
    run(sys.executable, "-m", "twine", "check", "--strict", *sorted(release.dist.iterdir()))
    checker = Path(sys.executable).with_name("check-wheel-contents")
    run(checker, release.wheel, cwd=release.work / "source")
    size = release.wheel.stat().st_size
    print(f"wheel: {size:,} bytes (at most {LARGEST_WHEEL:,})")
    if size > LARGEST_WHEEL:
        raise Refused(f"expected a wheel of at most {LARGEST_WHEEL:,} bytes, got {size:,}")


# --- testing that very wheel -------------------------------------------------------------------


def step_test(release: Release) -> None:
    """The tests pass against the wheel, in a new environment, away from the source."""
    python = release.environment("test", "test")
    away = away_from_the_source(release)
    probe = (
        "import pathlib, sys, natodata\n"
        "home = pathlib.Path(natodata.__file__).resolve()\n"
        "assert home.is_relative_to(pathlib.Path(sys.prefix).resolve()), home\n"
        "assert (home.parent / 'data' / 'snapshot.jsonl').is_file(), 'no snapshot'\n"
    )
    run(python, "-I", "-c", probe, cwd=away)
    pytest = (python, "-m", "pytest", "-c", "pyproject.toml")
    marks = "not checkout and not browser and not frozen"
    places = ("tests", "docs", "README.md", "CONTRIBUTING.md", "--pyargs", "natodata")
    run(*pytest, "-n", "2", "-m", marks, "--hypothesis-profile=brief", *places, cwd=away)


def step_frozen(release: Release) -> None:
    """An application that PyInstaller makes with the wheel answers."""
    python = release.environment("test", "test")
    pytest = (python, "-m", "pytest", "-c", "pyproject.toml", "-n", "0", "-m", "frozen")
    run(*pytest, "tests/frozen", cwd=away_from_the_source(release))


def away_from_the_source(release: Release) -> Path:
    """Return a folder with the tests and the reviewed YAML, but none of the code."""
    away, source = release.work / "away", release.work / "source"
    if not away.exists():
        for name in ("tests", "docs", "examples"):
            shutil.copytree(source / name, away / name)
        shutil.copytree(source / "src/natodata/data", away / "src/natodata/data")
        for path in (*source.glob("*.md"), *source.glob("*.cff"), *source.glob("*.toml")):
            shutil.copy2(path, away)
        shutil.copy2(source / "conftest.py", away)
    return away


def step_types(release: Release) -> None:
    """Every public name of the wheel has a known type, by pyright's count."""
    python = release.environment("test", "test")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--outputjson"),
            *("--verifytypes", "natodata", "--ignoreexternal"),
        ],
        capture_output=True,
        check=False,
        cwd=release.work,
        # Here pyright asks the first Python of the path, and has no option for another.
        env=os.environ | {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"},
        text=True,
    )
    counted = json.loads(done.stdout).get("typeCompleteness", {})
    score, unknown = counted.get("completenessScore", 0), unknown_types(counted)
    print(f"types: {score:.1%} of {len(counted.get('symbols', ()))} names known")
    if unknown or score < 1:
        raise Refused("expected all types known, got\n" + "\n".join(unknown))


def unknown_types(counted: "dict[str, list[dict[str, object]]]") -> list[str]:
    """Return the exported names whose type is not or not surely known."""
    return [
        str(symbol["name"])
        for symbol in counted.get("symbols", ())
        if symbol["isExported"] and not (symbol["isTypeKnown"] and not symbol["isTypeAmbiguous"])
    ]


# --- does it break what was promised? ----------------------------------------------------------


def step_api(release: Release) -> None:
    """Nothing documented was taken away since the last release, unless the version says so."""
    if release.against is None:
        print("api: no release yet, so there is nothing to compare with")
        return
    colour = re.compile(r"\x1b\[\d*m")
    told = [colour.sub("", each.explain()) for each in breakages(release.root, release.against)]
    for line in told:
        print(line)
    before = version_in(
        output("git", "show", f"{release.against}:src/natodata/__init__.py", cwd=release.root)
    )
    print(f"api: {len(told)} breaks between {before} ({release.against}) and {release.version}")
    if told and not may_break(before, release.version):
        raise Refused(f"{release.version} may not break what {before} promised")


def may_break(old: str, new: str) -> bool:
    """Return whether Semantic Versioning lets a version break what an earlier one promised."""
    (was, was_minor, *_), (now, now_minor, *_) = old.split("."), new.split(".")
    return was != now or (now == "0" and was_minor != now_minor)


def breakages(root: Path, against: str) -> "list[griffe.Breakage]":
    """Return what a user of the documented names would miss."""
    import griffe

    reference = output("git", "show", f"{against}:docs/reference.md", cwd=root)
    promised = documented(reference)
    old = griffe.load_git("natodata", ref=against, repo=root, search_paths=["src"])
    new = griffe.load("natodata", search_paths=[root / "src"], try_relative_path=False)
    if not isinstance(old, griffe.Module) or not isinstance(new, griffe.Module):
        raise Refused("expected a package on both sides")
    return [
        each
        for each in griffe.find_breaking_changes(old, new)
        if any(f"{each.obj.path}.".startswith(f"{name}.") for name in promised)
    ]


def documented(reference: str) -> list[str]:
    """Return the names of modules, classes and functions that a reference page describes."""
    return [
        name
        for name in re.findall(r"^\.\. auto\w+:: (natodata\.\S+)$", reference, re.MULTILINE)
        if not name.startswith("natodata._")
    ]


# --- what is attached --------------------------------------------------------------------------


def step_sbom(release: Release) -> None:
    """A bill of materials (CycloneDX) of an environment with the wheel and nothing else."""
    python = release.environment("bare")
    release.assets.mkdir(parents=True, exist_ok=True)
    target = release.assets / f"natodata-{release.version}.cdx.json"
    command = (sys.executable, "-m", "cyclonedx_py", "environment", python)
    options = ("--output-reproducible", "--output-format", "JSON", "--mc-type", "library")
    run(*command, *options, "--output-file", target)
    bill = json.loads(target.read_text(encoding="utf-8"))
    for component in bill["components"]:
        # The wheel was installed from a folder of this machine, which is nobody's business.
        component.pop("externalReferences", None)
    target.write_text(json.dumps(bill, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    names = sorted(component["name"].lower() for component in bill["components"])
    print(f"sbom: {', '.join(names)}")
    if not {"attrs", "cattrs", "natodata", "pyyaml"} <= set(names):
        raise Refused(f"expected natodata and what it needs in the bill, got {names}")


def step_exports(release: Release) -> None:
    """The data as Parquet, SQLite, Data Package and snapshot, written by the wheel."""
    python = release.environment("test", "test")
    with tempfile.TemporaryDirectory(prefix="natodata-exports-") as folder:
        script = (
            "import sys, natodata\n"
            "nato = natodata.load()\n"
            "for name in ('data.parquet', 'data.sqlite', 'datapackage'):\n"
            "    nato.export(f'{sys.argv[1]}/{name}')\n"
        )
        run(python, "-I", "-c", script, folder)
        zipped(Path(folder, "data.parquet"), release.asset("-parquet.zip"))
        zipped(Path(folder, "datapackage"), release.asset("-datapackage.zip"))
        shutil.copyfile(Path(folder, "data.sqlite"), release.asset(".sqlite"))
    with zipfile.ZipFile(release.wheel) as wheel:
        snapshot = wheel.read("natodata/data/snapshot.jsonl")
    release.asset(".snapshot.jsonl").write_bytes(snapshot)
    for path in sorted(release.assets.glob("natodata-data-*")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def zipped(folder: Path, target: Path) -> None:
    """Write a folder as a zip that is the same each time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (2020, 2, 2, 0, 0, 0))
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())


def step_notes(release: Release) -> None:
    """The notes: the changelog's section, and the data fact by fact against the last release."""
    from natodata import Dataset

    snapshot = release.asset(".snapshot.jsonl")
    if not snapshot.is_file():
        raise Refused("expected the snapshot among the assets: take the step `exports` first")
    new = Dataset.from_snapshot(snapshot)
    changelog = changelog_section((release.root / "CHANGELOG.md").read_text(encoding="utf-8"))
    title = f"# natodata {release.version}, data {release.data_version}\n"
    changes = changelog.partition("\n")[2].strip()
    facts = release.asset(".changes.txt")
    facts.write_text(facts_between(release, new), encoding="utf-8")
    sums = checksums([*release.dist.iterdir(), *release.assets.iterdir()])
    (release.assets / "SHA256SUMS").write_text(sums, encoding="utf-8")
    shown = shortened(facts.read_text(encoding="utf-8"), LONGEST_NOTES - len(changes), facts.name)
    notes = f"{title}\n{changes}\n\n## Facts\n\n```text\n{shown}```\n"
    (release.to / "notes.md").write_text(notes, encoding="utf-8")
    print(f"notes: {len(notes):,} letters; facts: {facts.stat().st_size:,} bytes")


def facts_between(release: Release, new: "Dataset") -> str:
    """Return what changed in the data since the last release, a line a fact."""
    from natodata import Dataset

    if release.against is None:
        return f"There is no earlier release: all {len(new)} records are new.\n"
    with tempfile.TemporaryDirectory(prefix="natodata-before-") as folder:
        archive = Path(folder, "data.zip")
        place = f"{release.against}:src/natodata/data"
        run("git", "archive", "--format=zip", "-o", archive, place, cwd=release.root)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(Path(folder, "data"))
        old = Dataset.from_yaml(Path(folder, "data"))
    found = new.diff(old)
    counts = [
        f"{len(part)} {name}"
        for name, part in (
            ("added", found.added),
            ("removed", found.removed),
            ("changed", found.changed),
        )
    ]
    head = f"Since {release.against} (data {old.version}): {', '.join(counts)}."
    return "\n".join([head, *map(str, found)]) + "\n"


def shortened(text: str, longest: int, whole: str) -> str:
    """Return a text cut at the end of a line, and told where the whole is."""
    if len(text) <= longest:
        return text
    kept = text[: text.rindex("\n", 0, longest) + 1]
    return f"{kept}… and so on: all of it is in {whole}.\n"


def checksums(paths: Iterable[Path]) -> str:
    """Return a line for each file, as ``sha256sum --check`` reads it."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(paths, key=lambda path: path.name)
        if path.name != "SHA256SUMS"
    )


STEPS: dict[str, Callable[[Release], None]] = {
    "version": step_version,
    "build": step_build,
    "check": step_check,
    "test": step_test,
    "frozen": step_frozen,
    "types": step_types,
    "api": step_api,
    "sbom": step_sbom,
    "exports": step_exports,
    "notes": step_notes,
}
"""In the order in which they are taken."""

if __name__ == "__main__":
    raise SystemExit(main())
