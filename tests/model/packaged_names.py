"""The version of Babel that the packaged names were made with; with another one, other names are right."""

from __future__ import annotations

import tomllib

import babel
import pytest

from natoburden.model._vocabulary import FOLDER

_FILES = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["file"]
[EDITION] = [entry["edition"] for entry in _FILES if entry["name"] == "territory_names.tsv"]
OF_THEIR_BABEL = pytest.mark.skipif(
    not EDITION.endswith(f"Babel {babel.__version__}"),
    reason=f"the packaged names are those of {EDITION}, and this is Babel {babel.__version__}",
)
