"""Ranked full text: words, stems, phrases, beginnings, ranks, and texts meant to break it."""

import gc
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato

from natodata.errors import BadArgument


def ids(query, **options):
    """Return the ids that a search finds, in its order."""
    return [hit.record.id for hit in nato().search(query, **options)]


class TestSearch:
    """``Dataset.search``."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("trainers", "nmi"),
            ("iraqi officer", "iraq-package"),
            ("Article 5", "sea-guardian"),
            ("keep peace", "res-1244"),
            ("matters", "weiss-view"),
            ("Sicherheit", "security"),
            ("weiss", "weiss-view"),
            ("ODEGARD", "lukasz"),
            ("Україна", "UKR"),
            ("Quarterly", "paper"),
            ("concept against terrorism", "terror-decided"),
        ],
    )
    def test_what_is_searched(self, query, found):
        """Names, labels, aims, tasks, notes, provisions, summaries and positions are searched."""
        assert found in ids(query)

    def test_stems(self):
        """Words of one stem are the same word."""
        assert set(ids("train")) == set(ids("training")) == set(ids("TRAINED"))

    def test_topics(self):
        """A record is found by the name of its topic."""
        assert {"terror-decided", "sea-guardian"} <= set(ids("counter-terrorism"))
        assert "sea-guardian" in ids("training")

    def test_ties(self):
        """What ties records together is found by their names."""
        data = load("""
        countries: [{id: AAA, name: Arcadia}]
        organisations: [{id: club, name: Round Table, kind: alliance}]
        memberships: [{id: a-club, country: AAA, framework: club}]
        """)

        assert {"AAA", "a-club"} == {hit.record.id for hit in data.search("Arcadia")}
        assert ["a-club"] == [hit.record.id for hit in data.search("Arcadia table")]

    def test_pieces(self):
        """It is found by the notes on its milestones, and by the names of its hosts."""
        data = load("""
        countries: [{id: AAA, name: Arcadia}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others, hosts: [AAA],
          milestones: [{kind: ended, date: 2001, note: Because of storms.}]}]
        """)
        assert ["op"] == [hit.record.id for hit in data.search("storms")]
        assert ["AAA", "op"] == [hit.record.id for hit in data.search("Arcadia")]

    def test_phrase(self):
        """Words in quotes, straight or curved, must stand together and in order."""
        assert "sea-guardian" == ids('"sea guardian"')[0]
        assert ids("“sea guardian”") == ids('"sea guardian"')
        assert [] == ids('"guardian sea"')
        assert ids("guardian sea") != []

    def test_phrase_beside_a_word(self):
        """A phrase that follows a word at once is a part of its own."""
        assert ids('operation"sea guardian"') == ids('operation "sea guardian"')

    def test_beginning(self):
        """A star stands for the rest of a word."""
        assert "ntm-a" in ids("Afgh*")
        assert [] == ids("Afgh")

    def test_ranking(self):
        """What is called so comes first, a name counts more than a note, a source less."""
        assert "sea-guardian" == ids("Sea Guardian")[0]
        assert "paper" == ids("Sea Guardian")[-1]
        assert "counter-terrorism" == ids("counter-terrorism")[0]
        scores = [hit.score for hit in nato().search("training")]
        assert scores == sorted(scores, reverse=True)
        assert 1 < len(set(scores))
        assert [round(score) for score in scores] != scores == [round(s, 4) for s in scores]
        called, *others = nato().search("Sea Guardian")
        assert called.score > 2 * max(hit.score for hit in others)
        assert {"brussels-2018", "brussels-2021"} == set(ids("Brussels Summit")[:2])

    def test_excerpt(self):
        """The excerpt shows the passage that was found."""
        hit = nato().search("ceasefires peace", limit=1)[0]
        assert "A presence to keep the peace" in hit.excerpt

    def test_some_words(self):
        """Where no record has all words, those with some of them come, and say so."""
        hits = nato().search("peace zebra")
        assert [("res-1244", False)] == [(hit.record.id, hit.complete) for hit in hits]
        assert all(hit.complete for hit in nato().search("peace"))
        assert [("iraq-package", True)] == [
            (hit.record.id, hit.complete) for hit in nato().search("iraqi officer teach")
        ]
        assert () == nato().search("zebra")

    def test_collection(self):
        """A search can be kept to one collection."""
        assert ["paper"] == ids("sea guardian", collection="sources")
        assert ["paper"] == ids("guardian zebra", collection="sources")

    def test_unknown_collection(self):
        """A collection that is not there is an error with a suggestion, or with all names."""
        with pytest.raises(BadArgument, match="got 'operation'; did you mean 'operations'"):
            ids("sea", collection="operation")
        with pytest.raises(BadArgument, match="got 'xyz': sources, topics, countries"):
            ids("sea", collection="xyz")

    def test_limit(self):
        """No more than asked for are given; fewer than one cannot be asked for."""
        assert ids("training", limit=2) == ids("training")[:2]
        with pytest.raises(BadArgument, match="limit"):
            ids("training", limit=0)

    @pytest.mark.parametrize(
        "query", ["", "  ", "*", '"', '""', "_", "\u2013", "\0", "\ud800", None, 7]
    )
    def test_no_word(self, query):
        """A query without a word is an error, not everything."""
        with pytest.raises(BadArgument, match="word"):
            nato().search(query)

    def test_long_without_a_word(self):
        """Of what has no word in it the message shows 80 letters."""
        with pytest.raises(BadArgument) as caught:
            nato().search("-" * 81)
        assert f"expected at least one word to search for, got '{'-' * 80}'" == str(caught.value)

    @pytest.mark.parametrize(
        "query",
        [
            "AND",
            "sea AND",
            "NOT sea",
            "NEAR(sea guardian, 2)",
            "names : sea",
            "{names topics} : sea",
            "^sea",
            "-sea",
            "sea +guardian",
            'sea "',
            '"sea""guardian"',
            "sea*guardian",
            "(sea",
            "'; DROP TABLE texts; --",
            "sea\0guardian",
            "sea \ud800",
            "sea \U0010ffff",
            "x" * 100_000,
            "²",
        ],
        ids=range(19),
    )
    def test_hostile(self, query):
        """Operators, quotes and odd characters are words or nothing."""
        assert isinstance(nato().search(query), tuple)
        assert "sea-guardian" == ids("sea guardian")[0]

    @pytest.mark.parametrize(
        "query", ["sea " * 50_000, '"' + "a b " * 30_000 + '"', "a-" * 50_000]
    )
    def test_too_many_words(self, query):
        """More words than anyone can mean are an error, rather than left out silently."""
        with pytest.raises(BadArgument, match="at most 64 words to search for, got"):
            nato().search(query)

    def test_many_words(self):
        """Up to 64 words are taken, in quotes or not; the message counts them all."""
        assert () == nato().search("zebra " * 64)
        with pytest.raises(BadArgument) as caught:
            nato().search('"zebra zebra" ' * 32 + "zebra")
        assert "expected at most 64 words to search for, got 65" == str(caught.value)

    @given(st.text() | st.text(alphabet=' "*():^+-_{}aANDORT\0é', max_size=40))
    def test_any_text(self, query):
        """Any text gives hits or the one error."""
        try:
            hits = nato().search(query)
        except BadArgument:
            return
        assert all(hit.record in nato() for hit in hits)

    def test_threads(self):
        """Many threads may search at once."""
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(ids, ["training"] * 40))
        assert found == [ids("training")] * 40

    def test_in_view(self):
        """In a view only what was there then is found, as it was then, up to the limit."""
        then = nato().on("2006")
        assert ["ntm-i"] == [
            hit.record.id for hit in then.search("NATO training mission", limit=1)
        ]
        assert "Operation Joint Guardian" == nato().on("2000").search("KFOR")[0].record.name

    def test_closed(self):
        """With the dataset its index goes, and nothing is left open."""
        data = load("dataset: {title: Nothing}\ntopics: []")
        data.search("sea")
        database = next(
            each.database for each in data._store._kept.values() if hasattr(each, "database")
        )
        del data
        gc.collect()

        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            database.execute("SELECT 1")

    def test_empty_dataset(self):
        """A dataset without records has nothing to find."""
        assert () == load("dataset: {title: Nothing}\ntopics: []").search("sea")
