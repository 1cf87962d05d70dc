"""The command line: questions to the data from a shell."""

import sys
from collections.abc import Sequence

from natodata.cli_files import (
    ANSWERS,
    add_command,
    answer,
    data_of,
    print_table,
    say,
    with_form,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
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
    from natodata.terminal import painted

    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # the reader, such as `head`, has gone; nothing more can be said
        return 0
    except NatodataError as error:
        print(painted("natodata:", "red", sys.stderr), error, file=sys.stderr)
        return 2 if isinstance(error, BadArgument | BadDate) else 1


# --- the commands and their options ------------------------------------------------------------


def _parser() -> "argparse.ArgumentParser":
    import argparse

    from natodata import __version__, cli_editing, cli_files

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
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="let data hold more or less, such as file_bytes=100000000; may be repeated",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_reading, _add_finding, _add_relating, cli_editing.add, cli_files.add):
        add(commands)
    parser.set_defaults(parser=parser)
    return parser


def _with_time(command: "argparse.ArgumentParser") -> None:
    command.add_argument("--on", metavar="WHEN", help="as of a day, month, year or period")
    command.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )


def _add_reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = add_command(commands, "show", "show records with everything that is known of them")
    show.add_argument("names", nargs="+", metavar="NAME", help="ids or names")
    _with_time(show)
    with_form(show, "text", "json")
    show.set_defaults(run=_show)
    listing = add_command(commands, "list", "list the records of a collection")
    listing.add_argument("collection", help="such as operations, meetings, tenures")
    listing.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="only where a field has a value; may be repeated",
    )
    _with_time(listing)
    with_form(listing, "table", "json", "csv", "md", "ids")
    listing.set_defaults(run=_list)
    sql = add_command(commands, "sql", "put a query in SQL to the tables")
    sql.add_argument("query")
    with_form(sql, "table", "json", "csv", "md")
    sql.set_defaults(run=_sql)
    tables = add_command(commands, "tables", "list the tables and their columns")
    tables.set_defaults(run=_tables)


