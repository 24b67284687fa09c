"""How a notice in eForms becomes contracts: who won, what it is worth, and which of several notices stands."""

# ruff: noqa: E501 # elements of notices stand on one line

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden.readers.awards import AwardFile
from natoburden.readers.ted import read_notices
from tests.strategies import up_to

ORGANIZATIONS = {"O1": ("A AB", "SWE"), "O2": ("B GmbH", "DEU"), "O3": ("C Inc", "USA"), "OB": ("Ministry", "NOR")}


def money(tag: str, amount: object) -> str:
    return "" if amount is None else f'<{tag} currencyID="EUR">{amount}</{tag}>'


def hidden(field: str, until: str = "2999-12-31Z") -> str:
    day = f"<PublicationDate>{until}</PublicationDate>" if until else ""
    return f"<FieldsPrivacy><FieldIdentifierCode>{field}</FieldIdentifierCode>{day}</FieldsPrivacy>"


def tender(name: str, organization: str = "O1", amount: object = None, lot: str = "", more: str = "") -> str:
    """Give a tender with a party of its own."""
    total = f"<LegalMonetaryTotal>{money('PayableAmount', amount)}</LegalMonetaryTotal>" if amount is not None else ""
    lots = f"<TenderLot><ID>{lot}</ID></TenderLot>" if lot else ""
    party = f"<TenderingParty><ID>P-{name}</ID><Tenderer><ID>{organization}</ID></Tenderer></TenderingParty>"
    return f"<LotTender>{more}<ID>{name}</ID>{total}<TenderingParty><ID>P-{name}</ID></TenderingParty>{lots}</LotTender>{party}"


def result(
    lot: str, *tenders: str, code: str = "selec-w", most: object = None, contracts: str = "", more: str = ""
) -> str:
    """Give a lot's result; `contracts` are the labels of those that it refers to, with blanks between."""
    listed = "".join(f"<LotTender><ID>{name}</ID></LotTender>" for name in tenders)
    settled = "".join(f"<SettledContract><ID>{name}</ID></SettledContract>" for name in contracts.split())
    codes = f"<TenderResultCode>{code}</TenderResultCode>" if code else ""
    ceiling = (
        f"<FrameworkAgreementValues>{money('MaximumValueAmount', most)}</FrameworkAgreementValues>"
        if most is not None
        else ""
    )
    return f"<LotResult>{more}<ID>R-{lot}</ID>{codes}{listed}{ceiling}{settled}<TenderLot><ID>{lot}</ID></TenderLot></LotResult>"


def contract(name: str, *tenders: str, reference: str = "", issued: str = "2024-05-02Z") -> str:
    listed = "".join(f"<LotTender><ID>{each}</ID></LotTender>" for each in tenders)
    numbers = f"<ContractReference><ID>{reference}</ID></ContractReference>" if reference else ""
    day = f"<IssueDate>{issued}</IssueDate>" if issued else ""
    return f"<SettledContract><ID>{name}</ID>{day}{numbers}{listed}</SettledContract>"


def lots(*names: str, system: str = "fa-wo-rc") -> str:
    return "".join(
        f'<ProcurementProjectLot><ID>{name}</ID><TenderingProcess><ContractingSystem><ContractingSystemTypeCode listName="framework-agreement">'
        f"{system}</ContractingSystemTypeCode></ContractingSystem></TenderingProcess></ProcurementProjectLot>"
        for name in names
    )


def change(reference: str, reason: str = "update-add") -> str:
    return f"<Changes><ChangedNoticeIdentifier>{reference}</ChangedNoticeIdentifier><ChangeReason><ReasonCode>{reason}</ReasonCode></ChangeReason></Changes>"


def modification(reference: str, name: str = "CON-1") -> str:
    return f"<ContractModification><ChangedNoticeIdentifier>{reference}</ChangedNoticeIdentifier><ModifiedContractIdentifier>{name}</ModifiedContractIdentifier></ContractModification>"


