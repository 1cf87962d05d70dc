"""The command line, run in this process over a small dataset."""

import csv
import io
import json
from pathlib import Path

import pytest

import natodata.dataset
from natodata import cli_editing
from natodata.cli import main
from natodata.dataset import Dataset
from natodata.dates import PartialDate
from natodata.export.text import plain, record_lines, table_text
from natodata.loading.catalogue import compile_snapshot
from natodata.records import Country, LegalBasis, Operation, Source
from natodata.records.vocabulary import (
    Extent,
    InclusionClause,
    LegalBasisKind,
    OperationKind,
    SourceClass,
)
from natodata.terminal import Progress

SMALL = """\
dataset: {title: A small dataset, version: 2020.1.1, current_to: 2020-01-01}
sources:
  - {id: gazette, source_class: primary-official, title: The Gazette, extent: full}
  - {id: daily, source_class: press, title: The Daily, extent: excerpt}
topics:
  - {id: sea, name: The sea}
countries:
  - id: IRQ
    name: Iraq
    iso_alpha3: IRQ
    citations: [{source: gazette, at: page 1, backs: [name, iso_alpha3]}]
organisations:
  - id: hq
    name: Headquarters
    kind: command
    milestones: [{kind: established, date: 2001, citations: [{source: gazette}]}]
    citations: [{source: gazette, backs: [name, kind]}]
meetings:
  - id: summit
    name: A Summit
    kind: summit
    date: 2001-10-01
    citations: [{source: gazette, backs: [name, kind, date]}]
operations:
  - id: calm
    name: Operation Calm
    aliases: [OC]
    kind: training-advisory
    admitted_by: council-decision
    combat: false
    hosts: [IRQ]
    commands:
      - {value: hq, period: 2001/.., citations: [{source: gazette, at: page 2}]}
    tasks:
      - {modality: train, area: security-forces, text: Teach, citations: [{source: gazette}]}
    milestones:
      - {kind: decided, date: 2001-10-01, at: summit, citations: [{source: gazette}]}
      - {kind: launched, date: 2001-10, citations: [{source: daily, at: page 3}]}
      - kind: first-deployment
        date: 2001-11-05
        rank: preferred
        note: The gazette was there.
        citations: [{source: gazette, at: page 4}]
      - {kind: ended, date: 2005, citations: [{source: gazette}]}
    figures:
      - measure: personnel
        value: 80
        upper: 90
        bound: between
        as_of: 2002
        citations: [{source: daily}]
      - {measure: nations, value: 7, as_of: 2002, citations: [{source: daily}]}
    claims:
      - {field: kind, value: support, note: The Daily has it so., citations: [{source: daily}]}
    topics: [sea]
    citations:
      - {source: gazette, at: page 1, backs: [name, aliases, kind, combat, hosts]}
decisions:
  - id: summit-calm
    date: 2001-10-01
    verb: launches
    summary: "=Calm begins | at once"
    meeting: summit
    affects: [calm]
    citations: [{source: gazette, at: page 1, backs: [date, verb, summary, meeting, affects]}]
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the small dataset the packaged one; return its file."""
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "small.yaml"
    file.write_text(SMALL)
    dataset = Dataset.from_yaml(file)
    monkeypatch.setattr(natodata.dataset, "load", lambda: dataset)
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command; return exit code, answer and complaint."""
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


class TestShow:
    """``natodata show``."""

    def test_text_has_every_field_and_source(self, small, capsys):
        """A record is shown whole: period, pieces with ranks and notes, and who says so."""
        code, out, _ = run(capsys, "show", "Operation Calm")

        assert 0 == code
        assert out.startswith("Operation Calm (Operation calm)\n  period: 2001-11-05/2005\n")
        for part in (
            "  hosts: Iraq (IRQ)\n",
            "  combat: False\n",
            "    OC\n",
            "    2001/..  Headquarters (hq)  [gazette, page 2]\n",
            "    train; security-forces; Teach  [gazette]\n",
            "    2001-10-01  decided at A Summit  [gazette]\n",
            "    2001-11-05  first-deployment [preferred]  [gazette, page 4] (The gazette was",
            "    2002  personnel: between 80 to 90  [daily]\n",
            "    2002  nations: 7  [daily]\n",
            "    kind: support  [daily] (The Daily has it so.)\n",
            "    The Gazette (gazette, page 1) for name, aliases, kind, combat, hosts\n",
        ):
            assert part in out

    def test_json_holds_references_as_ids(self, small, capsys):
        """JSON has what is known, references as ids and dates as EDTF, and leaves out the rest."""
        _, out, _ = run(capsys, "show", "calm", "--format", "json")

        (record,) = json.loads(out)
        assert ["IRQ"] == record["hosts"]
        assert "2001-11-05" == record["milestones"][2]["date"]
        assert "training-advisory" == record["kind"]
        assert "outcome" not in record

    def test_a_source_has_no_sources(self, small, capsys):
        """A record without citations is shown without a list of them."""
        _, out, _ = run(capsys, "show", "gazette")

        assert "sources:" not in out

    def test_miss_names_near_ids(self, small, capsys):
        """An unknown name is exit code 1 with a suggestion, and no traceback."""
        code, out, err = run(capsys, "show", "clam")

        assert (1, "") == (code, out)
        assert "did you mean 'calm'?" in err


class TestList:
    """``natodata list``."""

    def test_on_marks_what_is_not_certain(self, small, capsys):
        """A day that the dates do not decide is marked; ``--certain`` drops it."""
        _, on_maybe, _ = run(capsys, "list", "operations", "--on", "2005-06-01")
        code, certain, _ = run(capsys, "list", "operations", "--on", "2005-06-01", "--certain")

        assert on_maybe.rstrip().endswith("maybe")
        assert "calm" not in certain
        assert 1 == code

    @pytest.mark.parametrize(
        ("condition", "found"),
        [
            ("kind=training-advisory", "calm\n"),
            ("host=IRQ", "calm\n"),
            ("combat=false", "calm\n"),
            ("combat=true", ""),
            ("outcome=", "calm\n"),
        ],
    )
    def test_where(self, small, capsys, condition, found):
        """Conditions are those of `Collection.where`, written FIELD=VALUE."""
        _, out, _ = run(capsys, "list", "operations", "--where", condition, "--format", "ids")

        assert found == out

    def test_numbers_are_numbers(self, small, capsys):
        """A field that holds numbers is compared with a number."""
        code, _, _ = run(capsys, "list", "meetings", "--where", "ordinal=3", "--format", "ids")

        assert 1 == code

    @pytest.mark.parametrize("condition", ["kind", "=x", "knd=x"])
    def test_bad_condition(self, small, capsys, condition):
        """A condition that cannot be meant is a mistaken call: exit code 2."""
        code, _, err = run(capsys, "list", "operations", "--where", condition)

        assert 2 == code
        assert "expected" in err

    @pytest.mark.parametrize(("name", "hint"), [("operation", "'operations'"), ("xyz", "tenures")])
    def test_unknown_collection(self, small, capsys, name, hint):
        """An unknown collection gets the nearest, or the list of all."""
        code, _, err = run(capsys, "list", name)

        assert 2 == code
        assert hint in err

    def test_bad_date(self, small, capsys):
        """A day that does not exist is a mistaken call."""
        code, _, err = run(capsys, "list", "operations", "--on", "2003-02-30")

        assert 2 == code
        assert "from 1 to 28" in err

    def test_csv_is_safe_in_a_spreadsheet(self, small, capsys):
        """A text that a spreadsheet would run as a formula is written as text."""
        _, out, _ = run(capsys, "list", "decisions", "--format", "csv")

        (row,) = csv.DictReader(io.StringIO(out))
        assert "'=Calm begins | at once" == row["label"]
        assert "" == row["end"]

    def test_markdown_keeps_its_columns(self, small, capsys):
        """A bar in a text does not open a column."""
        _, out, _ = run(capsys, "list", "decisions", "--format", "md")

        assert (
            "| summit-calm | =Calm begins \\| at once | 2001-10-01 |  |  |" == out.splitlines()[2]
        )


class TestTables:
    """``natodata sql`` and ``natodata tables``."""

    def test_sql(self, small, capsys):
        """A query is answered as a table."""
        code, out, _ = run(capsys, "sql", "select id from operations", "--format", "json")

        assert 0 == code
        assert [{"id": "calm"}] == json.loads(out)

    def test_sql_that_writes(self, small, capsys):
        """A query that does more than read is a mistaken call."""
        code, _, err = run(capsys, "sql", "drop table operations")

        assert 2 == code
        assert "not authorized" in err

    def test_tables(self, small, capsys):
        """Every table is listed with its columns."""
        _, out, _ = run(capsys, "tables")

        assert "operations_hosts: record, position, value\n" in out

    def test_unknown_form(self, small):
        """Forms are those listed."""
        with pytest.raises(natodata.errors.BadArgument, match="csv"):
            table_text(natodata.load().sql("select 1"), "xml")


class TestFinding:
    """``natodata find``, ``match`` and ``search``."""

    def test_find(self, small, capsys):
        """The record is named with its type."""
        assert (0, "calm  Operation Calm (Operation)\n", "") == run(capsys, "find", "oc")

    def test_match(self, small, capsys):
        """Candidates come with score and reason."""
        _, out, _ = run(capsys, "match", "clam")

        assert "calm" in out.splitlines()[0]

    def test_search(self, small, capsys):
        """Hits come with the passage that was found."""
        _, out, _ = run(capsys, "search", "teaching")

        assert out.startswith("calm  ")


class TestText:
    """Records as text, in the corners that the commands do not reach."""

    def test_legal_basis_with_countries(self):
        """A piece without a form of its own shows its parts, several joined by commas."""
        source = Source(
            id="gazette",
            source_class=SourceClass.PRESS,
            title="The Gazette",
            extent=Extent.FULL,
            date=PartialDate("2001"),
        )
        irq, jor = (Country(id=code, name=code) for code in ("IRQ", "JOR"))
        basis = LegalBasis(kind=LegalBasisKind.HOST_REQUEST, countries=(irq, jor))
        calm = Operation(
            id="calm",
            name="Calm",
            kind=OperationKind.SUPPORT,
            admitted_by=InclusionClause.SUPPORT,
            legal_bases=(basis,),
        )

        assert "    host-request; IRQ (IRQ), JOR (JOR)" in list(record_lines(calm))
        assert "  date: 2001" in list(record_lines(source))
        assert "2001" == plain(PartialDate("2001"))


class TestRelating:
    """``natodata timeline``, ``trace``, ``claims``, ``evidence``, ``cite``."""

    def test_timeline(self, small, capsys):
        """Entries come in order of time, with their sources."""
        _, out, _ = run(
            capsys, "timeline", "--about", "calm", "--until", "2001", "--kind", "milestone"
        )

        assert [
            "2001-10  Operation Calm: launched  [daily]",
            "2001-10-01  Operation Calm: decided at A Summit  [gazette]",
            "2001-11-05  Operation Calm: first deployment  [gazette]",
        ] == out.splitlines()

    def test_timeline_full(self, small, capsys):
        """A briefing is part of the whole, which is printed if asked."""
        _, brief, _ = run(capsys, "timeline", "--about", "calm", "--format", "csv")
        _, full, _ = run(capsys, "timeline", "--about", "calm", "--format", "csv", "--full")

        assert set(brief.splitlines()) < set(full.splitlines())

    def test_timeline_as_table(self, small, capsys):
        """The table has a column for each part of an entry."""
        _, out, _ = run(capsys, "timeline", "--topic", "sea", "--format", "json")

        assert {"date", "kind", "record", "text", "sources"} == set(json.loads(out)[0])

    def test_trace(self, small, capsys):
        """What led to a record stands under its heading."""
        _, out, _ = run(capsys, "trace", "calm")

        assert "summit-calm: launches calm" in out

    def test_claims(self, small, capsys):
        """Each claim has its kind, rank, sources and the rule; the one taken has a star."""
        _, out, _ = run(capsys, "claims", "calm", "start")

        assert out.startswith("* 2001-11-05  first-deployment  preferred  [gazette] ")
        assert 3 == len(out.splitlines())

    def test_claims_of_a_reference(self, small, capsys):
        """A claim that is a record is shown by its id."""
        _, out, _ = run(capsys, "claims", "calm", "command")

        assert out.startswith("* hq  normal  [gazette] ")

    def test_evidence(self, small, capsys):
        """Citations have the place in the source, where there is one."""
        assert "gazette, page 4: The Gazette\n" == run(capsys, "evidence", "calm", "start")[1]
        assert "gazette: The Gazette\n" == run(capsys, "evidence", "calm", "end")[1]

    def test_cite(self, small, capsys):
        """Sources of a record, or the dataset itself."""
        assert "@misc{gazette," in run(capsys, "cite", "calm", "--style", "bibtex")[1]
        assert "A small dataset" in run(capsys, "cite")[1]


class TestEditing:
    """``natodata check``, ``format``, ``diff``, ``audit`` and ``--data``."""

    def test_check_the_data_itself(self, capsys, monkeypatch, small):
        """Without files the data that the package carries is checked."""
        monkeypatch.setattr(cli_editing, "_home", lambda: small.parent)

        assert (0, "no problems in 8 records\n", "") == run(capsys, "check")

    def test_check_alone(self, small, capsys):
        """A file can be checked as data of its own."""
        assert 0 == run(capsys, "check", "--alone", str(small))[0]

    @pytest.mark.parametrize(
        "words",
        [
            ["--limit", "records=7", "check", "--alone"],
            ["--limit=depth=9", "--limit=records=7", "check", "--alone"],
            ["--limit", "records=7", "diff"],
        ],
    )
    def test_limits(self, small, capsys, words):
        """A limit can be set; data that hold more are refused."""
        code, _, err = run(capsys, *words, str(small))

        assert (1, True) == (code, "expected at most 7 records in all files, got more" in err)
        assert run(capsys, *(word.replace("7", "8") for word in words), str(small))[2] == ""

    def test_limits_of_added_data(self, small, capsys, tmp_path):
        """So it is for data that are added."""
        more = tmp_path / "more.yaml"
        more.write_text("topics: [{id: one, name: One}, {id: two, name: Two}]")
        words = ("--data", str(more), "find", "two")

        assert 1 == run(capsys, "--limit", "records=1", *words)[0]
        assert 0 == run(capsys, "--limit", "records=2", *words)[0]

    @pytest.mark.parametrize("limit", ["records", "records=", "records=x", "size=3", "=3"])
    def test_no_limit(self, small, capsys, limit):
        """What is no limit is a mistaken call, and the message names the limits there are."""
        code, _, err = run(capsys, "--limit", limit, "check", "--alone", str(small))

        assert (2, True) == (code, "a name of depth, file_bytes, scalar_chars, nodes" in err)

    def test_check_holds_to_the_rules_for_facts(self, small, capsys, tmp_path):
        """A field that no citation backs is a problem, told with its place."""
        bare = tmp_path / "bare.yaml"
        bare.write_text("places:\n  - {id: spot, name: Spot, kind: city}\n")
        code, _, err = run(capsys, "check", "--alone", str(bare))

        assert 1 == code
        assert f"{bare.as_posix()}:2:22: spot: name: expected a citation that backs 'name'" in err

    def test_check_an_addition(self, small, capsys, tmp_path, monkeypatch):
        """A file that adds to the data may refer to it; only its records are counted."""
        monkeypatch.setattr(
            "natodata.loading.catalogue.load_packaged",
            natodata.dataset.load()._store.catalogue,
        )
        more = tmp_path / "more.yaml"
        more.write_text(
            "places:\n  - {id: spot, name: Spot, kind: city,"
            " citations: [{source: gazette, backs: [name, kind]}]}\n"
        )

        assert (0, "no problems in 1 records\n", "") == run(capsys, "check", str(more))

    def test_data_is_added(self, small, capsys, tmp_path):
        """``--data`` adds a file to the data for one command."""
        more = tmp_path / "more.yaml"
        more.write_text("places:\n  - {id: spot, name: Spot, kind: city}\n")

        assert 0 == run(capsys, "--data", str(more), "show", "spot")[0]

    def test_format(self, small, capsys):
        """Files are rewritten in their one form; a second time there is nothing to do."""
        assert 1 == run(capsys, "format", "--check", str(small))[0]
        before = small.read_text()
        assert SMALL == before
        assert (0, f"{small.as_posix()}\n", "") == run(capsys, "format", str(small))
        assert (0, "", "") == run(capsys, "format", "--check", str(small))
        assert 0 == len(Dataset.from_yaml(small).diff(natodata.dataset.load()))
        assert [small.name] == [path.name for path in small.parent.iterdir()]

    def test_format_the_data_itself(self, small, capsys, monkeypatch):
        """Without files the data that the package carries is meant."""
        monkeypatch.setattr(cli_editing, "_home", lambda: small.parent)

        assert 1 == run(capsys, "format", "--check")[0]

    def test_format_a_missing_file(self, small, capsys, tmp_path):
        """A file that is not there is told, and nothing is written."""
        code, _, err = run(capsys, "format", str(tmp_path / "no.yaml"))

        assert 1 == code
        assert "no such file" in err

    def test_diff(self, small, capsys, tmp_path):
        """Differences are listed fact by fact, from files or snapshots; none is exit code 0."""
        snapshot = tmp_path / "old.jsonl"
        snapshot.write_bytes(compile_snapshot(small.parent))
        newer = tmp_path / "newer.yaml"
        newer.write_text(SMALL.replace("name: Operation Calm", "name: Operation Storm"))

        assert (0, "no difference\n", "") == run(capsys, "diff", str(snapshot))
        code, out, _ = run(capsys, "diff", str(snapshot), str(newer))
        assert (1, "~ operations calm name: Operation Calm → Operation Storm\n") == (code, out)
        assert 0 == run(capsys, "diff", str(snapshot), str(newer), "--only", "hq")[0]

    @pytest.mark.parametrize(
        ("content", "got"),
        [
            (b"{", "something else"),
            (b'{"format": 99}\n', "another format"),
            (None, "no such file"),
        ],
    )
    def test_diff_with_what_is_no_snapshot(self, small, capsys, tmp_path, content, got):
        """A file that is no snapshot is told in one line."""
        snapshot = tmp_path / "old.jsonl"
        if content is not None:
            snapshot.write_bytes(content)
        code, _, err = run(capsys, "diff", str(snapshot))

        assert 1 == code
        assert f"expected a compiled snapshot, got {got}" in err

    def test_audit(self, small, capsys):
        """Findings are listed; a kind can be chosen, and an unknown one is a mistaken call."""
        assert "single-source: calm" in run(capsys, "audit")[1]
        assert "single-source" not in run(capsys, "audit", "conflicts")[1]
        assert 2 == run(capsys, "audit", "conflict")[0]

    def test_stale(self, small, capsys):
        """What goes on without a late word is listed, as old as asked for from a day given."""
        addition = small.parent / "addition.yaml"
        addition.write_text(
            "tenures:\n"
            "  - {id: chief-ann, post: chief, person: ann,\n"
            "     milestones: [{kind: assumed, date: 2019-11-30}]}\n"
            "people: [{id: ann, name: Ann}]\n"
            "posts: [{id: chief, name: Chief}]\n"
        )
        stale = ("--data", str(addition), "stale")
        line = "chief-ann: no end: last told of 2019-11-30, 32 days before\n"

        assert (0, line, "") == run(capsys, *stale, "--days", "31")
        assert (0, "", "") == run(capsys, *stale)
        later = json.loads(run(capsys, *stale, "--on", "2021-01-01", "--format", "json")[1])
        assert [
            {"record": "chief-ann", "what": "no end", "last": "2019-11-30", "days": 398}
        ] == later
        assert 2 == run(capsys, "stale", "--on", "today")[0]


class TestMain:
    """The program itself."""

    def test_module_is_the_command_line(self, monkeypatch, capsys):
        """``python -m natodata`` runs it."""
        import runpy

        monkeypatch.setattr("sys.argv", ["natodata", "--version"])
        with pytest.raises(SystemExit) as stop:
            runpy.run_module("natodata", run_name="__main__")

        assert 0 == stop.value.code
        assert f"natodata {natodata.__version__}\n" == capsys.readouterr().out

    def test_home_is_the_packaged_folder(self):
        """The data itself lies in the package."""
        assert Path(natodata.__file__).parent / "data" == cli_editing._home()

    def test_no_command(self, capsys):
        """A call without a command says how to call, with exit code 2."""
        with pytest.raises(SystemExit) as stop:
            main([])

        assert 2 == stop.value.code
        assert "COMMAND" in capsys.readouterr().err

    def test_reader_gone(self, small, monkeypatch):
        """A reader that closes the pipe early, such as ``head``, is no error."""

        class Gone(io.StringIO):
            def write(self, _: str) -> int:
                raise BrokenPipeError

        monkeypatch.setattr("sys.stdout", Gone())
        monkeypatch.setattr("sys.stderr", io.StringIO())

        assert 0 == main(["tables"])


class TestForms:
    """``--format`` of the commands that answer line by line."""

    @pytest.mark.parametrize(
        ("command", "words", "expected"),
        [
            (
                "find",
                ["calm"],
                [{"record": "calm", "label": "Operation Calm", "type": "Operation"}],
            ),
            (
                "match",
                ["operation clam", "--limit", "1"],
                [{"record": "calm", "name": "calm", "reason": "a similar spelling"}],
            ),
            ("search", ["teach"], [{"record": "calm"}]),
            (
                "trace",
                ["calm"],
                [
                    {"side": "before", "record": "summit", "relation": "took"},
                    {
                        "side": "before",
                        "date": "2001-10-01",
                        "record": "summit-calm",
                        "relation": "launches",
                        "via": "calm",
                        "sources": "gazette",
                    },
                ],
            ),
            (
                "claims",
                ["calm", "kind"],
                [
                    {
                        "taken": True,
                        "value": "training-advisory",
                        "kind": None,
                        "sources": "gazette",
                    },
                    {"taken": False, "value": "support", "note": "The Daily has it so."},
                ],
            ),
            (
                "evidence",
                ["calm", "hosts"],
                [{"source": "gazette", "at": "page 1", "title": "The Gazette"}],
            ),
        ],
    )
    def test_json(self, small, capsys, command, words, expected):
        """In JSON an answer is a list of objects, one a line of the text."""
        code, out, _ = run(capsys, command, *words, "--format", "json")
        rows = json.loads(out)

        assert 0 == code
        assert expected == [
            {name: row[name] for name in wanted}
            for wanted, row in zip(expected, rows[: len(expected)], strict=True)
        ]

    @pytest.mark.parametrize("command", ["find", "match", "search", "timeline", "trace", "claims"])
    def test_same(self, small, capsys, command):
        """All forms of a table have the same columns and rows."""
        words = {"claims": ["calm", "start"], "timeline": []}.get(command, ["calm"])
        out = {
            form: run(capsys, command, *words, "--format", form)[1]
            for form in ("table", "json", "csv", "md")
        }
        rows = json.loads(out["json"])
        columns = list(rows[0])

        assert columns == out["table"].splitlines()[0].split()
        assert [columns, len(rows)] == [
            (found := list(csv.reader(io.StringIO(out["csv"]))))[0],
            len(found) - 1,
        ]
        assert columns == out["md"].splitlines()[0].strip("| ").split(" | ")
        assert len(rows) == len(out["table"].splitlines()) - 2 == len(out["md"].splitlines()) - 2

    def test_audit(self, small, capsys):
        """Findings can be had as rows; none at all is no failure."""
        code, out, _ = run(capsys, "audit", "single-source", "--format", "json")

        assert 0 == code
        assert {"single-source"} == {row["kind"] for row in json.loads(out)}
        assert (0, "[]\n", "") == run(capsys, "audit", "tenures", "--format", "json")

    def test_nothing(self, small, capsys):
        """Where nothing was found the code is 1, whatever the form."""
        assert (1, "[]\n", "") == run(capsys, "search", "nowhere", "--format", "json")
        assert (1, "", "") == run(capsys, "search", "nowhere")


class TestColour:
    """Colour on a terminal, and nowhere else."""

    @pytest.fixture
    def on_terminal(self, monkeypatch):
        """Return a function that runs a command on a terminal, and returns what stands there."""

        class Terminal(io.StringIO):
            def isatty(self):
                return True

        def ran(*words):
            with monkeypatch.context() as patch:
                out, err = Terminal(), Terminal()
                patch.setattr("sys.stdout", out)
                patch.setattr("sys.stderr", err)
                code = main(words)
            return code, out.getvalue(), err.getvalue()

        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("TERM", "xterm")
        return ran

    @pytest.mark.parametrize(
        ("words", "first"),
        [
            (["show", "calm"], "Operation Calm (Operation calm)"),
            (["claims", "calm", "kind"], "* training-advisory"),
            (["sql", "SELECT id FROM countries"], "id"),
        ],
    )
    def test_answer(self, small, on_terminal, words, first):
        """What an answer begins with is bold, and nothing else is coloured."""
        code, out, err = on_terminal(*words)

        assert (0, "") == (code, err)
        assert out.startswith(f"\x1b[1m{first}")
        assert 1 == out.count("\x1b[0m")

    def test_complaint(self, small, on_terminal):
        """The name of the program is red where it complains."""
        code, out, err = on_terminal("find", "nobody")

        assert (1, "") == (code, out)
        assert err.startswith("\x1b[31mnatodata:\x1b[0m nothing is called")

    @pytest.mark.parametrize("form", ["json", "csv", "md"])
    def test_other_programs(self, small, on_terminal, form):
        """What other programs read is never coloured."""
        _, out, _ = on_terminal("list", "operations", "--format", form)

        assert "Operation Calm" in out
        assert "\x1b" not in out

    def test_not_wanted(self, small, on_terminal, monkeypatch):
        """NO_COLOR turns it off."""
        monkeypatch.setenv("NO_COLOR", "1")

        assert on_terminal("show", "calm")[1].startswith("Operation Calm")
        assert on_terminal("find", "nobody")[2].startswith("natodata: nothing")

    def test_pipe(self, small, capsys):
        """Elsewhere there is none."""
        assert "\x1b" not in "".join(map(str, run(capsys, "show", "calm")))


class TestProgressOfCommands:
    """What the line of progress says while a command runs."""

    @pytest.fixture
    def stages(self, monkeypatch):
        """Return the stages that a command goes through, as it goes."""
        seen = []

        class Noted(Progress):
            def stage(self, doing, total=0):
                seen.append((doing, total))
                super().stage(doing, total)

        monkeypatch.setattr("natodata.terminal.Progress", Noted)
        return seen

    def test_check(self, small, capsys, stages):
        """Checking reads, with the bytes counted, and then checks."""
        run(capsys, "check", "--alone", str(small))

        assert [("reading", len(SMALL.encode())), ("checking", 0)] == stages[-2:]

    def test_format(self, small, capsys, stages):
        """Formatting goes through the bytes of the files."""
        run(capsys, "format", "--check", str(small))

        assert [("sorting", len(SMALL.encode())), ("writing", 0)] == stages[-2:]

    @pytest.mark.parametrize("words", [["export", "x.jsonl"], ["browse", "x.html"]])
    def test_written(self, small, capsys, stages, tmp_path, words):
        """What writes the data loads them first."""
        assert 0 == run(capsys, words[0], str(tmp_path / words[1]))[0]
        assert [("loading", 0), ("writing", 0)] == stages[-2:]
