"""Exact finding: the golden list of hard look-ups, ambiguity, misses and views."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_data import load, nato

from natodata.errors import Ambiguous, BadArgument, NatodataError, NotFound

HARD = [
    # Near-twins.
    ("Niger", "NER"),
    ("Nigeria", "NGA"),
    ("North Korea", "PRK"),
    ("South Korea", "KOR"),
    # Names that changed, accents, other alphabets.
    ("Türkiye", "TUR"),
    ("Turkey", "TUR"),
    ("TURKIYE", "TUR"),
    ("turkiye", "TUR"),
    ("North Macedonia", "MKD"),
    ("the former Yugoslav Republic of Macedonia", "MKD"),
    ("Former Yugoslav Republic of Macedonia", "MKD"),
    ("fyrom", "MKD"),
    ("Cote d'Ivoire", "CIV"),
    ("ivory coast", "CIV"),
    ("Україна", "UKR"),
    ("україна", "UKR"),
    ("العراق", "IRQ"),
    ("Prague", "prague"),
    ("Jorg Weiss", "weiss"),
    ("lukasz odegard", "lukasz"),
    # What stands around a name.
    ("Operation Sea Guardian", "sea-guardian"),
    ("Sea Guardian", "sea-guardian"),
    ("sea-guardian", "sea-guardian"),
    ("Sea_Guardian", "sea-guardian"),
    ("SeaGuardian", "sea-guardian"),
    ("NATO Mission Sea Guardian", "sea-guardian"),
    ("NATO-led Operation Sea Guardian", "sea-guardian"),
    ("Mission Iraq", "nmi"),
    ("NATO Mission Iraq", "nmi"),
    ("Iraq", "IRQ"),
    ("KFOR mission", "kfor"),
    ("joint guardian", "kfor"),
    ("OTAN", "nato"),
    ("nato", "nato"),
    # Acronyms and symbols.
    ("ntm-i", "ntm-i"),
    ("NTM I", "ntm-i"),
    ("NTMI", "ntm-i"),
    ("NTM\u2013A", "ntm-a"),
    ("COE DAT", "coe"),
    ("coedat", "coe"),
    ("S/RES/1244 (1999)", "res-1244"),
    ("AF", "AFG"),
    # A country and a place, a thing and a topic or source.
    ("Luxembourg", "LUX"),
    ("Djibouti", "DJI"),
    ("luxembourg-city", "luxembourg-city"),
    ("Training", "training-topic"),
    ("Training of officers in Iraq", "other-paper"),
    # Meetings by place and year.
    ("Brussels Summit 2018", "brussels-2018"),
    ("2021 Brussels Summit", "brussels-2021"),
    ("Prague summit", "prague-2002"),
    ("Prague Summit 2002", "prague-2002"),
    ("visit to Baghdad, 2019", "some-visit"),
]

AMBIGUOUS = [
    ("Brussels summit", ("brussels-2018", "brussels-2021")),
    ("NTM", ("ntm-a", "ntm-i")),
    ("NATO Training Mission", ("ntm-a", "ntm-i")),
    ("IS", ("ISL", "isil")),
    ("Command", ("command-north", "command-south")),
]


class TestFind:
    """``Dataset.find``."""

    @pytest.mark.parametrize(("name", "expected"), HARD, ids=range(len(HARD)))
    def test_hard(self, name, expected):
        """A name leads to what it is the name of, and to nothing that is only like it."""
        assert nato().find(name) is nato()[expected]

    @pytest.mark.parametrize(("name", "candidates"), AMBIGUOUS)
    def test_ambiguous(self, name, candidates):
        """A name of several records, or with which several begin, lists them all."""
        with pytest.raises(Ambiguous, match=f"'{name}' may be any of: {candidates[0]}") as caught:
            nato().find(name)
        assert candidates == caught.value.candidates

    @pytest.mark.parametrize(
        ("name", "nearest"),
        [
            ("Turkei", "TUR"),
            ("sea gardian", "sea-guardian"),
            ("Nigera", "NGA"),
            ("Afganistan", "AFG"),
            ("Kosovo", "kfor"),
        ],
    )
    def test_miss(self, name, nearest):
        """A miss is an error that suggests the nearest first; no wrong answer is given."""
        with pytest.raises(NotFound, match=f"nothing is called '{name}'; did you mean") as caught:
            nato().find(name)
        assert caught.value.suggestions[0] == nearest

    def test_five(self):
        """Five are suggested at most: what begins so, then what is spelt nearly so."""
        people = [f"{{id: p{at}, name: Marten{end}}}" for at, end in enumerate("abcdef")]
        data = load(f"people: [{', '.join(people)}, {{id: long, name: Martens of the Sea}}]")
        with pytest.raises(NotFound) as caught:
            data.find("Martens")
        assert ("long", 5) == (caught.value.suggestions[0], len(caught.value.suggestions))

    def test_macedonia(self):
        """A part of a name is not the name."""
        with pytest.raises(NotFound) as caught:
            nato().find("Macedonia")
        assert "MKD" in caught.value.suggestions

    @pytest.mark.parametrize("name", ["", " ", "\u2013", "...", "\0", "\u0301"])
    def test_empty(self, name):
        """A text without a letter or digit is an error, not everything."""
        with pytest.raises(BadArgument, match="a name with a letter or digit in it"):
            nato().find(name)

    @pytest.mark.parametrize("name", [None, 7, b"kfor", ["kfor"]])
    def test_no_text(self, name):
        """What is no text cannot be a name."""
        kind = type(name).__name__
        with pytest.raises(BadArgument, match=rf"expected a name as text, got .* \({kind}\)$"):
            nato().find(name)

    def test_long(self):
        """A very long text is a miss that does not repeat it."""
        with pytest.raises(NotFound) as caught:
            nato().find("x" * 100_000)
        assert len(str(caught.value)) < 200

    @pytest.mark.parametrize(("length", "rest"), [(80, ""), (81, "…")])
    def test_shown(self, length, rest):
        """Up to eighty letters of what was not found are repeated."""
        with pytest.raises(NotFound) as caught:
            nato().find("x" * length)
        assert str(caught.value).startswith(f"nothing is called '{'x' * 80}{rest}'")

    def test_id_of_one_name_of_another(self):
        """An id leads to its own record, though another is called so."""
        data = load("countries: [{id: AAA, name: Alfa}, {id: BBB, name: AAA}]")
        assert "AAA" == data.find("AAA").id

    @given(st.text())
    def test_any_text(self, text):
        """Any text gives a record or one of the library's own errors."""
        try:
            found = nato().find(text)
        except NatodataError:
            return
        assert found in nato()

    @given(st.sampled_from(nato()._store.all_ids()))
    def test_by_id(self, identifier):
        """An id leads to its record, whoever else is called so, and so does a record's name."""
        assert nato().find(identifier).id == identifier

    def test_place_elsewhere(self):
        """A place gives way only to the country that it lies in."""
        data = load(
            "countries: [{id: GEO, name: Georgia}, {id: USA, name: United States}]\n"
            "places: [{id: georgia-us, name: Georgia, kind: region, country: USA}]\n"
        )
        with pytest.raises(Ambiguous) as caught:
            data.find("Georgia")
        assert ("GEO", "georgia-us") == caught.value.candidates


class TestFindInView:
    """``Dataset.on(...).find``."""

    def test_namesakes_told_apart(self):
        """Of namesakes only those that were there then answer."""
        assert "ntm-i" == nato().on("2006").find("NTM").id
        assert "brussels-2018" == nato().on("2018").find("Brussels summit").id

    def test_never_prefixed(self):
        """Nobody calls a country an operation."""
        with pytest.raises(NotFound, match=r"^nothing is called 'Operation Niger'"):
            nato().find("Operation Niger")

    def test_not_there(self):
        """What was not there then is not found, and the message says why."""
        with pytest.raises(NotFound) as caught:
            nato().on("2016").find("ISAF")
        assert "'ISAF' (isaf) was not there on 2016" == str(caught.value)
        assert () == caught.value.suggestions

    def test_view_of_a_view(self):
        """All times looked at are named."""
        with pytest.raises(NotFound, match="was not there on 2010 and 2016"):
            nato().on("2010").on("2016").find("ISAF")

    def test_as_it_was(self):
        """The record found is as it was then, by whatever name of its life it is asked for."""
        assert "Operation Joint Guardian" == nato().on("2000").find("KFOR").name
        assert "Kosovo Force" == nato().on("2020").find("Operation Joint Guardian").name