def notice(
    body: str,
    *,
    whole: str = "",
    extra: str = "",
    rest: str = "",
    number: str = "n1",
    version: str = "01",
    kind: str = "can-standard",
    published: str = "n.a.",
    procedure: str = "p1",
    issued: str = "2024-06-01Z",
    organizations: dict[str, tuple[str, str]] | None = None,
) -> str:
    parties = "".join(
        f"<Organization><Company><PartyIdentification><ID>{key}</ID></PartyIdentification><PartyName><Name>{name}</Name></PartyName>"
        f"<PostalAddress><Country><IdentificationCode>{country}</IdentificationCode></Country></PostalAddress></Company></Organization>"
        for key, (name, country) in {**ORGANIZATIONS, **(organizations or {})}.items()
    )
    return (
        f"<ContractAwardNotice><UBLExtensions>{extra}<NoticeResult>{whole}{body}</NoticeResult><Organizations>{parties}</Organizations>"
        f"<Publication><NoticePublicationID>{published}</NoticePublicationID></Publication></UBLExtensions><ID>{number}</ID>"
        f"<ContractFolderID>{procedure}</ContractFolderID><IssueDate>{issued}</IssueDate><VersionID>{version}</VersionID>"
        f"<NoticeTypeCode>{kind}</NoticeTypeCode><ContractingParty><Party><PartyIdentification><ID>OB</ID></PartyIdentification></Party>"
        f"</ContractingParty>{rest}</ContractAwardNotice>"
    )


def read(path: Path, *texts: str) -> AwardFile:
    for number, text in enumerate(texts):
        (path / f"{number}.xml").write_text(text, encoding="utf-8")
    return read_notices(path if len(texts) > 1 else path / "0.xml")


def seen(found: AwardFile) -> list[tuple[str, int | None]]:
    """Give keys with amounts in millions."""
    return [(item.key, None if item.value.low is None else int(item.value.low.in_millions)) for item in found.contracts]


def reasons(found: AwardFile) -> list[tuple[str, str]]:
    return [(item.key, item.reason) for item in found.left_out]


def only(found: AwardFile) -> nb.Contract:
    assert not found.left_out
    [item] = found.contracts
    return item


# --- Who won


def test_a_tender_that_no_contract_names_lost(tmp_path: Path) -> None:
    body = (
        result("L1", "T1", "T2", "T3")
        + tender("T1", "O1", 4_000_000)
        + tender("T2", "O2", 9_000_000)
        + tender("T3", "O3", 5_000_000)
    )
    assert only(read(tmp_path, notice(body + contract("CON-1", "T3")))).suppliers[0].name == "C Inc"


def test_all_tenders_of_a_lot_count_where_no_contract_names_any_of_them(tmp_path: Path) -> None:
    body = result("L1", "T1", "T2") + result("L2", "T3", "T4")
    body += "".join(tender(f"T{n}", "O1", n * 1_000_000) for n in range(1, 5)) + contract("CON-1", "T2")
    assert seen(read(tmp_path, notice(body))) == [("n1/T2", 2), ("n1/T3", 3), ("n1/T4", 4)]


def test_a_contract_that_names_no_tender_rules_none_out(tmp_path: Path) -> None:
    body = result("L1", "T1", contracts="CON-1") + tender("T1", "O1", 4_000_000) + contract("CON-1")
    assert seen(read(tmp_path, notice(body))) == [("n1/T1", 4)]


def test_a_tender_is_found_through_the_contract_that_a_lots_result_names(tmp_path: Path) -> None:
    body = (
        result("L1", contracts="CON-1")
        + result("L2", contracts="CON-1")
        + tender("T1", "O1", 4_000_000, "L1")
        + contract("CON-1", "T1")
    )
    assert seen(read(tmp_path, notice(body))) == [("n1/T1", 4)]


