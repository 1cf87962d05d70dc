"""Questions in SQL.

An input is a query; each question mark in it is given a value. Whatever is asked, the tables must
stay what they were, and the working folder empty (where it was).
"""

import os

from fuzz.bases import dataset, shaped

from natodata.errors import BadArgument
from natodata.tabular import Table

LONGEST = 300
STEPS = 20_000
WORDS = (
    *(
        "SELECT ",
        " FROM ",
        " WHERE ",
        " GROUP BY ",
        " ORDER BY ",
        " LIMIT ",
        " UNION ALL ",
        " AS ",
    ),
    *("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) ", " JOIN ", " USING ", "*"),
    *(
        "operations",
        "people",
        "records",
        "sqlite_master",
        "id",
        "name",
        "main.",
        "temp.",
        "?",
        ":a",
    ),
    *(
        "PRAGMA ",
        "ATTACH ",
        "DETACH ",
        "VACUUM INTO ",
        "'x.db'",
        "CREATE ",
        "INSERT INTO ",
        "DROP ",
    ),
    *("load_extension(", "readfile(", "writefile(", "fts3_tokenizer(", "zeroblob(", "randomblob("),
    *(
        "printf('%*c',",
        "replace(",
        "instr(",
        "trim(",
        "hex(",
        "group_concat(",
        "json_each(",
        "x'00'",
    ),
    *(
        "json_tree(",
        "generate_series(",
        "pragma_table_info(",
        "fsdir(",
        "edit(",
        "count(*)",
        "over (",
    ),
    *(
        "LIKE ",
        "GLOB ",
        "REGEXP ",
        "MATCH ",
        "CAST(",
        "iif(",
        "1e999",
        "9223372036854775807",
        "--",
    ),
)
SEEDS = (
    "SELECT id, name FROM people ORDER BY id",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c LIMIT 3",
    "SELECT count(*), upper('ab'), max(1, ?) FROM operations GROUP BY kind HAVING count(*) > 0",
    "SELECT sql FROM sqlite_master",
    "SELECT hex(zeroblob(10)), printf('%5d', 3), replace('a', 'b', 'c')",
    "ATTACH 'x.db' AS other",
    "PRAGMA query_only = OFF",
    "VACUUM INTO 'x.db'",
    "INSERT INTO people VALUES ('x', NULL, NULL)",
    "SELECT * FROM json_each('[1, {\"a\": 2}]')",
    "SELECT sum(value) OVER (ORDER BY id ROWS 2 PRECEDING) FROM figures",
    "SELECT a.id FROM operations a LEFT JOIN milestones b ON a.id = b.record WHERE b.kind > 1",
)
mutate = shaped


def run(data: bytes) -> None:
    """Put a query, and see that nothing has changed."""
    query = data.decode("utf-8", "surrogateescape")
    nato = dataset()
    try:
        answer = nato.sql(query, ["1"] * query.count("?"), max_steps=STEPS)
        assert isinstance(answer, Table)
        assert len(set(answer.columns)) == len(answer.columns)
    except BadArgument as error:
        assert str(error).startswith("expected ")
    count = nato.sql("SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM sqlite_master)")
    assert list(count) == _counted(nato)
    assert not os.path.exists("x.db")  # noqa: PTH110 (a Path for each run costs more than the run)


_COUNTS = []


def _counted(nato):
    if not _COUNTS:
        _COUNTS.extend(
            nato.sql("SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM sqlite_master)")
        )
    return _COUNTS
