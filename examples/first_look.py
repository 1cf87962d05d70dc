"""A first look at natodata: one mission with its evidence, and what was in being on one day.

Run it with ``python examples/first_look.py``, or give it another operation and another day:
``python examples/first_look.py kfor 1999-07``.
"""

import sys

import natodata
from natodata.records import Figure, Milestone, Operation


def main(operation: str, day: str) -> None:
    """Print what the data hold on *operation*, and what was in being on *day*."""
    nato = natodata.load()
    record = nato.operations[operation]
    print(f"{record.name} ({record.kind}, in {', '.join(host.name for host in record.hosts)})")
    if record.commands:
        print(f"under {record.command.name}")

    print("\nMilestones: what happened when, and who says so")
    for step in record.milestones:
        print(f"  {step.date!s:<22} {step.kind:<19} {said_by(step)}")

    print("\nFigures: how many of what, and when")
    for figure in record.figures:
        print(f"  {figure.as_of!s:<22} {amount(figure):<31} {said_by(figure)}")

    sources = {citation.source for citation in nato.evidence(record)}
    print(f"\nSources: {len(sources)} in all; those that say when it began:")
    for citation in nato.evidence(record, "start"):
        print(f"  {citation.source.title} ({citation.source.source_class})")
        print(f"    {citation.at}")

    in_being(day)


def said_by(fact: Milestone | Figure) -> str:
    """Return where a fact was read: the first source, and the place in it."""
    citation = fact.citations[0]
    return f"{citation.source.id}, {citation.at}"


def amount(figure: Figure) -> str:
    """Return a number with what it bounds and what it counts, such as ``at-most 550 troops``."""
    number = str(figure.value) if figure.upper is None else f"{figure.value} and {figure.upper}"
    return f"{figure.bound} {number} {figure.measure}"


def in_being(day: str) -> None:
    """Print the operations that were in being at some time in *day*, the sure ones first."""
    found = natodata.operations.on(day)
    sure = natodata.operations.on(day, certain=True)
    print(f"\nIn being on {day}")
    for record in sure:
        began = f", since {record.start}" if record.start else ""
        print(f"  {led(record)}{began}")
    print(f"Perhaps in being on {day}: the dates that are known do not decide it")
    for record in found:
        if record not in sure:
            print(f"  {led(record)}")


def led(record: Operation) -> str:
    """Return the name of an operation, and who leads it where that is known."""
    return f"{record.name} ({record.lead.name})" if record.leads else record.name


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["nmi", "2019-11-20"]
    main(chosen[0], chosen[-1])
