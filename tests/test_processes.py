"""The package as installed, in processes, threads and interpreters of its own, and from a zip."""

import json
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from small import SMALL, store

import natodata
from natodata.loading.catalogue import compile_snapshot

PACKAGE = Path(natodata.__file__).parent


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Return a folder with the package as a wheel installs it, and a small snapshot in it."""
    reviewed = tmp_path_factory.mktemp("reviewed")
    (reviewed / "small.yaml").write_text(SMALL, encoding="utf-8")
    folder = tmp_path_factory.mktemp("library")
    leave = shutil.ignore_patterns("__pycache__", "data", "_pyinstaller")
    shutil.copytree(PACKAGE, folder / "natodata", ignore=leave)
    (folder / "natodata" / "data").mkdir()
    (folder / "natodata" / "data" / "snapshot.jsonl").write_bytes(compile_snapshot(reviewed))
    return folder


@pytest.fixture
def run(library, tmp_path):
    """Return a function that runs a script in an interpreter of its own and reads its answer."""

    def answer(script, path=library):
        file = tmp_path / "script.py"
        start = f"import sys\nsys.path.insert(0, {str(path)!r})\n"
        file.write_text(start + textwrap.dedent(script), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "-W", "error", str(file)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            text=True,
            timeout=300,  # a deadlock must not stop the tests
        )
        assert (0, "") == (done.returncode, done.stderr)
        return json.loads(done.stdout)

    return answer


def small():
    """Return the small dataset, loaded here."""
    return natodata.Dataset(store())


class TestZip:
    """The package inside an archive, as ``zipapp`` makes one."""

    def test_answers(self, run, library, tmp_path):
        """It answers, searches, and writes the page that lies in the package."""
        archive = tmp_path / "library.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for path in sorted(library.rglob("*.*")):
                file.write(path, path.relative_to(library).as_posix())
        said = run(
            """
            import json
            import natodata

            nato = natodata.load()
            page = nato.browse("page.html")
            print(json.dumps({
                "file": natodata.__file__,
                "start": str(natodata.operations["calm"].start),
                "found": nato.search("calm", limit=1)[0].record.id,
                "page": page.stat().st_size > 10_000,
            }))
            """,
            archive,
        )

        assert {
            "file": str(archive / "natodata" / "__init__.py"),
            "start": str(small().operations["calm"].start),
            "found": "calm",
            "page": True,
        } == said


class TestThreads:
    """Threads of a process in which nobody has touched the package yet."""

    def test_first_touch(self, run):
        """64 threads that begin at once see one dataset, read once, with each record made once."""
        said = run("""
            import json
            import sys
            from threading import Barrier, Thread

            sys.setswitchinterval(1e-6)
            barrier = Barrier(64)
            seen = []

            def touch(number):
                barrier.wait()
                import natodata
                nato = natodata.load()
                ids = sorted(record.id for record in nato)
                turned = ids[number % len(ids):] + ids[:number % len(ids)]
                seen.append((id(nato), {each: id(nato[each]) for each in turned}))

            every = [Thread(target=touch, args=(number,)) for number in range(64)]
            for thread in every:
                thread.start()
            for thread in every:
                thread.join()
            print(json.dumps({
                "datasets": len({dataset for dataset, _ in seen}),
                "threads": len(seen),
                "records": [len({ids[each] for _, ids in seen}) for each in seen[0][1]],
            }))
        """)

        assert (1, 64) == (said["datasets"], said["threads"])
        assert {1} == set(said["records"])
        assert len(small()) == len(said["records"])


class TestProcesses:
    """Processes that `multiprocessing` starts."""

    SCRIPT = """
        import json
        import multiprocessing
        import os
        import natodata

        def visit(record):
            nato = natodata.load()
            here = nato[record.id]
            return {
                "pid": os.getpid(),
                "equal": record == here and hash(record) == hash(here),
                "member": record in nato.operations,
                "seat": here.commands[0].value.name,
                "loaded": LOADED,
            }, record, [record, record.commands[0].value]

        LOADED = False
        if __name__ == "__main__":
            nato = natodata.load()
            calm = nato.operations["calm"]
            LOADED = True
            with multiprocessing.get_context(METHOD).Pool(2) as pool:
                answers = pool.map(visit, [calm] * 4)
            print(json.dumps([
                said | {
                    "pid": said["pid"] != os.getpid(),
                    "back": back == calm and hash(back) == hash(calm) and nato[back] is calm,
                    "one": both[0] is back and both[1] is back.commands[0].value,
                }
                for said, back, both in answers
            ]))
    """

    @pytest.mark.parametrize(("method", "inherited"), [("fork", True), ("spawn", False)])
    def test_started(self, run, method, inherited):
        """They see the same data, and records sent there and back keep who they are."""
        script = self.SCRIPT.replace("METHOD", repr(method))
        expected = {
            "pid": True,
            "equal": True,
            "member": True,
            "seat": small()["calm"].commands[0].value.name,
            "loaded": inherited,
            "back": True,
            "one": True,
        }

        assert [expected] * 4 == run(script)

    def test_forked_under_a_lock(self, run):
        """A process forked while another thread makes records, or loads, can make its own."""
        said = run("""
            import json
            import os
            import threading
            import natodata
            from natodata import dataset

            locked, enough = threading.Event(), threading.Event()

            def hold():
                with dataset._lock[0], nato._store._lock:
                    locked.set()
                    enough.wait()

            nato = natodata.load()
            holder = threading.Thread(target=hold)
            holder.start()
            locked.wait()
            child = os.fork()
            if not child:
                dataset._packaged.clear()
                os._exit(7 if nato["calm"] == natodata.load()["calm"] else 1)
            status = os.waitpid(child, 0)[1]
            enough.set()
            holder.join()
            print(json.dumps(os.waitstatus_to_exitcode(status)))
            """)

        assert 7 == said


class TestInterpreters:
    """Other interpreters in one process (PEP 554 and PEP 684)."""

    def test_answers(self, run, library):
        """Each has a dataset of its own, which says the same.

        The first one asks first: in Python 3.12.1 others may not be the first to import datetime.
        """
        said = run(f"""
            import json
            try:
                import _interpreters
            except ImportError:
                import _xxsubinterpreters as _interpreters
            import os
            import natodata

            inside = '''
            import sys
            sys.path.insert(0, {str(library)!r})
            import os
            import natodata
            assert not hasattr(natodata, "mark")
            os.write(%d, f"{{natodata.operations['calm'].start}};".encode())
            '''.replace("\\n            ", "\\n")
            here = str(natodata.operations["calm"].start)
            natodata.mark = True
            reading, writing = os.pipe()
            for _ in range(3):
                other = _interpreters.create()
                failed = _interpreters.run_string(other, inside % writing)
                assert failed is None, failed
                _interpreters.destroy(other)
            os.close(writing)
            with os.fdopen(reading, encoding="utf-8") as told:
                print(json.dumps([here, *told.read().split(";")]))
        """)

        assert [str(small().operations["calm"].start)] * 4 + [""] == said