def test_one_contract_for_two_lots_is_a_tender_for_each(tmp_path: Path) -> None:
    body = result("L1", "T1", contracts="CON-1") + result("L2", "T2", contracts="CON-1")
    body += tender("T1", "O1", 4_000_000, "L1") + tender("T2", "O1", 5_000_000, "L2") + contract("CON-1", "T1", "T2")
    assert seen(read(tmp_path, notice(body))) == [("n1/T1", 4), ("n1/T2", 5)]


def test_a_tender_for_a_group_of_lots_counts_once(tmp_path: Path) -> None:
    body = result("L1", "T1") + result("L2", "T1") + tender("T1", "O1", 4_000_000, "G1")
    assert seen(read(tmp_path, notice(body))) == [("n1/T1", 4)]


def test_a_lot_without_a_winner_is_left_out_whatever_its_tenders(tmp_path: Path) -> None:
    body = (
        result("L1", "T1", code="clos-nw")
        + result("L2", "T2")
        + tender("T1", "O1", 1_000_000)
        + tender("T2", "O2", 2_000_000)
    )
    found = read(tmp_path, notice(body))
    assert seen(found) == [("n1/T2", 2)]
    assert reasons(found) == [("n1/R-L1", "no winner was selected (clos-nw)")]


def test_a_result_without_a_code_awards_nothing_unless_a_contract_does(tmp_path: Path) -> None:
    text = result("L1", "T1", code="") + tender("T1", "O1", 4_000_000)
    assert reasons(read(tmp_path, notice(text))) == [("n1/R-L1", "no winner was selected (no code)")]
    assert seen(read(tmp_path, notice(text + contract("CON-1", "T1")))) == [("n1/T1", 4)]


def test_a_notice_with_tenders_alone_says_that_it_awards_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, notice(tender("T1", "O1", 4_000_000)))
    assert reasons(found) == [("n1/result", "neither a lot's result nor a contract is in the notice")]


@pytest.mark.parametrize(
    "body",
    [
        result("L1", "T1", "T2", code="", contracts="CON-1") + contract("CON-1", "T1", issued=""),
        contract("CON-1", "T1", issued=""),
        result("L1", "T1", code=""),
    ],
    ids=["result without a code", "contract alone", "tender without a contract"],
)
def test_an_award_announced_beforehand_is_read_as_a_selection(tmp_path: Path, body: str) -> None:
    item = only(read(tmp_path, notice(body + tender("T1", "O1", 4_000_000), kind="veat")))
    assert (item.key, item.status, str(item.value.low)) == (
        "n1/T1",
        nb.ContractStatus.SELECTED,
        "EUR 4.00 m (current prices)",
    )


@pytest.mark.parametrize("subtype", ["25", "26", "27", "28"])
def test_a_subtype_tells_an_announcement_too(tmp_path: Path, subtype: str) -> None:
    extra = f"<NoticeSubType><SubTypeCode>{subtype}</SubTypeCode></NoticeSubType>"
    text = notice(tender("T1", "O1", 4_000_000), kind="other", extra=extra)
    assert only(read(tmp_path, text)).status is nb.ContractStatus.SELECTED


def test_the_total_of_a_notice_is_that_of_its_only_award(tmp_path: Path) -> None:
    whole = money("TotalAmount", 7_000_000)
    assert seen(read(tmp_path, notice(result("L1", "T1") + tender("T1"), whole=whole))) == [("n1/T1", 7)]
    two = result("L1", "T1") + result("L2", "T2") + tender("T1") + tender("T2")
    assert seen(read(tmp_path, notice(two, whole=whole))) == [("n1/T1", None), ("n1/T2", None)]


# --- Frameworks


def ceilings(found: AwardFile) -> list[tuple[str, int | None]]:
    assert {item.value.kind for item in found.contracts} == {nb.ValueKind.CEILING}
    return seen(found)


