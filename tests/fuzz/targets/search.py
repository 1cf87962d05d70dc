"""Full text: `search`.

An input is a query; a first line that begins with ``@`` names a collection to keep to.
"""

from fuzz.bases import NAME_WORDS, dataset

from natodata.errors import BadArgument

LONGEST = 300
WORDS = (
    *NAME_WORDS,
    '"',
    "*",
    "“",
    "”",
    " AND ",
    " OR ",
    " NOT ",
    "NEAR(",
    "names:",
    "^",
    "@topics\n",
    "train*",
)
SEEDS = (
    "operation calm",
    '"it was calm"',
    "sea* -patrol OR (north AND sea)",
    "NEAR(a b, 3) names : x ^y",
    "@operations\ncalm",
    "@sources\ngazette",
    '"""',
)


def run(data: bytes) -> None:
    """Search for a text."""
    query = data.decode("utf-8", "surrogateescape")
    collection = None
    if query.startswith("@") and "\n" in query:
        collection, _, query = query[1:].partition("\n")
    nato = dataset()
    try:
        hits = nato.search(query, collection=collection, limit=5)
    except BadArgument as error:
        assert str(error).startswith("expected ")
        return
    assert len(hits) <= 5
    assert all(hit.record is nato[hit.record.id] for hit in hits)
    scores = [hit.score for hit in hits]
    assert sorted(scores, reverse=True) == scores
