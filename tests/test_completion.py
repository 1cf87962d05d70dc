"""The scripts by which shells complete the command."""

import argparse
import shutil
import subprocess

import pytest

from natodata import errors
from natodata.cli import _parser
from natodata.completion import SHELLS, script
from natodata.records import REGISTRY

BASH = shutil.which("bash")
COLLECTIONS = {row.collection for row in REGISTRY}


def commands():
    """Return the names of all commands."""
    (action,) = (each for each in _parser()._actions if each.dest == "==SUPPRESS==")
    return set(action.choices)


def completed(*words, folder=None):
    """Return what bash offers for the last of some words behind the name of the program."""
    code = script(_parser(), "bash")
    code += "COMP_WORDS=(natodata"
    code += "".join(f" '{word}'" for word in words)
    code += f"); COMP_CWORD={len(words)}; _natodata natodata '{words[-1]}'\n"
    code += 'printf "%s\\n" "${COMPREPLY[@]}"\n'
    answer = subprocess.run(
        [BASH, "--norc", "-eu"],
        input=code,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    assert "" == answer.stderr
    return set(answer.stdout.split("\n")) - {""}


def small_parser():
    """Return a parser with an argument of each sort."""
    parser = argparse.ArgumentParser("demo", add_help=False)
    parser.add_argument("--data", help='what\'s "in" $HOME: `x`')
    subparsers = parser.add_subparsers()
    make = subparsers.add_parser("make", help="make it", add_help=False)
    make.add_argument("kind", choices=["red", "blue"])
    make.add_argument("path")
    make.add_argument("-q", "--quiet", action="store_true")
    make.add_argument("--form", choices=["a", "b"], help="its form")
    make.add_argument("--limit", type=int)
    subparsers.add_parser("rest", add_help=False).add_argument("words", nargs="*")
    return parser


class TestScript:
    """`script`: what is in it."""

    @pytest.mark.parametrize("shell", SHELLS)
    def test_every_command_and_option(self, shell):
        """Each command and each option of each command is in the script of each shell."""
        text = script(_parser(), shell)
        long = {
            name.lstrip("-")
            for command in _parser()._subparsers._group_actions[0].choices.values()
            for action in command._actions
            for name in action.option_strings
        }

        assert [] == [name for name in sorted(commands() | long) if name not in text]

    def test_unknown_shell(self):
        """A shell without a script is refused, with those that have one."""
        with pytest.raises(errors.BadArgument, match="bash, zsh, fish, got 'tcsh'"):
            script(_parser(), "tcsh")

    def test_deterministic(self):
        """One parser gives one script."""
        assert script(_parser(), "bash") == script(_parser(), "bash")

    @pytest.mark.parametrize("shell", SHELLS)
    def test_descriptions_cannot_run(self, shell):
        """What help says never reaches a shell as its own quotes, variables or commands."""
        text = script(small_parser(), shell)

        assert "`" not in text
        assert "$HOME" not in text
        assert "what's" not in text

    def test_fish(self):
        """The fish script offers choices, files and plain values as the parser knows them."""
        seen = "complete -c demo -n '__fish_seen_subcommand_from make'"

        assert [
            "complete -c demo -f",
            "complete -c demo -n __fish_use_subcommand -l data -r -F -d 'whats in HOME x'",
            "complete -c demo -n __fish_use_subcommand -a make -d 'make it'",
            "complete -c demo -n __fish_use_subcommand -a rest",
            f"{seen} -a 'red blue'",
            f"{seen} -F",
            f"{seen} -s q -l quiet",
            f"{seen} -l form -x -a 'a b' -d 'its form'",
            f"{seen} -l limit -x",
        ] == script(small_parser(), "fish").splitlines()

    def test_zsh(self):
        """The zsh script offers choices, files and plain values as the parser knows them."""
        lines = [line.strip() for line in script(small_parser(), "zsh").splitlines()]

        assert "#compdef demo" == lines[0]
        assert "'make:make it'" in lines
        assert (
            "_arguments -C '--data[whats in HOME x]:file:_files' '1: :->command' '*:: :->words'"
        ) in lines
        assert (
            "make) _arguments '-q[]' '--quiet[]' '--form[its form]:value:(a b)' "
            "'--limit[]:value: ' '*:value:(red blue)' ;;"
        ) in lines
        assert "rest) _arguments '*:value: ' ;;" in lines

    def test_zsh_files(self):
        """The zsh script offers files where a command takes files only."""
        assert "check) _arguments '-h" in script(_parser(), "zsh")
        assert "'--alone[check them as data of their own]' '*:file:_files' ;;" in (
            script(_parser(), "zsh")
        )


class TestBash:
    """The bash script in a real bash."""

    @pytest.mark.parametrize("parser", [_parser, small_parser])
    def test_syntax(self, parser):
        """`bash -n` finds nothing wrong with it."""
        answer = subprocess.run(
            [BASH, "-n"],
            input=script(parser(), "bash"),
            capture_output=True,
            text=True,
            check=False,
        )

        assert (0, "", "") == (answer.returncode, answer.stdout, answer.stderr)

    def test_commands(self):
        """The first word may be any command."""
        assert commands() == completed("")
        assert {"timeline"} == completed("ti")

    def test_options_of_the_program(self):
        """Before a command, its own options are offered."""
        assert {"--data", "--limit", "--version", "--help", "-h"} == completed("-")

    def test_command_behind_an_option(self):
        """The value of an option before the command is not taken for the command."""
        assert {"audit"} == completed("--data", "list", "aud")
        assert {"--certain"} == completed("--data", "x.yaml", "list", "--c")

    def test_options_of_a_command(self):
        """Behind a command, the options of that command are offered and no others."""
        assert {"--on", "--certain", "--format", "--help", "-h"} == completed("show", "-")

    def test_choices_of_an_option(self):
        """Behind an option with choices, these are offered."""
        assert {"table", "json", "csv", "md", "ids"} == completed("list", "--format", "")
        assert {"json"} == completed("list", "operations", "--format", "js")

    def test_collections(self):
        """Where a collection is asked for, their names are offered."""
        assert COLLECTIONS == completed("list", "")
        assert {"operations"} == completed("search", "--collection", "op")

    def test_free_words(self):
        """Where anything may stand, nothing is offered."""
        assert set() == completed("find", "")
        assert set() == completed("show", "--on", "")

    def test_unknown_command(self):
        """Behind a word that is no command, nothing is offered."""
        assert set() == completed("nothing", "")

    def test_files(self, tmp_path):
        """Where a file is asked for, files are offered, also those with spaces in their names."""
        (tmp_path / "my data.yaml").write_text("{}")
        (tmp_path / "more.yaml").write_text("{}")

        assert {"my data.yaml", "more.yaml"} == completed("check", "m", folder=tmp_path)
        assert {"my data.yaml"} == completed("--data", "my", folder=tmp_path)

    def test_no_options(self):
        """A program without options or commands has a script that offers nothing."""
        text = script(argparse.ArgumentParser("bare", add_help=False), "bash")

        answer = subprocess.run(
            [BASH, "--norc", "-eu"],
            input=f'{text}COMP_WORDS=(bare a); COMP_CWORD=1; _bare; echo "${{#COMPREPLY[@]}}"\n',
            capture_output=True,
            text=True,
            check=True,
        )
        assert "0\n" == answer.stdout

    def test_registered(self):
        """Sourcing it makes bash complete `natodata` with it."""
        answer = subprocess.run(
            [BASH, "--norc"],
            input=f"{script(_parser(), 'bash')}complete -p natodata\n",
            capture_output=True,
            text=True,
            check=True,
        )

        assert "complete -o filenames -F _natodata natodata\n" == answer.stdout
