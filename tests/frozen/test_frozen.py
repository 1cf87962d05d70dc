"""An application that PyInstaller made works without Python, and has the data with it.

Freezing takes half a minute, so this is run by name: ``pytest -m frozen tests/frozen``.
"""

import os
import subprocess
import sys

import pytest

import natodata

pytestmark = pytest.mark.frozen

APPLICATION = """\
import sys
import natodata

nato = natodata.load()
print(nato.operations["nmi"].start)
print(nato.find("Kosovo Force").id, nato.search("air policing", limit=1)[0].record.id)
print(nato.sql("SELECT COUNT(*) FROM operations").rows[0][0])
print(nato.export(sys.argv[1] + "/nato.bib").name)
print(nato.browse(sys.argv[1] + "/nato.html").name)
"""
BESIDE = ("IPython", "matplotlib", "networkx", "numpy", "pandas", "polars", "pyarrow")
"""Libraries of the extras, which an application need not take along."""


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    """Return the path of a frozen application, alone in its folder."""
    folder = tmp_path_factory.mktemp("frozen")
    script = folder / "answers.py"
    script.write_text(APPLICATION, encoding="utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--onedir", "--noconfirm", "--log-level=ERROR"]
    command += [f"--exclude-module={name}" for name in BESIDE]
    done = subprocess.run(
        [*command, str(script)], cwd=folder, capture_output=True, check=False, text=True
    )
    assert 0 == done.returncode, done.stderr
    return folder / "dist" / "answers" / "answers"


class TestFrozen:
    """A folder made by PyInstaller, with the hook that natodata ships."""

    def test_answers(self, application, tmp_path):
        """It gives the answers that this interpreter gives, and writes files."""
        nato = natodata.load()
        expected = [
            str(nato.operations["nmi"].start),
            f"kfor {nato.search('air policing', limit=1)[0].record.id}",
            str(len(nato.operations)),
            "nato.bib",
            "nato.html",
        ]

        alone = {"HOME": str(tmp_path), "PATH": os.defpath}
        done = subprocess.run(
            [str(application), str(tmp_path)],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=alone,
            text=True,
        )

        assert expected == done.stdout.splitlines()
        assert "" == done.stderr
        assert ["nato.bib", "nato.html"] == sorted(path.name for path in tmp_path.iterdir())
