"""What the packaged data hold of the Alliance itself: its members, meetings, posts and texts."""

from collections.abc import Iterator

import pytest

import natodata
from natodata.dates import Limit, PartialDate, Period
from natodata.queries.evidence import independent
from natodata.records import (
    Citation,
    Country,
    Decision,
    Document,
    Meeting,
    Membership,
    Organisation,
    Post,
    Programme,
    Tenure,
)
from natodata.records.vocabulary import DocumentKind, MeetingKind, MilestoneKind, OrganisationKind

NATO = natodata.load()
SUMMITS = [
    each
    for each in NATO.meetings.where(kind=MeetingKind.SUMMIT)
    if each.date.before("2026").certain and each.date.after("1956").certain
]
SINCE_PRAGUE = [each for each in SUMMITS if not each.date.before("2002-11-21").possible]
FRAMEWORKS = [
    *NATO.organisations.where(kind=OrganisationKind.PARTNERSHIP),
    NATO.organisations["euro-atlantic-partnership-council"],
    NATO.organisations["north-atlantic-cooperation-council"],
]


def days_of(meeting: Meeting) -> list[PartialDate | Limit]:
    """Return the first and last day of a meeting, as its source gives them."""
    date = meeting.date
    return [date.start, date.end] if isinstance(date, Period) else [date]


def facts() -> Iterator[tuple[Citation, ...]]:
    """Yield the citations of each dated or counted fact of the institutional side.

    These are the dated steps (but not what only shows a thing going on), the numbers and the dates
    of countries, bodies, posts, tenures, memberships, meetings, decisions, texts and programmes.
    What belongs to single operations (commanders, contributions) is counted elsewhere.
    """
    of_operations = {post.id for operation in NATO.operations for post in operation.posts}
    for record in NATO:
        if isinstance(record, Tenure) and record.post.id in of_operations:
            continue
        if isinstance(record, Meeting | Decision):
            yield tuple(each for each in record.citations if "date" in each.backs)
        lasting = Country | Organisation | Post | Tenure | Membership | Document | Programme
        if isinstance(record, lasting):
            for milestone in record.milestones:
                if milestone.kind is not MilestoneKind.ATTESTED:
                    yield milestone.citations
        if isinstance(record, Organisation | Programme):
            yield from (figure.citations for figure in record.figures)


class TestMeetings:
    """Summits."""

    def test_number(self):
        """From 1957 to 2025 there were at least 36 meetings of heads of State and Government."""
        assert len(SUMMITS) >= 36
        assert {"Paris", "Prague", "The Hague"} <= {
            each.place.name for each in SUMMITS if each.place is not None
        }

    @pytest.mark.parametrize("summit", SUMMITS, ids=lambda each: each.id)
    def test_days(self, summit):
        """Each has its exact day or days."""
        for day in days_of(summit):
            assert isinstance(day, PartialDate)
            assert "day" == day.precision

    @pytest.mark.parametrize("summit", SUMMITS, ids=lambda each: each.id)
    def test_place(self, summit):
        """Each has its place, but for the one by video."""
        assert (summit.place is None) is (summit.id == "virtual-summit-2022")

    @pytest.mark.parametrize("summit", SINCE_PRAGUE, ids=lambda each: each.id)
    def test_decisions(self, summit):
        """From Prague on it decided something."""
        assert len(NATO.decisions.where(meeting=summit)) > 0

    def test_article_5(self):
        """Article 5 was invoked on one day and found to apply on another."""
        days = [
            str(each.date)
            for each in NATO.decisions.where(topic="counter-terrorism").since("2001").until("2001")
            if "article-5" in each.id and each.date.before("2001-10-03").certain
        ]
        assert ["2001-09-12", "2001-10-02"] == sorted(days)


class TestFrameworks:
    """Partnerships and who belonged to them."""

    def test_all(self):
        """The four partnerships and the two councils are held."""
        assert {
            "euro-atlantic-partnership-council",
            "istanbul-cooperation-initiative",
            "mediterranean-dialogue",
            "north-atlantic-cooperation-council",
            "partners-across-the-globe",
            "partnership-for-peace",
        } <= {each.id for each in FRAMEWORKS}

    @pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda each: each.id)
    def test_memberships(self, framework):
        """Each has countries that belong or belonged to it."""
        assert len(NATO.members(framework=framework)) >= 4

    @pytest.mark.parametrize("year", range(1992, 2027))
    def test_no_member_is_a_partner(self, year):
        """Nobody was for sure a member and a partner on the first day of a year."""
        day = f"{year}-01-01"
        members = {each.country.id for each in NATO.members(day, certain=True)}
        partners = {each.country.id for each in NATO.partners(day, certain=True)}
        assert set() == members & partners

    def test_suspended(self):
        """Russia, Belarus and Afghanistan are suspended, and hold their membership still."""
        day = "2023"
        suspended = {
            each.country.id for each in NATO.partners(day) if each.suspended_on(day).certain
        }
        assert {"RUS", "BLR", "AFG"} == suspended


class TestPosts:
    """Who held a post."""

    @pytest.mark.parametrize("year", range(1952, 2027))
    def test_secretary_general(self, year):
        """Every year has one Secretary General, or one in his place, on 1 June."""
        assert "secretary-general" == NATO.holder("secretary-general", f"{year}-06-01").post.id

    @pytest.mark.parametrize("year", range(1951, 2026))
    def test_saceur(self, year):
        """Every year has one Supreme Allied Commander Europe on 1 June."""
        assert "saceur" == NATO.holder("saceur", f"{year}-06-01").post.id

    def test_no_gap(self):
        """No gap and no overlap is left unsaid, at any post."""
        texts = [str(each) for each in NATO.audit("tenures") if "not dated" not in each.text]
        assert [] == texts

    @pytest.mark.parametrize("post", ["secretary-general", "saceur"])
    def test_every_turn_dated(self, post):
        """Each tenure of the two highest posts has a beginning, and all but the last an end."""
        tenures = list(NATO.holders(post))
        assert all(each.start is not None for each in tenures)
        assert all(each.end is not None for each in tenures[:-1])


class TestTexts:
    """What guides the Alliance."""

    def test_strategic_concepts(self):
        """There are eight Strategic Concepts, each with the day on which it was approved."""
        concepts = NATO.documents.where(kind=DocumentKind.STRATEGIC_CONCEPT)
        assert 8 == len(concepts)
        assert all(each.start is not None for each in concepts)
        assert 8 == len({str(each.start) for each in concepts})

    def test_resolutions(self):
        """Every resolution has the day of its adoption, and its symbol or at least its number."""
        resolutions = NATO.documents.where(kind=DocumentKind.RESOLUTION)
        assert [] == [each.id for each in resolutions if each.start is None]
        assert [] == [
            each.id
            for each in resolutions
            if not any(letter.isdigit() for letter in each.symbol or each.name)
        ]


class TestSupport:
    """How well dates and numbers are supported."""

    def test_two_voices(self):
        """Of 900 dates and numbers and more at least half have two independent sources."""
        found = list(facts())
        doubled = [
            each for each in found if independent(citation.source for citation in each) >= 2
        ]
        assert len(found) >= 900
        assert len(doubled) * 2 >= len(found)
