"""SQL: what can be asked, that nothing can be written or reached, and errors in good words."""

import contextlib
import sqlite3
import threading
from contextlib import closing
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from natodata.dates import PartialDate, Period
from natodata.errors import BadArgument
from natodata.queries import sql as module
from natodata.queries.sql import build
from natodata.records.vocabulary import OperationKind
from natodata.tabular import Table

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT "

WRITES = [
    "INSERT INTO people VALUES ('x', NULL, NULL)",
    "INSERT INTO people SELECT * FROM people",
    "REPLACE INTO people VALUES ('x', NULL, NULL)",
    "UPDATE people SET name = 'x'",
    "DELETE FROM people",
    "WITH x AS (SELECT 1) DELETE FROM people",
    "DROP TABLE people",
    "ALTER TABLE people RENAME TO persons",
    "ALTER TABLE people ADD COLUMN x",
    "CREATE TABLE x (a)",
    "CREATE TABLE x AS SELECT * FROM people",
    "CREATE TEMP TABLE x (a)",
    "CREATE VIEW x AS SELECT 1",
    "CREATE TEMP VIEW x AS SELECT 1",
    "CREATE INDEX x ON people (name)",
    "DROP INDEX milestones_record",
    "CREATE TRIGGER x AFTER INSERT ON people BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER x AFTER INSERT ON people BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE x USING fts5(a)",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_schema SET sql = ''",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "BEGIN",
    "BEGIN EXCLUSIVE",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT x",
    "RELEASE x",
]
REACHES = [
    "ATTACH 'x.db' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "VACUUM INTO 'x.db'",
    "PRAGMA query_only = OFF",
    "PRAGMA table_info(people)",
    "PRAGMA user_version = 3",
    "PRAGMA journal_mode",
    "PRAGMA temp_store_directory = '/tmp'",
    "SELECT * FROM pragma_table_info('people')",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('x')",
    "SELECT * FROM dbstat",
]
NOT_THERE = [
    "SELECT readfile('/etc/hostname')",
    "SELECT writefile('x', 'y')",
    "SELECT edit('x')",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM csv('x')",
]


class TestRead:
    """Queries that read."""

    def test_rows(self, small):
        """The answer is a table with the columns and rows asked for."""
        assert Table(("id", "name"), [("one", "General One"), ("two", "General Two")]) == (
            small.sql("SELECT id, name FROM people ORDER BY id")
        )

    def test_join(self, small):
        """Tables can be joined by the ids in them."""
        found = small.sql("""
            SELECT o.name, c.iso_alpha3, m.date
            FROM contributions AS p
            JOIN operations AS o ON o.id = p.operation
            JOIN countries AS c ON c.id = p.country
            JOIN milestones AS m ON m.record = p.id AND m.kind = 'joined'
            WHERE c.id = 'AAA'
        """)

        assert [("Operation Steady", "AAA", "1999-06-12")] == list(found)

    @pytest.mark.parametrize("query", ["VALUES (1, 2)", "SELECT 1, 2;", "-- why\nSELECT 1, 2"])
    def test_forms(self, small, query):
        """Values, a semicolon at the end and comments are fine."""
        assert [(1, 2)] == list(small.sql(query))

    def test_recursion(self, small):
        """So are common table expressions, recursive ones as well."""
        found = small.sql(f"{ENDLESS} x FROM c LIMIT 3")

        assert [(1,), (2,), (3,)] == list(found)

    def test_functions(self, small):
        """Functions of SQLite can be used."""
        assert [(3, "AB", 4)] == list(
            small.sql("SELECT count(*), upper('ab'), max(1, 4) FROM operations")
        )

    def test_schema(self, small):
        """What tables and columns there are can be asked in SQL too."""
        (row,) = small.sql("SELECT sql FROM sqlite_master WHERE name = 'strength_rows'")

        assert '"personnel" INTEGER' in row[0]
        assert '"record" TEXT' in row[0]

    def test_values(self, small):
        """Numbers are numbers, what is not known is None, bytes are written in hexadecimal."""
        assert [(1, 0.5, None, "ff00", "x")] == list(
            small.sql("SELECT 1, 0.5, NULL, x'ff00', 'x'")
        )
        assert [(False,)] == list(small.sql("SELECT combat FROM operations WHERE id = 'steady'"))

    def test_same_names(self, small):
        """Columns of one name are numbered, as a table needs them apart."""
        assert ("a", "a_2", "a_2_2") == small.sql("SELECT 1 AS a, 2 AS a, 3 AS a_2").columns
        assert ("a", "a_2", "a_3") == small.sql("SELECT 1 AS a, 2 AS a_2, 3 AS a").columns

    def test_very_many_same_names(self, small):
        """As many columns as SQLite allows can share a name; none is looked for one by one."""
        columns = small.sql(f"SELECT {', '.join(['1 AS a'] * 2000)}").columns

        assert ("a", "a_2", "a_2000") == (columns[0], columns[1], columns[-1])
        assert 2000 == len(set(columns))

    def test_no_rows(self, small):
        """A query without an answer has its columns all the same."""
        assert Table(("id",), []) == small.sql("SELECT id FROM people WHERE name IS NULL")

    def test_view(self, small):
        """Of a day's view the tables are those of that day."""
        query = "SELECT command FROM operations WHERE id = 'steady'"

        assert [("north",)] == list(small.on("2002").sql(query))
        assert [("afsouth",)] == list(small.sql(query))
        assert [] == list(small.on("1998").sql(query))


