"""Rules for facts: what loads, but should not stand in data that others rely upon."""

import pytest
from attrs import evolve
from small import SMALL, load

from natodata.dates import PartialDate, Period
from natodata.loading.integrity import integrity_faults
from natodata.records import (
    Citation,
    Claim,
    Figure,
    Held,
    Label,
    Milestone,
    Organisation,
    Place,
    Source,
    StrengthReport,
    StrengthRow,
    Topic,
)
from natodata.records.vocabulary import Bound, Extent, Measure, MilestoneKind, Rank, SourceClass

SMALL_RECORDS = load(SMALL).records
CALM = SMALL_RECORDS["calm"]
GAZETTE = SMALL_RECORDS["gazette"]
BY_GAZETTE = (Citation(source=GAZETTE),)


def found(*changed):
    """Return the faults in the small dataset with some records changed or added."""
    records = {**SMALL_RECORDS, **{record.id: record for record in changed}}
    return [
        (identifier, fault.path, fault.expected, fault.got)
        for identifier, fault in integrity_faults(records)
    ]


def milestone(kind, when, rank="normal", note=None):
    """Return a milestone that the Gazette gives."""
    when = Period(when) if "/" in when else PartialDate(when)
    return Milestone(
        kind=MilestoneKind(kind), date=when, rank=Rank(rank), note=note, citations=BY_GAZETTE
    )


class TestWhole:
    """The small dataset keeps every rule."""

    def test_none(self):
        """There is nothing to find in it, so each test below finds what it changed."""
        assert [] == found()

    def test_nothing(self):
        """Nothing is wrong with nothing."""
        assert [] == list(integrity_faults({}))


class TestBacked:
    """Every factual field is backed by a citation."""

    @pytest.mark.parametrize(
        ("changes", "path", "field"),
        [
            ({"outcome": "It ended."}, ("outcome",), "outcome"),
            ({"places": (SMALL_RECORDS["oslo"],)}, ("places",), "places"),
            ({"aims": ("Calm",)}, ("aims",), "aims"),
            ({"labels": (Label(language="fr", text="Calme"),) * 2}, ("labels",), "labels"),
        ],
        ids=["text", "references", "texts", "pieces without citations of their own"],
    )
    def test_unbacked(self, changes, path, field):
        """A field that no citation names is told once, whatever it holds."""
        expected = [("calm", path, f"a citation that backs {field!r}", "none")]

        assert expected == found(evolve(CALM, **changes))

    def test_false_is_a_fact(self):
        """That something is not so must be backed like anything else."""
        backs = [name for name in CALM.citations[0].backs if name != "combat"]
        citation = evolve(CALM.citations[0], backs=tuple(backs))

        assert [("calm", ("combat",), "a citation that backs 'combat'", "none")] == found(
            evolve(CALM, citations=(citation,))
        )

    def test_pieces(self):
        """A piece that can carry citations must: it is told by its place."""
        bare = evolve(CALM.figures[1], citations=())

        assert [("calm", ("figures", 1), "a citation", "none")] == found(
            evolve(CALM, figures=(CALM.figures[0], bare))
        )

    def test_editors_fields(self):
        """What the editors add needs no citation."""
        changed = evolve(CALM, note="Another.", topics=(SMALL_RECORDS["sea"],))

        assert [] == found(changed)

    def test_editors_records(self):
        """Topics and sources are the editors' own."""
        assert [] == found(Topic(id="t", name="T", definition="D"))

    def test_absent(self):
        """What is not known need not be backed."""
        assert [] == found(evolve(CALM, predecessors=(), combat=None))


class TestSources:
    """Sources are used, and those that were not read are not cited."""

    UNREAD = SMALL_RECORDS["memoir"]

    @pytest.mark.parametrize(
        ("changed", "path"),
        [
            (
                evolve(
                    SMALL_RECORDS["ola"],
                    citations=(
                        *SMALL_RECORDS["ola"].citations,
                        Citation(source=UNREAD, backs=("name",)),
                    ),
                ),
                ("citations", 1, "source"),
            ),
            (
                evolve(
                    SMALL_RECORDS["hq"],
                    seats=(
                        evolve(
                            SMALL_RECORDS["hq"].seats[0],
                            citations=(*BY_GAZETTE, Citation(source=UNREAD)),
                        ),
                    ),
                ),
                ("seats", 0, "citations", 1, "source"),
            ),
        ],
        ids=["of the record", "of a piece"],
    )
    def test_unread(self, changed, path):
        """A fact cannot stand on what nobody read."""
        got = "'memoir', which was not read"

        assert [(changed.id, path, "a source that was read", got)] == found(changed)

    def test_unread_by_another(self):
        """What a record refers to has its own citations, and is told itself."""
        hosts = [evolve(each, citations=(Citation(source=self.UNREAD),)) for each in CALM.hosts]

        assert [] == found(evolve(CALM, hosts=tuple(hosts)))

    def test_unread_and_not_named(self):
        """A source that was not read is there because another one names it."""
        expected = "named_by: a source that was not read is named by another"

        assert [("memoir", (), expected, "none")] == found(evolve(self.UNREAD, named_by=None))

    def test_unused(self):
        """A source that was read backs something."""
        source = Source(id="s", source_class=SourceClass.PRESS, title="S", extent=Extent.EXCERPT)

        assert [("s", (), "a source that some record cites", "none that does")] == found(source)


