"""The command line: questions to the data from a shell."""

import sys
from collections.abc import Iterable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from natodata.collection import Collection
    from natodata.dataset import Dataset
    from natodata.records import Record
    from natodata.tabular import Table

__all__ = ["main"]

_EPILOG = """\
exit codes: 0 an answer; 1 nothing found, data with problems, or (diff, format --check) a
difference; 2 a mistaken call"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the name of the program; those of the shell by default.

    Returns:
        The exit code: 0 for an answer; 1 where nothing was found, the data have problems, or
        ``diff`` and ``format --check`` see a difference; 2 for a mistaken call.
    """
    from natodata.errors import BadArgument, BadDate, NatodataError

    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # the reader, such as `head`, has gone; nothing more can be said
        return 0
    except NatodataError as error:
        print(f"natodata: {error}", file=sys.stderr)
        return 2 if isinstance(error, BadArgument | BadDate) else 1


# --- the commands and their options ------------------------------------------------------------


def _parser() -> "argparse.ArgumentParser":
    import argparse

    from natodata import __version__, cli_files

    parser = argparse.ArgumentParser(
        prog="natodata",
        description="NATO's operations, missions and decisions, each fact with its source.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"natodata {__version__}")
    parser.add_argument(
        "--data", action="append", metavar="PATH", help="add a file or folder to the data"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_reading, _add_finding, _add_relating, _add_editing, cli_files.add):
        add(commands)
    parser.set_defaults(parser=parser)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> "argparse.ArgumentParser":
    sentence = f"{summary[0].upper()}{summary[1:]}."
    return commands.add_parser(name, help=summary, description=sentence)


def _with_form(command: "argparse.ArgumentParser", *forms: str) -> None:
    command.add_argument(
        "--format",
        choices=forms,
        default=forms[0],
        dest="form",
        help=f"form of the answer (default: {forms[0]})",
    )


def _with_time(command: "argparse.ArgumentParser") -> None:
    command.add_argument("--on", metavar="WHEN", help="as of a day, month, year or period")
    command.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )


def _add_reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = _command(commands, "show", "show records with everything that is known of them")
    show.add_argument("names", nargs="+", metavar="NAME", help="ids or names")
    _with_time(show)
    _with_form(show, "text", "json")
    show.set_defaults(run=_show)
    listing = _command(commands, "list", "list the records of a collection")
    listing.add_argument("collection", help="such as operations, meetings, tenures")
    listing.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="only where a field has a value; may be repeated",
    )
    _with_time(listing)
    _with_form(listing, "table", "json", "csv", "md", "ids")
    listing.set_defaults(run=_list)
    sql = _command(commands, "sql", "put a query in SQL to the tables")
    sql.add_argument("query")
    _with_form(sql, "table", "json", "csv", "md")
    sql.set_defaults(run=_sql)
    tables = _command(commands, "tables", "list the tables and their columns")
    tables.set_defaults(run=_tables)


def _add_finding(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    find = _command(commands, "find", "find the one record that answers to a name")
    find.add_argument("name")
    find.set_defaults(run=_find)
    match = _command(commands, "match", "list the records that a misspelt name may mean")
    match.add_argument("name")
    match.add_argument("--limit", type=int, default=10)
    match.set_defaults(run=_match)
    search = _command(commands, "search", "search the texts of all records")
    search.add_argument("words", nargs="+")
    search.add_argument("--collection", help="only in this collection")
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=_search)


def _add_relating(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    timeline = _command(commands, "timeline", "list every dated thing in order of time")
    for option in ("since", "until", "about", "topic", "country"):
        timeline.add_argument(f"--{option}")
    timeline.add_argument("--kind", action="append", help="may be repeated")
    timeline.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )
    _with_form(timeline, "text", "json", "csv", "md")
    timeline.set_defaults(run=_timeline)
    trace = _command(commands, "trace", "tell what led to a record and what followed")
    trace.add_argument("name")
    trace.set_defaults(run=_trace)
    for name, summary, run in (
        ("claims", "list every value that anyone states for a field", _claims),
        ("evidence", "list the citations behind a field", _evidence),
    ):
        command = _command(commands, name, summary)
        command.add_argument("name")
        command.add_argument("field")
        command.set_defaults(run=run)
    cite = _command(commands, "cite", "give references to a record's sources, or to the data")
    cite.add_argument("name", nargs="?")
    cite.add_argument("--style", default="text", help="text, bibtex or csl-json")
    cite.set_defaults(run=_cite)


