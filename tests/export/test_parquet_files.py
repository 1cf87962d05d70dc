"""Parquet, read back with PyArrow, pandas and Polars."""

import sys
from datetime import date

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from small import store

from natodata.errors import MissingExtra
from natodata.export.content import sheets
from natodata.export.parquet_files import NAMES, write

WHOLE = store()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the files of the small dataset."""
    folder = tmp_path_factory.mktemp("parquet")
    write(WHOLE, folder, None)
    return folder


class TestWrite:
    """`write`."""

    def test_round_trip(self, folder):
        """Every table comes back from its file as the table that was written."""
        for sheet in sheets(WHOLE, None):
            found = pq.read_table(folder / f"{sheet.name}.parquet")

            assert sheet.table.to_arrow().equals(found)

    def test_names(self, folder, tmp_path):
        """There is a file for each table, and for each of some collections, and no other."""
        write(WHOLE, tmp_path, ("operations",))

        assert NAMES == {each.name for each in folder.iterdir()}
        assert "operations.parquet" in {each.name for each in tmp_path.iterdir()} < NAMES

    def test_pandas(self, folder):
        """In pandas a number is a number, and Norway's code is a text."""
        frame = pd.read_parquet(folder / "countries.parquet").set_index("id")

        assert ("NO", 385) == (frame.loc["NOR", "iso_alpha2"], frame.loc["NOR", "cow"])
        assert pd.isna(frame.loc["IRQ", "cow"])

    def test_polars(self, folder):
        """In Polars a day is a date, and a date of a source stays a text."""
        frame = pl.read_parquet(folder / "operations.parquet")

        assert {"start": "2001-10-26", "start_latest": date(2001, 10, 26), "end": "2004~"} == (
            frame.select("start", "start_latest", "end").row(0, named=True)
        )

    def test_notes(self, folder):
        """Each file says which data it is of, and what its keys are."""
        notes = pq.read_schema(folder / "contributions.parquet").metadata

        assert {
            b"natodata.title": b"A small dataset",
            b"natodata.version": b"2020.1.1",
            b"natodata.current_to": b"2020-01-31",
            b"natodata.licence": b"CC0-1.0",
            b"natodata.key": b"id",
            b"natodata.references": b"operation -> operations.id, country -> countries.id",
        } == notes

    def test_missing(self, tmp_path, monkeypatch):
        """Without PyArrow the error says what to install."""
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
        with pytest.raises(MissingExtra) as caught:
            write(WHOLE, tmp_path, None)

        assert 'pyarrow is not installed: run pip install "natodata[arrow]"' == str(caught.value)
