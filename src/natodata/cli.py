"""The command line: questions to the data from a shell."""

import sys
from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the name of the program; those of the shell by default.

    Returns:
        The exit code: 0 for an answer, 1 for "not found" or bad data, 2 for a mistaken call.
    """
    from natodata.errors import NatodataError

    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except NatodataError as error:
        print(f"natodata: {error}", file=sys.stderr)
        return 1


def _parser() -> "argparse.ArgumentParser":
    import argparse

    parser = argparse.ArgumentParser(prog="natodata", description="NATO's operations, as data.")
    commands = parser.add_subparsers(title="commands", required=True)
    check = commands.add_parser(
        "check",
        help="check files of YAML and list every problem",
        description="Check files as additions to the packaged data; without files, check the "
        "packaged data itself.",
    )
    check.add_argument("paths", nargs="*", help="files or folders")
    check.add_argument("--alone", action="store_true", help="check them as data of their own")
    check.set_defaults(run=_check)
    return parser


def _check(options: "argparse.Namespace") -> int:
    from pathlib import Path

    import natodata
    from natodata.loading.catalogue import load_packaged
    from natodata.loading.checking import load_paths

    home = Path(natodata.__file__).parent / "data"
    paths = [Path(path) for path in options.paths] or [home]
    alone = options.alone or any(path.resolve() == home.resolve() for path in paths)
    catalogue = load_paths(paths, None if alone else load_packaged(), integrity=True)
    counts = {name: len(trees) for name, trees in catalogue.trees.items() if trees}
    print(", ".join(f"{count} {name}" for name, count in counts.items()) or "no records")
    return 0
