"""Start-up costs of fresh processes, side by side with a peer's, as ratios in one run.

Run it against an installed wheel (which carries the compiled snapshot), with pycountry beside it::

    pip install . pycountry
    python benchmarks/cold.py

Every round runs each case once, in turn, so that a slow moment of the machine hits all of them;
the medians are compared. Times are those above a bare ``python -I -c pass``.
"""

import os
import statistics
import sys
import time

ROUNDS = 15
BARE = "pass"
CASES = {
    "bare Python": BARE,
    "import natodata": "import natodata",
    "import pycountry": "import pycountry",
    "first answer, natodata": "import natodata; natodata.operations['nmi'].start",
    "first answer, pycountry": "import pycountry; pycountry.countries.get(alpha_2='IQ')",
    "every record, natodata": (
        "import natodata; n = natodata.load();"
        " [n[i] for c in ('sources', 'topics', 'countries', 'places', 'organisations', 'people',"
        " 'posts', 'tenures', 'memberships', 'meetings', 'documents', 'programmes', 'operations',"
        " 'contributions', 'strength_reports', 'events', 'decisions', 'assessments')"
        " for i in getattr(n, c).ids]"
    ),
    "attrs, cattrs, json": "import attrs, cattrs, json",
}


def seconds(code: str) -> float:
    """Return how long a fresh process takes to run *code*."""
    began = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, "-I", "-c", code], os.environ)
    _, status = os.waitpid(process, 0)
    if status:
        sys.exit(f"this failed: {code}")
    return time.perf_counter() - began


def main() -> None:
    """Run all cases and print milliseconds above bare Python, and the ratios that matter."""
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(ROUNDS + 1):
        for name, code in CASES.items():
            taken[name].append(seconds(code))
    median = {name: statistics.median(times[1:]) * 1000 for name, times in taken.items()}
    bare = median["bare Python"]
    over = {name: value - bare for name, value in median.items()}
    print(f"{'case':<28}{'ms over bare':>14}")
    for name, value in over.items():
        print(f"{name:<28}{value:>14.1f}")
    ratio = over["first answer, natodata"] / over["first answer, pycountry"]
    print(f"\nbare Python itself: {bare:.1f} ms")
    print(f"first answer, natodata to pycountry: {ratio:.2f}")


if __name__ == "__main__":
    main()
