"""The collector of garbage, told to wait where everything that is made stays."""

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_waiting"]


@contextmanager
def collector_waiting() -> Iterator[None]:
    """Let the collector wait, unless it is off already; then it is left so.

    Each record and each piece of a file that is read stays, so the collector would look through
    all that was made before, again and again, and in vain: a third of the time.

    Examples:
        >>> import gc
        >>> with collector_waiting():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """
    import gc

    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