def _add_editing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(commands, "check", "check files of YAML and list every problem")
    check.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders that add to the data; by default the data itself",
    )
    check.add_argument("--alone", action="store_true", help="check them as data of their own")
    check.set_defaults(run=_check)
    form = _command(commands, "format", "write files of YAML in their one canonical form")
    form.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders; by default the data itself"
    )
    form.add_argument("--check", action="store_true", help="change nothing, tell what would be")
    form.set_defaults(run=_format)
    diff = _command(commands, "diff", "list the facts that differ between two bodies of data")
    diff.add_argument("old", help="a file, a folder or a compiled snapshot")
    diff.add_argument("new", nargs="?", help="likewise; by default the packaged data")
    diff.add_argument("--only", action="append", metavar="ID", help="only these records")
    diff.set_defaults(run=_diff)
    audit = _command(commands, "audit", "list what an editor should look at")
    audit.add_argument("kinds", nargs="*", metavar="KIND")
    audit.set_defaults(run=_audit)


# --- answers ---------------------------------------------------------------------------------


def _data(options: "argparse.Namespace") -> "Dataset":
    from natodata.cli_files import data_of

    return data_of(options)


def _say(lines: Iterable[object]) -> int:
    """Print lines; return the exit code: 1 where there was none."""
    count = 0
    for line in lines:
        print(line)
        count += 1
    return 0 if count else 1


def _print_table(table: "Table", form: str) -> int:
    from natodata.export.text import table_text

    print(table_text(table, form))
    return 0 if len(table) else 1


def _show(options: "argparse.Namespace") -> int:
    from natodata.export.text import plain, record_lines

    nato = _data(options)
    records = [nato.find(name) for name in options.names]
    if options.form == "json":
        import json

        print(json.dumps([plain(record) for record in records], ensure_ascii=False, indent=2))
        return 0
    return _say("\n".join(record_lines(record)) for record in records)


def _list(options: "argparse.Namespace") -> int:
    chosen = _chosen(_data(options), options.collection)
    conditions: dict[str, Any] = dict(_condition(text) for text in options.where)
    found = chosen.where(**conditions)
    if options.form == "ids":
        return _say(found.ids)
    return _print_table(_listing(found), options.form)


def _chosen(nato: "Dataset", name: str) -> "Collection[Record]":
    from natodata.errors import BadArgument
    from natodata.loading.catalogue import CLASS_OF
    from natodata.loading.structuring import nearest

    wanted = name.replace("-", "_")
    if wanted not in CLASS_OF:
        near = nearest(wanted, list(CLASS_OF))
        hint = f"; did you mean {near!r}?" if near else f": {', '.join(CLASS_OF)}"
        raise BadArgument(f"expected the name of a collection, got {name!r}{hint}")
    collection: Collection[Record] = getattr(nato, wanted)
    return collection


def _condition(text: str) -> tuple[str, str | bool | int | None]:
    from natodata.errors import BadArgument

    field, sign, value = text.partition("=")
    if not sign or not field:
        raise BadArgument(f"expected FIELD=VALUE, got {text!r}")
    special: dict[str, bool | None] = {"true": True, "false": False, "": None}
    if value in special:
        return field, special[value]
    return field, int(value) if value.isdecimal() and field in _NUMBERS else value


_NUMBERS = frozenset({"cow", "gw", "ordinal", "printed_total", "printed_nations"})


def _listing(found: "Collection[Record]") -> "Table":
    from natodata.dates import Certainty
    from natodata.queries.causes import date_of
    from natodata.queries.timeline import label_of
    from natodata.tabular import Table

    rows = []
    for record in found:
        start, end = date_of(record), getattr(record, "end", None)
        maybe = "maybe" if found.certainty(record) is Certainty.MAYBE else None
        shown = (label_of(record), start, end)
        rows.append((record.id, *(None if cell is None else str(cell) for cell in shown), maybe))
    return Table(("id", "label", "date", "end", "certainty"), rows)


def _sql(options: "argparse.Namespace") -> int:
    return _print_table(_data(options).sql(options.query), options.form)


