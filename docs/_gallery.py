"""Draws the pictures of the gallery by running the code that stands on its page.

A line such as ``<!-- picture: map, what is seen -->`` asks for the picture that the code block
before it leaves in ``figure``. Pictures are drawn while the documentation is built, light and
dark, into a folder that nothing else uses; none is stored.
"""

import re
from pathlib import Path

from natodata import plot

__all__ = ["FOLDER", "drawn"]

FOLDER = "_pictures"
"""Where the pictures go, beside the pages; version control leaves it out."""
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ASKS = re.compile(r"^<!-- picture: ([a-z-]+), (.+) -->$", re.MULTILINE)
_STYLES = ("light", "dark")


def drawn(page: str, folder: Path) -> str:
    """Return a page with its pictures in place, after drawing them into a folder beside it."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for style in _STYLES:
        _draw(page, folder / FOLDER, style)
    return _ASKS.sub(_shown, page)


def _draw(page: str, folder: Path, style: str) -> None:
    names: dict[str, object] = {}
    found = [*_BLOCK.finditer(page), *_ASKS.finditer(page)]
    for part in sorted(found, key=lambda match: match.start()):
        if part.re is _BLOCK:
            lines = [line[4:] for line in part[1].splitlines() if line[:3] in {">>>", "..."}]
            exec("\n".join(lines), names)  # noqa: S102 (our own page, which the tests run as well)
            names["style"] = style
        else:
            plot.save(names["figure"], folder / f"{part[1]}-{style}.svg")  # type: ignore[arg-type]


def _shown(asked: re.Match[str]) -> str:
    return "\n\n".join(
        f"```{{image}} {FOLDER}/{asked[1]}-{style}.svg\n:alt: {asked[2]}\n"
        f":class: only-{style}\n:width: 100%\n```"
        for style in _STYLES
    )
