"""A small valid dataset with a record of every type, and ways to load and compare one."""

import pickle

from attrs import fields, has

from natodata.errors import DataError
from natodata.loading.checking import load_files
from natodata.records import Record
from natodata.store import Store

SMALL = """\
# Nothing in it is about the real world.
dataset: {title: A small dataset, version: 2020.1.1, current_to: 2020-01-31}
sources:
  - {id: gazette, source_class: primary-official, title: The Gazette, extent: full, date: 2001}
  - id: daily
    source_class: press
    title: The Daily
    extent: excerpt
    derives_from: gazette
    authors: [A. Writer]
    retrieved: 2020-01-31
  - {id: memoir, source_class: reference, title: Memoir, extent: unread, named_by: daily}
topics:
  - {id: sea, name: The sea, labels: [{language: fr, text: La mer}]}
  - {id: patrol, name: Patrols, broader: sea, definition: Looking after the sea.}
countries:
  - id: NOR
    name: Norway
    iso_alpha2: NO
    cow_codes: [{value: 385, citations: [{source: gazette}]}]
    labels: [{language: fr, text: Norvège}]
    citations: [{source: gazette, at: page 1, backs: [name, iso_alpha2, labels]}]
  - {id: IRQ, name: Iraq, citations: [{source: daily, backs: [name]}]}
places:
  - id: north-sea
    name: North Sea
    kind: sea
    latitude: 56.5
    longitude: -3
    citations: [{source: gazette, backs: [name, kind, latitude, longitude]}]
  - id: oslo
    name: Oslo
    kind: city
    country: NOR
    within: north-sea
    citations: [{source: gazette, backs: [name, kind, country, within]}]
organisations:
  - id: alliance
    name: The Alliance
    aliases: [TA]
    kind: alliance
    citations: [{source: gazette, backs: [name, aliases, kind]}]
  - id: hq
    name: Headquarters
    kind: command
    parent: alliance
    names:
      - {value: Old Headquarters, period: 1990/1999, citations: [{source: gazette}]}
      - {value: Headquarters, period: 2000/.., citations: [{source: gazette}]}
    seats: [{value: oslo, period: 1990/.., citations: [{source: gazette}]}]
    milestones: [{kind: established, date: 1990, citations: [{source: gazette}]}]
    citations: [{source: gazette, backs: [name, kind, parent]}]
people:
  - id: ola
    name: Ola Nordmann
    nationalities: [NOR]
    citations: [{source: daily, backs: [name, nationalities]}]
posts:
  - id: commander
    name: Commander
    organisation: hq
    single: false
    citations: [{source: gazette, backs: [name, organisation]}]
tenures:
  - id: ola-commander
    post: commander
    person: ola
    acting: true
    milestones: [{kind: assumed, date: 2001-05, citations: [{source: daily}]}]
    citations: [{source: daily, backs: [post, person, acting]}]
memberships:
  - id: nor-alliance
    country: NOR
    framework: alliance
    milestones: [{kind: acceded, date: 1949-04-04, citations: [{source: gazette}]}]
    citations: [{source: gazette, backs: [country, framework]}]
meetings:
  - id: summit
    name: A Summit
    kind: summit
    date: 2001-10-01/2001-10-02
    place: oslo
    ordinal: 3
    attendees: [ola, NOR]
    claims: [{field: ordinal, value: "4", citations: [{source: daily}]}]
    citations: [{source: gazette, backs: [name, kind, date, place, ordinal, attendees]}]
documents:
  - id: treaty
    name: A Treaty
    kind: treaty
    issuer: alliance
    adopted_at: summit
    provisions: [{kind: requires, text: Look after the sea., citations: [{source: gazette}]}]
    milestones: [{kind: adopted, date: 2001-10-02, at: summit, citations: [{source: gazette}]}]
    citations: [{source: gazette, backs: [name, kind, issuer, adopted_at]}]
programmes:
  - id: courses
    name: Courses
    kind: initiative
    owners: [{value: alliance, citations: [{source: daily}]}]
    documents: [treaty]
    citations: [{source: daily, backs: [name, kind, documents]}]
operations:
  - id: calm
    name: Operation Calm
    aliases: [OC]
    kind: maritime-security
    admitted_by: council-decision
    combat: false
    hosts: [IRQ, NOR]
    areas: [north-sea]
    leads: [{value: alliance, period: 2001-10/.., citations: [{source: gazette}]}]
    commands:
      - {value: hq, period: 2001/2003-06, citations: [{source: gazette, at: page 2}]}
      - value: alliance
        period: 2003-07/..
        rank: preferred
        note: The Daily was there.
        citations: [{source: daily}]
    posts: [commander]
    legal_bases: [{kind: treaty-article, document: treaty, citations: [{source: gazette}]}]
    tasks: [{modality: protect, area: shipping, citations: [{source: gazette}]}]
    predecessors: [courses]
    coordinates_with: [hq]
    milestones:
      - {kind: launched, date: 2001-10-26, citations: [{source: gazette, at: page 2}]}
      - kind: ended
        date: 2004~
        rank: preferred
        note: Nobody else says.
        citations: [{source: daily, at: page 9}]
    figures:
      - {measure: personnel, value: 100, bound: at-most, as_of: 2002, citations: [{source: daily}]}
      - measure: ships
        value: 2
        upper: 4
        bound: between
        as_of: 2002-05/2002-06
        citations: [{source: daily}]
    topics: [patrol]
    note: A note.
    citations:
      - source: gazette
        at: page 1
        backs: [name, aliases, kind, combat, hosts, areas, posts, predecessors, coordinates_with]
contributions:
  - id: calm-nor
    operation: calm
    country: NOR
    capacity: member
    milestones: [{kind: joined, date: 2001-11, citations: [{source: gazette}]}]
    citations: [{source: gazette, backs: [operation, country, capacity]}]
strength_reports:
  - id: calm-2002
    operation: calm
    date: 2002-05-01
    rows: [{country: NOR, personnel: 60}, {country: IRQ, personnel: 40, bound: about}]
    printed_total: 100
    citations: [{source: daily, backs: [operation, date, rows, printed_total]}]
events:
  - id: storm
    name: The Storm
    kind: attack
    date: 2001-09
    place: north-sea
    actors: [NOR]
    about: [calm]
    citations: [{source: daily, backs: [name, kind, date, place, actors, about]}]
decisions:
  - id: calm-decided
    date: 2001-10-02
    verb: launches
    summary: Operation Calm begins.
    meeting: summit
    body: alliance
    document: treaty
    affects: [calm]
    in_response_to: [storm]
    citations:
      - source: gazette
        backs: [date, verb, summary, meeting, body, document, affects, in_response_to]
assessments:
  - id: ola-on-calm
    authors: [ola]
    about: [calm, NOR]
    position: It was calm.
    citations: [{source: daily, backs: [authors, about, position]}]
"""


def load(text, base=None, **options):
    """Return the catalogue of a text."""
    return load_files([("small.yaml", text.encode())], base, **options)


def refused(text, base=None, **options):
    """Return the problems of a text that cannot be loaded, each as a line of text."""
    try:
        load(text, base, **options)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    raise AssertionError("loaded, though it should have been refused")


def pickled(value):
    """Return what comes back when a value is sent to another process."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 (bytes of our own)


def store(text=SMALL):
    """Return a store of the records of a text."""
    return Store(load(text))


def fields_of(value):
    """Return all that a record holds, field by field; records in it by type and id.

    Records are equal when their ids are: this is for telling whether they say the same.
    """
    return {field.name: _plain(getattr(value, field.name)) for field in fields(type(value))}


def _plain(value):
    if isinstance(value, Record):
        return type(value), value.id
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if has(type(value)) and not hasattr(value, "span"):
        return type(value), fields_of(value)
    return type(value), value


def all_fields(catalogue):
    """Return what every record of a catalogue holds, by id."""
    records = Store(catalogue)
    return {identifier: fields_of(records.record(identifier)) for identifier in records.all_ids()}
