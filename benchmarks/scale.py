"""How costs grow from a thousand records to a million, beside pandas, polars and DuckDB.

::

    pip install . pandas polars duckdb
    python benchmarks/scale.py [--check] [--sizes=1000,10000,100000,1000000]

Each size is written once and then measured in processes of its own, which take turns: five for
each, and in the middle of them one for a million.
Loading means: the snapshot is read and every record is made. Times are of the processor; memory
is what the process holds more than before, as the kernel counts it. As much is touched once and
given back beforehand: what a virtual machine takes to get memory from its host is not ours.

A question is asked for the first time (it builds its index) and again (the median of many). Its
peers ask the same rows, ready in a frame or table of their own, and have to give the same answer:
of a day the ids of all that may have held then, and which of them are sure.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from harness import finished, gate, machine, saved

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TURNS = 5
DAYS = {"a busy day": "2012-06-01", "a quiet day": "1958-03-01"}
LASTING = ("operations", "tenures", "memberships", "contributions")


def main():
    """Measure every size and print a line for each."""
    options = dict(each.split("=") for each in sys.argv if each.startswith("--sizes="))
    sizes = [int(each) for each in options.get("--sizes", "").split(",") if each] or SIZES
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        snapshots = {size: Path(folder, f"{size}.jsonl") for size in sizes}
        for size, snapshot in snapshots.items():
            in_a_process("write", snapshot, size)
        found = {size: [] for size in sizes}
        for turn in range(TURNS):
            for size, snapshot in snapshots.items():
                if size < SIZES[-1] or turn == TURNS // 2:
                    found[size].append(json.loads(in_a_process("measure", snapshot, size)))
    rows = [middle(each) for each in found.values()]
    print(*map(json.dumps, rows), sep="\n")
    result = {"sizes": rows, "gates": gates(rows)}
    saved("scale", result)
    finished(result)


def in_a_process(task, snapshot, size):
    """Return what this script prints for one task, done in a process of its own."""
    command = [sys.executable, __file__, f"--{task}", str(snapshot), str(size)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def middle(found):
    """Return the median of each number in several equal trees."""
    if isinstance(found[0], dict):
        return {key: middle([each[key] for each in found]) for key in found[0]}
    return found[0] if isinstance(found[0], str) else median(found)


def gates(rows):
    """Return the limits: from 10,000 records on, nothing grows by more than 1.3 times."""
    large = [row for row in rows if row["records"] >= SIZES[1]]

    def growth(number):
        first, *others = (number(row) for row in large)
        return max(others, default=first) / first

    found = [
        gate(f"growth of {name}", growth(number), 1.3, " times")
        for name, number in {
            "load time per record": lambda row: row["load, µs a record"],
            "memory per record": lambda row: row["memory, KiB a record"],
            "on(day) per hit": lambda row: per_hit(row["a busy day"]),
            "find": lambda row: row["find"]["again"]["natodata"],
            "first find per record": lambda row: row["find"]["first"] / row["records"],
            "first on(day) per record": lambda row: row["first on(day)"] / row["records"],
        }.items()
    ]
    for question in (*DAYS, "find"):
        ratio = max(
            row[question]["again"]["natodata"] / min(row[question]["again"].values())
            for row in large
        )
        found.append(gate(f"{question}, natodata to the fastest", ratio, 1, " times"))
    return found


def per_hit(row):
    """Return the microseconds of a warm question for each record in its answer."""
    return row["again"]["natodata"] / row["hits"]


def write(snapshot, size):
    """Write a snapshot of so many records."""
    from multiplied import multiplied

    import natodata

    multiplied(Path(natodata.__file__).with_name("data") / "snapshot.jsonl", size, snapshot)


def measure(snapshot, size):
    """Print what one size costs, as JSON."""
    import natodata

    natodata.load()  # all modules are there; what is measured is the records
    touch(6 * 1024 * size)
    before = resident()
    began = time.process_time()
    nato = natodata.Dataset.from_snapshot(snapshot)
    for row in natodata.records.REGISTRY:
        for _record in getattr(nato, row.collection):
            pass
    took = time.process_time() - began
    found = {
        "records": len(nato),
        "bytes a record": snapshot.stat().st_size / size,
        "load, µs a record": took / size * 1e6,
        "memory, KiB a record": (resident() - before) / size,
    }
    name = next(alias for each in nato.operations for alias in each.aliases)
    found["first on(day)"] = once(lambda: met(nato, DAYS["a busy day"]))
    found["find"] = {"first": once(lambda: nato.find(name))}
    peers = Peers(nato)
    for label, day in DAYS.items():
        ways = {"natodata": lambda day=day: met(nato, day)} | peers.on(day)
        found[label] = {"hits": len(ways["natodata"]()[0]), "again": compared(ways)}
    ways = {"natodata": lambda: nato.find(name).id} | peers.find(name)
    found["find"] |= {"hits": 1, "again": compared(ways)}
    json.dump(found, sys.stdout)


def touch(size):
    """Hold so many bytes for a moment, all of them written to."""
    assert len(b"\1" * size) == size


def resident():
    """Return the KiB that this process holds in memory."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return int(next(line.split()[1] for line in status if line.startswith("VmRSS")))


