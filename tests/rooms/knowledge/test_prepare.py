"""A document and its stored bytes are the same thing, however long it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.knowledge import prepare
from nova.knowledge.prepare import document_bytes, document_from_json
from nova.records import Block, Document, Page

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
BLOCKS = st.lists(
    st.builds(Block, st.sampled_from(["heading", "paragraph"]), st.integers(0, 9), st.integers(0, 9), st.integers(0, 6)), max_size=9
)
DOCUMENTS = st.builds(
    Document,
    text=ANY_TEXT,
    media_type=st.just("text/plain"),
    title=st.none() | ANY_TEXT,
    blocks=BLOCKS.map(tuple),
    pages=st.lists(st.builds(Page, st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)), max_size=5).map(tuple),
    meta=st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3),
    warnings=st.lists(ANY_TEXT, max_size=3).map(tuple),
)


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prepare, "SLICE_CHARS", 7)
        patched.setattr(prepare, "SLICE_ROWS", 2)
        yield


@given(DOCUMENTS)
def test_what_is_written_in_pieces_is_read_as_it_was(document: Document) -> None:
    assert document_from_json(json.loads(document_bytes(document).decode("utf-8", "surrogatepass"))) == document


@given(DOCUMENTS)
def test_the_pieces_are_what_one_call_would_write(document: Document) -> None:
    """The digest of these bytes names the stored text, so they must not depend on how they are cut."""
    written = document_bytes(document).decode("utf-8", "surrogatepass")
    assert written == json.dumps(json.loads(written), ensure_ascii=False, separators=(",", ":"))
