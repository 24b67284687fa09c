"""OCDS in all its containers, in small invented files; the samples are read only where they are present."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.awards import AwardFile
from natoburden.readers.ocds import read_contracts, stream_contracts

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "ocds"

BUYER = {"id": "B", "name": "Ministry", "roles": ["buyer"], "address": {"countryName": "Norge"}}
SUPPLIER = {
    "id": 7,  # a number here, a text where it is referred to
    "name": "Radar AB",
    "roles": ["supplier"],
    "address": {"streetAddress": "1 Road", "countryName": "SE"},
    "contactPoint": {"name": "J. Doe", "email": "doe@example.org", "telephone": "+46 8 123 456 78"},
}
AWARD = {
    "id": "1",
    "status": "active",
    "title": "Radars, ask doe@example.org or +46 8 123 456 78",
    "date": "2024-05-06T00:00:00Z",
    "value": {"amount": 5_000_000, "currency": "SEK"},
    "suppliers": [{"id": "7", "name": "Radar AB"}],
    "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "35722000"}}],
}
RELEASE: dict[str, Any] = {
    "ocid": "ocds-x-1",
    "id": "r1",
    "date": "2024-06-01T00:00:00Z",
    "tag": ["award"],
    "buyer": {"id": "B", "name": "Ministry"},
    "parties": [BUYER, SUPPLIER],
    "awards": [AWARD],
}


def written(path: Path, document: Any, name: str = "release.json") -> Path:
    file = path / name
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def lines(path: Path, *documents: Any, name: str = "releases.jsonl") -> Path:
    file = path / name
    file.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return file


def only(found: AwardFile) -> nb.Contract:
    assert not found.left_out
    [contract] = found.contracts
    assert str(found.contracts.kind) == "selection of a register"
    return contract


def test_an_award_becomes_a_contract_with_the_suppliers_registered_address_as_origin(tmp_path: Path) -> None:
    contract = only(read_contracts(written(tmp_path, RELEASE)))
    assert contract.key == "ocds-x-1/1"
    assert contract.buyers == (nb.Country("NOR"),)
    assert str(contract.value.low) == "SEK 5.00 m (current prices)"
    assert str(contract.date) == "2024-05-06"
    assert contract.status is nb.ContractStatus.AGREED  # nothing says that it was signed
    [origin] = contract.origins
    assert origin.basis is nb.OriginBasis.REGISTERED_ADDRESS
    assert str(origin) == "Sweden 100.00 % (registered address)"
    assert contract.note == "CPV 35722000"


def test_contact_data_of_persons_is_not_kept(tmp_path: Path) -> None:
    contract = only(read_contracts(written(tmp_path, RELEASE)))
    assert contract.system == "Radars, ask or"
    assert not any(part in repr(contract) for part in ("doe", "Doe", "123 456", "1 Road"))


CONTAINERS = {
    "release": RELEASE,
    "release package": {"uri": "u", "version": "1.1", "releases": [RELEASE]},
    "record package": {"records": [{"ocid": "ocds-x-1", "compiledRelease": {**RELEASE, "tag": ["compiled"]}}]},
    "record without a compiled release": {"records": [{"ocid": "ocds-x-1", "releases": [RELEASE]}]},
    "record alone": {"ocid": "ocds-x-1", "compiledRelease": RELEASE},
    "list of releases": [RELEASE],
    "versioned release": {
        "records": [
            {
                "ocid": "ocds-x-1",
                "versionedRelease": {
                    "ocid": "ocds-x-1",
                    "buyer": {
                        "id": "B",
                        "name": [{"releaseDate": "2024-01-01", "releaseTag": [], "value": "Ministry"}],
                    },
                    "parties": [BUYER, SUPPLIER],
                    "awards": [
                        {
                            **AWARD,
                            "status": [{"releaseDate": "2024-01-01", "releaseID": "a", "value": "active"}],
                            "value": {
                                "currency": [{"releaseDate": "2024-01-01", "releaseID": "a", "value": "SEK"}],
                                "amount": [
                                    {"releaseDate": "2024-02-01", "releaseID": "b", "value": 5_000_000},
                                    {"releaseDate": "2024-01-01", "releaseID": "a", "value": 1},
                                ],
                            },
                        }
                    ],
                },
            }
        ]
    },
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_gives_the_same_award(tmp_path: Path, container: str) -> None:
    contract = only(read_contracts(written(tmp_path, CONTAINERS[container])))
    assert (contract.key, str(contract.value.low)) == ("ocds-x-1/1", "SEK 5.00 m (current prices)")


def test_address_inside_the_award_is_that_of_ocds_1_0(tmp_path: Path) -> None:
    award = {**AWARD, "suppliers": [{"name": "Radar AB", "address": {"countryName": "MÉXICO"}}]}
    contract = only(read_contracts(written(tmp_path, {**RELEASE, "parties": [BUYER], "awards": [award]})))
    assert str(contract.origins[0]) == "Mexico 100.00 % (registered address)"


@pytest.mark.parametrize("said", ["", "Other", "Atlantis", "Kosovo", "x" * 5_000])
def test_a_supplier_without_a_country_that_is_known_has_an_unknown_origin(tmp_path: Path, said: str) -> None:
    party = {**SUPPLIER, "address": {"countryName": said}}
    contract = only(read_contracts(written(tmp_path, {**RELEASE, "parties": [BUYER, party]})))
    assert str(contract.origins[0].unknown) == "100.00 %"


def test_several_suppliers_share_a_value_that_nothing_splits(tmp_path: Path) -> None:
    others = [{"id": n, "name": f"S{n}", "address": {"countryName": c}} for n, c in ((1, "SE"), (2, "DE"))]
    contract = only(read_contracts(written(tmp_path, {**RELEASE, "awards": [{**AWARD, "suppliers": others}]})))
    assert str(contract.origins[0]) == "unknown among Sweden, Germany 100.00 % (registered address)"
    others.append({"id": 3, "name": "S3"})
    contract = only(read_contracts(written(tmp_path, {**RELEASE, "awards": [{**AWARD, "suppliers": others}]})))
    assert not contract.origins[0].unsplit


UPDATE = {
    "ocid": "ocds-x-1",
    "date": "2024-07-01T00:00:00Z",
    "tag": ["awardUpdate"],
    "awards": [{"id": "1", "value": {"amount": 6_000_000}}],
    "contracts": [{"id": "c", "awardID": "1", "status": "active", "dateSigned": "2024-06-30T00:00:00Z"}],
}


@pytest.mark.parametrize("order", [(RELEASE, UPDATE), (UPDATE, RELEASE)], ids=["in order", "newest first"])
def test_releases_of_one_process_count_once_in_their_latest_state(tmp_path: Path, order: tuple[Any, Any]) -> None:
    for file in (written(tmp_path, {"releases": order}), lines(tmp_path, *order)):
        contract = only(read_contracts(file))
        assert str(contract.value.low) == "SEK 6.00 m (current prices)"
        assert contract.status is nb.ContractStatus.SIGNED
        assert str(contract.date) == "2024-06-30"
        assert contract.suppliers[0].name == "Radar AB"


def test_documents_after_each_other_are_one_file(tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text(json.dumps(RELEASE, indent=1) + "\n" + json.dumps({**RELEASE, "ocid": "ocds-x-2"}, indent=1))
    assert [item.key for item in read_contracts(file).contracts] == ["ocds-x-1/1", "ocds-x-2/1"]


def test_lines_of_packages_are_put_together_by_process(tmp_path: Path) -> None:
    other = {**RELEASE, "ocid": "ocds-x-2"}
    linked = {"ocid": "ocds-x-3", "url": "https://example.org/3"}
    file = lines(tmp_path, {"releases": [RELEASE, other]}, {"releases": [UPDATE, linked]}, {**UPDATE, "date": "2025"})
    found = read_contracts(file)
    assert {item.key: str(item.value.low) for item in found.contracts} == {
        "ocds-x-1/1": "SEK 6.00 m (current prices)",
        "ocds-x-2/1": "SEK 5.00 m (current prices)",
    }
    assert [(item.key, item.where) for item in found.left_out] == [("ocds-x-3", "line 2, release 1")]


def test_a_buyer_that_nothing_refers_to_is_found_by_its_role(tmp_path: Path) -> None:
    release = {key: value for key, value in RELEASE.items() if key != "buyer"}
    assert only(read_contracts(written(tmp_path, release))).buyers == (nb.Country("NOR"),)


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_lines_read_as_lines(tmp_path: Path, pack: str) -> None:
    plain = lines(tmp_path, RELEASE, UPDATE)
    packed = tmp_path / f"releases.jsonl.{pack}"
    if pack == "gz":
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, "releases.jsonl")
    assert read_contracts(packed).contracts.items == tuple(
        nb.serialization.from_data(
            json.loads(json.dumps(nb.serialization.to_data(item)).replace("releases.jsonl", packed.name)),
            nb.Contract,
        )
        for item in read_contracts(plain).contracts
    )


def test_windows_text_is_read(tmp_path: Path) -> None:
    file = tmp_path / "release.json"
    file.write_bytes(
        json.dumps({**RELEASE, "awards": [{**AWARD, "title": "Café"}]}, ensure_ascii=False).encode("cp1252")
    )
    assert only(read_contracts(file)).system == "Café"


@pytest.mark.parametrize(
    ("change", "kind", "amount"),
    [
        ({}, nb.ValueKind.CONTRACT, "SEK 5.00 m (current prices)"),
        (
            {"tender": {"techniques": {"hasFrameworkAgreement": True}}},
            nb.ValueKind.CEILING,
            "SEK 5.00 m (current prices)",
        ),
        (
            {"tender": {"procurementMethodDetails": "Call-off from a framework agreement"}},
            nb.ValueKind.CEILING,
            "SEK 5.00 m (current prices)",
        ),
        (
            {"awards": [{**AWARD, "value": None}], "tender": {"value": {"amount": 9e6, "currency": "SEK"}}},
            nb.ValueKind.ESTIMATE,
            "SEK 9.00 m (current prices)",
        ),
        ({"awards": [{**AWARD, "value": {"amount": 0.01, "currency": "SEK"}}]}, nb.ValueKind.CONTRACT, "None"),
        ({"awards": [{**AWARD, "value": {"amount": -5, "currency": "SEK"}}]}, nb.ValueKind.CONTRACT, "None"),
        ({"awards": [{**AWARD, "value": {"amount": 5}}]}, nb.ValueKind.CONTRACT, "None"),
        ({"awards": [{**AWARD, "value": {"amount": True, "currency": "SEK"}}]}, nb.ValueKind.CONTRACT, "None"),
    ],
)
def test_a_value_is_the_awards_or_an_estimate_and_a_framework_is_a_ceiling(
    tmp_path: Path, change: dict[str, Any], kind: nb.ValueKind, amount: str
) -> None:
    value = only(read_contracts(written(tmp_path, {**RELEASE, **change}))).value
    assert (value.kind, str(value.low)) == (kind, amount)


def test_an_amount_that_is_no_amount_is_kept_in_words(tmp_path: Path) -> None:
    document = {**RELEASE, "awards": [{**AWARD, "value": {"amount": 5, "currency": "Taler"}}]}
    assert only(read_contracts(written(tmp_path, document))).value.wording == "stated as 5 Taler"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"awards": [{**AWARD, "status": "cancelled"}]}, "the award was cancelled"),
        ({"awards": [{**AWARD, "status": "unsuccessful"}]}, "the award was unsuccessful"),
        ({"awards": [{**AWARD, "suppliers": []}]}, "no winner is named"),
        ({"awards": []}, "no award is in the release"),
        ({"parties": [SUPPLIER]}, "no country of the buyer: say which with buyer="),
        (
            {"parties": [SUPPLIER, {**BUYER, "address": {"countryName": "Atlantis"}}]},
            "no country of the buyer in 'Atlantis': say which with buyer=",
        ),
    ],
)
def test_what_makes_no_contract_is_left_out_with_a_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    found = read_contracts(written(tmp_path, {**RELEASE, **change}))
    assert not found.contracts.items
    [left] = found.left_out
    assert left.reason == reason
    assert str(left).startswith("document 1, ocds-x-1")


def test_a_buyers_country_can_be_said(tmp_path: Path) -> None:
    found = read_contracts(written(tmp_path, {**RELEASE, "parties": [SUPPLIER]}), buyer="Norway")
    assert only(found).buyers == (nb.Country("NOR"),)


def test_a_release_that_is_only_linked_is_left_out(tmp_path: Path) -> None:
    package = {"records": [{"ocid": "ocds-x-1", "releases": [{"url": "https://example.org/1", "date": "2024-01-01"}]}]}
    found = read_contracts(written(tmp_path, package))
    assert [item.reason for item in found.left_out] == ["only a link to the release is here"]


def test_lines_stream_one_process_at_a_time_and_tell_their_progress(tmp_path: Path) -> None:
    padding = {"planning": {"rationale": "x" * 400_000}}
    file = lines(tmp_path, *({**RELEASE, **padding, "ocid": f"ocds-x-{n}"} for n in range(6)))
    told: list[tuple[int, int]] = []
    found = stream_contracts(file, progress=lambda done, in_all: told.append((done, in_all)))
    assert len(list(found)) == 6
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (file.stat().st_size, file.stat().st_size)


@pytest.mark.parametrize(
    ("content", "where", "problem"),
    [
        (b"", "", "the file is empty"),
        (b"<html>", "line 1", "the file is a web page"),
        (b'{"ocid": "a", "awards": [', "line 1", "not well-formed JSON"),
        (b'{"ocid": "a"}\n{"ocid": \n', "line 2", "not well-formed JSON"),
        (b'{"tag": []}', "document 1", "a release without ocid"),
        (b'{"ocid": 5, "awards": []}', "document 1", "a release without ocid"),
        (b"[1]", "document 1, item 0", "a number"),
        (b'{"releases": [1]}', "document 1, release 0", "a number in the place of a release"),
        (b'{"records": [1]}', "document 1, record 0", "a number in the place of a record"),
        (b'{"records": [{"ocid": "a"}]}', "document 1, record 0", "a record without releases"),
        (b'{"ocid": "a",\x00 "awards": []}', "line 1", "UTF-16 or binary"),
        (b"[" * 100_000, "", "not well-formed JSON"),
        (b'{"ocid": "a", "awards": ' + b"[" * 90 + b"]" * 90 + b"}", "document 1", "awards[0] is a list"),
    ],
)
def test_what_is_no_ocds_is_one_error_with_its_place(tmp_path: Path, content: bytes, where: str, problem: str) -> None:
    file = tmp_path / "releases.json"
    file.write_bytes(content)
    with pytest.raises(ReaderError) as caught:
        read_contracts(file)
    assert problem in caught.value.problem
    assert caught.value.position.startswith(where)


def nested(depth: int) -> str:
    return '{"a":' * depth + "1" + "}" * depth


TOO_DEEP = r"more than 100 levels of nesting"


def test_documents_nested_deeper_than_python_recurses_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "releases.json"
    file.write_text(f'{{"ocid": "a", "awards": [{{"id": "1", "x": {nested(200_000)}}}]}}')
    with pytest.raises(ReaderError, match=TOO_DEEP):
        read_contracts(file)


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_a_versioned_release_nested_too_deep_is_an_error(tmp_path: Path, depth: int) -> None:
    history = '[{"releaseDate": "2024-01-01", "value": 1}]'
    file = tmp_path / "releases.json"
    file.write_text(f'{{"ocid": "a", "date": {history}, "awards": [{{"id": "1", "x": {nested(depth)}}}]}}')
    with pytest.raises(ReaderError, match=TOO_DEEP):
        read_contracts(file)


def test_samples_read_with_the_values_that_were_looked_up_by_hand() -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample files are not here")
    expected = {
        "release-package-2.json": ("USD 75,464.96 (current prices)", "Mexico"),
        "compiled-release-2.json": ("USD 75,464.96 (current prices)", "Mexico"),
        "versioned-release-2.json": ("USD 75,464.96 (current prices)", "Mexico"),
        "release-package_encoding-iso-8859-1.json": ("MXN 193,817.35 (current prices)", "Mexico"),
        "release-package_encoding-utf-8.json": ("MXN 193,817.35 (current prices)", "Mexico"),
    }
    for name, (amount, country) in expected.items():
        contract = only(read_contracts(SAMPLES / name))
        assert (str(contract.value.low), str(contract.origins[0])) == (
            amount,
            f"{country} 100.00 % (registered address)",
        )


def test_the_british_samples_have_no_suppliers_country_and_stay_unknown() -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample files are not here")
    found = read_contracts(SAMPLES / "uk_contractsfinder_mod_releases.json")
    assert {str(item.origins[0].unknown) for item in found.contracts} == {"100.00 %"}
    amounts = sorted(item.value.low.in_millions for item in found.contracts if item.value.low)
    assert [str(round(amount, 1)) for amount in amounts[-2:]] == ["39.2", "173.0"]
