"""What several contracts are tried against: a web server whose pages the test writes, and servers of models."""

from collections.abc import Iterator

import pytest

from tests.fakes import models, web


@pytest.fixture(name="web")
def pages() -> Iterator[web.Web]:
    """A web server without pages."""
    with web.serve() as server:
        yield server


@pytest.fixture(params=["ollama", "openai"])
def server(request: pytest.FixtureRequest) -> Iterator[models.ModelServer]:
    """A server of models, once for each protocol."""
    with models.serving(request.param) as running:
        yield running
