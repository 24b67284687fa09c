"""TED's notices and yearly table, in small invented files; the samples are read only where they are present."""

# ruff: noqa: E501 # elements of notices stand on one line

from __future__ import annotations

import os
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.awards import AwardFile
from natoburden.readers.ted import read_notices, read_table, stream_table

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples"))


def only(found: AwardFile) -> nb.Contract:
    assert not found.left_out
    [contract] = found.contracts
    return contract


# --- Forms until 2023

CODED = """<CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2021/S 001-000123</NO_DOC_OJS><ISO_COUNTRY VALUE="{buyer}"/>
<ORIGINAL_CPV CODE="35520000">x</ORIGINAL_CPV><ORIGINAL_CPV CODE="35730000">x</ORIGINAL_CPV></NOTICE_DATA>
<CODIF_DATA><TD_DOCUMENT_TYPE CODE="{kind}">Contract award notice</TD_DOCUMENT_TYPE></CODIF_DATA></CODED_DATA_SECTION>"""

CONTACTS = "<PHONE>+46 1234567</PHONE><E_MAILS><E_MAIL>doe@example.org</E_MAIL></E_MAILS>"

DEFENCE_VALUE = """<CONTRACT_VALUE_INFORMATION>
<INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT CURRENCY="DKK"><VALUE_COST FMTVAL="9000000">9 000 000</VALUE_COST>
</INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT>
<COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="DKK"><VALUE_COST FMTVAL="{value}">30 000 000,00</VALUE_COST>
<EXCLUDING_VAT/></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION>"""


def defence_award(
    *, value: str = DEFENCE_VALUE.format(value="30000000"), country: str = "SE", name: str = "Hull AB"
) -> str:
    return f"""<AWARD_OF_CONTRACT_DEFENCE ITEM="1"><CONTRACT_TITLE><P>Spare parts</P></CONTRACT_TITLE>
<CONTRACT_AWARD_DATE><DAY>4</DAY><MONTH>02</MONTH><YEAR>2021</YEAR></CONTRACT_AWARD_DATE>
<ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION><OFFICIALNAME>{name}</OFFICIALNAME>
</ORGANISATION><COUNTRY VALUE="{country}"/>{CONTACTS}</CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>
</ECONOMIC_OPERATOR_NAME_ADDRESS>{value}</AWARD_OF_CONTRACT_DEFENCE>"""


def defence(*awards: str, buyer: str = "DK", kind: str = "7", more: str = "", translation: str = "") -> str:
    """A form 18 on R2.0.8, with addresses of the buyer and of a court that are no winners."""
    address = f"<CONTACT_DATA><COUNTRY VALUE='DK'/>{CONTACTS}</CONTACT_DATA>"
    court = f"<CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><COUNTRY VALUE='FR'/>{CONTACTS}</CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.8/publication" DOC_ID="000123-2021">
{CODED.format(buyer=buyer, kind=kind)}<FORM_SECTION>{translation}
<CONTRACT_AWARD_DEFENCE CATEGORY="ORIGINAL" LG="DA"><FD_CONTRACT_AWARD_DEFENCE>{address}
<TITLE_CONTRACT><P>Mine hunters</P></TITLE_CONTRACT>{more}{"".join(awards) or defence_award()}{court}
</FD_CONTRACT_AWARD_DEFENCE></CONTRACT_AWARD_DEFENCE></FORM_SECTION></TED_EXPORT>"""


def contractor(country: str, name: str = "A") -> str:
    return f"""<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{name}</OFFICIALNAME><TOWN>x</TOWN><COUNTRY VALUE="{country}"/>
{CONTACTS}<E_MAIL>doe@example.org</E_MAIL></ADDRESS_CONTRACTOR></CONTRACTOR>"""


def award(contractors: str, values: str, *, attributes: str = "") -> str:
    return f"""<AWARD_CONTRACT><TITLE><P>Lot 1</P></TITLE><AWARDED_CONTRACT>
