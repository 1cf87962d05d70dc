"""The script that makes a release, and the workflows that call it."""

import importlib.util
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml

from natodata import Dataset

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[1]

TOPICS = """\
dataset:
  title: Small
  version: {version}
  current_to: 2020-01-01
topics:
  - {{id: sea, name: {name}}}
  - {{id: land, name: Land}}
"""


@pytest.fixture(scope="module")
def script():
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path):
    """Return a project of two commits, of which the first is the release 0.1.0."""
    root = tmp_path / "project"

    def write(version, module, data):
        files = {
            "src/natodata/__init__.py": f'__version__ = "{version}"\n',
            "src/natodata/public.py": module,
            "src/natodata/inner.py": module,
            "src/natodata/data/dataset.yaml": data,
            "docs/reference.md": ".. automodule:: natodata.public\n   :members:\n",
            "CHANGELOG.md": f"# Changelog\n\n## {version} - 2020-01-01\n\n### Code\n\n- New.\n",
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")

    def git(*words):
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "tag.gpgSign=false")
        command = [shutil.which("git"), *who, *words]
        subprocess.run(command, cwd=root, check=True, capture_output=True)

    write("0.1.0", "def asked(a, b): ...\n", TOPICS.format(version="2020.1.1", name="The sea"))
    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "--message=First")
    git("tag", "v0.1.0")
    write("0.1.1", "def asked(a): ...\n", TOPICS.format(version="2020.2.1", name="Sea"))
    git("commit", "--all", "--message=Second")
    return root


class TestSteps:
    """`STEPS`: what is rehearsed is what is done."""

    def test_workflow_takes_all(self, script):
        """The workflow takes every step once, in order, and nothing is built again after it."""
        workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
        lines = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
        taken = [
            word
            for line in lines
            if ".ci/release.py" in line
            for word in re.sub(r'--\w+ "[^"]*"', "", line.partition(".ci/release.py")[2]).split()
        ]

        assert list(script.STEPS) == taken
        others = [job for name, job in workflow["jobs"].items() if name != "build"]
        assert not [step for job in others for step in job["steps"] if "build" in str(step)]

    def test_rehearsal_takes_all(self, script):
        """So does the rehearsal."""
        (steps,) = re.findall(
            r"^for part in (.+); do$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE
        )

        assert list(script.STEPS) == steps.split()

    def test_published_is_what_was_tested(self):
        """What is published came out of the job that tested it, by trusted publishing."""
        jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
        publish = jobs["publish"]

        assert "build" == publish["needs"]
        assert {"id-token": "write"} == publish["permissions"]
        assert {"packages-dir": "dist", "attestations": True} == publish["steps"][-1]["with"]
        assert "password" not in str(jobs)

    @pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
    def test_actions_are_pinned(self, name):
        """Actions of others are fixed to a commit, with its tag, or at least to a full version."""
        text = (ROOT / ".github/workflows" / name).read_text("utf-8")
        used = re.findall(r"uses: (.+)$", text, re.MULTILINE)

        assert used
        for action in used:
            assert re.fullmatch(r"[\w/-]+@([0-9a-f]{40}  # v\d+\.\d+\.\d+|v\d+\.\d+\.\d+)", action)

    def test_least_rights(self):
        """No job has a right that it is not given by name."""
        for name in ("ci.yml", "release.yml"):
            workflow = yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))
            assert {} == workflow["permissions"]
            assert all("permissions" in job for job in workflow["jobs"].values())

    def test_unknown(self, script, capsys):
        """A step that is none is a mistake."""
        with pytest.raises(SystemExit):
            script.main(["upload"])
        assert "expected steps of version, build" in capsys.readouterr().err


class TestVersion:
    """The step ``version``."""

    @pytest.mark.parametrize(
        ("tag", "refused"),
        [(None, None), ("v0.1.1", None), ("v0.1.0", r"expected the tag v0\.1\.1, got v0\.1\.0")],
    )
    def test_tag(self, script, project, tag, refused):
        """The tag names the version of the code."""
        release = script.Release(project, project / "release", tag=tag)

        if refused is None:
            script.step_version(release)
        else:
            with pytest.raises(script.Refused, match=refused):
                script.step_version(release)

    def test_unreleased(self, script, project):
        """A changelog that only announces the version will not do on the day."""
        (project / "CHANGELOG.md").write_text("# C\n\n## Unreleased\n\n- New.\n")
        release = script.Release(project, project / "release", tag="v0.1.1")

        with pytest.raises(script.Refused, match=r"DATE' in CHANGELOG\.md, got '## Unreleased'"):
            script.step_version(release)

    def test_this_project(self, script):
        """Versions of code and data are found where they stand."""
        release = script.Release(ROOT, ROOT / "release")

        assert re.fullmatch(r"\d+\.\d+\.\d+", release.version)
        assert re.fullmatch(r"\d{4}\.\d+\.\d+", release.data_version)


class TestLastRelease:
    """`last_release`: the tag to compare with."""

    def test_found(self, script, project):
        """It is the last tag that is not this version's own."""
        assert "v0.1.0" == script.last_release(project, "0.1.1")
        assert script.last_release(project, "0.1.0") is None
        assert "HEAD~1" == script.Release(project, project, "HEAD~1").against

    def test_no_repository(self, script, tmp_path):
        """Outside a repository there is none."""
        assert script.last_release(tmp_path, "0.1.1") is None