def _add_finding(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    find = add_command(commands, "find", "find the one record that answers to a name")
    find.add_argument("name")
    with_form(find, *ANSWERS)
    find.set_defaults(run=_find)
    match = add_command(commands, "match", "list the records that a misspelt name may mean")
    match.add_argument("name")
    match.add_argument("--limit", type=int, default=10)
    with_form(match, *ANSWERS)
    match.set_defaults(run=_match)
    search = add_command(commands, "search", "search the texts of all records")
    search.add_argument("words", nargs="+")
    search.add_argument("--collection", help="only in this collection")
    search.add_argument("--limit", type=int, default=20)
    with_form(search, *ANSWERS)
    search.set_defaults(run=_search)


def _add_relating(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    timeline = add_command(commands, "timeline", "list every dated thing in order of time")
    for option in ("since", "until", "about", "topic", "country"):
        timeline.add_argument(f"--{option}")
    timeline.add_argument("--kind", action="append", help="may be repeated")
    timeline.add_argument(
        "--full", action="store_true", help="tell everything, not what makes a briefing"
    )
    timeline.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )
    with_form(timeline, *ANSWERS)
    timeline.set_defaults(run=_timeline)
    trace = add_command(commands, "trace", "tell what led to a record and what followed")
    trace.add_argument("name")
    with_form(trace, *ANSWERS)
    trace.set_defaults(run=_trace)
    for name, summary, run in (
        ("claims", "list every value that anyone states for a field", _claims),
        ("evidence", "list the citations behind a field", _evidence),
    ):
        command = add_command(commands, name, summary)
        command.add_argument("name")
        command.add_argument("field")
        with_form(command, *ANSWERS)
        command.set_defaults(run=run)
    cite = add_command(commands, "cite", "give references to a record's sources, or to the data")
    cite.add_argument("name", nargs="?")
    cite.add_argument("--style", default="text", help="text, bibtex or csl-json")
    cite.set_defaults(run=_cite)


# --- answers ---------------------------------------------------------------------------------


def _show(options: "argparse.Namespace") -> int:
    from natodata.export.text import plain, record_lines
    from natodata.terminal import painted

    nato = data_of(options)
    records = [nato.find(name) for name in options.names]
    if options.form == "json":
        import json

        print(json.dumps([plain(record) for record in records], ensure_ascii=False, indent=2))
        return 0
    for record in records:
        first, *rest = record_lines(record)
        print("\n".join([painted(first, "bold"), *rest]))
    return 0


def _list(options: "argparse.Namespace") -> int:
    chosen = _chosen(data_of(options), options.collection)
    conditions: dict[str, Any] = dict(_condition(text) for text in options.where)
    found = chosen.where(**conditions)
    if options.form == "ids":
        return say(found.ids)
    return print_table(_listing(found), options.form)


def _chosen(nato: "Dataset", name: str) -> "Collection[Record]":
    from natodata.errors import BadArgument
    from natodata.loading.catalogue import CLASS_OF
    from natodata.loading.wording import nearest

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
    return print_table(data_of(options).sql(options.query), options.form)


def _tables(options: "argparse.Namespace") -> int:
    tables = data_of(options).tables()
    return say(f"{name}: {', '.join(table.columns)}" for name, table in tables.items())


def _find(options: "argparse.Namespace") -> int:
    from natodata.queries.timeline import label_of

    record = data_of(options).find(options.name)
    label, kind = label_of(record), type(record).__name__
    columns = ("record", "label", "type")
    return answer(options, [f"{record.id}  {label} ({kind})"], columns, [(record.id, label, kind)])


def _match(options: "argparse.Namespace") -> int:
    found = data_of(options).match(options.name, options.limit)
    return answer(
        options,
        [f"{m.score:.3f}  {m.record.id}  {m.name}: {m.reason}" for m in found],
        ("score", "record", "name", "reason"),
        [(m.score, m.record.id, m.name, m.reason) for m in found],
    )


def _search(options: "argparse.Namespace") -> int:
    hits = data_of(options).search(
        " ".join(options.words), collection=options.collection, limit=options.limit
    )
    return answer(
        options,
        [f"{hit.record.id}  {hit.excerpt}" for hit in hits],
        ("record", "excerpt"),
        [(hit.record.id, hit.excerpt) for hit in hits],
    )


def _timeline(options: "argparse.Namespace") -> int:
    found = data_of(options).timeline(
        options.since,
        options.until,
        about=options.about,
        topic=options.topic,
        country=options.country,
        kind=options.kind,
        full=options.full,
        certain=options.certain,
    )
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
    return answer(options, found, columns, rows)


def _trace(options: "argparse.Namespace") -> int:
    from natodata.queries.timeline import label_of

    nato = data_of(options)
    chain = nato.trace(nato.find(options.name))
    columns = ("side", "date", "record", "label", "relation", "via", "sources")
    rows = [
        (
            "before" if step.before else "after",
            None if step.date is None else str(step.date),
            step.record.id,
            label_of(step.record),
            step.relation,
            step.via.id,
            " ".join(dict.fromkeys(citation.source.id for citation in step.citations)) or None,
        )
        for step in chain
    ]
    return answer(options, [chain], columns, rows)


def _claims(options: "argparse.Namespace") -> int:
    from natodata.records import Record
    from natodata.terminal import painted

    nato = data_of(options)
    lines, rows = [], []
    for claim in nato.claims(nato.find(options.name), options.field):
        value = claim.value.id if isinstance(claim.value, Record) else claim.value
        kind = f"  {claim.kind}" if claim.kind else ""
        sources = [source.id for source in claim.sources]
        note = f" ({claim.note})" if claim.note else ""
        mark = "*" if claim.taken else " "
        line = f"{mark} {value}{kind}  {claim.rank}  [{', '.join(sources)}] {claim.rule}{note}"
        lines.append(painted(line, "bold") if claim.taken else line)
        cells = (str(value), str(claim.kind) if claim.kind else None, str(claim.rank))
        rows.append((claim.taken, *cells, " ".join(sources), claim.rule, claim.note))
    columns = ("taken", "value", "kind", "rank", "sources", "rule", "note")
    return answer(options, lines, columns, rows)


def _evidence(options: "argparse.Namespace") -> int:
    nato = data_of(options)
    found = nato.evidence(nato.find(options.name), options.field)
    lines = [
        f"{citation.source.id}{f', {citation.at}' if citation.at else ''}: {citation.source.title}"
        for citation in found
    ]
    rows = [(each.source.id, each.at, each.source.title) for each in found]
    return answer(options, lines, ("source", "at", "title"), rows)


def _cite(options: "argparse.Namespace") -> int:
    nato = data_of(options)
    record = nato.find(options.name) if options.name else None
    return say([nato.cite(record, options.style)])
