"""Files and folders that are there whole or not at all."""

import ctypes
from pathlib import Path

import pytest

from natodata.errors import BadArgument
from natodata.export.writing import new_file, new_folder


def content(folder):
    """Return the names of all that lies in a folder, hidden things too."""
    return sorted(each.name for each in folder.iterdir())


class TestNewFile:
    """`new_file`."""

    def test_takes_the_place(self, tmp_path):
        """What was written is the file, and nothing else is left."""
        target = tmp_path / "x.txt"
        target.write_text("old")
        with new_file(target) as scratch:
            scratch.write_text("new")

            assert "old" == target.read_text()

        assert "new" == target.read_text()
        assert ["x.txt"] == content(tmp_path)

    def test_fault(self, tmp_path):
        """After an error the old file is there, and nothing else is left."""
        target = tmp_path / "x.txt"
        target.write_text("old")
        with pytest.raises(ZeroDivisionError), new_file(target) as scratch:
            scratch.write_text(str(1 / 0))

        assert "old" == target.read_text()
        assert ["x.txt"] == content(tmp_path)

    def test_link(self, tmp_path):
        """A link is replaced; what it led to stays as it was."""
        (tmp_path / "real.txt").write_text("old")
        (tmp_path / "x.txt").symlink_to(tmp_path / "real.txt")
        with new_file(tmp_path / "x.txt") as scratch:
            scratch.write_text("new")

        assert ("old", "new") == (
            (tmp_path / "real.txt").read_text(),
            (tmp_path / "x.txt").read_text(),
        )

    def test_folder(self, tmp_path):
        """A folder is no place for a file."""
        with pytest.raises(BadArgument, match="expected the path of a file, got the folder"):
            new_file(tmp_path).__enter__()

    def test_nowhere(self, tmp_path):
        """Folders are not made on the way."""
        with pytest.raises(BadArgument, match="expected a path in a folder that is there"):
            new_file(tmp_path / "no" / "x.txt").__enter__()


class TestNewFolder:
    """`new_folder`."""

    def test_new(self, tmp_path):
        """A folder that was not there is there with all that was written."""
        with new_folder(tmp_path / "out", {"a"}) as scratch:
            (scratch / "a").write_text("new")

            assert not (tmp_path / "out").exists()

        assert ["a"] == content(tmp_path / "out")
        assert ["out"] == content(tmp_path)

    @pytest.mark.parametrize("step", ["one", "two", "no library"])
    def test_replaced(self, tmp_path, monkeypatch, step):
        """An earlier export gives way whole, in one step or in two, and nothing else is left."""
        out = tmp_path / "out"
        out.mkdir()
        (out / "a").write_text("old")
        (out / "b").write_text("old")
        without_swap(monkeypatch, step)
        with new_folder(out, {"a", "b"}) as scratch:
            (scratch / "a").write_text("new")

            assert ["a", "b"] == content(out)

        assert ["a"] == content(out)
        assert "new" == (out / "a").read_text()
        assert ["out"] == content(tmp_path)

    def test_refused_swap(self, tmp_path, monkeypatch):
        """Where the file system cannot swap, two steps do it."""

        class Library:
            """A library whose call always fails, as it does on some file systems."""

            def renameat2(self, *arguments):
                """Fail."""
                return -1

        monkeypatch.setattr(ctypes, "CDLL", lambda name: Library())
        (tmp_path / "out").mkdir()
        with new_folder(tmp_path / "out", set()) as scratch:
            (scratch / "a").write_text("new")

        assert ["a"] == content(tmp_path / "out")

    def test_put_back(self, tmp_path, monkeypatch):
        """Where the second of two steps fails, the old folder is put back."""
        out = tmp_path / "out"
        out.mkdir()
        (out / "a").write_text("old")
        without_swap(monkeypatch, "two")
        rename = Path.rename

        def failing(self, target):
            if self.name == "new":
                raise OSError("no")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", failing)
        with pytest.raises(OSError, match="no"), new_folder(out, {"a"}):
            pass

        assert "old" == (out / "a").read_text()
        assert ["out"] == content(tmp_path)

    @pytest.mark.parametrize("stranger", ["thesis.doc", "a"])
    def test_strangers(self, tmp_path, stranger):
        """A folder with anything else in it, were it only a folder, is not touched."""
        out = tmp_path / "out"
        (out / stranger).mkdir(parents=True)
        (out / stranger / "x").write_text("mine")
        with pytest.raises(BadArgument, match=f"which holds '{stranger}'"):
            new_folder(out, {"a"}).__enter__()

        assert "mine" == (out / stranger / "x").read_text()

    def test_link_to_nothing(self, tmp_path):
        """A link that leads nowhere is no folder, and stays as it is."""
        (tmp_path / "x").symlink_to(tmp_path / "gone")
        with pytest.raises(BadArgument, match=r"/x', a link to nothing$"):
            new_folder(tmp_path / "x", ()).__enter__()

        assert (tmp_path / "x").is_symlink()

    def test_file(self, tmp_path):
        """A file is no place for a folder."""
        (tmp_path / "x").write_text("mine")
        with pytest.raises(BadArgument, match="expected the path of a folder, got the file"):
            new_folder(tmp_path / "x", set()).__enter__()


def without_swap(monkeypatch, step):
    """Take away the call that swaps two folders, or the whole library, unless in one step."""

    def library(name):
        if step == "no library":
            raise OSError
        return object()

    if step != "one":
        monkeypatch.setattr(ctypes, "CDLL", library)
