"""Records: what they are equal to, that they cannot change, and what they compute."""

import copy
import pickle
from datetime import date

import pytest
from attrs import evolve, fields
from attrs.exceptions import FrozenInstanceError
from small import SMALL, fields_of, pickled, store

from natodata.dates import LATER, NEVER, PartialDate, Period
from natodata.errors import NotKnown
from natodata.records import (
    REGISTRY,
    Citation,
    CitedRecord,
    Claim,
    Contribution,
    Country,
    Figure,
    Held,
    Label,
    Lasting,
    LegalBasis,
    Membership,
    Milestone,
    Operation,
    Organisation,
    Person,
    Place,
    Post,
    Programme,
    Provision,
    Record,
    Source,
    StrengthReport,
    StrengthRow,
    Task,
    Tenure,
    Topic,
    typed_fields,
)
from natodata.records.base import current, taken
from natodata.records.vocabulary import (
    AreaOfTask,
    Bound,
    Capacity,
    Extent,
    InclusionClause,
    LegalBasisKind,
    Measure,
    MilestoneKind,
    Modality,
    OperationKind,
    OrganisationKind,
    PlaceKind,
    ProgrammeKind,
    ProvisionKind,
    Rank,
    SourceClass,
)

STORE = store()
RECORDS = {identifier: STORE.record(identifier) for identifier in STORE.all_ids()}

OFFICIAL = Source(
    id="gazette", source_class=SourceClass.PRIMARY_OFFICIAL, title="Gazette", extent=Extent.FULL
)
PRESS = Source(id="daily", source_class=SourceClass.PRESS, title="Daily", extent=Extent.FULL)
NORWAY, IRAQ = Country(id="NOR", name="Norway"), Country(id="IRQ", name="Iraq")

PIECES = (
    Label(language="fr", text="Irak"),
    Milestone(kind=MilestoneKind.LAUNCHED, date=PartialDate("2001")),
    Figure(measure=Measure.PERSONNEL, value=7, as_of=Period("2001/2002")),
    Held(value="x", period=Period("2001/..")),
    Citation(source=OFFICIAL, backs=("name",)),
    Claim(field="name", value="x"),
    LegalBasis(kind=LegalBasisKind.UN_RESOLUTION),
    Task(modality=Modality.PROTECT, area=AreaOfTask.SHIPPING),
    StrengthRow(country=NORWAY, bound=Bound.ABOUT),
    Provision(kind=ProvisionKind.REQUIRES, text="x"),
)


def milestone(kind, when, *sources, rank="normal"):
    """Return a milestone of a kind, that some sources give."""
    citations = tuple(Citation(source=source) for source in sources)
    when = Period(when) if "/" in when else PartialDate(when)
    return Milestone(kind=MilestoneKind(kind), date=when, rank=Rank(rank), citations=citations)


def operation(*milestones, **more):
    """Return an operation with milestones."""
    return Operation(
        id="calm",
        name="Calm",
        kind=OperationKind.COMBAT,
        admitted_by=InclusionClause.COUNCIL_DECISION,
        milestones=milestones,
        **more,
    )


class TestRegistry:
    """`REGISTRY` lists the record types."""

    def test_all_are_there(self):
        """The small dataset has a record of every type, so these tests see them all."""
        assert {row.cls for row in REGISTRY} == {type(record) for record in RECORDS.values()}

    def test_each_once(self):
        """No type and no collection is listed twice."""
        assert len(REGISTRY) == len({row.cls for row in REGISTRY})
        assert len(REGISTRY) == len({row.collection for row in REGISTRY})

    def test_every_field_is_documented(self):
        """A literal right under each field says what it holds."""
        import ast
        import inspect

        silent = []
        for cls in {*(row.cls for row in REGISTRY), *map(type, PIECES), CitedRecord}:
            body = ast.parse(inspect.getsource(cls)).body[0].body
            for node, below in zip(body, [*body[1:], None], strict=True):
                documented = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
                plain = isinstance(node, ast.AnnAssign) and "ClassVar" not in ast.unparse(node)
                if plain and not documented:
                    silent.append(f"{cls.__name__}.{ast.unparse(node.target)}")

        assert [] == silent


