"""What PyInstaller has to know to freeze an application that uses natodata."""

import os

__all__ = ["hook_folders"]


def hook_folders() -> list[str]:
    """Return the folders in which PyInstaller finds hooks; an entry point tells it to ask."""
    return [os.path.dirname(__file__)]  # noqa: PTH120 (no import for one name)
