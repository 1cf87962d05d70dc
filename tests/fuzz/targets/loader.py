"""The loader: a file of YAML to records, and questions to whatever it accepts.

An input is a file that stands alone. It is held to the rules for facts as well.
"""

from fuzz.bases import YAML_WORDS, asked, loaded, shaped

from natodata.dataset import Dataset
from natodata.store import Store

LONGEST = 2048
WORDS = YAML_WORDS
mutate = shaped


def seeds():
    """Yield the files of the loader's own tests."""
    from fuzz.bases import yaml_seeds

    yield from yaml_seeds()


def run(data: bytes) -> None:
    """Load a file with the rules for facts, and without."""
    catalogue = loaded([data], integrity=True) or loaded([data])
    if catalogue is not None:
        asked(Dataset(Store(catalogue)))
