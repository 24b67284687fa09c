"""Mutants: one change each of one place of a module, sampled by a seed, and those that are known to change nothing."""

from __future__ import annotations

import hashlib
import json
import random
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

__all__ = ["OUTCOMES", "ROOT", "Mutant", "is_equivalent", "modules_of", "sampled"]

ROOT: Final = Path(__file__).parents[1]
OUTCOMES: Final = ROOT / ".mutate"
EQUIVALENT: Final = Path(__file__).parent / "equivalent_mutants.toml"
TYPES_ONLY: Final = {"TypeVar", "NewType", "ParamSpec", "TypeVarTuple", "cast"}
Operator: TypeAlias = Callable[[Any], Iterable[cst.CSTNode]]


def modules_of(room: str) -> list[Path]:
    """Return the modules of a room, or the one module that is named."""
    place = ROOT / "src/natoburden" / room
    if place.is_dir():
        return sorted(place.rglob("*.py"))
    return [place.with_suffix(".py")]


class Mutant(NamedTuple):
    """One change of one module: where it is, and the lines before and after."""

    path: str
    line: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> str:
        """Return a name of the mutant that stays the same when its line moves."""
        return f"{self.path}: {self.before} -> {self.after}"


class _Places(cst.CSTVisitor):
    """Collects the nodes that can be mutated, each with its operator."""

    def __init__(self) -> None:
        self.found: list[tuple[cst.CSTNode, Operator]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Take a node, unless nothing in it is run, or only for type checkers."""
        if _is_idle(node):
            return False
        self.found += [(node, operator) for kind, operator in mutation_operators if isinstance(node, kind)]
        return True


def _is_idle(node: cst.CSTNode) -> bool:
    """Return whether nothing in a node is run, or only for type checkers, or it names what is public."""
    match node:
        case cst.Annotation() | cst.Import() | cst.ImportFrom() | cst.TypeAlias() | cst.Expr(value=cst.BaseString()):
            return True
        case cst.If(test=cst.Name("TYPE_CHECKING")):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name("__all__"))]):
            return True
        case cst.FunctionDef():
            return any(_named(one.decorator) == "overload" for one in node.decorators)
    return isinstance(node, cst.Call) and _named(node.func) in TYPES_ONLY


def _named(node: cst.CSTNode) -> str:
    return node.value if isinstance(node, cst.Name) else ""


def mutants(paths: Sequence[Path], sample: int, seed: int) -> Iterator[Mutant]:
    """Return mutants of some modules: every place and operator is as likely, whatever the number of its variants."""
    generator = random.Random(seed)
    places: list[tuple[Path, cst.Module, cst.CSTNode, cst.CSTNode, Operator]] = []
    for path in paths:
        module = cst.parse_module(path.read_text(encoding="utf-8"))
        for statement in module.body:
            visitor = _Places()
            statement.visit(visitor)
            places += [(path, module, statement, node, operator) for node, operator in visitor.found]
    generator.shuffle(places)
    made: set[str] = set()
    for path, module, whole, node, operator in places:
        changed = list(operator(node))
        mutant = _mutant(path, module, whole, node, generator.choice(changed)) if changed else None
        if mutant and mutant.key not in made:
            made.add(mutant.key)
            yield mutant
        if len(made) == sample:
            return


def sampled(paths: Sequence[Path], sample: int, seed: int) -> list[Mutant]:
    """Return the sample, from ``.mutate/`` where the same of the same sources has been drawn before."""
    digest = hashlib.sha256(f"{sample} {seed}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    kept = OUTCOMES / f"sample-{digest.hexdigest()[:16]}.json"
    if kept.exists():
        return [Mutant(*entry) for entry in json.loads(kept.read_text(encoding="utf-8"))]
    found = list(mutants(paths, sample, seed))
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def _mutant(
    path: Path, module: cst.Module, statement: cst.CSTNode, old: cst.CSTNode, new: cst.CSTNode
) -> Mutant | None:
    changed: Any = statement.deep_replace(old, new)
    text, was, now = path.read_text(encoding="utf-8"), module.code_for_node(statement), module.code_for_node(changed)
    if was == now or text.count(was) != 1:
        return None
    source = text.replace(was, now)
    try:
        compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError:
        return None
    before, after = text.splitlines(), source.splitlines()
    start = next(n for n, pair in enumerate(zip([*before, ""], [*after, ""], strict=False)) if pair[0] != pair[1])
    end = next(n for n, pair in enumerate(zip(reversed(before), reversed(after), strict=False)) if pair[0] != pair[1])
    end = min(end, len(before) - start - 1, len(after) - start - 1)
    name = str(path.relative_to(ROOT))
    return Mutant(name, start + 1, _joined(before, start, end), _joined(after, start, end), source)


def _joined(lines: list[str], start: int, end: int) -> str:
    return " ".join(line.strip() for line in lines[start : len(lines) - end])


def is_equivalent(mutant: Mutant) -> bool:
    """Return whether a mutant was judged to change nothing that anybody can see: at its place, or everywhere."""
    listed = _equivalents()
    return any(
        (mutant.path, mutant.before, mutant.after) == (one["path"], one["before"], one["after"])
        if "path" in one
        else one["before"] in mutant.before and mutant.before.replace(one["before"], one["after"]) == mutant.after
        for one in listed
    )


@cache
def _equivalents() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    return found
