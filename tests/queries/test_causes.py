"""Causes: what led to a record and what followed, in order, with the evidence of each step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natodata.dates import PartialDate
from natodata.errors import NotFound
from natodata.queries.causes import date_of, links, trace
from natodata.queries.moments import order_of

OPERATION = "kind: support, admitted_by: others"
SOURCES = "sources: [{id: s, source_class: press, title: S, extent: full}]"


def steps(found):
    """Return steps as "record relation via", so that asserts read well."""
    return [f"{step.record.id} {step.relation} {step.via.id}" for step in found]


class TestTrace:
    """``nato.trace(record)``."""

    def test_before(self, small):
        """What led to an operation stands in order of time, each step tied to what it led to."""
        assert [
            "attack answered by launch",
            "summit took launch",
            "launch launches steady",
            "resolution legal basis of steady",
        ] == steps(small.trace("steady").before)

    def test_after(self, small):
        """So does what followed; a later change and a later event are among it."""
        assert [
            "protest followed by steady",
            "extend affected by: extends steady",
            "watch succeeded by steady",
        ] == steps(small.trace("steady").after)

    def test_evidence(self, small):
        """Each step has the citations of the field that states the link."""
        found = small.trace("steady")
        cited = {s.record.id: [c.source.id for c in s.citations] for s in found}

        assert ["act"] == cited["launch"]
        assert ["act"] == cited["resolution"]
        assert ["paper"] == cited["protest"]
        assert [] == cited["extend"]

    def test_sequence(self, small):
        """A trace is a sequence of its steps, those before first."""
        found = small.trace("steady")

        assert (*found.before, *found.after) == tuple(found)
        assert 7 == len(found)
        assert found.before[0] is found[0]
        assert found.before[:2] == found[:2]
        assert small.operations["steady"] is found.record
        assert [True] * 4 + [False] * 3 == [step.before for step in found]

    def test_chain(self, small):
        """Steps follow each other through several records, not only direct ones."""
        found = small.trace("watch")

        assert "attack answered by launch" in steps(found.before)
        assert ["steady"] == [s.record.id for s in found.before if s.via.id == "watch"]
        assert () == found.after

    def test_from_the_cause(self, small):
        """From an event it leads on to the operations that came of it in the end."""
        found = small.trace("attack")

        assert () == found.before
        assert ["launch", "steady", "protest", "watch"] == [
            step.record.id for step in found.after if step.record.id != "extend"
        ]

    def test_later_changes(self, small):
        """What only changed a predecessor later did not lead to its successor."""
        assert not {"extend", "protest"} & {step.record.id for step in small.trace("watch")}

    def test_texts(self, small):
        """Documents and programmes are tied by what adopts, founds, replaces and holds them."""
        found = small.trace("new-plan")

        assert ["plan superseded by new-plan", "summit adopted new-plan"] == steps(found.before)
        assert ["work founded new-plan", "part succeeded by work"] == steps(found.after)
        assert [("act",), ("paper",)] == [
            tuple(c.source.id for c in step.citations) for step in found.before
        ]

    def test_nothing(self, small):
        """A record without links has an empty trace."""
        found = small.trace("naples")

        assert 0 == len(found)
        assert "<Trace of naples: 0 before, 0 after>" == repr(found)

    def test_unknown(self, small):
        """An unknown id is an error that suggests near ones."""
        with pytest.raises(NotFound, match="steady"):
            small.trace("stedy")

    def test_by_record(self, small):
        """A record can be given in place of its id."""
        assert list(small.trace("steady")) == list(small.trace(small["steady"]))


class TestText:
    """``print(trace)``."""

    def test_print(self, small):
        """It prints a line a step under two headings: date, words, tie and sources."""
        assert [
            "What led to Operation Steady",
            "  1999-01-15  The attack (attack: answered by launch)  [act]",
            "  1999-04-23/1999-04-24  The summit (summit: took launch)  [act]",
            "  1999-04-24  Launched Steady (launch: launches steady)  [act]",
            "  1999-06-10  The resolution (resolution: legal basis of steady)  [act]",
            "What followed from Operation Steady",
            "  2000-03  The protest (protest: steady followed by)  [paper]",
            "  2005-05  Prolonged Steady (extend: steady affected by: extends)",
            "  2013-05  Operation Watch (watch: steady succeeded by)  [act]",
        ] == str(small.trace("steady")).splitlines()

    def test_nothing(self, small):
        """Where there is nothing it says so."""
        assert [
            "What led to Naples",
            "  nothing in the data",
            "What followed from Naples",
            "  nothing in the data",
        ] == str(small.trace("naples")).splitlines()

    def test_undated(self, made):
        """A step without a date says so."""
        data = made(f"""
        operations:
          - {{id: a, name: A, {OPERATION}}}
          - {{id: b, name: B, {OPERATION}, predecessors: [a]}}
        """)

        assert "  undated  A (a: succeeded by b)" in str(data.trace("b")).splitlines()


def ties(data, record):
    """Return what stands before and after a record in its trace."""
    found = data.trace(record)
    return [s.record.id for s in found.before], [s.record.id for s in found.after]


class TestOrder:
    """Cause or consequence: what the dates and verbs say."""

    @pytest.mark.parametrize(
        ("verb", "date", "before"),
        [
            ("launches", "2000", True),
            ("launches", "2001", True),
            ("launches", "2001-05-06", True),
            ("launches", "2002", False),
            ("extends", "2001", False),
            ("extends", "2000", True),
            ("tasks", "2001-05-06", False),
            ("endorses", "2001-05", True),
        ],
    )
    def test_decision(self, made, verb, date, before):
        """A decision led to an operation unless it came later or can only change it."""
        data = made(f"""
        operations: [{{id: op, name: Op, {OPERATION},
          milestones: [{{kind: launched, date: 2001-05-06}}]}}]
        decisions: [{{id: d, verb: {verb}, date: {date}, summary: D, affects: [op]}}]
        """)

        assert (([("d")], []) if before else ([], ["d"])) == ties(data, "op")

    @pytest.mark.parametrize(
        ("verb", "milestones", "before"),
        [
            ("launches", "", True),
            ("ends", "", False),
            ("launches", "{kind: attested, date: 1999}", False),
            ("launches", "{kind: attested, date: 2003}", True),
            ("launches", "{kind: extended, date: 1999}", False),
        ],
    )
    def test_unknown_beginning(self, made, verb, milestones, before):
        """Where the beginning is not known the verb decides, and when it was first heard of."""
        data = made(f"""
        operations: [{{id: op, name: Op, {OPERATION}, milestones: [{milestones}]}}]
        decisions: [{{id: d, verb: {verb}, date: 2001, summary: D, affects: [op]}}]
        """)

        assert ((["d"], []) if before else ([], ["d"])) == ties(data, "op")

    def test_organisation(self, made):
        """A body came of the decision that set it up, not of events or later decisions."""
        data = made("""
        organisations:
          - {id: new, name: New, kind: centre, milestones: [{kind: established, date: 2002}]}
          - {id: old, name: Old, kind: centre, predecessors: [new]}
        decisions:
          - {id: found, verb: establishes, date: 2001, summary: F, affects: [new]}
          - {id: task, verb: tasks, date: 2003, summary: T, affects: [new, old]}
        events: [{id: e, name: E, kind: incident, date: 2001, about: [old, new]}]
        """)

        assert (["e", "found"], ["old"]) == ties(data, "new")
        assert (["e", "found", "new"], []) == ties(data, "old")
        assert "new succeeded by old" == steps(data.trace("old").before)[-1]

    def test_meeting(self, made):
        """An event led to a meeting only if it came before it."""
        data = made("""
        meetings: [{id: m, name: M, kind: summit, date: 2001-05}]
        events:
          - {id: call, name: Call, kind: request, date: 2001-04, about: [m]}
          - {id: speech, name: Speech, kind: statement, date: 2001-05, about: [m]}
        """)

        assert (["call"], []) == ties(data, "m")

    def test_country(self, made):
        """Nothing leads to a country."""
        data = made("""
        countries: [{id: AAA, name: A}]
        decisions: [{id: d, verb: invites, date: 2001, summary: D, affects: [AAA]}]
        """)

        assert ([], []) == ties(data, "AAA")

    @pytest.mark.parametrize(("date", "before"), [("1999", True), ("2001", True), ("2005", False)])
    def test_later_basis(self, made, date, before):
        """A text adopted after an operation began is a later basis of it, not a cause."""
        data = made(f"""
        documents: [{{id: t, name: T, kind: resolution,
          milestones: [{{kind: adopted, date: {date}}}]}}]
        programmes: [{{id: p, name: P, kind: fund, documents: [t],
          milestones: [{{kind: launched, date: 2001}}]}}]
        operations: [{{id: op, name: Op, {OPERATION},
          legal_bases: [{{kind: un-resolution, document: t}}],
          milestones: [{{kind: launched, date: 2001}}]}}]
        """)
        expected = (["t"], []) if before else ([], ["t"])

        assert expected == ties(data, "op")
        assert expected == ties(data, "p")

    def test_undated_basis(self, made):
        """A text without a date is taken for what it is said to be, the basis."""
        data = made(f"""
        documents: [{{id: t, name: T, kind: resolution}}]
        operations: [{{id: op, name: Op, {OPERATION},
          legal_bases: [{{kind: un-resolution, document: t}}, {{kind: host-request}}],
          milestones: [{{kind: launched, date: 2001}}]}}]
        """)

        assert (["t"], []) == ties(data, "op")

    def test_one_time(self, made):
        """Of steps at one time, the cause stands before what it led to."""
        data = made(f"""
        meetings: [{{id: zz, name: M, kind: summit, date: 2001-05}}]
        operations: [{{id: op, name: Op, {OPERATION}}}]
        decisions:
          - {{id: c-first, verb: agrees, date: 2001-05, summary: D, meeting: zz}}
          - {{id: b-second, verb: agrees, date: 2001-05, summary: D, meeting: zz,
             in_response_to: [c-first]}}
          - {{id: a-third, verb: launches, date: 2001-05, summary: D, meeting: zz,
             in_response_to: [b-second], affects: [op]}}
        """)

        assert (["zz", "c-first", "b-second", "a-third"], []) == ties(data, "op")

    def test_circle(self, made):
        """What led to each other by what the data say stands once, and the walk ends."""
        data = made("""
        documents: [{id: t, name: T, kind: letter}]
        decisions:
          - {id: d, verb: adopts, date: 2001, summary: D, affects: [t], in_response_to: [t]}
        """)

        assert (["d"], []) == ties(data, "t")
        assert (["t"], []) == ties(data, "d")


class TestDateOf:
    """When a record happened or began."""

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ("steady", "1999-06-12"),
            ("launch", "1999-04-24"),
            ("summit", "1999-04-23/1999-04-24"),
            ("undated", None),
            ("naples", None),
            ("view", None),
            ("steady-ccc", None),
        ],
    )
    def test_dates(self, small, record, expected):
        """It is the start or the date; a record that is only attested has none."""
        found = date_of(small[record])

        assert expected == (None if found is None else str(found))

    def test_no_start(self, made):
        """Without a start it is the first milestone that is more than a sign of life."""
        data = made(f"""
        operations: [{{id: op, name: Op, {OPERATION}, milestones: [
          {{kind: attested, date: 1999}}, {{kind: expanded, date: 2002}},
          {{kind: extended, date: 2001-05-06}}, {{kind: reduced, date: 2001}}]}}]
        """)

        assert PartialDate("2001") == date_of(data["op"])


class TestLinks:
    """What a single record states."""

    def test_without_backing(self, made):
        """Where no citation backs the field, those of the whole record stand in."""
        data = made(
            SOURCES,
            """
        documents:
          - {id: a, name: A, kind: plan}
          - {id: b, name: B, kind: plan, supersedes: [a], citations: [{source: s, at: p. 1}]}
        """,
        )
        (link,) = links(data["b"])

        assert ("p. 1",) == tuple(citation.at for citation in link.citations)

    def test_backing(self, made):
        """Citations that back the field go before others; each source is named once."""
        data = made(
            SOURCES,
            "sources: [{id: t, source_class: press, title: T, extent: full}]",
            """
        organisations:
          - {id: a, name: A, kind: centre}
          - {id: b, name: B, kind: centre, predecessors: [a], citations: [
             {source: s, at: p. 1, backs: [name]}, {source: s, at: p. 2, backs: [predecessors]},
             {source: t, at: p. 3, backs: [predecessors]},
             {source: s, at: p. 4, backs: [predecessors]}]}
        """,
        )
        (step,) = data.trace("b")

        assert ("p. 2", "p. 3", "p. 4") == tuple(citation.at for citation in step.citations)
        assert "undated  A (a: succeeded by b)  [s, t]" == str(step)

    def test_backed_fields(self, made):
        """The link from each field has the citations that back just this field."""
        data = made(
            SOURCES,
            f"""
        meetings: [{{id: m, name: M, kind: summit, date: 2001-05-06}}]
        operations: [{{id: op, name: Op, {OPERATION}}}]
        events:
          - {{id: e, name: E, kind: incident, date: 2001-01}}
          - {{id: f, name: F, kind: incident, date: 2001-02, follows: [e], about: [op],
             citations: [{{source: s, at: x, backs: [name]}},
               {{source: s, at: follows, backs: [follows]}},
               {{source: s, at: about, backs: [about]}}]}}
        decisions:
          - {{id: d, verb: extends, date: 2001-05-06, summary: D, meeting: m, affects: [op],
             citations: [{{source: s, at: x, backs: [date]}},
               {{source: s, at: meeting, backs: [meeting]}},
               {{source: s, at: affects, backs: [affects]}}]}}
        """,
        )
        found = [*links(data["f"]), *links(data["d"])]

        assert [
            ("e", "f", "follows", False),
            ("f", "op", "about", False),
            ("m", "d", "meeting", False),
            ("op", "d", "affects", True),
        ] == [
            (link.cause.id, link.effect.id, *(c.at for c in link.citations), link.later)
            for link in found
        ]

    def test_every_field(self, made):
        """Each field has words of its own for what it ties, and the citations that back it."""

        def cited(*names):
            each = "".join(f", {{source: s, at: {name}, backs: [{name}]}}" for name in names)
            return f"citations: [{{source: s, at: x, backs: [name]}}{each}]"

        data = made(
            SOURCES,
            f"""
        people: [{{id: one, name: One}}]
        organisations: [{{id: body, name: Body, kind: centre}}]
        documents:
          - {{id: late, name: Late, kind: plan, milestones: [{{kind: adopted, date: 2005}}]}}
        programmes:
          - {{id: p, name: P, kind: fund}}
          - {{id: q, name: Q, kind: fund, predecessors: [p], documents: [late], part_of: p,
             milestones: [{{kind: launched, date: 2001}}],
             {cited("predecessors", "documents", "part_of")}}}
        operations:
          - {{id: x, name: X, {OPERATION}}}
          - {{id: y, name: Y, {OPERATION}, predecessors: [x], phase_of: x,
             legal_bases: [{{kind: agreement, document: late,
               citations: [{{source: s, at: basis}}]}}],
             milestones: [{{kind: launched, date: 2001}}],
             {cited("predecessors", "phase_of")}}}
        events:
          - {{id: e, name: E, kind: incident, date: 2000, {cited("follows", "about")}}}
          - {{id: f, name: F, kind: incident, date: 2000, follows: [e], about: [x, body, one],
             {cited("follows", "about")}}}
        decisions:
          - {{id: d, verb: launches, date: 2000, summary: D, in_response_to: [e], affects: [x],
             citations: [{{source: s, at: answers, backs: [in_response_to]}},
               {{source: s, at: affects, backs: [affects]}}]}}
        """,
        )
        found = [link for each in ("q", "y", "f", "d") for link in links(data[each])]

        assert [
            ("p", "succeeded by", "q", ["predecessors"], False),
            ("q", "described by", "late", ["documents"], True),
            ("p", "contained", "q", ["part_of"], False),
            ("x", "succeeded by", "y", ["predecessors"], False),
            ("y", "given the legal basis", "late", ["basis"], True),
            ("x", "had the phase", "y", ["phase_of"], False),
            ("e", "followed by", "f", ["follows"], False),
            ("f", "led to", "x", ["about"], False),
            ("e", "answered by", "d", ["answers"], False),
            ("d", "launches", "x", ["affects"], False),
        ] == [
            (one.cause.id, one.relation, one.effect.id, [c.at for c in one.citations], one.later)
            for one in found
        ]

    def test_beside_later(self, made):
        """What a text was given to later hides nothing that led to the text."""
        data = made(f"""
        operations: [{{id: op, name: Op, {OPERATION},
          legal_bases: [{{kind: agreement, document: text}}],
          milestones: [{{kind: launched, date: 2001}}]}}]
        documents:
          - {{id: older, name: A, kind: plan}}
          - {{id: text, name: B, kind: plan, supersedes: [older],
             milestones: [{{kind: adopted, date: 2005}}]}}
        """)

        assert (["older"], []) == ties(data, "text")

    def test_others(self, small):
        """Records of other types state no links."""
        assert [] == list(links(small["naples"]))
        assert [] == list(links(small["steady-aaa"]))


@st.composite
def histories(draw):
    """Draw events, decisions and operations that point at each other in all allowed ways."""
    count = draw(st.integers(1, 6))
    events = []
    for number in range(count):
        follows = draw(st.lists(st.integers(0, number - 1), unique=True)) if number else []
        about = draw(st.lists(st.sampled_from(["x", "y", "t"]), unique=True))
        date = draw(st.integers(2000, 2003))
        events.append(
            f"{{id: e{number}, name: E, kind: incident, date: {date}, about: {about}, "
            f"follows: {[f'e{each}' for each in follows]}}}"
        )
    verbs = draw(st.lists(st.sampled_from(["launches", "extends", "adopts"]), max_size=3))
    decisions = [
        f"{{id: d{at}, verb: {verb}, date: {draw(st.integers(2000, 2003))}, summary: D, "
        f"affects: {draw(st.lists(st.sampled_from(['x', 'y', 't']), unique=True))}, "
        f"in_response_to: {draw(st.lists(st.sampled_from(['e0', 't']), unique=True))}}}"
        for at, verb in enumerate(verbs)
    ]
    start = draw(st.integers(2000, 2003))
    return f"""
