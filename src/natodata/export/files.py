"""Export: which form a path asks for, and who writes it."""

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from natodata.errors import BadArgument
from natodata.export.writing import new_file, new_folder
from natodata.loading.catalogue import CLASS_OF
from natodata.loading.wording import nearest
from natodata.store import Store

__all__ = ["FORMS", "Form", "export", "named"]


class Form(NamedTuple):
    """A form in which a dataset can be written."""

    module: str
    """The module that writes it, in this package."""
    suffixes: tuple[str, ...]
    """Ends of the names that ask for it, the usual one first."""
    writer: str = "write"
    """The function there."""
    folder: bool = False
    """Whether it is a folder of files."""


FORMS: dict[str, Form] = {
    "datapackage": Form("data_package", (), folder=True),
    "parquet": Form("parquet_files", (".parquet",), folder=True),
    "sqlite": Form("sqlite_file", (".sqlite", ".sqlite3", ".db")),
    "jsonl": Form("json_lines", (".jsonl", ".ndjson")),
    "geojson": Form("geojson", (".geojson",)),
    "json-ld": Form("json_ld", (".jsonld",)),
    "graphml": Form("graph", (".graphml",)),
    "bibtex": Form("bibliography", (".bib",), "write_bibtex"),
    "csl-json": Form("bibliography", (".csl.json", ".csljson"), "write_csl_json"),
    "ical": Form("calendar_file", (".ics",)),
}
"""Every form, by name."""


def export(
    store: Store, path: str | Path, form: str | None, collections: str | Sequence[str] | None
) -> Path:
    """Write a dataset to a file or folder; see `natodata.Dataset.export`.

    Raises:
        BadArgument: The form or a collection is unknown, or the path cannot be written to.
        MissingExtra: The library that the form needs is not installed.
    """
    target = Path(path)
    if target.name in {"", ".."}:
        raise BadArgument(f"expected the path of a file or folder to make, got {path!r}")
    chosen = named(collections)
    known = FORMS[_form(target, form)]
    module = import_module(f"natodata.export.{known.module}")
    write: Callable[[Store, Path, Collection[str] | None], None] = getattr(module, known.writer)
    place = new_folder(target, module.NAMES) if known.folder else new_file(target)
    with place as scratch:
        write(store, scratch, chosen)
    return target


def _form(target: Path, form: str | None) -> str:
    """Return the name of the form asked for, by name or by path."""
    if form is not None:
        if form in FORMS:
            return form
        near = nearest(str(form), list(FORMS))
        hint = f"; did you mean {near!r}?" if near else ""
        raise BadArgument(f"expected a form of {', '.join(FORMS)}, got {form!r}{hint}")
    name = target.name.casefold()
    for each, known in FORMS.items():
        if name.endswith(known.suffixes):
            return each
    if not target.suffix or target.is_dir():
        return "datapackage"
    raise BadArgument(f"expected {_ways()}, got {target.name!r}; or name the form")


def _ways() -> str:
    """Return every form with the names that ask for it."""
    ways = [f"{', '.join(known.suffixes) or 'a folder'} ({name})" for name, known in FORMS.items()]
    return f"a path that ends in one of {'; '.join(ways)}"


def named(given: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return names of collections, or `None` for all.

    Raises:
        BadArgument: There is no such collection, or none is named.
    """
    if given is None:
        return None
    names = (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        if name not in CLASS_OF:
            near = nearest(str(name), list(CLASS_OF))
            hint = f"; did you mean {near!r}?" if near else f": {', '.join(CLASS_OF)}"
            raise BadArgument(f"expected the name of a collection, got {name!r}{hint}")
    if not names:
        raise BadArgument("expected the names of collections, got none; leave them out for all")
    return names
