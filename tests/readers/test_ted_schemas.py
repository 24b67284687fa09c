"""Every schema of TED's forms with every form that awards something, in small invented notices made by functions."""

# ruff: noqa: E501 # elements of notices stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.awards import AwardFile
from natoburden.readers.ted import read_notices

SCHEMAS = ("R2.0.9.S01", "R2.0.9.S02", "R2.0.9.S03", "R2.0.9.S04", "R2.0.9.S05")
FORMS = ("F03", "F06", "F15", "F20", "F21", "F22", "F23", "F25")
OLD_FORMS = {
    "F03": ("CONTRACT_AWARD", "AWARD_OF_CONTRACT"),
    "F06": ("CONTRACT_AWARD_UTILITIES", "AWARD_AND_CONTRACT_VALUE"),
    "F15": ("VOLUNTARY_EX_ANTE_TRANSPARENCY_NOTICE", "AWARD_OF_CONTRACT_DEFENCE"),
    "F18": ("CONTRACT_AWARD_DEFENCE", "AWARD_OF_CONTRACT_DEFENCE"),
}
TOTAL = '<VAL_TOTAL CURRENCY="EUR">2000000.50</VAL_TOTAL>'
RANGE = '<VAL_RANGE_TOTAL CURRENCY="EUR"><LOW>3</LOW><HIGH>5</HIGH></VAL_RANGE_TOTAL>'
ESTIMATE = '<VAL_ESTIMATED_TOTAL CURRENCY="EUR">1000000</VAL_ESTIMATED_TOTAL>'


def is_early(schema: str) -> bool:
    return schema.endswith(("S01", "S02"))


def contractors(schema: str, form: str, *winners: tuple[str, str]) -> str:
    each = "".join(
        f'<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{name}</OFFICIALNAME><COUNTRY VALUE="{country}"/></ADDRESS_CONTRACTOR></CONTRACTOR>'
        for name, country in winners
    )
    return each if is_early(schema) and form != "F06" else f"<CONTRACTORS>{each}</CONTRACTORS>"


def values(schema: str, form: str, amounts: str, *, attributes: str = "") -> str:
    """Put amounts where each schema has them: in the award, for utilities in VALUE, since S03 in VALUES."""
    if not is_early(schema):
        return f"<VALUES{attributes}>{amounts}</VALUES>"
    return f"<VALUE{attributes}>{amounts}</VALUE>" if form == "F06" else amounts


def award(
    schema: str,
    form: str,
    amounts: str = TOTAL,
    *,
    lot: str = "",
    winner: str = "A AB",
    number: str = "",
    attributes: str = "",
) -> str:
    lots = f"<LOT_NO>{lot}</LOT_NO>" if lot else ""
    numbers = f"<CONTRACT_NO>{number}</CONTRACT_NO>" if number else ""
    return (
        f"<AWARD_CONTRACT>{numbers}{lots}<AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>2017-02-03</DATE_CONCLUSION_CONTRACT>"
        f"{contractors(schema, form, (winner, 'SE'))}{values(schema, form, amounts, attributes=attributes)}</AWARDED_CONTRACT></AWARD_CONTRACT>"
    )


def notice(
    schema: str,
    form: str,
    *awards: str,
    whole: str = "",
    rest: str = "",
    number: str = "000123-2018",
    earlier: str = "",
    framework: bool = False,
) -> str:
    procedure = "<FRAMEWORK/>" if framework else ""
    procedure += f"<NOTICE_NUMBER_OJ>{earlier}</NOTICE_NUMBER_OJ>" if earlier else ""
    return (
        f'<TED_EXPORT xmlns="http://example.org/{schema}" VERSION="{schema}.E01" DOC_ID="{number}"><CODED_DATA_SECTION><NOTICE_DATA>'
        f'<ISO_COUNTRY VALUE="NL"/></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION><{form}_2014 CATEGORY="ORIGINAL"><OBJECT_CONTRACT>'
        f"<TITLE><P>Boats</P></TITLE>{whole}</OBJECT_CONTRACT><PROCEDURE>{procedure}</PROCEDURE>{''.join(awards)}{rest}</{form}_2014>"
        "</FORM_SECTION></TED_EXPORT>"
    )


