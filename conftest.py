"""What every test run shares: examples in the prose are tests, and property tests are steady."""

import doctest
import os
import subprocess
import sys
from pathlib import Path

from console_examples import ConsoleExampleParser, FileExampleParser, enter, leave
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

CODE = Path(__file__).parent / "src" / "natodata"
COMPILE = """
import pathlib, sys
from natodata.export.writing import new_file
from natodata.loading.catalogue import compile_snapshot

folder = pathlib.Path(sys.argv[1])
with new_file(folder / "snapshot.jsonl") as scratch:
    scratch.write_bytes(compile_snapshot(folder))
"""


def pytest_configure(config):
    """Compile the data of a checkout beside it, once: tests start a hundred processes that ask it.

    Without that each of them would read all the YAML. It is not used where the YAML has changed,
    and where it cannot be made, the tests of the data tell why.
    """
    data = CODE / "data"
    here = (CODE / "__init__.py").is_file() and (data / "dataset.yaml").is_file()
    if not here or hasattr(config, "workerinput"):
        return
    compiled = data / "snapshot.jsonl"
    made = compiled.stat().st_mtime if compiled.is_file() else 0.0
    sources = (path for path in CODE.rglob("*") if path.suffix in {".py", ".yaml"})
    if made < max(path.stat().st_mtime for path in sources):
        command = [sys.executable, "-c", COMPILE, data]
        subprocess.run(command, capture_output=True, check=False, cwd=CODE.parent)


# A slow machine must not fail a test, and what CI finds must be found again by whoever looks.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")
# For the wheel, whose code has just been tried with all examples in the checkout.
settings.register_profile("brief", settings.get_profile("steady"), max_examples=10)
# For mutants (tests/mutation): the same examples for each, from many runs in one process, and
# nothing spent on the smallest example that fails.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# Settings and scripts of the documentation's build hold no examples, and need Sphinx.
collect_ignore_glob = ["docs/*.py"]

pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        ConsoleExampleParser(),
        FileExampleParser(),
    ],
    patterns=["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/**/*.md"],
    setup=enter,
    teardown=leave,
).pytest()
