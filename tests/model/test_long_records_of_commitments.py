"""Records of very many commitments: links are checked by the laws of a slow search, in linear time."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import DocumentError
from natoburden.model import Commitments, Standing
from natoburden.model._circles import in_circles

DAY = dt.date(2026, 7, 1)
ANY = nb.datasets.commitments()["ALB-2025-2.1-2026"]
FEW, MANY = 2_000, 8_000
TIMES = 10  # at most so much longer for a record of four times the size; a square would take sixteen times as long
KEYS = st.sampled_from("abcdef")
GIVEN = KEYS | st.just("gone")


def commitment(
    key: str, superseded_by: str | None = None, supersedes: tuple[str, ...] = (), repeats: str | None = None
) -> nb.Commitment:
    standing = Standing.SUPERSEDED if superseded_by else Standing.IN_FORCE
    return attrs.evolve(
        ANY, key=key, superseded_by=superseded_by, supersedes=supersedes, repeats=repeats, standing=standing
    )


def record_of(items: list[nb.Commitment]) -> Commitments:
    return Commitments(items=tuple(items), collected=DAY)


def faults(items: list[nb.Commitment]) -> list[tuple[str, str]]:
    try:
        record_of(items)
    except DocumentError as error:
        return [(fault.path, fault.message) for fault in error.faults]
    return []


# --- the laws, by a slow search ---------------------------------------------------------------------------


def first_of(items: list[nb.Commitment], key: str | None) -> nb.Commitment | None:
    return next((item for item in items if item.key == key), None)


def replacing(items: list[nb.Commitment], key: str) -> list[str]:
    """Find what replaces a commitment directly, in the order of the record."""
    found = []
    for item in items:
        found += [item.superseded_by] if item.key == key and item.superseded_by else []
        found += [item.key] if key in item.supersedes else []
    return found


def slow_successors(items: list[nb.Commitment], item: nb.Commitment) -> list[nb.Commitment]:
    found: list[nb.Commitment] = []
    waiting = replacing(items, item.key)
    while waiting:
        successor = first_of(items, waiting.pop(0))
        if successor is not None and successor not in found:
            found.append(successor)
            waiting += replacing(items, successor.key)
    return found


def slow_originals(items: list[nb.Commitment], item: nb.Commitment) -> list[nb.Commitment]:
    found: list[nb.Commitment] = []
    original = first_of(items, item.repeats)
    while original is not None and original not in found:
        found.append(original)
        original = first_of(items, original.repeats)
    return found


def slow_faults(items: list[nb.Commitment]) -> Iterator[tuple[str, str]]:
    for item in items:
        path = f"commitments[{item.key}]"
        if first_of(items, item.key) is not item:
            yield f"{path}.key", "this key is used twice"
        named = [("superseded_by", item.superseded_by), ("repeats", item.repeats)]
        for name, key in [*named, *(("supersedes", key) for key in dict.fromkeys(item.supersedes))]:
            if key is not None and first_of(items, key) is None:
                yield f"{path}.{name}", f"there is no commitment {key!r}"
        for key in sorted(set(item.supersedes)):
            if item.supersedes.count(key) > 1:
                yield f"{path}.supersedes", f"{key!r} is given more than once: write it once"
        if item in slow_successors(items, item):
            field = "superseded_by" if item.superseded_by else "supersedes"
            yield f"{path}.{field}", "it would replace itself, directly or through others"
        if item in slow_originals(items, item):
            yield f"{path}.repeats", "it would repeat itself, directly or through others"


records = st.lists(
    st.builds(
        commitment,
        KEYS,
        superseded_by=st.none() | GIVEN,
        supersedes=st.lists(GIVEN, max_size=3).map(tuple),
        repeats=st.none() | GIVEN,
    ),
    max_size=8,
)


@st.composite
def faultless_records(draw: st.DrawFn) -> list[nb.Commitment]:
    """Draw records in which every link leads to a later key, in an order of their own."""
    keys = "abcdefgh"
    items = []
    for number, key in enumerate(keys[:-1]):
        later = st.sampled_from(keys[number + 1 :])
        older = st.lists(st.sampled_from(keys[:number]), unique=True, max_size=3) if number else st.just([])
        items.append(commitment(key, draw(st.none() | later), tuple(draw(older)), repeats=draw(st.none() | later)))
    return draw(st.permutations([*items, commitment(keys[-1])]))


@given(records)
def test_the_faults_of_a_record_are_those_of_a_slow_search(items: list[nb.Commitment]) -> None:
    assert faults(items) == list(slow_faults(items))


@given(faultless_records())
def test_the_successors_and_originals_are_those_of_a_slow_search(items: list[nb.Commitment]) -> None:
    record = record_of(items)
    for item in items:
        assert list(record.successors(item)) == slow_successors(items, item)
        assert list(record._originals(item)) == slow_originals(items, item)
        assert record.told(item) == ANY.announced.latest


@given(st.dictionaries(KEYS, st.lists(GIVEN | st.none(), max_size=3)))
def test_a_key_is_in_a_circle_if_it_is_above_itself(above: dict[str, list[str | None]]) -> None:
    def reached(key: str) -> set[str | None]:
        found: set[str | None] = set(above[key])
        for _ in above:
            found |= {more for other in found if other in above for more in above[other or ""]}
        return found

    assert in_circles(above) == {key for key in above if key in reached(key)}


# --- long records -----------------------------------------------------------------------------------------


def chain(field: str, size: int) -> list[nb.Commitment]:
    """Give commitments of which each refers to the next one, and the last one to nothing."""
    return [*(link(field, number, number + 1) for number in range(size - 1)), commitment(f"k{size - 1}")]


def circle(field: str, size: int) -> list[nb.Commitment]:
    return [link(field, number, (number + 1) % size) for number in range(size)]


def link(field: str, number: int, other: int) -> nb.Commitment:
    if field == "supersedes":
        return commitment(f"k{number}", supersedes=(f"k{other}",))
    return commitment(f"k{number}", **{field: f"k{other}"})  # type: ignore[arg-type] # a name of a field


def fan(size: int) -> list[nb.Commitment]:
    """Give one commitment that replaces very many, each of which names it too."""
    keys = [f"k{number}" for number in range(size)]
    return [commitment("all", supersedes=tuple(keys)), *(commitment(key, superseded_by="all") for key in keys)]


def many_replace_one(size: int) -> list[nb.Commitment]:
    return [commitment("one"), *(commitment(f"k{number}", supersedes=("one",)) for number in range(size))]


def repeated_key(size: int) -> list[nb.Commitment]:
    return [commitment("a", supersedes=("b",) * size), commitment("b")]


def unknown_keys(size: int) -> list[nb.Commitment]:
    return [commitment("a", supersedes=tuple(f"x{number}" for number in range(size)))]


def unknown_key(size: int) -> list[nb.Commitment]:
    return [commitment("a", supersedes=("b",) * size)]


SHAPES: list[Callable[[int], list[nb.Commitment]]] = [fan, many_replace_one, repeated_key, unknown_keys, unknown_key]
FIELDS = ("superseded_by", "supersedes", "repeats")


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(DocumentError):
        call()
    return time.process_time() - start


def takes_linear_time(few: Callable[[], object], many: Callable[[], object]) -> bool:
    """Return whether four times as much takes about four times as long, in the best of a few attempts."""
    seconds(few)
    short = min(seconds(few) for _ in range(3))
    return min(seconds(many) for _ in range(3)) < TIMES * max(short, 0.002)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_record_is_checked_in_linear_time(shape: Callable[[int], list[nb.Commitment]]) -> None:
    times = 8 if shape in (repeated_key, unknown_key) else 1
    few, many = shape(FEW * times), shape(MANY * times)
    assert takes_linear_time(lambda: record_of(few), lambda: record_of(many))


@pytest.mark.parametrize("shape", [chain, circle])
@pytest.mark.parametrize("field", FIELDS)
def test_a_long_chain_or_circle_is_checked_in_linear_time(
    shape: Callable[[str, int], list[nb.Commitment]], field: str
) -> None:
    few, many = shape(field, FEW), shape(field, MANY)
    assert takes_linear_time(lambda: record_of(few), lambda: record_of(many))


@pytest.mark.parametrize("shape", [many_replace_one, lambda size: chain("superseded_by", size)])
def test_the_successors_of_one_commitment_take_linear_time(shape: Callable[[int], list[nb.Commitment]]) -> None:
    def first(record: Commitments) -> Callable[[], object]:
        return lambda: record.successors(record.items[0])

    few, many = record_of(shape(5 * FEW)), record_of(shape(5 * MANY))
    assert takes_linear_time(first(few), first(many))


def test_a_chain_that_is_longer_than_the_stack_is_read() -> None:
    for field in ("superseded_by", "repeats"):
        assert not faults(chain(field, 3_000))
    record = record_of(chain("superseded_by", 3_000))
    assert [item.key for item in record.successors(record["k2990"])] == [f"k{number}" for number in range(2_991, 3_000)]
    assert len(record.successors(record["k0"])) == 2_999


def test_the_way_to_a_circle_is_not_in_it() -> None:
    items = [commitment("a", "b"), commitment("b", "c"), commitment("c", "b"), commitment("d", supersedes=("c",))]
    assert [path for path, _ in faults(items)] == ["commitments[b].superseded_by", "commitments[c].superseded_by"]


def test_a_key_is_given_once_in_a_list() -> None:
    items = [commitment("a", supersedes=("b", "c", "b", "b")), commitment("b"), commitment("c")]
    assert faults(items) == [("commitments[a].supersedes", "'b' is given more than once: write it once")]
    assert not faults([commitment("a", supersedes=("b", "c")), commitment("b"), commitment("c")])


def test_an_unknown_key_is_reported_once() -> None:
    assert [message for _, message in faults([commitment("a", supersedes=("b",) * 3)])] == [
        "there is no commitment 'b'",
        "'b' is given more than once: write it once",
    ]
