"""Files and folders that are there whole or not at all.

What is written lies in a scratch folder beside its place until it is complete, and is then put in
that place in one step. Whoever looks, also after a crash, finds what was there before or what is
there now. A scratch folder that a crash left (``.name.…``) may be deleted.
"""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from natodata.errors import BadArgument

__all__ = ["new_file", "new_folder"]

_HERE = -100
"""Linux: names are taken from the working folder."""
_EXCHANGE = 2
"""Linux: swap the two names."""


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a scratch path to write to, which takes the place of *path* once all went well.

    Raises:
        BadArgument: *path* is a folder, or lies in none that is there.
    """
    if path.is_dir():
        raise BadArgument(f"expected the path of a file, got the folder {str(path)!r}")
    with _scratch(path) as scratch:
        yield scratch
        os.replace(scratch, path)  # noqa: PTH105 (atomic, and says so)


@contextmanager
def new_folder(path: Path, names: Collection[str]) -> Iterator[Path]:
    """Give a scratch folder to fill, which takes the place of *path* once all went well.

    Args:
        path: The folder: a new one, an empty one, or one with files of these names only.
        names: What an earlier export may have left there.

    Raises:
        BadArgument: *path* is a file or a link to nothing, holds anything else, or lies in no
            folder that is there.
    """
    if path.exists():
        _refuse_to_lose(path, names)
    elif path.is_symlink():
        raise BadArgument(f"expected the path of a folder, got {str(path)!r}, a link to nothing")
    with _scratch(path) as scratch:
        scratch.mkdir()
        yield scratch
        _put(scratch, path)


def _refuse_to_lose(path: Path, names: Collection[str]) -> None:
    if not path.is_dir():
        raise BadArgument(f"expected the path of a folder, got the file {str(path)!r}")
    for each in sorted(path.iterdir()):
        if each.name not in names or not each.is_file():
            raise BadArgument(
                f"expected a folder that is new, is empty or holds an earlier export, "
                f"got {str(path)!r}, which holds {each.name!r}"
            )


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    from tempfile import TemporaryDirectory

    folder = path.parent
    if not folder.is_dir():
        raise BadArgument(f"expected a path in a folder that is there, got {str(path)!r}")
    with TemporaryDirectory(prefix=f".{path.name}.", dir=folder) as scratch:
        yield Path(scratch) / "new"


def _put(scratch: Path, path: Path) -> None:
    """Put a folder in the place of another, which then lies beside the scratch or in its place.

    Where the system cannot swap two folders in one step, there is a moment at which the old one
    is set aside and the new one is not there yet.
    """
    if not path.exists():
        scratch.rename(path)
    elif not _swapped(scratch, path):
        aside = scratch.with_name("old")
        path.rename(aside)
        try:
            scratch.rename(path)
        except OSError:
            aside.rename(path)
            raise


def _swapped(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return whether the system could."""
    swap = _swapper()
    return swap is not None and not swap(
        _HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE
    )


def _swapper() -> Callable[..., int] | None:
    import ctypes

    try:
        swap: Callable[..., int] = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return None  # no Linux, or one without it
    return swap