class TestParameters:
    """Values for the marks of a query."""

    @pytest.mark.parametrize(
        ("query", "parameters"),
        [
            ("SELECT ?, ?", [1, "x"]),
            ("SELECT ?, ?", (1, "x")),
            ("SELECT ?2, ?1", ("x", 1)),
            ("SELECT ?1, replace('?1x', '?1', ?2)", (1, "")),
            ("SELECT 1, replace('?1', '?1', ?)", ["x"]),
            ("SELECT :a, :b", {"a": 1, "b": "x"}),
            ("SELECT @a, $b", {"a": 1, "b": "x"}),
        ],
    )
    def test_marks(self, small, query, parameters):
        """Marks stand for the values of a list or mapping."""
        assert [(1, "x")] == list(small.sql(query, parameters))

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (PartialDate("1999-06"), "1999-06"),
            (Period("1999/.."), "1999/.."),
            (date(1999, 6, 12), "1999-06-12"),
            (datetime(1999, 6, 12, 23, 59), "1999-06-12"),  # noqa: DTZ001 (days have no zone)
            (OperationKind.COMBAT, "combat"),
            (None, None),
            (True, 1),
            (0.5, 0.5),
        ],
    )
    def test_values(self, small, value, expected):
        """Dates stand for their texts and codes for theirs."""
        assert [(expected,)] == list(small.sql("SELECT ?", [value]))

    def test_record(self, small):
        """A record stands for its id."""
        query = "SELECT name FROM operations WHERE id = ?"

        assert [("Operation Steady",)] == list(small.sql(query, [small["steady"]]))

    def test_no_injection(self, small):
        """A value is a value, whatever stands in it."""
        nasty = "'; DROP TABLE people; --"

        assert [(nasty,)] == list(small.sql("SELECT ?", [nasty]))
        assert 2 == len(small.sql("SELECT * FROM people"))

    @pytest.mark.parametrize(
        ("query", "parameters", "message"),
        [
            ("SELECT ?", (), "expected a parameter for each mark of the query: "),
            ("SELECT ?", (1, 2), "expected a parameter for each mark of the query: "),
            ("SELECT :a", {"b": 1}, "expected a parameter for each mark of the query: "),
            ("SELECT ?", "x", r"as a list or mapping, got 'x'; for a single value write \['x'\]"),
            ("SELECT ?", 7, r"as a list or mapping, got 7; for a single value write \[7\]"),
            ("SELECT ?", [object()], "text, number, date or record as parameter, got a object"),
            ("SELECT ?", [b"x"], "got a bytes"),
            ("SELECT ?", [[1]], "got a list"),
            ("SELECT ?", [2**70], "too large"),
            ("SELECT ?", ["\ud800"], "surrogates not allowed"),
        ],
    )
    def test_wrong(self, small, query, parameters, message):
        """What does not fit is an error that says what was expected."""
        with pytest.raises(BadArgument, match=message):
            small.sql(query, parameters)


