"""Where the packaged data lies, and the snapshot that is compiled from it."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from small import SMALL, all_fields, load

import natodata
from natodata.errors import DataError, Problem
from natodata.loading.catalogue import (
    CLASS_OF,
    Catalogue,
    DatasetNotes,
    collection_of,
    compile_snapshot,
    digest,
    from_snapshot,
    load_packaged,
    read_snapshot,
)
from natodata.records import REGISTRY, Record


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the small dataset in two files."""
    at = SMALL.index("operations:")
    data = tmp_path / "data"
    (data / "more").mkdir(parents=True)
    (data / "dataset.yaml").write_text(SMALL[:at], encoding="utf-8")
    (data / "more" / "operations.yaml").write_text(SMALL[at:], encoding="utf-8")
    return data


@pytest.fixture
def package(folder, monkeypatch):
    """Make natodata believe that it lies beside that folder."""
    monkeypatch.setattr(natodata, "__file__", str(folder.parent / "__init__.py"))
    return folder


def refused(call, *arguments):
    """Return the one problem of a call."""
    with pytest.raises(DataError) as caught:
        call(*arguments)
    (problem,) = caught.value.problems
    return problem.file, problem.expected, problem.got


class TestRegistries:
    """`CLASS_OF` and `collection_of` are the registry, both ways."""

    def test_both_ways(self):
        """Each leads back to the other, and neither can be changed."""
        assert [row.collection for row in REGISTRY] == list(CLASS_OF)
        assert {name: name for name in CLASS_OF} == {
            name: collection_of(cls) for name, cls in CLASS_OF.items()
        }
        assert len(REGISTRY) == len(CLASS_OF)
        assert "operations" in CLASS_OF
        assert "nowhere" not in CLASS_OF
        with pytest.raises(TypeError):
            CLASS_OF["operations"] = Record


class TestCompileSnapshot:
    """`compile_snapshot` makes the bytes that a wheel carries."""

    def test_same_bytes(self, folder, tmp_path):
        """The same files give the same bytes, wherever they lie and however often."""
        copy = shutil.copytree(folder, tmp_path / "elsewhere" / "data")

        assert compile_snapshot(folder) == compile_snapshot(folder) == compile_snapshot(copy)

    def test_order_on_disk(self, folder, tmp_path):
        """It does not matter in which order the files were written."""
        other = tmp_path / "other"
        (other / "more").mkdir(parents=True)
        for name in ("more/operations.yaml", "dataset.yaml"):
            shutil.copy(folder / name, other / name)

        assert compile_snapshot(folder) == compile_snapshot(other)

    def test_order_of_records(self, folder, tmp_path):
        """Records stand in the order of their ids, in whatever file they are."""
        other = tmp_path / "other"
        other.mkdir()
        (other / "all.yaml").write_text(SMALL, encoding="utf-8")
        (first, *records), (second, *same) = (
            [json.loads(line) for line in compile_snapshot(each).splitlines()]
            for each in (folder, other)
        )

        assert first.pop("digest") != second.pop("digest")
        assert first == second
        assert records == same
        at = 0
        for count in first["records"].values():
            ids = records[at]
            assert sorted(ids) == ids
            assert count == len(ids)
            at += 1 + count
        assert at == len(records)

    def test_content(self, folder):
        """It is JSON Lines with notes and digest first, without a byte too many, in UTF-8."""
        content = compile_snapshot(folder)
        tree = json.loads(content.splitlines()[0])

        assert [
            "format",
            "digest",
            "title",
            "version",
            "current_to",
            "fields",
            "records",
            "sizes",
        ] == list(tree)
        assert ("A small dataset", "2020.1.1", "2020-01-31") == (
            tree["title"],
            tree["version"],
            tree["current_to"],
        )
        assert "Norvège".encode() in content
        assert b": " not in content.replace(b'": "', b"")[:400]

    def test_no_notes(self, tmp_path):
        """A folder that says nothing of itself has no notes."""
        (tmp_path / "a.yaml").write_text("topics: []\n", encoding="utf-8")
        tree = json.loads(compile_snapshot(tmp_path).splitlines()[0])

        assert {None} == {tree["title"], tree["version"], tree["current_to"]}
        assert DatasetNotes() == from_snapshot(compile_snapshot(tmp_path)).notes

    def test_invalid(self, folder):
        """What is not valid is not compiled."""
        (folder / "x.yaml").write_text("topics: [{id: x}]\n", encoding="utf-8")

        assert "the field 'name'" == refused(compile_snapshot, folder)[1]

    def test_empty(self, tmp_path):
        """A folder without YAML is told."""
        expected = (tmp_path.as_posix(), "a folder with .yaml files", "none in it")

        assert expected == refused(compile_snapshot, tmp_path)


