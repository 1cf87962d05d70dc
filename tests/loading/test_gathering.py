"""Files to trees: what is there, where it stands, and what patches change."""

import os
from pathlib import Path

import pytest
from small import SMALL, fields_of, load, refused

from natodata.errors import Problem
from natodata.loading.gathering import Origin, field_order, gather, read_paths
from natodata.loading.strict_yaml import Limits
from natodata.loading.structuring import Fault
from natodata.records import REGISTRY
from natodata.store import Store

BASE = load(SMALL)


def patched(text):
    """Return the records of the small dataset with a patch applied."""
    return Store(load(text, BASE))


class TestReadPaths:
    """`read_paths` reads files and folders."""

    def test_order(self, tmp_path):
        """Files come as they were named, those of a folder in the order of their names."""
        (tmp_path / "b").mkdir()
        for name in ("z.yaml", "a.yml", "b/c.yaml", "notes.txt", "b/yaml"):
            (tmp_path / name).write_text(name, encoding="utf-8")
        found, problems = read_paths([tmp_path / "z.yaml", str(tmp_path)])

        names = ["z.yaml", "a.yml", "b/c.yaml", "z.yaml"]
        assert [((tmp_path / name).as_posix(), name.encode()) for name in names] == found
        assert [] == problems

    def test_folder_named_like_a_file(self, tmp_path):
        """A folder is a folder, whatever it is called."""
        (tmp_path / "a.yaml").mkdir()
        (tmp_path / "a.yaml" / "b.yaml").write_text("", encoding="utf-8")
        found, problems = read_paths([tmp_path])

        assert [(tmp_path / "a.yaml" / "b.yaml").as_posix()] == [name for name, _ in found]
        assert [] == problems

    def test_missing(self, tmp_path):
        """A file that is not there is a problem, and does not keep others from being read."""
        (tmp_path / "a.yaml").write_text("", encoding="utf-8")
        found, problems = read_paths([tmp_path / "x.yaml", tmp_path / "a.yaml"])
        missing = (tmp_path / "x.yaml").as_posix()
        got = "no such file or directory"

        assert 1 == len(found)
        assert [Problem(missing, 0, 0, "", "", "a file that can be read", got)] == problems

    def test_empty_folder(self, tmp_path):
        """A folder without YAML is a mistake and not an empty dataset."""
        found, (problem,) = read_paths([tmp_path])

        assert [] == found
        assert f"{tmp_path.as_posix()}: expected a folder with .yaml files, got none in it" == str(
            problem
        )

    def test_too_large(self, tmp_path):
        """No more than is allowed is ever read; what just fits is."""
        (tmp_path / "a.yaml").write_bytes(b"x" * 100)
        limits = Limits(file_bytes=99)
        found, (problem,) = read_paths([tmp_path / "a.yaml"], limits)

        assert [] == found
        assert ("a file of at most 99 bytes", "more") == (problem.expected, problem.got)
        assert 1 == len(read_paths([tmp_path / "a.yaml"], Limits(file_bytes=100))[0])

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
    def test_endless(self):
        """A device without an end ends."""
        _, (problem,) = read_paths(["/dev/zero"])

        assert "more" == problem.got

    def test_impossible_name(self):
        """A name that no file can have is told like one that no file has."""
        _, (problem,) = read_paths(["a\0b.yaml"])

        expected = ("a file that can be read", "a name with a NUL character")
        assert expected == (problem.expected, problem.got)

    def test_dangling_link(self, tmp_path):
        """A link to nowhere in a folder is told as what it is, not passed over."""
        (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere")
        _, (problem,) = read_paths([tmp_path])

        assert (tmp_path / "a.yaml").as_posix() == problem.file
        assert "no such file or directory" == problem.got

    def test_link_in_a_folder(self, tmp_path):
        """A link within a folder is followed; one that leads out of it is told, and is not."""
        inner = tmp_path / "inner"
        (inner / "sub").mkdir(parents=True)
        (tmp_path / "secret.yaml").write_text("secret: text", encoding="utf-8")
        (inner / "sub" / "a.yaml").write_text("", encoding="utf-8")
        (inner / "b.yaml").symlink_to(inner / "sub" / "a.yaml")
        (inner / "c.yaml").symlink_to(tmp_path / "secret.yaml")
        (inner / "sub" / "d.yaml").symlink_to("../../secret.yaml")
        found, problems = read_paths([inner])

        assert ["b.yaml", "sub/a.yaml"] == [name[len(str(inner)) + 1 :] for name, _ in found]
        assert [
            f"{inner.as_posix()}/{name}: expected a file in the folder, got a link that leads "
            "out of it"
            for name in ("c.yaml", "sub/d.yaml")
        ] == list(map(str, problems))

    def test_link_that_is_named(self, tmp_path):
        """A link to a file or folder that is named itself is followed."""
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.yaml").write_text("x", encoding="utf-8")
        (tmp_path / "b.yaml").symlink_to(tmp_path / "real" / "a.yaml")
        (tmp_path / "link").symlink_to(tmp_path / "real")
        found, problems = read_paths([tmp_path / "b.yaml", tmp_path / "link"])

        assert ([b"x", b"x"], []) == ([content for _, content in found], problems)

    def test_folder_that_is_linked(self, tmp_path):
        """A folder that is only linked in a folder is not read."""
        (tmp_path / "inner").mkdir()
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "a.yaml").write_text("x", encoding="utf-8")
        (tmp_path / "inner" / "b").symlink_to(tmp_path / "other")
        found, problems = read_paths([tmp_path / "inner"])

        assert ([], 1) == (found, len(problems))

    def test_pipe(self, tmp_path):
        """A pipe in a folder, which would be waited for, is told and left alone."""
        os.mkfifo(tmp_path / "a.yaml")
        _, (problem,) = read_paths([tmp_path])

        expected = ("a file that can be read", "a pipe or device")
        assert expected == (problem.expected, problem.got)

    def test_circle_of_links(self, tmp_path):
        """Links in a circle are told."""
        (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
        (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
        _, problems = read_paths([tmp_path])

        assert ["a file that can be read"] * 2 == [problem.expected for problem in problems]

    def test_error_without_words(self, tmp_path, monkeypatch):
        """An error of the system that has no text of its own is called by its class."""

        def fail(*_):
            raise PermissionError

        monkeypatch.setattr("pathlib.Path.open", fail)
        _, (problem,) = read_paths([tmp_path / "a.yaml"])

        assert "permissionerror" == problem.got


class TestGather:
    """`gather` sorts records by collection and id."""

    def test_all(self):
        """Every record is there, with its collection and its place."""
        gathered = gather([("a.yaml", SMALL.encode())], {row.collection: {} for row in REGISTRY})

        assert "operations" == gathered.ids["calm"]
        assert "Operation Calm" == gathered.trees["operations"]["calm"]["name"]
        assert Origin("a.yaml", ("operations", 0)) == gathered.origins["calm"]
        assert {"title", "version", "current_to"} == set(gathered.dataset)
        assert 0 == gathered.count
        assert () == gathered.problems()

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (
                "operatons: []",
                (
                    "1:1: expected the name of a collection, got 'operatons' "
                    "(did you mean 'operations'?)"
                ),
            ),
            (
                "patchs: []",
                "1:1: expected the name of a collection, got 'patchs' (did you mean 'patches'?)",
            ),
            (
                "datasets: {}",
                (
                    "1:1: expected the name of a collection, got 'datasets' "
                    "(did you mean 'dataset'?)"
                ),
            ),
            ("zzz: []", "1:1: expected the name of a collection, got 'zzz'"),
            ("operations: calm", "1:13: operations: expected a list of records, got 'calm'"),
            ("operations: {}", "1:13: operations: expected a list of records, got a mapping"),
            ("patches: {}", "1:10: patches: expected a list of records, got a mapping"),
            (
                "topics: [sea]",
                "1:10: topics[0]: expected a record: a mapping with an id, got 'sea'",
            ),
            (
                "topics: [[]]",
                "1:10: topics[0]: expected a record: a mapping with an id, got a list",
            ),
            ("topics: [{name: X}]", "1:10: expected the field 'id', got nothing"),
            ("topics: [{id: [x], name: X}]", "1:15: id: expected a text, got a list of 1"),
            (
                "topics: [{id: The Sea!, name: X}]",
                (
                    "1:15: The Sea!: id: expected lower-case letters and digits joined by "
                    "hyphens, got 'The Sea!' (did you mean 'the-sea'?)"
                ),
            ),
            (
                "topics: [{id: SEA, name: X}]",
                (
                    "1:15: SEA: id: expected lower-case letters and digits joined by hyphens, "
                    "got 'SEA' (did you mean 'sea'?)"
                ),
            ),
            (
                "countries: [{id: NORW, name: X}]",
                (
                    "1:18: NORW: id: expected lower-case letters and digits joined by hyphens, "
                    "got 'NORW' (did you mean 'norw'?)"
                ),
            ),
            ("dataset: []", "1:10: dataset: expected a mapping, got a list"),
            (
                "dataset: {titel: X}",
                (
                    "1:11: dataset: expected one of title, version, current_to, got 'titel' "
                    "(did you mean 'title'?)"
                ),
            ),
            (
                "dataset: {title: [X]}",
                "1:18: dataset.title: expected a text that is not blank, got a list",
            ),
            (
                'dataset: {title: " "}',
                "1:18: dataset.title: expected a text that is not blank, got ' '",
            ),
            (
                "dataset: {current_to: soon}",
                "1:23: dataset.current_to: expected a date such as 2026-11-21, got 'soon'",
            ),
        ],
    )
    def test_faults(self, text, problem):
        """Each mistake is told with its line and column."""
        assert [f"small.yaml:{problem}"] == refused(text)

    def test_broken_file(self):
        """A file that is no strict YAML is told, and does not keep others from being looked at."""
        gathered = gather([("a", b"topics: *x"), ("b", b"topics: x")], {})

        places = [("a", 1, 9), ("b", 1, 9)]
        assert places == [problem[:3] for problem in gathered.problems()]

    def test_ids_of_countries(self):
        """A country has a code or a slug, as former countries and territories do."""
        text = "countries: [{id: NOR, name: X}, {id: free-land, name: X}]"

        assert {"NOR", "free-land"} == set(load(text).records)

    def test_same_id(self):
        """An id is used once over all types; what else is wrong with the two is told too."""
        text = "topics: [{id: x, name: []}]\npeople:\n  - {id: x, name: X, age: 7}\n"
        expected = [
            "small.yaml:1:24: x: name: expected a text, got a list of 0",
            (
                "small.yaml:3:10: x: id: expected an id of its own ('x' stands in small.yaml "
                "already), got 'x'"
            ),
            "small.yaml:3:22: x: expected a field of Person, got 'age'",
        ]

        assert expected == refused(text)

    def test_id_of_the_base(self):
        """An id that is there already is for a patch."""
        expected = (
            "small.yaml:1:15: sea: id: expected a new id; to change a record of the data, use "
            "`patches`, got 'sea'"
        )

        assert [expected] == refused("topics: [{id: sea, name: X}]", BASE)

    def test_bad_id_can_be_referred_to(self):
        """One mistake is one problem: those that refer to a bad id are not told as well."""
        text = "topics: [{id: A B, name: X}, {id: c, name: X, broader: A B}]"

        assert 1 == len(refused(text))

    def test_endless_id(self):
        """A message quotes no more than a line of what it found, and suggests little more."""
        (problem,) = refused(f"topics: [{{id: '{'X' * 5000}', name: X}}]")

        assert problem.endswith(f", got '{'X' * 78}… (did you mean '{'x' * 100}'?)")

    def test_dataset_twice(self):
        """What the dataset says of itself is said once."""
        gathered = gather(
            [("a.yaml", b"dataset: {title: X}"), ("b.yaml", b"dataset: {title: Y}")], {}
        )
        (problem,) = gathered.problems()

        expected = "title once in all files (a.yaml has it too)"
        assert Problem("b.yaml", 1, 18, "", "dataset.title", expected, "'Y'") == problem


