"""Every exception of the package: what it says, and which builtin it is too."""

import pytest
from small import pickled

from natodata import errors
from natodata.errors import (
    Ambiguous,
    BadArgument,
    BadDate,
    DataError,
    MissingExtra,
    NatodataError,
    NatodataWarning,
    NotFound,
    NotKnown,
    Problem,
    SlowParserWarning,
    StaleDataWarning,
    Undecided,
)

PLACED = Problem("a.yaml", 3, 5, "calm", "figures[0].value", "a number", "'x'", "7")
UNPLACED = Problem("a.yaml", 0, 0, "", "", "a file that can be read", "no such file or directory")

BUILTINS = {
    Ambiguous: (LookupError,),
    BadArgument: (ValueError, TypeError),
    BadDate: (ValueError,),
    DataError: (ValueError,),
    MissingExtra: (ImportError,),
    NotFound: (KeyError, LookupError),
    NotKnown: (LookupError, AttributeError),
    Undecided: (ValueError,),
}


class TestHierarchy:
    """One root for exceptions, one for warnings, and the builtins that people catch."""

    @pytest.mark.parametrize("cls", BUILTINS, ids=lambda cls: cls.__name__)
    def test_builtins(self, cls):
        """Each exception is the package's own and a builtin one."""
        assert all(issubclass(cls, base) for base in (NatodataError, *BUILTINS[cls]))

    def test_nothing_is_left_out(self):
        """Every public class of the module is in the table above, or a root or warning."""
        others = {NatodataError, NatodataWarning, Problem, SlowParserWarning, StaleDataWarning}
        public = {getattr(errors, name) for name in errors.__all__}

        assert public == set(BUILTINS) | others

    @pytest.mark.parametrize("cls", [SlowParserWarning, StaleDataWarning])
    def test_warnings(self, cls):
        """Warnings can be silenced together and are shown by default."""
        assert issubclass(cls, NatodataWarning)
        assert issubclass(cls, UserWarning)


class TestMisses:
    """`NotFound` and `Ambiguous` carry what a caller needs to go on."""

    def test_not_found(self):
        """The message is plain, not the `repr` that a `KeyError` prints."""
        error = NotFound("no 'kfro'", ("kfor",))

        assert "no 'kfro'" == str(error) == error.message
        assert ("kfor",) == error.suggestions
        assert () == NotFound("x").suggestions

    def test_ambiguous(self):
        """The candidates are ids."""
        error = Ambiguous("'x' may be a or b", ("a", "b"))

        assert "'x' may be a or b" == str(error) == error.message
        assert ("a", "b") == error.candidates
        assert () == Ambiguous("x").candidates

    @pytest.mark.parametrize("error", [NotFound("a", ("b",)), Ambiguous("a", ("b", "c"))])
    def test_pickle(self, error):
        """They cross the border of a process with all that they carry."""
        again = pickled(error)

        assert type(error) is type(again)
        assert vars(error) == vars(again)
        assert str(error) == str(again)


class TestProblem:
    """`Problem` prints as one line."""

    def test_everything(self):
        """File, line, column, record, path, expected, got and the suggestion, in this order."""
        expected = (
            "a.yaml:3:5: calm: figures[0].value: expected a number, got 'x' (did you mean '7'?)"
        )

        assert expected == str(PLACED)

    def test_little(self):
        """What is not known leaves nothing behind: no line, no colon, no question."""
        expected = "a.yaml: expected a file that can be read, got no such file or directory"

        assert expected == str(UNPLACED)

    def test_order(self):
        """Problems sort by file, then line, then column, as numbers."""
        places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 10), ("a", 9, 9), ("a", 0, 0)]
        problems = sorted(PLACED._replace(file=f, line=x, column=y) for f, x, y in places)

        assert sorted(places) == [problem[:3] for problem in problems]


class TestDataError:
    """`DataError` lists problems."""

    def test_one(self):
        """One problem is not several."""
        assert f"1 problem in the data\n  {PLACED}" == str(DataError((PLACED,)))

    def test_several(self):
        """Each has a line."""
        expected = f"2 problems in the data\n  {UNPLACED}\n  {PLACED}"

        assert expected == str(DataError((UNPLACED, PLACED)))

    def test_many(self):
        """The message stops, the attribute does not."""
        error = DataError((PLACED,) * 5, listed=2)

        assert f"5 problems in the data\n  {PLACED}\n  {PLACED}\n  … and 3 more" == str(error)
        assert 5 == len(error.problems)

    def test_incomplete(self):
        """A check that gave up does not pretend to have counted all."""
        error = DataError((PLACED, PLACED), complete=False)

        assert str(error).startswith("at least 2 problems in the data\n")

    def test_pickle(self):
        """It crosses the border of a process with all that it carries."""
        error = DataError((PLACED, UNPLACED), listed=1, complete=False)
        again = pickled(error)

        assert vars(error) == vars(again)
        assert str(error) == str(again)
