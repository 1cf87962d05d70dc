"""Start-up costs of fresh processes, side by side with a peer's and with a floor.

Run it against an installed wheel (which carries the compiled snapshot), with pycountry beside it::

    pip install . pycountry
    python benchmarks/cold.py [--check] [--rounds=31] [natodata-….whl]

Times are those above a bare ``python -I -c pass``. With ``--check`` the exit status says whether
every limit holds; the size of a wheel is a limit too, where one is named.
"""

import sys
from pathlib import Path

from harness import finished, gate, machine, peak, processes, saved

import natodata

FIRST = "import natodata; natodata.operations['nmi'].start"
EVERY = """
import natodata
nato = natodata.load()
for name in natodata.records.REGISTRY:
    for record in getattr(nato, name.collection):
        pass
"""
# What a record cites and whom it names is made when it is looked at, as here.
EVERY_FIELD = f"""{EVERY}
import attrs
def look(piece):
    for field in attrs.fields(type(piece)):
        value = getattr(piece, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(each)) and not isinstance(each, natodata.records.Record):
                look(each)
for name in natodata.records.REGISTRY:
    for record in getattr(nato, name.collection):
        look(record)
"""
SNAPSHOT = Path(natodata.__file__).with_name("data") / "snapshot.jsonl"
FLOOR = Path(__file__).with_name("floor.py")
CASES = {
    "bare Python": ["-c", "pass"],
    "import natodata": ["-c", "import natodata"],
    "import pycountry": ["-c", "import pycountry"],
    "first answer, natodata": ["-c", FIRST],
    "first answer, pycountry": ["-c", "import pycountry; pycountry.countries.get(alpha_2='IQ')"],
    "every record, natodata": ["-c", EVERY],
    "every field of every record, natodata": ["-c", EVERY_FIELD],
    "every record, floor": [str(FLOOR), str(SNAPSHOT)],
    "import attrs, cattrs, json": ["-c", "import attrs, cattrs, json"],
}


def main():
    """Run all cases and print milliseconds above bare Python, and the ratios that matter."""
    if not SNAPSHOT.is_file():
        sys.exit(f"run this against an installed wheel; there is no {SNAPSHOT}")
    options = dict(each.split("=") for each in sys.argv if each.startswith("--rounds="))
    median = processes(CASES, int(options.get("--rounds", 31)))
    bare = median.pop("bare Python")
    over = {name: (wall - bare[0], cpu - bare[1]) for name, (wall, cpu) in median.items()}
    memory = peak(FIRST) - peak("pass")

    print(machine())
    print(f"{'ms over bare Python':<28}{'wall':>8}{'CPU':>8}")
    for name, (wall, cpu) in over.items():
        print(f"{name:<28}{wall:>8.1f}{cpu:>8.1f}")
    gates = [gate("import natodata over bare Python", over["import natodata"][1], 1, " ms")]
    for what, peer, limit in (
        ("first answer", "pycountry", 1.3),
        ("every record", "floor", 1.3),
    ):
        ratio = over[f"{what}, natodata"][1] / over[f"{what}, {peer}"][1]
        gates.append(gate(f"{what} to {peer}", ratio, limit, " times"))
    gates.append(gate("peak memory of a first answer over bare Python", memory, 15, " MiB"))
    gates += [
        gate("size of the wheel", Path(each).stat().st_size / 1e6, 1, " MB")
        for each in sys.argv
        if each.endswith(".whl")
    ]
    result = {"over bare Python, ms": over, "bare Python, ms": bare, "gates": gates}
    saved("cold", result)
    finished(result)


if __name__ == "__main__":
    main()
