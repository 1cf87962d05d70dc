"""The face of the data: a dataset and the questions that can be put to it."""

from __future__ import annotations

import os
from threading import Lock
from typing import TypeVar

from natodata.collection import Collection
from natodata.dates import WhenLike, when_of
from natodata.errors import BadArgument
from natodata.holdings import Holdings
from natodata.records import Record
from natodata.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import networkx as nx

    from natodata.loading.strict_yaml import Limits
    from natodata.queries.audit import Finding
    from natodata.queries.causes import Trace
    from natodata.queries.claims import ClaimedValue
    from natodata.queries.evidence import Support
    from natodata.queries.matching import Match
    from natodata.queries.searching import Hit
    from natodata.queries.sql import Parameters
    from natodata.queries.staleness import StaleFact
    from natodata.queries.timeline import Timeline
    from natodata.queries.versions import Difference
    from natodata.records import (
        Citation,
        Contribution,
        Country,
        Membership,
        Operation,
        Organisation,
        Post,
        Tenure,
        Topic,
    )
    from natodata.tabular import Table

__all__ = ["Dataset", "load"]

D = TypeVar("D")
R = TypeVar("R", bound=Record)


class Dataset(Holdings):
    """All records of one body of data, and the questions that can be put to it.

    A dataset never changes: `extend` and `on` give new ones. Wherever a method takes a record, it
    takes the id of one as well.

    Examples:
        >>> import natodata
        >>> nato = natodata.load()
        >>> nato.operations["nmi"].command.seat.name
        'Lago Patria'
    """

    __slots__ = ()

    # --- making datasets -----------------------------------------------------------------------

    @classmethod
    def from_yaml(cls, *paths: str | Path, limits: Limits | None = None) -> Dataset:
        """Return a dataset of the records in files, and in the ``*.yaml`` files of folders.

        Args:
            paths: Files and folders.
            limits: How much they may hold, other than `natodata.Limits` has it by default.

        Raises:
            DataError: Anything in them is wrong, or too much; every problem is listed with its
                line.
            BadArgument: *limits* are none.
        """
        from natodata.loading.checking import load_paths

        return cls(Store(load_paths(paths, limits=limits)))

    @classmethod
    def from_snapshot(cls, path: str | Path) -> Dataset:
        """Return the dataset of a compiled snapshot, such as an installed package carries.

        Raises:
            DataError: It cannot be read, or is no snapshot of this format.
        """
        from natodata.loading.catalogue import read_snapshot

        return cls(Store(read_snapshot(path)))

    def extend(self, *paths: str | Path, limits: Limits | None = None) -> Dataset:
        """Return a new dataset: these records with those of files added, or patched by them.

        Under ``patches`` a file changes records that are there: ``{id: nmi, set: {name: …}}``
        replaces fields, ``{id: nmi, add: {aliases: […]}}`` lengthens lists.

        Args:
            paths: Files and folders.
            limits: How much they may hold, other than `natodata.Limits` has it by default.

        Raises:
            DataError: Anything in the files is wrong, or too much; every problem is listed with
                its line.
            BadArgument: *limits* are none.
        """
        from natodata.loading.checking import load_paths

        return Dataset(Store(load_paths(paths, self._store.catalogue(), limits)))

    def on(self, when: WhenLike, *, certain: bool = False) -> Dataset:
        """Return the dataset as it was at some time in *when*: a view, made as it is used.

        It holds the records that were there then, and what changed over time (names, leads,
        commands, seats …) is what was valid then. Each collection of it is what `Collection.on`
        gives. Where a question takes a record, it may be one of another time.

        Args:
            when: A day, month, year or period; see `Collection.on`.
            certain: Whether to leave out what the dates do not decide.

        Raises:
            BadDate: *when* is a text that is no date.

        Warns:
            StaleDataWarning: *when* lies beyond the day up to which the data is kept.

        Examples:
            >>> import natodata
            >>> then = natodata.load().on("2016-10-15")
            >>> "isaf" in then, "kfor" in then
            (False, True)
        """
        from natodata.queries.moments import warn_if_stale

        date = when_of(when)
        warn_if_stale(self._store, date)
        return Dataset(self._store.at(date, certain=certain))

    # --- finding -------------------------------------------------------------------------------

    def find(self, name: str) -> Record:
        """Return the one record that answers to a name.

        Case, accents, punctuation, spaces, and a "NATO", "Operation" or "Mission" around a name do
        not count, but a record that is called just so goes before one that is not. A meeting
        answers to its name with and without its year. A country goes before a place in it that is
        called alike, and both go before sources and topics. In `on`, what was not there then does
        not answer.

        Args:
            name: An id, name, acronym, alias, former or foreign name.

        Raises:
            NotFound: Nothing answers to it; near names are suggested.
            Ambiguous: More than one record does, or begins so; `Ambiguous.candidates` lists them.
            BadArgument: *name* has no letter or digit.

        Examples:
            >>> import natodata
            >>> natodata.load().find("sea-guardian mission")
            <Operation sea-guardian>
        """
        from natodata.queries.finding import find

        return find(self._store, name)

    def match(self, name: str, limit: int = 10) -> tuple[Match, ...]:
        """Return the records that a name may mean, best first, with score and reason.

        Args:
            name: A name, however misspelt.
            limit: At most so many.

        Raises:
            BadArgument: *name* has no letter or digit, or *limit* is below 1.

        Examples:
            >>> import natodata
            >>> best, *others = natodata.load().match("sea gardian")
            >>> best.record, best.reason
            (<Operation sea-guardian>, 'a similar spelling')
        """
        from natodata.queries.matching import match

        return match(self._store, name, limit)

    def search(
        self, query: str, *, collection: str | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Return the records whose texts have all words of a query, best first.

        Names count for more than topics, and those for more than summaries, aims, positions and
        notes. What is called just what is searched for comes first. Where no record has all the
        words, those come that have some of them, and `Hit.complete` is false.

        Args:
            query: Words, stemmed; ``"words in quotes"`` stand together, ``train*`` is a beginning.
            collection: Only records of this collection.
            limit: At most so many.

        Raises:
            BadArgument: *query* has no word or more than 64, there is no such collection, or
                *limit* is below 1.

        Examples:
            >>> import natodata
            >>> natodata.load().search("Sea Guardian", limit=1)[0].record
            <Operation sea-guardian>
        """
        from natodata.queries.searching import search

        return search(self._store, query, collection=collection, limit=limit)

    # --- evidence ------------------------------------------------------------------------------

    def evidence(self, record: Record | str, field: str | None = None) -> tuple[Citation, ...]:
        """Return the citations behind one field of a record, or behind all of it.

        Args:
            record: A record or its id.
            field: A field, stored or computed (``start``, ``command``); `None` for all.

        Raises:
            BadArgument: The record has no such field; a near name is suggested.
        """
        from natodata.queries.evidence import evidence
        from natodata.queries.naming import identify

        return evidence(identify(self._store, record), field)

    def claims(self, record: Record | str, field: str) -> tuple[ClaimedValue, ...]:
        """Return every value that anyone states for a field, the one taken first.

        Args:
            record: A record or its id.
            field: A field, stored or computed.

        Raises:
            BadArgument: The record has no such field; a near name is suggested.
        """
        from natodata.queries.claims import claims
        from natodata.queries.naming import identify

        return claims(identify(self._store, record), field)

    def support(self, record: Record | str, field: str | None = None) -> Support:
        """Return how many independent sources stand behind a field, and the best one's class."""
        from natodata.queries.evidence import support
        from natodata.queries.naming import identify

        return support(identify(self._store, record), field)

    def audit(self, kind: str | Sequence[str] | None = None) -> tuple[Finding, ...]:
        """Return what an editor should look at.

        Args:
            kind: ``"single-source"``, ``"tenures"`` (gaps and overlaps), ``"sums"``, ``"stale"``,
                ``"conflicts"``, ``"contradictions"``, ``"outside"``, ``"undated"``, or several of
                them; all by default. `natodata.queries.audit.audit` says what each finds.

        Raises:
            BadArgument: There is no such kind.
        """
        from natodata.queries.audit import audit

        return audit(self._store, kind)

    def stale(self, days: int = 90, on: WhenLike | None = None) -> tuple[StaleFact, ...]:
        """Return what is said to go on, and was last said to more than *days* days ago.

        The oldest word comes first. `natodata.queries.staleness.stale` says what counts.

        Args:
            days: Only what is older than so many days.
            on: The day from which to count back; by default that up to which the data is kept.

        Raises:
            BadArgument: *days* is below 0.
            BadDate: *on* is a text that is no date.
        """
        from natodata.queries.staleness import stale

        return stale(self._store, days, on)

    def diff(self, other: Dataset) -> Difference:
        """Return what was added, removed and changed on the way from another dataset to this.

        It is empty for the dataset itself; ``print`` shows a line for each fact. `Difference.only`
        keeps the changes in given records.

        Raises:
            BadArgument: *other* is no dataset.
        """
        from natodata.queries.versions import compare

        if not isinstance(other, Dataset):
            raise BadArgument(f"expected a dataset to compare with, got {other!r}")
        return compare(other._store, self._store)

    def cite(self, record: Record | str | None = None, style: str = "text") -> str:
        """Return references to a record's sources, to a source, or to the dataset itself.

        Args:
            record: A record or its id; the dataset by default.
            style: ``"bibtex"``, ``"csl-json"`` or ``"text"``.

        Raises:
            BadArgument: There is no such style.
        """
        from natodata.queries.citing import cite, cite_dataset
        from natodata.queries.naming import identify

        if record is None:
            return cite_dataset(self._store, style)
        return cite(identify(self._store, record), style)

    # --- relations and time --------------------------------------------------------------------

    def referring_to(self, record: Record | str) -> tuple[Record, ...]:
        """Return every record that points at a record, in the order of their ids."""
        from natodata.queries.naming import identify
        from natodata.queries.references import referring_to

        return referring_to(self._store, identify(self._store, record))

    def trace(self, record: Record | str) -> Trace:
        """Return what led to a record and what followed from it, as an ordered chain.

        Each step says how it is tied to the next and who says so; ``print`` shows a line a step.
        """
        from natodata.queries.causes import trace
        from natodata.queries.naming import identify

        return trace(self._store, identify(self._store, record))

    def timeline(
        self,
        since: WhenLike | None = None,
        until: WhenLike | None = None,
        *,
        about: Record | str | None = None,
        topic: Topic | str | None = None,
        country: Country | str | None = None,
        kind: str | Sequence[str] | None = None,
        full: bool = False,
        certain: bool = False,
    ) -> Timeline:
        """Return dated things in order of time: all of them, or the story of what is asked about.

        Of a subject (*about*, *topic*, *country*) it is a briefing. What drowns a story is left
        out: the parts of single countries, numbers, strength sheets and views that are not those
        of the subject itself; dates that only attest; rivals of the date that the rule takes; and
        what a decision or an event of the same day says better. The whole rule is under
        :ref:`briefing`. *full* or a *kind* gives everything.

        In `on`, those are the things that happened then.

        Args:
            since: Nothing that ended before the first day of this.
            until: Nothing that began after the last day of this.
            about: A record: only what belongs to it or is about it; of a topic, what is on it.
            topic: Only records on this topic or a narrower one.
            country: Only what belongs to this country or is about it.
            kind: Kinds of entry, such as ``"milestone"``, ``"decision"``, ``"meeting"``, or
                ``"change"`` for a name, command, lead, posture, seat or owner held from then on;
                all entries of these kinds are given.
            full: Whether to give everything, where a subject is named too.
            certain: Whether to leave out what the dates do not decide.

        Raises:
            BadArgument: The period is reversed, or a kind is unknown.
            NotFound: A record is not in the data.
        """
        from natodata.queries.timeline import timeline

        return timeline(
            self._store,
            since=since,
            until=until,
            about=about,
            topic=topic,
            country=country,
            kind=kind,
            full=full,
            certain=certain,
        )

    def members(
        self,
        on: WhenLike | None = None,
        *,
        framework: Organisation | str = "nato",
        certain: bool = False,
    ) -> Collection[Membership]:
        """Return the memberships in a framework, NATO by default, in the order of joining.

        Args:
            on: When; all that ever were by default.
            framework: The alliance, partnership or coalition.
            certain: Whether to leave out what the dates do not decide.
        """
        from natodata.queries.alliances import members

        found = members(self._store, framework)
        whole: Collection[Membership] = Collection(self._store, "memberships", found)
        return self._dated(whole, on, certain=certain)

    def partners(
        self, on: WhenLike | None = None, *, certain: bool = False
    ) -> Collection[Membership]:
        """Return the memberships in NATO's partnerships, in the order of joining.

        A suspended partnership is among them; `Membership.suspended_on` tells.

        Args:
            on: When; all that ever were by default.
            certain: Whether to leave out what the dates do not decide.
        """
        from natodata.queries.alliances import partners

        found = partners(self._store)
        whole: Collection[Membership] = Collection(self._store, "memberships", found)
        return self._dated(whole, on, certain=certain)

    def membership(
        self, country: Country | str, framework: Organisation | str = "nato"
    ) -> Membership:
        """Return a country's membership in a framework: the latest, where it has several.

        Raises:
            NotFound: It has none in the data.
        """
        from natodata.queries.alliances import membership

        return membership(self._store, country, framework)

    def holder(self, post: Post | str, on: WhenLike) -> Tenure:
        """Return who held a post at some time in *on*: a tenure, with person and dates.

        Raises:
            NotFound: Nobody is known to have held it then; the message says who did before and
                after.
            Ambiguous: Several may have; `Ambiguous.candidates` lists their tenures.
        """
        from natodata.queries.alliances import held_by

        return held_by(self._store, post, on)

    def holders(
        self, post: Post | str, on: WhenLike | None = None, *, certain: bool = False
    ) -> Collection[Tenure]:
        """Return all tenures of a post in order of time."""
        from natodata.queries.alliances import holders

        found = holders(self._store, post)
        whole: Collection[Tenure] = Collection(self._store, "tenures", found)
        return self._dated(whole, on, certain=certain)

    def contributors(
        self,
        operation: Operation | str,
        on: WhenLike | None = None,
        *,
        capacity: str | Sequence[str] | None = None,
        certain: bool = False,
    ) -> Collection[Contribution]:
        """Return the contributions to an operation.

        Args:
            operation: The operation.
            on: When; all of its life by default.
            capacity: ``"member"``, ``"partner"`` (operational partners among them) or another
                code. With *on*, membership in NATO while it took part then tells members from
                partners: a country that joined in the middle of that time was both.
            certain: Whether to leave out what the dates do not decide.
        """
        from natodata.queries.alliances import contributors

        time = self._time(on)
        found = contributors(self._store, operation, on=time, capacity=capacity, certain=certain)
        whole: Collection[Contribution] = Collection(
            self._store, "contributions", tuple(found), found
        )
        return self._dated(whole, None, certain=certain)

    def strength(
        self, operation: Operation | str, on: WhenLike | None = None, *, certain: bool = False
    ) -> Table:
        """Return the published strength of an operation, nation by nation, over time.

        A row is a line of a strength sheet, a total printed there, or a figure of personnel or
        troops of the operation or a contribution. Rows are in order of date, then sheet by sheet,
        nations before the total.

        Args:
            operation: The operation.
            on: When the number held; at any time by default.
            certain: Whether to leave out what the dates do not decide.

        Returns:
            A table with the columns ``operation``, ``date``, ``row`` (``nation`` or ``total``:
            never add up both), ``country`` and ``country_name`` (empty in totals), ``measure``,
            ``personnel`` (empty where a nation is listed without a number, which is not zero),
            ``upper`` and ``bound`` (what the number bounds), ``rank``, ``report`` (the sheet),
            ``source``, ``date_earliest`` and ``date_latest``.

        Raises:
            NotFound: There is no such operation.
            BadArgument: *operation* is a record of another type.
        """
        from natodata.queries.strengths import strength

        return strength(self._store, operation, on=self._time(on), certain=certain)

    def mandates(self, kind: str | None = None) -> Collection[Operation]:
        """Return the operations that have a legal basis: of one kind, or of any."""
        from natodata.queries.alliances import mandates

        whole: Collection[Operation] = Collection(
            self._store, "operations", mandates(self._store, kind)
        )
        return self._dated(whole, None, certain=False)

    # --- tables --------------------------------------------------------------------------------

    def tables(self) -> dict[str, Table]:
        """Return the relational form: a new dict of tables by name.

        One table for each collection, one for each kind of piece (``milestones``, ``figures``,
        ``citations`` …) and one for each list of references or texts.
        """
        from natodata.queries.tables import tables

        return tables(self._store)

    def sql(
        self, query: str, parameters: Parameters = (), *, max_steps: int | None = None
    ) -> Table:
        """Return the rows of a query in SQLite's SQL over `tables`.

        Args:
            query: One statement that reads; anything that writes, attaches a file or loads code
                is refused.
            parameters: Values for its ``?`` or ``:name`` marks.
            max_steps: Steps of SQLite's machine that it may take, ten million by default; for each
                ten million it may take a second of processor time and 256 MiB.

        Raises:
            BadArgument: The statement fails, would do more than read, or takes too much.
        """
        from natodata.queries.sql import sql

        return sql(self._store, query, parameters, max_steps)

    def to_networkx(self, collections: str | Sequence[str] | None = None) -> nx.MultiDiGraph[str]:
        """Return the records and their references as a networkx graph.

        Nodes are ids, edges go from a record to what it refers to;
        `natodata.export.graph` says what their attributes are.

        Args:
            collections: Only the records of these, and what ties them; all by default.

        Raises:
            MissingExtra: networkx is not installed; the message says how to.
        """
        from natodata.export.files import named
        from natodata.export.graph import to_networkx

        return to_networkx(self._store, named(collections))

    def export(
        self,
        path: str | Path,
        form: str | None = None,
        collections: str | Sequence[str] | None = None,
    ) -> Path:
        """Write the dataset to a file or folder, whole or not at all, and return its path.

        Args:
            path: Its ending says the form: ``.sqlite``, ``.jsonl``, ``.geojson``, ``.jsonld``,
                ``.graphml``, ``.bib``, ``.csl.json``, ``.ics``, ``.parquet`` for a folder of
                Parquet files; a name without an ending is a folder for a Data Package of CSV. An
                earlier export there is replaced; a folder with anything else in it is not.
            form: The form by name, whatever the path: a key of `natodata.export.files.FORMS`.
            collections: Only the records of these; all by default. Sources are those cited.

        Raises:
            BadArgument: The form or a collection is unknown, or *path* is no place for an export.
            MissingExtra: The library that the form needs is not installed.
            OSError: The file cannot be written.
        """
        from natodata.export.files import export

        return export(self._store, path, form, collections)

    def browse(self, path: str | Path) -> Path:
        """Write the dataset as one page of HTML that works without a network; return its path.

        It has search, filters, a timeline, a map, and the evidence of each fact. In `on`, it
        shows what was there then.

        Args:
            path: The file; an earlier one is replaced.

        Raises:
            BadArgument: *path* is a folder, or lies in none that is there.
            OSError: The file cannot be written.
        """
        from natodata.export.browse import write

        return write(self._store, path)

    def panel(
        self,
        kind: str,
        first_year: int,
        last_year: int,
        *,
        codes: Sequence[str] = ("iso3", "cow", "gw"),
        rule: str = "any-day",
        framework: Organisation | str = "nato",
        operation: Operation | str | None = None,
    ) -> Table:
        """Return a row for each year and country that ever belonged, took part or was counted.

        Columns are ``country`` (the id) and ``year``, for participation and strength ``operation``
        before them, then the codes, then what is said, then the rule.

        * ``membership``: ``member`` is 1 for yes, 0 for no, empty where the dates leave it open.
        * ``participation``: so is ``participates``.
        * ``strength``: ``personnel`` is the number published for the latest time in the year, with
          ``upper`` and ``bound`` (what it bounds) and ``as_of`` (when it held). It is empty, which
          is not zero, where none was published, and where the country was listed without one:
          then ``as_of`` says in which sheet. Nothing is filled in from other years.

        Args:
            kind: ``"membership"``, ``"participation"`` or ``"strength"``.
            first_year: The first year.
            last_year: The last year.
            codes: Of ``"iso2"``, ``"iso3"``, ``"isonum"``, ``"cow"``, ``"gw"``; the last two are
                those that held in the year, by the same rule, the later one if two did.
            rule: What "in a year" means: ``"any-day"``, ``"january-1"`` or ``"december-31"``.
            framework: For membership, what countries belong to.
            operation: For participation and strength; all by default.

        Raises:
            BadArgument: A kind, code or rule is unknown, or the years are reversed.
            NotFound: The framework or operation is not in the data.
        """
        from natodata.queries.panels import panel

        return panel(
            self._store,
            kind,
            first_year,
            last_year,
            codes=codes,
            rule=rule,
            framework=framework,
            operation=operation,
        )

    def _dated(self, found: Collection[R], on: WhenLike | None, *, certain: bool) -> Collection[R]:
        """Return, of what a question found, what was there at the time asked for."""
        for view in self._store.views:
            found = found.on(view.when, certain=view.certain)
        return found if on is None else found.on(on, certain=certain)

    def _time(self, on: WhenLike | None) -> WhenLike | None:
        """Return the time asked for, which in a view is the one looked at by default."""
        views = self._store.views
        return views[-1].when if on is None and views else on


_lock = [Lock()]
_packaged: list[Dataset] = []


def _unlock() -> None:
    """Take a new lock: who held the old one may not be there in a forked process."""
    _lock[0] = Lock()


if hasattr(os, "register_at_fork"):  # pragma: no branch (Windows cannot fork)
    os.register_at_fork(after_in_child=_unlock)


def load() -> Dataset:
    """Return the dataset that the package carries: the same object each time.

    Raises:
        DataError: In a checkout, the YAML is not valid.
    """
    if not _packaged:
        from natodata.loading.catalogue import load_packaged

        with _lock[0]:
            if not _packaged:
                _packaged.append(Dataset(Store(load_packaged())))
    return _packaged[0]
