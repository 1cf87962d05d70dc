"""PyInstaller hook: the data go along, and modules that are imported when first needed."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

datas = collect_data_files("natodata", excludes=["_pyinstaller"])
hiddenimports = collect_submodules("natodata", filter=lambda name: "_pyinstaller" not in name)
