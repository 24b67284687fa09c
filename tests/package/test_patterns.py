"""No pattern backtracks: each takes a text of a hundred thousand characters in a time that grows with its length."""

from __future__ import annotations

import ast
import functools
import importlib
import itertools
import pkgutil
import re
import re._parser as sre_parser  # type: ignore[import-not-found] # not in the stubs
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import natoburden

SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(natoburden.__file__).parent.rglob("*.py")}
FUNCTIONS = frozenset({"match", "search", "fullmatch", "sub", "split", "findall", "finditer", "compile"})
BASELINE = re.compile(r"[0-9]{4}-[0-9]{2}|[a-z]{3}=|\bzz")
FIRST = 4_000  # characters of every attack; the slowest ones go on to more, so that a bad pattern fails soon
SIZES = (FIRST, 20_000, 100_000)
SLOWEST = 5
PARTS = 8  # of the patterns, which are found when the first is tried
TIMES = 150  # the baseline of the same length, which scans it once
CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}


def constant(node: ast.expr) -> str | bytes | None:
    try:
        found = ast.literal_eval(node)
    except ValueError:
        return None
    return found if isinstance(found, str | bytes) else None


def written() -> Iterator[tuple[str | bytes, int, str, str]]:
    """Each pattern that stands in a call of `re`: with its flags, the method that uses it, and its place."""
    for path, text in SOURCES.items():
        for node in ast.walk(ast.parse(text)):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
            if not is_call or ast.unparse(node.func.value) != "re" or node.func.attr not in FUNCTIONS:  # type: ignore[attr-defined]
                continue
            assert isinstance(node, ast.Call)
            pattern = constant(node.args[0])
            others = [part for item in (*node.args[1:], *(key.value for key in node.keywords)) for part in bits(item)]
            named = {word for part in others if (word := ast.unparse(part)).startswith("re.") and word[3:].isupper()}
            flags = sum(int(getattr(re, word[3:])) for word in named)
            if pattern is not None:
                yield pattern, flags, node.func.attr, f"{path.stem}:{node.lineno}"  # type: ignore[attr-defined]


def bits(node: ast.expr) -> list[ast.expr]:
    return [*bits(node.left), *bits(node.right)] if isinstance(node, ast.BinOp) else [node]


def held() -> Iterator[tuple[re.Pattern[Any], str, set[str]]]:
    """Each compiled pattern that a module holds, alone or in rows of a table, with its place and how it is used."""
    for info in pkgutil.walk_packages(natoburden.__path__, "natoburden."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        source = SOURCES[Path(str(module.__file__))]
        for name, value in vars(module).items():
            rows = value if isinstance(value, tuple | list) else (value,)
            for item in itertools.chain.from_iterable(row if isinstance(row, tuple | list) else (row,) for row in rows):
                if isinstance(item, re.Pattern):
                    used = re.findall(rf"\b{re.escape(name)}\.([a-z]+)\b", source)
                    yield item, f"{info.name}.{name}", {*used} & FUNCTIONS


@functools.cache
def patterns() -> dict[tuple[str | bytes, int], tuple[re.Pattern[Any], set[str], str]]:
    """Every pattern once, with the methods that use it; one that is not found in use is matched from the start."""
    found: dict[tuple[str | bytes, int], tuple[re.Pattern[Any], set[str], str]] = {}
    for text, flags, method, where in written():
        compiled = re.compile(text, flags)
        _, methods, _ = found.setdefault((text, compiled.flags), (compiled, set(), where))
        methods |= {method} - {"compile"}
    for compiled, where, used in held():
        _, methods, _ = found.setdefault((compiled.pattern, compiled.flags), (compiled, set(), where))
        methods |= used
    return {key: (item[0], item[1] or {"match", "fullmatch"}, item[2]) for key, item in found.items()}


def pieces(pattern: re.Pattern[Any]) -> list[str]:
    """Characters and runs of characters that a pattern names, which it can begin to match and fail on."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    found: dict[str, None] = {}

    def walk(parsed: Any) -> None:  # noqa: PLR0912 # one branch for each kind of node
        run = ""
        for kind, value in parsed:
            name = str(kind)
            if name == "LITERAL":
                run += chr(value)
                continue
            found.setdefault(run) if run else None
            run = ""
            if name == "IN":
                for part, inner in value:
                    if str(part) == "LITERAL":
                        found.setdefault(chr(inner))
                    elif str(part) == "RANGE":
                        found.setdefault(chr(inner[0]))
                    elif str(part) == "CATEGORY":
                        found.setdefault(
                            {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(str(inner), "x")
                        )
            elif name in ("ANY", "NOT_LITERAL"):
                found.setdefault("x")
            elif name == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif isinstance(value, tuple):
                for inner in value:
                    if isinstance(inner, sre_parser.SubPattern):
                        walk(inner)
            elif isinstance(value, sre_parser.SubPattern):
                walk(value)
        if run:
            found.setdefault(run)

    walk(sre_parser.parse(text))
    return list(found)[:7] or ["x"]


def attacks(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Repeats of what the pattern names, alone and in pairs, behind each of its beginnings and before a failing end."""
    parts = pieces(pattern)
    beginning = "".join(parts[:3])
    for one, two in itertools.product(parts, ["", *parts]):
        unit = one + two
        body = unit * (size // len(unit) + 1)
        for start, end in (("", "\x00"), (beginning, "!"), (parts[0], "\n")):
            yield (start + body)[:size] + end


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def use(pattern: re.Pattern[Any], method: str, text: str) -> object:
    given: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    if method == "sub":
        return pattern.sub(type(given)(), given)
    found = getattr(pattern, method)(given)
    return list(found) if method == "finditer" else found


@pytest.mark.slow
@pytest.mark.parametrize("first", range(PARTS))
def test_every_pattern_takes_a_hundred_thousand_characters_in_linear_time(first: int) -> None:
    for pattern in list(patterns().values())[first::PARTS]:
        attack(*pattern)


def attack(compiled: re.Pattern[Any], methods: set[str], where: str) -> None:
    """Fail where a pattern takes a longer time for a text of attack than the baseline allows."""
    ways = sorted(methods or {"search"})
    tried = [(number, method) for number in range(len(list(attacks(compiled, 1)))) for method in ways]
    for size in SIZES:
        plain = max(min(seconds(lambda size=size: BASELINE.search("x" * size)) for _ in range(3)), size * 1e-8)  # type: ignore[misc]
        texts, took = list(attacks(compiled, size)), dict[tuple[int, str], float]()
        for number, method in tried:
            call = functools.partial(use, compiled, method, texts[number])
            took[number, method] = seconds(call)
            if took[number, method] > TIMES * plain + 0.02:  # the machine may have been busy
                took[number, method] = min(took[number, method], seconds(call))
            said = f"{where}.{method}: {took[number, method]:.2f} s for {size} of {texts[number][:30]!r}"
            assert took[number, method] < TIMES * plain + 0.02, said
        tried = sorted(tried, key=took.__getitem__)[-SLOWEST:]


def test_the_patterns_of_the_package_are_found() -> None:
    assert len(patterns()) > 100
    assert any(where.startswith("_glimpse") for _, _, where in patterns().values())


def test_a_pattern_that_backtracks_is_noticed() -> None:
    with pytest.raises(AssertionError, match="s for"):
        attack(re.compile(r"a+\s*b"), {"search"}, "here")
