"""What keeps SQL to reading: files, settings, time and memory, on whatever is asked."""
# ruff: noqa: S608 (queries of these tests' own)

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from natodata.errors import BadArgument
from natodata.queries import sql_guards
from natodata.queries.sql_guards import LONGEST, MOST_EXPANSIONS, STEPS, Budget, expansions

COUNT = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
LONG = "hex(zeroblob(49900))"

# Asks for one thing after the other in a process that may write to no file at all: whoever tries
# is killed by the system. What SQLite sorts is far more than it keeps in memory by itself.
NO_FILES = """\
import os, resource, signal, sys

sys.path.insert(0, sys.argv[1])
from small import store
from natodata import Dataset
from natodata.errors import BadArgument

nato = Dataset(store())
nato.sql("SELECT 1")
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
for query in sys.argv[2:]:
    try:
        os.write(1, b"%d rows " % len(nato.sql(query)))
    except BadArgument as error:
        os.write(1, b"refused ")
"""

FILES = [
    (
        f"{COUNT[:-2]} LIMIT 900) SELECT length(z) FROM (SELECT x, zeroblob(30000) AS z FROM c) "
        "ORDER BY z, x"
    ),
    f"{COUNT}SELECT DISTINCT x, x || 'a' FROM c LIMIT 20000",
    "ATTACH 'x.db' AS other",
    "VACUUM INTO 'x.db'",
    "PRAGMA temp_store = FILE",
    "PRAGMA temp_store_directory = '.'",
    "PRAGMA journal_mode = WAL",
    "PRAGMA writable_schema = ON",
    "CREATE TEMP TABLE x AS SELECT 1",
    "SELECT writefile('x', 'y')",
    "SELECT load_extension('x')",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM main.pragma_table_info('people')",
    "SELECT count(*) FROM pragma_module_list",
    "SELECT * FROM sqlite_dbpage",
    "SELECT * FROM temp.sqlite_master",
    "INSERT INTO records(records) VALUES ('rebuild')",
    "SELECT * FROM people WHERE name MATCH 'x'",
]
ANSWERED = {0: "900 rows", 1: "20000 rows"}

GREEDY = {
    "counts": "SELECT count(*) FROM c",
    "sorts": "SELECT x FROM c ORDER BY random()",
    "long texts": "SELECT sum(length(printf('%*c', 90000, 'x'))) FROM c",
    "random bytes": "SELECT sum(length(randomblob(90000))) FROM c",
    "patterns": f"SELECT sum({LONG} || x LIKE '%0{'_' * 90}1') FROM c",
    "keeps apart": "SELECT count(*) FROM (SELECT DISTINCT x, zeroblob(90000) FROM c)",
    "gathers": "SELECT x, zeroblob(90000) AS z FROM c ORDER BY x DESC",
    "JSON": "SELECT sum(json_array_length('[' || replace(hex(zeroblob(9)), '0', '1,') || '1]')) "
    "FROM c",
    "looks in texts": f"SELECT sum(instr({LONG}, substr({LONG}, 2) || x)) FROM c",
    "trims": f"SELECT sum(length(trim({LONG}, replace({LONG}, '0', 'a') || x))) FROM c",
    "replaces": f"SELECT sum(length(replace({LONG}, substr({LONG}, 2) || x, ''))) FROM c",
}


_OTHERS = (
    *("json_each('[1]')", "pragma_function_list", "sqlite_stmt", "sqlite_temp_master", "dbstat"),
)