class TestDigest:
    """`digest` ties a snapshot to files."""

    FILES = (("a", b"1"), ("b", b"2"))

    def test_order(self):
        """The order of the files does not count."""
        assert digest(self.FILES) == digest(self.FILES[::-1])

    @pytest.mark.parametrize(
        "files",
        [
            [("a", b"1")],
            [("a", b"1"), ("c", b"2")],
            [("a", b"1"), ("b", b"3")],
            [("a", b"2"), ("b", b"1")],
            [("a", b"1b\x001\x002")],
            [("a", b"12"), ("b", b"")],
        ],
    )
    def test_all_counts(self, files):
        """Names, contents and where one file ends all count."""
        assert digest(self.FILES) != digest(files)

    def test_form(self):
        """It is SHA-256 in hexadecimal."""
        assert 64 == len(digest([]))
        assert 32 == len(bytes.fromhex(digest(self.FILES)))


class TestFromSnapshot:
    """`from_snapshot` and `read_snapshot` trust what was compiled."""

    def test_equal(self, folder, tmp_path):
        """It is the dataset of the YAML, record by record and field by field."""
        (tmp_path / "s.json").write_bytes(compile_snapshot(folder))
        from_file = read_snapshot(tmp_path / "s.json")

        assert all_fields(load(SMALL)) == all_fields(from_file)
        assert all_fields(from_file) == all_fields(read_snapshot(str(tmp_path / "s.json")))
        assert load(SMALL).notes == from_file.notes

    def test_younger_collections(self, folder):
        """A collection that the snapshot does not know of is empty."""
        head, _, rest = compile_snapshot(folder).partition(b"\n")
        tree = json.loads(head)
        # It stands last, so that no other record moves.
        assert tree["records"].pop("assessments")
        older = from_snapshot(json.dumps(tree).encode() + b"\n" + rest)

        assert {} == older.trees["assessments"]
        assert load(SMALL).trees["operations"] == dict(older.trees["operations"])

    def test_records_are_read_when_touched(self, folder):
        """The records of a collection are a mapping, each parsed when it is asked for."""
        compiled = from_snapshot(compile_snapshot(folder)).trees
        whole = load(SMALL).trees

        for name, trees in whole.items():
            assert trees == dict(compiled[name])
            assert len(trees) == len(compiled[name])
            assert all(identifier in compiled[name] for identifier in trees)
            assert "no-such-id" not in compiled[name]

    @pytest.mark.parametrize(
        ("content", "got"),
        [
            (b"", "something else"),
            (b"\xff", "something else"),
            (b"[1]", "something else"),
            (b"{}", "something else"),
            (b"{}\n", "something else"),
            (b"[" * 100_000 + b"\n", "something else"),
            (b'{"format": 0}\n', "another format"),
        ],
    )
    def test_no_snapshot(self, tmp_path, content, got):
        """Bytes that are something else, or from another time, are told as such."""
        (tmp_path / "s.json").write_bytes(content)
        path = str(tmp_path / "s.json")

        assert ("snapshot", "a compiled snapshot", got) == refused(from_snapshot, content)
        assert (path, "a compiled snapshot", got) == refused(read_snapshot, path)

    def test_missing(self, tmp_path):
        """So is a file that is not there."""
        path = str(tmp_path / "s.json")
        with pytest.raises(DataError) as caught:
            read_snapshot(path)
        got = "no such file or directory"

        expected = (Problem(path, 0, 0, "", "", "a compiled snapshot", got),)
        assert expected == caught.value.problems

    def test_error_without_words(self, tmp_path, monkeypatch):
        """An error of the system that has no text of its own is called by its class."""

        def fail(*_):
            raise PermissionError

        monkeypatch.setattr("builtins.open", fail)

        assert "permissionerror" == refused(read_snapshot, tmp_path / "s.json")[2]