def modifications(schema: str, form: str, after: str, winner: str = "A AB") -> str:
    changed = f'<VAL_TOTAL_BEFORE CURRENCY="EUR">2000000.50</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY="EUR">{after}</VAL_TOTAL_AFTER>'
    info = changed if is_early(schema) else f"<VALUES>{changed}</VALUES>"
    return (
        f"<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT>{contractors(schema, form, (winner, 'DE'))}{values(schema, form, TOTAL)}"
        f"</DESCRIPTION_PROCUREMENT><INFO_MODIFICATIONS>{info}</INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>"
    )


def old_notice(form: str) -> str:
    """Make a notice of R2.0.8, which writes amounts with their kind of tax, and days in three parts."""
    root, item = OLD_FORMS[form]
    day = "DATE_OF_CONTRACT_AWARD" if form == "F06" else "CONTRACT_AWARD_DATE"
    address = '<ORGANISATION><OFFICIALNAME>A AB</OFFICIALNAME></ORGANISATION><COUNTRY VALUE="SE"/>'
    operator = (
        f"<CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP>{address}</CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP>"
        if form == "F06"
        else f"<ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>{address}"
        "</CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>"
    )
    return (
        '<TED_EXPORT VERSION="R2.0.8.S03.E01" DOC_ID="000123-2014"><CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="NL"/></NOTICE_DATA>'
        f'<CODIF_DATA><TD_DOCUMENT_TYPE CODE="{"V" if form == "F15" else "7"}"/></CODIF_DATA></CODED_DATA_SECTION><FORM_SECTION>'
        f'<{root} CATEGORY="ORIGINAL"><{item}><{day}><DAY>3</DAY><MONTH>2</MONTH><YEAR>2014</YEAR></{day}>{operator}'
        '<CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR"><VALUE_COST FMTVAL="2000000.50">2 000 000,50'
        f"</VALUE_COST></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION></{item}></{root}></FORM_SECTION></TED_EXPORT>"
    )


def read(path: Path, *texts: str) -> AwardFile:
    for number, text in enumerate(texts):
        (path / f"{number}.xml").write_text(text, encoding="utf-8")
    return read_notices(path if len(texts) > 1 else path / "0.xml")


def only(found: AwardFile) -> nb.Contract:
    assert not found.left_out
    [contract] = found.contracts
    return contract


def ends(contract: nb.Contract) -> tuple[str, str]:
    value = contract.value
    return (str(value.low.amount) if value.low else "", str(value.high.amount) if value.high else "")


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("form", FORMS)
def test_the_amount_and_the_winner_are_found_where_each_schema_and_form_has_them(
    tmp_path: Path, schema: str, form: str
) -> None:
    two = read(tmp_path, notice(schema, form, award(schema, form), award(schema, form, RANGE, winner="B")))
    assert not two.left_out
    assert [ends(item) for item in two.contracts] == [("2000000.50", "2000000.50"), ("3", "5")]
    assert {item.value.kind for item in two.contracts} == {nb.ValueKind.CONTRACT}
    assert [item.suppliers[0].name for item in two.contracts] == ["A AB", "B"]
    assert {str(item.date) for item in two.contracts} == {"2017-02-03"}
    status = nb.ContractStatus.SELECTED if form == "F15" else nb.ContractStatus.SIGNED
    assert {item.status for item in two.contracts} == {status}


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("form", FORMS)
def test_an_award_without_an_amount_has_that_of_its_notice_and_else_the_estimate(
    tmp_path: Path, schema: str, form: str
) -> None:
    for whole, amounts, expected, kind in (
        (TOTAL, "", "2000000.50", nb.ValueKind.CONTRACT),
        (RANGE, "", "3", nb.ValueKind.CONTRACT),
        ("", ESTIMATE, "1000000", nb.ValueKind.ESTIMATE),
        (TOTAL, ESTIMATE, "2000000.50", nb.ValueKind.CONTRACT),
    ):
        contract = only(read(tmp_path, notice(schema, form, award(schema, form, amounts), whole=whole)))
        assert (ends(contract)[0], contract.value.kind) == (expected, kind)
    many = read(tmp_path, notice(schema, form, award(schema, form, ""), award(schema, form, ""), whole=TOTAL))
    assert [ends(item)[0] for item in many.contracts] == ["", ""]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_amounts_that_are_not_for_publication_stay_undisclosed(tmp_path: Path, schema: str) -> None:
    text = notice(schema, "F06", award(schema, "F06", attributes=' PUBLICATION="NO"'))
    value = only(read(tmp_path, text)).value
    assert (value.low, value.wording) == (None, "not for publication")


