"""Build hook: compile the reviewed YAML into the one snapshot that a wheel carries.

People review ``src/natodata/data/**/*.yaml``; an installed package reads
``natodata/data/snapshot.jsonl`` instead, which is some ten times faster. The sdist ships the YAML
and this hook, so a wheel made from an sdist is the same, byte for byte.
"""

import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SNAPSHOT = "natodata/data/snapshot.jsonl"


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Adds the compiled snapshot to wheels; leaves editable installs and sdists alone."""

    scratch: "tempfile.TemporaryDirectory[str] | None" = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the data before a wheel is put together.

        Args:
            version: The kind of wheel. An ``editable`` one points at the checkout, whose YAML
                natodata reads directly, so it gets no snapshot.
            build_data: Hatchling's description of the build, to which the snapshot is added.
        """
        if self.target_name != "wheel" or version == "editable":
            return
        source = Path(self.root, "src")
        self.scratch = tempfile.TemporaryDirectory(prefix="natodata-build-")
        snapshot = Path(self.scratch.name, "snapshot.jsonl")
        snapshot.write_bytes(compiled(source))
        build_data["force_include"][str(snapshot)] = SNAPSHOT

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the scratch folder once the wheel is written, and press the wheel."""
        if self.scratch is not None:
            self.scratch.cleanup()
            pressed(Path(artifact_path))


def pressed(wheel: Path) -> None:
    """Write a wheel anew, as small as deflate can: the builder stops at the usual level."""
    with zipfile.ZipFile(wheel) as old:
        members = [(member, old.read(member)) for member in old.infolist()]
    with zipfile.ZipFile(wheel, "w") as new:
        for member, content in members:
            new.writestr(member, content, zipfile.ZIP_DEFLATED, compresslevel=9)


def compiled(source: Path) -> bytes:
    """Return the snapshot of the data under *source*, made by the natodata that lies there.

    Args:
        source: The folder that holds the package ``natodata``.

    Raises:
        natodata.errors.DataError: The YAML is not valid; the build stops with every problem
            listed.
    """
    sys.path.insert(0, str(source))
    try:
        from natodata.loading.catalogue import compile_snapshot

        return compile_snapshot(source / "natodata" / "data")
    finally:
        sys.path.remove(str(source))
