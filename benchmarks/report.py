"""Write the tables and the growth curves of ``docs/speed.md`` from ``benchmarks/results``.

::

    pip install matplotlib
    python benchmarks/report.py

What stands between two markers in the page, ``<!-- cold -->`` and ``<!-- /cold -->`` say, is
replaced; the rest is prose. The same results give the same bytes.
"""

import json
import re
from pathlib import Path

from harness import RESULTS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "speed.md"
CURVES = ROOT / "docs" / "_static" / "growth.svg"


def main():
    """Write the page and the picture."""
    results = {path.stem: json.loads(path.read_text("utf-8")) for path in RESULTS.glob("*.json")}
    text = PAGE.read_text("utf-8")
    for name, table in (("cold", cold), ("reader", reader), ("warm", warm), ("scale", scale)):
        between = f"<!-- {name} -->\n\n{table(results[name])}\n<!-- /{name} -->"
        text = re.sub(
            f"<!-- {name} -->.*<!-- /{name} -->", lambda _, b=between: b, text, flags=re.DOTALL
        )
    PAGE.write_text(text, "utf-8")
    draw(results["scale"]["sizes"])


def cold(result):
    """Return start-up times and their limits."""
    rows = [
        [name, *map(milliseconds, over)] for name, over in result["over bare Python, ms"].items()
    ]
    times = table(["Process", "CPU, ms", "clock, ms"], [[a, c, b] for a, b, c in rows])
    return f"On {result['machine']}:\n\n{times}\n{limits(result)}"


def reader(result):
    """Return what reading YAML takes, and the limits."""
    rows = [[shape, *map(milliseconds, row.values())] for shape, row in result["ms"].items()]
    head = ["ms", *next(iter(result["ms"].values()))]
    size = f"{result['MB']:.1f} MB in {result['files']} files"
    return f"{size}, on {result['machine']}:\n\n{table(head, rows)}\n{limits(result)}"


def warm(result):
    """Return warm questions beside their peers."""
    rows = []
    for question, times in result["microseconds"].items():
        ours = times["natodata"]
        peers = [f"{name} {plain(other / ours)}" for name, other in times.items() if other != ours]
        rows.append([f"`{question}`", plain(ours), "; ".join(peers) or "–"])
    head = ["Question", "natodata, µs", "peer's time, natodata's being 1"]
    return f"On {result['machine']}:\n\n{table(head, rows)}"


def scale(result):
    """Return what growing costs, and the limits."""
    rows = []
    for row in result["sizes"]:
        busy, quiet = row["a busy day"], row["a quiet day"]
        rows.append(
            [
                f"{row['records']:,}",
                plain(row["load, µs a record"]),
                plain(row["memory, KiB a record"]),
                *(plain(busy["again"]["natodata"] / busy["hits"]), versus(busy)),
                *(plain(quiet["again"]["natodata"] / quiet["hits"]), versus(quiet)),
                *(plain(row["find"]["again"]["natodata"]), versus(row["find"])),
            ]
        )
    head = [
        *("Records", "load, µs a record", "memory, KiB a record"),
        *("busy day, µs a hit", "pandas, polars, DuckDB"),
        *("quiet day, µs a hit", "pandas, polars, DuckDB"),
        *("`find`, µs", "pandas, polars, DuckDB"),
    ]
    return f"On {result['machine']}:\n\n{table(head, rows)}\n{limits(result)}"


def versus(row):
    """Return the times of the peers as multiples of natodata's."""
    ours, *others = row["again"].values()
    return ", ".join(plain(other / ours) for other in others)


def limits(result):
    """Return what was measured against limits, and which of them hold."""
    rows = [
        [
            row["name"],
            f"{row['value']:.2f}{row['unit']}",
            row["limit"],
            "yes" if row["holds"] else "**no**",
        ]
        for row in result["gates"]
    ]
    return table(["Limit", "measured", "allowed", "holds"], rows)


def table(head, rows):
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def milliseconds(value):
    """Return a time as the table gives it."""
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def plain(value):
    """Return a number with three digits that count, and never in powers of ten."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def draw(rows):
    """Draw how costs grow with the data; what is level does not."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "natodata"
    from matplotlib import pyplot as plt

    sizes = [row["records"] for row in rows]
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
    flat = axes[0]
    flat.plot(sizes, [row["load, µs a record"] for row in rows], "o-", label="load, µs a record")
    memory = [row["memory, KiB a record"] for row in rows]
    flat.plot(sizes, memory, "s-", label="memory, KiB a record")
    flat.set_title("Load and memory, a record")
    flat.set_ylim(1, 1000)
    for axis, question in zip(axes[1:], ("a busy day", "find"), strict=True):
        for name, mark in zip(rows[0][question]["again"], "os^d", strict=True):
            times = [row[question]["again"][name] / row[question]["hits"] for row in rows]
            axis.plot(sizes, times, f"{mark}-", label=name)
        title = "on(day): µs for each hit" if question != "find" else "find(name): µs"
        axis.set_title(title)
    for axis in axes:
        axis.set(xscale="log", yscale="log", xlabel="records")
        axis.legend(frameon=False, fontsize="small")
        axis.grid(alpha=0.3)
    figure.savefig(CURVES, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