class TestProblems:
    """`Gathered.problems` lists what was noted."""

    def test_sorted(self):
        """By file, line and column, whatever the order of noting."""
        gathered = gather([("b", b"x: []\ny: []"), ("a", b"z: []")], {})
        whole = [Problem("c", 0, 0, "", "", "x", "y"), Problem("d", 0, 0, "", "", "x", "y", "z")]
        gathered.refuse(whole)
        *problems, third, fourth = gathered.problems()

        assert [("a", 1, 1), ("b", 1, 1), ("b", 2, 1)] == [problem[:3] for problem in problems]
        assert whole == [third, fourth]
        assert 5 == gathered.count

    def test_once(self):
        """The same fault at the same place is listed once."""
        gathered = gather([("a", b"topics: []")], {})
        gathered.blame("a", ("topics",), Fault((), "x", "y"))
        gathered.blame("a", ("topics",), Fault((), "x", "y"))

        assert 1 == len(gathered.problems())

    def test_suggestions_are_rationed(self):
        """As many faults as are shown get a suggestion, and no more than a thousand are found."""
        text = "".join(f"operations{number}: []\n" for number in range(3000))
        problems = gather([("a", text.encode())], {}).problems()

        assert 1000 == len(problems)
        assert ["operations"] * 50 == [problem.suggestion for problem in problems[:50]]
        assert {""} == {problem.suggestion for problem in problems[50:]}


