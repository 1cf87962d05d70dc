"""Bibliographies, read back with bibtexparser and citeproc-py."""

import json

import bibtexparser
import pytest
from citeproc.source.json import CiteProcJSON
from small import store

from natodata.errors import BadArgument
from natodata.export.bibliography import write_bibtex, write_csl_json
from natodata.queries.citing import bibliography

WHOLE = store()


class TestWriteBibtex:
    """`write_bibtex`."""

    @pytest.mark.parametrize(
        ("collections", "expected"),
        [
            (None, ["daily", "gazette", "memoir"]),
            (("sources",), ["daily", "gazette", "memoir"]),
            (("people",), ["daily"]),
            (("operations", "topics"), ["daily", "gazette"]),
            (("topics",), []),
        ],
    )
    def test_entries(self, tmp_path, collections, expected):
        """Every source is an entry, or each that records of the collections cite."""
        write_bibtex(WHOLE, tmp_path / "x.bib", collections)
        library = bibtexparser.parse_string((tmp_path / "x.bib").read_text(encoding="utf-8"))

        assert [] == library.failed_blocks
        assert expected == [entry.key for entry in library.entries]

    def test_entry(self, tmp_path):
        """An entry says who, what and when."""
        write_bibtex(WHOLE, tmp_path / "x.bib", None)
        library = bibtexparser.parse_string((tmp_path / "x.bib").read_text(encoding="utf-8"))
        entry = library.entries_dict["daily"]

        assert ("{A. Writer}", "{The Daily}", "2020-01-31") == (
            entry["author"],
            entry["title"],
            entry["urldate"],
        )


class TestWriteCslJson:
    """`write_csl_json`."""

    def test_items(self, tmp_path):
        """A processor of citation styles reads every source with its fields."""
        write_csl_json(WHOLE, tmp_path / "x.csl.json", None)
        items = json.loads((tmp_path / "x.csl.json").read_text(encoding="utf-8"))
        read = CiteProcJSON(items)

        assert {"daily", "gazette", "memoir"} == set(read)
        assert "The Gazette" == "".join(read["gazette"].title)
        assert 2001 == read["gazette"].issued.year


class TestBibliography:
    """`bibliography`."""

    def test_order(self):
        """References come in the order of the sources given."""
        sources = [WHOLE.record("gazette"), WHOLE.record("daily")]

        assert ["The Gazette", "The Daily"] == [
            item["title"] for item in json.loads(bibliography(sources, "csl-json"))
        ]

    def test_style(self):
        """An unknown style is refused."""
        with pytest.raises(BadArgument, match="expected a style of bibtex"):
            bibliography([], "bibtec")