class TestTypedFields:
    """`typed_fields` resolves what stands in quotes."""

    @pytest.mark.parametrize("cls", [*(row.cls for row in REGISTRY), *map(type, PIECES)])
    def test_no_text_is_left(self, cls):
        """Every type of every field is a type."""
        assert [] == [field.name for field in typed_fields(cls) if isinstance(field.type, str)]

    def test_same_each_time(self):
        """The work is done once."""
        assert typed_fields(Operation) is typed_fields(Operation)


class TestIdentity:
    """Equality and hash go by type and id."""

    def test_equal(self):
        """Two records of one type and id are equal, whatever else they say."""
        other = Country(id="NOR", name="Kingdom of Norway")

        assert other == NORWAY
        assert hash(other) == hash(NORWAY)
        assert 1 == len({other, NORWAY})

    def test_unequal(self):
        """Another id, another type, and what is no record are not equal."""
        assert NORWAY != IRAQ
        assert Country(id="x", name="X") != Topic(id="x", name="X")
        assert NORWAY != "NOR"

    @pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
    def test_repr(self, record):
        """One short line with type and id: a graph never explodes."""
        assert f"<{type(record).__name__} {record.id}>" == repr(record)

    @pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
    @pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
    def test_copy(self, record, again):
        """A copy of what cannot change is the thing itself."""
        assert record is again(record)

    def test_deepcopy_inside(self):
        """In a copied structure the records stay themselves."""
        structure = {"op": [RECORDS["calm"]]}

        assert RECORDS["calm"] is copy.deepcopy(structure)["op"][0]


class TestImmutability:
    """No attribute can be set, deleted or added."""

    @pytest.mark.parametrize(
        "thing", [*RECORDS.values(), *PIECES], ids=[*RECORDS, *(type(p).__name__ for p in PIECES)]
    )
    def test_frozen(self, thing):
        """This holds for every field of every record and piece, and for new names."""
        for name in (*(field.name for field in fields(type(thing))), "another"):
            with pytest.raises((FrozenInstanceError, AttributeError)):
                setattr(thing, name, None)
        for field in fields(type(thing)):
            with pytest.raises(FrozenInstanceError):
                delattr(thing, field.name)
        assert not hasattr(thing, "__dict__")

    @pytest.mark.parametrize("piece", PIECES, ids=lambda piece: type(piece).__name__)
    def test_pieces_compare_by_value(self, piece):
        """A piece equals one that says the same, and can be a key."""
        assert evolve(piece) == piece
        assert hash(evolve(piece)) == hash(piece)


class TestPickle:
    """`Portable`: pickles carry the fields by name."""

    @pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
    def test_records(self, record):
        """A record comes back equal, saying the same in every field."""
        again = pickled(record)

        assert record == again
        assert fields_of(record) == fields_of(again)

    @pytest.mark.parametrize("piece", PIECES, ids=lambda piece: type(piece).__name__)
    def test_pieces(self, piece):
        """A piece comes back equal."""
        assert piece == pickled(piece)

    def test_sharing(self):
        """What is one object before is one object after."""
        calm, alliance = pickled((RECORDS["calm"], RECORDS["alliance"]))

        assert alliance is calm.leads[0].value
        assert alliance is calm.coordinates_with[0].parent

    def test_other_versions(self):
        """A field that this version lacks is left out; one that the pickle lacks has its default.

        The payload is frozen: what an early version wrote must be read for ever.
        """
        payload = (
            b"cnatodata.records.evidence\n_again\n"
            b"(cnatodata.records.base\nLabel\n"
            b"(dVlanguage\nVfr\nsVtext\nVIrak\nsVdialect\nVnone\nstR."
        )

        assert Label(language="fr", text="Irak") == pickle.loads(payload)  # noqa: S301

    def test_frozen_payload(self):
        """The same for a record, with a date and a coded value in it."""
        payload = (
            b"cnatodata.records.evidence\n_again\n"
            b"(cnatodata.records.evidence\nSource\n"
            b"(dVid\nVgazette\n"
            b"sVsource_class\ncnatodata.records.vocabulary\nSourceClass\n(Vpress\ntR"
            b"sVtitle\nVGazette\n"
            b"sVdate\ncnatodata.dates\nPartialDate\n(V2001-05\ntR"
            b"sVextent\ncnatodata.records.vocabulary\nExtent\n(Vfull\ntR"
            b"stR."
        )
        expected = Source(
            id="gazette",
            source_class=SourceClass.PRESS,
            title="Gazette",
            date=PartialDate("2001-05"),
            extent=Extent.FULL,
        )

        assert fields_of(expected) == fields_of(pickle.loads(payload))  # noqa: S301

    def test_what_says_nothing_is_not_written(self):
        """A field that is absent takes no room."""
        assert {"id": "NOR", "name": "Norway"} == NORWAY.__reduce__()[1][1]