class TestLoadPackaged:
    """`load_packaged` reads the snapshot, unless there is newer YAML."""

    @staticmethod
    def snapshot(folder):
        """Write a snapshot beside the YAML, marked so that it can be told apart."""
        head, _, rest = compile_snapshot(folder).partition(b"\n")
        marked = json.loads(head) | {"title": "Compiled"}
        (folder / "snapshot.jsonl").write_bytes(json.dumps(marked).encode() + b"\n" + rest)

    def test_checkout(self, package):
        """Without a snapshot the YAML is read and checked."""
        loaded = load_packaged()

        assert all_fields(load(SMALL)) == all_fields(loaded)
        assert "A small dataset" == loaded.notes.title
        assert loaded.records
        assert package.is_dir()

    def test_matching_snapshot(self, package):
        """A snapshot of these very files is read in place of them."""
        self.snapshot(package)
        loaded = load_packaged()

        assert "Compiled" == loaded.notes.title
        assert all_fields(load(SMALL)) == all_fields(loaded)

    @pytest.mark.parametrize("change", ["changed", "added", "renamed"])
    def test_stale_snapshot(self, package, change):
        """As soon as a file differs, the YAML is read."""
        self.snapshot(package)
        file = package / "more" / "operations.yaml"
        if change == "changed":
            file.write_bytes(file.read_bytes() + b"# seen\n")
        elif change == "added":
            (package / "more.yaml").write_text("topics: []\n", encoding="utf-8")
        else:
            file.rename(package / "operations.yaml")

        assert "A small dataset" == load_packaged().notes.title

    @pytest.mark.parametrize("content", [b"{", b'{"format": 0}\n'])
    def test_useless_snapshot(self, package, content):
        """Beside YAML a snapshot that cannot be read does no harm."""
        (package / "snapshot.jsonl").write_bytes(content)

        assert "A small dataset" == load_packaged().notes.title

    def test_faulty_yaml(self, package):
        """A fault in a checkout is told with the file's whole name."""
        (package / "x.yaml").write_text("topics: [{id: x}]\n", encoding="utf-8")

        assert f"{package}/x.yaml" == refused(load_packaged)[0]

    def test_wheel(self, package):
        """An installed package has the snapshot alone."""
        self.snapshot(package)
        (package / "dataset.yaml").unlink()
        shutil.rmtree(package / "more")

        assert "Compiled" == load_packaged().notes.title

    def test_broken_wheel(self, package):
        """If that is broken, it is told."""
        (package / "dataset.yaml").unlink()
        (package / "snapshot.jsonl").write_text("{", encoding="utf-8")
        expected = (str(package / "snapshot.jsonl"), "a compiled snapshot", "something else")

        assert expected == refused(load_packaged)

    def test_no_data(self, package):
        """A package without data says so."""
        shutil.rmtree(package)

        assert (str(package), "the packaged data", "nothing") == refused(load_packaged)
        with pytest.raises(DataError) as caught:
            load_packaged()
        (problem,) = caught.value.problems
        assert (0, 0, "", "") == (problem.line, problem.column, problem.record, problem.path)

    def test_zip(self, package, monkeypatch, tmp_path):
        """The snapshot is found inside an archive as well."""
        self.snapshot(package)
        archive = tmp_path / "lib.zip"
        with zipfile.ZipFile(archive, "w") as file:
            file.write(package / "snapshot.jsonl", "natodata/data/snapshot.jsonl")
            file.write(Path(__file__), "natodata/__init__.py")
        from zipimport import zipimporter

        monkeypatch.setattr(natodata, "__file__", str(archive / "natodata" / "__init__.py"))
        spec = zipimporter(str(archive)).find_spec("natodata")
        monkeypatch.setattr(natodata, "__spec__", spec)

        assert "Compiled" == load_packaged().notes.title


class TestCatalogue:
    """A catalogue is what a load gives."""

    def test_parts(self):
        """Trees of all collections, the records made, and the notes."""
        catalogue = load(SMALL)

        assert isinstance(catalogue, Catalogue)
        assert set(CLASS_OF) == set(catalogue.trees)
        assert set(catalogue.records) == {
            key for trees in catalogue.trees.values() for key in trees
        }