class TestApi:
    """The step ``api``."""

    def test_breaks(self, script, project, capsys):
        """Of what is documented, what a user would miss is told, and refused in a patch."""
        release = script.Release(project, project / "release")

        with pytest.raises(script.Refused, match=r"0\.1\.1 may not break what 0\.1\.0 promised"):
            script.step_api(release)
        told = capsys.readouterr().out
        assert "asked(b)" in told
        assert "inner" not in told
        assert "api: 1 breaks between 0.1.0 (v0.1.0) and 0.1.1" in told

    def test_none(self, script, project, capsys):
        """What stayed as it was is no break."""
        (project / "src/natodata/public.py").write_text("def asked(a, b, c=None): ...\n")

        script.step_api(script.Release(project, project / "release"))

        assert "api: 0 breaks" in capsys.readouterr().out

    def test_first(self, script, tmp_path, capsys):
        """Before the first release there is nothing to compare with, and that is said."""
        shutil.copytree(ROOT / "src/natodata", tmp_path / "src/natodata")

        script.step_api(script.Release(tmp_path, tmp_path / "release"))

        assert "api: no release yet" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("old", "new", "allowed"),
        [
            ("0.1.0", "0.1.1", False),
            ("0.1.0", "0.2.0", True),
            ("1.1.0", "1.2.0", False),
            ("1.1.0", "2.0.0", True),
            ("0.9.0", "1.0.0", True),
        ],
    )
    def test_may_break(self, script, old, new, allowed):
        """Only a new major version may break things, or a minor one while the major one is 0."""
        assert allowed is script.may_break(old, new)


class TestNotes:
    """The step ``notes``."""

    @pytest.fixture
    def release(self, script, project):
        """Return a release of which everything but the notes is made."""
        release = script.Release(project, project / "release")
        release.dist.mkdir(parents=True)
        (release.dist / "a.whl").write_bytes(b"wheel")
        from natodata.loading.catalogue import compile_snapshot

        snapshot = release.asset(".snapshot.jsonl")
        snapshot.write_bytes(compile_snapshot(project / "src/natodata/data"))
        return release

    def test_facts(self, script, release):
        """They have the changelog's section and every fact that changed, and sums of all files."""
        script.step_notes(release)
        notes = (release.to / "notes.md").read_text(encoding="utf-8")
        sums = (release.assets / "SHA256SUMS").read_text(encoding="utf-8")

        assert notes.startswith("# natodata 0.1.1, data 2020.2.1\n\n### Code\n\n- New.\n")
        assert "Since v0.1.0 (data 2020.1.1): 0 added, 0 removed, 1 changed.\n" in notes
        assert "~ topics sea name: The sea → Sea\n" in notes
        assert "land" not in notes
        names = [
            "a.whl",
            *(f"natodata-data-2020.2.1.{e}" for e in ("changes.txt", "snapshot.jsonl")),
        ]
        assert names == [line.split("  ")[1] for line in sums.splitlines()]

    def test_first(self, script, release):
        """Where there is no earlier release they say so."""
        release = script.Release(release.root, release.to)
        release.version = "0.1.0"
        script.step_notes(release)

        assert "There is no earlier release: all 2 records are new.\n" in (
            release.to / "notes.md"
        ).read_text(encoding="utf-8")

    def test_order(self, script, release):
        """The exports come first."""
        release.asset(".snapshot.jsonl").unlink()

        with pytest.raises(script.Refused, match="take the step `exports` first"):
            script.step_notes(release)

    def test_shortened(self, script):
        """What is too long for notes is cut at the end of a line, and said to be elsewhere."""
        assert "one\ntwo\n" == script.shortened("one\ntwo\n", 8, "all.txt")
        assert "one\n… and so on: all of it is in all.txt.\n" == script.shortened(
            "one\ntwo\n", 7, "all.txt"
        )


class TestFiles:
    """Small tools."""

    def test_same_files(self, script, tmp_path):
        """Two folders are alike byte for byte, or that is refused."""
        one, other = tmp_path / "one", tmp_path / "other"
        for folder in (one, other):
            folder.mkdir()
            (folder / "a").write_bytes(b"a")
        script.same_files(one, other)

        (other / "a").write_bytes(b"b")
        with pytest.raises(script.Refused, match=r"got others in \['a'\]"):
            script.same_files(one, other)
        (other / "b").write_bytes(b"b")
        with pytest.raises(script.Refused, match="the same files"):
            script.same_files(one, other)

    def test_zipped(self, script, tmp_path):
        """A folder gives the same zip each time, whenever its files were written."""
        folder = tmp_path / "folder"
        (folder / "in").mkdir(parents=True)
        for number, target in enumerate(("one.zip", "two.zip")):
            (folder / "in" / "a").write_bytes(b"a")
            (folder / "b").write_bytes(b"b")
            os.utime(folder / "b", (number, number))
            script.zipped(folder, tmp_path / target)

        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
        with zipfile.ZipFile(tmp_path / "one.zip") as archive:
            assert ["b", "in/a"] == archive.namelist()

    def test_copy(self, script, project, tmp_path):
        """A copy holds what git has or would add, and nothing else."""
        (project / ".gitignore").write_text("ignored\n")
        (project / "ignored").write_text("x")
        (project / "CHANGELOG.md").unlink()
        script.copy_of_the_checkout(project, tmp_path / "copy")
        copied = {path.name for path in (tmp_path / "copy").rglob("*") if path.is_file()}

        assert {".gitignore", "__init__.py", "public.py", "inner.py"} <= copied
        assert not {"ignored", "CHANGELOG.md"} & copied

    def test_documented(self, script):
        """What the reference describes is promised, and its own data can be read."""
        promised = script.documented((ROOT / "docs/reference.md").read_text(encoding="utf-8"))

        assert {"natodata.dataset", "natodata.dates", "natodata.errors"} <= set(promised)
        assert Dataset.__module__ in promised
