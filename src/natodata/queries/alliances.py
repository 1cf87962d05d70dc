"""Who belonged, who held a post, who took part: ids in the answer's order."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from natodata.dates import NEVER, Bounds, Certainty, When, WhenLike, meets, when_of
from natodata.errors import Ambiguous, BadArgument
from natodata.loading.wording import kinds, nearest
from natodata.queries import moments
from natodata.queries.naming import identify, missing
from natodata.records import (
    Contribution,
    Country,
    Membership,
    Operation,
    Organisation,
    Post,
    Record,
    Tenure,
)
from natodata.records.vocabulary import Capacity, LegalBasisKind, OrganisationKind
from natodata.store import Store

__all__ = [
    "contributors",
    "held_by",
    "holders",
    "mandates",
    "members",
    "membership",
    "of_type",
    "partners",
]

R = TypeVar("R", bound=Record)

_ALLIANCE = "nato"
_PARTNER = frozenset({Capacity.PARTNER, Capacity.OPERATIONAL_PARTNER})


def of_type(store: Store, given: Record | str, cls: type[R]) -> R:
    """Return the record that is meant, which must be of a type.

    Raises:
        NotFound: There is none of that id.
        BadArgument: It is of another type.
    """
    record = identify(store, given)
    if not isinstance(record, cls):
        found = type(record).__name__
        raise BadArgument(
            f"expected {kinds((cls,))}, got {record.id!r}, which is of the type {found}"
        )
    return record


def members(store: Store, framework: Record | str) -> tuple[str, ...]:
    """Return the ids of the memberships in a framework, by start and country."""
    body = of_type(store, framework, Organisation)
    found = [each for each in store.of_type(Membership) if each.framework == body]
    return tuple(each.id for each in sorted(found, key=_start_key))


def partners(store: Store) -> tuple[str, ...]:
    """Return the ids of the memberships in partnerships, by start and country."""
    kind = OrganisationKind.PARTNERSHIP
    found = [each for each in store.of_type(Membership) if each.framework.kind is kind]
    return tuple(each.id for each in sorted(found, key=_start_key))


def _start_key(membership: Membership) -> tuple[int, str]:
    return membership.bounds[0], membership.id


def membership(store: Store, country: Country | str, framework: Organisation | str) -> Membership:
    """Return a country's membership in a framework: the latest, where it has several.

    Raises:
        NotFound: It has none.
    """
    state = of_type(store, country, Country)
    body = of_type(store, framework, Organisation)
    found = [
        each
        for each in store.of_type(Membership)
        if each.country == state and each.framework == body
    ]
    if not found:
        raise missing(f"{state.name} has no membership in {body.name} in the data", ())
    return max(found, key=_start_key)


def holders(store: Store, post: Post | str) -> tuple[str, ...]:
    """Return the ids of the tenures of a post, by start; those without a start by their end."""
    office = of_type(store, post, Post)
    found = [each for each in store.of_type(Tenure) if each.post == office]
    return tuple(each.id for each in sorted(found, key=_tenure_key))


def _tenure_key(tenure: Tenure) -> tuple[int, int, str]:
    _, first_latest, last_earliest, _ = tenure.bounds
    # The post's life bounds a beginning that no source gives, but puts nobody first in it.
    begun = NEVER if tenure.start is None else tenure.start.bounds[0]
    return (begun or min(first_latest, last_earliest or first_latest)), last_earliest, tenure.id


def held_by(store: Store, post: Post | str, on: WhenLike) -> Tenure:
    """Return the one tenure of a post that is certain at some time in *on*.

    On the day of a handover it is that of the one who took over.

    Raises:
        NotFound: Nobody is known to have held it then; the message says who did before and after.
        Ambiguous: Several held it, or the dates only allow that somebody did; the message and
            `Ambiguous.candidates` list them.
    """
    office = of_type(store, post, Post)
    found = moments.answers(store, "tenures", holders(store, office), on, certain=False)
    if not found:
        around = _around(store, office, when_of(on))
        raise missing(f"no holder of {office.id!r} is known for {on}{around}", ())
    certain = [each for each, answer in found.items() if answer is Certainty.YES]
    sure = _taken_over([of_type(store, each, Tenure) for each in certain], when_of(on))
    if len(sure) == 1:
        return sure[0]
    tenures = sure or [of_type(store, each, Tenure) for each in found]
    listed = "; ".join(map(_spell, tenures))
    number = "several" if sure else "none for sure; it may be"
    message = f"expected one holder of {office.id!r} in {on}, got {number}: {listed}"
    raise Ambiguous(message, tuple(each.id for each in tenures))


def _around(store: Store, office: Post, when: When) -> str:
    """Return in words who held a post last before a time in which nobody did, and first after."""
    spells = moments.spells_by_id(store, "tenures")
    first, _ = when.span
    tenures = [of_type(store, each, Tenure) for each in holders(store, office)]
    before = [each for each in tenures if spells[each.id][-1][3] < first]
    after = [each for each in tenures if each not in before]
    words = [f"; before: {_spell(each)}" for each in before[-1:]]
    words += [f"; after: {_spell(each)}" for each in after[:1]]
    return "".join(words)


def _taken_over(tenures: list[Tenure], when: When) -> list[Tenure]:
    """Leave out, on a single day, those who left on it where somebody took over on it."""
    first, last = when.span
    if first != last or not any(each.bounds[:2] == (first, first) for each in tenures):
        return tenures
    return [each for each in tenures if each.bounds[2:] != (first, first)]


def _spell(tenure: Tenure) -> str:
    return f"{tenure.id} ({tenure.person.name}, {tenure.period or 'not dated'})"


def contributors(
    store: Store,
    operation: Operation | str,
    *,
    on: WhenLike | None,
    capacity: str | Sequence[str] | None,
    certain: bool,
) -> dict[str, Certainty]:
    """Return the contributions to an operation, with how surely each belongs in the answer.

    Args:
        store: The records.
        operation: The operation.
        on: When; `None` for all of its life.
        capacity: ``"member"``, ``"partner"`` (operational partners among them), or another code.
            With *on*, membership in NATO at that time decides between member and partner.
        certain: Whether to leave out what the dates do not decide.
    """
    undertaking = of_type(store, operation, Operation)
    wanted = _capacities(capacity)
    ids = [each.id for each in store.of_type(Contribution) if each.operation == undertaking]
    found: dict[str, Certainty] = (
        dict.fromkeys(ids, Certainty.YES)
        if on is None
        else moments.answers(store, "contributions", ids, on, certain=certain)
    )
    if wanted is None:
        return found
    kept: dict[str, Certainty] = {}
    for identifier, answer in found.items():
        contribution = of_type(store, identifier, Contribution)
        fits = answer & _in_capacity(store, contribution, wanted, on)
        if moments.admits(fits, certain=certain):
            kept[identifier] = fits
    return kept


def _capacities(capacity: str | Sequence[str] | None) -> frozenset[Capacity] | None:
    if capacity is None:
        return None
    wanted = set()
    single = isinstance(capacity, str) or not isinstance(capacity, Iterable)
    given: tuple[object, ...] = (capacity,) if single else tuple(capacity)
    for each in given:
        if each not in list(Capacity):
            raise _unknown("a capacity", each, list(Capacity))
        wanted.add(Capacity(str(each)))
    return frozenset(wanted | (_PARTNER if Capacity.PARTNER in wanted else frozenset()))


def _unknown(what: str, given: object, codes: Sequence[str]) -> BadArgument:
    near = nearest(str(given), codes)
    hint = f"; did you mean '{near}'?" if near else ""
    return BadArgument(f"expected {what} of {', '.join(codes)}, got {given!r}{hint}")


def _in_capacity(
    store: Store, contribution: Contribution, wanted: frozenset[Capacity], on: WhenLike | None
) -> Certainty:
    """Return whether a country took part in one of the capacities wanted.

    Members and partners are told apart by whether the country was in NATO while it took part in
    the time asked for: one that joined in the middle of it was both.
    """
    recorded = contribution.capacity
    stated = Certainty.YES if recorded in wanted else Certainty.NO
    if on is None or recorded not in {Capacity.MEMBER, *_PARTNER}:
        return stated
    spells = _in_alliance(store).get(contribution.country.id)
    if spells is None:
        return stated
    # The part of the time asked for in which the country took part.
    mine, its = contribution.bounds, when_of(on).query_bounds
    begun = max(mine[0], its[0]), max(mine[1], its[1])
    time = (*begun, min(mine[2], its[2]), min(mine[3], its[3]))
    found = Certainty.NO
    if Capacity.MEMBER in wanted:
        for spell in spells:
            found |= meets(spell, time)
    if wanted & _PARTNER:
        covered = Certainty.NO
        for spell in spells:
            covered |= _covers(spell, time)
        found |= ~covered
    return found


def _in_alliance(store: Store) -> dict[str, list[Bounds]]:
    """Return when countries were in NATO, by their ids."""
    found: dict[str, list[Bounds]] = {}
    for each in store.of_type(Membership):
        if each.framework.id == _ALLIANCE:
            found.setdefault(each.country.id, []).extend(each.spells)
    return found


def _covers(state: Bounds, time: Bounds) -> Certainty:
    """Return whether a state lasted all through a stretch of time."""
    if state[1] <= time[0] and state[2] >= time[3]:
        return Certainty.YES
    if state[0] <= time[1] and state[3] >= time[2]:
        return Certainty.MAYBE
    return Certainty.NO


def mandates(store: Store, kind: str | None) -> tuple[str, ...]:
    """Return the ids of operations with a legal basis: of a kind, or of any.

    Raises:
        BadArgument: There is no such kind of legal basis.
    """
    if kind is not None and kind not in list(LegalBasisKind):
        raise _unknown("a kind of legal basis", kind, list(LegalBasisKind))
    return tuple(
        each.id
        for each in store.of_type(Operation)
        if (each.legal_basis_kind if kind is None else kind in each.legal_basis_kind)
    )
