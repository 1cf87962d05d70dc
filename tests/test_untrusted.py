"""Text from strangers: what loading it opens, where exports write, and what pages make of it."""

import json
import os
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small import SMALL, load

from natodata import Dataset, plot
from natodata.errors import BadArgument, DataError
from natodata.export.browse import page
from natodata.export.files import FORMS
from natodata.export.html import as_html
from natodata.export.text import FORMULA, table_text
from natodata.store import Store
from natodata.tabular import Table

NATO = Dataset(Store(load(SMALL)))

TRICKS = {
    "tag that runs": "topics: !!python/object/apply:os.system ['touch run']",
    "tag that makes": "topics: [!!python/name:os.system '']",
    "tag that reads": "topics: !include secret.yaml",
    "tag in a value": "topics: [{id: a, name: !!python/object/new:os.system [touch run]}]",
    "anchor": "topics: &a [{id: a, name: A}]\nplaces: *a",
    "bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
    "merge": "topics: [{<<: {id: a}, name: A}]",
    "directive": "%TAG ! tag:yaml.org,2002:python/\n---\ntopics: !object/apply:os.system [ls]",
    "path as an id": "topics: [{id: ../../secret, name: A}]",
    "path as a reference": "topics: [{id: a, name: A, broader: ../secret.yaml}]",
    "path as a collection": "../secret.yaml: []",
    "path as a field": "topics: [{id: a, name: A, ../secret: x}]",
    "name of the class": "topics: [{id: a, name: A, __class__: os.system}]",
    "hook": "topics: [{id: a, name: A, __reduce__: [os.system, [ls]]}]",
    "template": "topics: [{id: a, name: '{0.__class__}', broader: '%s'}]",
}
HARMLESS = """\
sources:
  - {id: a, title: "$(touch run) `touch run` ${HOME} %s {0.__class__} {{7*7}}", extent: full,
     source_class: press, address: "file:///etc/hostname", archived_address: "file://secret.yaml"}
"""


def names(folder):
    """Return the names of what lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


class Watch:
    """Notes what the process opens, makes, moves, runs or connects to, while it is on."""

    PREFIXES = ("open", "os.", "shutil.", "socket.", "subprocess.", "sqlite3.connect", "ctypes.")

    def __init__(self):
        self.on, self.seen = False, []
        sys.addaudithook(self._hook)

    def _hook(self, event, arguments):
        if self.on and event.startswith(self.PREFIXES):
            self.seen.append((event, arguments))

    def __enter__(self):
        self.seen.clear()
        self.on = True
        return self.seen

    def __exit__(self, *_):
        self.on = False


WATCH = Watch()


def opened(seen):
    """Return the files that were opened, those of Python itself aside."""
    return [
        os.fspath(arguments[0])
        for event, arguments in seen
        if event == "open"
        and isinstance(arguments[0], str | os.PathLike)
        and not os.fspath(arguments[0]).endswith((".py", ".pyc"))
    ]


class TestLoading:
    """`extend` and `from_yaml`."""

    @pytest.mark.parametrize("text", TRICKS.values(), ids=TRICKS)
    @pytest.mark.parametrize("load_", [Dataset.from_yaml, NATO.extend], ids=["alone", "added"])
    def test_tricks(self, load_, text, tmp_path, monkeypatch):
        """A file is opened and nothing else; what it asks for is refused."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "secret.yaml").write_text("topics: []")
        (tmp_path / "mine.yaml").write_text(text)
        with pytest.raises(DataError):
            load_("mine.yaml")  # once for what is imported on the way
        with WATCH as seen, pytest.raises(DataError) as caught:
            load_("mine.yaml")
        str(caught.value)

        assert ["mine.yaml"] == opened(seen)
        assert {"open"} >= {event for event, _ in seen}
        assert ["mine.yaml", "secret.yaml"] == names(tmp_path)

    @pytest.mark.parametrize("load_", [Dataset.from_yaml, NATO.extend], ids=["alone", "added"])
    def test_harmless(self, load_, tmp_path, monkeypatch):
        """Texts that some program would run, and addresses of files, are texts and no more."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "mine.yaml").write_text(HARMLESS)
        load_("mine.yaml").cite("a")
        with WATCH as seen:
            nato = load_("mine.yaml")
            as_html(nato.sources["a"])
            nato.cite("a", "bibtex")

        assert ["mine.yaml"] == opened(seen)
        assert {"open"} >= {event for event, _ in seen}
        assert "$(touch run) `touch run` ${HOME}" in nato.sources["a"].title
        assert ["mine.yaml"] == names(tmp_path)


class TestExports:
    """Where exports write."""

    @pytest.mark.parametrize("form", FORMS)
    def test_inside(self, form, tmp_path):
        """Every file is made in the folder of the export, whatever ids and names look like."""
        text = SMALL.replace("name: Operation Calm", "name: ../../../outside")
        nato = Dataset(Store(load(text.replace("title: The Daily", "title: /outside"))))
        nato.export(tmp_path / "first", form)
        home = tmp_path / "home"
        home.mkdir()
        with WATCH as seen:
            nato.export(home / "export", form)
        written = [
            os.fspath(arguments[0])
            for event, arguments in seen
            if event == "open"
            and isinstance(arguments[0], str | os.PathLike)
            and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ]

        assert all(name.startswith(f"{home}{os.sep}") for name in written)
        assert ["export"] == names(home)
        assert ["first", "home"] == names(tmp_path)

    @pytest.mark.parametrize(
        ("form", "target", "gives_way"),
        [
            ("jsonl", "file", True),
            ("jsonl", "nowhere", True),
            ("datapackage", "outside", True),
            ("datapackage", "nowhere", False),
        ],
    )
    def test_links(self, form, target, gives_way, tmp_path):
        """A link in the place of an export gives way or stays; none is followed."""
        nato = Dataset(Store(load(SMALL)))
        (tmp_path / "outside").mkdir()
        (tmp_path / "file").write_text("mine")
        link = tmp_path / "link"
        link.symlink_to(tmp_path / target)
        if gives_way:
            nato.export(link, form)
        else:
            with pytest.raises(BadArgument, match="a link to nothing"):
                nato.export(link, form)

        assert gives_way is not link.is_symlink()
        assert "mine" == (tmp_path / "file").read_text()
        assert [] == names(tmp_path / "outside")
        assert not (tmp_path / "nowhere").exists()

    @pytest.mark.parametrize("form", ["datapackage", "parquet"])
    def test_link_inside(self, form, tmp_path):
        """A link among the files of an earlier export is replaced, not followed."""
        nato = Dataset(Store(load(SMALL)))
        nato.export(tmp_path / "export", form)
        first = min((tmp_path / "export").iterdir())
        (tmp_path / "mine").write_text("mine")
        first.unlink()
        first.symlink_to(tmp_path / "mine")
        nato.export(tmp_path / "export", form)

        assert "mine" == (tmp_path / "mine").read_text()
        assert not first.is_symlink()


class Tags(HTMLParser):
    """The tags and attributes of a page, and its words."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_data(self, data):
        self.words.append(data)


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<", ">", "&", "'", '"', "/", "=", "script", "</script>", "<!--", "-->", "]]>"),
            *(
                "<img src=x onerror=alert(1)>",
                "javascript:",
                "&lt;",
                "&#60;",
                "\\u003c",
                "{{",
                "}}",
            ),
            *(
                "style",
                "onclick=",
                "`",
                "${x}",
                "%3c",
                "<svg/onload=x>",
                "\u2028",
                "\\",
                "é",
                " a ",
            ),
        ]
    ),
    min_size=1,
    max_size=8,
).map("".join)