def test_utilities_announce_beforehand_with_the_container_of_their_own_form(tmp_path: Path) -> None:
    assert ends(only(read(tmp_path, notice("R2.0.9.S02", "F15", award("R2.0.9.S02", "F06"))))) == (
        "2000000.50",
        "2000000.50",
    )


@pytest.mark.parametrize("schema", SCHEMAS)
def test_form_24_announces_a_concession_and_awards_none(tmp_path: Path, schema: str) -> None:
    with pytest.raises(ReaderError, match="a notice without an award"):
        read(tmp_path, notice(schema, "F24"))
    found = read(tmp_path, notice(schema, "F24"), notice(schema, "F25", award(schema, "F25")))
    assert len(found.contracts.items) == 1
    assert [str(item) for item in found.left_out] == ["0.xml, 0: a notice without an award (of no stated type)"]


@pytest.mark.parametrize("form", OLD_FORMS)
def test_schema_r208_is_read_in_every_form_that_awards(tmp_path: Path, form: str) -> None:
    contract = only(read(tmp_path, old_notice(form)))
    assert (contract.suppliers[0].name, str(contract.origins[0])) == ("A AB", "Sweden 100.00 % (registered address)")
    assert (ends(contract), str(contract.date)) == (("2000000.50", "2000000.50"), "2014-02-03")
    assert contract.status is (nb.ContractStatus.SELECTED if form == "F15" else nb.ContractStatus.SIGNED)


# --- Frameworks


def framework(path: Path, schema: str, *awards: str, whole: str = "") -> list[nb.Contract]:
    found = read(path, notice(schema, "F03", *awards, whole=whole, framework=True))
    assert not found.left_out
    assert {item.value.kind for item in found.contracts} == {nb.ValueKind.CEILING}
    return list(found.contracts)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_ceiling_that_each_supplier_of_a_lot_repeats_counts_once(tmp_path: Path, schema: str) -> None:
    lots = [("1", "A"), ("1", "B"), ("1", "C"), ("2", "A")]
    first, second = framework(tmp_path, schema, *(award(schema, "F03", lot=lot, winner=name) for lot, name in lots))
    assert [supplier.name for supplier in first.suppliers] == ["A", "B", "C"]
    assert [supplier.name for supplier in second.suppliers] == ["A"]
    assert {ends(item)[1] for item in (first, second)} == {"2000000.50"}
    assert first.note == "one framework of 1, 2, 3"
    assert first.value.wording == "framework; of all suppliers together"


def test_amounts_that_suppliers_of_a_framework_state_apart_stay_apart(tmp_path: Path) -> None:
    found = framework(
        tmp_path, "R2.0.9.S04", award("R2.0.9.S04", "F03"), award("R2.0.9.S04", "F03", TOTAL.replace("2000", "7000"))
    )
    assert [ends(item)[0] for item in found] == ["2000000.50", "7000000.50"]


def test_suppliers_of_a_framework_who_state_nothing_and_no_lot_stay_apart(tmp_path: Path) -> None:
    assert len(framework(tmp_path, "R2.0.9.S04", award("R2.0.9.S04", "F03", ""), award("R2.0.9.S04", "F03", ""))) == 2


# --- Notices that speak of each other


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_modified_contract_is_worth_what_it_is_after_it_and_is_its_new_suppliers(tmp_path: Path, schema: str) -> None:
    text = notice(schema, "F20", award(schema, "F20"), rest=modifications(schema, "F20", "4304371.75", "B GmbH"))
    contract = only(read(tmp_path, text))
    assert ends(contract) == ("4304371.75", "4304371.75")
    assert (contract.suppliers[0].name, str(contract.origins[0])) == ("B GmbH", "Germany 100.00 % (registered address)")


def test_a_modification_takes_the_place_of_its_contract_and_of_no_other(tmp_path: Path) -> None:
    schema = "R2.0.9.S03"
    original = notice(
        schema, "F03", award(schema, "F03", number="C-1", lot="1"), award(schema, "F03", RANGE, number="C-2", lot="2")
    )
    changed = notice(
        schema,
        "F20",
        award(schema, "F20", number="C-1"),
        rest=modifications(schema, "F20", "9000000"),
        number="000200-2019",
        earlier="2018/S 062-000123",
    )
    found = read(tmp_path, original, changed)
    assert sorted((item.key, ends(item)[0]) for item in found.contracts) == [
        ("000123-2018/2", "3"),
        ("000200-2019/1", "9000000"),
    ]
    assert [str(item) for item in found.left_out] == [
        "0.xml, award 1, 000123-2018/1: stated anew by notice 000200-2019"
    ]


