"""References: what other programs read from them is what the data hold."""

import json
from itertools import accumulate

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st

from natodata.dates import PartialDate, Period
from natodata.errors import BadArgument
from natodata.queries.citing import STYLES, bibliography, cite
from natodata.records import Source

CSL_TYPES = {"dataset", "document", "webpage"}
"""Of the item types of CSL 1.0.2, those that references here may have."""
CSL_TEXTS = {"id", "type", "title", "publisher", "URL", "language", "version"}
CSL_DATES = {"issued", "accessed"}


def read_bibtex(text):
    """Return entries as an independent reader of BibTeX sees them: key to fields in plain text."""
    layers = [LatexDecodingMiddleware(), SeparateCoAuthors()]
    library = bibtexparser.parse_string(text, append_middleware=layers)
    assert [] == library.failed_blocks
    found = {
        entry.key: {"": entry.entry_type} | {f.key: _bare(f.value) for f in entry.fields}
        for entry in library.entries
    }
    for entry in bibtexparser.parse_string(text).entries:
        if "url" in entry.fields_dict:  # addresses are taken as they stand
            found[entry.key]["url"] = entry.fields_dict["url"].value
    return found


def _bare(value):
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value.removeprefix("{").removesuffix("}")


def read_csl(text):
    """Return CSL-JSON items by id, after holding them to the form that CSL 1.0.2 asks."""
    items = json.loads(text)
    assert isinstance(items, list)
    for item in items:
        assert {"id", "type", "title"} <= item.keys() <= CSL_TEXTS | CSL_DATES | {"author"}
        assert item["type"] in CSL_TYPES
        assert all(isinstance(item[key], str) for key in CSL_TEXTS & item.keys())
        assert all({"literal"} == name.keys() for name in item.get("author", ()))
        for key in CSL_DATES & item.keys():
            _check_csl_date(item[key])
    return {item["id"]: item for item in items}


def _check_csl_date(date):
    assert date.keys() <= {"date-parts", "circa"}
    assert 1 <= len(date["date-parts"]) <= 2
    for parts in date["date-parts"]:
        assert 1 <= len(parts) <= 3
        assert all(isinstance(part, int) for part in parts)


class TestBibtex:
    """``style="bibtex"``, read back by another program."""

    def test_record(self, small):
        """A record is cited by all its sources, each once."""
        assert ["act", "book", "paper", "copy"] == list(
            read_bibtex(small.cite("steady", "bibtex"))
        )

    def test_fields(self, small):
        """Every field is read back as it stands in the data; what is not known is left out."""
        found = read_bibtex(small.cite("steady", "bibtex"))

        assert {
            "": "misc",
            "title": "The act",
            "publisher": "NATO",
            "year": "1999",
            "month": "6",
            "url": "https://example.org/act?a=1&b=50%25_x",
            "urldate": "2020-01-02",
        } == found["act"]
        assert {
            "": "misc",
            "author": ["Ann Bee", "C\\D ~ E"],
            "title": "A {paper} & more_",
            "year": "1999",
            "month": "7",
            "language": "de",
        } == found["paper"]
        assert {"": "misc", "title": "The copy"} == found["copy"]

    def test_form(self, small):
        """A blank line stands between entries, and the format's word between authors."""
        entries = small.cite("steady", "bibtex").split("\n\n")

        assert ["@misc{act,", "@misc{book,", "@misc{paper,", "@misc{copy,"] == [
            entry.splitlines()[0] for entry in entries
        ]
        assert ["}"] * 4 == [entry.splitlines()[-1] for entry in entries]
        assert "  author = {{Ann Bee} and {C" in entries[2]

    def test_dataset(self, small):
        """Without a record it is the dataset, with its version and the day that it reaches."""
        (entry,) = read_bibtex(small.cite(style="bibtex")).values()

        assert "Small, data version 2026.1" == entry["title"]
        assert ("2026", "11", "2026.1") == (entry["year"], entry["month"], entry["version"])

    def test_bare_dataset(self, made):
        """A dataset that says nothing of itself can be cited nevertheless."""
        (entry,) = read_bibtex(made("people: []").cite(style="bibtex")).values()

        assert "natodata" == entry["title"]
        assert not {"year", "version"} & entry.keys()

    def test_address(self):
        """Braces in an address do not break the entry."""
        source = Source(
            id="s",
            source_class="press",
            title="S",
            extent="full",
            address="https://example.org/{x}}",
        )

        assert "https://example.org/%7Bx%7D%7D" == read_bibtex(cite(source, "bibtex"))["s"]["url"]

    @given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1))
    def test_any_title(self, title):
        """Whatever marks a title has, the entry can be read and nothing spills out of it."""
        source = Source(id="s", source_class="press", title=title, extent="full")
        library = bibtexparser.parse_string(cite(source, "bibtex"))

        assert [] == library.failed_blocks
        assert {"s": {"title"}} == {e.key: {f.key for f in e.fields} for e in library.entries}

    @pytest.mark.parametrize("title", ["{", "}", "}{", "{a}", "{{a} b"])
    def test_braces(self, title):
        """For BibTeX, which counts braces even after a backslash, they are balanced."""
        source = Source(id="s", source_class="press", title=title, extent="full")
        line = cite(source, "bibtex").splitlines()[1]
        value = line.removeprefix("  title = ").removesuffix(",")
        depths = list(accumulate((mark == "{") - (mark == "}") for mark in value))

        assert len(value) - 1 == depths.index(0)