operations:
  - {{id: x, name: X, {OPERATION}, milestones: [{{kind: launched, date: {start}}}]}}
  - {{id: y, name: Y, {OPERATION}, predecessors: [x]}}
documents: [{{id: t, name: T, kind: letter}}]
events: [{", ".join(events)}]
decisions: [{", ".join(decisions)}]
"""


class TestProperties:
    """What holds of every trace, however records are tied."""

    @given(histories())
    def test_trace(self, make_once, history):
        """No record stands twice, steps are in order of time, and each is tied to a known one."""
        data = make_once(history)
        for record in data._store.all_ids():
            found = trace(data._store, data[record])
            ids = [step.record.id for step in found]
            assert len(set(ids)) == len(ids)
            assert record not in ids
            for side in (found.before, found.after):
                reached = {record, *(step.record.id for step in side)}
                assert all(step.via.id in reached for step in side)
                times = [order_of(s.date) if s.date is not None else (0, 0, "") for s in side]
                assert sorted(times) == times

    @given(histories())
    def test_no_later_causes(self, make_once, history):
        """Nothing that certainly came after an operation began led to it directly."""
        data = make_once(history)
        operation = data.operations["x"]
        for step in data.trace("x").before:
            if step.via == operation:
                assert not step.date.after(operation.start).certain
