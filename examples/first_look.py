"""A first look at natodata: one mission with its evidence, and what was in being on one day.

Run it with ``python examples/first_look.py``, or give it another operation and another day:
``python examples/first_look.py kfor 1999-07``.
"""

import sys
from textwrap import shorten

import natodata
from natodata.records import Figure, Milestone


def mission(operation: str) -> None:
    """Print what the data hold on one operation: command, milestones, figures, sources."""
    nato = natodata.load()
    record = nato.operations[operation]
    print(f"{record.name} ({record.id})")
    print(f"  kind      {record.kind}")
    print(f"  hosts     {', '.join(country.name for country in record.hosts)}")
    print(f"  command   {record.command.name}, {record.command.seat.name}")
    print("  milestones")
    for step in record.milestones:
        print(f"    {step.date!s:<22} {step.kind:<18} {said_by(step)}")
    print("  figures")
    for figure in record.figures:
        number = f"{figure.bound} {figure.value} {figure.measure}"
        print(f"    {figure.as_of!s:<22} {number:<18} {said_by(figure)}")
    print("  evidence for its command")
    for citation in nato.evidence(record, "command"):
        print(f"    {citation.source.title}, {citation.at or 'whole text'}")


def said_by(fact: Milestone | Figure) -> str:
    """Return where a fact was read: the first source and the place in it."""
    citation = fact.citations[0]
    return f"[{citation.source.id}, {shorten(citation.at or '', 40)}]"


def day(when: str) -> None:
    """Print the operations that were in being at some time in *when*."""
    print(f"In being on {when}")
    for record in natodata.operations.on(when):
        print(f"  {record.name:<40} since {record.start or 'a day not in the data'}")


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["nmi", "2019-11-20"]
    mission(chosen[0])
    print()
    day(chosen[-1])
