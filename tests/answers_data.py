"""A small made-up body of data, so that tests of answers do not hang on the packaged one.

Alfa, Bravo, Charlie and Delta are countries; NATO, a partnership and a command are bodies; Steady
is an operation with two commands, two commanders and sheets; Watch follows it.
"""

from textwrap import dedent

import natodata

SOURCES = """
sources:
  - {id: act, source_class: primary-official, title: The act, publisher: NATO, extent: full,
     date: 1999-06-10, retrieved: 2020-01-02, address: "https://example.org/act?a=1&b=50%25_x"}
  - {id: paper, source_class: press, title: "A {paper} & more_", authors: [Ann Bee, "C\\\\D ~ E"],
     date: 1999-07, extent: full, language: de}
  - {id: copy, source_class: reference, title: The copy, derives_from: paper, extent: full}
  - {id: second-copy, source_class: reference, title: The second copy, derives_from: copy,
     extent: full, updated: 2001-05-06}
  - {id: book, source_class: scholarly, title: The book, publisher: A Press, extent: excerpt,
     date: 1998/2001}
  - {id: mirror-a, source_class: reference, title: A mirror, extent: full,
     mirror_of: "https://example.org/wiki"}
  - {id: mirror-b, source_class: reference, title: Another mirror, extent: full,
     mirror_of: "https://example.org/wiki"}
  - {id: original, source_class: reference, title: What is mirrored, extent: full,
     address: "https://example.org/wiki"}
  - {id: named, source_class: scholarly, title: Only named, extent: unread, named_by: book}
"""

ACTORS = """
countries:
  - {id: AAA, name: Alfa, iso_alpha2: AA, iso_alpha3: AAA, iso_numeric: "004",
     citations: [{source: act, backs: [name]}],
     cow_codes: [{value: 260, period: 1955-05-05/1990-10-02, citations: [{source: book}]},
                 {value: 255, period: 1990-10-03/.., citations: [{source: paper}]}],
     gw_codes: [{value: 260}]}
  - {id: BBB, name: Bravo, iso_alpha2: "NO", iso_alpha3: BBB}
  - {id: CCC, name: Charlie, iso_alpha2: NA, cow_codes: [{value: 565, rank: deprecated, note: x}]}
  - {id: DDD, name: Delta}

places:
  - {id: naples, name: Naples, kind: city, country: AAA, latitude: "40.85", longitude: "14.27"}
  - {id: brunssum, name: Brunssum, kind: city}

organisations:
  - {id: nato, name: NATO, kind: alliance}
  - {id: pfp, name: Partnership for Peace, kind: partnership}
  - id: afsouth
    name: JFC South
    names:
      - {value: AFSOUTH, period: 1951/2004-03-14, citations: [{source: book}]}
      - {value: JFC South, period: 2004-03-15/.., citations: [{source: act}]}
    kind: command
    seats:
      - {value: naples, period: 1951/2012, citations: [{source: act, at: p. 1}]}
      - {value: brunssum, period: 2013/.., citations: [{source: book}, {source: paper}]}
    citations: [{source: paper, backs: [name, kind]}]
  - {id: north, name: JFC North, kind: command}

memberships:
  - id: nato-aaa
    country: AAA
    framework: nato
    milestones:
      - {kind: protocol-signed, date: 1948-03, citations: [{source: act}]}
      - {kind: acceded, date: 1949-04-04, citations: [{source: act}]}
      - {kind: attested, date: 2026-11-21, citations: [{source: act}]}
  - id: nato-bbb
    country: BBB
    framework: nato
    milestones:
      - {kind: acceded, date: 2009-04-01}
      - {kind: attested, date: 2026-11-21}
  - {id: pfp-bbb, country: BBB, framework: pfp,
     milestones: [{kind: signed, date: 1994-02}, {kind: ended, date: 2009-04-01}]}
  - {id: pfp-ccc, country: CCC, framework: pfp,
     milestones: [{kind: joined, date: 1994-05-25}, {kind: attested, date: 2026-11-21}]}
  - {id: nato-ddd-first, country: DDD, framework: nato,
     milestones: [{kind: joined, date: "1960"}, {kind: withdrew, date: "1970"}]}
  - {id: nato-ddd, country: DDD, framework: nato, milestones: [{kind: joined, date: 1980-01~}]}
"""

