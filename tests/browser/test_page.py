"""The page of `natodata browse` in a real browser, without a window and without a network.

These tests need chromium and chromedriver, so they stand apart: ``pytest -m browser``
runs them, and fails where there is no browser; the ordinary run leaves them out.
"""

import json
import shutil
import time

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from small import SMALL, store

from natodata.dataset import Dataset, load
from natodata.export import browse

pytestmark = pytest.mark.browser

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = (1280, 900), (390, 800)
TEXT = SMALL.replace(
    "id: daily\n", "id: daily\n    address: https://daily.example/calm\n"
).replace(
    "      - kind: ended\n",
    """      - {kind: launched, date: 2001-11, note: A month late., citations: [{source: daily}]}
      - kind: ended
""",
)
ATTACK = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
HOSTILE = (
    TEXT.replace("name: Operation Calm", f"name: {json.dumps(ATTACK)}")
    .replace("title: A small dataset", f"title: {json.dumps(ATTACK)}")
    .replace("title: The Daily", f"title: {json.dumps(ATTACK)}")
    .replace("note: A note.", f"note: {json.dumps(ATTACK)}")
    .replace("https://daily.example/calm", json.dumps("javascript:window.hacked=1//https://x"))
)


def found(*names):
    """Return the path of the first program that is there."""
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.fail(f"expected one of {', '.join(names)} to be installed")
    return None


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    """Give a browser with an empty profile."""
    options = ChromeOptions()
    options.binary_location = found("chromium", "chromium-browser", "google-chrome")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(found("chromedriver")))
    yield driver
    driver.quit()