def named(name):
    """Return the small dataset with an operation, a source and the dataset called so."""
    quoted = json.dumps(name)
    text = SMALL.replace("name: Operation Calm", f"name: {quoted}", 1)
    text = text.replace("title: A small dataset", f"title: {quoted}", 1)
    text = text.replace("title: The Daily", f"title: {quoted}", 1)
    text = text.replace("position: It was calm.", f"position: {quoted}", 1)
    return Dataset(Store(load(text)))


class TestPages:
    """HTML: whatever a text says, a page has the tags of its own and no others."""

    @settings(max_examples=40)
    @given(MARKUP.filter(lambda text: text.strip() and "\u2028" not in text))
    @example("</script><script>alert(1)</script>")
    @example("\"'><img src=x onerror=alert(1)>")
    @example("<!--<script>")
    def test_names(self, name):
        """The tags are those of a page with harmless names, and the name is there as text."""
        plain, hostile = named("Plain"), named(name)
        for show in (
            lambda nato: as_html(nato.operations["calm"]),
            lambda nato: as_html(nato.sources["daily"]),
            lambda nato: as_html(nato.assessments["ola-on-calm"]),
            lambda nato: as_html(nato.timeline()),
            lambda nato: as_html(nato.tables()["records"]),
            lambda nato: page(nato._store),
        ):
            before, after = Tags(show(plain)), Tags(show(hostile))
            assert before.tags == after.tags
        shown = "".join(Tags(as_html(hostile.operations["calm"])).words)
        assert name.strip() in shown


class TestPictures:
    """SVG: whatever a text says, a picture is well-formed and has the elements of its own only."""

    @settings(max_examples=8)
    @given(MARKUP.filter(lambda text: text.strip() and "\u2028" not in text))
    @example("--><script>alert(1)</script><!--")
    @example("$\\frac{1}{$ ]]>")
    def test_names(self, name):
        """The kinds of elements and attributes are those of a picture with harmless names."""
        kinds = []
        for nato in (named("Plain words"), named(name)):
            with TemporaryDirectory() as folder:
                path = plot.save(plot.timeline(nato.operations), Path(folder, "a.svg"))
                elements = list(ET.parse(path).iter())  # noqa: S314 (our own)
            kinds.append({(each.tag, *sorted(each.attrib)) for each in elements})
        plain, hostile = kinds

        assert {tag for tag, *_ in hostile} <= {tag for tag, *_ in plain}
        assert {name for _, *names in hostile for name in names} <= {
            name for _, *names in plain for name in names
        }


class TestSheets:
    """CSV for spreadsheets: no cell and no head of a column is run as a formula."""

    @given(
        st.tuples(
            *[
                st.sampled_from(["", *FORMULA]).flatmap(
                    lambda start: st.text(max_size=4).map(lambda rest: f"{start}{rest}")
                )
            ]
            * 2
        )
    )
    @example(('=cmd|"/c calc"!A1', "@SUM(1+1)"))
    @example(("a\r=1", "b\r\n=2\n=3"))
    def test_cells(self, texts):
        """Each text and name is one cell, which begins with an apostrophe or with no sign."""
        import csv
        import io

        head, cell = texts
        written = table_text(Table((head, "b"), [(cell, 1)]), "csv")
        rows = list(csv.reader(io.StringIO(written, newline="")))

        assert [2, 2] == [len(row) for row in rows]
        assert not any(each.startswith(FORMULA) for row in rows for each in row)

    def test_markdown(self):
        """In Markdown, a name of a column cannot end its cell or its line either."""
        assert "| a \\| b |" == table_text(Table(("a |\nb",), []), "md").splitlines()[0]