class TestLimits:
    """Limits on what all files of a load hold together."""

    RECORDS = b"topics: [{id: a, name: A}, {id: b, name: B}]\npatches: [{id: c}]"

    def test_records(self):
        """Records and patches of all files count, and a load of too many is refused."""
        base = {"topics": {"c": {"id": "c", "name": "C"}}}
        files = [("a", self.RECORDS), ("b", b"topics: [{id: d, name: D}]")]
        (problem,) = gather(files, base, Limits(records=3)).problems()

        assert Problem("b", 0, 0, "", "", "at most 3 records in all files", "more") == problem
        assert () == gather(files, base, Limits(records=4)).problems()

    def test_file(self):
        """What one file may hold is limited as well."""
        (problem,) = gather([("a", b"topics: []")], {}, Limits(depth=1)).problems()

        assert "a:1:9: expected at most 1 lists and mappings in one another, got one more" == str(
            problem
        )

    @pytest.mark.parametrize(
        "text",
        [
            "operatoins: []\nperson: []\npost: []",
            "topics: [a, b, c]",
            "topics: [{id: A}, {id: B}, {id: C}]",
            "patches: [{id: x}, {id: y}, {id: z}]",
            "dataset: {a: b, c: d, e: f}",
        ],
    )
    def test_faults(self, text):
        """No more faults are looked for than are wanted, whatever they are."""
        gathered = gather([("a", text.encode()), ("b", b"")], {}, Limits(faults=2))

        assert (2, 2) == (gathered.count, len(gathered.problems()))
        assert 4 == gather([("a", text.encode()), ("b", b"")], {}, Limits(faults=5)).count

    def test_broken_files(self):
        """Files that cannot be read at all count as well."""
        files = [("a", b""), ("b", b""), ("c", b"")]

        assert 2 == gather(files, {}, Limits(faults=2)).count

    def test_hints(self):
        """As many faults get a suggestion as will be listed."""
        problems = gather([("a", b"operatoins: []\npeple: []")], {}, Limits(listed=1)).problems()

        assert ["operations", ""] == [problem.suggestion for problem in problems]


