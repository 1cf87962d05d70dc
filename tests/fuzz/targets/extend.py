"""Additions and patches to data that are there, one after the other.

An input is up to four files, with a line of percent signs between them; each extends what those
before it made. What was there before must stay what it was.
"""

from fuzz.bases import SMALL_CATALOGUE, YAML_WORDS, asked, loaded, shaped

from natodata.dataset import Dataset
from natodata.store import Store

LONGEST = 2048
SPLIT = b"\n%%%\n"
WORDS = (*YAML_WORDS, SPLIT.decode(), "patches", "set", "add")
mutate = shaped


def seeds():
    """Yield the patches of the loader's own tests, and chains of additions."""
    from fuzz.bases import patch_seeds

    yield from patch_seeds()
    yield SPLIT.join(
        b"topics: [{id: t%d, name: T, broader: %s}]"
        % (at, b"sea" if not at else b"t%d" % (at - 1))
        for at in range(4)
    )


def run(data: bytes) -> None:
    """Extend the small dataset step by step."""
    catalogue = before = SMALL_CATALOGUE()
    kept = before.trees
    for part in data.split(SPLIT)[:4]:
        found = loaded([part], catalogue)
        if found is not None:
            catalogue = Store(found).catalogue()
    assert kept is before.trees
    if catalogue is not before:
        asked(Dataset(Store(catalogue)))
