"""Records and answers as HTML, for notebooks."""

import re
from html.parser import HTMLParser

import pytest
import yaml
from small import SMALL, load

from natodata import Dataset
from natodata.export.html import MOST, as_html, counts_html, records_html
from natodata.loading.strict_yaml import read
from natodata.queries.causes import Step, Trace
from natodata.queries.timeline import Timeline
from natodata.queries.versions import Change, Difference
from natodata.store import Store
from natodata.tabular import Table

NATO = Dataset(Store(load(SMALL)))
HOSTILE = """<script>alert("x")</script>&'<img src=x onerror=alert(1)>"""
FREE = {"name", "title", "note", "summary", "position", "text", "definition", "at", "named"}
"""Fields that may hold any text (and in milestones a meeting)."""


def spoilt(tree, key=""):
    """Return a tree with every text that may be any text replaced by a hostile one."""
    if isinstance(tree, dict):
        return {name: spoilt(value, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [spoilt(value, key) for value in tree]
    free = key in FREE | {"aliases"} and tree != "summit"
    return HOSTILE if free or tree == "Headquarters" else tree


def hostile():
    """Return a dataset in which every text that may be any text is hostile."""
    tree = spoilt(read(SMALL.encode(), "small.yaml"))
    return Dataset(Store(load(yaml.safe_dump(tree, allow_unicode=True))))


class Page(HTMLParser):
    """What a browser would see: tags, attributes and text; refuses tags that do not match."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words, self.links = [], set(), [], []
        self._open = []
        self.feed(html)
        self.close()
        assert [] == self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]
        self._open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self._open.pop()

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(self.words)


def row(html, first):
    """Return the cells of the row that begins with a text."""
    found = re.findall(r"<tr>(.*?)</tr>", html)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", each) for each in found]
    return next(each for each in cells if each and each[0] == first)


ANSWERS = {
    "record": lambda nato: nato.operations["calm"],
    "meeting": lambda nato: nato.meetings["summit"],
    "source": lambda nato: nato.sources["daily"],
    "sheet": lambda nato: nato.strength_reports["calm-2002"],
    "decision": lambda nato: nato.decisions["calm-decided"],
    "assessment": lambda nato: nato.assessments["ola-on-calm"],
    "document": lambda nato: nato.documents["treaty"],
    "country": lambda nato: nato.countries["NOR"],
    "topic": lambda nato: nato.topics["patrol"],
    "collection": lambda nato: nato.operations,
    "dataset": lambda nato: nato,
    "timeline": lambda nato: nato.timeline(),
    "trace": lambda nato: nato.trace("calm"),
    "table": lambda nato: nato.tables()["records"],
    "difference": lambda nato: nato.diff(Dataset(Store(load("topics: []")))),
}
answers = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)


class TestEverything:
    """What holds for whatever shows itself."""

    @answers
    def test_well_formed(self, answer):
        """Every tag that is opened is closed, in order, and all of it is one element."""
        html = answer(NATO)._repr_html_()

        assert Page(html).tags[0] == "div"
        assert html.startswith('<div class="natodata">')
        assert html.endswith("</div>")

    @answers
    def test_hostile_texts(self, answer):
        """Whatever names and texts say, only our own tags and attributes come out."""
        page = Page(answer(hostile())._repr_html_())

        assert set() == set(page.tags) - {
            *("div", "p", "strong", "code", "table", "caption", "thead", "tbody", "tr", "th"),
            *("td", "details", "summary", "ul", "li", "a"),
        }
        assert set() == page.attributes - {"class", "style", "scope", "href", "target", "rel"}

    def test_hostile_texts_are_there(self):
        """A hostile name is shown as it is, as text."""
        html = hostile().operations["calm"]._repr_html_()

        assert "<script" not in html
        assert HOSTILE in "".join(Page(html).words)

    @answers
    def test_looks_as_its_surroundings(self, answer):
        """Nothing sets a colour, a background, a font or a border, so it fits light and dark."""
        styles = set(re.findall(r'style="([^"]*)"', answer(NATO)._repr_html_()))

        sides = {f"text-align:{side};vertical-align:top" for side in ("left", "right")}
        assert styles <= sides | {"color:inherit"}

    @pytest.mark.parametrize("row", ["operations", "sources", "tenures", "posts", "programmes"])
    def test_every_type(self, row):
        """Records of other types show themselves too."""
        for record in getattr(NATO, row):
            assert f"<code>{record.id}</code>" in record._repr_html_()

    def test_nothing_else(self):
        """What is none of them is refused."""
        with pytest.raises(TypeError, match="got 3"):
            as_html(3)


class TestRecord:
    """`as_html` of a record."""

    HTML = as_html(NATO.operations["calm"])

    def test_heading(self):
        """It begins with what the record is called, its type and its id."""
        heading = "<p><strong>Operation Calm</strong> Operation <code>calm</code></p>"

        assert self.HTML.startswith(f'<div class="natodata">{heading}<p>')

    def test_period(self):
        """The period that follows from the milestones stands under it, where there is one."""
        assert "</p><p>2001-10-26/2004~</p><table>" in self.HTML
        assert 1 == Page(as_html(NATO.places["oslo"])).tags.count("p")

    def test_evidence_unfolds(self):
        """A field has the citations behind it, folded."""
        item = "<li>The Gazette, page 1 <code>gazette</code></li>"
        folded = f"<details><summary>1 source</summary><ul>{item}</ul></details>"

        assert ["kind", "maritime-security", folded] == row(self.HTML, "kind")

    def test_editorial_field(self):
        """A field of the editors has no evidence."""
        assert ["note", "A note.", ""] == row(self.HTML, "note")

    def test_references(self):
        """References are shown by name and id."""
        _, value, _ = row(self.HTML, "hosts")

        assert "<div>Iraq <code>IRQ</code></div><div>Norway <code>NOR</code></div>" == value

    def test_held_values(self):
        """What was held for a time has its period, rank, note and evidence."""
        _, value, evidence = row(self.HTML, "commands")
        first, second = value.removesuffix("</div>").split("</div><div>")

        assert "" == evidence
        assert first.startswith("<div>Headquarters <code>hq</code>; 2001/2003-06<details>")
        assert second.startswith(
            "The Alliance <code>alliance</code>; 2003-07/..; preferred; The Daily was there.<det"
        )

    def test_milestones(self):
        """Milestones have a table with date, kind, meeting, rank, note and evidence."""
        *cells, evidence = row(self.HTML, "2004~")

        assert ["2004~", "ended", "", "preferred", "Nobody else says."] == cells
        assert "<li>The Daily, page 9 <code>daily</code></li>" in evidence
        assert ["2001-10-02", "adopted", "A Summit"] == row(
            as_html(NATO.documents["treaty"]), "2001-10-02"
        )[:3]

    def test_figures(self):
        """Figures have a table; a number says what it bounds."""
        assert ["2002", "personnel", "at-most 100", ""] == row(self.HTML, "2002")[:4]
        assert ["2002-05/2002-06", "ships", "2 to 4", ""] == row(self.HTML, "2002-05/2002-06")[:4]

    def test_claims(self):
        """Rival values have a table."""
        html = as_html(NATO.meetings["summit"])
        rivals = html[html.index("claims</caption>") :]

        assert ["ordinal", "4", "", ""] == row(rivals, "ordinal")[:4]
        assert "The Daily" in row(rivals, "ordinal")[4]

    def test_order(self):
        """What happened and how much comes first, then fields; what the editors say is last."""
        captions = re.findall(r"<caption[^>]*>(.*?)</caption>", self.HTML)
        names = re.findall(r"<tr><td[^>]*>([a-z_]+)</td>", self.HTML)

        assert ["milestones", "figures", "fields"] == captions
        assert ["name", "aliases", "kind"] == names[:3]
        assert ["topics", "note"] == names[-2:]

    def test_truth(self):
        """True and false are written as in the YAML."""
        assert "false" == row(self.HTML, "combat")[1]
        assert "true" == row(as_html(NATO.tenures["ola-commander"]), "acting")[1]

    def test_one_source_twice(self):
        """Two places in one source are one source."""
        text = SMALL.replace(
            "{source: gazette, at: page 1, backs: [name, iso_alpha2, labels]}",
            "{source: gazette, at: page 1, backs: [name]}, "
            "{source: gazette, at: page 2, backs: [name, iso_alpha2, labels]}",
        )
        _, _, evidence = row(as_html(load(text).records["NOR"]), "name")

        assert evidence.startswith("<details><summary>1 source</summary><ul><li>")
        assert 2 == evidence.count("<li>")

    def test_several_sources(self):
        """More than one source is counted."""
        text = SMALL.replace(
            "citations: [{source: gazette, at: page 2}]}\n      - kind: ended",
            "citations: [{source: gazette, at: page 2}, {source: daily}]}\n      - kind: ended",
        )

        assert "<summary>2 sources</summary>" in as_html(load(text).records["calm"])

    @pytest.mark.parametrize(
        ("address", "links"),
        [
            ("https://example.org/a?b=1&c=2", ["https://example.org/a?b=1&c=2"]),
            ("HTTP://example.org", ["HTTP://example.org"]),
            ("javascript:alert(1)", []),
            ("data:text/html,x", []),
            ("//example.org", []),
        ],
    )
    def test_links(self, address, links):
        """A source's title leads to its address on the web, and to nothing else."""
        text = SMALL.replace("title: The Gazette", f"title: The Gazette, address: '{address}'")
        page = Page(as_html(load(text).records["NOR"]))

        assert links == list(dict.fromkeys(page.links))

    def test_pieces_with_lists(self):
        """A piece that holds a list shows it in one line."""
        text = SMALL.replace(
            "{kind: treaty-article, document: treaty,",
            "{kind: host-request, countries: [NOR, IRQ],",
        )

        _, value, _ = row(as_html(load(text).records["calm"]), "legal_bases")
        assert value.startswith(
            "<div>host-request; Norway <code>NOR</code>, Iraq <code>IRQ</code><det"
        )


class TestRecordsHtml:
    """`records_html`: a collection."""

    def test_rows(self):
        """Each record is a row with id, label, beginning and end."""
        html = NATO.operations._repr_html_()

        assert ["<code>calm</code>", "Operation Calm", "2001-10-26", "2004~"] == row(
            html, "<code>calm</code>"
        )
        assert "1 of operations</caption>" in html

    def test_doubtful(self):
        """What dates leave open is marked."""
        assert "Operation Calm (maybe)" in NATO.operations.on("2005-01")._repr_html_()
        assert "(maybe)" not in NATO.operations.on("2002")._repr_html_()

    def test_first_rows(self):
        """Of a long collection the first rows are shown, and how many there are."""
        many = [NATO.operations["calm"]] * 21

        html = records_html("operations", many, 21)
        assert "21 of operations, the first 20</caption>" in html
        assert MOST + 1 == Page(html).tags.count("tr")
        assert "20 of operations</caption>" in records_html("operations", many[:20], 20)

    def test_without_end(self):
        """A record that does not last has its date, or nothing."""
        assert ["<code>summit</code>", "A Summit", "2001-10-01/2001-10-02", ""] == row(
            NATO.meetings._repr_html_(), "<code>summit</code>"
        )
        assert ["", ""] == row(NATO.topics._repr_html_(), "<code>sea</code>")[2:]


class TestCountsHtml:
    """`counts_html`: a dataset."""

    def test_rows(self):
        """Each collection is a row with its size, under the dataset's title."""
        html = NATO._repr_html_()

        assert ["<code>countries</code>", "2"] == row(html, "<code>countries</code>")
        assert "A small dataset" in html

    def test_title_is_text(self):
        """A title cannot be markup."""
        assert "&lt;b&gt;</caption>" in counts_html("<b>", [])


class TestAnswers:
    """`as_html` of answers."""

    def test_table(self):
        """Numbers stand to the right, what is not known is empty."""
        html = as_html(Table(("country", "personnel"), [("<ITA>", 600), ("AUT", None)]))

        assert ["AUT", ""] == row(html, "AUT")
        assert ["&lt;ITA&gt;", "600"] == row(html, "&lt;ITA&gt;")
        assert 3 == html.count("text-align:right")
        assert "2 rows</caption>" in html

    def test_long_table(self):
        """Of a long table the first rows are shown."""
        html = as_html(Table(("n",), [(n,) for n in range(30)]))

        assert "30 rows, the first 20</caption>" in html
        assert MOST + 1 == Page(html).tags.count("tr")

    def test_timeline(self):
        """An entry is a row with date, text, kind, record and evidence."""
        html = as_html(NATO.timeline(about="calm", kind="milestone"))

        date, what, kind, record, evidence = row(html, "2001-10-26")
        assert ("milestone", "<code>calm</code>") == (kind, record)
        assert "Operation Calm" in what
        assert "page 2" in evidence
        assert "2001-10-26" == date

    def test_doubtful_entry(self):
        """What may lie in the time asked for is marked."""
        html = as_html(NATO.timeline("2005-01", "2005-02", kind="milestone"))

        assert row(html, "2004~")[1].endswith("(maybe)")

    def test_empty_timeline(self):
        """An empty timeline says so."""
        assert "0 entries</caption>" in as_html(Timeline(()))

    def test_trace(self):
        """What came before is tied to its effect, what came after to its cause."""
        html = as_html(NATO.trace("calm"))

        assert "What led to Operation Calm</caption>" in html
        assert "launches <code>calm</code>" in html
        assert "<code>storm</code> answered by" in as_html(NATO.trace("storm"))

    def test_trace_of_nothing(self):
        """Where nothing is known, that is said; a step without a date says so too."""
        html = as_html(Trace(NATO.topics["sea"], ()))

        assert "<p>What led to The sea: nothing in the data</p>" in html
        step = Step(None, NATO.topics["patrol"], "part of", NATO.topics["sea"], (), before=False)
        assert ["undated", "Patrols <code>patrol</code>", "<code>sea</code> part of", ""] == row(
            as_html(Trace(NATO.topics["sea"], [step])), "undated"
        )

    def test_difference(self):
        """A change is a row with what stood there before and now."""
        change = Change("changed", "calm", "operations", "milestones", "1", "<2>", "[x].date")

        assert [
            "changed",
            "<code>calm</code>",
            "milestones[x].date",
            "1",
            "&lt;2&gt;",
        ] == row(as_html(Difference([change])), "changed")

    def test_long_difference(self):
        """Of many changes the first are shown."""
        change = Change("added", "calm", "operations", "", None, "new")

        assert "21 changes, the first 20</caption>" in as_html(Difference([change] * 21))
