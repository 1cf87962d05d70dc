"""The pages that are made from the classes and the data say all of it."""

import importlib.util
import re
from pathlib import Path

import pytest

from natodata import Dataset
from natodata.queries.audit import KINDS
from natodata.queries.tables import layout
from natodata.records import (
    REGISTRY,
    Assessment,
    Citation,
    Lasting,
    Operation,
    Source,
    StrengthReport,
    Topic,
    typed_fields,
)

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.glob("*.md"))
TYPES = [row.cls for row in REGISTRY]


def loaded():
    """Return the generator, which lies beside the pages and is no module of the package."""
    spec = importlib.util.spec_from_file_location("_generate", DOCS / "_generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = loaded()


def section(page, name):
    """Return the part of a page under the heading of a class."""
    parts = re.split(r"^#+ (\w+)$", page, flags=re.MULTILINE)
    return parts[parts.index(name) + 1]


class TestDescribed:
    """`described`: the texts under attributes."""

    @pytest.mark.parametrize("cls", [*TYPES, *generate.PIECES], ids=lambda cls: cls.__name__)
    def test_fields(self, cls):
        """Every field of every record type and piece says in a sentence what it means."""
        texts = generate.described(cls)
        names = [field.name for field in typed_fields(cls)]

        assert [] == [name for name in names if not texts.get(name, "").endswith((".", "…"))]

    @pytest.mark.parametrize("cls", generate.VOCABULARIES, ids=lambda cls: cls.__name__)
    def test_codes(self, cls):
        """Every code of every vocabulary has a definition."""
        texts = generate.described(cls)

        assert [member.name for member in cls] == [m.name for m in cls if texts.get(m.name)]


class TestBacking:
    """`backing`: which evidence a field needs."""

    @pytest.mark.parametrize(
        ("cls", "field", "expected"),
        [
            (Operation, "name", "backs"),
            (Operation, "hosts", "backs"),
            (Operation, "milestones", "its own"),
            (Operation, "leads", "its own"),
            (Operation, "legal_bases", "its own"),
            (Operation, "admitted_by", "none"),
            (Operation, "citations", "none"),
            (StrengthReport, "rows", "backs"),
            (Assessment, "date", "backs"),
            (Source, "title", "none"),
            (Topic, "name", "none"),
        ],
    )
    def test_fields(self, cls, field, expected):
        """Pieces with citations stand on their own; editors' fields need none; others `backs`."""
        assert expected == generate.backing(cls, field)

    def test_agrees_with_the_check(self, tmp_path):
        """What the check asks for, when a record cites nothing, is what the dictionary says."""
        from natodata.errors import DataError
        from natodata.loading.checking import load_paths

        file = tmp_path / "bare.yaml"
        file.write_text(
            "countries: [{id: EXA, name: Examplia, iso_alpha2: EX}]\n"
            "operations:\n"
            "  - {id: bare, name: Bare, kind: combat, admitted_by: others, hosts: [EXA],\n"
            "     note: Bare., milestones: [{kind: launched, date: 2018}]}\n"
        )
        with pytest.raises(DataError) as caught:
            load_paths([file], integrity=True)
        asked = {
            (problem.record, problem.path.partition("[")[0]) for problem in caught.value.problems
        }

        assert asked == {
            ("EXA", "name"),
            ("EXA", "iso_alpha2"),
            ("bare", "name"),
            ("bare", "kind"),
            ("bare", "hosts"),
            ("bare", "milestones"),
        }
        assert {"none"} == {generate.backing(Operation, name) for name in ("admitted_by", "note")}


class TestFilled:
    """`filled`: pages with their generated parts."""

    def test_other_text(self):
        """Text that asks for nothing stays as it is."""
        assert generate.filled("# A page\n") == "# A page\n"

    def test_unknown(self):
        """Asking for a part that is not there is an error, not an empty page."""
        with pytest.raises(KeyError):
            generate.filled("<!-- generated: nonsense -->")

    def test_asked(self):
        """Every part is asked for by a page, and no page is left with something to ask."""
        pages = [page.read_text(encoding="utf-8") for page in PAGES]
        asked = {name for page in pages for name in re.findall(r"<!-- generated: (\S+) -->", page)}

        assert set(generate.PARTS) == asked
        assert [] == [page for page in pages if "<!-- generated" in generate.filled(page)]

    def test_steady(self):
        """The same build gives the same text."""
        assert {name: part() for name, part in generate.PARTS.items()} == {
            name: part() for name, part in loaded().PARTS.items()
        }


class TestDictionary:
    """The part ``dictionary``."""

    @pytest.mark.parametrize("cls", [*TYPES, *generate.PIECES], ids=lambda cls: cls.__name__)
    def test_fields(self, cls):
        """Each type has a row for each of its fields, and no other."""
        rows = section(generate.PARTS["dictionary"](), cls.__name__).split("Computed:")[0]
        listed = re.findall(r"^\| `(\w+)` \|", rows, flags=re.MULTILINE)

        assert sorted(field.name for field in typed_fields(cls)) == sorted(listed)

    def test_row(self):
        """A row gives type, need and evidence in words."""
        rows = section(generate.PARTS["dictionary"](), "Operation").splitlines()

        assert (
            "| `kind` | {ref}`OperationKind <codebook-operationkind>` (required) "
            "| What sort of undertaking. | backs |"
        ) in rows
        assert any(row.startswith("| `leads` | list of {ref}`Held <") for row in rows)
        assert "| `combat` | true or false |" in "\n".join(rows)

    def test_computed(self):
        """Computed names stand apart from stored ones."""
        computed = section(generate.PARTS["dictionary"](), "Operation").split("Computed:")[1]

        assert {"start", "end", "period", "command", "lead", "posture"} <= set(
            re.findall(r"^\| `(\w+)` \|", computed, flags=re.MULTILINE)
        )


class TestCodebook:
    """The part ``codebook``."""

    @pytest.mark.parametrize("cls", generate.VOCABULARIES, ids=lambda cls: cls.__name__)
    def test_codes(self, cls):
        """Each vocabulary lists its codes in their order, and says where they are used."""
        part = section(generate.PARTS["codebook"](), cls.__name__)

        assert [member.value for member in cls] == re.findall(
            r"^\| `([\w-]+)` \|", part, flags=re.MULTILINE
        )
        assert re.search(r"^Used in: `\w+\.\w+`", part, flags=re.MULTILINE)


class TestRules:
    """The part ``rules``: by which milestones start and end are taken."""

    def test_kinds(self):
        """The table on the page is that of the classes, kinds in their order."""
        table = generate.PARTS["rules"]()
        shown = {
            name: [re.findall(r"`([\w-]+)`", cell) for cell in cells]
            for name, *cells in re.findall(
                r"^\| \{ref\}`(\w+) <[\w-]+>` \| (.*?) \| (.*?) \| (.*?) \|$",
                table,
                flags=re.MULTILINE,
            )
        }

        assert {
            cls.__name__: [
                list(map(str, cls.starts)),
                list(map(str, cls.ends)),
                sorted(map(str, cls.restarts)),
            ]
            for cls in TYPES
            if issubclass(cls, Lasting)
        } == shown


class TestConflictsOf:
    """`conflicts_of`: rival values, with all sides."""

    @pytest.fixture
    def conflicts(self, tmp_path):
        """Return a function that gives the conflicts of an operation described in YAML."""

        def conflicts_of(fields):
            file = tmp_path / "data.yaml"
            file.write_text(
                "operations:\n  - id: op\n    name: Op\n    kind: combat\n"
                f"    admitted_by: others\n{fields}"
            )
            nato = Dataset.from_yaml(file)
            return {
                field: [(generate._shown(each.value), str(each.rank), each.taken) for each in all_]
                for field, all_ in generate.conflicts_of(nato, nato.operations["op"])
            }

        return conflicts_of

    def test_none(self, conflicts):
        """Dates of different kinds, and a vaguer date beside an exact one, are no conflict."""
        assert {} == conflicts(
            "    milestones:\n"
            "      - {kind: decided, date: 2018-05}\n"
            "      - {kind: launched, date: 2018-07}\n"
            "      - {kind: launched, date: 2018-07-11}\n"
            "      - {kind: ended, date: 2020}\n"
        )

    def test_dates(self, conflicts):
        """Dates of one kind that cannot both be true are shown, the one taken marked."""
        found = conflicts(
            "    milestones:\n"
            "      - {kind: launched, date: 2018-07}\n"
            "      - {kind: ended, date: 2020-01}\n"
            "      - {kind: ended, date: 2020-02}\n"
        )

        assert {
            "ended": [("2020-01", "normal", True), ("2020-02", "normal", False)],
        } == found

    def test_ranked(self, conflicts):
        """Ranked values are shown with their rivals, whatever they are."""
        found = conflicts(
            "    milestones:\n"
            "      - {kind: launched, date: 2018, rank: deprecated, note: Vague.}\n"
            "      - {kind: launched, date: 2018-07}\n"
            "    figures:\n"
            "      - {measure: ships, value: 3, as_of: 2019}\n"
            "      - {measure: troops, value: 3, as_of: 2019}\n"
            "      - {measure: ships, value: 4, upper: 5, bound: between, as_of: 2019,"
            " rank: preferred}\n"
        )

        assert {
            "launched": [("2018", "deprecated", False), ("2018-07", "normal", True)],
            "figures: ships": [
                ("exact 3, 2019", "normal", False),
                ("between 4 to 5, 2019", "preferred", False),
            ],
        } == found

    def test_claims(self, conflicts):
        """The value of the field goes before its rivals; an absent one is left out."""
        found = conflicts(
            "    claims:\n"
            "      - {field: kind, value: support}\n"
            "      - {field: outcome, value: Won.}\n"
        )

        assert {
            "kind": [("combat", "preferred", True), ("support", "normal", False)],
            "outcome": [("Won.", "normal", False)],
        } == found

    def test_stretches(self, tmp_path):
        """The end of one stretch is no rival of the end of the next."""
        file = tmp_path / "data.yaml"
        file.write_text(
            "countries: [{id: EXA, name: Examplia}]\n"
            "operations: [{id: op, name: Op, kind: combat, admitted_by: others}]\n"
            "contributions:\n"
            "  - id: op-exa\n"
            "    operation: op\n"
            "    country: EXA\n"
            "    capacity: other\n"
            "    milestones:\n"
            "      - {kind: joined, date: 2018}\n"
            "      - {kind: withdrew, date: 2020-01}\n"
            "      - {kind: rejoined, date: 2020-05}\n"
            "      - {kind: withdrew, date: 2020-09}\n"
        )
        nato = Dataset.from_yaml(file)

        assert [] == list(generate.conflicts_of(nato, nato.contributions["op-exa"]))

    def test_every_finding(self):
        """The page has a section for every record of the packaged data that has claims."""
        page = generate.PARTS["conflicts"]()
        nato = generate.load()
        claimed = {
            record.id
            for row in REGISTRY
            for record in getattr(nato, row.collection)
            if getattr(record, "claims", ())
        }

        assert claimed <= set(re.findall(r"^`([\w-]+)`, \w+$", page, flags=re.MULTILINE))
        assert claimed


class TestAudits:
    """The part ``audits``: the kinds of finding."""

    def test_kinds(self):
        """Every kind is explained, in the order in which findings come."""
        part = generate.PARTS["audits"]()

        assert list(KINDS) == re.findall(r"^\| `([\w-]+)` \| \w", part, flags=re.MULTILINE)


class TestClauses:
    """The part ``clauses``: the inclusion rule."""

    def test_operations(self):
        """Every operation of the packaged data stands under one clause."""
        part = generate.PARTS["clauses"]()
        names = [generate._quoted(op.name) for op in generate.load().operations]

        assert [] == [name for name in names if name not in part]


class TestIndex:
    """The page ``index.md``."""

    def test_pages(self):
        """Every page can be reached from the tables of contents."""
        text = (DOCS / "index.md").read_text(encoding="utf-8")
        listed = {line for line in text.splitlines() if re.fullmatch(r"[a-z-]+", line)}

        assert {page.stem for page in PAGES} - {"index"} == listed


class TestPieces:
    """`PIECES`: what the dictionary lists beside records."""

    def test_all(self):
        """Every piece that a record holds is there."""
        held = {
            kind
            for cls in TYPES
            for field in typed_fields(cls)
            for kind in generate._kinds(field.type)
            if hasattr(kind, "__attrs_attrs__")
            and not issubclass(kind, generate.Record)
            and kind not in (generate.PartialDate, generate.Period)
        }

        assert held == set(generate.PIECES)
        assert Citation in generate.PIECES


class TestTables:
    """`tables`: every table and column."""

    def test_tables(self):
        """Every table is named, except that of all ids, which the page itself describes."""
        page = generate.PARTS["tables"]()
        named = {*re.findall(r"^### (\w+)$|^\| `(\w+)` \|", page, re.MULTILINE)}

        assert {"records"} == set(layout()) - {name for pair in named for name in pair}
        assert "`records`" in (DOCS / "tables.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        "table", [*(row.collection for row in REGISTRY), *generate.TABLE_OF.values()]
    )
    def test_columns(self, table):
        """Every column says what it holds and means; a date stands for its two days too."""
        rows = re.findall(
            r"^\| `(\w+)` \| (.+?) \| (.+) \|$",
            section(generate.PARTS["tables"](), table),
            re.MULTILINE,
        )
        columns = {column.name: column for column in layout()[table]}
        days = {
            f"{name}_{edge}"
            for name, kind, _ in rows
            if kind == "date"
            for edge in ("earliest", "latest")
        }

        assert set(columns) == {name for name, _, _ in rows} | days
        assert all(meaning[0].isupper() for _, _, meaning in rows)
        assert {name for name, column in columns.items() if column.refers_to} == {
            name for name, kind, _ in rows if "an `id` of" in kind
        }
