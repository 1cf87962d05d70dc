"""The relational form: stable tables that hold everything, and references that resolve."""

from datetime import date

import pytest
from attrs import fields

from natodata.dates import PartialDate, Period, parse_when
from natodata.errors import BadArgument
from natodata.loading.catalogue import CLASS_OF
from natodata.queries.tables import PIECES, layout, tables, whole
from natodata.records import Citation, Held, Record

TYPES = {
    "text": str,
    "day": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def rows(table, **wanted):
    """Return the rows of a table, as dicts, in which columns have the values wanted."""
    return [row for row in table.dicts() if all(row[key] == wanted[key] for key in wanted)]


def plain(value):
    """Return a value as a cell holds it."""
    if isinstance(value, Record):
        return value.id
    return str(value) if isinstance(value, PartialDate | Period) else value


class TestLayout:
    """Tables and columns, with and without data."""

    def test_tables(self, small):
        """There is a table for each collection, kind of piece and list, and one of all ids."""
        assert list(layout()) == list(small.tables())
        assert {"records", *CLASS_OF, *PIECES.values()} <= set(layout())
        assert {"operations_hosts", "operations_aims", "legal_bases_countries"} <= set(layout())

    def test_columns(self, small, made):
        """Each table has the columns of the layout, with any data and with hardly any."""
        bare = made("people: [{id: a, name: A}]").tables()
        for name, table in small.tables().items():
            expected = tuple(column.name for column in layout()[name])
            assert expected == table.columns == bare[name].columns

    def test_types(self, small):
        """Cells are of the type that their column declares."""
        for name, table in small.tables().items():
            declared = {column.name: column.type for column in layout()[name]}
            assert declared == table.types()
            for column, kind in declared.items():
                known = [cell for cell in table.column(column) if cell is not None]
                assert all(isinstance(cell, TYPES[kind]) for cell in known), (name, column)
                assert {str, int, float, bool} >= {type(cell) for cell in known}, (name, column)

    @pytest.mark.parametrize(
        ("table", "expected"),
        [
            (
                "contributions",
                [
                    "id",
                    "operation",
                    "country",
                    "capacity",
                    "note",
                    *("start", "start_earliest", "start_latest"),
                    *("end", "end_earliest", "end_latest"),
                ],
            ),
            ("operations_hosts", ["record", "position", "value"]),
            (
                "citations",
                ["record", "field", "position", "piece", "source", "at", "backs"],
            ),
            ("claims", ["record", "field", "position", "about", "value", "rank", "note"]),
            ("labels", ["record", "field", "position", "language", "text"]),
        ],
    )
    def test_examples(self, table, expected):
        """Names of columns are those that are documented."""
        assert expected == [column.name for column in layout()[table]]

    def test_references(self):
        """A reference says which table it leads to; where there are several, that of all ids."""
        targets = {
            (name, column.name): column.refers_to
            for name, columns in layout().items()
            for column in columns
        }

        assert "countries" == targets["contributions", "country"]
        assert "organisations" == targets["operations", "command"]
        assert "places" == targets["organisations", "seat"]
        assert "records" == targets["decisions_affects", "value"]
        assert "operations" == targets["operations_hosts", "record"]
        assert "sources" == targets["citations", "source"]
        assert "countries" == targets["legal_bases_countries", "value"]
        assert targets["operations", "kind"] is None
        assert targets["operations_aims", "value"] is None

    def test_unchangeable(self):
        """The layout cannot be changed by those who read it."""
        with pytest.raises(TypeError):
            layout()["operations"] = ()


class TestContent:
    """Everything in the records is in the tables."""

    def test_records(self, small):
        """The table of all ids has each record once, with its collection and a label."""
        table = small.tables()["records"]

        assert sorted(table.column("id")) == [record.id for record in _all(small)]
        assert [("steady", "operations", "Operation Steady")] == [
            tuple(row.values()) for row in rows(table, id="steady")
        ]

    def test_singles(self, small):
        """What a record holds singly stands in its row; references are ids."""
        content = small.tables()
        for record in _all(small):
            (row,) = rows(content[_collection(record)], id=record.id)
            for field in fields(type(record)):
                value = getattr(record, field.name)
                if not isinstance(value, tuple):
                    assert plain(value) == row[field.name]

    def test_lists(self, small):
        """Lists of records and texts stand in tables of their own, in their order."""
        content = small.tables()
        for record in _all(small):
            for field in fields(type(record)):
                value = getattr(record, field.name)
                name = f"{_collection(record)}_{field.name}"
                if name in content:
                    found = rows(content[name], record=record.id)
                    assert list(range(len(value))) == [row["position"] for row in found]
                    assert list(map(plain, value)) == [row["value"] for row in found]

    def test_pieces(self, small):
        """Pieces stand in the table of their kind, by record, field and position."""
        content = small.tables()
        for record in _all(small):
            for field in fields(type(record)):
                value = getattr(record, field.name)
                for position, piece in enumerate(value if isinstance(value, tuple) else ()):
                    if type(piece) not in PIECES or isinstance(piece, Citation):
                        continue
                    key = {"record": record.id, "field": field.name, "position": position}
                    (row,) = rows(content[PIECES[type(piece)]], **key)
                    for inner in fields(type(piece)):
                        value = getattr(piece, inner.name)
                        column = "about" if inner.name == "field" else inner.name
                        if isinstance(piece, Held) and inner.name == "value":
                            assert str(plain(value)) == row[column]
                        elif not isinstance(value, tuple):
                            assert plain(value) == row[column]

    def test_citations(self, small):
        """A citation tells the piece in which it stands, or none for the record as a whole."""
        table = small.tables()["citations"]
        own = rows(table, record="steady", field="citations")
        second = rows(table, record="steady", field="milestones", piece=4)

        assert [
            (None, "act", "p. 2", "name kind combat hosts"),
            (None, "book", None, "hosts aims"),
        ] == [(row["piece"], row["source"], row["at"], row["backs"]) for row in own]
        assert [(0, "act", None), (1, "copy", None)] == [
            (row["position"], row["source"], row["backs"]) for row in second
        ]

    def test_lists_in_pieces(self, small):
        """A list in a piece has a table of its own."""
        assert [(0, 0, "AAA"), (0, 1, "DDD")] == [
            (row["piece"], row["position"], row["value"])
            for row in rows(small.tables()["legal_bases_countries"], record="steady")
        ]

    def test_dates(self, small):
        """Dates are EDTF text that reads back, with the first and last day they may mean."""
        pairs = 0
        for table in small.tables().values():
            for name in table.columns:
                if f"{name}_earliest" not in table.columns:
                    continue
                for row in table.dicts():
                    edges = row[f"{name}_earliest"], row[f"{name}_latest"]
                    if row[name] is None:
                        assert (None, None) == edges
                        continue
                    when = parse_when(row[name])
                    assert (when.earliest, when.latest) == tuple(
                        None if edge is None else date.fromisoformat(edge) for edge in edges
                    )
                    pairs += 1
        assert pairs > 50

    def test_open_dates(self, made):
        """A stretch that is open at one side has no day there."""
        content = made("""
        operations: [{id: op, name: Op, kind: support, admitted_by: others, figures: [
          {measure: ships, value: 1, as_of: ../2001}, {measure: ships, value: 2, as_of: 2001/..}]}]
        """).tables()["figures"]

        assert [None, "2001-01-01"] == list(content.column("as_of_earliest"))
        assert ["2001-12-31", None] == list(content.column("as_of_latest"))

    def test_computed(self, small):
        """What is computed stands beside what is stored: start, end, and the latest of spells."""
        content = small.tables()
        (steady,) = rows(content["operations"], id="steady")
        (alfa,) = rows(content["countries"], id="AAA")
        (delta,) = rows(content["countries"], id="DDD")
        (undated,) = rows(content["operations"], id="undated")

        assert ("1999-06-12", "1999-06-12") == (steady["start"], steady["start_earliest"])
        assert ("2013-03-05", "2013-03-05") == (steady["end"], steady["end_latest"])
        assert ("afsouth", "nato", "deployed") == (
            steady["command"],
            steady["lead"],
            steady["posture"],
        )
        assert (255, 260) == (alfa["cow"], alfa["gw"])
        assert (None, None) == (delta["cow"], undated["command"])
        assert ["brunssum"] == [
            row["seat"] for row in rows(content["organisations"], id="afsouth")
        ]

    def test_text_stays(self, small):
        """Norway's and Namibia's codes, leading zeros and truths stay what they are."""
        content = small.tables()

        assert ["AA", "NO", "NA", None] == list(content["countries"].column("iso_alpha2"))
        assert "004" == content["countries"].column("iso_numeric")[0]
        assert {"260", "255", "565"} <= set(content["held"].column("value"))
        assert [False, None, None] == list(content["operations"].column("combat"))[:3]


class TestReferences:
    """Foreign keys."""

    def test_resolve(self, small):
        """Every id that a table refers to is in the table that it refers to."""
        content = small.tables()
        ids = {
            name: set(table.column("id"))
            for name, table in content.items()
            if "id" in table.columns
        }
        for name, columns in layout().items():
            for column in columns:
                if column.refers_to is not None:
                    used = set(content[name].column(column.name)) - {None}
                    assert used <= ids[column.refers_to], (name, column.name)

    def test_held(self, small):
        """A record held for a time is in the table of all ids."""
        content = small.tables()
        ids = set(content["records"].column("id"))
        for row in content["held"].dicts():
            if row["field"] in {"leads", "commands", "seats", "owners"}:
                assert row["value"] in ids

    def test_keys(self, small):
        """Keys are unique: ids, and record, field, piece and position of all else."""
        for table in small.tables().values():
            names = [
                name
                for name in ("id", "record", "field", "piece", "position")
                if name in table.columns
            ]
            keys = list(zip(*(table.column(name) for name in names), strict=True))
            assert len(set(keys)) == len(keys)


class TestTables:
    """``nato.tables()`` and tables of collections."""

    def test_copy(self, small):
        """Each call gives a dict of one's own, and the same tables."""
        first = small.tables()
        first.clear()

        assert small.tables()
        assert small.tables()["operations"] is small.tables()["operations"]

    def test_view(self, small):
        """Of a day's view the tables hold what was there then, as it was then."""
        view = small.on("2002-06").tables()

        assert ["steady"] == [
            row["id"] for row in view["operations"].dicts() if row["start"] is not None
        ]
        assert ["north"] == [row["command"] for row in rows(view["operations"], id="steady")]
        assert [] == rows(view["milestones"], record="watch")
        assert [] == rows(view["records"], id="watch")

    def test_whole(self, small):
        """A collection's table has its records, in its order, with all columns."""
        some = small.operations.sorted("name", reverse=True)
        table = some.table()

        assert list(some.ids) == list(table.column("id"))
        assert small.tables()["operations"].columns == table.columns
        assert small.tables()["operations"].types() == table.types()
        assert 0 == len(small.operations.where(kind="combat").table())

    def test_unknown(self, small):
        """There is no table of a collection that does not exist."""
        with pytest.raises(BadArgument, match="name of a collection, got 'operation'"):
            whole(small._store, "operation", ())

    def test_same(self, small):
        """A dataset's method and the function give the same."""
        assert tables(small._store) == small.tables()


def _all(data):
    """Return all records of a dataset, by id."""
    return [data[identifier] for identifier in data._store.all_ids()]


def _collection(record):
    """Return the name of the collection that holds a record."""
    return next(name for name, cls in CLASS_OF.items() if type(record) is cls)