class TestTaken:
    """`taken`: which milestone the published rule takes."""

    KINDS = (MilestoneKind.LAUNCHED, MilestoneKind.ACTIVATED)

    def test_none(self):
        """Where no milestone is of a kind that counts, none is taken."""
        assert taken((milestone("extended", "2001"),), self.KINDS) is None
        assert taken((), self.KINDS) is None

    def test_deprecated(self):
        """A deprecated one is never taken."""
        assert taken((milestone("launched", "2001", rank="deprecated"),), self.KINDS) is None

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (
                milestone("activated", "2003", PRESS, rank="preferred"),
                milestone("launched", "2001", OFFICIAL),
            ),
            (milestone("launched", "2003", PRESS), milestone("activated", "2001", OFFICIAL)),
            (milestone("launched", "2003", OFFICIAL), milestone("launched", "2001", PRESS)),
            (milestone("launched", "2003", PRESS), milestone("launched", "2001")),
            (milestone("launched", "2001", PRESS), milestone("launched", "2003", PRESS)),
        ],
        ids=["rank", "kind", "source", "a source at all", "date"],
    )
    def test_order(self, first, second):
        """Rank goes first, then kind, then the class of the best source, then the earlier date."""
        assert first is taken((first, second), self.KINDS)
        assert first is taken((second, first), self.KINDS)

    def test_exact_date_within_a_vaguer_one(self):
        """An exact date within the one found first goes before it; another day does not."""
        month, day = (
            milestone("launched", "2003-05", OFFICIAL),
            milestone("launched", "2003-05-03"),
        )
        other = milestone("launched", "2003-06-03")

        assert day is taken((month, other, day), self.KINDS)
        assert month is taken((month, other), self.KINDS)

    def test_best_source(self):
        """Of several sources the best one counts."""
        both = milestone("launched", "2003", PRESS, OFFICIAL)

        assert both is taken((milestone("launched", "2001", PRESS), both), self.KINDS)


class TestLasting:
    """`Lasting`: beginning, end and what lies between."""

    def test_nothing(self):
        """Without milestones nothing is known, and the bounds are as wide as can be."""
        nothing = operation()

        assert nothing.start is None
        assert nothing.end is None
        assert nothing.start_milestone is None
        assert nothing.end_milestone is None
        assert nothing.last_attested is None
        assert nothing.period is None
        assert (NEVER, LATER, NEVER, LATER) == nothing.bounds

    def test_start_and_end(self):
        """Both come from the milestones that the rule takes."""
        start, end = milestone("launched", "2001-10-26"), milestone("ended", "2004")
        calm = operation(start, end)

        assert start is calm.start_milestone
        assert end is calm.end_milestone
        assert PartialDate("2001-10-26") == calm.start
        assert PartialDate("2004") == calm.end
        assert Period("2001-10-26/2004") == calm.period
        assert calm.period.bounds == calm.bounds

    def test_attested(self):
        """The latest attestation counts, wherever it stands, and leaves the end open."""
        calm = operation(
            milestone("launched", "2001"),
            milestone("attested", "2005"),
            milestone("attested", "2003"),
        )

        assert PartialDate("2005") == calm.last_attested
        assert Period("2001/..") == calm.period

    def test_not_attested(self):
        """Without one the end is unknown, which is not the same as open."""
        assert Period("2001/") == operation(milestone("launched", "2001")).period

    def test_only_an_end(self):
        """A beginning that nobody gives is unknown."""
        assert Period("/2004") == operation(milestone("ended", "2004")).period

    def test_outer_days(self):
        """Of a beginning or end that is a span, the outer day is taken."""
        calm = operation(
            milestone("launched", "2018-07-11/2018-07-12"), milestone("ended", "2020-01/2020-02")
        )

        assert Period("2018-07-11/2020-02") == calm.period

    def test_bounds_from_attestations(self):
        """It was there on attested days, so it began by the first and ended after the last."""
        calm = operation(milestone("attested", "2003-05-01"), milestone("attested", "2005-05-01"))
        first, last = date(2003, 5, 1).toordinal(), date(2005, 5, 1).toordinal()

        assert (NEVER, first, last, LATER) == calm.bounds

    def test_bounds_ignore_an_attestation_without_a_beginning(self):
        """A stretch that has no first day attests no day."""
        assert (NEVER, LATER, NEVER, LATER) == operation(milestone("attested", "../2003")).bounds

    def test_bounds_with_an_end_alone(self):
        """It cannot have begun after it ended."""
        end = date(2004, 5, 1).toordinal()

        assert (NEVER, end, end, end) == operation(milestone("ended", "2004-05-01")).bounds

    def test_bounds_with_a_beginning_alone(self):
        """It cannot have ended before it began."""
        start = date(2004, 5, 1).toordinal()

        assert (start, start, start, LATER) == operation(
            milestone("launched", "2004-05-01")
        ).bounds

    def test_rules_name_real_kinds(self):
        """Each type with a rule names kinds of milestones, each once and never on both sides."""
        lasting = [row.cls for row in REGISTRY if issubclass(row.cls, Lasting)]

        assert lasting
        for cls in lasting:
            kinds = (*cls.starts, *cls.ends)
            assert len(set(kinds)) == len(kinds)
            assert all(isinstance(kind, MilestoneKind) for kind in kinds)