def once(question):
    """Return the microseconds of processor time that a question takes."""
    began = time.process_time()
    question()
    return (time.process_time() - began) * 1e6


def compared(ways, least=0.3):
    """Return the median microseconds of each way to ask, having seen that the answers agree."""
    answers = [told(way()) for way in ways.values()]
    assert all(each == answers[0] for each in answers)
    taken = {name: [] for name in ways}
    # A short call is repeated, so that its turn is not spent on what the peers left in the cache.
    lasting = {name: min(once(way) for _ in range(5)) for name, way in ways.items()}
    repeats = {name: max(1, int(5_000 / lasting[name])) for name in ways}
    ended = time.monotonic() + least * len(ways)
    while time.monotonic() < ended or len(taken["natodata"]) < 5:
        for name, way in ways.items():
            number = repeats[name]
            taken[name].append(once(lambda way=way, number=number: several(way, number)) / number)
    return {name: median(times) for name, times in taken.items()}


def several(way, number):
    """Ask several times."""
    for _ in range(number):
        way()


def told(answer):
    """Return an answer in one form: an id, or all ids with whether each is sure."""
    if isinstance(answer, str):
        return answer
    ids, others = map(list, answer)
    if others and not isinstance(others[0], str):
        return dict(zip(ids, map(bool, others), strict=True))
    return {identifier: identifier not in set(others) for identifier in ids}


def met(nato, day):
    """Return the ids of all states that may have held on a day, and of those not sure to have."""
    found = [getattr(nato, name).on(day) for name in LASTING]
    ids = [identifier for each in found for identifier in each.ids]
    return ids, [identifier for each in found for identifier in each._answers]


class Peers:
    """The same rows in pandas, polars and DuckDB."""

    def __init__(self, nato):
        import duckdb
        import pandas as pd
        import polars as pl

        from natodata.queries.moments import spells_by_id

        self.pl = pl
        spells = [
            (identifier, *span)
            for name in LASTING
            for identifier, spans in spells_by_id(nato._store, name).items()
            for span in spans
        ]
        called = [
            (alias, each.id)
            for name in ("operations", "organisations", "countries", "documents", "meetings")
            for each in getattr(nato, name)
            for alias in (each.name, *each.aliases)
        ]
        columns = ["id", "first", "first_latest", "last_earliest", "last"]
        self.spells = pd.DataFrame(spells, columns=columns)
        self.called = pd.DataFrame(called, columns=["name", "id"])
        self.polar_spells = pl.DataFrame(spells, schema=columns, orient="row")
        self.polar_called = pl.DataFrame(called, schema=["name", "id"], orient="row")
        self.database = duckdb.connect()
        for name in ("spells", "called"):
            self.database.register("held", getattr(self, name))
            self.database.execute(f"CREATE TABLE {name} AS SELECT * FROM held")  # noqa: S608

    def on(self, day):
        """Return what asks for all that may have held on a day."""
        at, frame, polar, pl = date.fromisoformat(day).toordinal(), *self.frames(), self.pl
        query = (
            "SELECT id, bool_or(first_latest <= $at AND last_earliest >= $at) FROM spells"
            " WHERE first <= $at AND last >= $at GROUP BY id"
        )

        def in_pandas():
            found = frame[(frame["first"] <= at) & (frame["last"] >= at)]
            sure = (found["first_latest"] <= at) & (found["last_earliest"] >= at)
            answer = sure.groupby(found["id"]).any()
            return answer.index.tolist(), answer.tolist()

        def in_polars():
            found = polar.filter((pl.col("first") <= at) & (pl.col("last") >= at))
            sure = (pl.col("first_latest") <= at) & (pl.col("last_earliest") >= at)
            answer = found.group_by("id").agg(sure.any().alias("sure"))
            return answer["id"].to_list(), answer["sure"].to_list()

        def in_duckdb():
            return zip(*self.database.execute(query, {"at": at}).fetchall(), strict=True)

        return {"pandas": in_pandas, "polars": in_polars, "DuckDB": in_duckdb}

    def frames(self):
        """Return the states in pandas and in polars."""
        return self.spells, self.polar_spells

    def find(self, name):
        """Return what asks for the record with a name, which has to be spelt just so."""
        called, polar, pl = self.called, self.polar_called, self.pl
        query = "SELECT id FROM called WHERE name = ?"
        return {
            "pandas": lambda: called["id"][called["name"] == name].iloc[0],
            "polars": lambda: polar.filter(pl.col("name") == name).item(0, "id"),
            "DuckDB": lambda: self.database.execute(query, [name]).fetchone()[0],
        }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
