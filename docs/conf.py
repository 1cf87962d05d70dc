"""Settings of the documentation; everything is built offline and every warning is an error."""

import builtins
import os
import sys
import time
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.ext.napoleon import GoogleDocstring

import natodata

sys.path.insert(0, str(Path(__file__).parent))
from _gallery import drawn
from _generate import filled
from _notebook import rendered

project = "natodata"
author = "the natodata maintainers"
# The same build gives the same pages, so the year comes from the build's moment where one is set.
year = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))).tm_year
copyright = f"{max(year, 2026)}, {author}"
version = release = natodata.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"natodata {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_class_signature = "separated"
napoleon_numpy_docstring = False

nitpicky = True
# No inventory of other projects is fetched, so their names cannot be resolved; our own must be.
nitpick_ignore_regex = [
    (r"py:.*", r"(natodata\.[a-z.]+\.)?[A-Z]"),  # type variables
    (r"py:.*", "Parameters|Path|Value"),  # names whose modules are imported late
    (r"py:.*", "|".join(dir(builtins))),
    (
        r"py:.*",
        r"(attr|attrs|cattrs|collections|datetime|enum|functools|matplotlib|os|pathlib|typing|types|yaml)\..*",
    ),
]


def parse(docstring: GoogleDocstring) -> None:
    """Parse the docstring of an attribute or property as that of a method.

    Napoleon takes what stands before a colon in it for a type. Ours have annotations, and a colon
    there is only a colon.
    """
    if docstring._what in {"attribute", "data", "property"}:
        docstring._what = "method"
    napoleon_parse(docstring)


napoleon_parse = GoogleDocstring._parse
GoogleDocstring._parse = parse  # type: ignore[method-assign]


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    """Put generated parts and notebooks into a page just read, and pictures into the gallery."""
    source[0] = rendered(filled(source[0]))
    if page == "gallery":
        source[0] = drawn(source[0], Path(app.srcdir))


def setup(app: Sphinx) -> None:
    """Have every page filled."""
    app.connect("source-read", fill)