class TestStretches:
    """`Lasting.stretches`: times between an end and a new beginning."""

    JOINED, WITHDREW, REJOINED = (
        milestone("joined", "2001"),
        milestone("withdrew", "2003-05-01"),
        milestone("rejoined", "2006"),
    )

    @staticmethod
    def part(*milestones, within=None):
        """Return a contribution with milestones."""
        return Contribution(
            id="calm-nor",
            operation=within or operation(),
            country=NORWAY,
            capacity=Capacity.MEMBER,
            milestones=milestones,
        )

    def test_one(self):
        """Without a new beginning there is one stretch, of the milestones as they stand."""
        part = self.part(self.WITHDREW, self.JOINED)

        assert ((self.WITHDREW, self.JOINED),) == part.stretches
        assert (part.bounds,) == part.spells

    def test_two(self):
        """A new beginning after an end opens a second stretch, however they are written."""
        part = self.part(self.REJOINED, self.WITHDREW, self.JOINED)

        assert ((self.JOINED, self.WITHDREW), (self.REJOINED,)) == part.stretches
        assert self.JOINED is part.start_milestone
        assert part.end_milestone is None
        assert (*part.spells[0][:2], *part.spells[1][2:]) == part.bounds

    def test_no_end_before(self):
        """A new beginning without an end before it opens nothing."""
        assert ((self.JOINED, self.REJOINED),) == self.part(self.JOINED, self.REJOINED).stretches

    def test_without_a_first_day(self):
        """What has no first day stands where its last day is."""
        early = milestone("attested", "../2002")

        assert early in self.part(self.REJOINED, self.WITHDREW, early, self.JOINED).stretches[0]

    def test_within_the_operation(self):
        """Nobody takes part in an operation before it began or after it ended."""
        whole = operation(milestone("launched", "2002-01-01"), milestone("ended", "2002-12-31"))
        first, last = date(2002, 1, 1).toordinal(), date(2002, 12, 31).toordinal()

        ((begin, _, _, end),) = self.part(milestone("attested", "2002-06"), within=whole).spells

        assert (first, last) == (begin, end)

    LIFE = (milestone("established", "2002-01-01"), milestone("ended", "2002-12-31"))
    FIRST, LAST = date(2002, 1, 1).toordinal(), date(2002, 12, 31).toordinal()

    def test_within_the_framework(self):
        """Nobody belongs to a framework before it began or after it ended."""
        framework = Organisation(
            id="club", name="Club", kind=OrganisationKind.PARTNERSHIP, milestones=self.LIFE
        )
        member = Membership(
            id="club-nor",
            country=NORWAY,
            framework=framework,
            milestones=(milestone("attested", "2002-06-01"),),
        )
        there = date(2002, 6, 1).toordinal()

        assert ((self.FIRST, there, there, self.LAST),) == member.spells
        joined = evolve(member, milestones=(milestone("joined", "2001-05-01"),))
        before = date(2001, 5, 1).toordinal()
        assert ((before, before, before, self.LAST),) == joined.spells

    def test_within_the_post(self):
        """Nobody holds a post before it was made or after it was abolished."""
        post = Post(id="head", name="Head", milestones=self.LIFE)
        tenure = Tenure(id="head-a", post=post, person=Person(id="a", name="A"), milestones=())

        assert ((self.FIRST, LATER, NEVER, self.LAST),) == tenure.spells
        lasting = evolve(tenure, post=evolve(post, milestones=()))
        assert ((NEVER, LATER, NEVER, LATER),) == lasting.spells

    def test_signed(self):
        """A programme begins with its signature, where no step that goes before is known."""
        programme = Programme(
            id="work",
            name="Work",
            kind=ProgrammeKind.PROGRAMME_OF_WORK,
            milestones=(milestone("signed", "2012-09"),),
        )

        assert "2012-09" == str(programme.start)


