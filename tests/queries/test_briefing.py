"""Which dated things make a briefing."""

import pytest
from query_data import load, nato

TEXT = """\
sources:
  - {id: paper, source_class: press, title: Paper, extent: full}
  - {id: act, source_class: primary-official, title: Act, extent: full}
topics:
  - {id: terror, name: Terror}
  - {id: sea, name: Sea}
countries:
  - {id: AAA, name: Alfa}
  - {id: BBB, name: Bravo}
places:
  - {id: north, name: North, kind: city}
  - {id: south, name: South, kind: city}
organisations:
  - {id: nato, name: Alliance, kind: alliance}
  - {id: first, name: First Command, kind: command}
  - {id: second, name: Second Command, kind: command}
  - {id: group, name: Group, kind: armed-group, topics: [terror],
     milestones: [{kind: attested, date: 2010}]}
  - {id: centre, name: Centre, kind: centre, topics: [terror],
     milestones: [{kind: established, date: 2000}, {kind: relocated, date: 2005},
                  {kind: attested, date: 2010}],
     seats: [{value: north, period: 2000/2004}, {value: south, period: 2005/..},
             {value: north}],
     figures: [{measure: participants, value: 1, as_of: 2001},
               {measure: participants, value: 3, as_of: 2003},
               {measure: participants, value: 4, as_of: 2003, rank: preferred, note: counted},
               {measure: participants, value: 5, as_of: 2003},
               {measure: nations, value: 9, as_of: 2002}]}
meetings:
  - {id: summit, name: The summit, kind: summit, date: 2001-05-02, topics: [terror]}
  - {id: talks, name: The talks, kind: conference, date: 2001-05-02, topics: [terror]}
documents:
  - {id: minutes, name: Minutes, kind: plan, topics: [terror],
     milestones: [{kind: adopted, date: 2001-05-02}]}
  - {id: words, name: Words of the summit, kind: declaration, adopted_at: summit,
     topics: [terror], milestones: [{kind: published, date: 2001-05-02}]}
  - {id: other-words, name: Words of the talks, kind: declaration, adopted_at: talks,
     topics: [terror], milestones: [{kind: published, date: 2001-05-02}]}
  - {id: study, name: A study, kind: publication, topics: [terror],
     milestones: [{kind: published, date: 2002}]}
programmes:
  - {id: work, name: Work, kind: initiative, topics: [terror],
     milestones: [{kind: attested, date: 2003}, {kind: attested, date: 2004}]}
posts:
  - {id: head, name: Head, topics: [terror], milestones: [{kind: attested, date: 2001}]}
people:
  - {id: one, name: One}
  - {id: two, name: Two}
  - {id: three, name: Three}
tenures:
  - {id: head-one, post: head, person: one, topics: [terror],
     milestones: [{kind: appointed, date: 2001-01}, {kind: assumed, date: 2001-02},
                  {kind: left, date: 2002-02}]}
  - {id: head-two, post: head, person: two, topics: [terror],
     milestones: [{kind: appointed, date: 2002-02}, {kind: left, date: 2003-02}]}
  - {id: head-three, post: head, person: three, topics: [terror],
     milestones: [{kind: appointed, date: 2003-03}]}
memberships:
  - {id: nato-aaa, country: AAA, framework: nato, topics: [terror],
     milestones: [{kind: acceded, date: 1999}]}
operations:
  - {id: watch, name: Watch, kind: maritime-security, admitted_by: council-decision,
     topics: [terror],
     names: [{value: Guard, period: 2001/2005}, {value: Watch, period: 2006/..}],
     leads: [{value: nato, period: 2001/..}],
     commands: [{value: first, period: 2001/2003},
                {value: second, period: 2004/..},
                {value: second, period: 2004-03-05/..},
                {value: second, period: 2004-03-01/.., rank: deprecated, note: A slip.},
                {value: first, period: 2004-04-01/.., rank: deprecated, note: A slip.}],
     postures: [{value: standby, period: 2001/2004}, {value: deployed, period: 2004-06-01/2007},
                {value: reduced, period: 2008-01-02/2009}, {value: deployed, period: 2010-03/..}],
     milestones: [{kind: requested, date: 2001-05-02},
                  {kind: decided, date: 2001-05-02, citations: [{source: paper}]},
                  {kind: first-deployment, date: 2001-06-01, citations: [{source: paper}]},
                  {kind: launched, date: 2001-06-01, citations: [{source: act}]},
                  {kind: launched, date: 2001-06-09, rank: deprecated, note: A slip.},
                  {kind: launched, date: 2001-07, citations: [{source: paper}]},
                  {kind: extended, date: 2002},
                  {kind: restructured, date: 2003, citations: [{source: act}]},
                  {kind: restructured, date: 2003-01-10, citations: [{source: paper}]},
                  {kind: restructured, date: 2003-01-20, citations: [{source: act}]},
                  {kind: restructured, date: 2003-08},
                  {kind: transferred, date: 2004-03-05},
                  {kind: expanded, date: 2004-06-01,
                   note: "To the south; the paper has May. More is not known."},
                  {kind: resumed, date: 2005-01-01, note: After the winter.},
                  {kind: renamed, date: 2006},
                  {kind: reduced, date: 2008-01-02},
                  {kind: attested, date: 2011},
                  {kind: ended, date: 2012-01-01}],
     figures: [{measure: ships, value: 7, as_of: 2003}]}
contributions:
  - {id: watch-aaa, operation: watch, country: AAA, capacity: member,
     milestones: [{kind: joined, date: 2002-02}],
     figures: [{measure: ships, value: 1, as_of: 2003}]}
  - {id: watch-bbb, operation: watch, country: BBB, capacity: partner,
     milestones: [{kind: attested, date: 2003-03}]}
strength_reports:
  - {id: watch-2003, operation: watch, date: 2003-04, rows: [{country: AAA, personnel: 40}]}
events:
  - {id: attack, name: The attack of May, kind: attack, date: 2001-05-01, topics: [terror],
     summary: In May many were killed in the attack.}
  - {id: cut, name: Ships leave, kind: deployment, date: 2008-01-02, about: [watch],
     topics: [terror], summary: Half of the force went home.}
decisions:
  - {id: start, date: 2001-05-02, verb: launches, meeting: summit, document: minutes,
     summary: Watch is to begin., affects: [watch], topics: [terror]}
  - {id: go-on, date: 2010-03, verb: continues, body: nato, summary: Watch goes on.,
     affects: [watch], topics: [terror]}
  - {id: lone, date: 2011-03, verb: tasks, summary: Somebody is to plan., topics: [terror]}
assessments:
  - {id: view, authors: [one], position: It works., date: 2005, about: [watch],
     topics: [terror]}
"""
WHOLE = load(TEXT)
STORY = """\
2000  Centre: established
2001-02  One as Head: assumed
2001-05-01  In May many were killed in the attack.
2001-05-02  The talks
2001-05-02  The summit (launches): Watch is to begin.
2001-05-02  Words of the talks: published
2001-06-01  Watch: first deployment, launched  [paper, act]
2003  Work: attested
2003-01-20  Watch: restructured  [act]
2003-02  Two as Head: left
2003-03  Three as Head: appointed
2003-08  Watch: restructured
2004-03-05  Watch: commanded by Second Command (2004-03-05/..)
2004-06-01  Watch: expanded (To the south)
2005  Centre: seat South (2005/..)
2005-01-01  Watch: resumed
2006  Watch: name Watch (2006/..)
2008-01-02  Ships leave: Half of the force went home.
2010-03  Alliance (continues): Watch goes on.
2011-03  Decision (tasks): Somebody is to plan.
2012-01-01  Watch: ended"""


