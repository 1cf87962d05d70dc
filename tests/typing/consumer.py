"""What users write, as type checkers see it: mypy --strict and pyright must accept all of it.

It also runs: pytest imports it, so a name that only type checkers know would be noticed.
"""

from datetime import date
from typing import assert_type

import natodata
from natodata import Certainty, Dataset, PartialDate, Period
from natodata.errors import NatodataError, NotFound
from natodata.records.actors import Organisation
from natodata.records.base import Milestone
from natodata.records.evidence import Citation
from natodata.records.operations import Operation
from natodata.records.places import Country

# Everything starts from the packaged data, with or without naming the dataset.
name: str = natodata.operations["nmi"].command.seat.name
nato: Dataset = natodata.load()
version: str = natodata.__version__
data_version: str = natodata.data_version

# Collections know what they hold.
operation = nato.operations["nmi"]
assert_type(operation, Operation)
assert_type(nato.operations.get("xyz"), Operation | None)
assert_type(nato.countries["DEU"], Country)
count: int = len(nato.operations)
ids: list[str] = [each.id for each in nato.operations]
known: bool = "nmi" in nato.operations
for each in nato.operations.on("2016-10-15"):
    assert_type(each, Operation)
for each in nato.operations.where(kind="maritime-security"):
    assert_type(each, Operation)

# References are records, and repeated values are tuples.
assert_type(operation.command, Organisation)
assert_type(operation.hosts, tuple[Country, ...])
assert_type(operation.milestones, tuple[Milestone, ...])
assert_type(operation.citations, tuple[Citation, ...])

# Dates may be missing or spans, and every way of saying "when" is taken.
assert_type(operation.start, PartialDate | Period | None)
if operation.start is not None:
    earliest: date | None = operation.start.earliest
for when in (date(2016, 10, 15), "2016-10", PartialDate.parse("2016"), Period.parse("2016/2018")):
    assert_type(nato.on(when), Dataset)
maybe: Certainty = Certainty.MAYBE

# Errors are what a caller would already catch.
try:
    nato.operations["nmy"]
except NotFound as miss:
    suggestions: tuple[str, ...] = miss.suggestions
not_ours: type[Exception] = NatodataError
