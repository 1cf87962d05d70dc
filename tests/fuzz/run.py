"""Grows inputs that reach new code, and looks for one that breaks a promise.

Run it from anywhere, with natodata and atheris installed, with the targets to go through (all of
them, if none is named)::

    python tests/fuzz/run.py --seconds 60 dates sql

Every input must be answered, or refused by an error of `natodata.errors`, within a second of
processor time and 512 MiB of memory; a target says what else must hold. The run starts from the
inputs kept in ``corpus`` beside this script, and ends with a line for each target. A finding is
written to the folder as a file, and the exit code is 1; ``--input FILE`` runs it again. With
``--keep``, what reached new code is added to the inputs kept. With ``FUZZ_PACKAGED=1`` in the
environment, ``find``, ``search`` and ``sql`` ask the packaged data, and not a small dataset.
"""

import argparse
import importlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]  # for what the tests share

from fuzz.corpora import TARGETS, kept, pack  # noqa: E402 (found through the line above)

MEMORY = 512
"""MiB that a target may take, the instrumented library and all inputs included."""
LONGEST = 1.0
"""Seconds of processor time that an input may take."""
WARMING = 10
"""Inputs that run before the clock does."""
KEPT = 150
"""Inputs that are kept for a target, unless more are needed to reach all lines."""
MODULES = (
    *("natodata.dataset", "natodata.loading.canonical", "natodata.export.browse"),
    *("natodata.loading.checking", "natodata.loading.integrity", "natodata.queries.audit"),
    *("natodata.queries.alliances", "natodata.queries.causes", "natodata.queries.citing"),
    *("natodata.queries.claims", "natodata.queries.evidence", "natodata.queries.finding"),
    *("natodata.queries.ical", "natodata.queries.matching", "natodata.queries.moments"),
    *("natodata.queries.references", "natodata.queries.searching", "natodata.queries.sql"),
    *("natodata.queries.tables", "natodata.queries.timeline", "natodata.queries.versions"),
    *("natodata.export.html", "natodata.export.text", "natodata.loading.yaml_faults"),
)
"""What is instrumented, with all that it imports of natodata."""


class TooSlow(Exception):
    """An input took more than its second."""


def main() -> int:
    """Run the targets asked for, one after the other."""
    options = _options()
    if options.one:
        _fuzz(options)
    if options.input:
        for name in options.targets:
            _guarded(_target(name).run)(options.input.read_bytes())
        return 0
    folder = options.folder.resolve()
    found = 0
    for name in options.targets or TARGETS:
        found += _go(name, folder, options)
        if options.keep:
            pack(name, _worth_keeping(name, folder))
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--runs", type=int, default=-1, help="at most, for each target")
    parser.add_argument("--seed", type=int, default=0, help="a run is repeated with its seed")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"), help="to work in")
    parser.add_argument("--keep", action="store_true", help="add to the inputs kept")
    parser.add_argument("--input", type=Path, help="run one input, without atheris")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def _target(name: str) -> ModuleType:
    return importlib.import_module(f"fuzz.targets.{name}")


# --- the run of one target, in a process of its own --------------------------------------------


def _go(name: str, folder: Path, options: argparse.Namespace) -> int:
    """Run a target in a process of its own; return how many findings there were."""
    inputs = folder / name
    findings = folder / "findings" / name
    findings.mkdir(parents=True, exist_ok=True)
    inputs.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(kept(name)):
        (inputs / f"kept-{number}").write_bytes(data)
    command = [sys.executable, __file__, "--one", name, "--folder", str(folder)]
    command += ["--seconds", str(options.seconds), "--runs", str(options.runs)]
    command += ["--seed", str(options.seed)]
    before = len(list(findings.iterdir()))
    with (folder / f"{name}.log").open("w") as log:
        code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
    found = max(len(list(findings.iterdir())) - before, int(code != 0))
    text = (folder / f"{name}.log").read_text(errors="replace")
    runs = _number(r"stat::number_of_executed_units: *(\d+)", text)
    seconds = _number(r"Done \d+ runs in (\d+) second", text)
    memory = _number(r"stat::peak_rss_mb: *(\d+)", text)
    if found:
        print(text[-4000:])
    count = len(list(inputs.iterdir()))
    line = {"target": name, "runs": runs, "seconds": seconds, "memory": memory}
    line |= {"inputs": count, "findings": found}
    with (folder / "runs.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")
    print(
        f"{name}: {runs:,} executions in {seconds} s, {count} inputs, "
        f"{memory} MiB, {found} findings",
        flush=True,
    )
    return found


def _number(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def _fuzz(options: argparse.Namespace) -> None:
    """Grow inputs of one target until its time is over; does not return."""
    import atheris

    with atheris.instrument_imports(include=["natodata"], enable_loader_override=False):
        for module in MODULES:
            importlib.import_module(module)
    target = _target(options.one)
    for data in kept(options.one)[:WARMING]:
        target.run(data)  # what is made once is no input's fault
    words = options.folder / f"{options.one}.dict"
    words.write_text("".join(_entries(target.WORDS)))
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-runs={options.runs}",
        f"-seed={options.seed}",
        f"-max_len={target.LONGEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-dict={words}",
        f"-artifact_prefix={options.folder / 'findings' / options.one}/",
        "-timeout=30",  # of what does not come back at all; a slow one is found by its own time
        "-print_final_stats=1",
        "-report_slow_units=60",
        str(options.folder / options.one),
    ]
    more = {"custom_mutator": _mutator(target)} if hasattr(target, "mutate") else {}
    atheris.Setup(arguments, _guarded(target.run), **more)
    atheris.Fuzz()


def _entries(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        data = word.encode("utf-8", "surrogatepass")
        yield f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in data)}"\n'


def _mutator(target: ModuleType) -> Callable[[bytes, int, int], bytes]:
    import atheris

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        if seed % 3 == 0:
            return bytes(atheris.Mutate(data, longest))
        return bytes(target.mutate(data, longest, seed, target.WORDS))

    return mutated


def _guarded(run: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def guarded(data: bytes) -> None:
        began = time.process_time()
        run(data)
        if time.process_time() - began > LONGEST:
            raise TooSlow(f"{time.process_time() - began:.1f} seconds")

    return guarded


# --- what is worth keeping -----------------------------------------------------------------------


def _worth_keeping(name: str, folder: Path) -> list[bytes]:
    """Return the fewest inputs that reach all lines that any reaches, and more to make up a lot.

    Short ones go first.
    """
    from fuzz.corpora import reached

    target = _target(name)
    inputs = sorted({path.read_bytes() for path in (folder / name).iterdir()}, key=_short_first)
    seen: set[object] = set()
    chosen = []
    for data in inputs:
        fresh = reached(target.run, data) - seen
        if fresh:
            seen |= fresh
            chosen.append(data)
    others = [data for data in inputs if data not in chosen]
    return sorted([*chosen, *others[: max(0, KEPT - len(chosen))]], key=_short_first)


def _short_first(data: bytes) -> tuple[int, bytes]:
    return len(data), data


if __name__ == "__main__":
    sys.exit(main())