def told(**filters):
    """Return the lines of a timeline."""
    return str(WHOLE.timeline(**filters)).splitlines()


class TestBriefing:
    """``briefing``, by way of ``Dataset.timeline``."""

    def test_story(self):
        """Of a topic the story is told, and nothing else; each step has one line a day."""
        assert STORY.splitlines() == told(topic="terror")

    def test_as_subject(self):
        """A topic is the same subject whichever way it is given, and narrows others."""
        assert told(topic="terror") == told(about="terror")
        assert [] == told(topic="sea")
        assert set(told(about="watch", topic="terror")) <= set(told(about="watch"))

    def test_all(self):
        """Without a subject, with a kind, and if asked, all is told."""
        every = told(topic="terror", full=True)
        assert len(every) > 2 * len(STORY.splitlines())
        assert "2002  Watch: extended" in every
        assert set(every) <= set(told())
        assert told() == told(full=True)
        milestones = told(topic="terror", kind="milestone")
        assert "2001-06-09  Watch: launched" in milestones

    def test_parts_of_countries(self):
        """A contribution is told of its operation and its country, a membership of both too."""
        assert "2002-02  Alfa in Watch: joined" in told(about="watch")
        assert "2003-03  Bravo in Watch: attested" in told(about="watch")
        assert ["1999  Alfa in Alliance: acceded", "2002-02  Alfa in Watch: joined"] == told(
            country="AAA"
        )
        assert "1999  Alfa in Alliance: acceded" in told(about="nato")
        assert "2002-02  Alfa in Watch: joined" in told(topic="terror", about="watch-aaa") + told(
            about="watch-aaa"
        )

    def test_sheets(self):
        """A strength sheet is told of its operation only."""
        sheet = "2003-04  Strength sheet of Watch"
        assert sheet in told(about="watch")
        assert sheet not in told(about="AAA")

    def test_numbers(self):
        """Of a subject's numbers the latest of each measure is told, the preferred of rivals."""
        assert [
            "2002  Centre: 9 nations",
            "2003  Centre: 4 participants",
        ] == [line for line in told(about="centre") if "nations" in line or "part" in line]
        assert "2003  Watch: 7 ships" in told(about="watch")
        assert "2003  Alfa in Watch: 1 ships" not in told(about="watch")

    def test_numbers_of_the_time(self):
        """The latest number is that of the time asked for."""
        assert "2001  Centre: 1 participants" in told(about="centre", until="2001")

    def test_subject_itself(self):
        """A body that is only attested, a study and a view are told where they are asked for."""
        assert ["2010  Group: attested"] == told(about="group")
        assert ["2002  A study: published"] == told(about="study")
        assert ["2005  One: It works."] == told(about="view")
        assert "2001  Head: attested" in told(about="head")

    def test_prolongations(self):
        """That it was prolonged is told of the subject."""
        assert "2002  Watch: extended" in told(about="watch")

    def test_by_a_day(self):
        """What is only known to have happened by a day is told at that day, and as doubtful."""
        text = "  - {id: old, name: Old, kind: attack, date: /2007-05-06, topics: [terror]}\n"
        whole = load(TEXT.replace("events:\n", f"events:\n{text}"))
        line = "/2007-05-06  Old"
        assert line in str(whole.timeline(topic="terror")).splitlines()
        assert [f"{line} (maybe)"] == str(whole.timeline("2007", "2007", topic="terror")).split(
            "\n"
        )
        assert "Old" not in str(whole.timeline("2001", "2002", topic="terror"))
        assert "Old" in str(whole.timeline("2001", "2002", topic="terror", full=True))
        assert "" == str(whole.timeline("2007", "2007", topic="terror", certain=True))
        assert "Old" not in str(whole.on("2001").timeline(topic="terror"))

    def test_citations(self):
        """Steps of one day that are told in one line keep all their sources."""
        entry = next(e for e in WHOLE.timeline(topic="terror") if "launched" in e.text)
        assert ["paper", "act"] == [citation.source.id for citation in entry.citations]

    @pytest.fixture
    def story(self, made):
        """Return a function that gives the story of an operation, by its fields."""

        def lines(fields, *more, name="Op"):
            data = made(
                """
                topics: [{id: t, name: T}]
                meetings: [{id: summit, name: Summit, kind: summit, date: 1999}]
                sources:
                  - {id: paper, source_class: press, title: Paper, extent: full}
                  - {id: act, source_class: primary-official, title: Act, extent: full}
                organisations:
                  - {id: old, name: Old, kind: command}
                  - {id: new, name: New, kind: command}
                """,
                f"""
                operations: [{{id: op, name: "{name}", kind: support, admitted_by: others,
                  topics: [t], {fields}}}]
                """,
                *more,
            )
            return str(data.timeline(topic="t")).splitlines()

        return lines

    @pytest.mark.parametrize(
        ("others", "told"),
        [
            (["value: new, period: 2004-03-05/.."], ["2004-03-05"]),
            (["value: new, period: 2004-01-01/.."], ["2004-01-01"]),
            (["value: new, period: 2003-12~/.."], ["2003-12~", "2004"]),
            (["value: new, period: 2004-03-05/.., rank: deprecated, note: No."], ["2004"]),
            (["value: new"], ["2004"]),
        ],
        ids=["better", "from the first day", "not of that year", "deprecated", "not dated"],
    )
    def test_changes(self, story, others, told):
        """A change is left out where another value is the same one, dated more exactly."""
        held = ["value: old, period: 2001/2003", "value: new, period: 2004/..", *others]
        values = ", ".join(f"{{{each}}}" for each in held)

        assert [f"{date}  Op: commanded by New ({date}/..)" for date in told] == story(
            f"commands: [{values}]"
        )

    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            ("2003-01-01", "2003-02-01", ["2003-01-01"]),
            ("2003-02-01", "2003-01-01", ["2003-02-01"]),
            ("2003-01-01", "2003-02-02", ["2003-01-01", "2003-02-02"]),
            ("2003-02-02", "2003-01-01", ["2003-01-01", "2003-02-02"]),
            ("2003-01-01/2003-01-31", "2003-01-20", ["2003-01-01/2003-01-31"]),
            ("2003-01-01/2003-02-01", "2003-01-20", ["2003-01-20"]),
        ],
    )
    def test_rivals(self, story, one, other, told):
        """Of dates of one step a month apart the one of the better source is told, if exact."""
        steps = [f"{{kind: restructured, date: {one}, citations: [{{source: act}}]}}"]
        steps += [f"{{kind: restructured, date: {other}, citations: [{{source: paper}}]}}"]

        assert told == [line.split()[0] for line in story(f"milestones: [{', '.join(steps)}]")]

    def test_meeting(self, story):
        """Of two that are as good, the one that tells at which meeting it was is told."""
        steps = """
          {kind: restructured, date: 2003-01-01},
          {kind: restructured, date: 2003-01-01, at: summit}"""

        assert ["2003-01-01  Op: restructured at Summit"] == story(f"milestones: [{steps}]")

    def test_alike(self, story):
        """Two of one day that are as good in all are both told."""
        steps = """
          {kind: expanded, date: 2003-01-01, note: To the south},
          {kind: expanded, date: 2003-01-01, note: To the north}"""

        assert ["2003-01-01  Op: expanded (To the south), expanded (To the north)"] == story(
            f"milestones: [{steps}]"
        )

    @pytest.mark.parametrize(
        ("step", "act", "said"),
        [
            ("2003-05-20", "2003-05-20", True),
            ("2003-05", "2003-05-01", True),
            ("2003-05", "2003-05-31", True),
            ("2003-05-01", "2003-05", True),
            ("2003-05-31", "2003-05", True),
            ("2003-05", "2003-05-20/2003-06-10", False),
            ("2003-05-20/2003-06-10", "2003-05", False),
            ("2003-05-20", "2003-05-21", False),
        ],
    )
    def test_said_by_an_event(self, story, step, act, said):
        """A step is left out where an event says it: of its date, or of a date within it."""
        told = story(
            f"milestones: [{{kind: launched, date: 2001}}, {{kind: expanded, date: {step}}}]",
            f"""
            events: [{{id: more, name: More, kind: deployment, date: {act}, about: [op],
              topics: [t]}}]
            """,
        )

        assert ["2001  Op: launched", f"{act}  More"] == [
            line for line in told if line != f"{step}  Op: expanded"
        ]
        assert said == (f"{step}  Op: expanded" not in told)

    @pytest.mark.parametrize(
        ("note", "words"),
        [
            ("To the south", "To the south"),
            ("To the south.", "To the south"),
            ("To the south. More is not known.", "To the south"),
            ("To the south; the paper has May.", "To the south"),
        ],
    )
    def test_notes(self, story, note, words):
        """What a vague step means is told by the first sentence of its note; colons may be."""
        assert [f"2003  Guard: North: expanded ({words})"] == story(
            f"milestones: [{{kind: expanded, date: 2003, note: {note}}}]", name="Guard: North"
        )

    @pytest.mark.parametrize("filters", [{"about": "kfor"}, {"topic": "security"}])
    def test_part_of_all(self, filters):
        """Whatever is told is the beginning of something in the whole, or of several such."""
        every = {(entry.record.id, entry.date) for entry in nato().timeline(**filters, full=True)}
        story = [(entry.record.id, entry.date) for entry in nato().timeline(**filters)]
        assert set(story) <= every
        assert story