def test_a_lots_ceiling_counts_once_for_all_its_suppliers(tmp_path: Path) -> None:
    body = (
        result("L1", "T1", "T2", "T3", most=100_000_000)
        + tender("T1")
        + tender("T2", "O2", 60_000_000)
        + tender("T3", "O3")
    )
    item = only(read(tmp_path, notice(body, rest=lots("L1"))))
    assert (str(item.value), item.value.wording) == (
        "EUR 100.00 m (current prices), ceiling",
        "framework; tenders state EUR 60,000,000",
    )
    assert [supplier.name for supplier in item.suppliers] == ["A AB", "B GmbH", "C Inc"]
    assert str(item.origins[0]) == "unknown among Sweden, Germany, United States 100.00 % (registered address)"
    assert (item.key, item.note) == ("n1/T1..T3", "one framework of T1, T2, T3")


def test_the_suppliers_of_a_ceiling_are_those_that_its_contracts_name(tmp_path: Path) -> None:
    body = result("L1", "T1", "T2", "T3", most=100_000_000) + "".join(tender(f"T{n}", f"O{n}") for n in (1, 2, 3))
    item = only(read(tmp_path, notice(body + contract("CON-1", "T1") + contract("CON-2", "T3"), rest=lots("L1"))))
    assert [supplier.name for supplier in item.suppliers] == ["A AB", "C Inc"]


def test_a_ceiling_that_only_tenders_repeat_counts_once(tmp_path: Path) -> None:
    body = result("L1", "T1", "T2") + tender("T1", "O1", 100_000_000) + tender("T2", "O2", 100_000_000)
    assert ceilings(read(tmp_path, notice(body, rest=lots("L1")))) == [("n1/T1..T2", 100)]
    body = result("L1", "T1", "T2") + tender("T1", "O1", 60_000_000) + tender("T2", "O2", 40_000_000)
    assert ceilings(read(tmp_path, notice(body, rest=lots("L1")))) == [("n1/T1", 60), ("n1/T2", 40)]


TWO_LOTS = tender("T1", "O1") + tender("T2", "O2")
OVERALL = "OverallMaximumFrameworkContractsAmount"


@pytest.mark.parametrize(
    ("most", "overall", "expected"),
    [
        ((60, 40), None, [("n1/T1", 60), ("n1/T2", 40)]),
        ((60, 40), 100, [("n1/T1", 60), ("n1/T2", 40)]),
        ((100, 100), 100, [("n1/T1..T2", 100)]),
        ((None, None), 100, [("n1/T1..T2", 100)]),
        ((60, None), 100, [("n1/T1", 60), ("n1/T2", None)]),
    ],
)
def test_lots_come_to_no_more_than_the_notice_allows(
    tmp_path: Path, most: tuple[int | None, int | None], overall: int | None, expected: list[tuple[str, int | None]]
) -> None:
    first, second = (None if each is None else each * 1_000_000 for each in most)
    body = result("L1", "T1", most=first) + result("L2", "T2", most=second) + TWO_LOTS
    whole = money(OVERALL, None if overall is None else overall * 1_000_000)
    found = read(tmp_path, notice(body, whole=whole, rest=lots("L1", "L2")))
    assert ceilings(found) == expected


def test_lots_of_a_group_come_to_no_more_than_the_group_allows(tmp_path: Path) -> None:
    group = f"<GroupFramework>{money('GroupFrameworkMaximumValueAmount', 80_000_000)}<TenderLot><ID>G1</ID></TenderLot></GroupFramework>"
    members = "".join(
        f"<ProcurementProjectLotReference><ID>{lot}</ID></ProcurementProjectLotReference>" for lot in ("L1", "L2")
    )
    rest = (
        lots("L1", "L2", "L3")
        + f"<TenderingTerms><LotDistribution><LotsGroup><LotsGroupID>G1</LotsGroupID>{members}</LotsGroup></LotDistribution></TenderingTerms>"
    )
    body = "".join(result(f"L{n}", f"T{n}", most=50_000_000) for n in (1, 2, 3)) + TWO_LOTS + tender("T3", "O3")
    found = read(tmp_path, notice(group + body, rest=rest))
    assert ceilings(found) == [("n1/T3", 50), ("n1/T1..T2", 80)]
    assert found.contracts["n1/T1..T2"].value.wording == "framework; of group G1; lots state EUR 50,000,000"


