"""Who points at whom, and what belongs to what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import nato

from natodata.errors import BadArgument, NotFound
from natodata.queries.references import targets
from natodata.queries.relations import about, is_on_topic
from natodata.records import CitedRecord

STORE = nato()._store


class TestReferringTo:
    """``Dataset.referring_to``."""

    @pytest.mark.parametrize(
        ("key", "found"),
        [
            ("kfor", ["kfor-2013"]),
            ("nmi", ["nmi-decided", "nmi-deu", "request", "weiss-view"]),
            ("IRQ", ["baghdad", "iraq-package", "nmi", "ntm-i", "request"]),
            ("command-north", ["kfor", "sea-guardian"]),
            ("paper", ["kfor", "nmi-decided", "terror-decided"]),
            ("brussels-2021", ["kfor"]),
            ("murky", []),
        ],
    )
    def test_who(self, key, found):
        """Every record that names another, however deep inside it, points at it."""
        assert [each.id for each in nato().referring_to(key)] == found
        assert nato().referring_to(key) == nato().referring_to(nato()[key])

    @given(st.sampled_from(list(nato())))
    def test_both_ways(self, record):
        """A record points at just those records to which it is said to refer."""
        assert all(record in nato().referring_to(target) for target in targets(record))
        assert all(record in targets(each) for each in nato().referring_to(record))

    def test_in_view(self):
        """In a view only what was there then points, and only at what it pointed at then."""
        assert () == nato().on("2000").referring_to("command-south")
        assert ["kfor"] == [each.id for each in nato().on("2010").referring_to("command-south")]

    def test_unknown(self):
        """A record that is not there is an error."""
        with pytest.raises(NotFound, match="no record has the id 'kfr'; did you mean 'kfor'"):
            nato().referring_to("kfr")
        with pytest.raises(BadArgument, match="expected a record or the id of one"):
            nato().referring_to(7)


class TestAbout:
    """``about``."""

    @pytest.mark.parametrize(
        ("key", "found"),
        [
            ("kfor", {"kfor", "kfor-2013", "com-kfor", "com-kfor-1", "com-kfor-2"}),
            ("nmi", {"nmi", "nmi-decided", "nmi-deu", "request", "weiss-view"}),
            ("weiss", {"weiss", "com-kfor-1", "weiss-view", "view-undated"}),
            ("paper", {"paper", "kfor", "nmi-decided", "terror-decided"}),
            ("murky", {"murky"}),
            ("counter-terrorism", {"attack", "coe", "dat-pow", "sea-guardian", "terror-decided"}),
        ],
    )
    def test_circle(self, key, found):
        """What refers to a record belongs to it; to a topic, what is on it or a narrower one."""
        assert about(STORE, nato()[key]) == found

    def test_country(self):
        """To a country belong its operations, programmes and bodies with all of theirs."""
        found = about(STORE, nato()["IRQ"])
        assert found >= about(STORE, nato()["nmi"])
        assert found >= {"IRQ", "ntm-i", "iraq-package", "baghdad", "request"}
        assert "coe" in about(STORE, nato()["TUR"])
        assert found.isdisjoint({"kfor", "isaf", "nato"})

    def test_of_the_country(self, made):
        """Of what names a country, only its own bodies and programmes bring in what is theirs."""
        data = made("""
        countries: [{id: AAA, name: A}, {id: BBB, name: B}]
        organisations:
          - {id: own, name: Own, kind: centre-of-excellence, country: AAA}
          - {id: foreign, name: Foreign, kind: centre-of-excellence, country: BBB,
             sponsoring_nations: [AAA]}
        posts:
          - {id: head-of-own, name: Head, organisation: own}
          - {id: head-of-foreign, name: Head, organisation: foreign}
        programmes:
          - {id: work, name: Work, kind: package, beneficiaries: [AAA]}
          - {id: part, name: Part, kind: package, part_of: work}
        """)

        found = about(data._store, data["AAA"])
        assert found == {"AAA", "own", "head-of-own", "foreign", "work", "part"}


class TestIsOnTopic:
    """``is_on_topic``."""

    @given(st.sampled_from(list(nato())))
    def test_own_topics(self, record):
        """A record is on the topics that it names, and a sheet on those of its operation."""
        own = record.topics if isinstance(record, CitedRecord) else ()
        mine = frozenset(topic.id for topic in own)
        assert is_on_topic(record, mine) == bool(mine)

    def test_of_the_operation(self):
        """A contribution is on the topics of its operation."""
        assert is_on_topic(nato()["nmi-deu"], frozenset({"training-topic"}))
        assert not is_on_topic(nato()["kfor-2013"], frozenset({"training-topic"}))

    def test_beside_the_operation(self, made):
        """It is on its own topics as well."""
        data = made("""
        topics: [{id: sea, name: The sea}, {id: air, name: The air}]
        countries: [{id: AAA, name: A}]
        operations: [{id: op, name: Op, kind: support, admitted_by: others, topics: [sea]}]
        contributions: [{id: part, operation: op, country: AAA, capacity: member, topics: [air]}]
        """)

        assert [data["part"]] == [
            each for each in data.contributions if is_on_topic(each, frozenset({"air"}))
        ]
