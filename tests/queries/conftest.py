"""What the tests of several kinds of question share."""

import answers_data
import pytest


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Return the small made-up dataset."""
    return answers_data.dataset(tmp_path_factory.mktemp("small"))


@pytest.fixture
def made(tmp_path):
    """Return a function that makes a dataset of YAML texts."""
    return lambda *texts: answers_data.dataset(tmp_path, *texts)


@pytest.fixture(scope="session")
def make_once(tmp_path_factory):
    """Return a function that makes a dataset of YAML texts, for property tests."""
    folder = tmp_path_factory.mktemp("drawn")
    return lambda *texts: answers_data.dataset(folder, *texts)
