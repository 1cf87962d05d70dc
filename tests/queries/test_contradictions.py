"""What cannot all be so, and what a note excuses."""

import pytest

NOTE = ", note: So."


def found(data):
    """Return id of the record and text of what contradicts itself."""
    return [(each.record.id, each.text) for each in data.audit("contradictions")]


def operation(more):
    """Return an operation with some fields."""
    return f"operations: [{{id: op, name: Op, kind: support, admitted_by: others, {more}}}]"


class TestRanks:
    """What is ranked preferred."""

    def test_dates(self, made):
        """Two dates ranked preferred for one beginning contradict each other."""
        data = made(
            operation("""milestones: [
            {kind: launched, date: 2001, rank: preferred, note: So.},
            {kind: activated, date: 2001-02, rank: preferred, note: So.},
            {kind: ended, date: 2002, rank: preferred, note: So.},
            {kind: ended, date: 2002, rank: preferred, note: So.},
            {kind: ended, date: 2003}]""")
        )

        assert [("op", "two starts ranked preferred: launched 2001, activated 2001-02")] == found(
            data
        )
        assert {"contradictions"} == {each.kind for each in data.audit("contradictions")}

    def test_ends(self, made):
        """So do two for one end."""
        data = made(
            operation("""milestones: [
            {kind: launched, date: 2001},
            {kind: ended, date: 2002, rank: preferred, note: So.},
            {kind: ended, date: 2003, rank: preferred, note: So.}]""")
        )

        assert [("op", "two ends ranked preferred: ended 2002, ended 2003")] == found(data)

    def test_values(self, made):
        """So do two figures, or values held, ranked preferred for one time."""
        data = made(
            "organisations: [{id: x, name: X, kind: command}, {id: y, name: Y, kind: command}]",
            operation("""
            commands: [
              {value: x, period: 2001/2002, rank: preferred, note: So.},
              {value: y, period: 2001/2002, rank: preferred, note: So.},
              {value: y, period: 2003/.., rank: preferred, note: So.}],
            figures: [
              {measure: ships, value: 3, as_of: 2001, rank: preferred, note: So.},
              {measure: ships, value: 4, as_of: 2001, rank: preferred, note: So.},
              {measure: ships, value: 4, as_of: 2002, rank: preferred, note: So.}],
            claims: [
              {field: outcome, value: x, rank: preferred},
              {field: outcome, value: y, rank: preferred}]"""),
        )

        assert [
            ("op", "two values ranked preferred: commands x 2001/2002, commands y 2001/2002"),
            ("op", "two values ranked preferred: ships 3 as of 2001, ships 4 as of 2001"),
        ] == found(data)

    def test_none(self, small):
        """Rivals of different ranks do not contradict each other."""
        assert [] == [text for record, text in found(small) if record == "steady"]


class TestAtOnce:
    """Values held for a time, of which one excludes the other."""

    @pytest.fixture
    def held(self, made):
        """Return a function that gives what contradicts itself in values of an operation."""

        def texts(field, *values):
            bodies = """
            organisations:
              - {id: top, name: Top, kind: command}
              - {id: middle, name: Middle, kind: command, parent: top}
              - {id: low, name: Low, kind: command, parent: middle}
              - {id: other, name: Other, kind: command}
            """
            listed = ", ".join(f"{{{value}}}" for value in values)
            return [text for _, text in found(made(bodies, operation(f"{field}: [{listed}]")))]

        return texts

    @pytest.mark.parametrize("field", ["leads", "commands"])
    def test_two_open(self, held, field):
        """Two that both still go on contradict each other."""
        assert [f"two at once: {field} low 2001/.., {field} other 2005/.."] == held(
            field, "value: low, period: 2001/..", "value: other, period: 2005/.."
        )

    def test_seats(self, made):
        """So do two seats of a body."""
        data = made("""
        places: [{id: here, name: Here, kind: city}, {id: there, name: There, kind: city}]
        organisations: [{id: hq, name: HQ, kind: command, seats: [
          {value: here, period: 2001/..}, {value: there, period: 2002/..}]}]
        """)

        assert [("hq", "two at once: seats here 2001/.., seats there 2002/..")] == found(data)

    def test_postures(self, held):
        """So do two codes."""
        values = ("value: suspended, period: 2001/..", "value: standby, period: 2002/..")

        assert ["two at once: postures suspended 2001/.., postures standby 2002/.."] == held(
            "postures", *values
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [("2001/2005", "2003/2008"), ("2001-01-01/2005-06-02", "2005-06-01/..")],
        ids=["years", "two days"],
    )
    def test_past(self, held, one, other):
        """So do two that for sure overlap for more than a day, even where one is over."""
        assert [f"two at once: leads low {one}, leads other {other}"] == held(
            "leads", f"value: low, period: {one}", f"value: other, period: {other}"
        )

    def test_beside_others(self, held):
        """A value that contradicts none does not hide that others contradict each other."""
        assert ["two at once: leads low 2001/.., leads other 2005/.."] == held(
            "leads",
            "value: middle",
            "value: low, period: 2001/..",
            "value: other, period: 2005/..",
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("value: low, period: 2001-01-01/2005-06-01", "value: other, period: 2005-06-01/.."),
            ("value: low, period: 2001/2005", "value: other, period: 2005/.."),
            ("value: low, period: 2001/..", "value: other, period: 2005-06-15/2005-06"),
            ("value: low, period: 2001/", "value: other, period: 2005/.."),
            ("value: low", "value: other, period: 2005/.."),
            ("value: low, period: 2001/..", "value: other"),
            ("value: low, period: 2001/..", "value: low, period: 2005/.."),
            ("value: low, period: 2001/..", "value: top, period: 2005/.."),
            ("value: top, period: 2001/..", "value: low, period: 2005/.."),
            (f"value: low, period: 2001/..{NOTE}", f"value: other, period: 2005/..{NOTE}"),
            (
                f"value: low, period: 2001/.., rank: deprecated{NOTE}",
                "value: other, period: 2005/..",
            ),
        ],
        ids=[
            "handover",
            "handover in a year",
            "perhaps for a day",
            "end not known",
            "first not dated",
            "second not dated",
            "same value",
            "above",
            "below",
            "explained",
            "deprecated",
        ],
    )
    def test_none(self, held, one, other):
        """What the dates allow, what stands in one line of command and what notes explain."""
        assert [] == held("commands", one, other)

    def test_one_note(self, held):
        """The note of one says nothing of the other."""
        assert 1 == len(
            held("leads", f"value: low, period: 2001/..{NOTE}", "value: other, period: 2005/..")
        )

    def test_names(self, made):
        """A body may have several names at once."""
        data = made(operation("names: [{value: A, period: 2001/..}, {value: B, period: 2001/..}]"))

        assert [] == found(data)