def test_one_contract_that_covers_lots_of_one_ceiling_counts_it_once(tmp_path: Path) -> None:
    body = result("L1", "T1", most=100_000_000) + result("L2", "T2", most=100_000_000) + TWO_LOTS
    apart = read(tmp_path, notice(body + contract("CON-1", "T1") + contract("CON-2", "T2"), rest=lots("L1", "L2")))
    assert ceilings(apart) == [("n1/T1", 100), ("n1/T2", 100)]
    together = read(tmp_path, notice(body + contract("CON-1", "T1", "T2"), rest=lots("L1", "L2")))
    assert ceilings(together) == [("n1/T1..T2", 100)]


def test_limits_in_another_currency_leave_the_lots_as_they_are(tmp_path: Path) -> None:
    body = result("L1", "T1", most=60_000_000) + tender("T1")
    whole = money(OVERALL, 50_000_000).replace("EUR", "SEK")
    assert ceilings(read(tmp_path, notice(body, whole=whole, rest=lots("L1")))) == [("n1/T1", 60)]


def test_a_framework_that_states_only_a_new_estimate_is_one(tmp_path: Path) -> None:
    body = (
        result("L1", "T1", most="")
        .replace("MaximumValueAmount", "ReestimatedValueAmount")
        .replace('"EUR">', '"EUR">9000000')
    )
    value = only(read(tmp_path, notice(body + tender("T1"), rest=lots("L1")))).value
    assert (str(value), value.wording) == ("EUR 9.00 m (current prices), estimate", "framework, estimated again")


def test_a_lot_says_itself_whether_it_is_a_framework(tmp_path: Path) -> None:
    body = result("L1", "T1", most=9_000_000) + tender("T1", "O1", 4_000_000)
    assert (
        str(only(read(tmp_path, notice(body, rest=lots("L1", system="none")))).value)
        == "EUR 4.00 m (current prices), contract"
    )
    assert str(only(read(tmp_path, notice(body))).value) == "EUR 9.00 m (current prices), ceiling"


@settings(max_examples=up_to(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 900), st.lists(st.one_of(st.none(), st.integers(1, 900)), min_size=1, max_size=3)),
        min_size=1,
        max_size=4,
    ),
    st.one_of(st.none(), st.integers(1, 4_000)),
)
def test_what_a_framework_counts_is_never_more_than_any_of_its_limits(
    tmp_path: Path, of_lots: list[tuple[int, list[int | None]]], overall: int | None
) -> None:
    body, million = "", 1_000_000
    for lot, (most, amounts) in enumerate(of_lots):
        names = [f"T{lot}-{number}" for number in range(len(amounts))]
        body += result(f"L{lot}", *names, most=most * million)
        body += "".join(
            tender(name, "O1", None if amount is None else amount * million)
            for name, amount in zip(names, amounts, strict=True)
        )
    whole = money(OVERALL, None if overall is None else overall * million)
    rest = lots(*(f"L{lot}" for lot in range(len(of_lots))))
    total = sum(amount or 0 for _, amount in ceilings(read(tmp_path, notice(body, whole=whole, rest=rest))))
    of_all = sum(most for most, _ in of_lots)
    assert total == (of_all if overall is None else min(of_all, overall))


# --- What is not published yet


def test_masks_are_no_data(tmp_path: Path) -> None:
    body = result("L1", "T1") + tender("T1", "O1", -1) + contract("CON-1", "T1", issued="1970-01-01Z")
    item = only(
        read(
            tmp_path,
            notice(body, organizations={"O1": ("unpublished", "unpublished")}, whole=money("TotalAmount", 5_000_000)),
        )
    )
    assert (item.suppliers[0].name, str(item.origins[0].unknown)) == ("not published", "100.00 %")
    assert (item.value.low, item.value.wording) == (None, "not published")
    assert (item.year, item.status) == (None, nb.ContractStatus.AGREED)


