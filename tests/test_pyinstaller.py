"""What natodata tells PyInstaller; that an application so made works is in `tests/frozen`."""

import runpy
from importlib import metadata
from pathlib import Path

import natodata
from natodata import _pyinstaller

PACKAGE = Path(natodata.__file__).parent


class TestHookFolders:
    """`hook_folders` tells where the hooks are."""

    def test_asked(self):
        """PyInstaller finds the function by its entry point, and the hook in its folder."""
        (entry,) = metadata.entry_points(group="pyinstaller40", name="hook-dirs").select(
            module="natodata._pyinstaller"
        )
        (folder,) = entry.load()()

        assert [folder] == _pyinstaller.hook_folders()
        assert Path(folder, "hook-natodata.py").is_file()


class TestHook:
    """The hook itself."""

    def test_takes_along(self):
        """It takes all data files and every module, except itself."""
        (folder,) = _pyinstaller.hook_folders()
        hook = runpy.run_path(str(Path(folder, "hook-natodata.py")))
        taken = {Path(source).relative_to(PACKAGE).as_posix() for source, _ in hook["datas"]}
        modules = {
            ".".join(("natodata", *path.relative_to(PACKAGE).with_suffix("").parts))
            for path in PACKAGE.rglob("[a-z]*.py")
            if "_pyinstaller" not in path.parts
        }

        assert {
            path.relative_to(PACKAGE).as_posix()
            for path in PACKAGE.rglob("*.*")
            if path.suffix not in {".py", ".pyc"}
        } == taken
        assert modules <= set(hook["hiddenimports"])
        assert not [name for name in hook["hiddenimports"] if "_pyinstaller" in name]