class TestHolders:
    """Holders of a post that one person holds at a time."""

    @pytest.fixture
    def held(self, made):
        """Return a function that gives what contradicts itself among the tenures of a post."""

        def texts(one, other, post=""):
            return [
                text
                for _, text in found(
                    made(f"""
                    people: [{{id: ann, name: Ann}}, {{id: bob, name: Bob}}]
                    posts: [{{id: chief, name: Chief{post}}}]
                    tenures:
                      - {{id: chief-ann, post: chief, person: ann, {one}}}
                      - {{id: chief-bob, post: chief, person: bob, {other}}}
                    """)
                )
            ]

        return texts

    SINCE_2001 = (
        "milestones: [{kind: assumed, date: 2001-01-01}, {kind: attested, date: 2010-01-01}]"
    )
    SINCE_2009 = "milestones: [{kind: assumed, date: 2009-01-01}, {kind: attested, date: 2011}]"
    SINCE_2010 = "milestones: [{kind: assumed, date: 2010-01-01}]"

    @pytest.mark.parametrize("start", ["2009-01-01", "2009-12-31"], ids=["a year", "two days"])
    def test_two(self, held, start):
        """Two who for sure held it at one time contradict each other."""
        other = f"milestones: [{{kind: assumed, date: {start}}}, {{kind: attested, date: 2011}}]"

        assert [f"two at once: Ann 2001-01-01/.., Bob {start}/.."] == held(self.SINCE_2001, other)

    def test_beside_ranks(self, held):
        """They are told beside what else contradicts itself in the post."""
        rivals = (
            "{kind: established, date: 1990, rank: preferred, note: So.}, "
            "{kind: established, date: 1991, rank: preferred, note: So.}"
        )

        assert [
            "two starts ranked preferred: established 1990, established 1991",
            "two at once: Ann 2001-01-01/.., Bob 2009-01-01/..",
        ] == held(self.SINCE_2001, self.SINCE_2009, f", milestones: [{rivals}]")

    @pytest.mark.parametrize(
        ("other", "post"),
        [
            (SINCE_2010, ""),
            (f"acting: true, {SINCE_2009}", ""),
            (SINCE_2009, ", single: false"),
        ],
        ids=["handover", "acting", "several"],
    )
    def test_none(self, held, other, post):
        """A day of handover, one who stands in, and a post of several are none."""
        assert [] == held(self.SINCE_2001, other, post)

    def test_explained(self, held):
        """Notes of both explain it, the note of one does not."""
        assert [] == held(f"note: So., {self.SINCE_2001}", f"note: So., {self.SINCE_2009}")
        assert 1 == len(held(f"note: So., {self.SINCE_2001}", self.SINCE_2009))


class TestAfterTheEnd:
    """What is said of a time after the end."""

    @pytest.mark.parametrize(
        ("more", "texts"),
        [
            (
                "{kind: ended, date: 2002}, {kind: attested, date: 2003}",
                ["attested 2003, after its end, 2002"],
            ),
            ("{kind: ended, date: 2002}, {kind: attested, date: 2002-05}", []),
            ("{kind: attested, date: 2003}", []),
            ("{kind: ended, date: 2002}, {kind: transferred, date: 2003}", []),
            (f"{{kind: ended, date: 2002}}, {{kind: attested, date: 2003{NOTE}}}", []),
            (
                (
                    "{kind: ended, date: 2002}, "
                    f"{{kind: attested, date: 2003, rank: deprecated{NOTE}}}"
                ),
                [],
            ),
        ],
        ids=["after", "in that year", "no end", "another kind", "explained", "deprecated"],
    )
    def test_attested(self, made, more, texts):
        """What ended cannot be attested later."""
        assert texts == [text for _, text in found(made(operation(f"milestones: [{more}]")))]

    @pytest.mark.parametrize(
        ("figure", "texts"),
        [
            (
                "measure: troops, value: 7, as_of: 2003",
                ["troops 7 as of 2003, after its end, 2002"],
            ),
            ("measure: troops, value: 7, as_of: 2002", []),
            ("measure: troops, value: 7, as_of: 2003, since: 2001", []),
            ("measure: sorties, value: 7, as_of: 2003", []),
            (f"measure: troops, value: 7, as_of: 2003{NOTE}", []),
        ],
        ids=["after", "in that year", "running total", "what was done", "explained"],
    )
    def test_figures(self, made, figure, texts):
        """Nor can anything be there later; what was done may be counted afterwards."""
        data = made(
            operation(f"milestones: [{{kind: ended, date: 2002}}], figures: [{{{figure}}}]")
        )

        assert texts == [text for _, text in found(data)]
