"""Commands that write files, or text that is meant for one."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from natodata.dataset import Dataset
    from natodata.loading.strict_yaml import Limits
    from natodata.tabular import Row, Table

__all__ = [
    "ANSWERS",
    "add",
    "add_command",
    "answer",
    "data_of",
    "limits_of",
    "print_table",
    "say",
    "with_form",
]

ANSWERS = ("text", "table", "json", "csv", "md")
"""Forms of what is told line by line."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to a parser."""
    for each in (_add_export, _add_browse, _add_schema, _add_completion):
        each(commands)


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> "argparse.ArgumentParser":
    """Add a command; what it does, in a few words, is also its help."""
    sentence = f"{summary[0].upper()}{summary[1:]}."
    return commands.add_parser(name, help=summary, description=sentence)


def data_of(options: "argparse.Namespace") -> "Dataset":
    """Return the data that the options ask for: the packaged ones, added to, as of a time."""
    from natodata.dataset import load

    nato = load()
    if options.data:
        nato = nato.extend(*options.data, limits=limits_of(options))
    if getattr(options, "on", None):
        nato = nato.on(options.on, certain=options.certain)
    return nato


def limits_of(options: "argparse.Namespace") -> "Limits":
    """Return how much data may hold, as the options say.

    Raises:
        BadArgument: There is no such limit, or it is no number that it can have.
    """
    from natodata.errors import BadArgument
    from natodata.loading.strict_yaml import DEFAULT_LIMITS, checked_limits

    limits = DEFAULT_LIMITS
    for text in options.limit:
        name, _, number = text.partition("=")
        if name not in limits._fields or not number.isdecimal():
            names = ", ".join(limits._fields)
            raise BadArgument(f"expected NAME=NUMBER with a name of {names}, got {text!r}")
        limits = checked_limits(limits._replace(**{name: int(number)}))
    return limits


def with_form(command: "argparse.ArgumentParser", *forms: str) -> None:
    """Add ``--format`` to a command; the first form is the usual one."""
    command.add_argument(
        "--format",
        choices=forms,
        default=forms[0],
        dest="form",
        help=f"form of the answer (default: {forms[0]})",
    )


def say(lines: "Iterable[object]") -> int:
    """Print lines; return the exit code: 1 where there was none."""
    count = 0
    for line in lines:
        print(line)
        count += 1
    return 0 if count else 1


def print_table(table: "Table", form: str) -> int:
    """Print a table in a form; return the exit code: 1 where it has no row."""
    from natodata.export.text import table_text
    from natodata.terminal import painted

    text = table_text(table, form)
    if form == "table":
        head, end, rows = text.partition("\n")
        text = f"{painted(head, 'bold')}{end}{rows}"
    print(text)
    return 0 if len(table) else 1


def answer(
    options: "argparse.Namespace",
    lines: "Iterable[object]",
    columns: "Sequence[str]",
    rows: "Sequence[Row]",
) -> int:
    """Print an answer as lines, or as a table in the form asked for; return the exit code."""
    from natodata.tabular import Table

    if options.form == "text":
        return say(lines)
    return print_table(Table(columns, rows), options.form)


# --- for other tools -------------------------------------------------------------------------

_FORMS = "datapackage, parquet, sqlite, jsonl, geojson, json-ld, graphml, bibtex, csl-json, ical"


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = add_command(commands, "export", "write the data to a file or folder for other tools")
    export.add_argument("path", metavar="PATH", help="its ending says the form; a folder has none")
    export.add_argument("--form", help=f"whatever the path: {_FORMS}")
    export.add_argument(
        "--collection", action="append", help="only this one, such as operations; may be repeated"
    )
    export.add_argument("--on", metavar="WHEN", help="as of a day, month, year or period")
    export.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )
    export.set_defaults(run=_export)


def _export(options: "argparse.Namespace") -> int:
    from natodata.errors import BadArgument
    from natodata.terminal import progress

    try:
        with progress("loading") as shown:
            nato = data_of(options)
            shown.stage("writing")
            path = nato.export(options.path, options.form, options.collection)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        message = f"expected a path that can be written to, got {options.path!r}: {why}"
        raise BadArgument(message) from None
    print(path)
    return 0


# --- the page of everything ------------------------------------------------------------------


def _add_browse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    browse = add_command(
        commands, "browse", "write one page of everything, to read without a network"
    )
    browse.add_argument("path", metavar="PATH", help="the file to write, such as nato.html")
    browse.add_argument("--on", metavar="WHEN", help="as of a day, month, year or period")
    browse.add_argument(
        "--certain", action="store_true", help="leave out what the dates do not decide"
    )
    browse.set_defaults(run=_browse)


def _browse(options: "argparse.Namespace") -> int:
    from natodata.errors import BadArgument
    from natodata.terminal import progress

    try:
        with progress("loading") as shown:
            nato = data_of(options)
            shown.stage("writing")
            size = nato.browse(options.path).stat().st_size
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        message = f"expected a file that can be written, got {options.path!r}: {why}"
        raise BadArgument(message) from None
    print(f"{options.path}: {len(nato):,} records, {size / 1e6:.1f} MB")
    return 0


# --- for editors and shells ------------------------------------------------------------------


def _add_schema(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    schema = add_command(commands, "schema", "write the JSON Schema of the YAML form, for editors")
    schema.add_argument("path", nargs="?", metavar="PATH", help="a file; by default it is printed")
    schema.set_defaults(run=_schema)


def _schema(options: "argparse.Namespace") -> int:
    from natodata.export.schema import schema_text

    if options.path is None:
        print(schema_text(), end="")
    else:
        _write(options.path, schema_text())
    return 0


def _write(path: str, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        BadArgument: It cannot be written.
    """
    from pathlib import Path

    from natodata.errors import BadArgument
    from natodata.export.writing import new_file

    try:
        with new_file(Path(path)) as scratch:
            scratch.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise BadArgument(f"expected a file that can be written, got {path!r}: {why}") from None


def _add_completion(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from natodata.completion import SHELLS

    completion = add_command(commands, "completion", "print a script that completes commands")
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run=_completion)


def _completion(options: "argparse.Namespace") -> int:
    from natodata.completion import script

    print(script(options.parser, options.shell), end="")
    return 0
