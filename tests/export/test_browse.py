"""The page of a whole dataset: what is in it, and what a hostile text cannot do."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from small import SMALL, store

from natodata.dataset import Dataset
from natodata.errors import BadArgument
from natodata.export import browse
from natodata.loading.catalogue import CLASS_OF

HOSTILE = "</script><script>alert(1)</script><!-- & {{script}} \"quoted\" 'thus'"
ATTACKED = SMALL.replace("title: A small dataset", f"title: {json.dumps(HOSTILE)}").replace(
    "name: Operation Calm", f"name: {json.dumps(HOSTILE)}"
)
MORE = SMALL.replace(
    "    topics: [patrol]\n",
    """    topics: [patrol]
    claims:
      - {field: outcome, value: It failed., citations: [{source: daily}]}
      - {field: hosts, value: alliance, note: Not a country., citations: [{source: memoir}]}
""",
).replace(
    "      - kind: ended\n",
    """      - {kind: launched, date: 2001-11, note: A month late., citations: [{source: daily}]}
      - {kind: decided, date: 2001-10-02, citations: [{source: gazette}]}
      - kind: ended
""",
)
PARTS = sorted(Path(browse.__file__).with_name("page").iterdir())


def block(html, name):
    """Return what a block of JSON on a page holds."""
    (text,) = re.findall(
        rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL
    )
    return json.loads(text)


def data(text=SMALL):
    """Return the data on the page of a dataset."""
    return block(browse.page(store(text)), "_data")


def facts(content, identifier):
    """Return the facts of a record, by name."""
    (found,) = [row[6] for row in content["records"] if row[0] == identifier]
    return {name: cells for name, *cells in found}


def row(content, identifier):
    """Return what the page holds of a record besides its facts."""
    (found,) = [each for each in content["records"] if each[0] == identifier]
    return found


def ids(content, numbers):
    """Return the ids of records, given their numbers."""
    return [content["records"][number][0] for number in numbers]


def places(content, numbers):
    """Return citations, given their numbers, as the id of the source and the place in it."""
    cited = [content["citations"][number] for number in numbers]
    return [(content["records"][source][0], at) for source, at in cited]


class TestPage:
    """`page`."""

    def test_complete(self):
        """Every part is put in its place, in one page that says what it is."""
        html = browse.page(store())

        assert html.startswith("<!DOCTYPE html>\n<html lang")
        assert "<title>A small dataset</title>" in html
        assert "{{" not in html

    def test_same_each_time(self):
        """The same data give the same bytes."""
        assert browse.page(store()) == browse.page(store())

    def test_policy(self):
        """Only the one style and the one script of the page are allowed, by their SHA-256."""
        html = browse.page(store())
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
        (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        style_is, script_is = (
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for text in (style, script)
        )

        assert [
            "default-src 'none'",
            f"script-src 'sha256-{script_is}'",
            f"style-src 'sha256-{style_is}'",
        ] == policy.replace("&#x27;", "'").split("; ")[:3]
        assert "unsafe" not in policy

    def test_untitled(self):
        """Data without a title of their own are called natodata's."""
        assert "natodata" == data("topics: [{id: sea, name: The sea}]")["title"]

    def test_hostile(self):
        """A text that looks like the page's own code is text: no element begins or ends in it."""
        html = browse.page(store(ATTACKED))

        assert browse.page(store()).count("<script") == html.count("<script")
        assert "<title>&lt;/script&gt;&lt;script&gt;alert(1)" in html
        assert "<!--" not in html
        assert HOSTILE == block(html, "_data")["title"]
        assert HOSTILE == row(block(html, "_data"), "calm")[2]

    def test_line_ends(self):
        """What older scripts take for the end of a line, and no file may hold, is escaped too."""
        assert r'["\u003c\u2028\u2029\u0026\u003e"]' == browse._harmless(["<\u2028\u2029&>"])

    def test_land(self):
        """The outline is lists of rings, each a flat list of pairs of whole numbers."""
        land = block(browse.page(store()), "_land")

        assert {0} == {len(ring) % 2 for area in land for ring in area}
        assert {int} == {type(step) for area in land for ring in area for step in ring}


