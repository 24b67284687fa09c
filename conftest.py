"""Run the examples in source and documents as tests."""

from __future__ import annotations

import doctest

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

pytest_collect_file = (
    Sybil(parsers=[DocTestParser(OPTIONS)], patterns=["*.py"], path="src")
    + Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=OPTIONS), SkipParser()], patterns=["*.md"])
).pytest()
