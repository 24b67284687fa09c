"""Files that would make a reader's work grow with the square of their size are read in linear time, or refused."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers import ocds, ted
from natoburden.readers._limits import Budget, Limits
from natoburden.readers.ocds import documents

FEW, MANY = 400, 1_600
TIMES = 10  # at most so much longer for a file of four times the size; a square would take sixteen times as long


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(NatoBurdenError):
        call()
    return time.process_time() - start


def takes_linear_time(read: Callable[[Path], object], few: Path, many: Path) -> bool:
    """Return whether a file of four times the size takes about four times as long, in the best of three readings."""
    seconds(lambda: read(few))
    short = min(seconds(lambda: read(few)) for _ in range(3))
    return min(seconds(lambda: read(many)) for _ in range(2)) < TIMES * short


def saved(file: Path, content: Any) -> Path:
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def release(**parts: Any) -> dict[str, Any]:
    return {"ocid": "o-1", "date": "2024-06-01T00:00:00Z", "buyer": {"address": {"countryName": "Norge"}}, **parts}


def award(name: object, **parts: Any) -> dict[str, Any]:
    return {"id": str(name), "title": "Radar", "suppliers": [{"name": "A"}], **parts}


def test_contracts_find_their_awards_without_a_search_through_all_awards(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        contracts = [{"id": str(n), "awardID": str(count - 1 - n)} for n in range(count)]
        return saved(tmp_path / f"{count}.json", release(awards=list(map(award, range(count))), contracts=contracts))

    assert takes_linear_time(ocds.read_contracts, file(FEW), file(MANY))


def test_awards_that_share_an_id_and_are_equal_count_once_even_if_they_are_many(tmp_path: Path) -> None:
    awards = [award(1, title=str(n % 3)) for n in range(MANY)]
    found = ocds.read_contracts(saved(tmp_path / "release.json", release(awards=awards)))
    assert [item.system for item in found.contracts] == ["0", "1", "2"]
    assert len(found.left_out) == MANY - 3


@pytest.mark.parametrize(
    "parts",
    [
        {"contracts": [{"id": str(n), "awardID": "1"} for n in range(1_100)], "awards": [award(1)] * 1_000},
        {
            "awards": list(map(award, range(1_000))),
            "tender": {"items": [{"classification": {"scheme": "CPV", "id": str(35_000_000 + n)}} for n in range(900)]},
        },
        {"awards": [award("1" * 1_001)]},
    ],
    ids=["contracts of many awards with one id", "codes that each award repeats", "an id that each contract repeats"],
)
def test_a_release_that_would_take_too_long_is_refused(tmp_path: Path, parts: dict[str, Any]) -> None:
    if "contracts" in parts:
        parts = {**parts, "awards": [{**item, "title": str(n)} for n, item in enumerate(parts["awards"])]}
    with pytest.raises(ReaderError, match=r"one id|repeats|more than 1,000 characters"):
        ocds.read_contracts(saved(tmp_path / "release.json", release(**parts)))


def test_a_process_of_very_many_releases_is_refused_before_it_takes_long(tmp_path: Path) -> None:
    releases = [{"ocid": "o-1", "tender": {str(n): 1}} for n in range(2_500)]
    with pytest.raises(ReaderError, match=r"release 1\d\d\d: merging the releases of this process takes more than"):
        ocds.read_contracts(saved(tmp_path / "package.json", {"releases": releases}))


def test_a_line_of_many_processes_is_parsed_twice_and_not_once_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocds.front, "_MOST_HELD", 1)
    parsings: list[str] = []

    def parsed(where: str, line: bytes, budget: Budget) -> Iterator[documents.Found]:
        parsings.append(where)
        yield from documents.parsed(where, line, budget)

    monkeypatch.setattr(ocds.front, "parsed", parsed)
    lines = [{"releases": [{**release(awards=[award(1)]), "ocid": f"{at}-{n}"} for n in range(50)]} for at in (1, 2)]
    file = saved(tmp_path / "many.jsonl", "\n".join(map(json.dumps, lines)))
    assert len(ocds.read_contracts(file, buyer="Norway").contracts) == 100
    assert parsings == ["line 1", "line 2"] * 2

    lines[1] = lines[0]
    file = saved(tmp_path / "crossed.jsonl", "\n".join(map(json.dumps, lines)))
    with pytest.raises(ReaderError, match="lines that hold many processes"):
        ocds.read_contracts(file)


# --- award notices -----------------------------------------------------------------------------------------

ORGANIZATION = (
    "<Organization><Company><PartyIdentification><ID>O</ID></PartyIdentification><PartyName><Name>M</Name></PartyName>"
    "<PostalAddress><Country><IdentificationCode>NOR</IdentificationCode></Country></PostalAddress></Company>"
    "</Organization>"
)
BUYER = "<ContractingParty><Party><PartyIdentification><ID>O</ID></PartyIdentification></Party></ContractingParty>"


def eform(result: str, rest: str = "", *, key: str = "n") -> str:
    organizations = f"<Organizations>{ORGANIZATION}</Organizations>"
    return (
        f"<ContractAwardNotice><ID>{key}</ID><NoticeTypeCode>can-standard</NoticeTypeCode>{BUYER}"
        f"<NoticeResult>{result}</NoticeResult>{organizations}{rest}</ContractAwardNotice>"
    )


def tenders(count: int, lot: str = "") -> str:
    return "".join(
        f"<LotTender><ID>T{n}</ID><TenderingParty><ID>P</ID></TenderingParty>{lot}</LotTender>"
        f"<SettledContract><ID>C{n}</ID><LotTender><ID>T{n}</ID></LotTender></SettledContract>"
        for n in range(count)
    )


def party(members: int) -> str:
    return f"<TenderingParty><ID>P</ID>{'<Tenderer><ID>O</ID></Tenderer>' * members}</TenderingParty>"


def modifications(count: int, contract: str = "") -> str:
    return "".join(
        f"<ContractModification><ChangedNoticeIdentifier>{n}-2024</ChangedNoticeIdentifier>{contract.format(n)}"
        "</ContractModification>"
        for n in range(count)
    )


def codes(count: int) -> str:
    found = (
        f"<AdditionalCommodityClassification><ItemClassificationCode>{35_000_000 + n}</ItemClassificationCode>"
        "</AdditionalCommodityClassification>"
        for n in range(count)
    )
    return f"<ProcurementProject>{''.join(found)}</ProcurementProject>"


def form(body: str, codes_: str = "", key: str = "1-2021") -> str:
    return (
        f'<TED_EXPORT DOC_ID="{key}"><CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="UK"/>{codes_}</NOTICE_DATA>'
        f'</CODED_DATA_SECTION><FORM_SECTION><F03_2014 CATEGORY="ORIGINAL">{body}</F03_2014></FORM_SECTION>'
        "</TED_EXPORT>"
    )


AWARD = "<AWARD_CONTRACT><AWARDED_CONTRACT><ADDRESS_CONTRACTOR/></AWARDED_CONTRACT></AWARD_CONTRACT>"
NESTED = AWARD.replace("<ADDRESS_CONTRACTOR/>", AWARD)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (eform(tenders(500) + party(500)), "winners in all"),
        (eform(tenders(1_010) + party(1), modifications(1_000)), "pairs of a modification"),
        (eform(tenders(1_000) + party(1), codes(1_000)), "codes that each of them repeats"),
        (eform(tenders(2) + party(1), key="n" * 501), "number or ID has 501 characters"),
        (form(AWARD * 1_000, "".join(f'<ORIGINAL_CPV CODE="{n}"/>' for n in range(1_000))), "codes that each"),
        (form(NESTED), "an award within another award"),
        (form(AWARD, key="n" * 501), "number or ID has 501 characters"),
    ],
    ids=["winners", "modifications", "codes", "ID", "codes of a form", "nested awards", "number of a form"],
)
def test_a_notice_that_would_take_too_long_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem):
        ted.read_notices(saved(tmp_path / "notice.xml", content))


def test_modifications_that_name_their_contracts_find_them_without_a_search(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        named = "<ModifiedContractIdentifier>C{0}</ModifiedContractIdentifier>"
        content = eform(tenders(count) + party(1), modifications(count, named))
        return saved(tmp_path / f"{count}.xml", content)

    assert takes_linear_time(ted.read_notices, file(FEW), file(MANY))


def test_the_lot_of_a_tender_is_read_once_and_not_for_each_contract_that_names_the_tender(tmp_path: Path) -> None:
    lot = f"<TenderLot><ID>{'L ' * 20_000}</ID></TenderLot>"
    again = "<LotTender><ID>T0</ID></LotTender>"

    def file(count: int) -> Path:
        result = "<LotResult><SettledContract><ID>C</ID></SettledContract></LotResult>"
        contract = f"<SettledContract><ID>C</ID>{again * count}</SettledContract>"
        return saved(tmp_path / f"{count}.xml", eform(tenders(1, lot) + contract + result))

    assert takes_linear_time(ted.read_notices, file(10), file(200))  # the lot is nearly the whole file


def test_long_texts_and_instructions_count_while_a_notice_is_parsed(tmp_path: Path) -> None:
    text = saved(
        tmp_path / "text.xml", form(f"<OBJECT_CONTRACT><TITLE>{'ab ' * 20_000}</TITLE></OBJECT_CONTRACT>{AWARD}")
    )
    with pytest.raises(ReaderError, match="bytes of memory"):
        ted.read_notices(text, limits=Limits(memory=1_000_000))
    marks = saved(tmp_path / "marks.xml", form("<?a?>" * 500 + AWARD))
    with pytest.raises(ReaderError, match="more than 400 elements"):
        ted.read_notices(marks, limits=Limits(elements=400))
