"""Checked loads: files of YAML to records, with every fault told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from attrs import fields
from cattrs.errors import ClassValidationError

from natodata import records
from natodata.dates import PartialDate
from natodata.errors import BadDate, DataError, Problem
from natodata.loading.catalogue import CLASS_OF, Catalogue, DatasetNotes
from natodata.loading.gathering import Enough, Gathered, Origin, gather, read_paths
from natodata.loading.integrity import integrity_faults
from natodata.loading.strict_yaml import DEFAULT_LIMITS, Limits, Tree, checked_limits
from natodata.loading.structuring import Fault, Mismatch, faults, structure
from natodata.loading.trusting import Instant, made
from natodata.loading.wording import cut, kinds, nearest
from natodata.records import Citation, CitedRecord, Lasting, Record

__all__ = ["load_files", "load_paths"]


class _Workshop:
    """Makes records from trees, each once, following references; notes what is wrong."""

    instant: Instant | None = None

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.made: dict[str, Record] = {}
        self.broken: set[str] = set()
        self.under_way: list[str] = []
        self.followed: dict[str, int] = {}
        """How many references follow one another from a record."""

    def make(self, identifier: str) -> Record | None:
        """Return the record, or `None` where it is faulty (and its faults are noted).

        Raises:
            Mismatch: A record that was there already cannot stay as it is, because of what is
                added: told where something new refers to it.
        """
        if identifier in self.made:
            return self.made[identifier]
        if identifier in self.broken:
            return None
        gathered = self.gathered
        fresh = identifier in gathered.ids
        collection = gathered.ids[identifier] if fresh else gathered.base_ids[identifier]
        tree = (gathered.trees if fresh else gathered.base)[collection][identifier]
        self.under_way.append(identifier)
        self.followed[identifier] = 0
        try:
            if fresh:
                record = structure(CLASS_OF[collection], tree, self, gathered.limits.faults)
            else:
                record = made(CLASS_OF[collection], tree, self)
        except ClassValidationError as error:
            self.broken.add(identifier)
            for fault in faults(error):
                if fault.expected:
                    gathered.blame_record(identifier, fault)
            return None
        except Mismatch:
            self.broken.add(identifier)
            raise
        finally:
            self.under_way.pop()
        self.made[identifier] = record
        if fresh:
            for fault in (*_misnamed(record), *_backwards(record)):
                gathered.blame_record(identifier, fault)
        return record

    def check(self, collection: str, tree: Mapping[str, Tree], origin: Origin) -> None:
        """Note what is wrong with a record that has no id of its own."""
        identifier = tree.get("id")
        self.under_way.append("")
        self.followed[""] = 0
        try:
            structure(CLASS_OF[collection], tree, self, self.gathered.limits.faults)
        except ClassValidationError as error:
            for fault in faults(error):
                if fault.expected:
                    label = cut(identifier) if isinstance(identifier, str) else ""
                    self.gathered.blame(origin.file, origin.place(fault.path), fault, label)
        finally:
            self.under_way.pop()

    def resolve(self, identifier: str, accepted: tuple[type[Record], ...]) -> Record:
        """Return the record referred to; raise `Mismatch` where there is none of that type."""
        gathered = self.gathered
        collection = gathered.ids.get(identifier) or gathered.base_ids.get(identifier)
        if collection is None:
            near = partial(self._near, identifier, accepted)
            raise Mismatch(f"the id of {kinds(accepted)}", cut(repr(identifier)), near)
        if CLASS_OF[collection] not in accepted:
            found = CLASS_OF[collection].__name__
            raise Mismatch(f"the id of {kinds(accepted)}", f"{identifier!r}, which is a {found}")
        if identifier in self.under_way:
            circle = [*self.under_way[self.under_way.index(identifier) :], identifier]
            raise Mismatch("references without a circle", " → ".join(circle))
        most = gathered.limits.chain
        if len(self.under_way) > most:
            raise _too_deep(identifier, most)
        record = self.make(identifier)
        if record is None:
            raise Mismatch("", "")
        # The order in which records are made must not decide whether they load.
        steps = self.followed[identifier] + 1
        if steps > most:
            raise _too_deep(identifier, most)
        here = self.under_way[-1]
        self.followed[here] = max(self.followed[here], steps)
        return record

    def refer(self, reference: str, accepted: tuple[str, ...]) -> Record:
        """Return the record that one which was there already refers to."""
        return self.resolve(reference, tuple(getattr(records, name) for name in accepted))

    def later(self, read: Callable[[Any, Any], object], value: object) -> object:
        """Return the value of a field at once: it may turn out to be faulty."""
        return read(value, self)

    def _near(self, identifier: str, accepted: tuple[type[Record], ...]) -> str:
        known = {**self.gathered.base_ids, **self.gathered.ids}
        return nearest(identifier, [key for key in known if CLASS_OF[known[key]] in accepted])


def _too_deep(identifier: str, most: int) -> Mismatch:
    return Mismatch(f"at most {most} references one after the other", f"more, to {identifier}")


def _backwards(record: Record) -> Iterator[Fault]:
    """Yield a fault where a record ends before it begins, which no answer could make sense of."""
    if isinstance(record, Lasting):
        try:
            record.period  # noqa: B018 (made to see whether it can be)
        except BadDate:
            wanted = f"an end not before the start {record.start}"
            yield Fault(("milestones",), wanted, str(record.end))


def _misnamed(record: Record) -> Iterator[Fault]:
    """Yield a fault for each `backs` and each claim that names no field."""
    if not isinstance(record, CitedRecord):
        return
    names = _names(type(record))
    yield from _misnamed_backs(record.citations, names, ("citations",))
    for index, claim in enumerate(record.claims):
        if claim.field not in names:
            yield _no_field(claim.field, names, ("claims", index, "field"))
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if not isinstance(value, tuple):
            continue
        for index, piece in enumerate(value):
            cited = () if isinstance(piece, Record) else getattr(piece, "citations", ())
            if cited:
                path = (field.name, index, "citations")
                yield from _misnamed_backs(cited, _names(type(piece)), path)


def _misnamed_backs(
    citations: Sequence[Citation], names: Sequence[str], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    for index, citation in enumerate(citations):
        for position, name in enumerate(citation.backs):
            if name not in names:
                yield _no_field(name, names, (*path, index, "backs", position))


def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def _no_field(name: str, names: Sequence[str], path: tuple[str | int, ...]) -> Fault:
    return Fault(path, "the name of a field", cut(repr(name)), partial(nearest, name, names))


def load_paths(
    paths: Sequence[str | Path],
    base: Catalogue | None = None,
    limits: Limits | None = None,
    *,
    integrity: bool = False,
) -> Catalogue:
    """Load files and folders of YAML, checking everything.

    Args:
        paths: Files, and folders whose ``*.yaml`` files are read.
        base: Records that are there already, to add to and to patch.
        limits: What they may hold; `DEFAULT_LIMITS` where nothing is said.
        integrity: Whether to hold the records to the rules for facts as well.

    Raises:
        DataError: Anything is wrong; every problem is listed.
    """
    given = DEFAULT_LIMITS if limits is None else checked_limits(limits)
    files, unread = read_paths(paths, given)
    return load_files(files, base, given, unread, integrity=integrity)


def load_files(
    files: Sequence[tuple[str, bytes]],
    base: Catalogue | None = None,
    limits: Limits = DEFAULT_LIMITS,
    unread: Sequence[Problem] = (),
    *,
    integrity: bool = False,
) -> Catalogue:
    """Load the bytes of YAML files; see `load_paths`."""
    start = base or Catalogue({name: {} for name in CLASS_OF}, {}, DatasetNotes())
    gathered = gather(files, start.trees, checked_limits(limits))
    workshop = _Workshop(gathered)
    notes = start.notes
    if gathered.count < limits.faults:
        with suppress(Enough):
            gathered.refuse(unread)
            notes = _notes(gathered, notes)
            _make_all(workshop)
            if integrity and not gathered.count:
                _hold_to_the_rules(workshop)
    if gathered.count:
        complete = gathered.count < limits.faults
        raise DataError(gathered.problems(), listed=limits.listed, complete=complete)
    trees = {name: _joined(start.trees[name], gathered.trees[name]) for name in CLASS_OF}
    return Catalogue(trees, workshop.made, notes)


def _joined(
    base: Mapping[str, dict[str, Tree]], fresh: Mapping[str, dict[str, Tree]]
) -> Mapping[str, dict[str, Tree]]:
    # What is not added to can stay packed.
    return {**base, **fresh} if fresh else base


def _make_all(workshop: _Workshop) -> None:
    """Make every new record, and what a patch could have put too far from its end."""
    gathered = workshop.gathered
    for identifier in gathered.ids:
        workshop.make(identifier)
    for collection, tree, origin in gathered.nameless:
        workshop.check(collection, tree, origin)
    if not gathered.count and (deeper := _deepened(workshop)):
        for identifier in gathered.base_ids:
            try:
                workshop.make(identifier)
            except Mismatch as error:
                fault = Fault((), error.expected, f"more, from {identifier}")
                gathered.blame_record(deeper, fault)
                return


def _deepened(workshop: _Workshop) -> str:
    """Return a patched record from which more references follow one another than before, or ""."""
    gathered = workshop.gathered
    before = _Workshop(Gathered(gathered.base, gathered.limits))
    for identifier in gathered.ids:
        if identifier in gathered.base_ids:
            before.make(identifier)
            if workshop.followed[identifier] > before.followed[identifier]:
                return identifier
    return ""


def _hold_to_the_rules(workshop: _Workshop) -> None:
    """Note every breach of the rules for facts in what is new."""
    for identifier, fault in integrity_faults(workshop.made):
        if identifier in workshop.gathered.ids:
            workshop.gathered.blame_record(identifier, fault)


def _notes(gathered: Gathered, before: DatasetNotes) -> DatasetNotes:
    said = gathered.dataset
    current_to = before.current_to
    if "current_to" in said:
        try:
            current_to = PartialDate.parse(said["current_to"])
        except BadDate:
            path = ("dataset", "current_to")
            fault = Fault(path, "a date such as 2026-11-21", cut(repr(said["current_to"])))
            gathered.blame(gathered.dataset_files["current_to"], path, fault)
    return DatasetNotes(
        said.get("title", before.title), said.get("version", before.version), current_to
    )
