"""Commands for those who write data: check, format, compare, look over, find what is old."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from natodata.dataset import Dataset
    from natodata.loading.strict_yaml import Limits
    from natodata.records import Record

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to a parser."""
    from natodata.cli_files import ANSWERS, add_command, with_form

    check = add_command(commands, "check", "check files of YAML and list every problem")
    check.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders that add to the data; by default the data itself",
    )
    check.add_argument("--alone", action="store_true", help="check them as data of their own")
    check.set_defaults(run=_check)
    form = add_command(commands, "format", "write files of YAML in their one canonical form")
    form.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders; by default the data itself"
    )
    form.add_argument("--check", action="store_true", help="change nothing, tell what would be")
    form.set_defaults(run=_format)
    diff = add_command(commands, "diff", "list the facts that differ between two bodies of data")
    diff.add_argument("old", help="a file, a folder or a compiled snapshot")
    diff.add_argument("new", nargs="?", help="likewise; by default the packaged data")
    diff.add_argument("--only", action="append", metavar="ID", help="only these records")
    diff.set_defaults(run=_diff)
    audit = add_command(commands, "audit", "list what an editor should look at")
    audit.add_argument("kinds", nargs="*", metavar="KIND")
    with_form(audit, *ANSWERS)
    audit.set_defaults(run=_audit)
    stale = add_command(commands, "stale", "list what goes on and was last told of long ago")
    stale.add_argument("--days", type=int, default=90, help="only what is older (default: 90)")
    stale.add_argument(
        "--on",
        metavar="DAY",
        dest="day",
        help="count from it; by default from the day of the data",
    )
    with_form(stale, *ANSWERS)
    stale.set_defaults(run=_stale)


def _check(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from natodata.cli_files import limits_of
    from natodata.loading.catalogue import load_packaged
    from natodata.loading.checking import load_files
    from natodata.loading.gathering import read_paths
    from natodata.terminal import progress

    home = _home()
    paths = [Path(path) for path in options.paths] or [home]
    alone = options.alone or any(path.resolve() == home.resolve() for path in paths)
    with progress("reading") as shown:
        limits = limits_of(options)
        files, unread = read_paths(paths, limits)
        watched = shown.files(files, "reading", "checking")
        base = None if alone else load_packaged()
        catalogue = load_files(watched, base, limits, unread, integrity=True)
    fresh = catalogue.records if alone else _fresh(catalogue.records)
    print(f"no problems in {len(fresh)} records")
    return 0


def _fresh(records: "dict[str, Record]") -> "list[str]":
    """Return the ids that the packaged data do not have."""
    from natodata.dataset import load

    return [identifier for identifier in records if identifier not in load()]


def _home() -> "Path":
    from pathlib import Path

    import natodata

    return Path(natodata.__file__).parent / "data"


def _format(options: "argparse.Namespace") -> int:
    from natodata.errors import DataError
    from natodata.loading.canonical import reformat
    from natodata.loading.gathering import field_order, read_paths
    from natodata.terminal import progress

    with progress("reading") as shown:
        files, unread = read_paths(options.paths or [_home()])
        if unread:
            raise DataError(tuple(unread))
        changed = [
            (name, text)
            for name, content in shown.files(files, "sorting", "writing")
            if (text := reformat(content, name, field_order())) != content.decode()
        ]
    for name, text in changed:
        print(name)
        if not options.check:
            _replace(name, text)
    return 1 if options.check and changed else 0


def _replace(name: str, text: str) -> None:
    """Write a file whole or not at all."""
    from pathlib import Path

    from natodata.export.writing import new_file

    with new_file(Path(name)) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")


def _diff(options: "argparse.Namespace") -> int:
    from natodata.cli_files import limits_of
    from natodata.dataset import load

    limits = limits_of(options)
    old = _body(options.old, limits)
    new = _body(options.new, limits) if options.new else load()
    found = new.diff(old)
    if options.only:
        found = found.only(*options.only)
    print(found)
    return 1 if len(found) else 0


def _body(path: str, limits: "Limits") -> "Dataset":
    from natodata.dataset import Dataset

    if path.endswith(".jsonl"):
        return Dataset.from_snapshot(path)
    return Dataset.from_yaml(path, limits=limits)


def _audit(options: "argparse.Namespace") -> int:
    from natodata.cli_files import answer, data_of

    found = data_of(options).audit(options.kinds or None)
    rows = [(each.kind, each.record.id, each.text) for each in found]
    answer(options, found, ("kind", "record", "text"), rows)
    return 0


def _stale(options: "argparse.Namespace") -> int:
    from natodata.cli_files import answer, data_of

    found = data_of(options).stale(options.days, options.day)
    rows = [(each.record.id, each.what, str(each.last), each.days) for each in found]
    answer(options, found, ("record", "what", "last", "days"), rows)
    return 0