class TestContent:
    """The records as the page holds them."""

    def test_collections(self):
        """Every collection has a place in the page's order."""
        assert sorted(CLASS_OF) == sorted(data()["collections"])

    def test_records(self):
        """Every record is there once, under its collection, with a label."""
        content = data()
        given = store()

        assert sorted(given.all_ids()) == sorted(row[0] for row in content["records"])
        assert {each: given.collection_of(each) for each in given.all_ids()} == {
            row[0]: content["collections"][row[1]] for row in content["records"]
        }
        assert "Operation Calm" == row(content, "calm")[2]
        assert "The Storm" == row(content, "storm")[2]
        assert "Operation Calm begins." == row(content, "calm-decided")[2]

    def test_notes(self):
        """The page says which data it shows, and as of when."""
        view = Dataset(store()).on("2002")
        content = block(browse.page(view._store), "_data")

        assert ("2020.1.1", "2020-01-31", "2002", "CC0-1.0") == tuple(
            content["notes"][name] for name in ("version", "current_to", "as_of", "licence")
        )

    def test_time(self):
        """A stretch is four years: begun at the earliest and latest, ended likewise."""
        content = data()
        begun, begun_latest, ended, ended_latest = row(content, "calm")[3][0]

        assert (2001.81, 2001.81) == (begun, begun_latest)
        assert (2003, 2005) == (int(ended), int(ended_latest))
        assert [[2001.74, 2001.74, 2001.74, 2001.74]] == row(content, "calm-decided")[3]
        assert [[1990.0, 1990.99, 1990.0, None]] == row(content, "hq")[3]
        assert [] == row(content, "gazette")[3]

    def test_countries(self):
        """A record belongs to the countries that it, or its operation, is in or about."""
        content = data()

        assert ["IRQ", "NOR"] == sorted(ids(content, row(content, "calm-nor")[4]))
        assert [] == row(content, "sea")[4]

    def test_topics(self):
        """A record is on its topics and the wider ones; what reports on an operation, on its."""
        content = data()

        assert ["patrol", "sea"] == sorted(ids(content, row(content, "calm")[5]))
        assert ["patrol", "sea"] == sorted(ids(content, row(content, "calm-2002")[5]))
        assert [] == row(content, "treaty")[5]

    def test_view(self):
        """Of a view the page holds what was there then; what was not is a name without a link."""
        view = Dataset(store()).on("1995")
        content = block(browse.page(view._store), "_data")

        assert [] == [each for each in content["records"] if each[0] == "calm"]
        assert "Old Headquarters" == row(content, "hq")[2]
        later = block(browse.page(Dataset(store()).on("2003")._store), "_data")
        assert "A Summit" == facts(later, "treaty")["adopted_at"][0]


class TestFacts:
    """The facts of a record, each with its evidence and its rivals."""

    def test_plain(self):
        """A field has its value, and the citations that back it with the place in the source."""
        content = data()
        value, cited = facts(content, "calm")["kind"]

        assert "maritime-security" == value
        assert [("gazette", "page 1")] == places(content, cited)

    def test_references(self):
        """A record in a field is its number, which leads to it."""
        content = data()
        value, cited = facts(content, "calm")["hosts"]

        assert ["IRQ", "NOR"] == ids(content, [each["r"] for each in value])
        assert [("gazette", "page 1")] == places(content, cited)

    def test_editorial(self):
        """What the editors give has no citation, and nothing is put in its place."""
        assert ["A note."] == facts(data(), "calm")["note"]

    def test_pieces(self):
        """A milestone or figure has its own citations; what is usual is left out."""
        content = data()
        launched, ended = facts(content, "calm")["milestones"][0]
        most, between = facts(content, "calm")["figures"][0]

        assert {"kind": "launched", "date": "2001-10-26"} == {
            name: each for name, each in launched.items() if name != "citations"
        }
        assert [("gazette", "page 2")] == places(content, launched["citations"])
        assert ("preferred", "Nobody else says.") == (ended["rank"], ended["note"])
        assert ("at-most", 100, "2002") == (most["bound"], most["value"], most["as_of"])
        assert ("between", 2, 4) == (between["bound"], between["value"], between["upper"])

    def test_held(self):
        """Of values held for a time, the one held last is marked."""
        content = data()
        first, second = facts(content, "calm")["commands"][0]

        assert ("2001/2003-06", "2003-07/..") == (first["period"], second["period"])
        assert (None, 1) == (first.get("now"), second.get("now"))

    def test_dates(self):
        """Beginning and end stand first, each with its evidence and the rule that took it."""
        content = data(MORE)
        start, cited, rivals, rule = facts(content, "calm")["start"]

        assert ["start", "end"] == list(facts(content, "calm"))[:2]
        assert ("2001-10-26", [("gazette", "page 2")]) == (start, places(content, cited))
        assert content["rules"][rule].startswith("taken: ")
        assert [("2001-10-02", "decided", None), ("2001-11", "launched", "A month late.")] == [
            (each["value"], each["kind"], each.get("note")) for each in rivals
        ]
        assert all(content["rules"][each["rule"]].startswith("not taken") for each in rivals)

    def test_no_date(self):
        """Where the rule takes no date, none is shown, whatever else is dated."""
        text = SMALL.replace("kind: launched, date: 2001-10-26", "kind: decided, date: 2001-10-26")

        assert "start" not in facts(data(text), "calm")
        assert "end" not in facts(data(), "hq")

    def test_claims(self):
        """Rival values stand at their field, also where it is left empty; ids lead somewhere."""
        content = data(MORE)
        nothing, _, (failed,) = facts(content, "calm")["outcome"]
        _, _, (rival,) = facts(content, "calm")["hosts"]
        ordinal, _, (other,) = facts(content, "summit")["ordinal"]

        assert (None, "It failed.") == (nothing, failed["value"])
        assert ["alliance"] == ids(content, [rival["value"]["r"]])
        assert ("Not a country.", [("memoir", "")]) == (
            rival["note"],
            places(content, rival["citations"]),
        )
        assert (3, "4") == (ordinal, other["value"])


