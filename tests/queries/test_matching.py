"""Scored candidates for names that may be misspelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato

from natodata.errors import BadArgument
from natodata.queries.naming import key_of, names_of
from natodata.records import NamedRecord

NAMED = [
    (record.id, name)
    for record in nato()
    if isinstance(record, NamedRecord)
    for name in names_of(record)
]


class TestMatch:
    """``Dataset.match``."""

    @pytest.mark.parametrize(
        ("text", "best", "score", "reason"),
        [
            ("Niger", "NER", 1.0, "the same name"),
            ("NIGERIA", "NGA", 1.0, "the same name"),
            (
                "Sea Guardian mission",
                "sea-guardian",
                0.99,
                "the same name but for what stands aro",
            ),
            ("Mission Iraq", "nmi", 0.99, "the same name but for what stands around it"),
            ("NTMI", "ntm-i", 0.98, "the same name but for spaces or hyphens"),
            ("International Security", "isaf", 0.85, "the name begins with it"),
            ("NATO Training Mission", "ntm-a", 0.85, "the name begins with it"),
            ("Training Mission", "ntm-a", 0.85, "the name begins with it"),
            ("Assistance Security", "isaf", 0.8, "the name has all its words"),
            ("Guardian Sea", "sea-guardian", 0.8, "the name has all its words"),
            ("sea gardian", "sea-guardian", 0.8, "a similar spelling"),
        ],
    )
    def test_reasons(self, text, best, score, reason):
        """The best comes first, with the score that its reason gives."""
        first = nato().match(text)[0]
        assert best == first.record.id
        assert first.score >= score
        assert first.score == score or score < 0.9
        assert first.reason.startswith(reason)

    @pytest.mark.parametrize(
        ("text", "best"),
        [
            ("sea gardian", "sea-guardian"),
            ("Nigera", "NGA"),
            ("Luxemburg", "LUX"),
            ("Afganistan", "AFG"),
            ("Türkei", "TUR"),
            ("kosovo force", "kfor"),
            ("Украина", "UKR"),
        ],
    )
    def test_misspelt(self, text, best):
        """A name that is misspelt has what is meant first."""
        assert best == nato().match(text)[0].record.id

    def test_name_that_was_compared(self):
        """The name is the one by which the record was taken, as it is written in the data."""
        assert (
            nato()["kfor"],
            0.99,
            "Operation Joint Guardian",
        ) == nato().match("joint guardian")[0][0:3]

    def test_topic_after_thing(self):
        """Of records called alike, a topic comes after the thing itself."""
        ids = [each.record.id for each in nato().match("Iraq")]
        assert "IRQ" == ids[0]
        assert ids.index("nmi") > ids.index("iraq-topic")

    def test_topic_last(self):
        """That holds whatever their ids are."""
        data = load("""
        topics: [{id: a, name: Storms}]
        events: [{id: z, name: Storms, kind: incident, date: 2001}]
        """)
        assert ["z", "a"] == [each.record.id for each in data.match("storms")]

    def test_part_of_the_name(self):
        """What may stand around the name of an operation belongs to the name of a topic."""
        data = load("topics: [{id: a, name: Operation Planning}]")
        assert [(0.8, "the name has all its words")] == [
            (each.score, each.reason) for each in data.match("planning")
        ]

    def test_one_name(self):
        """A name that is written in many ways leaves room for others."""
        ways = ", ".join(f'"Storm{"!" * number}"' for number in range(30))
        data = load(
            f"events: [{{id: a, name: Wind, aliases: [{ways}], kind: incident, date: 2001}}]\n"
            "topics: [{id: b, name: Storms}]"
        )
        assert ["a", "b"] == [each.record.id for each in data.match("storm")]

    def test_among_longer_ones(self):
        """However many longer names begin so, the same name is found."""
        longer = ", ".join(f"{{id: a{at}, name: Storm in harbour {at}}}" for at in range(30))
        data = load(f"topics: [{longer}, {{id: b, name: Storm}}]")
        assert ("b", 1) == (data.match("storm")[0].record.id, data.match("storm")[0].score)

    def test_first_of_like_names(self):
        """Of two names that are as like it, the first one of the record is told."""
        data = load("events: [{id: a, name: Storms, aliases: [Stormy], kind: visit, date: 2001}]")
        assert ["Storms"] == [each.name for each in data.match("storm")]

    def test_least(self):
        """A score of 0.55 is enough."""
        data = load("topics: [{id: a, name: abcdefghijkuvwxyz012}]")
        assert [0.55] == [each.score for each in data.match("abcdefghijklmnopqrst")]

    def test_round_scores(self):
        """Scores have three places, which is as fine as they mean anything."""
        scores = [each.score for each in nato().match("sea gardian")]
        assert scores == [round(score, 3) for score in scores]

    @pytest.mark.parametrize(("text", "found"), [("K FOR", "kfor"), ("N T M I", "ntm-i")])
    def test_spaces(self, text, found):
        """Spaces within what is asked for do not count either."""
        first = nato().match(text)[0]
        assert (found, 0.98) == (first.record.id, first.score)

    @given(st.sampled_from(NAMED))
    def test_exact_first(self, named):
        """No near-twin comes before a record of the very name."""
        identifier, name = named
        found = nato().match(name)
        same = [each.record.id for each in found if each.score == 1]
        assert identifier in same
        assert found[: len(same)] == tuple(each for each in found if each.score == 1)

    @given(st.text(min_size=1), st.integers(1, 5))
    def test_any_text(self, text, limit):
        """Scores lie between 0 and 1, best first, each record once, no more than asked for."""
        if not key_of(text):
            with pytest.raises(BadArgument):
                nato().match(text)
            return
        found = nato().match(text, limit)
        scores = [each.score for each in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({each.record for each in found}) == len(found) <= limit

    def test_nothing_like_it(self):
        """What is like no name gives nothing."""
        assert () == nato().match("qqqqqq")

    def test_long(self):
        """A very long text is like no name."""
        assert () == nato().match("Kosovo Force " * 10_000)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "expected a name with a letter or digit in it, got ''"),
            (" - ", "expected a name with a letter or digit in it, got ' - '"),
            (None, "expected a name as text, got None (NoneType)"),
            (7, "expected a name as text, got 7 (int)"),
        ],
    )
    def test_empty(self, text, message):
        """What holds no letter or digit, or is no text, is an error."""
        with pytest.raises(BadArgument) as caught:
            nato().match(text)
        assert message == str(caught.value)

    def test_ten(self):
        """Without a limit ten are given."""
        alike = ", ".join(f"{{id: t{number}, name: Storm {number}}}" for number in range(12))
        data = load(f"topics: [{alike}]")
        assert 10 == len(data.match("Storm"))
        assert 12 == len(data.match("Storm", 50))

    def test_limit(self):
        """A limit below 1 is an error."""
        with pytest.raises(BadArgument, match="limit"):
            nato().match("iraq", 0)

    def test_in_view(self):
        """In a view only what was there then is a candidate, as it was then."""
        assert "isaf" not in {each.record.id for each in nato().on("2016").match("ISAF")}
        assert "Operation Joint Guardian" == nato().on("2000").match("KFOR")[0].record.name
