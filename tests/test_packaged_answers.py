"""Answers over the packaged data that sources settle for good."""

import bibtexparser
import pytest

import natodata
from natodata.errors import Ambiguous, NotFound
from natodata.queries.tables import layout
from natodata.records import REGISTRY, Contribution

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


TERRORISM = """
2001-09-11 attacks-2001-09-11
2001-09-12 article-5-invocation-2001
2001-10-02 nac-2001-10-02-article-5-confirmed
2001-10-06 active-endeavour
2001-10-09 eagle-assist
2001-12-18 defence-ministers-2001-12-military-concept
2002-05-16 eagle-assist
2002-09-27 nac-2002-09-military-concept
2002-11-21/2002-11-22 pap-t
2004-05-06/2004-05-07 dat-pow
2005-06-28 coe-dat
2012-05-20 chicago-2012-policy-guidelines
2014-09-11 global-coalition
2015-07-31 dcb-iraq-2015
2016-07-08/2016-07-09 warsaw-2016-sea-guardian
2016-10 active-endeavour
2016-11-09 sea-guardian
2017-01 ntcb-i
2017-05-25 brussels-2017-ct-action-plan
2017-05-25 brussels-2017-global-coalition
2017-05-25 brussels-2017-terrorism-intelligence-cell
2018-07-11/2018-07-12 brussels-2018-nmi
2018-10-31 nmi
2020-10-22/2020-10-23 defence-ministers-2020-10-evidence
2021-02-18 defence-ministers-2021-02-nmi
2023-08-17 nac-2023-08-17-nmi
2023-10-12 secretary-general-2023-10-coordinator
2024-07-10 washington-2024-ct-guidelines
2026-03-20 nmi-relocation-2026
"""
IRAQ = """
2004-06-22 iraq-request-2004
2004-07-30 nac-2004-07-30-ntim-i
2004-07-30 ntm-i
2004-08-14 commander-ntm-i-hilderink
2008-04-03 bucharest-2008-ntm-i
2011-12-12 nac-2011-12-ntm-i-end
2011-12-31 ntm-i
2012-09 iraq-ipcp-2012
2015-07-31 nato-2015-07-iraq-support
2015-07-31 dcb-iraq-2015
2016-07-08/2016-07-09 nato-2016-support-inside-iraq
2017-01 ntcb-i
2018-02-15 defence-ministers-2018-02-nmi
/2018-02-16 iraq-request-nmi
2018-07-11/2018-07-12 brussels-2018-nmi
2018-10-31 nmi
2020-01-04 nato-2020-01-nmi-training-suspended
2021-02-18 defence-ministers-2021-02-nmi
2023-08-17 nac-2023-08-17-nmi
2025-05-22 commander-nmi-hintzy
2026-03-20 nmi-relocation-2026
"""
BRIEFINGS = [{"topic": "counter-terrorism"}, {"about": "IRQ"}]


class TestBriefing:
    """``timeline`` of the two threads that the data follow from end to end."""

    @pytest.mark.parametrize(
        ("filters", "landmarks"), [(BRIEFINGS[0], TERRORISM), (BRIEFINGS[1], IRAQ)]
    )
    def test_landmarks(self, filters, landmarks):
        """The landmarks are told in their order."""
        told = natodata.load().timeline(**filters)
        wanted = landmarks.split("\n")[1:-1]

        assert wanted == [
            each for entry in told if (each := f"{entry.date} {entry.record.id}") in wanted
        ]

    @pytest.mark.parametrize(("filters", "most"), [(BRIEFINGS[0], 350), (BRIEFINGS[1], 200)])
    def test_length(self, filters, most):
        """It can be read: so many lines, less than a third of what is held, none of them twice."""
        nato = natodata.load()
        lines = str(nato.timeline(**filters)).splitlines()

        assert len(lines) <= most
        assert 3 * len(lines) < len(nato.timeline(**filters, full=True))
        assert len(lines) == len(set(lines))

    @pytest.mark.parametrize("filters", BRIEFINGS)
    def test_sources(self, filters):
        """Every line has a source."""
        assert [] == [
            entry.text for entry in natodata.load().timeline(**filters) if not entry.citations
        ]

    @pytest.mark.parametrize("filters", BRIEFINGS)
    def test_no_flood(self, filters):
        """What single nations gave, numbers, sheets and views do not drown it."""
        told = natodata.load().timeline(**filters)

        assert {"event", "meeting", "decision", "milestone", "change"} == {e.kind for e in told}
        assert not any(isinstance(entry.record, Contribution) for entry in told)


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


