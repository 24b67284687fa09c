"""OCDS as publishers write it: ids that repeat, contracts under awards, states in time, releases that are none."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.awards import AwardFile
from natoburden.readers.ocds import read_contracts
from tests.strategies import up_to


def value(amount: int | None, currency: str = "EUR") -> dict[str, Any]:
    return {} if amount is None else {"value": {"amount": amount * 1_000_000, "currency": currency}}


def award(name: object = "1", amount: int | None = 5, supplier: str = "A", **more: Any) -> dict[str, Any]:
    named = {} if name is None else {"id": name}
    return {**named, "status": "active", "suppliers": [{"id": supplier, "name": supplier}], **value(amount), **more}


def contract(name: object, amount: int | None = None, of: object = "1", **more: Any) -> dict[str, Any]:
    named = {} if of is None else {"awardID": of}
    return {"id": name, "status": "active", **named, **value(amount), **more}


def release(*awards: Any, date: str = "2024-06-01T00:00:00Z", **more: Any) -> dict[str, Any]:
    buyer = {"address": {"countryName": "Norway"}}
    return {"ocid": "o-1", "date": date, "tag": ["award"], "buyer": buyer, "awards": list(awards), **more}


def read(path: Path, *releases: Any, ok: bool = False, name: str = "releases.json") -> AwardFile:
    file = path / name
    if name.endswith(".jsonl"):
        file.write_text("".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in releases))
    else:
        file.write_text(json.dumps({"releases": releases}))
    return read_contracts(file, bad_releases_ok=ok)


def seen(found: AwardFile) -> list[tuple[str, str, int | None]]:
    """Give keys with suppliers and millions."""
    return [
        (
            item.key,
            "+".join(supplier.name for supplier in item.suppliers),
            None if item.value.low is None else int(item.value.low.in_millions),
        )
        for item in found.contracts
    ]


def reasons(found: AwardFile) -> list[tuple[str, str]]:
    return [(item.key, item.reason) for item in found.left_out]


# --- Awards that share an id


def test_awards_of_one_id_in_one_release_are_two(tmp_path: Path) -> None:
    found = read(tmp_path, release(award("1", 5, "A"), award("1", 7, "C")), release(award("2", 9), date="2024-07-01"))
    assert seen(found) == [("o-1/1", "A", 5), ("o-1/1#2", "C", 7), ("o-1/2", "A", 9)]
    assert not found.left_out


def test_a_later_release_updates_the_one_of_its_suppliers(tmp_path: Path) -> None:
    both = release(award("1", 5, "A"), award("1", 7, "C"))
    later = release({"id": "1", "suppliers": [{"name": "c"}], **value(8)}, date="2024-07-01")
    assert seen(read(tmp_path, both, later)) == [("o-1/1", "A", 5), ("o-1/1#2", "c", 8)]


def test_a_later_release_that_repeats_both_without_suppliers_updates_both_in_their_order(tmp_path: Path) -> None:
    both = release(award("1", 5, "A"), award("1", 7, "C"))
    later = release({"id": "1", **value(6)}, {"id": "1", **value(8)}, date="2024-07-01")
    assert seen(read(tmp_path, both, later)) == [("o-1/1", "A", 6), ("o-1/1#2", "C", 8)]


def test_a_later_release_that_may_mean_either_is_named_and_changes_neither(tmp_path: Path) -> None:
    both = release(award("1", 5, "A"), award("1", 7, "C"))
    found = read(tmp_path, both, release({"id": "1", **value(8)}, date="2024-07-01"))
    assert seen(found) == [("o-1/1", "A", 5), ("o-1/1#2", "C", 7)]
    assert reasons(found) == [("o-1/1", "a later release changes one of 2 of this id, and does not say which")]
    assert found.left_out[0].where == "document 1, release 1"


def test_an_award_that_is_given_to_others_is_theirs_and_the_first_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, release(award("1", 5, "A")), release(award("1", 7, "C"), date="2024-07-01"))
    assert seen(found) == [("o-1/1", "C", 7)]
    assert reasons(found) == [("o-1/1", "a later release gives the award of this id to others")]


def test_an_award_that_stands_twice_alike_counts_once_and_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, release(award(), award()))
    assert seen(found) == [("o-1/1", "A", 5)]
    assert reasons(found) == [("o-1/1", "it appears twice in one release, unchanged, and counts once")]


def test_one_id_in_two_processes_is_two_awards(tmp_path: Path) -> None:
    found = read(tmp_path, release(award()), {**release(award()), "ocid": "o-2"})
    assert [key for key, *_ in seen(found)] == ["o-1/1", "o-2/1"]


def test_awards_without_ids_are_replaced_by_those_of_a_later_release_and_named(tmp_path: Path) -> None:
    found = read(tmp_path, release(award(None, 5)), release(award(None, 7, "C"), date="2024-07-01"))
    assert seen(found) == [("o-1/0", "C", 7)]
    assert reasons(found) == [("o-1/without id", "a later release states awards without ids in its place")]


def test_awards_without_ids_that_a_later_release_repeats_count_once_and_nothing_is_replaced(tmp_path: Path) -> None:
    found = read(tmp_path, release(award(None)), release(award(None), date="2024-07-01"))
    assert (seen(found), found.left_out) == ([("o-1/0", "A", 5)], ())


@settings(max_examples=up_to(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ABC"), st.integers(1, 9)), max_size=4), max_size=3)
)
def test_every_award_of_every_release_is_a_contract_or_named_or_updated(
    tmp_path: Path, states: list[list[tuple[int, str, int]]]
) -> None:
    releases = [
        release(*(award(name, amount, supplier) for name, supplier, amount in state), date=f"2024-06-0{day}")
        for day, state in enumerate(states, start=1)
    ]
    found = read(tmp_path, *releases)
    there = {(key.removeprefix("o-1/").partition("#")[0], supplier) for key, supplier, _ in seen(found)}
    named = {key.removeprefix("o-1/") for key, _ in reasons(found)}
    for name, supplier, _ in itertools.chain.from_iterable(states):
        assert (str(name), supplier) in there or str(name) in named


# --- Contracts under awards


@pytest.mark.parametrize(
    ("own", "contracts", "expected"),
    [
        (None, [contract("c1", 5), contract("c2", 7)], [("o-1/1", "A", 12)]),
        (0, [contract("c1", 5), contract("c2", 7)], [("o-1/1", "A", 12)]),
        (None, [contract("c1", 5)], [("o-1/1", "A", 5)]),
        (9, [contract("c1", 5), contract("c2", 7)], [("o-1/1", "A", 9)]),
        (None, [contract("c1", 5), contract("c2")], [("o-1/1/c1", "A", 5), ("o-1/1/c2", "A", None)]),
        (None, [contract("c1"), contract("c2")], [("o-1/1", "A", None)]),
        (None, [contract("c1", 5), contract("c1", 7, of="2")], [("o-1/1", "A", 5)]),
    ],
)
def test_an_award_without_a_value_is_worth_its_contracts(
    tmp_path: Path, own: int | None, contracts: list[Any], expected: list[tuple[str, str, int | None]]
) -> None:
    assert seen(read(tmp_path, release(award("1", own), contracts=contracts))) == expected


def test_contracts_in_two_currencies_are_each_their_own(tmp_path: Path) -> None:
    contracts = [contract("c1", 5), {**contract("c2"), **value(7, "SEK")}]
    found = read(tmp_path, release(award("1", None), contracts=contracts))
    assert [str(item.value.low) for item in found.contracts] == [
        "EUR 5.00 m (current prices)",
        "SEK 7.00 m (current prices)",
    ]


def test_a_sum_says_of_how_many_contracts_and_bears_the_first_day_of_signing(tmp_path: Path) -> None:
    contracts = [
        contract("c1", 5, dateSigned="2024-03-02T23:00:00-05:00"),
        contract("c2", 7, dateSigned="2024-03-03T01:00:00Z"),
    ]
    [item] = read(tmp_path, release(award("1", None), contracts=contracts)).contracts
    assert (item.value.wording, str(item.date)) == ("of 2 contracts together", "2024-03-03")


def test_contracts_of_no_known_award_are_named(tmp_path: Path) -> None:
    two = [award("1", 5, "A"), award("1", 7, "C")]
    contracts = [contract("c1", 7), contract("c2", 3), contract("c3", 4, of="9"), contract("c4", 4, of=None)]
    found = read(tmp_path, release(*two, contracts=contracts))
    assert reasons(found) == [
        ("o-1/contract c2", "the contract is of no known award: several awards have the id 1"),
        ("o-1/contract c3", "the contract is of no known award: no award 9 is in the release"),
        ("o-1/contract c4", "the contract names no award"),
    ]
    assert [item.status for item in found.contracts] == [nb.ContractStatus.AGREED, nb.ContractStatus.SIGNED]


def test_a_contract_that_names_no_award_is_of_the_only_one(tmp_path: Path) -> None:
    assert seen(read(tmp_path, release(award("1", None), contracts=[contract("c1", 5, of=None)]))) == [
        ("o-1/1", "A", 5)
    ]


def test_contracts_of_one_id_under_two_awards_are_two(tmp_path: Path) -> None:
    first = release(award("1", None), award("2", None), contracts=[contract("c", 5), contract("c", 7, of="2")])
    later = release(date="2024-07-01", contracts=[contract("c", 8, of="2")])
    assert seen(read(tmp_path, first, later)) == [("o-1/1", "A", 5), ("o-1/2", "A", 8)]


def test_the_tenders_estimate_is_not_repeated_for_each_award(tmp_path: Path) -> None:
    tender = value(20)
    [item] = read(tmp_path, release(award("1", None), award("2", None, status="cancelled"), tender=tender)).contracts
    assert str(item.value) == "EUR 20.00 m (current prices), estimate"
    both = read(tmp_path, release(award("1", None), award("2", None), tender=tender))
    assert [amount for *_, amount in seen(both)] == [None, None]


# --- Cancelled


@pytest.mark.parametrize("status", ["cancelled", "Cancelled", "CANCELLED", " canceled "])
def test_a_cancelled_contract_is_left_out_by_name(tmp_path: Path, status: str) -> None:
    contracts = [contract("c1", 5), contract("c2", 7, status=status)]
    found = read(tmp_path, release(award("1", None), contracts=contracts))
    assert (seen(found), reasons(found)) == ([("o-1/1", "A", 5)], [("o-1/1/c2", "the contract was cancelled")])
    found = read(tmp_path, release(award("1", 12), contracts=contracts))
    assert seen(found) == [("o-1/1", "A", 5)]
    found = read(tmp_path, release(award("1", 5), contracts=[contracts[1]]))
    assert (seen(found), reasons(found)) == ([], [("o-1/1", "its contract was cancelled")])
    found = read(tmp_path, release(award("1", 5), contracts=[contracts[1], contract("c3", status=status)]))
    assert reasons(found) == [("o-1/1", "all of its contracts were cancelled")]


def test_an_award_with_a_cancelled_contract_whose_rest_states_nothing_says_so(tmp_path: Path) -> None:
    contracts = [contract("c1"), contract("c2", 7, status="cancelled")]
    [item] = read(tmp_path, release(award("1", 12), contracts=contracts)).contracts
    assert str(item.value.low) == "EUR 12.00 m (current prices)"
    assert item.value.wording == "with contracts that were cancelled"


def test_a_contract_that_is_cancelled_by_a_later_release_no_longer_counts(tmp_path: Path) -> None:
    first = release(award("1", None), contracts=[contract("c1", 5)])
    later = release(date="2024-07-01", contracts=[{"id": "c1", "status": "cancelled"}])
    assert reasons(read(tmp_path, first, later)) == [("o-1/1", "its contract was cancelled")]


def test_a_release_that_cancels_awards_needs_no_status(tmp_path: Path) -> None:
    later = release({"id": "1"}, date="2024-07-01", tag="awardCancellation")
    assert reasons(read(tmp_path, release(award("1"), award("2")), later)) == [("o-1/1", "the award was cancelled")]


def test_an_award_without_a_day_bears_that_of_the_first_release_that_has_it(tmp_path: Path) -> None:
    later = release({"id": "1", **value(8)}, award("2"), date="2027-07-01")
    found = read(tmp_path, release(award("1")), later)
    assert [str(item.date) for item in found.contracts] == ["2024-06-01", "2027-07-01"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Cancelled", "cancelled"),
        ("UNSUCCESSFUL", "unsuccessful"),
        ("Withdrawn", "withdrawn"),
        ("canceled", "cancelled"),
    ],
)
def test_a_status_counts_however_its_letters_are_written(tmp_path: Path, status: str, reason: str) -> None:
    found = read(tmp_path, release(award("1", 5, status=status), award("2")))
    assert (seen(found), reasons(found)) == ([("o-1/2", "A", 5)], [("o-1/1", f"the award was {reason}")])


def test_codes_in_capitals_tell_states_and_roles(tmp_path: Path) -> None:
    party = {"id": "B", "roles": "Buyer", "address": {"countryName": "Sweden"}}
    text = release(award("1", status="PENDING"), award("2"), buyer=None, parties=[party])
    found = read(tmp_path, {**text, "contracts": [contract("c", of="2", status="Active")]})
    assert [item.status for item in found.contracts] == [nb.ContractStatus.SELECTED, nb.ContractStatus.SIGNED]
    assert {item.buyers[0].alpha_3 for item in found.contracts} == {"SWE"}


# --- One object in the place of a list


@pytest.mark.parametrize(
    "change",
    [
        {"awards": award("1", None, "A AB")},
        {"awards": [award("1", None, suppliers={"id": "A", "name": "A AB"})]},
        {"awards": [award("1", None, suppliers="A AB")]},
        {"awards": [award("1", None, suppliers=["A AB", None])]},
        {"awards": [award("1", None, "A AB"), None], "contracts": [None, contract("c", 5)]},
        {"awards": [award("1", 5, "A AB")], "buyer": [{"address": [{"countryName": "Norway"}]}]},
        {"awards": [award("1", None, "A AB", value=[{"amount": 5_000_000, "currency": "EUR"}])]},
    ],
)
def test_one_thing_in_the_place_of_a_list_is_that_thing(tmp_path: Path, change: dict[str, Any]) -> None:
    found = read(tmp_path, {**release(), "contracts": contract("c", 5), **change})
    assert seen(found) == [("o-1/1", "A AB", 5)]


@pytest.mark.parametrize("container", ["releases", "records"])
def test_one_release_in_the_place_of_a_list_of_them_is_read(tmp_path: Path, container: str) -> None:
    file = tmp_path / "package.json"
    inner = release(award()) if container == "releases" else {"ocid": "o-1", "compiledRelease": release(award())}
    file.write_text(json.dumps({"uri": "u", container: inner}))
    assert seen(read_contracts(file)) == [("o-1/1", "A", 5)]


def test_a_value_that_is_only_a_number_has_no_currency_and_is_kept_in_words(tmp_path: Path) -> None:
    [item] = read(tmp_path, release(award("1", None, value=5_000_000))).contracts
    assert (item.value.low, item.value.wording) == (None, "stated as 5000000")


# --- Time


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-06-02T01:00:00Z", "2024-06-01T23:30:00-05:00"),
        ("2024-06-02T03:00:00+05:30", "2024-06-01T22:00:00Z"),
        ("2024-06-01T10:00:00", "2024-06-01T10:00:00.5Z"),
        ("2024-06-01", "2024-06-01T00:00:01Z"),
        ("2024", "2024-02"),
        ("2024-06-01T12:00:00+0200", "2024-06-01 11:00:00 UTC"),
        ("", "2024-06-01"),
    ],
)
def test_releases_are_ordered_by_their_instant(tmp_path: Path, earlier: str, later: str) -> None:
    old, new = release(award("1", 5), date=earlier), release(award("1", 8), date=later)
    for pair in ((old, new), (new, old)):
        assert seen(read(tmp_path, *pair)) == [("o-1/1", "A", 8)]
        assert seen(read(tmp_path, *pair, name="releases.jsonl")) == [("o-1/1", "A", 8)]


@pytest.mark.parametrize("date", ["01/02/2024", "soon", "2024-13-01"])
def test_a_release_of_a_date_that_cannot_be_read_is_no_older_than_others(tmp_path: Path, date: str) -> None:
    pair = (release(award("1", 5), date="2024-06-01"), release(award("1", 8), date=date))
    with pytest.raises(ReaderError, match=f"the date '{date}' is not a moment such as 2024-06-01T12:00:00Z"):
        read(tmp_path, *pair)


def test_values_of_a_versioned_release_are_ordered_by_their_instant(tmp_path: Path) -> None:
    history = [
        {"releaseDate": "2024-06-01T23:30:00-05:00", "releaseID": "b", "value": 8_000_000},
        {"releaseDate": "2024-06-02T01:00:00Z", "releaseID": "a", "value": 5_000_000},
    ]
    text = release(award("1", None, value={"amount": history, "currency": "EUR"}))
    file = tmp_path / "record.json"
    file.write_text(json.dumps({"records": [{"ocid": "o-1", "versionedRelease": text}]}))
    assert seen(read_contracts(file)) == [("o-1/1", "A", 8)]


def test_the_newest_compiled_release_stands_and_later_releases_are_laid_over_it(tmp_path: Path) -> None:
    compiled = [release(award("1", n), date=f"2024-06-0{n}", tag=["compiled"]) for n in (5, 4)]
    before = release(award("1", 9), award("2", 9), date="2024-06-01")
    assert seen(read(tmp_path, *compiled, before)) == [("o-1/1", "A", 5)]
    assert seen(read(tmp_path, *compiled, release(award("1", 7), date="2024-06-09"))) == [("o-1/1", "A", 7)]


# --- Records


def test_a_record_gives_its_compiled_release_with_all_awards_of_one_id(tmp_path: Path) -> None:
    compiled = release(award("1", 5, "A"), award("1", 7, "C"), award("2", 9, status="Cancelled"))
    record = {"ocid": "o-1", "releases": [release(award("1", 1))], "compiledRelease": compiled}
    file = tmp_path / "record.json"
    file.write_text(json.dumps({"records": [record]}))
    found = read_contracts(file)
    assert seen(found) == [("o-1/1", "A", 5), ("o-1/1#2", "C", 7)]
    assert reasons(found) == [("o-1/2", "the award was cancelled")]


# --- Releases that cannot be read

BAD = [
    ({"date": "2024-06-01"}, "a release without ocid"),
    (5, "a number in the place of a release"),
    ({**release(), "awards": [5]}, "awards[0] is a number in the place of an object"),
    ({**release(), "awards": ["x"]}, "awards[0] is a text in the place of an object"),
    ({**release(), "awards": [award(), True]}, "awards[1] is true or false in the place of an object"),
    (
        {**release(), "awards": [award("1", suppliers=[7])]},
        "awards[0].suppliers[0] is a number in the place of an object",
    ),
    ({**release(), "parties": [[]]}, "parties[0] is a list in the place of an object"),
]


@pytest.mark.parametrize(("bad", "problem"), BAD)
def test_one_release_that_cannot_be_read_refuses_the_package_and_is_named(
    tmp_path: Path, bad: Any, problem: str
) -> None:
    good = {**release(award()), "ocid": "o-2"}
    with pytest.raises(ReaderError) as caught:
        read(tmp_path, good, bad)
    assert (caught.value.position, caught.value.problem) == ("document 1, release 1", problem)
    assert "bad_releases_ok=True" in str(caught.value)


@pytest.mark.parametrize(("bad", "problem"), BAD)
def test_the_rest_is_kept_when_told_and_the_bad_one_is_left_out_by_name(tmp_path: Path, bad: Any, problem: str) -> None:
    good = {**release(award()), "ocid": "o-2"}
    found = read(tmp_path, good, bad, ok=True)
    assert seen(found) == [("o-2/1", "A", 5)]
    [left] = found.left_out
    assert (left.where, left.reason) == ("document 1, release 1", problem)


def test_a_line_that_is_no_json_is_left_out_when_told(tmp_path: Path) -> None:
    lines = [release(award()), '{"ocid": ', {"releases": [{**release(award()), "ocid": "o-2"}, 5]}]
    with pytest.raises(ReaderError, match="line 2"):
        read(tmp_path, *lines, name="releases.jsonl")
    found = read(tmp_path, *lines, name="releases.jsonl", ok=True)
    assert [key for key, *_ in seen(found)] == ["o-1/1", "o-2/1"]
    assert [item.where for item in found.left_out] == ["line 2", "line 3, release 1"]


def test_a_record_that_cannot_be_read_is_left_out_when_told(tmp_path: Path) -> None:
    file = tmp_path / "records.json"
    file.write_text(json.dumps({"records": [{"ocid": "o-9"}, {"ocid": "o-1", "compiledRelease": release(award())}]}))
    with pytest.raises(ReaderError, match="record 0: a record without releases"):
        read_contracts(file)
    found = read_contracts(file, bad_releases_ok=True)
    assert (seen(found), reasons(found)) == ([("o-1/1", "A", 5)], [("o-9", "a record without releases")])
