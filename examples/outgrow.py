"""Ask the data from engines that grow beyond one process: DuckDB and Dask, over Parquet.

::

    pip install "natodata[arrow]" duckdb "dask[dataframe]"
    python examples/outgrow.py

The export is one Parquet file for each table. Both engines read only the columns that a question
needs, and both answer here what natodata answers itself: how many steps of operations fell in each
year. On a cluster, a Dask client takes the place of the local threads; nothing else changes.
"""

import tempfile
from collections import Counter
from pathlib import Path

import dask.dataframe as dd
import duckdb

import natodata

QUESTION = """
SELECT CAST(year(date_earliest) AS INTEGER) AS year, count(*) AS steps
FROM read_parquet(?)
WHERE record IN (SELECT id FROM read_parquet(?)) AND date_earliest IS NOT NULL
GROUP BY year
"""


def in_duckdb(folder: Path) -> dict[int, int]:
    """Return the number of dated steps of operations in each year, as DuckDB counts them."""
    files = [str(folder / f"{name}.parquet") for name in ("milestones", "operations")]
    with duckdb.connect() as database:
        return dict(database.execute(QUESTION, files).fetchall())


def in_dask(folder: Path) -> dict[int, int]:
    """Return the same from Dask, which cuts the work into tasks for threads or machines."""
    operations = dd.read_parquet(folder / "operations.parquet", columns=["id"])["id"].compute()
    steps = dd.read_parquet(folder / "milestones.parquet", columns=["record", "date_earliest"])
    dated = steps[steps["record"].isin(list(operations))].dropna()
    years = dated.assign(year=dd.to_datetime(dated["date_earliest"]).dt.year)
    counts = years.groupby("year").size().compute(scheduler="threads")
    return {int(year): int(count) for year, count in counts.items()}


def in_natodata() -> dict[int, int]:
    """Return the same from the records themselves."""
    dated = (step.date.earliest for each in natodata.operations for step in each.milestones)
    return dict(Counter(day.year for day in dated if day is not None))


def main() -> None:
    """Export, ask all three, and print the years with most steps."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = natodata.load().export(Path(scratch, "nato.parquet"))
        answers = {"DuckDB": in_duckdb(folder), "Dask": in_dask(folder), "natodata": in_natodata()}
    for engine, counts in answers.items():
        busiest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        told = ", ".join(f"{count} in {year}" for year, count in busiest)
        print(f"{engine}: {sum(counts.values())} steps, most of them {told}")


if __name__ == "__main__":
    main()
