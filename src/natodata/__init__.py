"""NATO's operations, missions and decisions as typed, time-aware, sourced data.

``import natodata`` reads nothing and imports nothing heavy; the data is there at the first touch:

>>> import natodata
>>> natodata.operations["nmi"].command.seat.name
'Lago Patria'

Not affiliated with NATO.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from natodata import errors as errors
    from natodata import records as records
    from natodata.collection import Collection as Collection
    from natodata.dataset import Dataset as Dataset
    from natodata.dataset import load as load
    from natodata.dates import Certainty as Certainty
    from natodata.dates import PartialDate as PartialDate
    from natodata.dates import Period as Period
    from natodata.loading.strict_yaml import Limits as Limits
    from natodata.records import (
        Assessment,
        Contribution,
        Country,
        Decision,
        Document,
        Event,
        Meeting,
        Membership,
        Operation,
        Organisation,
        Person,
        Place,
        Post,
        Programme,
        Source,
        StrengthReport,
        Tenure,
        Topic,
    )

    data_version: str
    sources: Collection[Source]
    topics: Collection[Topic]
    countries: Collection[Country]
    places: Collection[Place]
    organisations: Collection[Organisation]
    people: Collection[Person]
    posts: Collection[Post]
    tenures: Collection[Tenure]
    memberships: Collection[Membership]
    meetings: Collection[Meeting]
    documents: Collection[Document]
    programmes: Collection[Programme]
    operations: Collection[Operation]
    contributions: Collection[Contribution]
    strength_reports: Collection[StrengthReport]
    events: Collection[Event]
    decisions: Collection[Decision]
    assessments: Collection[Assessment]

__all__ = [
    "Certainty",
    "Collection",
    "Dataset",
    "Limits",
    "PartialDate",
    "Period",
    "assessments",
    "contributions",
    "countries",
    "data_version",
    "decisions",
    "documents",
    "errors",
    "events",
    "load",
    "meetings",
    "memberships",
    "operations",
    "organisations",
    "people",
    "places",
    "posts",
    "programmes",
    "records",
    "sources",
    "strength_reports",
    "tenures",
    "topics",
]

_HOME = {
    "Certainty": "dates",
    "Collection": "collection",
    "Dataset": "dataset",
    "Limits": "loading.strict_yaml",
    "PartialDate": "dates",
    "Period": "dates",
    "load": "dataset",
}
_MODULES = ("errors", "records")


if not TYPE_CHECKING:  # pragma: no branch (a type checker would take any name for ours)

    def __getattr__(name: str) -> object:
        """Return a public name, importing what it needs only now."""
        if name in _HOME:
            module = __import__(f"natodata.{_HOME[name]}", fromlist=[name])
            return getattr(module, name)
        if name in _MODULES:
            return __import__(f"natodata.{name}", fromlist=["__name__"])
        if name in __all__:
            dataset = _loaded()
            return dataset.version if name == "data_version" else getattr(dataset, name)
        raise AttributeError(f"module 'natodata' has no attribute {name!r}")


def _loaded() -> "Dataset":
    """Return the packaged data.

    What is made the first time stays, so the collector would look through it in vain, which takes
    a tenth of the time; it waits until the data is there.
    """
    import sys

    if "natodata.dataset" in sys.modules:
        from natodata.dataset import load

        return load()
    from natodata.loading.collector import collector_waiting

    with collector_waiting():
        from natodata.dataset import load

        return load()


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])