def test_a_modification_that_fits_no_contract_of_its_notice_is_left_out(tmp_path: Path) -> None:
    schema = "R2.0.9.S03"
    original = notice(schema, "F03", award(schema, "F03", number="C-1"), award(schema, "F03", RANGE, number="C-2"))
    changed = notice(
        schema,
        "F20",
        award(schema, "F20", number="C-9"),
        rest=modifications(schema, "F20", "9000000"),
        number="000200-2019",
        earlier="2018/S 062-000123",
    )
    found = read(tmp_path, original, changed)
    assert [ends(item)[0] for item in found.contracts] == ["2000000.50", "3"]
    assert [item.reason for item in found.left_out] == [
        "it modifies a contract of notice 000123-2018, and does not say which"
    ]


def test_the_last_of_several_modifications_stands(tmp_path: Path) -> None:
    schema = "R2.0.9.S05"

    def changed(number: str, after: str, earlier: str) -> str:
        return notice(
            schema,
            "F20",
            award(schema, "F20"),
            rest=modifications(schema, "F20", after),
            number=number,
            earlier=earlier,
        )

    texts = [
        changed("000400-2021", "8000000", "2019/S 001-000200"),
        notice(schema, "F03", award(schema, "F03")),
        changed("000200-2019", "5000000", "2018/S 062-000123"),
    ]
    found = read(tmp_path, *texts)
    assert [(item.key, ends(item)[0]) for item in found.contracts] == [("000400-2021/1", "8000000")]
    assert {item.reason for item in found.left_out} == {"stated anew by notice 000400-2021"}


def test_an_award_announced_beforehand_gives_way_to_the_award(tmp_path: Path) -> None:
    schema = "R2.0.9.S04"
    announced = notice(
        schema, "F15", award(schema, "F15", lot="1"), award(schema, "F15", RANGE, lot="2"), number="000100-2018"
    )
    awarded = notice(schema, "F03", award(schema, "F03", lot="1"), earlier="2018/S 010-000100")
    found = read(tmp_path, announced, awarded)
    assert [item.key for item in found.contracts] == ["000100-2018/2", "000123-2018/1"]
    assert [item.reason for item in found.left_out] == ["announced beforehand; the award is in notice 000123-2018"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_modification_without_a_sum_after_it_is_worth_what_it_describes(tmp_path: Path, schema: str) -> None:
    rest = modifications(schema, "F20", "9").replace('<VAL_TOTAL_AFTER CURRENCY="EUR">9</VAL_TOTAL_AFTER>', "")
    rest = rest.replace(TOTAL, TOTAL.replace("2000000.50", "9000000"))
    assert ends(only(read(tmp_path, notice(schema, "F20", award(schema, "F20"), rest=rest))))[0] == "9000000"


@pytest.mark.parametrize(("numbers", "kept"), [(("K-1", "K-1"), 1), (("K-1", "K-2"), 2), (("", ""), 1)])
def test_modifications_of_one_contract_count_once_though_its_own_notice_is_missing(
    tmp_path: Path, numbers: tuple[str, str], kept: int
) -> None:
    schema = "R2.0.9.S04"
    texts = [
        notice(
            schema,
            "F20",
            award(schema, "F20", number=number),
            rest=modifications(schema, "F20", amount),
            number=f"000{amount}-2019",
            earlier="2018/S 062-000123",
        ).replace("<NOTICE_DATA>", f"<REF_OJS><DATE_PUB>2019{amount}01</DATE_PUB></REF_OJS><NOTICE_DATA>")
        for number, amount in zip(numbers, ("04", "08"), strict=True)
    ]
    found = read(tmp_path, *texts)
    assert [ends(item)[0] for item in found.contracts] == ["4", "8"][-kept:]


def test_the_sum_of_a_notice_is_that_of_the_only_lot_that_was_awarded(tmp_path: Path) -> None:
    schema = "R2.0.9.S04"
    without = "<AWARD_CONTRACT><LOT_NO>2</LOT_NO><NO_AWARDED_CONTRACT/></AWARD_CONTRACT>"
    found = read(tmp_path, notice(schema, "F03", award(schema, "F03", "", lot="1"), without, whole=TOTAL))
    assert [ends(item)[0] for item in found.contracts] == ["2000000.50"]
    guessed = read(tmp_path, notice(schema, "F03", award(schema, "F03", "", lot="1"), without, whole=ESTIMATE))
    assert [ends(item)[0] for item in guessed.contracts] == [""]