class TestOrigin:
    """`Origin.place` finds the path in the file for a path in the record."""

    WHOLE = Origin("a", ("topics", 3))
    PATCH = Origin("a", ("patches", 1), {"aliases": 2})

    @pytest.mark.parametrize(
        ("origin", "path", "place"),
        [
            (WHOLE, (), ("topics", 3)),
            (WHOLE, ("labels", 0), ("topics", 3, "labels", 0)),
            (PATCH, (), ("patches", 1)),
            (PATCH, ("name",), ("patches", 1, "set", "name")),
            (PATCH, ("aliases",), ("patches", 1, "add", "aliases")),
            (PATCH, ("aliases", "x"), ("patches", 1, "add", "aliases", "x")),
            (PATCH, ("aliases", 1), ("patches", 1, "set", "aliases", 1)),
            (PATCH, ("aliases", 2), ("patches", 1, "add", "aliases", 0)),
            (PATCH, ("aliases", 4, "x"), ("patches", 1, "add", "aliases", 2, "x")),
        ],
    )
    def test_place(self, origin, path, place):
        """What a patch sets stands under ``set``, what it adds counts from the end of before."""
        assert place == origin.place(path)


class TestPatches:
    """Patches change records that are there."""

    def test_set_and_add(self):
        """What is set takes the place of what was; what is added comes behind it."""
        after = patched(
            """\
patches:
  - id: calm
    set: {name: Calm II, combat: true}
    add: {aliases: [C2], hosts: [NOR], adversaries: []}
"""
        ).record("calm")

        assert "Calm II" == after.name
        assert after.combat is True
        assert ("OC", "C2") == after.aliases
        assert ["IRQ", "NOR", "NOR"] == [country.id for country in after.hosts]
        assert () == after.adversaries

    def test_set_then_add(self):
        """A list that is set and lengthened holds both, in this order."""
        after = patched("patches: [{id: calm, add: {aliases: [B]}, set: {aliases: [A]}}]")

        assert ("A", "B") == after.record("calm").aliases

    def test_others_see_it(self):
        """Whoever refers to a patched record refers to it as patched."""
        after = patched("patches: [{id: hq, set: {name: New}}]")

        assert "New" == after.record("calm").commands[0].value.name

    def test_base_is_left_alone(self):
        """A patch makes a new dataset and leaves the old one as it was."""
        before = Store(BASE).record("calm")
        patched("patches: [{id: calm, add: {aliases: [C2]}}]")

        assert fields_of(before) == fields_of(Store(BASE).record("calm"))
        assert "aliases: [OC]" in SMALL

    def test_nothing(self):
        """A patch that changes nothing changes nothing."""
        after = patched("patches: [{id: calm}]").record("calm")

        assert fields_of(Store(BASE).record("calm")) == fields_of(after)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (
                "- calm",
                "2:5: patches[0]: expected a patch: a mapping with id, set, add, got 'calm'",
            ),
            (
                "- {set: {}}",
                "2:5: patches[0].id: expected the id of a record of the data, got nothing",
            ),
            (
                "- {id: [calm]}",
                "2:10: patches[0].id: expected the id of a record of the data, got a list",
            ),
            (
                "- {id: clam}",
                (
                    "2:10: patches[0].id: expected the id of a record of the data, got 'clam' "
                    "(did you mean 'calm'?)"
                ),
            ),
            (
                "- {id: calm, sett: {}}",
                "2:16: calm: expected id, set or add, got 'sett' (did you mean 'set'?)",
            ),
            (
                "- {id: calm, set: name}",
                "2:21: calm: set: expected a mapping of fields to values, got 'name'",
            ),
            (
                "- {id: calm, add: [name]}",
                "2:21: calm: add: expected a mapping of fields to lists, got a list",
            ),
            (
                "- {id: calm, set: {id: storm}}",
                "2:22: calm: set: expected fields other than the id, which stays, got 'id'",
            ),
            (
                "- {id: calm, add: {aliases: X}}",
                "2:31: calm: add.aliases: expected a list, got 'X'",
            ),
            (
                "- {id: calm, add: {name: [X]}}",
                "2:22: calm: add: expected a field that is a list, got 'name'",
            ),
            (
                "- {id: calm, add: {colours: [X]}}",
                "2:22: calm: expected a field of Operation, got 'colours'",
            ),
            (
                "- {id: calm, set: {colour: X}}",
                "2:22: calm: expected a field of Operation, got 'colour'",
            ),
            (
                '- {id: calm, add: {aliases: [A, ""]}}',
                "2:35: calm: aliases[2]: expected a text that is not blank, got ''",
            ),
            (
                '- {id: calm, set: {aliases: [A, ""]}}',
                "2:35: calm: aliases[1]: expected a text that is not blank, got ''",
            ),
            (
                '- {id: calm, set: {aliases: [""]}, add: {aliases: [B]}}',
                "2:32: calm: aliases[0]: expected a text that is not blank, got ''",
            ),
            (
                "- {id: calm, set: {name: A}}\n  - {id: calm, set: {name: B}}",
                "3:5: calm: expected one patch a record, got another one",
            ),
            (
                (
                    "- id: calm\n    add:\n      figures:\n        - measure: ships\n"
                    "          value: x\n          as_of: 2002"
                ),
                "6:18: calm: figures[2].value: expected a whole number in plain digits, got 'x'",
            ),
        ],
    )
    def test_faults(self, text, problem):
        """Each mistake is told with its line and column in the patch."""
        assert [f"small.yaml:{problem}"] == refused(f"patches:\n  {text}\n", BASE)

    def test_new_record_cannot_be_patched(self):
        """A patch is for what was there before; what is new is written as it is."""
        text = "topics: [{id: t, name: T}]\npatches: [{id: t, set: {name: U}}]"

        assert [
            "small.yaml:2:16: patches[0].id: expected the id of a record of the data, got 't'"
        ] == refused(text, BASE)


class TestFieldOrder:
    """`field_order` says in what order fields are written."""

    def test_all(self):
        """Every field of every type is there, each once, with the evidence at the end."""
        order = field_order()

        assert [row.collection for row in REGISTRY] == list(order)
        for row in REGISTRY:
            names = [field.name for field in row.cls.__attrs_attrs__]
            assert sorted(names) == sorted(order[row.collection])
        assert "id" == order["operations"][0]
        assert ("topics", "note", "claims", "citations") == order["operations"][-4:]
        assert "note" == order["sources"][-1]
