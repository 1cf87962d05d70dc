"""What only a terminal gets: colour, and a line that says how far a long command is."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from typing import Literal, TextIO, TypeAlias

    File: TypeAlias = tuple[str, bytes]
    Look: TypeAlias = Literal["bold", "red"]

__all__ = ["Progress", "in_colour", "painted", "progress"]

_LOOKS = {"bold": "\x1b[1m", "red": "\x1b[31m"}
_PLAIN = "\x1b[0m"
_WIPE = "\r\x1b[2K"
_WIDTH = 24
"""Characters of a bar: with the words beside it, it fits into a narrow window."""


def in_colour(stream: "TextIO") -> bool:
    """Return whether to colour what goes to a stream.

    It is so on a terminal, unless the variable NO_COLOR holds anything (https://no-color.org) or
    TERM says that the terminal knows no colours.
    """
    import os

    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painted(text: str, look: "Look", stream: "TextIO | None" = None) -> str:
    """Return a text in bold or red where the stream (by default, standard output) is coloured."""
    if not in_colour(stream or sys.stdout):
        return text
    return f"{_LOOKS[look]}{text}{_PLAIN}"


class Progress:
    """A line that says what is being done, how far it is, and since when.

    Nothing is written in the first two seconds: what is done by then needs no line.

    Args:
        stream: Where it is written: a terminal.
        clock: What gives the time, in seconds.
    """

    wait: float = 2.0
    """After how many seconds the line is first written."""

    def __init__(self, stream: "TextIO", clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._began = clock()
        self._drawn = False
        self.stage("working")

    def stage(self, doing: str, total: int = 0) -> None:
        """Begin a part of the work.

        Args:
            doing: What is done, such as ``"reading"``.
            total: How much there is of it; 0 where nobody knows.
        """
        self._doing, self._total, self._done = doing, total, 0

    def files(self, files: "Sequence[File]", doing: str, afterwards: str) -> "Sequence[File]":
        """Return the same files; the line tells how much of them has been taken.

        Args:
            files: Name and bytes of each.
            doing: What is done with each.
            afterwards: What is done when the last has been taken.
        """
        watched = _Watched(files)
        watched.begin = lambda: self.stage(doing, sum(len(content) for _, content in files))
        watched.tell = self._advance
        watched.end = lambda: self.stage(afterwards)
        return watched

    def _advance(self, amount: int) -> None:
        self._done += amount

    def draw(self) -> None:
        """Write the line in the place of the one before, once it is time."""
        passed = self._clock() - self._began
        if passed < self.wait:
            return
        self._drawn = True
        self._stream.write(f"{_WIPE}{self._doing:<9}[{self._bar(passed)}] {passed:.0f} s")
        self._stream.flush()

    def _bar(self, passed: float) -> str:
        if self._total:
            part = min(1.0, self._done / self._total)
            return f"{'#' * int(part * _WIDTH):<{_WIDTH}}] [{part:>4.0%}"
        at = int(passed * 4) % (_WIDTH - 2)
        return f"{' ' * at}###".ljust(_WIDTH)

    def close(self) -> None:
        """Wipe the line away."""
        if self._drawn:
            self._stream.write(_WIPE)
            self._stream.flush()


class _Watched(tuple["File", ...]):  # noqa: SLOT001 (it keeps whom to tell)
    """Files that tell when they are taken, in the way of an iteration."""

    begin: Callable[[], None]
    tell: Callable[[int], None]
    end: Callable[[], None]

    def __iter__(self) -> "Iterator[File]":
        self.begin()
        for each in super().__iter__():
            yield each
            self.tell(len(each[1]))
        self.end()


@contextmanager
def progress(
    doing: str,
    stream: "TextIO | None" = None,
    clock: Callable[[], float] | None = None,
    pause: float = 0.1,
) -> Iterator[Progress]:
    """Show a line of progress while the block runs, if the stream is a terminal.

    Args:
        doing: What is done at first.
        stream: By default, standard error.
        clock: By default, the time that the system has been running.
        pause: How many seconds to wait before the line is written anew.
    """
    import threading
    import time

    chosen = stream or sys.stderr
    shown = Progress(chosen, clock or time.monotonic)
    shown.stage(doing)
    if not chosen.isatty():
        yield shown
        return
    stop = threading.Event()
    thread = threading.Thread(target=_redraw, args=(shown, stop, pause), daemon=True)
    thread.start()
    try:
        yield shown
    finally:
        stop.set()
        thread.join()


def _redraw(shown: Progress, stop: "threading.Event", pause: float) -> None:
    """Draw until told to stop; a terminal that has gone away is no reason to fail."""
    from contextlib import suppress

    with suppress(OSError):
        while not stop.wait(pause):
            shown.draw()
        shown.close()
