"""The graph of references, in networkx and through GraphML."""

import sys

import networkx as nx
import pytest
from small import store

from natodata import Dataset
from natodata.dates import when_of
from natodata.errors import BadArgument, MissingExtra
from natodata.export.graph import to_networkx, write
from natodata.queries.references import referrers

WHOLE = store()


class TestToNetworkx:
    """`to_networkx`."""

    def test_nodes(self):
        """Every record is a node that says what is known of it, as text."""
        graph = to_networkx(WHOLE, None)

        assert set(WHOLE.all_ids()) == set(graph)
        assert {
            "collection": "operations",
            "label": "Operation Calm",
            "kind": "maritime-security",
            "start": "2001-10-26",
            "end": "2004~",
        } == graph.nodes["calm"]
        assert {"collection": "sources", "label": "The Gazette", "date": "2001"} == (
            graph.nodes["gazette"]
        )

    def test_edges(self):
        """An edge leads from a record to each that it refers to, and to no other."""
        graph = to_networkx(WHOLE, None)
        found = {target: tuple(sorted(graph.predecessors(target))) for target in graph}

        assert referrers(WHOLE) == {target: ids for target, ids in found.items() if ids}

    def test_edge(self):
        """An edge says where the reference stands and what the piece says of it."""
        graph = to_networkx(WHOLE, None)

        assert {
            "calm.commands.0.value": {
                "field": "commands",
                "path": "commands.0.value",
                "period": "2001/2003-06",
                "rank": "normal",
            },
            "calm.coordinates_with.0": {
                "field": "coordinates_with",
                "path": "coordinates_with.0",
            },
        } == dict(graph["calm"]["hq"])
        assert {
            "field": "milestones",
            "path": "milestones.1.citations.0.source",
            "kind": "ended",
            "date": "2004~",
            "rank": "preferred",
            "at": "page 9",
        } == graph["calm"]["daily"]["calm.milestones.1.citations.0.source"]
        assert "meetings" == graph.nodes["summit"]["collection"]
        assert {"kind": "adopted", "date": "2001-10-02", "rank": "normal"}.items() <= (
            graph["treaty"]["summit"]["treaty.milestones.0.at"].items()
        )

    def test_some(self):
        """Of some collections there are their records, and the edges between these."""
        graph = to_networkx(WHOLE, ("operations", "countries"))

        assert {"calm", "IRQ", "NOR"} == set(graph)
        assert {("calm", "IRQ"), ("calm", "NOR")} == set(graph.edges())

    def test_view(self):
        """A view has the references of its time."""
        early = to_networkx(WHOLE.at(when_of("2002"), certain=False), None)
        late = to_networkx(WHOLE.at(when_of("2004"), certain=False), None)
        held = [
            {
                target
                for _, target, field in graph.edges("calm", data="field")
                if field == "commands"
            }
            for graph in (early, late)
        ]

        assert "hq" in held[0]
        assert "alliance" in held[1]

    def test_algorithms(self):
        """It can be put to the library's questions."""
        graph = to_networkx(WHOLE, ("decisions", "operations", "countries"))

        assert ["calm-decided", "calm", "IRQ"] == nx.shortest_path(graph, "calm-decided", "IRQ")

    def test_method(self):
        """`Dataset.to_networkx` gives it, for one collection too; unknown ones are refused."""
        nato = Dataset(WHOLE)

        assert nx.utils.graphs_equal(to_networkx(WHOLE, None), nato.to_networkx())
        assert {"calm"} == set(nato.to_networkx("operations"))
        with pytest.raises(BadArgument, match="did you mean 'operations'"):
            nato.to_networkx("operation")

    def test_missing(self, monkeypatch):
        """Without networkx the error says what to install."""
        monkeypatch.setitem(sys.modules, "networkx", None)
        with pytest.raises(MissingExtra) as caught:
            to_networkx(WHOLE, None)

        assert 'networkx is not installed: run pip install "natodata[graph]"' == str(caught.value)


class TestWrite:
    """`write`."""

    @pytest.mark.parametrize("collections", [None, ("operations", "organisations")])
    def test_round_trip(self, tmp_path, collections):
        """GraphML is read back as the same graph: nodes, edges, keys, attributes."""
        write(WHOLE, tmp_path / "x.graphml", collections)
        found = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)

        expected = to_networkx(WHOLE, collections)

        assert dict(expected.nodes(data=True)) == dict(found.nodes(data=True))
        assert list(expected.edges(keys=True, data=True)) == list(
            found.edges(keys=True, data=True)
        )