class TestOrder:
    """Milestones stand in order of time."""

    def test_reversed(self):
        """A later one before an earlier one is told, if the dates decide it."""
        calm = evolve(
            CALM, milestones=(milestone("launched", "2001-10"), milestone("extended", "2001-09"))
        )
        got = "2001-09 after 2001-10"

        assert [("calm", ("milestones", 1), "milestones in order of time", got)] == found(calm)

    def test_undecided(self):
        """Dates that do not decide it may stand either way."""
        calm = evolve(
            CALM, milestones=(milestone("launched", "2001-10"), milestone("extended", "2001"))
        )

        assert [] == found(calm)

    def test_end_before_start(self):
        """Nothing ends before it begins."""
        calm = evolve(CALM, milestones=(milestone("ended", "2001"), milestone("launched", "2002")))

        assert [("calm", ("milestones",), "an end not before the start 2002", "2001")] == found(
            calm
        )

    @pytest.mark.parametrize("rank", ["preferred", "deprecated"])
    def test_rank_without_a_reason(self, rank):
        """Who prefers one of two says why."""
        expected = "a note that says why it is ranked so"
        silent = evolve(CALM, milestones=(milestone("launched", "2001", rank),))
        spoken = evolve(CALM, milestones=(milestone("launched", "2001", rank, "Because."),))

        assert [("calm", ("milestones", 0), expected, "none")] == found(silent)
        assert [] == found(spoken)

    def test_attested_for_ever(self):
        """A source attests days, not what comes after them."""
        calm = evolve(CALM, milestones=(milestone("attested", "2001/.."),))

        assert [("calm", ("milestones", 0, "date"), "a date", "2001/..")] == found(calm)
        assert [] == found(evolve(CALM, milestones=(milestone("attested", "2001/2002"),)))


class TestFigures:
    """A figure is whole."""

    @pytest.mark.parametrize(
        ("bound", "upper", "right"),
        [
            ("between", 4, True),
            ("exact", None, True),
            ("between", None, False),
            ("about", 4, False),
        ],
    )
    def test_both_ends(self, bound, upper, right):
        """*Between* has an upper end, and nothing else has one."""
        figure = Figure(
            measure=Measure.SHIPS,
            value=2,
            upper=upper,
            bound=Bound(bound),
            as_of=PartialDate("2002"),
            citations=BY_GAZETTE,
        )
        expected = "both `bound: between` and `upper`, or neither"
        problem = ("calm", ("figures", 0), expected, "one of them")

        assert ([] if right else [problem]) == found(evolve(CALM, figures=(figure,)))


class TestHeld:
    """A value that was held for a time says why it is ranked."""

    @pytest.mark.parametrize("note", [None, "Because."])
    def test_rank(self, note):
        """As with milestones."""
        held = Held(
            value=SMALL_RECORDS["oslo"], rank=Rank.DEPRECATED, note=note, citations=BY_GAZETTE
        )
        problem = ("hq", ("seats", 0), "a note that says why it is ranked so", "none")

        assert ([] if note else [problem]) == found(evolve(SMALL_RECORDS["hq"], seats=(held,)))


class TestSheets:
    """The lines of a strength sheet add up, or it is said why not."""

    REPORT = SMALL_RECORDS["calm-2002"]

    def test_sum(self):
        """A difference needs the sheet's caveat or the editors' note."""
        expected = "a note on why the lines and the printed total differ"
        report = evolve(self.REPORT, printed_total=101)

        assert [("calm-2002", ("rows",), expected, "100 against 101")] == found(report)
        assert [] == found(evolve(report, note="A slip of the sheet."))
        backs = (*report.citations[0].backs, "caveat")
        citation = evolve(report.citations[0], backs=backs)
        assert [] == found(evolve(report, caveat="Rounded.", citations=(citation,)))

    def test_without_a_total(self):
        """Where no total is printed there is nothing to add up to."""
        rows = (StrengthRow(country=SMALL_RECORDS["NOR"], personnel=1),)
        report = StrengthReport(
            id="r",
            operation=CALM,
            date=PartialDate("2003"),
            rows=rows,
            citations=(Citation(source=GAZETTE, backs=("operation", "date", "rows")),),
        )

        assert [] == found(report)

    def test_all_unbacked(self):
        """Each field that nothing backs is told, whatever stands before it."""
        backing = evolve(self.REPORT.citations[0], backs=("operation", "date"))
        report = evolve(self.REPORT, citations=(backing,))

        assert [
            ("calm-2002", (name,), f"a citation that backs {name!r}", "none")
            for name in ("rows", "printed_total")
        ] == found(report)


class TestClaims:
    """A claim for a field that has no value of its own says why."""

    @pytest.mark.parametrize(
        ("field", "note", "right"),
        [
            ("outcome", None, False),
            ("aims", None, False),
            ("outcome", "Nobody else says how it ended.", True),
            ("combat", None, True),
        ],
    )
    def test_lone(self, field, note, right):
        """A rival of nothing needs a note; a rival of a value, though it is false, does not."""
        claim = Claim(field=field, value="x", note=note, citations=BY_GAZETTE)
        operation = evolve(CALM, outcome=None, aims=(), combat=False, claims=(claim,))

        wanted = f"a note that says why {field!r} has no value of its own"
        expected = [] if right else [("calm", ("claims", 0), wanted, "none")]
        assert expected == [each for each in found(operation) if each[1][0] == "claims"]


class TestOtherRecords:
    """Records without milestones or figures have nothing of that kind to check."""

    def test_place_and_organisation(self):
        """They are looked at like others."""
        place = Place(id="p", name="P", kind="city")
        body = Organisation(id="o", name="O", kind="alliance")

        expected = {("p", ("name",)), ("p", ("kind",)), ("o", ("name",)), ("o", ("kind",))}
        assert expected == {(identifier, path) for identifier, path, _, _ in found(place, body)}
