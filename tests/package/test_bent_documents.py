"""Documents that stay nearly right give a value or an error of the library, for every class: the law of readers."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoburden.errors import NatoBurdenError
from natoburden.serialization import from_data, read_document
from tests.package.small_documents import small_documents
from tests.readers.bent_files import bent, disordered


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents") / "document.json"


def test_most_classes_of_the_model_have_a_small_document() -> None:
    assert len(small_documents()) > 80


@settings(max_examples=300)
@given(data=st.data())
def test_a_document_with_odd_parts_gives_a_value_or_an_error_of_the_library(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([*small_documents()]))
    document: Any = data.draw(disordered(json.loads(small_documents()[kind])))
    with contextlib.suppress(NatoBurdenError):
        value: Any = from_data(document, kind)
        assert isinstance(value, kind)
        repr(value)


@settings(max_examples=300)
@given(data=st.data())
def test_a_bent_file_of_a_document_gives_a_value_or_an_error_of_the_library(file: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([*small_documents()]))
    file.write_bytes(data.draw(bent(small_documents()[kind])))
    with contextlib.suppress(NatoBurdenError):
        assert isinstance(read_document(file, kind), kind)
