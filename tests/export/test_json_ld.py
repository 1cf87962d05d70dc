"""JSON-LD, read back with rdflib and PyLD."""

import json
import warnings

import pytest
from attrs import fields
from pyld import jsonld
from rdflib import PROV, RDF, RDFS, SDO, XSD, Graph, Literal, URIRef
from small import SMALL, store

from natodata.dates import when_of
from natodata.export.json_ld import CONTEXT, RECORD, TERM, write
from natodata.records import REGISTRY

EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
WHOLE = store()


def record(identifier):
    """Return the name of a record on the web."""
    return URIRef(RECORD + identifier)


def term(name):
    """Return the name of a term of our own."""
    return URIRef(TERM + name)


def parsed(path, given=WHOLE, collections=None):
    """Return the graph that a file says."""
    write(given, path / "x.jsonld", collections)
    text = (path / "x.jsonld").read_text(encoding="utf-8")
    with warnings.catch_warnings():
        # rdflib's reader uses what rdflib itself calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """Return the graph of the small dataset."""
    return parsed(tmp_path_factory.mktemp("json-ld"))


class TestWrite:
    """`write`."""

    def test_all(self, graph):
        """Every record is an entity with a label; nothing else has a name of a record."""
        entities = set(graph.subjects(RDF.type, PROV.Entity))
        referred = {o for o in graph.objects() if str(o).startswith(RECORD)}

        assert {record(each) for each in WHOLE.all_ids()} == entities - {
            URIRef("urn:natodata:dataset")
        }
        assert referred <= entities
        assert "Norway in Operation Calm" == str(graph.value(record("calm-nor"), RDFS.label))

    @pytest.mark.parametrize(
        ("subject", "predicate", "expected"),
        [
            ("calm", RDF.type, SDO.Event),
            ("calm", RDF.type, term("Operation")),
            ("calm", SDO.name, Literal("Operation Calm")),
            ("calm", SDO.alternateName, Literal("OC")),
            ("calm", SDO.startDate, Literal("2001-10-26", datatype=XSD.date)),
            ("calm", SDO.endDate, Literal("2004~", datatype=EDTF)),
            ("calm", SDO.location, record("north-sea")),
            ("calm", SDO.keywords, record("patrol")),
            ("calm", term("combat"), Literal(False)),
            ("calm", term("hosts"), record("NOR")),
            ("calm", PROV.wasDerivedFrom, record("daily")),
            ("hq", RDF.type, SDO.Organization),
            ("hq", SDO.foundingDate, Literal("1990", datatype=XSD.gYear)),
            ("hq", SDO.parentOrganization, record("alliance")),
            ("ola-commander", RDF.type, SDO.OrganizationRole),
            ("ola-commander", SDO.startDate, Literal("2001-05", datatype=XSD.gYearMonth)),
            ("summit", SDO.startDate, Literal("2001-10-01", datatype=XSD.date)),
            ("summit", SDO.endDate, Literal("2001-10-02", datatype=XSD.date)),
            ("summit", term("date"), Literal("2001-10-01/2001-10-02", datatype=EDTF)),
            ("storm", SDO.endDate, Literal("2001-09", datatype=XSD.gYearMonth)),
            ("north-sea", SDO.latitude, Literal(56.5)),
            ("daily", SDO.name, Literal("The Daily")),
            ("daily", PROV.wasDerivedFrom, record("gazette")),
            ("gazette", SDO.datePublished, Literal("2001", datatype=XSD.gYear)),
            ("calm-decided", SDO.agent, record("alliance")),
            ("ola-on-calm", SDO.author, record("ola")),
            ("patrol", RDF.type, SDO.DefinedTerm),
            ("commander", RDF.type, term("Post")),
        ],
    )
    def test_said(self, graph, subject, predicate, expected):
        """What schema.org or PROV has a term for is said in it; dates have their types."""
        assert expected in set(graph.objects(record(subject), predicate))

    def test_derivation(self, graph):
        """A derivation names source, place in it and fields backed; a piece has its own."""
        query = """
            SELECT ?date ?at WHERE {
                ?op term:milestones ?step .
                ?step term:kind "launched" ; term:date ?date ; prov:qualifiedDerivation ?how .
                ?how a prov:Derivation ; prov:entity ?source ; term:at ?at .
            }
        """
        bound = {"op": record("calm"), "source": record("gazette")}
        rows = list(graph.query(query, initNs={"term": TERM, "prov": PROV}, initBindings=bound))
        backs = {
            str(o)
            for how in graph.objects(record("calm-nor"), PROV.qualifiedDerivation)
            for o in graph.objects(how, term("backs"))
        }

        assert [(Literal("2001-10-26", datatype=XSD.date), Literal("page 2"))] == [
            tuple(row) for row in rows
        ]
        assert {"operation", "country", "capacity"} == backs

    def test_dataset(self, graph):
        """The dataset says its title, version, licence and how far it is kept."""
        dataset = URIRef("urn:natodata:dataset")
        cc0 = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")

        assert {
            (RDF.type, SDO.Dataset),
            (RDF.type, PROV.Entity),
            (SDO.name, Literal("A small dataset")),
            (SDO.version, Literal("2020.1.1")),
            (SDO.license, cc0),
            (SDO.dateModified, Literal("2020-01-31", datatype=XSD.date)),
        } == {(p, o) for _, p, o in graph.triples((dataset, None, None))}

    def test_view(self, tmp_path):
        """A view says at which time it looks, and nothing that the dataset does not."""
        graph = parsed(tmp_path, store("sources: []").at(when_of("2002"), certain=False))
        dataset = URIRef("urn:natodata:dataset")

        assert Literal("2002") == graph.value(dataset, term("as_of"))
        assert graph.value(dataset, SDO.version) is None
        assert graph.value(dataset, SDO.dateModified) is None

    def test_some(self, tmp_path):
        """Of some collections only the records of these are described."""
        graph = parsed(tmp_path, WHOLE, ("meetings",))

        assert {record("summit"), URIRef("urn:natodata:dataset")} == set(
            graph.subjects(RDF.type, PROV.Entity)
        )

    def test_open_span(self, tmp_path):
        """A span without a first or last day has no such date."""
        text = SMALL.replace("date: 2001-09\n", "date: ../2001-09\n")
        graph = parsed(tmp_path, store(text), ("events",))

        assert graph.value(record("storm"), SDO.startDate) is None
        assert Literal("2001-09", datatype=XSD.gYearMonth) == (
            graph.value(record("storm"), SDO.endDate)
        )

    def test_pyld(self, tmp_path):
        """Another reader sees the same: nothing needs the network, and nothing is dropped."""
        write(WHOLE, tmp_path / "x.jsonld", None)
        document = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
        expanded = {each["@id"]: each for each in jsonld.expand(document)}
        flat = jsonld.compact(list(expanded.values()), document["@context"])
        calm = expanded[RECORD + "calm"]

        assert len(document["@graph"]) == len(expanded) == len(flat["@graph"])
        assert len(next(n for n in document["@graph"] if n["id"] == "record:calm")) == len(calm)
        assert [{"@id": RECORD + "IRQ"}, {"@id": RECORD + "NOR"}] == calm[TERM + "hosts"]


class TestContext:
    """`CONTEXT`."""

    def test_no_clash(self):
        """No field is called as something else in the file, or as a prefix."""
        names = {field.name for row in REGISTRY for field in fields(row.cls)}

        assert {"id"} == names & {
            *("id", "type", "label", "sources", "license", "current_to"),
            *("record", "term", "schema", "prov", "xsd", "edtf"),
        }
        assert set(CONTEXT) & names