@pytest.mark.parametrize(
    ("until", "amount", "wording"),
    [("2999-12-31Z", None, "not published before 2999-12-31"), ("", None, "not published"), ("2020-12-31Z", 5, "")],
)
def test_a_field_is_no_data_until_the_day_of_its_publication(
    tmp_path: Path, until: str, amount: int | None, wording: str
) -> None:
    body = result("L1", "T1") + tender("T1", "O1", 5_000_000, more=hidden("win-ten-val", until) + hidden("ten-ran"))
    found = read(tmp_path, notice(body))
    assert seen(found) == [("n1/T1", amount)]
    assert only(found).value.wording == wording


def test_a_masked_ceiling_leaves_what_tenders_state(tmp_path: Path) -> None:
    body = result("L1", "T1", most=-1) + tender("T1", "O1", 4_000_000)
    assert ceilings(read(tmp_path, notice(body, rest=lots("L1")))) == [("n1/T1", 4)]
    value = only(read(tmp_path, notice(result("L1", "T1", most=-1.0) + tender("T1"), rest=lots("L1")))).value
    assert (value.low, value.wording) == (None, "framework; not published")


def test_whether_there_is_a_winner_may_not_be_published_either(tmp_path: Path) -> None:
    for body in (result("L1", "T1", code="unpublished"), result("L1", "T1", more=hidden("win-cho"))):
        found = read(tmp_path, notice(body + tender("T1", "O1", 4_000_000)))
        assert reasons(found) == [("n1/R-L1", "whether a winner was selected is not published")]
        settled = read(tmp_path, notice(body + tender("T1", "O1", 4_000_000) + contract("CON-1", "T1")))
        assert seen(settled) == [("n1/T1", 4)]


def test_an_amount_that_is_no_number_is_no_mask(tmp_path: Path) -> None:
    value = only(read(tmp_path, notice(result("L1", "T1") + tender("T1", "O1", "about 5")))).value
    assert (value.low, value.wording) == (None, "stated as about 5 EUR")


def test_masked_titles_are_not_stated(tmp_path: Path) -> None:
    rest = "<ProcurementProject><Name>unpublished</Name></ProcurementProject>"
    assert only(read(tmp_path, notice(result("L1", "T1") + tender("T1"), rest=rest))).system == "not stated"


# --- How a notice is named


@pytest.mark.parametrize("published", ["n.a.", "N/A", "", "unpublished", "soon"])
def test_notices_without_a_number_are_known_by_their_own_id(tmp_path: Path, published: str) -> None:
    texts = [
        notice(result("L1", "T1") + tender("T1", "O1", 4_000_000), number=f"n{n}", published=published) for n in (4, 5)
    ]
    found = read(tmp_path, *texts)
    assert seen(found) == [("n4/T1", 4), ("n5/T1", 4)]
    assert not found.left_out
    assert not found.contracts["n4/T1"].source.url


def test_a_notice_without_any_name_is_known_by_its_file(tmp_path: Path) -> None:
    texts = [notice(result("L1", "T1") + tender("T1", "O1", 4_000_000), number="n.a.") for _ in range(2)]
    assert seen(read(tmp_path, *texts)) == [("0.xml/T1", 4), ("1.xml/T1", 4)]


def test_a_published_number_is_the_key_and_the_address(tmp_path: Path) -> None:
    item = only(read(tmp_path, notice(result("L1", "T1") + tender("T1"), published="00123456-2024")))
    assert (item.key, item.source.url) == ("00123456-2024/T1", "https://ted.europa.eu/en/notice/-/detail/123456-2024")


# --- Which of several notices stands


def body(amount: int) -> str:
    return result("L1", "T1") + tender("T1", "O1", amount * 1_000_000)


