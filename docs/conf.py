"""Settings of the documentation; everything is built offline and every warning is an error."""

import os
import time

import natodata

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
    (r"py:.*", r"(?!natodata)[A-Za-z_]+"),  # builtins, type variables, exceptions
    (
        r"py:.*",
        r"(attr|attrs|cattrs|collections|datetime|enum|os|pathlib|typing|types|yaml)\..*",
    ),
]
