"""What only a terminal gets, with a terminal and a clock that are made up."""

import io
import re
import threading

import pytest

from natodata import terminal
from natodata.terminal import Progress, in_colour, painted, progress


class Terminal(io.StringIO):
    """A terminal that keeps what is written, and says when something was."""

    def __init__(self):
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self):
        return True

    def write(self, text):
        self.drawn.set()
        return super().write(text)


class Gone(Terminal):
    """A terminal whose window was closed."""

    def write(self, text):
        self.drawn.set()
        raise OSError(5, "Input/output error")


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    """Return a clock."""
    return Clock()


@pytest.fixture
def screen():
    """Return a terminal."""
    return Terminal()


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def lines(screen):
    """Return what was written, line after line, each as it stood alone on the screen."""
    return screen.getvalue().split("\r\x1b[2K")[1:]


class TestInColour:
    """`in_colour`."""

    def test_terminal(self, screen):
        """A terminal is coloured, a file or pipe is not."""
        assert in_colour(screen)
        assert not in_colour(io.StringIO())

    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("NO_COLOR", "1", False),
            ("NO_COLOR", "anything", False),
            ("NO_COLOR", "", True),
            ("TERM", "dumb", False),
        ],
    )
    def test_asked(self, screen, monkeypatch, name, value, expected):
        """Whoever wants no colour gets none; an empty NO_COLOR says nothing."""
        monkeypatch.setenv(name, value)

        assert expected is in_colour(screen)


class TestPainted:
    """`painted`."""

    @pytest.mark.parametrize(("look", "code"), [("bold", "1"), ("red", "31")])
    def test_terminal(self, screen, look, code):
        """On a terminal the text stands between two codes."""
        assert f"\x1b[{code}mword\x1b[0m" == painted("word", look, screen)

    def test_elsewhere(self, capsys):
        """Elsewhere it stays as it is; without a stream, standard output is meant."""
        assert "word" == painted("word", "bold")

    def test_standard_output(self, screen, monkeypatch):
        """Standard output is asked when it is used."""
        monkeypatch.setattr("sys.stdout", screen)

        assert "\x1b[1mword\x1b[0m" == painted("word", "bold")


class TestProgress:
    """`Progress`: the line."""

    @pytest.fixture
    def shown(self, screen, clock):
        """Return a line that was begun now."""
        return Progress(screen, clock)

    def after(self, shown, clock, screen, seconds):
        """Return the line as it stands some seconds after the beginning."""
        clock.now = 100.0 + seconds
        shown.draw()
        return lines(screen)[-1]

    def test_quick(self, shown, clock, screen):
        """What takes less than two seconds leaves no trace."""
        for now in (100.0, 101.0, 101.99):
            clock.now = now
            shown.draw()
        shown.close()

        assert "" == screen.getvalue()

    def test_unknown_total(self, shown, clock, screen):
        """Where nobody knows how much there is, something moves, and time is told."""
        shown.stage("writing")
        seen = [self.after(shown, clock, screen, seconds) for seconds in (2, 2.5, 61)]

        assert re.fullmatch(r"writing  \[ *### *\] 2 s", seen[0])
        assert seen[0].index("#") != seen[1].index("#")
        assert seen[2].endswith(" 61 s")
        assert 1 == len({seen[0].index("]"), seen[1].index("]"), seen[2].index("]")})

    def test_files(self, shown, clock, screen):
        """Files are counted by their bytes as they are taken; then comes what is done after."""
        files = [("a", b"123"), ("b", b"4"), ("c", b"")]
        seen = []
        for name, _ in shown.files(files, "reading", "checking"):
            seen.append((name, self.after(shown, clock, screen, 3)))

        assert [
            ("a", f"reading  [{' ' * 24}] [  0%] 3 s"),
            ("b", f"reading  [{'#' * 18}{' ' * 6}] [ 75%] 3 s"),
            ("c", f"reading  [{'#' * 24}] [100%] 3 s"),
        ] == seen
        assert self.after(shown, clock, screen, 4).startswith("checking [")

    def test_files_are_the_same(self, shown):
        """The files that are handed on are those that came, in number and order."""
        files = [("a", b"123"), ("b", b"4")]
        watched = shown.files(files, "reading", "checking")

        assert 2 == len(watched)
        assert files == list(watched)
        assert files[1] == watched[1]

    def test_close(self, shown, clock, screen):
        """In the end the line is gone."""
        self.after(shown, clock, screen, 2)
        shown.close()

        assert "" == lines(screen)[-1]

    def test_narrow(self, shown, clock, screen):
        """It fits into a window of fifty characters, even after hours."""
        shown.stage("checking", 1)

        assert len(self.after(shown, clock, screen, 99_999)) <= 50


class TestProgressContext:
    """`progress`: the line while a block runs."""

    def test_drawn_and_wiped(self, screen, clock):
        """The line is drawn beside the work, and gone after it, even when the work fails."""

        def work():
            with progress("reading", screen, clock, 0.001):
                clock.now += 5
                assert screen.drawn.wait(60)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            work()

        assert lines(screen)[0].startswith("reading  [")
        assert "" == lines(screen)[-1]

    def test_no_terminal(self, clock):
        """In a file or a pipe nothing is written, and no thread is begun."""
        stream, before = io.StringIO(), threading.active_count()
        with progress("reading", stream, clock, 0.001) as shown:
            clock.now += 5
            assert before == threading.active_count()
            assert isinstance(shown, Progress)

        assert "" == stream.getvalue()

    def test_standard_error(self, screen, monkeypatch):
        """Without a stream it is standard error, which is asked when it is used."""
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr(terminal.Progress, "wait", 0.0)
        with progress("reading", pause=0.001):
            assert screen.drawn.wait(60)

        assert "" == lines(screen)[-1]

    def test_gone(self, clock):
        """A terminal that has gone away does not stop the work."""
        screen = Gone()
        with progress("reading", screen, clock, 0.001):
            clock.now += 5
            assert screen.drawn.wait(60)
