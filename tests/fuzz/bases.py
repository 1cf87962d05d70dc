"""What the targets share: data to ask, words to grow inputs of, and questions to put."""

import functools
import os
import random
from pathlib import Path
from warnings import catch_warnings

from small import SMALL

from natodata.dataset import Dataset, load
from natodata.errors import DataError, NatodataError, StaleDataWarning, Undecided
from natodata.loading.checking import load_files
from natodata.records import REGISTRY, typed_fields
from natodata.store import Store

HERE = Path(__file__).resolve().parent


@functools.cache
def SMALL_CATALOGUE():  # noqa: N802 (a constant, made at first touch)
    """Return the small dataset, to extend."""
    return load_files([("small.yaml", SMALL.encode())])


@functools.cache
def dataset():
    """Return the data to ask: the small one, or the packaged one where that is asked for."""
    return load() if os.environ.get("FUZZ_PACKAGED") else Dataset(Store(SMALL_CATALOGUE()))


def loaded(files, base=None, *, integrity=False):
    """Return what some files hold, or `None` where they are refused in good order."""
    named = [(f"file-{at}.yaml", content) for at, content in enumerate(files)]
    try:
        return load_files(named, base, integrity=integrity)
    except DataError as error:
        assert error.problems
        assert all(problem.expected and problem.got for problem in error.problems), error
        assert str(error)
        return None


def asked(nato):
    """Put every question to a dataset: accepted data must not break an answer."""
    from natodata.export.browse import page
    from natodata.export.html import as_html
    from natodata.export.text import plain, record_lines

    for record in nato:
        str(as_html(record))
        plain(record)
        list(record_lines(record))
        _touched(record)
        nato.cite(record, "bibtex")
        nato.cite(record)
        nato.trace(record)
        nato.evidence(record)
        nato.referring_to(record)
        try:
            assert nato.find(record.id) is record
        except NatodataError:
            raise AssertionError(f"{record.id!r} does not answer to its id") from None
    str(nato.timeline())
    nato.timeline().to_ical()
    nato.audit()
    nato.tables()
    page(nato._store)
    with catch_warnings(action="ignore", category=StaleDataWarning):
        then = nato.on("2002")
    then.tables()
    str(then.timeline())
    assert not nato.diff(nato)


def _touched(record):
    for name in dir(type(record)):
        if not name.startswith("_") and isinstance(getattr(type(record), name), property):
            try:
                getattr(record, name)
            except (NatodataError, Undecided):
                continue


# --- what inputs are grown from --------------------------------------------------------------

NAME_WORDS = (
    *(
        "operation",
        "mission",
        "NATO",
        "the ",
        "NATO-led ",
        "calm",
        "summit",
        "2001",
        "ß",
        "Ø",
        "İ",
    ),
    *("ﬁ", "𝔑", "\u0301", "\u200d", "\u202e", "ǰ", "&", "'", "\x00", "\ud800", "-", "_", "٣", "ΐ"),
)


def _yaml_words():
    words = ["- ", ": ", "\n", "\n  - ", "\n    ", "[", "]", "{", "}", ", ", "true", "false", "id"]
    words += ["1999", "1999-06", "1999-06-12/..", "../2003?", "2003-02-30", "0", "-1", "1e9", "''"]
    for row in REGISTRY:
        words.append(row.collection)
        words += typed_names(row.cls)
    for line in SMALL.splitlines():
        words += [part.strip("[]{},") for part in line.split()]
    return tuple(dict.fromkeys(word for word in words if word))


def typed_names(cls):
    """Return the names of the fields of a class."""
    from attrs import fields

    typed_fields(cls)
    return [field.name for field in fields(cls)]


YAML_WORDS = _yaml_words()


def yaml_seeds():
    """Yield the files of the loader's tests, and the records of the small dataset in parts."""
    corpus = HERE.parent / "corpus"
    for path in sorted(corpus.glob("*/*.yaml")):
        if path.parent.name != "patches":
            yield path.read_bytes()
    parts = SMALL.split("\n")
    heads = [at for at, line in enumerate(parts) if line.endswith(":") and line[0] != " "]
    for start, end in zip(heads, [*heads[1:], len(parts)], strict=True):
        yield "\n".join(parts[start:end]).encode()
    yield SMALL.encode()


def patch_seeds():
    """Yield the patches of the loader's tests."""
    for path in sorted((HERE.parent / "corpus" / "patches").glob("*.yaml")):
        yield path.read_bytes()
    yield b"patches:\n  - {id: calm, set: {name: Other, kind: combat}, add: {aliases: [A, B]}}\n"
    yield b"patches: [{id: sea, set: {broader: patrol}}]\n"
    yield b"patches: [{id: calm, add: {milestones: [{kind: ended, date: 1990}]}}]\n"
    yield b"dataset: {title: X, version: '2', current_to: 2021}\ntopics: [{id: x, name: X}]\n"


def shaped(data, longest, seed, words):
    """Return an input with lines and words moved, dropped, doubled or exchanged."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_CHANGES)(chance, text, words)
    return text.encode("utf-8", "surrogateescape")[:longest]


def _line_dropped(chance, text, _):
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _line_doubled(chance, text, _):
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return "\n".join(lines)


def _line_shifted(chance, text, _):
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = lines[at][2:] if chance.random() < 0.5 else f"  {lines[at]}"
    return "\n".join(lines)


def _word_exchanged(chance, text, words):
    parts = text.split(" ")
    parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


def _word_put(chance, text, words):
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(words) + text[at:]


def _words_swapped(chance, text, _):
    parts = text.split(" ")
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return " ".join(parts)


_CHANGES = (
    *(_line_dropped, _line_doubled, _line_shifted),
    *(_word_exchanged, _word_exchanged, _word_put, _words_swapped),
)
