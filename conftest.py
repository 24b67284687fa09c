"""Run the examples in source and documents as tests."""

from __future__ import annotations

import doctest
from collections.abc import Iterator

import pytest
from sybil import Document, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class ChartParser:
    """Doctests of a chart, below its options, which the documentation draws when it is built."""

    def __init__(self, doctest_optionflags: int = 0) -> None:
        self.blocks = CodeBlockParser("{chart}", PythonEvaluator())
        self.examples = DocTestStringParser(DocTestEvaluator(doctest_optionflags))

    def __call__(self, document: Document) -> Iterator[Region]:
        """Yield each example of each chart."""
        for block in self.blocks(document):
            for example in self.examples(block.parsed, document.path):
                example.adjust(block, block.parsed)
                yield example


pytest_collect_file = (
    Sybil(parsers=[DocTestParser(OPTIONS)], patterns=["*.py"], path="src")
    + Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=OPTIONS), ChartParser(OPTIONS), SkipParser()],
        patterns=["*.md"],
    )
).pytest()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the order of examples, of which one rests on those before; do not trace what is slow, for coverage."""
    for item in items:
        if not isinstance(item, pytest.Function):
            item.add_marker(pytest.mark.random_order(disabled=True))
        if config.pluginmanager.hasplugin("_cov") and item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)
