"""Who belonged, who held a post, who took part, and how many: ids in the answer's order."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from natodata.dates import Certainty, When, WhenLike, meets, when_of
from natodata.errors import Ambiguous, BadArgument
from natodata.queries import moments
from natodata.queries.naming import identify, missing
from natodata.records import (
    Contribution,
    Country,
    Figure,
    Membership,
    Operation,
    Organisation,
    Post,
    Record,
    StrengthReport,
    Tenure,
)
from natodata.records.vocabulary import (
    Bound,
    Capacity,
    LegalBasisKind,
    Measure,
    OrganisationKind,
)
from natodata.store import Store
from natodata.tabular import Cell, Table

__all__ = [
    "contributors",
    "held_by",
    "holders",
    "mandates",
    "members",
    "membership",
    "of_type",
    "partners",
    "strength",
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
        raise BadArgument(f"expected a {cls.__name__}, got {record.id!r}, which is a {found}")
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
    first, first_latest, last_earliest, _ = tenure.bounds
    return (first or min(first_latest, last_earliest or first_latest)), last_earliest, tenure.id


def held_by(store: Store, post: Post | str, on: WhenLike) -> Tenure:
    """Return the one tenure of a post at some time in *on*.

    A holder whom the dates make certain goes before those whom they only allow.

    Raises:
        NotFound: Nobody is known to have held it then.
        Ambiguous: Several may have; the message and `Ambiguous.candidates` list them.
    """
    office = of_type(store, post, Post)
    ids = holders(store, office)
    found = moments.answers(store, "tenures", ids, on, certain=False)
    sure = [each for each, answer in found.items() if answer is Certainty.YES]
    candidates = sure or list(found)
    if not candidates:
        raise missing(f"no holder of {office.id!r} is known for {on}", ())
    if len(candidates) > 1:
        listed = ", ".join(candidates)
        raise Ambiguous(f"the holder of {office.id!r} in {on} may be: {listed}", tuple(candidates))
    record = store.record(candidates[0])
    assert isinstance(record, Tenure)  # noqa: S101 (ids of tenures give tenures)
    return record


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
        contribution = store.record(identifier)
        assert isinstance(contribution, Contribution)  # noqa: S101 (as above)
        fits = answer & _in_capacity(store, contribution, wanted, on)
        if fits is Certainty.YES or (fits is Certainty.MAYBE and not certain):
            kept[identifier] = fits
    return kept


def _capacities(capacity: str | Sequence[str] | None) -> frozenset[Capacity] | None:
    if capacity is None:
        return None
    wanted = set()
    for each in (capacity,) if isinstance(capacity, str) else capacity:
        try:
            wanted.add(Capacity(each))
        except ValueError:
            codes = ", ".join(Capacity)
            raise BadArgument(f"expected a capacity of {codes}, got {each!r}") from None
    return frozenset(wanted | (_PARTNER if Capacity.PARTNER in wanted else frozenset()))


def _in_capacity(
    store: Store, contribution: Contribution, wanted: frozenset[Capacity], on: WhenLike | None
) -> Certainty:
    """Return whether a country took part in one of the capacities wanted."""
    recorded = contribution.capacity
    asked = Capacity.MEMBER in wanted or Capacity.PARTNER in wanted
    if on is None or not asked or recorded not in {Capacity.MEMBER, *_PARTNER}:
        return Certainty.YES if recorded in wanted else Certainty.NO
    spans = [
        each.bounds
        for each in store.of_type(Membership)
        if each.framework.id == _ALLIANCE and each.country == contribution.country
    ]
    if not spans:
        return Certainty.YES if recorded in wanted else Certainty.NO
    query = when_of(on).query_bounds
    member = Certainty.NO
    for bounds in spans:
        member |= meets(bounds, query)
    as_member = member if Capacity.MEMBER in wanted else Certainty.NO
    as_partner = ~member if Capacity.PARTNER in wanted else Certainty.NO
    return as_member | as_partner


_COUNTED = (Measure.PERSONNEL, Measure.TROOPS)
_COLUMNS = (
    "operation",
    "date",
    "country",
    "country_name",
    "personnel",
    "upper",
    "bound",
    "report",
    "source",
)


def strength(
    store: Store, operation: Operation | str, *, on: WhenLike | None, certain: bool
) -> Table:
    """Return the published strength of each nation over time, and the totals (country empty).

    A row is a line of a strength sheet, a total printed there, or a figure of a contribution or
    of the operation. ``personnel`` is empty where a nation is listed without a number.
    """
    undertaking = of_type(store, operation, Operation)
    query = None if on is None else when_of(on).query_bounds
    rows: list[tuple[tuple[int, int, str], str, tuple[Cell, ...]]] = []
    for when, cells in _strength_rows(store, undertaking):
        answer = Certainty.YES if query is None else meets(moments.moment(when), query)
        if answer is Certainty.YES or (answer is Certainty.MAYBE and not certain):
            rows.append((when.sort_key, str(cells[2] or ""), cells))
    rows.sort(key=lambda row: (row[0], row[1]))
    return Table(_COLUMNS, [cells for _, _, cells in rows])


def _strength_rows(store: Store, operation: Operation) -> Iterator[tuple[When, tuple[Cell, ...]]]:
    for report in store.of_type(StrengthReport):
        if report.operation == operation:
            for cells in _report_rows(report):
                yield report.date, cells
    counted: list[tuple[Country | None, Figure]] = [(None, each) for each in operation.figures]
    for contribution in store.of_type(Contribution):
        if contribution.operation == operation:
            counted += [(contribution.country, each) for each in contribution.figures]
    for country, figure in counted:
        if figure.measure in _COUNTED:
            yield figure.as_of, _figure_row(operation, country, figure)


def _report_rows(report: StrengthReport) -> Iterator[tuple[Cell, ...]]:
    source = report.citations[0].source.id if report.citations else None
    start = (report.operation.id, str(report.date))
    for line in report.rows:
        nation = (line.country.id, line.country.name, line.personnel, None, line.bound.value)
        yield (*start, *nation, report.id, source)
    if report.printed_total is not None:
        total = (None, None, report.printed_total, None, Bound.EXACT.value)
        yield (*start, *total, report.id, source)


def _figure_row(operation: Operation, country: Country | None, figure: Figure) -> tuple[Cell, ...]:
    return (
        operation.id,
        str(figure.as_of),
        country.id if country else None,
        country.name if country else None,
        figure.value,
        figure.upper,
        figure.bound.value,
        None,
        figure.citations[0].source.id if figure.citations else None,
    )


def mandates(store: Store, kind: str | None) -> tuple[str, ...]:
    """Return the ids of operations with a legal basis: of a kind, or of any."""
    if kind is not None and kind not in list(LegalBasisKind):
        codes = ", ".join(LegalBasisKind)
        raise BadArgument(f"expected a kind of legal basis of {codes}, got {kind!r}")
    return tuple(
        each.id
        for each in store.of_type(Operation)
        if (each.legal_basis_kind if kind is None else kind in each.legal_basis_kind)
    )