class TestWrite:
    """`write`, and `Dataset.browse`."""

    def test_file(self, tmp_path):
        """The page is written in place of an older one, with nothing left beside it."""
        path = tmp_path / "page.html"
        path.write_text("old")

        assert path == Dataset(store()).browse(str(path))
        assert browse.page(store()).encode() == path.read_bytes()
        assert [path] == list(tmp_path.iterdir())

    def test_not_writable(self, tmp_path):
        """A folder is no file, and a file in no folder cannot be made."""
        for path in (tmp_path, tmp_path / "nowhere" / "page.html"):
            with pytest.raises(BadArgument, match="expected"):
                browse.write(store(), path)
        assert [] == list(tmp_path.iterdir())


class TestParts:
    """Template, style and script."""

    def test_names(self):
        """They lie beside the module and are shipped with it."""
        assert ["index.html", "page.js", "style.css"] == [path.name for path in PARTS]

    @pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
    def test_alone(self, path):
        """Nothing in them fetches, names another file, or makes HTML or code out of text."""
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        wrong = r"https?://\w|\bon\w+=|\bstyle=|innerHTML|outerHTML|insertAdjacent|document\.write"
        wrong += r"|\beval\(|Function\(|fetch\(|XMLHttpRequest|WebSocket|@import|url\(|src="

        assert [] == re.findall(wrong, text)

    def test_script_does_not_end_itself(self):
        """Script and style stand in elements that certain letters would end."""
        for name in ("page.js", "style.css"):
            text = browse._packed(f"export/page/{name}")
            assert not re.search(r"</|<!--|<script", text, re.IGNORECASE)


def colours():
    """Return the colours by name, those of the light page and those of the dark one."""
    found = re.findall(r":root \{(.*?)\}", browse._packed("export/page/style.css"), re.DOTALL)
    light, dark = (dict(re.findall(r"--(\w+): (#\w{6})", text)) for text in found)
    return {"light": light, "dark": dark}


def contrast(one, other):
    """Return the ratio of contrast of two colours, as WCAG 2.2 defines it."""
    light = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestContrast:
    """Colours, by WCAG 2.2, level AA."""

    def test_text(self, scheme):
        """Text stands out from its ground by at least 4.5 to 1."""
        given = colours()[scheme]
        pairs = [
            (ink, ground)
            for ink in ("ink", "soft", "accent")
            for ground in ("paper", "sheet", "mark")
        ]
        pairs += [("warn", "warnmark"), ("ink", "warnmark"), ("sheet", "accent")]

        assert [] == [pair for pair in pairs if contrast(*map(given.get, pair)) < 4.5]

    def test_pictures(self, scheme):
        """Bars, dots and the borders of fields stand out by at least 3 to 1."""
        given = colours()[scheme]
        pairs = [("bar", "sheet"), ("bar", "paper"), ("soft", "sheet"), ("soft", "paper")]
        pairs += [(dot, ground) for dot in ("bar", "body") for ground in ("land", "sea")]

        assert [] == [pair for pair in pairs if contrast(*map(given.get, pair)) < 3]
