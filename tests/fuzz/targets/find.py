"""Names: `find`, `match`, and ids.

An input is a name.
"""

from fuzz.bases import NAME_WORDS, dataset

from natodata.errors import Ambiguous, BadArgument, NotFound
from natodata.records import Record

LONGEST = 300
WORDS = NAME_WORDS
SEEDS = (
    "calm",
    "Operation Calm",
    "the NATO-led OC mission",
    "A Summit 2001",
    "Ødegård ﬁ 𝔑",
    "nmi",
)


def run(data: bytes) -> None:
    """Ask for a name in every way there is."""
    nato = dataset()
    name = data.decode("utf-8", "surrogateescape")
    try:
        found = nato.find(name)
        assert isinstance(found, Record)
        assert found is nato.find(name)
    except NotFound as error:
        assert str(error)
        assert all(each in nato for each in error.suggestions)
    except Ambiguous as error:
        assert len(error.candidates) != 1
    except BadArgument:
        assert not any(letter.isalnum() for letter in name)
        return
    scores = [each.score for each in nato.match(name)]
    assert sorted(scores, reverse=True) == scores
    assert all(0 <= score <= 1 for score in scores)
    try:
        assert nato[name].id == name
    except NotFound:
        assert name not in nato