class TestRefused:
    """Anything but reading."""

    @pytest.mark.parametrize("query", WRITES)
    def test_writes(self, small, query):
        """What would write is refused, and nothing is changed."""
        with pytest.raises(BadArgument, match="that only reads the tables, got one that does"):
            small.sql(query)
        assert [("General One",), ("General Two",)] == list(small.sql("SELECT name FROM people"))

    @pytest.mark.parametrize("query", REACHES)
    def test_reaches(self, small, query, monkeypatch, tmp_path):
        """What would reach another database, a file or SQLite's settings is refused."""
        monkeypatch.chdir(tmp_path)
        with pytest.raises(BadArgument, match="that only reads the tables, got one that does"):
            small.sql(query)
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("query", NOT_THERE)
    def test_not_there(self, small, query, monkeypatch, tmp_path):
        """Functions that read and write files do not exist."""
        monkeypatch.chdir(tmp_path)
        with pytest.raises(BadArgument, match=r"no such|only reads"):
            small.sql(query)
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "query", ["SELECT 1; SELECT 2", "SELECT 1; DROP TABLE people", "SELECT 1;; SELECT 2"]
    )
    def test_several(self, small, query):
        """Several statements are refused."""
        with pytest.raises(BadArgument, match="expected one statement, got several"):
            small.sql(query)

    @pytest.mark.parametrize("query", ["", "  \n", None, 7, b"SELECT 1"])
    def test_no_query(self, small, query):
        """A query is a text with something in it."""
        with pytest.raises(BadArgument, match="expected a query in SQL, got "):
            small.sql(query)

    @pytest.mark.parametrize("query", ["-- nothing", ";", "/* nothing */"])
    def test_nothing_asked(self, small, query):
        """A query asks for something."""
        with pytest.raises(BadArgument, match="expected a query that asks for something, got "):
            small.sql(query)


class TestLimits:
    """Queries without end."""

    def test_steps(self, small):
        """A query that takes too many steps is stopped, and the message says what to do."""
        with pytest.raises(BadArgument, match=r"at most 50,000 steps, got .* give max_steps"):
            small.sql(f"{ENDLESS} count(*) FROM c", max_steps=50_000)

    def test_default(self, small, monkeypatch):
        """There is a limit without being asked for."""
        monkeypatch.setattr(module, "STEPS", 100_000)
        with pytest.raises(BadArgument, match="at most 100,000 steps"):
            small.sql(f"{ENDLESS} count(*) FROM c")

    def test_more(self, small):
        """It can be raised, and holds for one query only."""
        query = f"{ENDLESS} count(*) FROM (SELECT x FROM c LIMIT 20000)"  # noqa: S608 (fixed)
        with pytest.raises(BadArgument, match="steps"):
            small.sql(query, max_steps=20_000)

        assert [(20_000,)] == list(small.sql(query, max_steps=2_000_000))
        assert [(20_000,)] == list(small.sql(query))

    @pytest.mark.parametrize("steps", [0, -1, 1.5, "many", True])
    def test_wrong_steps(self, small, steps):
        """A limit is a whole number above 0."""
        with pytest.raises(BadArgument, match="max_steps as a whole number above 0, got "):
            small.sql("SELECT 1", max_steps=steps)

    def test_size(self, small):
        """An answer of many long texts is stopped before memory runs out."""
        with pytest.raises(BadArgument, match=r"less than 20,000,000 characters.* add a limit"):
            small.sql("SELECT zeroblob(90000) FROM citations, records")

    def test_length(self, small):
        """So is a single text without measure, and a pattern that takes for ever."""
        with pytest.raises(BadArgument, match="values of at most 100,000 characters, got a long"):
            small.sql("SELECT hex(zeroblob(99999))")
        with pytest.raises(BadArgument, match="too complex"):
            small.sql(f"SELECT 'a' LIKE '{'%a' * 60}'")