class TestFiles:
    """SQL touches no file."""

    def test_none_is_written(self, tmp_path):
        """Nothing is written, not even what SQLite would put aside while it sorts."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", NO_FILES, Path(__file__).parents[1], *FILES],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "SQLITE_TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        expected = [ANSWERED.get(at, "refused") for at in range(len(FILES))]

        assert ("", 0) == (done.stderr, done.returncode)
        assert f"{' '.join(expected)} " == done.stdout
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("query", FILES[2:])
    def test_none_is_read(self, small, query):
        """Python sees nothing opened, loaded or run, whatever is asked."""
        with pytest.raises(BadArgument):
            small.sql("SELECT * FROM nothing")  # imports what messages need
        seen = []
        watched = True

        def hook(event, arguments):
            if watched and event.startswith(("open", "os.", "socket.", "subprocess.", "sqlite3.")):
                seen.append(event)

        sys.addaudithook(hook)
        with pytest.raises(BadArgument):
            small.sql(query)
        watched = False

        assert [] == seen

    def test_own_tables_only(self, small):
        """Nothing but the tables and their schema can be read from."""
        tables = {name for (name,) in small.sql("SELECT name FROM sqlite_master")}

        assert set(small.tables()) <= tables
        for name in (
            "json_each('[1]')",
            "pragma_function_list",
            "sqlite_stmt",
            "sqlite_temp_master",
            "dbstat",
        ):
            with pytest.raises(BadArgument):
                small.sql(f"SELECT * FROM {name}")


class TestBudget:
    """`Budget`: what a query may take."""

    @pytest.mark.parametrize("query", GREEDY.values(), ids=GREEDY)
    def test_greedy(self, small, query):
        """Whatever never comes to an end is stopped, and the message says by which bound."""
        with pytest.raises(BadArgument, match=r"for each ten million steps|at most 10,000,000"):
            small.sql(COUNT + query)

        assert [(1,)] == list(small.sql("SELECT 1"))

    def test_steps(self):
        """It is spent when the steps are, and not before."""
        budget = Budget(3 * Budget.every)

        assert [False, False, False, True, True] == [budget() for _ in range(5)]
        assert "steps" == budget.exceeded

    def test_time(self, monkeypatch):
        """It is spent when the processor has worked for a second; more steps give more time."""
        now = [0.0]
        for clock in ("thread_time", "monotonic"):
            monkeypatch.setattr(sql_guards, clock, lambda: now[0])
        budget, more = Budget(STEPS), Budget(3 * STEPS)
        assert (False, False) == (budget(), more())
        now[0] = 1.0
        assert (False, False) == (budget(), more())
        now[0] = 1.5

        assert (True, False) == (budget(), more())
        assert ("time", "") == (budget.exceeded, more.exceeded)
        now[0] = 3.5
        assert more()

    def test_memory(self, monkeypatch):
        """It is spent when memory has grown by 256 MiB; more steps give more of it."""
        peak = [1 << 30]
        monkeypatch.setattr(sql_guards, "_peak", lambda: peak[0])
        budget, more, least = Budget(STEPS), Budget(2 * STEPS), Budget(STEPS)
        peak[0] += 256 << 20
        assert not least()
        peak[0] += 1

        assert (True, False) == (budget(), more())
        assert ("memory", "") == (budget.exceeded, more.exceeded)

    def test_looks(self, monkeypatch):
        """It looks at what was taken a thousand times a second, not at each call."""
        seconds, looks = [0.5], []
        monkeypatch.setattr(sql_guards, "monotonic", lambda: seconds[0])
        monkeypatch.setattr(sql_guards, "thread_time", lambda: looks.append(0) or 0.0)
        budget = Budget(STEPS)
        seen = []
        for now in (0.5, 0.5005, 0.5 + 0.001, 0.5015, 0.5025, 7.0):
            seconds[0] = now
            budget()
            seen.append(len(looks))

        assert [2, 2, 3, 3, 4, 5] == seen

    @pytest.mark.parametrize(("system", "unit"), [("linux", 1024), ("darwin", 1)])
    def test_peak(self, monkeypatch, system, unit):
        """Memory is told in bytes, in whatever unit the system has it."""
        resource = pytest.importorskip("resource")
        monkeypatch.setattr(sys, "platform", system)

        class Usage:
            """What a process took."""

            ru_maxrss = 7

        monkeypatch.setattr(resource, "getrusage", lambda who: Usage)

        assert 7 * unit == sql_guards._peak()

    def test_no_peak(self, monkeypatch):
        """Where the system does not tell, memory is not bounded."""
        monkeypatch.setitem(sys.modules, "resource", None)

        assert 0 == sql_guards._peak()


class TestGuard:
    """The functions that stand in for SQLite's own."""

    @given(
        st.sampled_from(["instr", "replace", "trim", "ltrim", "rtrim"]),
        st.lists(
            st.none()
            | st.integers(-999, 999)
            | st.sampled_from([0.5, 1e20, -3.0, 1e-7, 123456.789, float("inf"), -float("inf")])
            | st.text("abc", max_size=6)
            | st.sampled_from(["", "a", "é", "ab", "ba", ".", "0", "e+"])
            | st.sampled_from([b"", b"a", b"ab"]),
            min_size=3,
            max_size=3,
        ),
    )
    @example("instr", [1e999, "f", None])
    @example("instr", [1e999, "I", None])
    @example("instr", [-1e999, "I", None])
    @example("trim", [-1e999, "-", None])
    @example("rtrim", [1e20, "0", None])
    @example("instr", [b"ab", b"b", None])
    @example("instr", [b"aba", b"a", None])
    @example("instr", ["aba", "a", None])
    @example("instr", [None, "b", None])
    @example("rtrim", ["a", None, None])
    @example("replace", [None, "a", "b"])
    @example("replace", ["a", "a", None])
    @example("replace", [12, "", None])
    @example("replace", [b"ab", b"", b"x"])
    def test_like_the_originals(self, small, name, values):
        """They answer as the originals do, whatever they are given."""
        given_ = values if name == "replace" else values[:2]
        marks = ", ".join(map(_literal, given_))
        query = f"SELECT {name}({marks}), typeof({name}({marks}))"
        connection = sqlite3.connect(":memory:")
        expected = [
            cell.hex() if isinstance(cell, bytes) else cell
            for cell in connection.execute(query).fetchone()
        ]
        connection.close()

        assert [tuple(expected)] == list(small.sql(query))

    def test_no_text(self, small):
        """Bytes that are no text are shown as such."""
        assert [("\ufffd",)] == list(small.sql("SELECT trim(x'ff61', 'a')"))

    def test_patterns(self, small):
        """A pattern has a hundred characters at most."""
        query = "SELECT 'x' LIKE ?"

        assert [(0,)] == list(small.sql(query, ["a" * 100]))
        with pytest.raises(BadArgument, match="LIKE or GLOB pattern too complex"):
            small.sql(query, ["a" * 101])

    def test_longest(self, small):
        """A text may grow to the longest there is, and no longer."""
        query = "SELECT length(replace(?, 'a', 'bb'))"

        assert [(LONGEST,)] == list(small.sql(query, ["a" * (LONGEST // 2)]))
        with pytest.raises(BadArgument, match="expected values of at most 100,000 characters"):
            small.sql(query, ["a" * (LONGEST // 2 + 1)])

    def test_growth(self, small):
        """What would grow beyond measure is not made."""
        with pytest.raises(BadArgument, match="values of at most 100,000 characters"):
            small.sql(f"SELECT length(replace({LONG}, '0', {LONG}))")


def _literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        return f"'{value}'"
    return {float("inf"): "1e999", -float("inf"): "-1e999"}.get(value, repr(value))


def bomb(levels, *, head="SELECT 1 AS x", name="a{}", body="SELECT p.x FROM {0} AS p, {0} AS q"):
    """Return a query in which each of many tables uses the one before it twice."""
    tables = [f"{name.format(0)} AS ({head})"]
    tables += [
        f"{name.format(level)} AS ({body.format(name.format(level - 1))})"
        for level in range(1, levels)
    ]
    return f"WITH {', '.join(tables)} SELECT count(*) FROM {name.format(levels - 1)} LIMIT 1"


class TestExpansions:
    """`expansions`: what a query is written out to."""

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("SELECT 1", 1),
            ("WITH a AS (SELECT 1) SELECT * FROM a", 1),
            ("WITH a AS (SELECT 1) SELECT a.x, a.y FROM a AS z, main.a, A", 2),
            ("WITH a(x, y) AS (SELECT 1, 2) SELECT * FROM a, a, a", 3),
            ("WITH a AS NOT MATERIALIZED (SELECT 1) SELECT * FROM a, a", 2),
            (
                (
                    "WITH z AS (WITH a AS (SELECT 1) SELECT * FROM a, a), "
                    "y AS (WITH a AS (SELECT 1) SELECT * FROM a, a, a) SELECT * FROM y, z"
                ),
                9,
            ),
            ("WITH a AS MATERIALIZED (SELECT 1) SELECT * FROM a, a", 2),
            ("WITH \"a b\" AS (SELECT 1) SELECT * FROM `a b`, [a b], 'a b'", 3),
            ("WITH a AS (SELECT 1), b AS (SELECT * FROM a, a) SELECT * FROM b, b -- a a a", 4),
            ("WITH a AS (SELECT 1) SELECT /* a a */ * FROM a", 1),
            (f"{COUNT} SELECT * FROM c", 2),
            ("SELECT 1 AS a, 2 AS b, sum(a) OVER w FROM x WINDOW w AS (ORDER BY a)", 1),
            ("AS (", 1),
            (") AS (", 1),
            ("x) AS (", 1),
            ("WITH a AS", 1),
            ("WITH a AS (SELECT 1) SELECT * FROM a AS a", 1),
            ("WITH a(x y) AS (SELECT 1) SELECT * FROM a, a", 2),
            ("a AS (SELECT 1), b AS (SELECT * FROM a, a) SELECT * FROM b, b", 4),
            (". a, a FROM a AS (SELECT 1)", 1),
            (") AS (SELECT 1) )", 1),
            ("a AS NOT MATERIALIZED NOT (SELECT 1), a, a", 1),
        ],
    )
    def test_count(self, query, count):
        """It is the product of how often each table is used."""
        assert count == expansions(query)

    def test_small_bomb(self, small):
        """What can be written out is answered."""
        two = "SELECT 1 AS x UNION ALL SELECT 2"

        assert [(2**16,)] == list(small.sql(bomb(5, head=two)))

    @pytest.mark.parametrize(
        "query",
        [
            bomb(16),
            bomb(30),
            bomb(30, head="VALUES (1)", body="SELECT 1 FROM {0} UNION SELECT 2 FROM {0}"),
            bomb(30, name='"A""{}"'),
            bomb(30, name="[a {}]"),
            bomb(30, body="SELECT p.x FROM {0} p JOIN {0} q USING (x)"),
            bomb(30, body="SELECT (SELECT x FROM {0}) + (SELECT x FROM {0}) AS x"),
            bomb(30, body="WITH z AS (SELECT x FROM {0}) SELECT p.x FROM z AS p, z AS q"),
        ],
    )
    def test_bomb(self, small, query):
        """What grows beyond measure is refused before SQLite sees it."""
        assert expansions(query) > MOST_EXPANSIONS
        with pytest.raises(BadArgument, match="names few tables in WITH"):
            small.sql(query)

    def test_long_query(self, small):
        """A query beyond measure is refused as a whole."""
        with pytest.raises(BadArgument, match="too large"):
            small.sql(f"SELECT '{'x' * LONGEST}'")

    @given(st.text(alphabet="a\"'`[]() ,.-/*\nAS", max_size=60) | st.text(max_size=60))
    def test_any_text(self, text):
        """Any text has a count."""
        assert expansions(text) >= 1