<DATE_CONCLUSION_CONTRACT>2018-08-23</DATE_CONCLUSION_CONTRACT><CONTRACTORS {attributes}>{contractors}</CONTRACTORS>
{values}</AWARDED_CONTRACT></AWARD_CONTRACT>"""


def form(*awards: str, more: str = "", tag: str = "F03_2014") -> str:
    """A form 3 on R2.0.9."""
    return f"""<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" DOC_ID="000123-2021">
{CODED.format(buyer="UK", kind="7")}<FORM_SECTION><{tag} CATEGORY="ORIGINAL"><OBJECT_CONTRACT><TITLE><P>Boats</P></TITLE>
{more}</OBJECT_CONTRACT>{"".join(awards)}</{tag}></FORM_SECTION></TED_EXPORT>"""


VALUES = '<VALUES><VAL_ESTIMATED_TOTAL CURRENCY="EUR">1000000</VAL_ESTIMATED_TOTAL>{}</VALUES>'
TOTAL = '<VAL_TOTAL CURRENCY="EUR">2000000.50</VAL_TOTAL>'


def notice(path: Path, text: str, name: str = "notice.xml") -> Path:
    (path / name).write_text(text, encoding="utf-8")
    return path / name


def test_a_defence_award_is_read_from_its_own_node_and_from_the_formatted_value(tmp_path: Path) -> None:
    contract = only(read_notices(notice(tmp_path, defence())))
    assert contract.key == "000123-2021/1"
    assert contract.buyers == (nb.Country("DNK"),)
    assert [supplier.name for supplier in contract.suppliers] == ["Hull AB"]
    assert str(contract.origins[0]) == "Sweden 100.00 % (registered address)"
    assert str(contract.value.low) == "DKK 30.00 m (current prices)"
    assert contract.value.kind is nb.ValueKind.CONTRACT
    assert str(contract.date) == "2021-02-04"
    assert contract.system == "Mine hunters: Spare parts"
    assert nb.model.CapabilityArea.NAVAL_VESSELS in contract.areas
    assert contract.source.url == "https://ted.europa.eu/en/notice/-/detail/123-2021"


def test_nothing_of_a_contact_is_kept(tmp_path: Path) -> None:
    for text in (defence(), form(award(contractor("SE"), VALUES.format(TOTAL)))):
        assert not any(part in repr(read_notices(notice(tmp_path, text))) for part in ("doe", "1234567"))


@pytest.mark.parametrize(
    ("value", "kind", "low", "wording"),
    [
        (
            DEFENCE_VALUE.format(value="0.01"),
            nb.ValueKind.CONTRACT,
            "None",
            "stated as 0.01 DKK",
        ),
        (
            DEFENCE_VALUE.format(value="30000000").replace(
                "<EXCLUDING_VAT/>", "<INCLUDING_VAT><VAT_PRCT>25</VAT_PRCT></INCLUDING_VAT>"
            ),
            nb.ValueKind.CONTRACT,
            "DKK 30.00 m (current prices)",
            "with 25 % VAT",
        ),
        (
            DEFENCE_VALUE.format(value="30000000").replace(
                "</CONTRACT_VALUE_INFORMATION>",
                "<MORE_INFORMATION_IF_ANNUAL_MONTHLY><NUMBER_OF_YEARS>7</NUMBER_OF_YEARS>"
                "</MORE_INFORMATION_IF_ANNUAL_MONTHLY></CONTRACT_VALUE_INFORMATION>",
            ),
            nb.ValueKind.CONTRACT,
            "DKK 30.00 m (current prices)",
            "beside it 7 years: in all, or for each, is not said",
        ),
        (
            '<CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="DKK"><RANGE_VALUE_COST>'
            "<LOW_VALUE>4 000 000,00</LOW_VALUE><HIGH_VALUE>5 000 000</HIGH_VALUE></RANGE_VALUE_COST>"
            "</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION>",
            nb.ValueKind.CONTRACT,
            "DKK 4.00 m (current prices)",
            "",
        ),
        (
            '<CONTRACT_VALUE_INFORMATION><INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT CURRENCY="DKK"><VALUE_COST>9000000'
            "</VALUE_COST></INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT></CONTRACT_VALUE_INFORMATION>",
            nb.ValueKind.ESTIMATE,
            "DKK 9.00 m (current prices)",
            "",
        ),
        ("", nb.ValueKind.CONTRACT, "None", ""),
    ],
)
def test_a_defence_value_is_final_or_an_estimate_with_what_stands_beside_it_in_words(
    tmp_path: Path, value: str, kind: nb.ValueKind, low: str, wording: str
) -> None:
    found = only(read_notices(notice(tmp_path, defence(defence_award(value=value))))).value
    assert (found.kind, str(found.low), found.wording) == (kind, low, wording)


TOTAL_FINAL = """<TOTAL_FINAL_VALUE><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="DKK"><VALUE_COST>7000000</VALUE_COST>
</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE>"""


def test_the_total_of_a_notice_is_that_of_its_award_only_where_there_is_one(tmp_path: Path) -> None:
    bare = defence_award(value="")
    alone = only(read_notices(notice(tmp_path, defence(bare, more=TOTAL_FINAL))))
    assert str(alone.value.low) == "DKK 7.00 m (current prices)"
    two = read_notices(notice(tmp_path, defence(bare, bare, more=TOTAL_FINAL)))
    assert [item.value.low for item in two.contracts] == [None, None]


def test_an_award_in_two_languages_counts_once(tmp_path: Path) -> None:
    translation = (
        '<CONTRACT_AWARD_DEFENCE CATEGORY="TRANSLATION" LG="EN"><FD_CONTRACT_AWARD_DEFENCE>'
        f"{defence_award(name='Wrong')}</FD_CONTRACT_AWARD_DEFENCE></CONTRACT_AWARD_DEFENCE>"
    )
    contract = only(read_notices(notice(tmp_path, defence(translation=translation))))
    assert contract.suppliers[0].name == "Hull AB"


@pytest.mark.parametrize(
    "framework",
    ["<CONCLUSION_FRAMEWORK_AGREEMENT/>", '<NOTICE_INVOLVES_DESC_DEFENCE VALUE="CONCLUSION_FRAMEWORK_AGREEMENT"/>'],
)
def test_a_framework_agreement_is_a_ceiling(tmp_path: Path, framework: str) -> None:
    value = only(read_notices(notice(tmp_path, defence(more=framework)))).value
    assert (value.kind, value.wording) == (nb.ValueKind.CEILING, "framework")
    text = form(award(contractor("SE"), VALUES.format(TOTAL))).replace(
        "<OBJECT", "<PROCEDURE><FRAMEWORK/></PROCEDURE><OBJECT"
    )
    assert only(read_notices(notice(tmp_path, text))).value.kind is nb.ValueKind.CEILING


@pytest.mark.parametrize(
    ("values", "more", "kind", "low", "high"),
    [
        (VALUES.format(TOTAL), "", nb.ValueKind.CONTRACT, "2000000.50", "2000000.50"),
        (
            VALUES.format('<VAL_RANGE_TOTAL CURRENCY="EUR"><LOW>3</LOW><HIGH>5</HIGH></VAL_RANGE_TOTAL>'),
            "",
            nb.ValueKind.CONTRACT,
            "3",
            "5",
        ),
        ("", TOTAL, nb.ValueKind.CONTRACT, "2000000.50", "2000000.50"),
        (VALUES.format(""), "", nb.ValueKind.ESTIMATE, "1000000", "1000000"),
        (
            VALUES.format(TOTAL.replace(" CURRENCY", ' PUBLICATION="NO" CURRENCY')),
            "",
            nb.ValueKind.CONTRACT,
            None,
            None,
        ),
        (VALUES.format(TOTAL).replace("<VALUES", '<VALUES PUBLICATION="NO"'), "", nb.ValueKind.CONTRACT, None, None),
        ("", "", nb.ValueKind.CONTRACT, None, None),
    ],
)
def test_the_value_of_a_form_is_the_awards_the_notices_or_an_estimate(
    tmp_path: Path, values: str, more: str, kind: nb.ValueKind, low: str | None, high: str | None
) -> None:
    contract = only(read_notices(notice(tmp_path, form(award(contractor("SE"), values), more=more))))
    ends = [None if end is None else str(end.amount) for end in (contract.value.low, contract.value.high)]
    assert (contract.value.kind, ends) == (kind, [low, high])
    assert contract.buyers == (nb.Country("GBR"),)
    assert str(contract.date) == "2018-08-23"


def test_winners_in_a_group_share_the_value_unsplit(tmp_path: Path) -> None:
    text = form(award(contractor("SE") + contractor("EL", "B"), VALUES.format(TOTAL)))
    contract = only(read_notices(notice(tmp_path, text)))
    assert str(contract.origins[0]) == "unknown among Sweden, Greece 100.00 % (registered address)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            form(
                "<AWARD_CONTRACT><NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>"
            ),
            "the lot was not awarded",
        ),
        (form(award(contractor("SE"), "", attributes='PUBLICATION="NO"')), "the winner is not for publication"),
        (form(award("", "")), "no winner is named"),
        (defence(buyer="1A"), "no country of the buyer in '1A': say which with buyer="),
    ],
)
def test_what_makes_no_contract_is_left_out_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    found = read_notices(notice(tmp_path, text))
    assert not found.contracts.items
    assert [item.reason for item in found.left_out] == [reason]


def test_a_buyer_that_is_no_country_can_be_given_one(tmp_path: Path) -> None:
    assert only(read_notices(notice(tmp_path, defence(buyer="1A")), buyer="Belgium")).buyers == (nb.Country("BEL"),)


def test_a_notice_before_the_contract_is_a_selection(tmp_path: Path) -> None:
    assert only(read_notices(notice(tmp_path, defence(kind="V")))).status is nb.ContractStatus.SELECTED
    text = form(award(contractor("SE"), VALUES.format(TOTAL)), tag="F15_2014")
    assert only(read_notices(notice(tmp_path, text))).status is nb.ContractStatus.SELECTED


def test_a_folder_is_read_whole_and_names_the_notices_of_other_kinds(tmp_path: Path) -> None:
    notice(tmp_path, defence(), "a.xml")
    (tmp_path / "01").mkdir()
    notice(tmp_path / "01", form(award(contractor("SE"), VALUES.format(TOTAL))).replace("000123", "000124"), "b.xml")
    notice(tmp_path, form().replace("Contract award notice", "Contract notice"), "c.xml")
    notice(tmp_path, "<PriorInformationNotice/>", "d.xml")
    notice(tmp_path, EFORM.replace("NoticeResult", "Other"), "e.xml")
    found = read_notices(tmp_path)
    assert sorted(item.key for item in found.contracts) == ["000123-2021/1", "000124-2021/1"]
    assert [str(item) for item in found.left_out] == [
        "c.xml, c: a notice without an award (Contract notice)",
        "d.xml, d: a document with the root element 'PriorInformationNotice'",
        "e.xml, e: a notice without results (can-standard)",
    ]


def test_a_notice_that_stands_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        notice(tmp_path, defence(), name)
    found = read_notices(tmp_path)
    assert len(found.contracts.items) == 1
    assert [item.reason for item in found.left_out] == ["the same notice stands in a.xml"]


# --- eForms

EFORM = """<?xml version="1.0" encoding="UTF-8"?>
<ContractAwardNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2" xmlns:cbc="b" xmlns:cac="a"
 xmlns:efac="e" xmlns:efbc="f">
