"""How names are compared, and what a miss suggests."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import TEXT, load, nato

from natodata.errors import BadArgument, NotFound
from natodata.queries import naming
from natodata.queries.naming import key_of

STORE = nato()._store


class TestKeyOf:
    """``key_of``."""

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("KFOR", "kfor"),
            ("TÜRKİYE", "turkiye"),
            ("Türkiye", "turkiye"),
            ("Tu\u0308rkiye", "turkiye"),
            ("Côte d\u2019Ivoire", "cote d ivoire"),
            ("Cote d'Ivoire", "cote d ivoire"),
            ("Łukasz Ødegård", "lukasz odegard"),
            ("Jörg WEISS", "jorg weiss"),
            ("Ǿre", "ore"),
            ("Україна", "украіна"),
            ("العراق", "العراق"),
            ("  NTM\u2013I ", "ntm i"),
            ("some_name", "some name"),
            ("S/RES/1244 (1999)", "s res 1244 1999"),
            ("The Netherlands", "netherlands"),
            ("Search & Rescue", "search and rescue"),
            ("—", ""),
        ],
    )
    def test_plain(self, text, key):
        """Case, accents, punctuation, hyphens and "the" in front do not count."""
        assert key == key_of(text)

    @given(st.text(max_size=150))
    def test_settled(self, text):
        """A key is its own key, but for another "the" in front; how accents are coded is one."""
        key = key_of(text)
        assert key_of(key) in {key, key.removeprefix("the ")}
        assert key_of(unicodedata.normalize("NFD", text)) == key_of(
            unicodedata.normalize("NFC", text)
        )

    def test_long(self):
        """A text of any length has a key."""
        assert key_of("Ä " * 50_000) == ("a " * 50_000).strip()


class TestBareKey:
    """``bare_key``."""

    @pytest.mark.parametrize(
        ("key", "bare"),
        [
            ("operation sea guardian", "sea guardian"),
            ("nato mission iraq", "iraq"),
            ("nato led operation sea guardian", "sea guardian"),
            ("nato s mission in iraq", "in iraq"),
            ("kfor mission", "kfor"),
            ("nato", "nato"),
            ("mission", "mission"),
            ("nato mission", "mission"),
            ("operational art", "operational art"),
        ],
    )
    def test_what_stands_around(self, key, bare):
        """What stands around a name ("NATO", "Operation", "Mission") goes, but never the name."""
        assert bare == naming.bare_key(key)


class TestNamesOf:
    """``names_of`` and ``name_of``."""

    @pytest.mark.parametrize(
        ("key", "names"),
        [
            ("paper", ["paper", "Operation Sea Guardian"]),
            ("security", ["security", "Security", "Sicherheit"]),
            ("TUR", ["TUR", "Türkiye", "Turkey", "TUR"]),
            ("res-1244", ["res-1244", "Resolution 1244", "S/RES/1244(1999)"]),
            ("kfor", ["kfor", "Kosovo Force", "KFOR", "Operation Joint Guardian", "Kosovo Force"]),
            ("nmi-deu", ["nmi-deu"]),
            ("dat-pow", ["dat-pow", "Programme of Work for Defence against Terrorism", "DAT POW"]),
        ],
    )
    def test_all(self, key, names):
        """Ids, names, aliases, former and foreign names, codes and symbols lead to a record."""
        assert names == list(naming.names_of(nato()[key]))

    @pytest.mark.parametrize(
        ("key", "name"),
        [("paper", "Operation Sea Guardian"), ("kfor", "Kosovo Force"), ("nmi-deu", None)],
    )
    def test_best_known(self, key, name):
        """The best known name is the name or the title, if there is any."""
        assert name == naming.name_of(nato()[key])


class TestAnswering:
    """``answering`` and ``beginning_with``; what a user sees of them is tested with ``find``."""

    def test_begun(self):
        """The beginning of a name leads to all things whose name begins so, word by word."""
        assert ("ntm-a", "ntm-i") == naming.beginning_with(STORE, "ntm")
        assert ("ntm-a", "ntm-i") == naming.beginning_with(STORE, "training mission")
        assert () == naming.beginning_with(STORE, "nt")

    @pytest.mark.parametrize(
        ("key", "ids"),
        [
            ("brussels summit 2018", ("brussels-2018",)),
            ("2018 brussels summit", ("brussels-2018",)),
            ("brussels summit", ("brussels-2018", "brussels-2021")),
            ("mission iraq", ("nmi",)),
            ("northmacedonia", ("MKD",)),
            ("north mace donia", ("MKD",)),
            ("trainingmissioniraq", ("ntm-i",)),
            ("operation k for", ("kfor",)),
            ("luxembourg", ("LUX",)),
            ("iraq", ("IRQ",)),
        ],
    )
    def test_spellings(self, key, ids):
        """Years of meetings, what stands around a name, and spaces may be there or not."""
        assert ids == naming.answering(load(TEXT)._store, key)

    @pytest.mark.parametrize(
        ("key", "ids"),
        [
            ("sea guard", ("a",)),
            ("seaguard", ("b",)),
            ("operation sea guard", ("c",)),
            ("nato sea guard", ("a", "c")),
            ("nato seaguard", ("b",)),
            ("se aguard", ("a", "b")),
        ],
    )
    def test_closest(self, key, ids):
        """Who is called just so goes before others, and spaces count before they do not."""
        store = load(
            "organisations:\n"
            "  - {id: a, name: Sea Guard, kind: agency}\n"
            "  - {id: b, name: Seaguard, kind: agency}\n"
            "  - {id: c, name: Operation Sea Guard, kind: agency}\n"
        )._store
        assert ids == naming.answering(store, key)

    def test_nothing(self):
        """A name that nobody has leads nowhere."""
        assert () == naming.answering(STORE, "atlantis")

    def test_yielding(self):
        """A topic goes before a source of the same name, where there is no thing of it."""
        data = load(
            "topics: [{id: one, name: Peace}]\n"
            "sources: [{id: two, source_class: press, title: Peace, extent: full}]\n"
        )
        assert ("one",) == naming.answering(data._store, "peace")


class TestListed:
    """``listed``."""

    @pytest.mark.parametrize(
        ("number", "end"),
        [(2, "id-0, id-1"), (10, ", id-9"), (11, ", id-9 and 1 more"), (12, ", id-9 and 2 more")],
    )
    def test_ten(self, number, end):
        """Ten ids are listed, the rest is counted."""
        assert naming.listed(tuple(f"id-{at}" for at in range(number))).endswith(end)


class TestCheckedLimit:
    """``checked_limit``."""

    def test_good(self):
        """A whole number from 1 on is taken."""
        assert 1 == naming.checked_limit(1)

    @pytest.mark.parametrize("limit", [0, -1, True, 2.0, "3", None])
    def test_bad(self, limit):
        """Nothing else is."""
        with pytest.raises(BadArgument, match="expected a limit of 1 or more"):
            naming.checked_limit(limit)


class TestIdentify:
    """``identify`` and ``near_ids``."""

    def test_record_or_id(self):
        """A record of any dataset stands for the one of that id here, and so does its id."""
        assert naming.identify(STORE, "kfor") is nato()["kfor"]
        twin = load("topics: [{id: security, name: Another}]")["security"]
        assert naming.identify(STORE, twin) is nato()["security"]

    @pytest.mark.parametrize(
        ("text", "suggested"),
        [
            ("kforr", "kfor"),
            ("Iraq", "IRQ"),
            ("NATO Mission Iraq", "nmi"),
            ("turkey", "TUR"),
            ("KFOR", "kfor"),
        ],
    )
    def test_suggestions(self, text, suggested):
        """What is called so is suggested first, then ids that look so."""
        with pytest.raises(NotFound, match=f"has the id '{text}'; did you mean") as caught:
            naming.identify(STORE, text)
        assert caught.value.suggestions[0] == suggested

    def test_nothing_near(self):
        """Where nothing is near, nothing is suggested."""
        with pytest.raises(NotFound, match=r"no record has the id 'zzzzzz'$") as caught:
            naming.identify(STORE, "zzzzzz")
        assert () == caught.value.suggestions

    @pytest.mark.parametrize(
        ("record", "got"),
        [
            (None, "None (NoneType)"),
            (7, "7 (int)"),
            (["kfor"], "['kfor'] (list)"),
            (b"kfor", "b'kfor' (bytes)"),
        ],
    )
    def test_neither(self, record, got):
        """Anything else cannot be meant."""
        with pytest.raises(BadArgument) as caught:
            naming.identify(STORE, record)
        assert f"expected a record or the id of one, got {got}" == str(caught.value)

    def test_three(self):
        """Three are suggested at most."""
        data = load(
            "people: [{id: one-1, name: A}, {id: one-2, name: B}, {id: one-3, name: C},\n"
            "         {id: other, name: One 4}]\n"
        )
        found = naming.near_ids(data._store, "one-4")
        assert ("other", 3) == (found[0], len(found))
        told = ", ".join(map(repr, found))
        assert f"Nothing; did you mean {told}?" == str(naming.missing("Nothing", found))

    def test_only_some_types(self):
        """Suggestions can be kept to the types that are wanted."""
        country = type(nato()["IRQ"])
        assert () == naming.near_ids(STORE, "nmi", (country,))
        assert ("IRQ",) == naming.near_ids(STORE, "Iraq", (country,))
