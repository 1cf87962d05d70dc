"""What messages about data are made of."""

from natodata.loading.wording import cut, kinds, nearest
from natodata.records import Operation, Person, Place


class TestKinds:
    """`kinds` puts record types in words."""

    def test_words(self):
        """An article, commas, and "or" before the last."""
        assert "a Place" == kinds([Place])
        assert "an Operation" == kinds([Operation])
        assert "a Place or Person" == kinds([Place, Person])
        assert "an Operation, Place or Person" == kinds([Operation, Place, Person])


class TestCut:
    """`cut` keeps a message on its line."""

    def test_lengths(self):
        """Eighty characters are whole, and nothing is longer."""
        assert "x" * 80 == cut("x" * 80)
        assert "x" * 79 + "…" == cut("x" * 81)


class TestNearest:
    """`nearest` finds what was probably meant."""

    def test_near(self):
        """A slip of the pen is found; what is like nothing is not."""
        assert "maritime-security" == nearest("maritime-secruity", ["combat", "maritime-security"])
        assert "" == nearest("xyz", ["combat"])
        assert "" == nearest("xyz", [])

    def test_long(self):
        """Only the beginning of an endless text is looked at."""
        assert "" == nearest("x" * 1_000_000, ["combat"])

    def test_many(self):
        """Of very many only those that begin alike are looked at."""
        many = [f"r{number:05}" for number in range(20_000)]

        assert "r19999" == nearest("r1999x", many)
        assert "" == nearest("x19999", many)
        assert "combat" == nearest("kombat", [*many[:9_999], "combat"])
        assert "" == nearest("kombat", [*many[:10_000], "combat"])