<efac:NoticeResult><cbc:TotalAmount currencyID="EUR">999</cbc:TotalAmount>
<efac:LotResult><cbc:ID>RES-1</cbc:ID><cbc:TenderResultCode>selec-w</cbc:TenderResultCode>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender><efac:TenderLot><cbc:ID>LOT-1</cbc:ID></efac:TenderLot></efac:LotResult>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">375950</cbc:PayableAmount>
</cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty></efac:LotTender>
<efac:SettledContract><cbc:ID>CON-1</cbc:ID><cbc:AwardDate>2021-04-20+02:00</cbc:AwardDate>
<cbc:IssueDate>2021-04-25+02:00</cbc:IssueDate><efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>
<efac:TenderingParty><cbc:ID>TPA-1</cbc:ID><efac:Tenderer><cbc:ID>ORG-2</cbc:ID></efac:Tenderer></efac:TenderingParty>
</efac:NoticeResult>
<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>Agence</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode>FRA
</cbc:IdentificationCode></cac:Country></cac:PostalAddress></efac:Company></efac:Organization>
<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-2</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>Acme Inc</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode>USA
</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:Contact><cbc:Name>J Doe</cbc:Name>
<cbc:ElectronicMail>doe@example.org</cbc:ElectronicMail></cac:Contact></efac:Company></efac:Organization></efac:Organizations>
<cbc:ID>f71d</cbc:ID><cbc:NoticeTypeCode>can-standard</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party>
</cac:ContractingParty>
<cac:ProcurementProject><cbc:Name languageID="ENG">Sensors</cbc:Name><cbc:Name languageID="FRA">Capteurs</cbc:Name>
</cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID>LOT-1</cbc:ID><cac:TenderingProcess><cac:ContractingSystem>
<cbc:ContractingSystemTypeCode listName="framework-agreement">none</cbc:ContractingSystemTypeCode></cac:ContractingSystem>
</cac:TenderingProcess><cac:ProcurementProject><cbc:Name>Lot radar</cbc:Name><cac:MainCommodityClassification>
<cbc:ItemClassificationCode listName="cpv">35722000</cbc:ItemClassificationCode></cac:MainCommodityClassification>
</cac:ProcurementProject></cac:ProcurementProjectLot>
<cac:TenderResult><cbc:AwardDate>2000-01-01Z</cbc:AwardDate></cac:TenderResult>
</ContractAwardNotice>"""


def test_an_eform_is_followed_from_result_to_tender_to_party_to_organization(tmp_path: Path) -> None:
    contract = only(read_notices(notice(tmp_path, EFORM)))
    assert contract.key == "f71d/TEN-1"
    assert contract.buyers == (nb.Country("FRA"),)
    assert contract.suppliers[0].name == "Acme Inc"
    assert str(contract.origins[0]) == "United States 100.00 % (registered address)"
    assert str(contract.value.low) == "EUR 375,950.00 (current prices)"
    assert str(contract.date) == "2021-04-25"  # not the placeholder at the end
    assert contract.status is nb.ContractStatus.SIGNED
    assert contract.system == "Capteurs: Lot radar"
    assert contract.note == "CPV 35722000"
    assert "oe" not in contract.suppliers[0].name


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("selec-w", "clos-nw", "no winner was selected (clos-nw)"),
        ("<efac:Tenderer><cbc:ID>ORG-2</cbc:ID></efac:Tenderer>", "", "no winner is named"),
        (
            "<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender>",
            "",
            "no tender is referred to",
        ),
        (">FRA\n", ">\n", "no country of the buyer in 'ORG-1': say which with buyer="),
    ],
)
def test_an_eform_without_winner_or_buyer_is_left_out(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in EFORM
    found = read_notices(notice(tmp_path, EFORM.replace(old, new)))
    assert not found.contracts.items
    assert [item.reason for item in found.left_out] == [reason]


def test_an_eforms_framework_is_a_ceiling_and_may_state_only_the_most(tmp_path: Path) -> None:
    framework = EFORM.replace('"framework-agreement">none', '"framework-agreement">fa-wo-rc')
    value = only(read_notices(notice(tmp_path, framework))).value
    assert (value.kind, str(value.low)) == (nb.ValueKind.CEILING, "EUR 375,950.00 (current prices)")
    most = framework.replace("<cac:LegalMonetaryTotal>", "<cac:X>").replace("</cac:LegalMonetaryTotal>", "</cac:X>")
    most = most.replace(
        "</cbc:TenderResultCode>",
        "</cbc:TenderResultCode><efac:FrameworkAgreementValues><cbc:MaximumValueAmount currencyID='EUR'>800000"
        "</cbc:MaximumValueAmount></efac:FrameworkAgreementValues>",
    )
    assert str(only(read_notices(notice(tmp_path, most))).value.low) == "EUR 800,000.00 (current prices)"


def test_an_eforms_hidden_amount_is_undisclosed(tmp_path: Path) -> None:
    value = only(read_notices(notice(tmp_path, EFORM.replace(">375950<", ">-1<")))).value
    assert (value.low, value.wording) == (None, "not published")


def test_an_eform_before_the_contract_is_a_selection_and_one_without_its_date_an_agreement(tmp_path: Path) -> None:
    ex_ante = notice(tmp_path, EFORM.replace("can-standard", "veat"))
    assert only(read_notices(ex_ante)).status is nb.ContractStatus.SELECTED
    undated = only(read_notices(notice(tmp_path, EFORM.replace("cbc:IssueDate", "cbc:X"))))
    assert (undated.status, str(undated.date)) == (nb.ContractStatus.AGREED, "2021-04-20")


# --- No notice

BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><TED_EXPORT>&b;</TED_EXPORT>'
FETCH = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><TED_EXPORT>&a;</TED_EXPORT>'
DTD = '<!DOCTYPE TED_EXPORT SYSTEM "http://example.org/x.dtd"><TED_EXPORT/>'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"<!DOCTYPE html><html></html>", "the file is a web page"),
        (b"<TED_EXPORT>", "not well-formed XML"),
        (b"<TED_EXPORT/>", "the file is a notice without an award (of no stated type)"),
        (b"<a/>", "the file is a document with the root element 'a'"),
        (b"plain", "not well-formed XML"),
        (b"<TED_EXPORT>\x00</TED_EXPORT>", "not well-formed XML"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "not well-formed XML"),
        (b"<?xml version='1.0' encoding='utf-8'?><a>\xff\xfe</a>", "not well-formed XML"),
        (b"<a>" * 1_000 + b"</a>" * 1_000, "more than 100 levels of nesting"),
        (b"<a>" * 300_000 + b"</a>" * 300_000, "more than 100 levels of nesting"),
        *((text.encode(), "a DOCTYPE or entities") for text in (BOMB, FETCH, DTD)),
    ],
)
def test_what_is_no_notice_is_one_error(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "notice.xml"
    file.write_bytes(content)
    with pytest.raises(ReaderError) as caught:
        read_notices(file)
    assert problem in caught.value.problem


def test_a_folder_with_a_broken_notice_or_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"no \.xml file is in this folder"):
        read_notices(tmp_path)
    notice(tmp_path, defence(), "a.xml")
    notice(tmp_path, "<TED", "b.xml")
    with pytest.raises(ReaderError, match=r"b\.xml"):
        read_notices(tmp_path)


# --- The yearly table

HEADER = (
    "ID_NOTICE_CAN,TED_NOTICE_URL,YEAR,CANCELLED,ISO_COUNTRY_CODE,B_FRA_AGREEMENT,CPV,ADDITIONAL_CPVS,VALUE_EURO,ID_AWARD,"
    "INFO_ON_NON_AWARD,WIN_NAME,WIN_COUNTRY_CODE,TITLE,AWARD_EST_VALUE_EURO,AWARD_VALUE_EURO,AWARD_VALUE_EURO_FIN_1,DT_AWARD"
)
ROW = {
    "ID_NOTICE_CAN": "2022123",
    "TED_NOTICE_URL": "ted.europa.eu/udl?uri=TED:NOTICE:123-2022:TEXT:EN:HTML",
    "YEAR": "2022",
    "CANCELLED": "0",
    "ISO_COUNTRY_CODE": "UK",
    "B_FRA_AGREEMENT": "N",
    "CPV": "35520000",
    "ADDITIONAL_CPVS": "35730000---50241000",
    "VALUE_EURO": "99000000",
    "ID_AWARD": "7",
    "WIN_NAME": "Hull AB",
    "WIN_COUNTRY_CODE": "SE",
    "TITLE": "Hulls",
    "AWARD_VALUE_EURO": "5000000",
    "DT_AWARD": "14-APR-22",
}


def row(**changed: str) -> str:
    cells = {**ROW, **changed}
    return ",".join(f'"{cells.get(name, "")}"' for name in HEADER.split(","))


def year(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    file = path / "export_CAN_2022.csv"
    file.write_bytes("\n".join((HEADER, *rows, "")).encode(encoding))
    return file


def test_a_line_is_an_award_with_its_own_value_never_the_notices(tmp_path: Path) -> None:
    found = read_table(year(tmp_path, row(), row(ID_AWARD="8", AWARD_VALUE_EURO="1000000")))
    assert [str(item.value.low) for item in found.contracts] == [
        "EUR 5.00 m (current prices)",
        "EUR 1.00 m (current prices)",
    ]
    contract = found.contracts["2022123/7"]
    assert contract.buyers == (nb.Country("GBR"),)
    assert str(contract.date) == "2022-04-14"
    assert contract.note == "CPV 35520000, 35730000, 50241000"
    assert contract.source.url == "https://ted.europa.eu/en/notice/-/detail/123-2022"


@pytest.mark.parametrize(
    ("changed", "kind", "low"),
    [
        ({"B_FRA_AGREEMENT": "Y"}, nb.ValueKind.CEILING, "EUR 5.00 m (current prices)"),
        (
            {"AWARD_VALUE_EURO": "", "AWARD_VALUE_EURO_FIN_1": "4000000"},
            nb.ValueKind.CONTRACT,
            "EUR 4.00 m (current prices)",
        ),
        (
            {"AWARD_VALUE_EURO": "", "AWARD_EST_VALUE_EURO": "3000000"},
            nb.ValueKind.ESTIMATE,
            "EUR 3.00 m (current prices)",
        ),
        ({"AWARD_VALUE_EURO": ""}, nb.ValueKind.CONTRACT, "None"),
    ],
)
def test_a_value_of_the_table_has_its_kind(
    tmp_path: Path, changed: dict[str, str], kind: nb.ValueKind, low: str
) -> None:
    value = only(read_table(year(tmp_path, row(**changed)))).value
    assert (value.kind, str(value.low)) == (kind, low)


@pytest.mark.parametrize(
    ("names", "countries", "origin"),
    [
        ("A---B", "SE---DE", "unknown among Sweden, Germany 100.00 % (registered address)"),
        ("A---B", "SE", "Sweden 100.00 % (registered address)"),
        ("A---B---C", "SE---DE", "unknown 100.00 % (registered address)"),
        ("A---B", "SE---", "unknown 100.00 % (registered address)"),
        ("A", "", "unknown 100.00 % (registered address)"),
    ],
)
def test_groups_are_unpacked(tmp_path: Path, names: str, countries: str, origin: str) -> None:
    contract = only(read_table(year(tmp_path, row(WIN_NAME=names, WIN_COUNTRY_CODE=countries))))
    assert str(contract.origins[0]) == origin


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"CANCELLED": "1"}, "the notice was cancelled"),
        ({"INFO_ON_NON_AWARD": "PROCUREMENT_UNSUCCESSFUL"}, "the lot was not awarded (procurement unsuccessful)"),
        ({"WIN_NAME": "", "WIN_COUNTRY_CODE": ""}, "no winner is named"),
        ({"ISO_COUNTRY_CODE": ""}, "no country of the buyer: say which with buyer="),
    ],
)
def test_lines_without_a_contract_are_left_out(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    assert [item.reason for item in read_table(year(tmp_path, row(**changed))).left_out] == [reason]


@pytest.mark.parametrize("day", ["14-APR-22", "14/04/22", "14/04/2022", "2022-04-14"])
def test_days_are_read_as_the_table_has_written_them(tmp_path: Path, day: str) -> None:
    assert str(only(read_table(year(tmp_path, row(DT_AWARD=day)))).date) == "2022-04-14"


@pytest.mark.parametrize(
    ("day", "notice", "date"),
    [
        ("31-DEC-99", "20061", "1999-12-31"),
        ("31-DEC-05", "20061", "2005-12-31"),
        ("05-JAN-07", "20061", "2007-01-05"),
        ("31-DEC-50", "20061", ""),  # neither 1950 nor 2050
        ("31-DEC-2099", "20061", ""),
        ("31-DEC-1999", "20061", "1999-12-31"),
        ("01-FEB-24", "x1", "2024-02-01"),
        ("01-FEB-25", "x1", ""),
    ],
)
def test_a_year_of_two_digits_is_the_last_before_its_notice(tmp_path: Path, day: str, notice: str, date: str) -> None:
    contract = only(read_table(year(tmp_path, row(DT_AWARD=day, ID_NOTICE_CAN=notice, YEAR=""))))
    assert contract.date == (nb.Announced.parse(date, nb.Precision.DAY) if date else nb.Announced.unknown())


@pytest.mark.parametrize("day", ["", "14-FOO-22", "31-FEB-22", "soon"])
def test_a_day_that_is_none_is_unknown(tmp_path: Path, day: str) -> None:
    assert only(read_table(year(tmp_path, row(DT_AWARD=day)))).date == nb.Announced.unknown()


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-8-sig"])
def test_the_table_reads_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    assert only(read_table(year(tmp_path, row(TITLE="Café"), encoding=encoding))).system == "Café"


def test_a_record_may_go_over_lines_and_is_streamed_with_progress(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    file = year(tmp_path, *(row(ID_AWARD=str(n), TITLE="a\nb" + "x" * 20_000) for n in range(100)))
    found = list(stream_table(file, progress=lambda done, in_all: told.append((done, in_all))))
    assert len(found) == 100
    assert len(told) > 1
    assert told[-1] == (file.stat().st_size, file.stat().st_size)


@pytest.mark.parametrize(
    ("content", "where", "problem"),
    [
        (HEADER.replace("WIN_NAME", "X") + "\n", "line 1", "no column WIN_NAME"),
        (HEADER + "\n" + row() + ",1\n", "line 2", "19 cells"),
        (HEADER + "\n" + row()[:40] + "\n", "line 2", ""),
        (HEADER + "\n" + row() + '\n"' + "x" * 200_000, "line 3", "no record that can be read"),
        (HEADER + "\n" + "x" * 1_000_001, "line 2", "a line of more than 1 MB"),
        (HEADER + "\n\x00", "line 2", "a NUL byte"),
        ("", "", "the file is empty"),
    ],
)
def test_what_is_no_table_is_an_error_with_its_line(tmp_path: Path, content: str, where: str, problem: str) -> None:
    file = tmp_path / "export.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReaderError) as caught:
        read_table(file)
    assert caught.value.position == where
    assert problem in caught.value.problem


# --- Real notices


def test_the_sample_notices_read_with_winners_countries_as_counted_by_hand() -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample files are not here")
    found = read_notices(SAMPLES / "ted")
    foreign = {
        (str(item.buyers[0]), item.origins[0].unsplit[0].name)
        for item in found.contracts
        if item.origins[0].unsplit != item.buyers
    }
    assert foreign == {
        ("Denmark", "Sweden"),
        ("Finland", "Denmark"),
        ("Hungary", "Romania"),
        ("Netherlands", "Sweden"),
        ("Zambia", "Ireland"),
    }
    by_key = found.contracts.by_key
    assert str(by_key["119272-2021/1"].value.low) == "DKK 30.00 m (current prices)"
    assert str(by_key["003424-2021/1"].value.high) == "PLN 5.89 m (current prices)"
    assert {item.reason for item in found.left_out} == {"the lot was not awarded"}
    for key, amount in (
        ("010691-2017/3", "HUF 11.21 m (current prices)"),  # F06 of S01: in VALUE
        ("112523-2017/1", "BGN 130,950.00 (current prices)"),  # F21 of S01: in the award
        ("260381-2016/1", "EUR 34,079.21 (current prices)"),  # F15 of S01
        ("140825-2018/1", "EUR 5.84 m (current prices)"),  # F06 of S02: in VALUE
        ("162999-2018/1", "PLN 542,975.80 (current prices)"),  # F22 of S02
        ("297918-2017/1", "GBP 473,136.00 (current prices)"),  # F23 of S02
        ("496071-2017/1", "EUR 1.00 (current prices)"),  # F20 of S02
    ):
        assert str(by_key[key].value.low) == amount


def test_the_sample_eforms_read() -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample files are not here")
    found = read_notices(SAMPLES / "eforms")
    assert sorted((item.buyers[0].alpha_3, str(item.value.low), str(item.status)) for item in found.contracts) == [
        ("DEU", "EUR 10,000.00 (current prices)", "selected"),
        ("FRA", "EUR 375,950.00 (current prices)", "signed"),
        ("GBR", "GBP 60.00 m (current prices)", "signed"),
        ("GRC", "IDR 1.00 m (current prices)", "signed"),
        ("NOR", "NOK 10.80 m (current prices)", "agreed"),
        ("NOR", "None", "selected"),
    ]
    assert not found.left_out
