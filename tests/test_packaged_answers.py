"""Answers over the packaged data that sources settle for good."""

import pytest

import natodata
from natodata.errors import Ambiguous, NotFound
from natodata.records import REGISTRY

HARD = [
    ("Niger", "NER"),
    ("Nigeria", "NGA"),
    ("Guinea", "GIN"),
    ("Sudan", "SDN"),
    ("Türkiye", "TUR"),
    ("Turkey", "TUR"),
    ("TURKIYE", "TUR"),
    ("North Macedonia", "MKD"),
    ("the former Yugoslav Republic of Macedonia", "MKD"),
    ("Cote d'Ivoire", "CIV"),
    ("Czech Republic", "CZE"),
    ("Luxembourg", "LUX"),
    ("Djibouti", "DJI"),
    ("Iraq", "IRQ"),
    ("NATO Mission Iraq", "nmi"),
    ("NMI", "nmi"),
    ("Mission Iraq", "nmi"),
    ("NTM-I", "ntm-i"),
    ("NTMI", "ntm-i"),
    ("KFOR", "kfor"),
    ("Kosovo Force", "kfor"),
    ("isaf", "isaf"),
    ("Resolute Support Mission", "resolute-support"),
    ("Active Endeavour", "active-endeavour"),
    ("Operation Sea Guardian", "sea-guardian"),
    ("sea-guardian", "sea-guardian"),
    ("COE DAT", "coe-dat"),
    ("S/RES/1244 (1999)", "unscr-1244"),
    ("Brussels Summit 2018", "brussels-summit-2018"),
    ("2002 Prague Summit", "prague-summit-2002"),
]


class TestFind:
    """``find``: the golden list."""

    @pytest.mark.parametrize(("name", "expected"), HARD, ids=range(len(HARD)))
    def test_hard(self, name, expected):
        """A name leads to what it is the name of."""
        assert expected == natodata.load().find(name).id

    def test_brussels_summit(self):
        """There was more than one Brussels summit, so the name alone is no answer."""
        with pytest.raises(Ambiguous) as caught:
            natodata.load().find("Brussels summit")
        assert {"brussels-summit-2005", "brussels-summit-2018"} <= set(caught.value.candidates)

    def test_ntm(self):
        """There was more than one NATO Training Mission, and NTM is the acronym of none."""
        with pytest.raises((Ambiguous, NotFound)) as caught:
            natodata.load().find("NTM")
        assert "'ntm-i'" in str(caught.value) or "ntm-i" in caught.value.candidates

    def test_korea(self):
        """There are two Koreas, so neither is the answer, and both are suggested."""
        with pytest.raises(NotFound) as caught:
            natodata.load().find("Korea")
        assert {"KOR", "PRK"} <= set(caught.value.suggestions)


class TestMatch:
    """``match``."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("sea gardian", "sea-guardian"),
            ("Nigera", "NGA"),
            ("Afganistan", "AFG"),
            ("Niger", "NER"),
        ],
    )
    def test_best(self, text, expected):
        """What is meant by a misspelt name comes first."""
        assert expected == natodata.load().match(text)[0].record.id


class TestOn:
    """What was there on a day."""

    @pytest.mark.parametrize(
        ("day", "there", "gone"),
        [
            ("2001-10-15", {"kfor"}, {"isaf", "sea-guardian", "nmi"}),
            ("2012-06-01", {"kfor", "isaf", "active-endeavour"}, {"sea-guardian", "ntm-i"}),
            ("2018-01-15", {"kfor", "resolute-support", "sea-guardian"}, {"isaf", "nmi"}),
        ],
    )
    def test_operations(self, day, there, gone):
        """Operations are in being between their beginning and their end."""
        operations = natodata.operations.on(day)
        assert there <= set(operations.ids)
        assert not gone & set(operations.ids)

    def test_names(self):
        """A country has the name that it had then."""
        nato = natodata.load()
        assert "North Macedonia" == nato.on("2020").countries["MKD"].name
        assert "North Macedonia" != nato.on("2010").countries["MKD"].name

    def test_view_as_collections(self):
        """Every collection of a view is what the collection itself gives for the day."""
        nato = natodata.load()
        then = nato.on("2013-06-01")
        names = [row.collection for row in REGISTRY]
        assert [getattr(nato, name).on("2013-06-01") for name in names] == [
            getattr(then, name) for name in names
        ]


class TestSearch:
    """``search``."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [("KFOR", "kfor"), ("Sea Guardian", "sea-guardian"), ("NATO Mission Iraq", "nmi")],
    )
    def test_called_so(self, query, expected):
        """What is called so comes first."""
        assert expected == natodata.load().search(query)[0].record.id

    def test_officers(self):
        """Words of one stem are found wherever they stand."""
        found = {hit.record.id for hit in natodata.load().search("training of Iraqi officers")}
        assert "warsaw-2016-iraqi-officers" in found


class TestTimeline:
    """``timeline``."""

    def test_iraq(self):
        """What ties Iraq to the Alliance is told in the order of time."""
        told = natodata.load().timeline(about="IRQ")
        records = [entry.record.id for entry in told]
        assert records.index("ntm-i") < records.index("nmi")
        assert "isaf" not in records

    def test_terrorism(self):
        """Decisions on counter-terrorism since 2001 begin after the attacks of that year."""
        told = natodata.load().timeline("2001-09-11", topic="counter-terrorism", kind="decision")
        assert all(entry.date.after("2001-09-10").possible for entry in told)
        assert "prague-summit-2002" in {
            entry.record.meeting.id for entry in told if entry.record.meeting is not None
        }
