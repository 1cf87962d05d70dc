"""Scripts by which bash, zsh and fish complete the words of the command line.

They are made from the parser of the command, so they know what it knows. They are static: while
completing, nothing of Python runs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

__all__ = ["SHELLS", "script"]

SHELLS = ("bash", "zsh", "fish")
"""Shells for which there is a script."""
_FILES = frozenset({"path", "paths", "old", "new", "data", "folder"})
"""What the parser calls an argument that is a file or folder."""


class _Option(NamedTuple):
    """An option of a command."""

    names: tuple[str, ...]
    takes: bool
    """Whether a value follows."""
    choices: tuple[str, ...]
    files: bool
    said: str


class _Command(NamedTuple):
    """A command with its options; the program itself is the one without a name."""

    name: str
    said: str
    options: tuple[_Option, ...]
    choices: tuple[str, ...]
    """What its words may be, where that is known."""
    files: bool
    """Whether its words are files."""


def script(parser: "argparse.ArgumentParser", shell: str) -> str:
    """Return the script for a shell.

    Args:
        parser: What reads the command line.
        shell: One of `SHELLS`.

    Raises:
        BadArgument: There is no script for that shell.

    Examples:
        >>> from argparse import ArgumentParser
        >>> parser = ArgumentParser("demo", add_help=False)
        >>> _ = parser.add_subparsers().add_parser("greet", help="say hello", add_help=False)
        >>> print(script(parser, "fish"), end="")
        complete -c demo -f
        complete -c demo -n __fish_use_subcommand -a greet -d 'say hello'
    """
    from natodata.errors import BadArgument

    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in writers:
        raise BadArgument(f"expected one of {', '.join(SHELLS)}, got {shell!r}")
    top, *commands = _read(parser)
    return "\n".join((*writers[shell](top, commands), ""))


# --- what the parser knows -------------------------------------------------------------------


def _read(parser: "argparse.ArgumentParser") -> Iterator[_Command]:
    """Yield the program itself, then each of its commands."""
    import argparse

    yield _command(parser, parser.prog, "")
    for action in parser._actions:  # noqa: SLF001 (argparse tells it in no other way)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            said = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
            for name, command in action.choices.items():
                yield _command(command, name, said.get(name, ""))


def _command(parser: "argparse.ArgumentParser", name: str, said: str) -> _Command:
    import argparse

    options: list[_Option] = []
    choices: list[str] = []
    files = False
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        words = _choices(action)
        of_files = action.dest in _FILES
        if action.option_strings:
            takes = action.nargs != 0
            help_ = _plain(action.help or "")
            options.append(_Option(tuple(action.option_strings), takes, words, of_files, help_))
        else:
            choices += words
            files = files or of_files
    return _Command(name, _plain(said), tuple(options), tuple(choices), files)


def _choices(action: "argparse.Action") -> tuple[str, ...]:
    if action.choices is not None:
        return tuple(map(str, action.choices))
    if action.dest == "collection":
        from natodata.records import REGISTRY

        return tuple(row.collection for row in REGISTRY)
    return ()


def _plain(text: str) -> str:
    """Return a description without what a shell could take for its own."""
    return " ".join(re.sub(r"[^\w\s.,;()=/-]", "", text).split())


def _quoted(text: str) -> str:
    return f"'{text}'"


# --- bash ------------------------------------------------------------------------------------


def _bash(top: _Command, commands: list[_Command]) -> Iterator[str]:
    name, function = top.name, f"_{top.name}"
    yield f"# bash completion for {name}: source this file, or put it where bash-completion looks"
    yield f"{function}() {{"
    yield '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"'
    yield '    local command="" word position=1'
    yield "    while ((position < COMP_CWORD)); do"
    yield '        word="${COMP_WORDS[position]}"'
    yield '        case "$word" in'
    if valued := _valued(top):
        yield f"        {'|'.join(valued)}) ((position++)) ;;"
    yield "        -*) ;;"
    yield '        *) command="$word"; break ;;'
    yield "        esac"
    yield "        ((position++))"
    yield "    done"
    yield "    COMPREPLY=()"
    yield '    case "$command:$previous" in'
    for command in (top, *commands):
        at = "" if command is top else command.name
        for option in command.options:
            if option.takes:
                pattern = "|".join(f"{at}:{each}" for each in option.names)
                yield f"    {pattern})"
                yield f"        {_bash_reply(option.choices, files=option.files)}"
                yield "        return ;;"
    yield "    esac"
    yield '    case "$command" in'
    for command in (top, *commands):
        at = '""' if command is top else command.name
        names = [each for option in command.options for each in option.names]
        yield f"    {at})"
        yield '        if [[ "$current" == -* ]]; then'
        yield f"            {_bash_reply(tuple(names), files=False)}"
        yield "        else"
        words = tuple(each.name for each in commands) if command is top else command.choices
        yield f"            {_bash_reply(words, files=command.files)}"
        yield "        fi ;;"
    yield "    esac"
    yield "}"
    yield f"complete -o filenames -F {function} {name}"


def _valued(command: _Command) -> list[str]:
    return [name for option in command.options if option.takes for name in option.names]


def _bash_reply(words: tuple[str, ...], *, files: bool) -> str:
    if files:
        return 'mapfile -t COMPREPLY < <(compgen -f -- "$current")'
    if not words:
        return ":"
    return f'mapfile -t COMPREPLY < <(compgen -W "{" ".join(words)}" -- "$current")'


# --- zsh -------------------------------------------------------------------------------------


def _zsh(top: _Command, commands: list[_Command]) -> Iterator[str]:
    name, function = top.name, f"_{top.name}"
    yield f"#compdef {name}"
    yield f"{function}() {{"
    yield "    local context state line"
    yield "    local -a commands"
    yield "    commands=("
    for command in commands:
        yield f"        {_quoted(f'{command.name}:{command.said}')}"
    yield "    )"
    yield f"    _arguments -C {_zsh_options(top)}'1: :->command' '*:: :->words'"
    yield '    case "$state" in'
    yield "    command) _describe command commands ;;"
    yield "    words)"
    yield '        case "$words[1]" in'
    for command in commands:
        yield f"        {command.name}) _arguments {_zsh_options(command)}{_zsh_words(command)} ;;"
    yield "        esac ;;"
    yield "    esac"
    yield "}"
    yield f'if [[ "$funcstack[1]" == {function} ]]; then'
    yield f'    {function} "$@"'
    yield "else"
    yield f"    compdef {function} {name}"
    yield "fi"


def _zsh_options(command: _Command) -> str:
    specs = [
        f"{name}[{option.said}]{_zsh_value(option)}"
        for option in command.options
        for name in option.names
    ]
    return "".join(f"{_quoted(spec)} " for spec in specs)


def _zsh_value(option: _Option) -> str:
    if not option.takes:
        return ""
    if option.choices:
        return f":value:({' '.join(option.choices)})"
    return ":file:_files" if option.files else ":value: "


def _zsh_words(command: _Command) -> str:
    if command.choices:
        return _quoted(f"*:value:({' '.join(command.choices)})")
    return _quoted("*:file:_files" if command.files else "*:value: ")


# --- fish ------------------------------------------------------------------------------------


def _fish(top: _Command, commands: list[_Command]) -> Iterator[str]:
    yield f"complete -c {top.name} -f"
    yield from _fish_options(top, top)
    for command in commands:
        said = f" -d {_quoted(command.said)}" if command.said else ""
        yield f"complete -c {top.name} -n __fish_use_subcommand -a {command.name}{said}"
    for command in commands:
        where = f"complete -c {top.name} -n '__fish_seen_subcommand_from {command.name}'"
        if command.choices:
            yield f"{where} -a {_quoted(' '.join(command.choices))}"
        if command.files:
            yield f"{where} -F"
        yield from _fish_options(top, command)


def _fish_options(top: _Command, command: _Command) -> Iterator[str]:
    test = (
        "__fish_use_subcommand"
        if command is top
        else f"'__fish_seen_subcommand_from {command.name}'"
    )
    for option in command.options:
        names = "".join(
            f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
            for name in option.names
        )
        value = ""
        if option.choices:
            value = f" -x -a {_quoted(' '.join(option.choices))}"
        elif option.takes:
            value = " -r -F" if option.files else " -x"
        said = f" -d {_quoted(option.said)}" if option.said else ""
        yield f"complete -c {top.name} -n {test}{names}{value}{said}"