class TestCsl:
    """``style="csl-json"``, held to the schema's form."""

    def test_record(self, small):
        """A record is cited by all its sources; fields and dates are as in the data."""
        found = read_csl(small.cite("steady", "csl-json"))

        assert ["act", "book", "paper", "copy"] == list(found)
        assert {
            "id": "act",
            "type": "webpage",
            "title": "The act",
            "publisher": "NATO",
            "URL": "https://example.org/act?a=1&b=50%25_x",
            "issued": {"date-parts": [[1999, 6, 10]]},
            "accessed": {"date-parts": [[2020, 1, 2]]},
        } == found["act"]
        assert {
            "id": "paper",
            "type": "document",
            "title": "A {paper} & more_",
            "author": [{"literal": "Ann Bee"}, {"literal": "C\\D ~ E"}],
            "language": "de",
            "issued": {"date-parts": [[1999, 7]]},
        } == found["paper"]

    def test_text(self, made):
        """It is indented by two, and letters stand as they are."""
        data = made("sources: [{id: s, source_class: press, title: Žena, extent: full}]")
        lines = data.cite("s", "csl-json").splitlines()

        assert ["[", "  {", '    "id": "s",'] == lines[:3]
        assert '    "title": "Žena"' in [line.rstrip(",") for line in lines]

    def test_span(self, small):
        """A source published over a span has its first and last date."""
        (item,) = read_csl(small.cite("book", "csl-json")).values()

        assert {"date-parts": [[1998], [2001]]} == item["issued"]

    @pytest.mark.parametrize(
        ("date", "expected"),
        [
            (PartialDate("1999~"), {"date-parts": [[1999]], "circa": True}),
            (Period("1999/.."), {"date-parts": [[1999]]}),
            (Period("../1999"), {"date-parts": [[1999]]}),
            (Period("/.."), None),
            (None, None),
        ],
    )
    def test_dates(self, date, expected):
        """Marked dates are about so; open and unknown ends are left out."""
        source = Source(id="s", source_class="press", title="S", extent="full", date=date)
        (item,) = read_csl(cite(source, "csl-json")).values()

        assert expected == item.get("issued")

    def test_updated(self, small):
        """A source without a date of publication has that of its last update."""
        (item,) = read_csl(small.cite("second-copy", "csl-json")).values()

        assert {"date-parts": [[2001, 5, 6]]} == item["issued"]

    def test_dataset(self, small, made):
        """The dataset is an item of its own type, with a version where it has one."""
        (item,) = read_csl(small.cite(style="csl-json")).values()
        (bare,) = read_csl(made("people: []").cite(style="csl-json")).values()

        assert ("dataset", "2026.1") == (item["type"], item["version"])
        assert "version" not in bare

    def test_none(self, small):
        """A record without sources gives an empty list."""
        assert {} == read_csl(small.cite("naples", "csl-json"))


class TestText:
    """``style="text"``, the default."""

    def test_lines(self, small):
        """Each source is a line: who, when, what, where, and the day on which it was read."""
        assert [
            "NATO (1999-06-10). The act. https://example.org/act?a=1&b=50%25_x (read 2020-01-02)",
            "A Press (1998/2001). The book.",
            "Ann Bee, C\\D ~ E (1999-07). A {paper} & more_.",
            "anonymous (no date). The copy.",
        ] == small.cite("steady").splitlines()

    def test_publisher(self):
        """A publisher who is not the author is named after the title."""
        source = Source(
            id="s",
            source_class="press",
            title="S",
            extent="full",
            authors=("A",),
            publisher="P",
        )

        assert "A (no date). S. P." == cite(source, "text")

    def test_dataset(self, small):
        """The dataset has a line too."""
        assert "the natodata maintainers (2026-11-21). Small, data version 2026.1." == (
            small.cite()
        )


class TestCite:
    """What is cited, and in which styles."""

    @pytest.mark.parametrize("style", STYLES)
    def test_source(self, small, style):
        """A source is cited itself, given as a record or by its id."""
        assert small.cite("act", style) == small.cite(small.sources["act"], style)
        assert "The act" in small.cite("act", style)

    @pytest.mark.parametrize("style", STYLES)
    def test_sources(self, small, style):
        """Several sources are cited in the order in which they are given."""
        assert small.cite("steady", style) == bibliography(
            [small.sources[each] for each in ("act", "book", "paper", "copy")], style
        )

    @pytest.mark.parametrize("record", ["steady", None])
    def test_unknown_style(self, small, record):
        """An unknown style is an error that lists the styles and names the nearest."""
        with pytest.raises(
            BadArgument,
            match=r"a style of bibtex, csl-json, text, got 'bibtext'; did you mean 'bibtex'",
        ):
            small.cite(record, "bibtext")

    def test_unlike_style(self, small):
        """One that is like none is an error too."""
        with pytest.raises(BadArgument, match=r"got 'APA'$"):
            small.cite("steady", "APA")