def _tables(options: "argparse.Namespace") -> int:
    tables = _data(options).tables()
    return _say(f"{name}: {', '.join(table.columns)}" for name, table in tables.items())


def _find(options: "argparse.Namespace") -> int:
    from natodata.queries.timeline import label_of

    record = _data(options).find(options.name)
    return _say([f"{record.id}  {label_of(record)} ({type(record).__name__})"])


def _match(options: "argparse.Namespace") -> int:
    found = _data(options).match(options.name, options.limit)
    return _say(f"{m.score:.3f}  {m.record.id}  {m.name}: {m.reason}" for m in found)


def _search(options: "argparse.Namespace") -> int:
    hits = _data(options).search(
        " ".join(options.words), collection=options.collection, limit=options.limit
    )
    return _say(f"{hit.record.id}  {hit.excerpt}" for hit in hits)


def _timeline(options: "argparse.Namespace") -> int:
    from natodata.tabular import Table

    found = _data(options).timeline(
        options.since,
        options.until,
        about=options.about,
        topic=options.topic,
        country=options.country,
        kind=options.kind,
        certain=options.certain,
    )
    if options.form == "text":
        return _say(found)
    columns = ("date", "kind", "record", "text", "sources")
    rows = [
        (
            str(each.date),
            each.kind,
            each.record.id,
            each.text,
            " ".join(dict.fromkeys(citation.source.id for citation in each.citations)) or None,
        )
        for each in found
    ]
    return _print_table(Table(columns, rows), options.form)


def _trace(options: "argparse.Namespace") -> int:
    nato = _data(options)
    return _say([nato.trace(nato.find(options.name))])


def _claims(options: "argparse.Namespace") -> int:
    from natodata.records import Record

    nato = _data(options)
    lines = []
    for claim in nato.claims(nato.find(options.name), options.field):
        value = claim.value.id if isinstance(claim.value, Record) else claim.value
        kind = f"  {claim.kind}" if claim.kind else ""
        sources = ", ".join(source.id for source in claim.sources)
        note = f" ({claim.note})" if claim.note else ""
        mark = "*" if claim.taken else " "
        lines.append(f"{mark} {value}{kind}  {claim.rank}  [{sources}] {claim.rule}{note}")
    return _say(lines)


def _evidence(options: "argparse.Namespace") -> int:
    nato = _data(options)
    return _say(
        f"{citation.source.id}{f', {citation.at}' if citation.at else ''}: {citation.source.title}"
        for citation in nato.evidence(nato.find(options.name), options.field)
    )


def _cite(options: "argparse.Namespace") -> int:
    nato = _data(options)
    record = nato.find(options.name) if options.name else None
    return _say([nato.cite(record, options.style)])


# --- for editors -----------------------------------------------------------------------------


def _check(options: "argparse.Namespace") -> int:
    from pathlib import Path

    from natodata.loading.catalogue import load_packaged
    from natodata.loading.checking import load_paths

    home = _home()
    paths = [Path(path) for path in options.paths] or [home]
    alone = options.alone or any(path.resolve() == home.resolve() for path in paths)
    catalogue = load_paths(paths, None if alone else load_packaged(), integrity=True)
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

    files, unread = read_paths(options.paths or [_home()])
    if unread:
        raise DataError(tuple(unread))
    changed = [
        (name, text)
        for name, content in files
        if (text := reformat(content, name, field_order())) != content.decode()
    ]
    for name, text in changed:
        print(name)
        if not options.check:
            _replace(name, text)
    return 1 if options.check and changed else 0


def _replace(name: str, text: str) -> None:
    """Write a file by way of another, so that it is never half written."""
    import os
    from pathlib import Path

    scratch = Path(f"{name}.new")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    os.replace(scratch, name)  # noqa: PTH105 (atomic, and says so)


def _diff(options: "argparse.Namespace") -> int:
    from natodata.dataset import load

    old = _body(options.old)
    new = _body(options.new) if options.new else load()
    found = new.diff(old)
    if options.only:
        found = found.only(*options.only)
    print(found)
    return 1 if len(found) else 0


def _body(path: str) -> "Dataset":
    from natodata.dataset import Dataset

    return Dataset.from_snapshot(path) if path.endswith(".jsonl") else Dataset.from_yaml(path)


def _audit(options: "argparse.Namespace") -> int:
    for finding in _data(options).audit(options.kinds or None):
        print(finding)
    return 0
