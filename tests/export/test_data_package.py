"""The Data Package, read back with the validator of Frictionless and with pandas."""

import json
from datetime import date

import pandas as pd
import pytest
from frictionless import Package, validate
from hypothesis import given
from hypothesis import strategies as st
from small import SMALL, store

from natodata.dates import when_of
from natodata.export.content import sheets
from natodata.export.data_package import NAMES, guarded, unguarded, write

# Texts that a careless writer or reader of CSV would change.
HOSTILE = {
    "A note.": "=HYPERLINK(1)",
    "Nobody else says.": '\'tis -1, @ \\"him\\"',
    "The Daily was there.": "-1+1\\nnext; ,",
    "It was calm.": "@SUM(A1)",
    "Operation Calm begins.": "\uff1d1",
}


def hostile():
    """Return a store whose texts are those."""
    text = SMALL
    for old, new in HOSTILE.items():
        text = text.replace(old, f'"{new}"')
    return store(text)


WHOLE = hostile()
VIEW = WHOLE.at(when_of("2002"), certain=False)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return the folder of a package."""
    folder = tmp_path_factory.mktemp("package")
    write(WHOLE, folder, None)
    return folder


def described(folder):
    """Return the description of a package."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


class TestGuarded:
    """`guarded` and `unguarded`."""

    @given(st.text(alphabet=st.sampled_from("='+-@\t\r\nab\uff1d\uff0b\uff0d\uff20 ")) | st.text())
    def test_round_trip(self, text):
        """Every text comes back, is never empty on the way, and never begins as a formula."""
        cell = guarded(text)

        assert text == unguarded(cell)
        assert cell
        assert cell[0] not in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

    def test_plain(self):
        """What needs no guard has none."""
        assert "Operation Calm = calm" == guarded("Operation Calm = calm")


class TestWrite:
    """`write`."""

    @pytest.mark.parametrize(
        ("store_", "collections"),
        [(WHOLE, None), (VIEW, None), (WHOLE, ("operations", "meetings"))],
        ids=["whole", "view", "some"],
    )
    def test_valid(self, tmp_path, store_, collections):
        """The published validator finds no fault: types, keys, references, description."""
        write(store_, tmp_path, collections)
        report = validate(str(tmp_path / "datapackage.json"))

        assert [] == report.flatten(["title", "fieldName", "message"])
        assert report.valid
        assert len(list(tmp_path.iterdir())) == report.stats["tasks"] + 1

    def test_invalid(self, tmp_path):
        """The validator does see faults in these files: of keys, references and types."""
        faults = {
            "contributions.csv": (",NOR,", ",XXX,", "foreign-key"),
            "operations.csv": (",false,", ",perhaps,", "type-error"),
            "countries.csv": ("\r\nIRQ,", "\r\nNOR,", "primary-key"),
            "meetings.csv": (",2001-10-01,", ",yesterday,", "type-error"),
        }
        write(WHOLE, tmp_path, None)
        for file, (old, new, _) in faults.items():
            text = (tmp_path / file).read_bytes().decode()
            assert old in text
            (tmp_path / file).write_bytes(text.replace(old, new).encode())
        report = validate(str(tmp_path / "datapackage.json"))
        found = {(task.place, fault.type) for task in report.tasks for fault in task.errors}

        assert {(file, kind) for file, (_, _, kind) in faults.items()} <= found

    def test_round_trip(self, package):
        """Read by the library, every cell has its type, and unguarded its value."""
        found = Package(str(package / "datapackage.json"))
        for sheet in sheets(WHOLE, None):
            rows = [
                tuple(map(restored, row.to_dict().values()))
                for row in found.get_resource(sheet.name).read_rows()
            ]

            assert list(sheet.table.rows) == rows

    def test_pandas(self, package):
        """A table is read by pandas with the options that the documentation gives."""
        frame = pd.read_csv(package / "countries.csv", keep_default_na=False, na_values=[""])

        assert ["IRQ", "NOR"] == list(frame["id"])
        assert "NO" == frame["iso_alpha2"][1]

    def test_names(self, package):
        """There is a file for each table and one that describes them."""
        assert NAMES == {each.name for each in package.iterdir()}

    def test_description(self, package):
        """The description says version 2, title, licence, version and sources."""
        found = described(package)

        assert "https://datapackage.org/profiles/2.0/datapackage.json" == found["$schema"]
        assert ("natodata", "A small dataset", "2020.1.1") == (
            found["name"],
            found["title"],
            found["version"],
        )
        assert [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            }
        ] == found["licenses"]
        assert "Kept up to 2020-01-31. A text that a spreadsheet" in found["description"]
        assert {"title": "The Gazette", "version": "2001"} in found["sources"]

    def test_schema(self, package):
        """A table says type, need, primary and foreign keys, and what an empty cell is."""
        schemas = {each["name"]: each["schema"] for each in described(package)["resources"]}
        schema = schemas["contributions"]

        assert ["id"] == schema["primaryKey"]
        assert [""] == schema["missingValues"]
        assert {"name": "id", "type": "string", "constraints": {"required": True}} == (
            schema["fields"][0]
        )
        assert {"name": "start_earliest", "type": "date"} in schema["fields"]
        assert [
            {"fields": [name], "reference": {"resource": table, "fields": ["id"]}}
            for name, table in (("operation", "operations"), ("country", "countries"))
        ] == schema["foreignKeys"]
        assert "primaryKey" not in schemas["citations"]
        assert "foreignKeys" not in schemas["records"]

    def test_bare(self, tmp_path):
        """Where a dataset does not say, the description does not; a view says its time."""
        write(store("sources: []").at(when_of("2002"), certain=False), tmp_path, None)
        found = described(tmp_path)

        assert {"version", "sources"}.isdisjoint(found)
        assert found["description"].startswith("untitled. As of 2002. A text")

    def test_sources(self, tmp_path):
        """A source has a path where it has an address on the web."""
        write(
            store(
                "sources:\n"
                "  - {id: a, source_class: press, title: A, extent: full,"
                " address: 'https://example.org/a', updated: 2001-05-06}\n"
                "  - {id: b, source_class: press, title: B, extent: full, address: 'urn:b'}\n"
            ),
            tmp_path,
            None,
        )

        assert [
            {"title": "A", "path": "https://example.org/a", "version": "2001-05-06"},
            {"title": "B"},
        ] == described(tmp_path)["sources"]


def restored(cell):
    """Return a cell as the table has it: texts without their guard, days as text."""
    if isinstance(cell, str):
        return unguarded(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, bool | int) else float(cell)