@pytest.mark.parametrize("reference", ["n1", "n1-01", "00000009-2024", "9-2024"])
def test_a_change_stands_in_the_place_of_what_it_changes(tmp_path: Path, reference: str) -> None:
    texts = [notice(body(6), number="n2", extra=change(reference)), notice(body(5), published="00000009-2024")]
    found = read(tmp_path, *texts)
    assert seen(found) == [("n2/T1", 6)]
    assert reasons(found) == [("00000009-2024/T1", "replaced by notice n2")]


def test_the_last_of_a_chain_and_the_newest_of_two_changes_stand(tmp_path: Path) -> None:
    chain = [
        notice(body(7), number="n3", extra=change("n2-01")),
        notice(body(5)),
        notice(body(6), number="n2", extra=change("n1-01")),
    ]
    assert seen(read(tmp_path, *chain)) == [("n3/T1", 7)]
    fork = [
        notice(body(7), number="n3", extra=change("n1-01"), issued="2024-08-01+02:00"),
        notice(body(5)),
        notice(body(6), number="n2", extra=change("n1-01"), issued="2024-07-01+02:00"),
    ]
    assert seen(read(tmp_path, *fork)) == [("n3/T1", 7)]


def test_the_highest_version_of_a_notice_stands(tmp_path: Path) -> None:
    found = read(tmp_path, notice(body(5)), notice(body(7), version="03"), notice(body(6), version="02"))
    assert seen(found) == [("n1/T1", 7)]
    assert {reason for _, reason in reasons(found)} == {"replaced by notice n1"}


def test_a_notice_that_stands_twice_counts_once_though_one_copy_has_no_number(tmp_path: Path) -> None:
    found = read(tmp_path, notice(body(5), published="00000009-2024"), notice(body(5)))
    assert seen(found) == [("00000009-2024/T1", 5)]
    assert reasons(found) == [("n1/T1", "the same notice stands in 0.xml")]


def test_notices_that_change_each_other_leave_the_newer(tmp_path: Path) -> None:
    texts = [
        notice(body(5), extra=change("n2"), issued="2024-06-03Z"),
        notice(body(6), number="n2", extra=change("n1")),
    ]
    assert seen(read(tmp_path, *texts)) == [("n1/T1", 5)]


@pytest.mark.parametrize("results", [body(5), ""], ids=["with its results", "without results"])
def test_a_change_that_cancels_takes_the_award_away(tmp_path: Path, results: str) -> None:
    found = read(tmp_path, notice(body(5)), notice(results, number="n2", extra=change("n1-01", "cancel")))
    assert not found.contracts.items
    assert ("n1/T1", "cancelled by notice n2") in reasons(found)


def test_a_change_of_a_notice_that_is_not_here_is_read(tmp_path: Path) -> None:
    assert seen(read(tmp_path, notice(body(5), extra=change("n9-01")))) == [("n1/T1", 5)]


def modified(
    amount: int,
    name: str = "CON-1",
    *,
    of: str = "n1-01",
    number: str = "m1",
    issued: str = "2025-01-01Z",
    reference: str = "",
) -> str:
    results = tender("T1", "O1", amount * 1_000_000) + contract(name, "T1", reference=reference, issued="")
    return notice(results, number=number, extra=modification(of, name), kind="can-modif", issued=issued)


def original(*references: str) -> str:
    """Make a notice with one contract for each reference, of 1, 2, … millions."""
    numbers = range(1, len(references) + 1)
    parts = [
        result(f"L{n}", f"T{n}", contracts=f"CON-{n}") + tender(f"T{n}", "O1", n * 1_000_000, f"L{n}") for n in numbers
    ]
    settled = [contract(f"CON-{n}", f"T{n}", reference=said) for n, said in zip(numbers, references, strict=True)]
    return notice("".join(parts + settled))


