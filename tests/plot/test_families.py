"""Families of kinds, marks of milestones, names and dates in few words."""

import pytest
from plot_data import dataset

from natodata.dates import parse_when
from natodata.plot.canvas import Style
from natodata.plot.families import FAMILIES, MARKS, family_of, mark_of, short_name, worded
from natodata.records.vocabulary import MilestoneKind, OperationKind


class TestFamilyOf:
    """``family_of(kind)``."""

    @pytest.mark.parametrize("kind", OperationKind)
    def test_one(self, kind):
        """Every kind of operation is in one family."""
        assert [family_of(kind)] == [each for each in FAMILIES if kind in each.kinds]

    def test_colours(self):
        """Each family has a colour of its own, which every style has."""
        colours = {family.colour for family in FAMILIES}

        assert len(FAMILIES) == len(colours)
        assert colours <= set(Style._fields)


class TestMarkOf:
    """``mark_of(kind)``."""

    def test_kinds(self):
        """Kinds that begin, end or attest have marks of theirs; the rest is change."""
        names = {kind: mark_of(kind).name for kind in MilestoneKind}

        assert "began" == names[MilestoneKind.LAUNCHED]
        assert "ended" == names[MilestoneKind.LAST_PERSONNEL_LEFT]
        assert "seen to go on" == names[MilestoneKind.ATTESTED]
        assert "changed" == names[MilestoneKind.EXTENDED]
        assert {mark.name for mark in MARKS} == set(names.values())

    def test_shapes(self):
        """Marks differ in shape, so that no colour is needed to tell them apart."""
        assert len(MARKS) == len({mark.marker for mark in MARKS})


class TestShortName:
    """``short_name(record, longest)``."""

    def test_names(self):
        """A long name gives way to an acronym, if there is one."""
        operations = dataset().operations

        assert "Operation Steady" == short_name(operations["steady"])
        assert "OWVLNI" == short_name(operations["faded"])
        assert operations["faded"].name == short_name(operations["faded"], 44)
        assert operations["bare"].name == short_name(operations["bare"])


class TestWorded:
    """``worded(when)``."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2001", "2001"),
            ("2001-10", "Oct 2001"),
            ("2001-10-04", "4 Oct 2001"),
            ("2001~", "about 2001"),
            ("2001?", "2001?"),
            ("2001-10%", "about Oct 2001?"),
            ("2016-07-08/2016-07-09", "8–9 Jul 2016"),
            ("2016-07-30/2016-08-02", "30 Jul–2 Aug 2016"),
            ("2016-07/2016-09", "Jul–Sep 2016"),
            ("2016-12-30/2017-01-02", "30 Dec 2016–2 Jan 2017"),
            ("2016/2017", "2016–2017"),
            ("../2016", "by 2016"),
            ("/2016-06-12", "by 12 Jun 2016"),
            ("2016/..", "from 2016"),
            ("../..", "undated"),
        ],
    )
    def test_words(self, text, expected):
        """Dates and periods read as people write them."""
        assert expected == worded(parse_when(text))