class Page:
    """A page that is open."""

    def __init__(self, driver, path):
        self.driver, self.path = driver, path

    def open(self, route="", size=WIDE, scheme="light"):
        """Open it anew at a route."""
        command = self.driver.execute_cdp_cmd
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        feature = {"name": "prefers-color-scheme", "value": scheme}
        command("Emulation.setDeviceMetricsOverride", metrics)
        command("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get("about:blank")
        self.driver.get(f"{self.path.as_uri()}{route}")
        return self

    def all(self, selector):
        """Return the elements that a selector finds."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        """Return the first element that a selector finds."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        """Press keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def choose(self, name, value):
        """Choose an option of a filter."""
        self.one(f"#_{name} option[value='{value}']").click()

    def run(self, script):
        """Return what a piece of script gives."""
        return self.driver.execute_script(f"return {script}")

    def until(self, expected, ask):
        """Wait until *ask* gives *expected*; where it never does, tell what it gives."""
        end = time.monotonic() + 10
        while (answer := ask()) != expected and time.monotonic() < end:
            time.sleep(0.02)
        assert expected == answer

    @property
    def items(self):
        """The ids in the list."""
        return self.run("[...document.querySelectorAll('.item')].map(e => e.dataset.id)")

    @property
    def heading(self):
        """The heading of the record, if one is shown."""
        return self.run("document.querySelector('#_record h2')?.innerText")

    @property
    def route(self):
        """What stands behind the number sign."""
        return self.run("location.hash")

    @property
    def focus(self):
        """The id of the record in the list that has the focus, or the id of the element."""
        return self.run("document.activeElement.dataset.id ?? document.activeElement.id")

    def names(self):
        """Return the names of the facts that are shown."""
        return self.run("[...document.querySelectorAll('.fact .name')].map(e => e.innerText)")

    def complaints(self):
        """Return what the browser has complained of since it was last asked."""
        return self.driver.get_log("browser")


def made(tmp_path_factory, text):
    """Return the path of a page of a dataset."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    return browse.write(store(text), path)


@pytest.fixture(scope="module")
def page(driver, tmp_path_factory):
    """Give the page of the small dataset."""
    return Page(driver, made(tmp_path_factory, TEXT))


@pytest.fixture(autouse=True)
def quiet(driver):
    """Let no test leave the browser complaining: of the policy, of the script, of a fetch."""
    yield
    assert [] == driver.get_log("browser")


class TestList:
    """Search and filters."""

    def test_all(self, page):
        """At first every record is listed, operations first, one of them reachable by Tab."""
        page.open()

        assert "calm" == page.items[0]
        assert len(store(TEXT).all_ids()) == len(page.items)
        assert 1 == len(page.all(".item[tabindex='0']"))

    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("operation calm", "calm"),
            ("oc", "calm"),
            ("norvege", "NOR"),
            ("BEGINS calm", "calm-decided"),
            ("old head", "hq"),
        ],
    )
    def test_search(self, page, words, first):
        """Each key narrows the list; case, accents and order do not count."""
        page.open()
        page.one("#_words").send_keys(words)

        assert first == page.items[0]
        assert len(page.items) < 10

    def test_nothing(self, page):
        """Where nothing is found, that is said."""
        page.open("#/list?q=nowhere")

        assert [] == page.items
        assert "Nothing matches" in page.one("#_results").text
        assert page.one("#_count").text.startswith("0 records of")

    def test_filters(self, page):
        """Collection, country, topic and years narrow the list, and stand in the address."""
        page.open()
        page.choose("collection", "decisions")
        page.until(["calm-decided"], lambda: page.items)
        assert "#/list?in=decisions" == page.route
        page.choose("collection", "")
        page.choose("topic", "sea")
        page.until({"calm", "calm-nor", "calm-2002"}, lambda: set(page.items))
        page.choose("topic", "")
        page.choose("country", "IRQ")
        page.until("#/list?country=IRQ", lambda: page.route)
        assert {"calm", "calm-decided", "storm"} <= set(page.items)
        assert "treaty" not in page.items

    @pytest.mark.parametrize(
        ("years", "there"),
        [("from=2006", False), ("to=2000", False), ("from=2002&to=2002", True), ("to=2001", True)],
    )
    def test_years(self, page, years, there):
        """What was there at some time in the years asked for is listed."""
        page.open(f"#/list?in=operations&{years}")

        assert there == ("calm" in page.items)

    def test_clear(self, page):
        """One button takes all filters away."""
        page.open("#/list?q=calm&in=decisions")
        page.one("#_reset").click()

        page.until("calm", lambda: page.items[0])
        assert len(store(TEXT).all_ids()) == len(page.items)

    def test_view(self, driver, tmp_path):
        """The page of a view says of which time it is."""
        view = Dataset(store(TEXT)).on("1995")
        page = Page(driver, view.browse(tmp_path / "page.html")).open()

        assert page.one("#_count").text.endswith(" records, as of 1995")


class TestRecord:
    """A record with its evidence."""

    def test_evidence(self, page):
        """A fact unfolds to its source, the place in it, its class and its address."""
        page.open("#calm")
        (fact,) = [each for each in page.all("details.fact") if "ended" in each.text]
        assert "The Daily" not in fact.text
        fact.find_element(By.CSS_SELECTOR, "summary").click()

        assert "Operation Calm" == page.heading
        assert "The Daily · page 9 · press" in fact.text
        assert "Nobody else says." in fact.text
        assert "https://daily.example/calm" == fact.find_element(
            By.LINK_TEXT, "open page"
        ).get_attribute("href")

    def test_rivals(self, page):
        """A date shows what else is stated, by whom, and why it was not taken."""
        page.open("#calm")
        fact = page.one("details.fact")
        assert "start" in fact.text
        fact.find_element(By.CSS_SELECTOR, "summary").click()

        assert "2001-10-26" in fact.text
        assert "1 other claim" in fact.text
        assert "2001-11 (launched) not taken:" in fact.text
        assert "A month late." in fact.text

    def test_sheet(self, page):
        """A line of a strength sheet has its country, its number and what that bounds."""
        page.open("#calm-2002")
        rows = [each.text.split("\n") for each in page.all(".dated .fact")]

        assert [["Norway", "60"], ["Iraq", "about 40"]] == rows[:2]

    def test_held(self, page):
        """Values held for a time stand in order of time, the latest marked."""
        page.open("#hq")
        rows = [each.text.split("\n") for each in page.all(".dated .fact")]

        assert ["1990 to 1999", "Old Headquarters"] == rows[0][-3:-1]
        assert ["2000 to open", "Headquarters (latest)"] == rows[1][-3:-1]

    def test_every_record(self, page):
        """Every record opens, and says at least its name or what it is about."""
        for identifier in store(TEXT).all_ids():
            page.open(f"#{identifier}")
            assert page.heading
            assert identifier in page.one(".kicker").text

    def test_links_and_back(self, page):
        """Links lead from record to record, and the browser's own button leads back."""
        page.open("#calm")
        page.one("#_record").find_element(By.LINK_TEXT, "Iraq").click()
        page.until("Iraq", lambda: page.heading)
        assert "#IRQ" == page.route
        page.driver.back()
        page.until("Operation Calm", lambda: page.heading)
        assert "Operation Calm · A small dataset" == page.driver.title

    def test_referring(self, page):
        """A record tells what refers to it; a source, also what cites it."""
        page.open("#summit")
        assert "Operation Calm begins." in page.one("#_record").text
        page.open("#daily")
        assert "Ola Nordmann" in page.one("#_record").text

    def test_unknown(self, page):
        """An address that leads nowhere says so."""
        page.open("#no-such-record")

        assert "No such record" == page.heading
        assert "no-such-record" in page.one("#_record").text


class TestKeyboard:
    """No mouse needed."""

    def test_search_move_open_back(self, page):
        """Slash, words, arrows, Enter and Escape do it all, and the focus is where it was."""
        page.open()
        page.press("/")
        assert "_words" == page.focus
        page.press("calm")
        items = page.items
        page.press(Keys.ARROW_DOWN)
        assert items[0] == page.focus
        page.press(Keys.ARROW_DOWN)
        assert items[1] == page.focus
        page.press(Keys.END, Keys.HOME, Keys.ARROW_DOWN)
        assert items[1] == page.focus
        page.press(Keys.ENTER)
        page.until(f"#{items[1]}", lambda: page.route)
        page.until("H2", lambda: page.run("document.activeElement.tagName"))
        page.press(Keys.ESCAPE)
        page.until("#/list?q=calm", lambda: page.route)
        page.until(items[1], lambda: page.focus)
        page.press(Keys.ARROW_UP, Keys.ARROW_UP)
        assert "_words" == page.focus
        page.press(Keys.ESCAPE)
        assert "" == page.one("#_words").get_attribute("value")

    def test_tab_order(self, page):
        """Tab leads through views and filters to one place in the list, and on to the record."""
        page.open("#calm")
        seen = []
        for _ in range(18):
            page.press(Keys.TAB)
            seen.append(page.run("document.activeElement.id || document.activeElement.className"))
            if seen[-1] == "_back":
                break
        stops = ["_words", "_collection", "_country", "_topic", "_from", "_to", "_reset"]
        stops += ["item", "_back"]

        assert "skip" == seen[0]
        assert stops == [each for each in seen if each in stops]

    def test_facts(self, page):
        """A fact unfolds by Enter."""
        page.open("#calm")
        page.run("document.querySelector('.fact summary').focus()")
        page.press(Keys.ENTER)

        assert page.run("document.querySelector('.fact').open")


class TestPictures:
    """Timeline and map."""

    def test_timeline(self, page):
        """Operations have bars, sure and perhaps, that lead to them."""
        page.open("#/timeline")

        assert ["Operation Calm, 2001 to 2005"] == [
            each.get_attribute("aria-label") for each in page.all("#_picture svg a")
        ]
        assert (1, 1) == (len(page.all("svg .sure")), len(page.all("svg .perhaps")))
        page.run("document.querySelector('#_picture svg a').focus()")
        page.press(Keys.ENTER)
        page.until("Operation Calm", lambda: page.heading)
        page.press(Keys.ESCAPE)
        page.until("#/timeline", lambda: page.route)

    def test_timeline_of_others(self, page):
        """Another collection has bars as well; where there are no dates, that is said."""
        page.open("#/timeline?in=memberships")
        assert 1 == len(page.all("#_picture svg a"))
        page.open("#/timeline?in=topics")
        assert "No topics with dates match." == page.one("#_picture").text

    def test_map(self, page):
        """A dot is a place with what is there; it opens by Enter, and the map moves by keys."""
        page.open("#/map")
        (dot,) = page.all(".dot")
        assert "North Sea: Operation Calm" == dot.get_attribute("aria-label")
        page.run("document.querySelector('.dot').focus()")
        page.press(Keys.ENTER)
        assert "Operation Calm · operation, works in this area" in page.one(".spot").text

        before = page.one(".map svg").get_dom_attribute("viewBox")
        page.press("+", Keys.ARROW_LEFT)
        assert before != page.one(".map svg").get_dom_attribute("viewBox")
        page.all(".zoom button")[2].click()
        assert before == page.one(".map svg").get_dom_attribute("viewBox")


class TestWindow:
    """Small windows, light and dark."""

    def test_narrow(self, page):
        """In a small window there is one column, and nothing sticks out of it."""
        page.open("#/list", NARROW)
        assert not page.one("#_record").is_displayed()
        assert not page.one("#_collection").is_displayed()
        page.one("#_more").click()
        assert page.one("#_collection").is_displayed()
        for route in ("#/list", "#calm", "#/timeline", "#/map", "#IRQ"):
            page.open(route, NARROW)
            assert NARROW[0] >= page.run("document.documentElement.scrollWidth")
        assert not page.one("#_results").is_displayed()

    def test_narrow_search(self, page):
        """Typing while a record fills the window leads to the list."""
        page.open("#calm", NARROW)
        page.one("#_words").send_keys("summit")

        assert page.items[0] == "summit"
        assert page.one("#_results").is_displayed()

    def test_schemes(self, page):
        """The page is dark where the reader wants it so."""
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.open(scheme="light").run(ground)
        dark = page.open(scheme="dark").run(ground)

        assert ("rgb(251, 251, 249)", "rgb(18, 22, 27)") == (light, dark)


class TestSafety:
    """Alone, and safe from what the data say."""

    def test_alone(self, page):
        """Nothing else is loaded, whatever is looked at."""
        for route in ("", "#calm", "#/timeline", "#/map"):
            page.open(route)
            assert [] == page.run("performance.getEntriesByType('resource').map(e => e.name)")

    def test_hostile(self, driver, tmp_path_factory):
        """A text with elements or an address with a script in it is shown and does nothing."""
        page = Page(driver, made(tmp_path_factory, HOSTILE))
        for route in ("", "#calm", "#daily", "#/timeline", "#/map", "#/list?q=script"):
            page.open(route)
            for summary in page.all("summary"):
                page.driver.execute_script("arguments[0].parentNode.open = true", summary)
            assert page.run("window.hacked === undefined")
            assert [] == page.all("img, iframe, object, [onerror], a[href^='javascript:' i]")
            assert 3 == page.run("document.scripts.length")
        page.open("#calm")
        assert ATTACK == page.heading

    def test_policy(self, page):
        """Even code that got into the page would not run."""
        page.open()
        page.run(
            "(() => { const s = document.createElement('script');"
            " document.addEventListener('securitypolicyviolation', e => { window.stopped = 1 });"
            " try { s.textContent = 'window.hacked = 1'; } catch { window.stopped = 1 }"
            " document.body.append(s); })()"
        )

        WebDriverWait(page.driver, 5).until(lambda _: page.run("window.stopped === 1"))
        assert page.run("window.hacked === undefined")
        assert page.complaints()


class TestPackaged:
    """The packaged dataset."""

    def test_opens(self, driver, tmp_path):
        """It opens at a record, finds by a misspelt accent, and draws its pictures."""
        page = Page(driver, load().browse(tmp_path / "nato.html"))
        page.open("#kfor")
        assert "Kosovo Force" == page.heading
        page.open("#/list?q=kfor")
        assert "kfor" == page.items[0]
        page.open("#/timeline")
        assert len(page.all("#_picture svg a")) > 50
        page.open("#/map")
        assert len(page.all(".dot")) > 20
