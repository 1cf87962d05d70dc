"""The inputs kept for each target: a file for each, an input a line, as JSON.

Bytes that are no UTF-8 stand as lone surrogates, as `os.fsdecode` writes them.
"""

import importlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "corpus"
TARGETS = ("dates", "yaml_reader", "loader", "extend", "find", "search", "sql")


def kept(name):
    """Return the inputs kept for a target, and those that it starts from."""
    target = importlib.import_module(f"fuzz.targets.{name}")
    path = FOLDER / f"{name}.jsonl"
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    found = [json.loads(line).encode("utf-8", "surrogateescape") for line in lines]
    seeds = target.seeds() if hasattr(target, "seeds") else map(str.encode, target.SEEDS)
    return tuple(dict.fromkeys([*seeds, *found]))


def pack(name, inputs):
    """Keep inputs for a target in place of those kept before."""
    lines = (json.dumps(data.decode("utf-8", "surrogateescape")) for data in inputs)
    path = FOLDER / f"{name}.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def reached(run, data):
    """Return which line of natodata followed which while a target ran, as pairs and file."""
    found = set()

    def trace_call(frame, event, argument):
        file = frame.f_code.co_filename
        if "/natodata/" not in file:
            return None
        last = [0]

        def trace_line(frame, event, argument):
            found.add((file, last[0], frame.f_lineno))
            last[0] = frame.f_lineno
            return trace_line

        return trace_line

    before = sys.gettrace()
    sys.settrace(trace_call)
    try:
        run(data)
    finally:
        sys.settrace(before)
    return found
