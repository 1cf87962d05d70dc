"""Costs of questions once everything is loaded, beside peers that answer the same question.

::

    pip install . pycountry pandas pyarrow polars duckdb
    python benchmarks/warm.py [--rounds=15]

A peer has to give natodata's answer before it is timed. The frames and tables of the peers hold
what `Dataset.tables` gives; neither their building nor that of natodata's indexes is timed.
"""

import sys
from datetime import date

import duckdb
import pandas as pd
import polars as pl
import pycountry
from harness import calls, machine, saved

import natodata

DAY = "2012-06-01"
ORDINAL = date.fromisoformat(DAY).toordinal()
ALIAS = "OAE"
WORDS = "training of Iraqi officers"
KIND = "maritime-security"
GROUPED = (
    "SELECT record, count(*) AS milestones FROM milestones"
    " GROUP BY record ORDER BY milestones DESC, record LIMIT 10"
)


def main():
    """Time every question, and print microseconds and ratios."""
    options = dict(each.split("=") for each in sys.argv if each.startswith("--rounds="))
    questions = asked(natodata.load())
    for question, ways in questions.items():
        answers = {name: way() for name, way in ways.items()}
        if wrong := [name for name, each in answers.items() if each != answers["natodata"]]:
            sys.exit(f"{question}: {', '.join(wrong)} gave another answer than natodata")
    every = {(q, name): way for q, ways in questions.items() for name, way in ways.items()}
    times = calls(every, int(options.get("--rounds", 15)))
    rows = {
        question: {name: times[question, name] for name in ways}
        for question, ways in questions.items()
    }
    print(machine())
    for question, row in rows.items():
        ours, *others = row.values()
        peers = zip([*row][1:], others, strict=True)
        told = "".join(f"   {name} {each:.1f} ({each / ours:.1f})" for name, each in peers)
        print(f"{question:<20}{ours:>10.1f}{told}")
    saved("warm", {"microseconds": rows})


TABLES = ("countries", "milestones", "operations", "operations_aliases")


def asked(nato):
    """Return the questions: natodata's way of asking each, then its peers' ways."""
    tables = {name: table for name, table in nato.tables().items() if name in TABLES}
    panda = {n: pd.DataFrame(table.rows, columns=table.columns) for n, table in tables.items()}
    polar = {n: pl.from_pandas(frame[nonempty(frame)]) for n, frame in panda.items()}
    spells = [(each.id, spell[0], spell[3]) for each in nato.operations for spell in each.spells]
    panda["spells"] = spans = pd.DataFrame(spells, columns=["id", "first", "last"])
    polar["spells"] = polar_spans = pl.from_pandas(spans)
    duck = in_duckdb(panda)
    names = panda["countries"].set_index("id")["name"]
    called = panda["operations_aliases"]
    pycountry.countries.search_fuzzy("Iraq")

    def panda_on():
        met = spans[(spans["first"] <= ORDINAL) & (spans["last"] >= ORDINAL)]
        return tuple(sorted(met["id"].unique()))

    def polar_on():
        met = polar_spans.filter((pl.col("first") <= ORDINAL) & (pl.col("last") >= ORDINAL))
        return tuple(sorted(met["id"].unique()))

    def panda_grouped():
        counts = panda["milestones"].groupby("record").size().reset_index(name="n")
        top = counts.sort_values(["n", "record"], ascending=[False, True]).head(10)
        return tuple(zip(top["record"], map(int, top["n"]), strict=True))

    def polar_grouped():
        counts = polar["milestones"].group_by("record").len()
        return tuple(counts.sort(["len", "record"], descending=[True, False]).head(10).rows())

    kinds = panda["operations"]
    polar_kinds = polar["operations"]
    polar_called = polar["operations_aliases"]
    return {
        "nato[id]": {
            "natodata": lambda: nato["IRQ"].name,
            "pycountry": lambda: pycountry.countries.get(alpha_3="IRQ").name,
            "pandas": lambda: names.loc["IRQ"],
            "DuckDB": lambda: duck("SELECT name FROM countries WHERE id = 'IRQ'")[0],
        },
        "find(alias)": {
            "natodata": lambda: nato.find(ALIAS).id,
            "pandas, same spelling": lambda: called["record"][called["value"] == ALIAS].iloc[0],
            "polars, same spelling": lambda: polar_called.filter(pl.col("value") == ALIAS).item(
                0, "record"
            ),
            "DuckDB, same spelling": lambda: duck(
                "SELECT record FROM operations_aliases WHERE value = ?", [ALIAS]
            )[0],
        },
        "find(name)": {
            "natodata": lambda: nato.find("republic of iraq").iso_alpha3,
            "pycountry": lambda: pycountry.countries.lookup("republic of iraq").alpha_3,
        },
        "match(name)": {
            "natodata": lambda: nato.match("Iraq")[0].record.name,
            "pycountry": lambda: pycountry.countries.search_fuzzy("Iraq")[0].name,
        },
        "on(day)": {
            "natodata": lambda: nato.operations.on(DAY).ids,
            "pandas": panda_on,
            "polars": polar_on,
            "DuckDB": lambda: duck(
                "SELECT DISTINCT id FROM spells WHERE first <= ? AND last >= ? ORDER BY id",
                (ORDINAL, ORDINAL),
            ),
        },
        "where(kind=…)": {
            "natodata": lambda: nato.operations.where(kind=KIND).ids,
            "pandas": lambda: tuple(kinds["id"][kinds["kind"] == KIND]),
            "polars": lambda: tuple(polar_kinds.filter(pl.col("kind") == KIND)["id"]),
            "DuckDB": lambda: duck("SELECT id FROM operations WHERE kind = ? ORDER BY id", [KIND]),
        },
        "sql(group by)": {
            "natodata": lambda: tuple(nato.sql(GROUPED).rows),
            "pandas": panda_grouped,
            "polars": polar_grouped,
            "DuckDB": lambda: duck(GROUPED, whole=True),
        },
        "search(words)": {"natodata": lambda: nato.search(WORDS)},
        "timeline(a year)": {"natodata": lambda: nato.timeline("2014", "2014")},
        "timeline(about=…)": {"natodata": lambda: nato.timeline(about="IRQ")},
    }


def nonempty(frame):
    """Return the columns that hold anything, each of one type."""
    return [name for name in frame.columns if frame[name].notna().any()]


def in_duckdb(frames):
    """Return what asks DuckDB, with one thread, over tables of its own."""
    database = duckdb.connect()
    database.execute("SET threads = 1")
    for name, frame in frames.items():
        database.register("held", frame[nonempty(frame)])
        database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM held')  # noqa: S608
        database.unregister("held")

    def ask(query, parameters=(), *, whole=False):
        rows = database.execute(query, parameters).fetchall()
        return tuple(rows if whole else (row[0] for row in rows))

    return ask


if __name__ == "__main__":
    main()
