"""Commands that write files, or text that is meant for one."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to a parser."""
    for each in (_add_schema, _add_completion):
        each(commands)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> "argparse.ArgumentParser":
    sentence = f"{summary[0].upper()}{summary[1:]}."
    return commands.add_parser(name, help=summary, description=sentence)


# --- for editors and shells ------------------------------------------------------------------


def _add_schema(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    schema = _command(commands, "schema", "write the JSON Schema of the YAML form, for editors")
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
    """Write a file by way of another, so that it is never half written.

    Raises:
        BadArgument: It cannot be written.
    """
    import os
    from pathlib import Path

    from natodata.errors import BadArgument

    scratch = Path(f"{path}.new")
    try:
        scratch.write_text(text, encoding="utf-8", newline="\n")
        os.replace(scratch, path)  # noqa: PTH105 (atomic, and says so)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        why = (error.strerror or type(error).__name__).lower()
        raise BadArgument(f"expected a file that can be written, got {path!r}: {why}") from None


def _add_completion(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from natodata.completion import SHELLS

    completion = _command(commands, "completion", "print a script that completes commands")
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run=_completion)


def _completion(options: "argparse.Namespace") -> int:
    from natodata.completion import script

    print(script(options.parser, options.shell), end="")
    return 0