class TestSuspended:
    """``Membership.suspensions`` and ``suspended_on``."""

    @staticmethod
    def membership(*milestones):
        """Return a membership with milestones."""
        club = Organisation(id="club", name="Club", kind=OrganisationKind.PARTNERSHIP)
        return Membership(id="m", country=NORWAY, framework=club, milestones=milestones)

    @pytest.mark.parametrize(
        ("day", "answer"),
        [
            ("1995", "no"),
            ("1996-05", "yes"),
            ("1996-05-09", "no"),
            ("1997", "yes"),
            ("1998-03-15", "maybe"),
            ("1999", "no"),
            ("2005", "yes"),
            ("2010", "yes"),
            ("2011", "maybe"),
        ],
    )
    def test_until_resumed(self, day, answer):
        """It lasts until it is resumed, or else for sure as long as the membership is known."""
        member = self.membership(
            milestone("joined", "1994"),
            milestone("suspended", "1995-01-01", rank="deprecated"),
            milestone("suspended", "1996-05-10"),
            milestone("suspended", "1997"),
            milestone("resumed", "1998-03"),
            milestone("resumed", "1998-05"),
            milestone("suspended", "2004-02-01"),
            milestone("attested", "2010"),
        )

        assert answer == member.suspended_on(day).value

    def test_ends_with_it(self):
        """What was left is no longer suspended, nor is it after a return."""
        member = self.membership(
            milestone("joined", "1995"),
            milestone("suspended", "1996-10-01"),
            milestone("withdrew", "1996-10-27"),
            milestone("rejoined", "2008-04-03"),
        )
        since, left = date(1996, 10, 1).toordinal(), date(1996, 10, 27).toordinal()

        assert ((since, since, left, left),) == member.suspensions
        assert "no" == member.suspended_on("2009").value

    def test_never(self):
        """Most never were."""
        assert () == self.membership(milestone("joined", "1995")).suspensions


class TestCurrent:
    """`current`: the value held last."""

    @staticmethod
    def held(value, period=None, rank="normal"):
        """Return a value held for a time."""
        return Held(value=value, period=period and Period(period), rank=Rank(rank))

    def test_nothing(self):
        """Nothing held gives nothing, and neither does what is deprecated."""
        assert current(()) is None
        assert current((self.held("a", "2001/..", "deprecated"),)) is None

    @pytest.mark.parametrize(
        ("later", "earlier"),
        [
            (("b", "2001/.."), ("a", "2003/2004")),
            (("b", "2003/2004"), ("a", "2001/2004")),
            (("b", "2001/..", "preferred"), ("a", "2001/..")),
            (("b", "2001/.."), ("a", "1990/1991", "preferred")),
            (("b", "1990/1991"), ("a", None, "preferred")),
            (("b", None, "preferred"), ("a", None)),
        ],
        ids=["end", "start", "rank", "end before rank", "dated", "preferred without a date"],
    )
    def test_order(self, later, earlier):
        """End, then start, then rank decide, in whatever order they are written."""
        assert "b" == current((self.held(*later), self.held(*earlier)))
        assert "b" == current((self.held(*earlier), self.held(*later)))

    def test_tie(self):
        """Of two that are held alike, the one written last is taken."""
        assert "b" == current((self.held("a"), self.held("b")))


