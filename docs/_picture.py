"""Draws the picture of the README: ``python docs/_picture.py`` writes it anew.

The operations are named one by one, so that the picture stays as it is while the data grow. A test
draws it again and compares.
"""

import io
from pathlib import Path

import natodata
from natodata import plot

__all__ = ["PATH", "drawn", "main"]

PATH = Path(__file__).parent / "_static" / "timeline.png"
"""Where the picture lies."""
OPERATIONS = (
    "maritime-monitor",
    "sharp-guard",
    "deny-flight",
    "deliberate-force",
    "ifor",
    "sfor",
    "allied-force",
    "kfor",
    "essential-harvest",
    "active-endeavour",
    "isaf",
    "ocean-shield",
    "unified-protector",
    "resolute-support",
    "sea-guardian",
    "nmi",
)
_COLOURS = 64


def drawn() -> bytes:
    """Return the picture as a PNG of few colours, which is a third of the size."""
    from PIL import Image

    operations = natodata.operations
    figure = plot.timeline(
        [operations[each] for each in OPERATIONS],
        until="2026",
        title="Some of NATO's operations",
    )
    whole, small = io.BytesIO(), io.BytesIO()
    figure.savefig(whole, format="png", dpi=100, facecolor=figure.get_facecolor())
    with Image.open(whole) as image:
        few = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(small, format="png", optimize=True)
    return small.getvalue()


def main() -> None:
    """Write the picture; look at it before you keep it."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(drawn())


if __name__ == "__main__":
    main()
