"""The JSON Schema of the YAML form: what it knows, and that it agrees with the loader."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies
from jsonschema import Draft202012Validator
from small import SMALL, load

from natodata.cli import main
from natodata.dates import parse_when
from natodata.errors import BadDate, DataError
from natodata.export.schema import schema, schema_text
from natodata.loading.strict_yaml import read
from natodata.records import REGISTRY, typed_fields, vocabulary

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
COMMITTED = ROOT / "docs" / "schema" / "natodata.schema.json"
DATA = ROOT / "src" / "natodata" / "data"

MADE = schema()
VALIDATOR = Draft202012Validator(MADE)


class Core(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
    """YAML 1.2 with its core types (YAML 1.2.2, section 10.3.2), as editors read it."""


for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^({pattern})$"), first)
Core.add_constructor("tag:yaml.org,2002:null", lambda *_: None)
Core.add_constructor("tag:yaml.org,2002:bool", lambda _, node: node.value.lower() == "true")
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def as_editors(text):
    """Return a file with the types that an editor gives its values."""
    return yaml.load(text, Core)  # noqa: S506 (a loader of our own, without objects)


def as_texts(text):
    """Return a file with every value as the text that stands there."""
    return read(text.encode(), "corpus.yaml")


def accepted(tree):
    """Return whether the schema accepts a tree."""
    return not list(VALIDATOR.iter_errors(tree))


def files(*names):
    """Return the files of a part of the corpus, to be named in tests by their stems."""
    found = sorted((CORPUS.joinpath(*names)).glob("*.yaml"))
    return pytest.mark.parametrize("path", found, ids=[path.stem for path in found])


@pytest.fixture(params=[as_editors, as_texts])
def reading(request):
    """Each of the ways in which a file is read."""
    return request.param


class TestSchema:
    """`schema`: what is in it."""

    def test_it_is_one(self):
        """It is a valid JSON Schema of draft 2020-12, and says so."""
        Draft202012Validator.check_schema(MADE)

        assert "https://json-schema.org/draft/2020-12/schema" == MADE["$schema"]

    def test_it_is_the_callers(self):
        """Each call gives a schema of its own, so that changing it changes nothing else."""
        schema()["$defs"].clear()
        schema()["$defs"]["when"]["type"] = "null"

        assert MADE == schema()

    @pytest.mark.parametrize("row", REGISTRY, ids=lambda row: row.collection)
    def test_every_field_of_every_type(self, row):
        """Each collection is a list of records with all fields of the class, none besides."""
        items = MADE["properties"][row.collection]["items"]
        made = MADE["$defs"][items["$ref"].removeprefix("#/$defs/")]

        assert [each.name for each in typed_fields(row.cls)] == list(made["properties"])
        assert made["additionalProperties"] is False

    def test_every_field_is_described(self):
        """Each field of each definition has the text that stands under it in the class."""
        silent = [
            f"{name}.{field}"
            for name, made in MADE["$defs"].items()
            for field, value in made.get("properties", {}).items()
            if not value.get("description")
        ]

        assert [] == silent
        assert (
            "What is counted." == (MADE["$defs"]["Figure"]["properties"]["measure"]["description"])
        )

    @pytest.mark.parametrize("name", vocabulary.__all__)
    def test_every_code_is_described(self, name):
        """Each vocabulary lists its codes, with a definition for each in the same order."""
        made = MADE["$defs"][name]

        assert [member.value for member in getattr(vocabulary, name)] == made["enum"]
        assert len(made["enum"]) == len([text for text in made["enumDescriptions"] if text])

    def test_reference_says_to_what(self):
        """A field that refers says which records it may refer to."""
        parts = MADE["$defs"]["Operation"]["properties"]

        assert "the id of a Country" == parts["hosts"]["items"]["title"]
        assert "the id of an Operation or Programme" == parts["predecessors"]["items"]["title"]

    def test_nothing_is_defined_in_vain(self):
        """Every definition is used, and everything used is defined."""
        used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(MADE)))

        assert set(MADE["$defs"]) == used


class TestSchemaText:
    """`schema_text`: the file."""

    def test_it_is_the_schema(self):
        """The text, read as JSON, is the schema; it ends with one line end."""
        assert MADE == json.loads(schema_text())
        assert schema_text().endswith("}\n")

    @pytest.mark.checkout
    def test_the_committed_file_is_current(self):
        """What the documentation offers is what the classes say: run `natodata schema` on it."""
        assert schema_text() == COMMITTED.read_text(encoding="utf-8")


@pytest.mark.checkout
class TestAgreement:
    """The schema and `natodata check` agree on what a schema can know."""

    @pytest.mark.parametrize("part", ["good", "bad"])
    def test_there_is_enough_to_agree_on(self, part):
        """Each side of the corpus has at least fifteen files."""
        assert len(list((CORPUS / part).glob("*.yaml"))) >= 15

    @files("good")
    def test_good(self, path, reading, capsys):
        """What `check --alone` accepts, the schema accepts, however the values are read."""
        code = main(["check", "--alone", str(path)])

        assert (0, "") == (code, capsys.readouterr().err)
        assert [] == [each.message for each in VALIDATOR.iter_errors(reading(path.read_text()))]

    @files("bad")
    def test_bad(self, path, reading, capsys):
        """What the schema refuses, `check --alone` refuses."""
        assert 1 == main(["check", "--alone", str(path)])
        assert not accepted(reading(path.read_text()))

    @files("bad")
    def test_bad_for_that_reason(self, path):
        """Loading refuses each bad file before any rule for facts is asked."""
        with pytest.raises(DataError):
            load(path.read_text())

    @files("beyond")
    def test_beyond(self, path, reading, capsys):
        """What only the whole of the data can show, `check` refuses and the schema lets pass."""
        assert 1 == main(["check", "--alone", str(path)])
        assert accepted(reading(path.read_text()))

    @files("patches", "good")
    def test_good_patch(self, path, reading):
        """A patch that applies to data that are there is accepted by both."""
        assert load(path.read_text(), load(SMALL)).records
        assert accepted(reading(path.read_text()))

    @files("patches", "bad")
    def test_bad_patch(self, path, reading):
        """A patch that could apply to no data is refused by both."""
        with pytest.raises(DataError):
            load(path.read_text(), load(SMALL))
        assert not accepted(reading(path.read_text()))

    @given(
        strategies.from_regex(
            r"((\.\.|[0-9]{4}(-[0-3][0-9](-[0-3][0-9])?)?[?~%]?)?/)?"
            r"([0-9]{4}(-[01][0-9](-[0-3][0-9])?)?[?~%]?|\.\.)?",
            fullmatch=True,
        )
    )
    def test_dates(self, text):
        """Every date that can be read is accepted; a refused one is a 29 February or reversed."""
        known = VALIDATOR.evolve(schema={"$ref": "#/$defs/when", "$defs": MADE["$defs"]})
        try:
            parse_when(text)
        except BadDate as error:
            leap_day = "1 to 28 in" in str(error) and "got 29" in str(error)
            is_reversed = "ends after it starts" in str(error)
            assert not known.is_valid(text) or leap_day or is_reversed
        else:
            assert known.is_valid(text)

    def test_record_of_every_type(self, reading):
        """A dataset with a record of every type is accepted."""
        assert accepted(reading(SMALL))

    @pytest.mark.parametrize(
        "path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.relative_to(DATA).as_posix()
    )
    def test_packaged_data(self, path):
        """The files of the packaged data are accepted as editors read them."""
        tree = as_editors(path.read_text(encoding="utf-8"))

        assert [] == [each.message for each in VALIDATOR.iter_errors(tree)]