def test_a_modification_alone_is_the_contract_as_it_stands(tmp_path: Path) -> None:
    item = only(read(tmp_path, modified(9)))
    assert (item.key, str(item.value.low), item.status) == (
        "m1/T1",
        "EUR 9.00 m (current prices)",
        nb.ContractStatus.SIGNED,
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (modified(9), "n1/T1"),
        (modified(9, "CON-2"), "n1/T2"),
        (modified(9, "CON-1", reference="second"), "n1/T2"),
    ],
    ids=["by its label", "by another label", "by its number, which goes before the label"],
)
def test_a_modification_takes_the_place_of_the_contract_that_it_names(tmp_path: Path, text: str, left: str) -> None:
    found = read(tmp_path, original("first", "second"), text)
    assert reasons(found) == [(left, "stated anew by notice m1")]
    assert len(found.contracts.items) == 2
    assert ("m1/T1", 9) in seen(found)


def test_a_modification_of_the_only_contract_needs_no_name(tmp_path: Path) -> None:
    found = read(tmp_path, original(""), modified(9, "CON-7"))
    assert seen(found) == [("m1/T1", 9)]


def test_a_modification_that_fits_no_contract_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, original("", ""), modified(9, "CON-7"))
    assert seen(found) == [("n1/T1", 1), ("n1/T2", 2)]
    assert reasons(found) == [("m1/T1", "it modifies a contract of notice n1, and does not say which")]


def test_of_several_modifications_the_newest_stands(tmp_path: Path) -> None:
    of_one = [original(""), modified(9, number="m2", issued="2025-03-01Z"), modified(8, issued="2025-02-01Z")]
    assert seen(read(tmp_path, *of_one)) == [("m2/T1", 9)]
    chain = [modified(9, of="m1-01", number="m2"), original(""), modified(8)]
    assert seen(read(tmp_path, *chain)) == [("m2/T1", 9)]


def test_a_modification_reaches_the_contract_of_a_notice_that_was_changed(tmp_path: Path) -> None:
    texts = [notice(body(5)), notice(body(6), number="n2", extra=change("n1-01")), modified(9)]
    found = read(tmp_path, *texts)
    assert seen(found) == [("m1/T1", 9)]
    assert reasons(found) == [("n1/T1", "replaced by notice n2"), ("n2/T1", "stated anew by notice m1")]


def test_a_modification_that_was_cancelled_changes_nothing(tmp_path: Path) -> None:
    texts = [original(""), modified(9), notice("", number="x", extra=change("m1-01", "cancel"))]
    assert seen(read(tmp_path, *texts)) == [("n1/T1", 1)]


def test_an_announcement_gives_way_to_the_award_of_its_procedure_and_lot(tmp_path: Path) -> None:
    before = notice(body(5) + result("L2", "T2") + tender("T2", "O2", 3_000_000), number="v", kind="veat")
    assert seen(read(tmp_path, before, notice(body(5)))) == [("v/T2", 3), ("n1/T1", 5)]
    other = notice(body(5), procedure="p2")
    assert len(read(tmp_path, before, other).contracts.items) == 3


def test_modifications_of_one_contract_count_once_though_its_own_notice_is_missing(tmp_path: Path) -> None:
    def modified(number: str, amount: int, reference: str, day: str) -> str:
        body = result("L1", "T1", code="", contracts="CON-1") + tender("T1", amount=amount, lot="L1")
        return notice(
            body + contract("CON-1", "T1", reference=reference),
            number=number, kind="can-modif", extra=modification("unseen-01"), issued=day,
        )  # fmt: skip

    older, newer = modified("m1", 6_000_000, "K", "2024-06-01Z"), modified("m2", 9_000_000, "K", "2024-07-01Z")
    assert seen(read(tmp_path, newer, older)) == [("m2/T1", 9)]
    assert seen(read(tmp_path, older, modified("m2", 9_000_000, "J", "2024-07-01Z"))) == [("m1/T1", 6), ("m2/T1", 9)]
