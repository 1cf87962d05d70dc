"""What the benchmarks share: timed processes, timed calls, and results on disk.

A time is taken twice, by the clock on the wall and by the processor time that was used; the
second one is what a busy machine disturbs least. Cases that are compared take turns, so that a
slow moment hits all of them, and medians are compared.
"""

import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

RESULTS = Path(__file__).with_name("results")

_PEAK = """
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def spawned(arguments, output=None):
    """Return wall and processor seconds that a fresh interpreter takes for its arguments."""
    actions = [] if output is None else [(os.POSIX_SPAWN_DUP2, output, 1)]
    command = [sys.executable, "-I", *arguments]
    began = time.perf_counter()
    process = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - began
    if status:
        sys.exit(f"this failed: {command}")
    return wall, used.ru_utime + used.ru_stime


def processes(cases, rounds):
    """Return the median wall and processor milliseconds of some processes.

    Args:
        cases: The arguments of each, by name.
        rounds: How often each one is run, after once to warm the files up.
    """
    taken = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, arguments in cases.items():
            taken[name].append(spawned(arguments))
    return {
        name: tuple(statistics.median(each) * 1000 for each in zip(*times[1:], strict=True))
        for name, times in taken.items()
    }


def peak(code):
    """Return the most memory that a fresh process held while it ran some code, in MiB.

    The kernel's own high-water mark of the process is read, in the process: what `os.wait4` tells
    begins with the memory of the one that started it.
    """
    reading, writing = os.pipe()
    spawned(["-c", f"{code}{_PEAK}"], writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        return int(said.read()) / 1024


def calls(questions, rounds=15, least=0.02):
    """Return the median microseconds of processor time that one call of each question takes.

    Args:
        questions: Functions by name; they take turns.
        rounds: How many turns.
        least: Seconds that a turn lasts at least, for which a call is repeated.
    """
    taken = {name: [] for name in questions}
    numbers = {}
    for name, question in questions.items():
        question()
        began = time.perf_counter()
        question()
        once = time.perf_counter() - began
        numbers[name] = max(1, int(least / max(once, 1e-7)))
    for _ in range(rounds):
        for name, question in questions.items():
            repeat = range(numbers[name])
            began = time.process_time()
            for _ in repeat:
                question()
            taken[name].append((time.process_time() - began) / numbers[name] * 1e6)
    return {name: statistics.median(times) for name, times in taken.items()}


def machine():
    """Return the machine in general terms."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.system()}, {python}"


def gate(name, value, limit, unit="", *, least=False):
    """Return a row that says what was measured against a limit, and whether that holds.

    Args:
        name: What was measured.
        value: What was found.
        limit: The most that it may be; with *least*, the least.
        unit: Of both.
        least: Whether more is better.
    """
    holds = value >= limit if least else value <= limit
    bound = f"{'at least' if least else 'at most'} {limit:g}{unit}"
    return {"name": name, "value": value, "unit": unit, "limit": bound, "holds": holds}


def saved(name, result):
    """Write the outcome of a benchmark under ``results/``, and print its gates."""
    RESULTS.mkdir(exist_ok=True)
    whole = {"machine": machine(), **result}
    text = json.dumps(rounded(whole), indent=1, ensure_ascii=False)
    RESULTS.joinpath(f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    for row in result.get("gates", ()):
        found = f"{row['value']:.2f}{row['unit']}"
        print(f"{row['name']}: {found} ({row['limit']}) {'holds' if row['holds'] else 'MISSED'}")


def rounded(value):
    """Return a result with no more digits than a measurement bears."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def finished(result):
    """End the process: with ``--check``, as failed where a gate was missed."""
    missed = [row["name"] for row in result["gates"] if not row["holds"]]
    sys.exit(f"missed: {', '.join(missed)}" if missed and "--check" in sys.argv else None)