class TestLinks:
    """Shortcuts that lead to another record."""

    ALLIANCE = Organisation(id="alliance", name="Alliance", kind=OrganisationKind.ALLIANCE)
    OSLO = Place(id="oslo", name="Oslo", kind=PlaceKind.CITY)

    def test_followed(self):
        """Each gives the latest of its list."""
        held = (Held(value=self.ALLIANCE),)
        hq = evolve(self.ALLIANCE, seats=(Held(value=self.OSLO),))
        courses = Programme(id="c", name="C", kind=ProgrammeKind.INITIATIVE, owners=held)

        assert self.ALLIANCE is operation(leads=held).lead
        assert self.ALLIANCE is operation(commands=held).command
        assert self.ALLIANCE is courses.owner
        assert self.OSLO is hq.seat

    @pytest.mark.parametrize(
        ("record", "name"),
        [
            (operation(), "lead"),
            (operation(), "command"),
            (ALLIANCE, "seat"),
            (Programme(id="c", name="C", kind=ProgrammeKind.INITIATIVE), "owner"),
        ],
    )
    def test_nowhere(self, record, name):
        """A link that leads nowhere says so, and how to ask for `None`."""
        with pytest.raises(NotKnown, match=f"{record.id!r} has no {name} in the data; '{name}s'"):
            getattr(record, name)
        assert getattr(record, name, None) is None


class TestOperation:
    """What an operation computes beside its beginning and end."""

    OTHERS = Organisation(id="others", name="Others", kind=OrganisationKind.ALLIANCE)

    def test_posture(self):
        """The latest posture, or nothing."""
        from natodata.records.vocabulary import Posture

        first = next(iter(Posture))

        assert operation().posture is None
        assert first is operation(postures=(Held(value=first),)).posture

    def test_legal_basis_kind(self):
        """Each kind once, in the order of the vocabulary and not of the record."""
        first, second = list(LegalBasisKind)[:2]
        bases = tuple(LegalBasis(kind=kind) for kind in (second, first, second))

        assert (first, second) == operation(legal_bases=bases).legal_basis_kind

    def test_asserted_by_others(self):
        """A ground that only others assert is not its own."""
        basis = LegalBasis(kind=LegalBasisKind.UN_RESOLUTION, asserted_by=self.OTHERS)

        assert () == operation(legal_bases=(basis,)).legal_basis_kind


class TestCountry:
    """Codes by which other data sets know a country."""

    def test_latest(self):
        """The latest of each list, or nothing."""
        iraq = evolve(IRAQ, cow_codes=(Held(value=645),), gw_codes=(Held(value=1), Held(value=2)))

        assert (645, 2) == (iraq.cow, iraq.gw)
        assert (None, None) == (IRAQ.cow, IRAQ.gw)


class TestSourceClass:
    """`SourceClass.preference` orders the classes."""

    def test_order(self):
        """The order of the vocabulary is the order of preference."""
        assert list(range(len(SourceClass))) == [member.preference for member in SourceClass]
        assert SourceClass.PRIMARY_OFFICIAL.preference < SourceClass.REFERENCE.preference


class TestStrengthReport:
    """`StrengthReport.check` adds up."""

    @staticmethod
    def report(*numbers, **more):
        """Return a sheet with these numbers."""
        rows = tuple(StrengthRow(country=NORWAY, personnel=number) for number in numbers)
        return StrengthReport(
            id="s", operation=operation(), date=PartialDate("2002"), rows=rows, **more
        ).check()

    def test_agrees(self):
        """Sum and printed total are the same."""
        check = self.report(60, 40, printed_total=100, printed_nations=2)

        assert (100, 100, 0, 2, 2, 0, None) == tuple(check)
        assert check.agrees is True

    def test_differs(self):
        """The difference is the sum less what is printed."""
        check = self.report(60, 40, printed_total=110, caveat="rounded")

        assert (-10, "rounded") == (check.difference, check.caveat)
        assert check.agrees is False

    def test_nothing_printed(self):
        """Without a printed total there is nothing to agree with."""
        check = self.report(60)

        assert check.difference is None
        assert check.agrees is None

    def test_without_number(self):
        """A nation without a number is not zero: the sum cannot be judged."""
        check = self.report(60, None, printed_total=60)

        assert (0, 1, 2) == (check.difference, check.without_number, check.nations)
        assert check.agrees is None


class TestSmall:
    """The small dataset that these tests stand on."""

    def test_single(self):
        """What it says reaches the records: a post held by several is not `single`."""
        assert RECORDS["commander"].single is False
        assert Post(id="x", name="X").single is True

    def test_comment(self):
        """It is told that nothing in it is real."""
        assert SMALL.startswith("# Nothing in it is about the real world.\n")

    def test_record_is_the_root(self):
        """Every record is a `Record`."""
        assert all(isinstance(record, Record) for record in RECORDS.values())
