"""A document of each class of the model: the shortest of those that the tests make."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path
from typing import Any

from natoburden.model.keyed import Keyed
from natoburden.serialization import to_data
from tests.package import test_documents_of_the_model as documents

LONGEST = 4_000


@functools.cache
def small_documents() -> dict[type, bytes]:
    """Give the shortest document of each class that has a short one, as JSON, by class."""
    seen: dict[int, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        kept = list(documents.values(Path(folder)))
    for value in kept:
        documents.parts(value, seen)
    texts: dict[type, bytes] = {}
    for value in seen.values():
        if type(value) in documents.classes() and not isinstance(value, Keyed):
            text = json.dumps(to_data(value)).encode()
            if len(text) < len(texts.get(type(value), b" " * LONGEST)):
                texts[type(value)] = text
    return dict(sorted(texts.items(), key=str))
