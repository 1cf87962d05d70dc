"""The records and their references as a graph, for networkx and in GraphML.

A node is a record: its name is the id, its attributes are ``collection``, ``label``, ``kind``,
``start``, ``end`` and ``date``, as far as they are known. An edge is a reference, from the record
that makes it to the one that it names: ``field`` is the field in which it stands, ``path`` the
place in it. What the pieces on that path say of it (``period``, ``date``, ``kind``, ``rank``,
``as_of``, ``at``) are attributes too. All of them are texts. Two records may have several edges.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from attrs import fields, has

from natodata.export.content import records
from natodata.frames import library
from natodata.loading.catalogue import collection_of
from natodata.queries.timeline import label_of
from natodata.records import Record
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import networkx as nx

__all__ = ["to_networkx", "write"]

_OF_NODES = ("kind", "start", "end", "date")
_OF_EDGES = ("kind", "period", "date", "as_of", "rank", "at")


def to_networkx(store: Store, collections: Collection[str] | None) -> "nx.MultiDiGraph[str]":
    """Return the graph of all records, or of those of some collections and what ties these.

    The key of an edge is the record and the path, such as ``nmi.commands.0.value``.

    Raises:
        MissingExtra: networkx is not installed.
    """
    networkx = library("networkx", "graph")
    graph: nx.MultiDiGraph[str] = networkx.MultiDiGraph()
    found = list(records(store, collections))
    for record in found:
        graph.add_node(record.id, **_of_node(record))
    for record in found:
        for target, path, said in _references(record, (), {}):
            if target.id in graph:
                where = ".".join(path)
                key = f"{record.id}.{where}"
                graph.add_edge(record.id, target.id, key, field=path[0], path=where, **said)
    return graph


def write(store: Store, target: Path, collections: Collection[str] | None) -> None:
    """Write the graph of a dataset, or of some of its collections, as GraphML.

    Raises:
        MissingExtra: networkx is not installed.
    """
    graph = to_networkx(store, collections)
    # With lxml networkx writes another form; this one is the same everywhere.
    library("networkx", "graph").write_graphml_xml(graph, target)


def _of_node(record: Record) -> dict[str, str]:
    said = {"collection": collection_of(type(record)), "label": label_of(record)}
    return said | _known(record, _OF_NODES)


def _known(piece: object, names: Collection[str]) -> dict[str, str]:
    found = {name: getattr(piece, name, None) for name in names}
    return {
        name: str(value)
        for name, value in found.items()
        if value is not None and not isinstance(value, Record)
    }


def _references(
    piece: Any,  # noqa: ANN401 (a record or any piece of one)
    path: tuple[str, ...],
    said: dict[str, str],
) -> Iterator[tuple[Record, tuple[str, ...], dict[str, str]]]:
    """Yield each reference in a record or piece: what it names, where it stands, what is said."""
    for field in fields(type(piece)):
        value = getattr(piece, field.name)
        here = (*path, field.name)
        several = isinstance(value, tuple)
        for number, item in enumerate(value if several else (value,)):
            place = (*here, str(number)) if several else here
            if isinstance(item, Record):
                yield item, place, said
            elif has(type(item)):
                yield from _references(item, place, said | _known(item, _OF_EDGES))