class TestClaims:
    """Rival values with their evidence."""

    def test_kfor(self):
        """KFOR began on 12 June 1999, and what else is called its beginning is kept beside."""
        claims = natodata.load().claims("kfor", "start")
        taken = [claim for claim in claims if claim.taken]

        assert ["1999-06-12"] == [str(claim.value) for claim in taken]
        assert claims[0] is taken[0]
        assert all(claim.sources for claim in claims)

    def test_evidence(self):
        """Every operation with a beginning has sources for it, and some support."""
        nato = natodata.load()
        for operation in nato.operations:
            if operation.start is not None:
                assert nato.evidence(operation, "start")
                assert nato.support(operation, "start").independent >= 1


class TestTrace:
    """What led to an operation."""

    def test_sea_guardian(self):
        """From the attacks of 2001 over Active Endeavour and Warsaw to Sea Guardian."""
        steps = [step.record.id for step in natodata.load().trace("sea-guardian").before]
        chain = [
            "attacks-2001-09-11",
            "nac-2001-09-12-article-5",
            "active-endeavour",
            "warsaw-summit-2016",
            "warsaw-2016-sea-guardian",
        ]

        assert chain == [step for step in steps if step in chain]


class TestMembers:
    """Who belonged to the Alliance."""

    @pytest.mark.parametrize(
        ("day", "count"),
        [
            ("1949-08-24", 12),
            ("1953-01-01", 14),
            ("1956-01-01", 15),
            ("1990-01-01", 16),
            ("1999-04-01", 19),
            ("2005-01-01", 26),
            ("2010-01-01", 28),
            ("2018-01-01", 29),
            ("2021-01-01", 30),
            ("2023-06-01", 31),
            ("2024-06-01", 32),
        ],
    )
    def test_numbers(self, day, count):
        """The Alliance had so many members on a day, each of them once."""
        members = natodata.load().members(day)

        assert count == len(members) == len({member.country.id for member in members})

    def test_codes(self):
        """Germany's code of the Correlates of War changed in 1990, Gleditsch and Ward's not."""
        nato = natodata.load()
        any_day = nato.panel("membership", 1989, 1991, codes=("cow", "gw"))
        first_day = nato.panel("membership", 1989, 1991, codes=("cow", "gw"), rule="january-1")

        assert [(260, 260), (255, 260), (255, 260)] == [
            (row["cow"], row["gw"]) for row in any_day.dicts() if row["country"] == "DEU"
        ]
        assert [260, 260, 255] == [
            row["cow"] for row in first_day.dicts() if row["country"] == "DEU"
        ]


class TestTables:
    """The relational form of all that there is."""

    def test_references(self):
        """Every id in every table leads to a row of the table that it refers to."""
        content = natodata.load().tables()
        for name, columns in layout().items():
            for column in columns:
                if column.refers_to is not None:
                    used = set(content[name].column(column.name)) - {None}
                    assert used <= set(content[column.refers_to].column("id"))

    def test_codes_survive(self):
        """Namibia's and Norway's codes are texts, in tables, SQL and frames."""
        nato = natodata.load()
        query = "SELECT iso_alpha2 FROM countries WHERE iso_alpha3 IN ('NAM', 'NOR') ORDER BY 1"
        frame = nato.countries.to_pandas()

        assert [("NA",), ("NO",)] == list(nato.sql(query))
        assert {"NA", "NO"} <= set(frame["iso_alpha2"].dropna())

    def test_sizes(self):
        """SQL sees as many records as there are."""
        nato = natodata.load()

        assert [(len(nato),)] == list(nato.sql("SELECT count(*) FROM records"))


class TestDiff:
    """Versions."""

    def test_itself(self):
        """The data do not differ from themselves."""
        nato = natodata.load()

        assert 0 == len(nato.diff(nato))
        assert 0 == len(nato.diff(nato.on("2013")))


class TestCite:
    """References."""

    def test_all_sources(self):
        """Every source gives an entry of BibTeX that another program can read."""
        nato = natodata.load()
        text = "\n\n".join(nato.cite(source, "bibtex") for source in nato.sources)
        library = bibtexparser.parse_string(text)

        assert [] == library.failed_blocks
        assert list(nato.sources.ids) == [entry.key for entry in library.entries]
