"""What every test run shares: examples in the prose are tests, and property tests are steady."""

import doctest
import os

from console_examples import ConsoleExampleParser, FileExampleParser, enter, leave
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

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