class TestMessages:
    """Errors in good words."""

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("SELECT * FROM peple", "no such table: peple; did you mean 'people'"),
            ("SELECT * FROM main.peple", "no such table: main.peple; did you mean 'people'"),
            ("SELECT nme FROM people", "no such column: nme; did you mean 'name'"),
            ("SELECT p.nme FROM people AS p", "no such column: p.nme; did you mean 'name'"),
            ("SELECT xyzzy FROM people", "no such column: xyzzy$"),
            ("SELEC 1", 'that SQLite understands, got: near "SELEC": syntax error$'),
            ("SELECT (1", "incomplete input"),
            ("SELECT CAST(x'ff' AS text)", "decode"),
            ("SELECT '\0'", "that SQLite understands, got: "),
        ],
    )
    def test_words(self, small, query, message):
        """They say what SQLite found, and name what is nearly right."""
        with pytest.raises(BadArgument, match=message):
            small.sql(query)

    def test_cause(self, small):
        """The error of the database is not shown as well."""
        with pytest.raises(BadArgument) as caught:
            small.sql("SELEC 1")

        assert caught.value.__suppress_context__


def words():
    """Draw texts that look more or less like SQL."""
    pieces = st.sampled_from(
        [
            *("SELECT", "FROM", "WHERE", "people", "name", "*", "(", ")", ",", ";", "'", '"', "?"),
            *("1", "NULL", "JOIN", "operations", "UNION", "--", "/*", "PRAGMA", "ATTACH", "\0"),
            *("DROP TABLE", "INSERT INTO", "VALUES", "AS", "x'ff'", "LIMIT", "WITH", ":a", "||"),
        ]
    )
    return st.lists(pieces, max_size=12).map(" ".join)


class TestProperties:
    """What holds of every text."""

    @given(st.text() | st.text(st.characters()) | words())
    @example("\ud800")
    def test_any_text(self, small, text):
        """Whatever is asked, it is answered by a table or refused by BadArgument."""
        answer = None
        with contextlib.suppress(BadArgument):
            answer = small.sql(text, max_steps=20_000)

        assert answer is None or isinstance(answer, Table)

    @given(
        st.lists(
            st.none()
            | st.integers(-(2**63), 2**63 - 1)
            | st.floats(allow_nan=False)
            | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            min_size=1,
            max_size=5,
        )
    )
    def test_values(self, small, values):
        """Values go in and come out as they are."""
        marks = ", ".join("?" * len(values))

        assert [tuple(values)] == list(small.sql(f"SELECT {marks}", values))


class TestThreads:
    """One dataset, asked from several threads."""

    def test_many(self, made):
        """All get their own answers, from a database that is made once."""
        data = made("people: [{id: a, name: A}, {id: b, name: B}]")
        answers = []

        def ask(number):
            table = data.sql("SELECT ?, count(*) FROM people", [number])
            answers.append((number, list(table)))

        threads = [threading.Thread(target=ask, args=[number]) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [(number, [(number, 2)]) for number in range(16)] == sorted(answers)

    def test_after_an_error(self, small):
        """An error leaves the database usable."""
        for _ in range(3):
            with pytest.raises(BadArgument):
                small.sql(f"{ENDLESS} count(*) FROM c", max_steps=1)
            assert [(1,)] == list(small.sql("SELECT 1"))


class TestBuild:
    """Tables into a database of one's own."""

    def test_types(self, small):
        """Columns have their types whatever stands in them, ids are keys, records indexed."""
        with closing(sqlite3.connect(":memory:")) as connection:
            build(connection, small.tables())
            columns = {
                row[1]: (row[2], row[5]) for row in connection.execute("PRAGMA table_info(places)")
            }
            indexes = [row[1] for row in connection.execute("PRAGMA index_list(milestones)")]

        assert ("TEXT", 1) == columns["id"]
        assert ("REAL", 0) == columns["latitude"]
        assert ["milestones_record"] == indexes

    def test_content(self, small):
        """Every table is there with every row."""
        with closing(sqlite3.connect(":memory:")) as connection:
            build(connection, small.tables())
            for name, table in small.tables().items():
                (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608
                assert len(table) == count
