"""JSON Lines, read back as data and by pandas."""

import json

import pandas as pd
from small import SMALL, all_fields, load, store

from natodata.dates import when_of
from natodata.export.json_lines import line, write
from natodata.loading.catalogue import CLASS_OF

WHOLE = store()


class TestWrite:
    """`write`."""

    def test_round_trip(self, tmp_path):
        """Put under the names of their collections, the lines are the same data again."""
        write(WHOLE, tmp_path / "x.jsonl", None)
        trees = {name: [] for name in CLASS_OF}
        for each in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines():
            tree = json.loads(each)
            trees[tree.pop("collection")].append(tree)

        assert all_fields(load(SMALL)) == all_fields(load(json.dumps(trees)))

    def test_pandas(self, tmp_path):
        """The lines of a collection are read by pandas as a frame."""
        write(WHOLE, tmp_path / "x.jsonl", ("countries",))
        frame = pd.read_json(tmp_path / "x.jsonl", lines=True, dtype=False)

        assert [["countries", "IRQ", "Iraq"], ["countries", "NOR", "Norway"]] == (
            frame[["collection", "id", "name"]].to_numpy().tolist()
        )

    def test_view(self, tmp_path):
        """A view has what was there then, as it was then."""
        write(WHOLE.at(when_of("1995"), certain=False), tmp_path / "x.jsonl", ("organisations",))
        lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()

        assert "Old Headquarters" == json.loads(lines[1])["name"]


class TestLine:
    """`line`."""

    def test_one_line(self):
        """A text of several lines does not split the record."""
        record = store(SMALL.replace("note: A note.", 'note: "a\\nb\\tc"')).record("calm")

        assert 1 == len(line(record).splitlines())
        assert "a\nb\tc" == json.loads(line(record))["note"]