DEEDS = """
meetings:
  - {id: summit, name: The summit, kind: summit, date: 1999-04-23/1999-04-24}

documents:
  - {id: resolution, name: The resolution, kind: resolution,
     milestones: [{kind: adopted, date: 1999-06-10}]}
  - {id: plan, name: The plan, kind: plan, milestones: [{kind: agreed, date: 1998-10}]}
  - {id: new-plan, name: The new plan, kind: plan, supersedes: [plan], adopted_at: summit,
     citations: [{source: act, backs: [supersedes]}, {source: paper, backs: [adopted_at]}]}

programmes:
  - {id: work, name: The work, kind: initiative, documents: [new-plan],
     owners: [{value: afsouth, citations: [{source: book}]}]}
  - {id: part, name: The part, kind: package, part_of: work, predecessors: [work]}

posts:
  - {id: comsteady, name: Commander of Steady}

people:
  - {id: one, name: General One}
  - {id: two, name: General Two}

tenures:
  - {id: comsteady-one, post: comsteady, person: one,
     milestones: [{kind: assumed, date: 1999-06-12}, {kind: left, date: 1999-10-08}]}
  - {id: comsteady-two, post: comsteady, person: two,
     milestones: [{kind: assumed, date: 1999-10-08}, {kind: left, date: 2000-04}]}

operations:
  - id: steady
    name: Operation Steady
    aliases: [STY]
    kind: crisis-management-force
    admitted_by: council-decision
    combat: false
    hosts: [DDD]
    commands:
      - {value: afsouth, period: 1999-06-12/2001, citations: [{source: book, at: early}]}
      - {value: north, period: 2002/2003, citations: [{source: paper}]}
      - {value: afsouth, period: 2004/.., citations: [{source: act, at: late}]}
      - {value: north, period: 2004/.., rank: deprecated, note: A slip.,
         citations: [{source: copy}]}
    leads: [{value: nato, period: 1999-06-12/.., citations: [{source: act}]}]
    postures: [{value: deployed, period: 1999/..}]
    posts: [comsteady]
    legal_bases:
      - {kind: un-resolution, document: resolution, countries: [AAA, DDD],
         citations: [{source: act, at: 9}]}
      - {kind: host-request}
    aims: [Keep the peace., Keep it for long.]
    milestones:
      - {kind: announced, date: 1999-06-08, citations: [{source: paper}], note: On the radio.}
      - {kind: activated, date: 1999-06-09, citations: [{source: act}]}
      - {kind: launched, date: 1999-06-11, citations: [{source: paper}]}
      - {kind: launched, date: 1999-06-13, citations: [{source: book}]}
      - {kind: launched, date: 1999-06-12, citations: [{source: act}, {source: copy}]}
      - {kind: launched, date: 1999-06-14, citations: [{source: act}]}
      - {kind: launched, date: 1999-06-10, rank: deprecated, note: A slip.,
         citations: [{source: copy}]}
      - {kind: attested, date: 2001-05, citations: [{source: paper}]}
      - {kind: attested, date: 2005, citations: [{source: book}]}
      - {kind: end-decided, date: 2012-01, citations: [{source: act}]}
      - {kind: last-personnel-left, date: 2013-03-05, rank: preferred, note: By the book.,
         citations: [{source: book}]}
      - {kind: ended, date: 2013-02, citations: [{source: act}]}
    figures:
      - {measure: personnel, value: 550, bound: at-most, as_of: 2012, citations: [{source: act}]}
      - {measure: troops, value: 500, upper: 600, bound: between, as_of: 2000-01}
      - {measure: nations, value: 27, as_of: 2012}
    claims:
      - {field: combat, value: "true", note: It fought., citations: [{source: paper}]}
      - {field: figures, value: 28 nations, rank: deprecated, citations: [{source: copy}]}
      - {field: outcome, value: Success, citations: [{source: paper}]}
    citations:
      - {source: act, at: p. 2, backs: [name, kind, combat, hosts]}
      - {source: book, backs: [hosts, aims]}
  - {id: watch, name: Operation Watch, kind: maritime-security, admitted_by: council-decision,
     predecessors: [steady], phase_of: steady, milestones: [{kind: launched, date: 2013-05}],
     citations: [{source: act, backs: [predecessors]}]}
  - {id: undated, name: Undated, kind: support, admitted_by: others,
     leads: [{value: nato}], claims: [{field: outcome, value: unknown}]}

contributions:
  - {id: steady-aaa, operation: steady, country: AAA, capacity: member,
     milestones: [{kind: joined, date: 1999-06-12}, {kind: withdrew, date: 2013-02}],
     figures: [{measure: troops, value: 100, as_of: 1999-12, citations: [{source: book}]},
               {measure: troops, value: 7, as_of: 2012, rank: deprecated, note: no},
               {measure: ships, value: 3, as_of: 1999-12}]}
  - {id: steady-bbb, operation: steady, country: BBB, capacity: partner,
     milestones: [{kind: joined, date: "2000"}, {kind: withdrew, date: 2012-06}]}
  - {id: steady-ccc, operation: steady, country: CCC, capacity: operational-partner,
     milestones: [{kind: attested, date: 2009}]}
  - {id: steady-ddd, operation: steady, country: DDD, capacity: host,
     milestones: [{kind: joined, date: "2000"}, {kind: ended, date: 2004}]}
  - {id: undated-ddd, operation: undated, country: DDD, capacity: partner}

strength_reports:
  - id: steady-2009
    operation: steady
    date: 2009-02
    printed_total: 160
    citations: [{source: act}]
    rows:
      - {country: BBB, personnel: 40, bound: about}
      - {country: AAA, personnel: 120}
      - {country: CCC}
  - id: steady-2009-06
    operation: steady
    date: 2009-06-01
    rows: [{country: AAA, personnel: 0}]

events:
  - {id: attack, name: The attack, kind: attack, date: 1999-01-15,
     citations: [{source: paper, backs: [date]}]}
  - {id: protest, name: The protest, kind: incident, date: 2000-03, about: [steady],
     follows: [attack], citations: [{source: paper, backs: [about]}]}

decisions:
  - {id: launch, verb: launches, date: 1999-04-24, summary: Launched Steady, meeting: summit,
     affects: [steady], in_response_to: [attack],
     citations: [{source: act, backs: [affects, meeting]}]}
  - {id: extend, verb: extends, date: 2005-05, summary: Prolonged Steady, affects: [steady, AAA]}

assessments:
  - {id: view, authors: [one], about: [steady], position: It worked.}
"""

SMALL = f"""
dataset: {{title: Small, version: 2026.1, current_to: 2026-11-21}}
{SOURCES}{ACTORS}{DEEDS}"""


def dataset(folder, text=SMALL, *more):
    """Return the dataset that YAML texts hold, written to a folder first."""
    paths = []
    for number, content in enumerate((text, *more)):
        path = folder / f"data{number}.yaml"
        path.write_text(dedent(content), encoding="utf-8")
        paths.append(path)
    return natodata.Dataset.from_yaml(*paths)
