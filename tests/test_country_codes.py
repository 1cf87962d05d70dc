"""The codes of countries agree with lists that others keep; names hold on their days."""

import csv
from collections import defaultdict
from pathlib import Path

import pycountry
import pytest

import natodata
from natodata.records import Country

COW_GW = Path(__file__).parent / "oracles" / "cow_gw.csv"

NOT_IN_ISO = {"kosovo"}
"""Held without codes of ISO 3166; who uses which stands in the claims."""

NOT_IN_STATE_LISTS = {"PSE", "SCG", "SUN", "VAT"}
"""Held without numbers: no row of their own in either list of states."""

SERBIA = {"SRB", "YUG"}
"""One number, 345: the oracle names that row after Yugoslavia alone."""

NAMES = [
    ("CZE", "2010", "Czech Republic"),
    ("DEU", "1980", "West Germany"),
    ("DEU", "1995", "Germany"),
    ("MKD", "1992", "Republic of Macedonia"),
    ("MKD", "2020", "North Macedonia"),
    ("TUR", "2021", "Turkey"),
    ("TUR", "2023", "Türkiye"),
]
"""Countries that took another name, each with a year and its name then."""


@pytest.fixture(scope="module")
def countries():
    """Return every packaged country by its id."""
    return {country.id: country for country in natodata.load().countries}


@pytest.fixture(scope="module")
def spells():
    """Return, by list and country, each number of the oracle with its first and last day."""
    found = {"cow": defaultdict(set), "gw": defaultdict(set)}
    with COW_GW.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            for name, by_country in found.items():
                if row[name]:
                    period = f"{row[f'{name}_start']}/{row[f'{name}_end'] or '..'}"
                    by_country[row["iso3"]].add((int(row[name]), period))
    return found


def codes(country):
    """Return the three codes of a record of ours or of the other library."""
    if isinstance(country, Country):
        return country.iso_alpha2, country.iso_alpha3, country.iso_numeric
    return country.alpha_2, country.alpha_3, country.numeric


def held(values):
    """Return values that hold for a time, each with that time as text."""
    return {(value.value, str(value.period)) for value in values}


class TestIsoCodes:
    """ISO 3166, against pycountry."""

    def test_agree(self, countries):
        """Every country has the codes that pycountry gives, former states their former ones."""
        ours, theirs = {}, {}
        for identifier, country in countries.items():
            if identifier not in NOT_IN_ISO:
                ours[identifier] = codes(country)
                found = pycountry.countries.get(alpha_3=identifier)
                found = found or pycountry.historic_countries.get(alpha_3=identifier)
                # The other library gives no two-letter or numeric code for some former states.
                theirs[identifier] = codes(found) if found else None

        assert theirs == ours

    def test_without(self, countries):
        """Who has no code says in claims who uses which."""
        without = {each for each, country in countries.items() if None in codes(country)}

        assert without == NOT_IN_ISO
        assert all(countries[each].claims for each in without)


class TestStateNumbers:
    """Correlates of War, Gleditsch and Ward: against another published copy of both lists."""

    @pytest.mark.parametrize("name", ["cow", "gw"])
    def test_agree(self, countries, spells, name):
        """Every number holds from and to the days of the other copy."""
        checked = countries.keys() - NOT_IN_STATE_LISTS - SERBIA
        ours = {each: held(getattr(countries[each], f"{name}_codes")) for each in checked}
        theirs = {each: spells[name][each] for each in checked}

        assert theirs == ours

    def test_serbia(self, countries, spells):
        """Yugoslavia's number of Correlates of War goes on as Serbia's."""
        numbers = {value for each in SERBIA for value, _ in held(countries[each].cow_codes)}

        assert {value for value, _ in spells["cow"]["YUG"]} == numbers

    def test_without(self, countries):
        """Who stands in neither list has no number."""
        without = {
            each
            for each, country in countries.items()
            if not country.cow_codes and not country.gw_codes
        }

        assert without - NOT_IN_ISO == NOT_IN_STATE_LISTS


class TestNames:
    """Names over time."""

    @pytest.mark.parametrize(("country", "year", "name"), NAMES)
    def test_then(self, country, year, name):
        """A country is called as it was called then."""
        assert name == natodata.load().on(year).countries[country].name
