"""Indicators of the World Bank and the IMF, in invented copies of every layout that was reported."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import NatoBurdenError, NoObservationError, ReaderError, UnknownNameError
from natoburden.readers.imf import read_outlook
from natoburden.readers.worldbank import read_indicators

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples"))

# --- the World Bank --------------------------------------------------------------------------------------

PREAMBLE = '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-02-22",\n\n'
HEADER = '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\n'
ROWS = (
    '"Poland","POL","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","3.26","4.15",\n'
    '"Turkiye","TUR","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","1.5","",\n'
    '"World","WLD","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","2.3","2.5",\n'
    '"Kosovo","XKX","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","","1.6",\n'
)
KEY = "MS.MIL.XPND.GD.ZS"
ITEM: dict[str, Any] = {
    "indicator": {"id": KEY, "value": "Military expenditure (% of GDP)"},
    "country": {"id": "PL", "value": "Poland"},
    "countryiso3code": "POL",
    "date": "2024",
    "value": 4.15,
}


def written(folder: Path, text: str, name: str = "data.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def test_the_csv_of_the_site_is_read_with_its_edition_its_unit_and_its_aggregates(tmp_path: Path) -> None:
    table = read_indicators(written(tmp_path, PREAMBLE + HEADER + ROWS))[KEY]
    assert (table.edition, table.unit, table.years) == ("2026-02-22", "% of GDP", (2023, 2024))
    assert table.share("Poland", 2024) == nb.Share.percent("4.15")
    assert table.figure("WLD", 2023) == Decimal("2.3")
    assert table.row("XKX").country is None
    assert table.countries == (nb.Country("POL"), nb.Country("TUR"))
    assert [row.code for row in table] == ["POL", "TUR", "WLD", "XKX"]
    assert str(table) == "Military expenditure (% of GDP) (MS.MIL.XPND.GD.ZS), 4 rows, 2023-2024"
    with pytest.raises(NoObservationError, match=r"Turkiye for 2024; .*Turkiye: 2023"):
        table.figure("Türkiye", 2024)
    with pytest.raises(UnknownNameError, match="Spain"):
        table.figure("Spain", 2024)


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        (HEADER + ROWS, "data.csv", KEY),
        ((HEADER + ROWS).replace('"', ""), "data.csv", KEY),
        ((HEADER + ROWS).replace(",", ";"), "data.csv", KEY),
        ("Country Code,2023,2024\nPOL,3.26,4.15\n", "API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv", KEY),
        ("Country Name,2023,2024\nPoland,3.26,4.15\n", "renamed.csv", "unknown"),
    ],
)
def test_copies_that_were_edited_are_read_too(tmp_path: Path, text: str, name: str, key: str) -> None:
    assert read_indicators(written(tmp_path, text, name))[key].figure("Poland", 2024) == Decimal("4.15")


def test_the_json_of_the_interface_is_read(tmp_path: Path) -> None:
    about = {"page": 1, "pages": 1, "lastupdated": "2026-02-22"}
    world = ITEM | {"countryiso3code": "", "country": {"id": "1W", "value": "World"}, "value": 2}
    earlier = ITEM | {"date": "2023", "value": 3.26}
    missing = ITEM | {"date": "2022", "value": None}
    text = json.dumps([about, [ITEM, earlier, missing, world]])
    table = read_indicators(written(tmp_path, text, "answer.json"))[KEY]
    assert table.row("Poland").by_year == {2023: Decimal("3.26"), 2024: Decimal("4.15")}
    assert table.figure("1W", 2024) == 2
    assert table.edition == "2026-02-22"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("a,b\n1,2\n", "no header with a country and years within 20 lines"),
        ('"Country Name","Country Code"\n"Poland","POL"\n', "no header with a country and years"),
        (HEADER, "no figure of any country"),
        (HEADER + ROWS.replace("4.15", "4,15"), "line 2, 2024: '4,15' is not usable: the decimals have commas"),
        (
            HEADER + ROWS.replace("4.15", "n.d."),
            "line 2, 2024: 'n.d.' is not usable; valid: numbers with a decimal point",
        ),
        (HEADER + ROWS + ROWS, "line 6: MS.MIL.XPND.GD.ZS, Poland appears twice"),
        (HEADER + ROWS + '"Spain","ESP"\n', "line 6: 2 cells; valid: 7, as in the header; is it cut short"),
        (HEADER + ROWS + '"","","x","y","1","2",\n', "line 6: neither a country's name nor its code"),
        ("[", "not well-formed JSON"),
        ("[" * 100_000, "not well-formed JSON"),
        ("{}", "the JSON is not an answer"),
        ('[{"message": [{"value": "The indicator was not found."}]}]', "answered with an error: .*was not found"),
        ('[{"page": 1, "pages": 1}, null]', "answered with an error: no data"),
        (json.dumps([{"page": 2, "pages": 3}, [ITEM]]), "page 2 of 3 alone; valid: one page with everything"),
        (json.dumps([{}, [5]]), "item 0: no figure with its date"),
        (json.dumps([{}, [ITEM | {"date": "2024Q1"}]]), "item 0: '2024Q1': '4.15' is not usable"),
        (json.dumps([{}, [ITEM | {"value": "many"}]]), "item 0: '2024': 'many' is not usable"),
        (json.dumps([{}, [ITEM, ITEM]]), "item 1: MS.MIL.XPND.GD.ZS, Poland appears twice"),
    ],
)
def test_what_is_no_world_bank_file_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ReaderError, match=message):
        read_indicators(written(tmp_path, text))


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the World Bank's files")
def test_the_published_files_of_2018_are_read() -> None:
    shares = read_indicators(SAMPLES / "worldbank/API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv")[KEY]
    assert (shares.edition, shares.years[0], shares.years[-1], len(shares.rows)) == ("2018-02-22", 1960, 2016, 264)
    assert shares.figure("USA", 2016) == Decimal("3.28163045132816")
    gdp = read_indicators(SAMPLES / "worldbank/API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv")["NY.GDP.MKTP.CD"]
    assert gdp.money("USA", 2016, "USD") == nb.Money("18624475000000", "USD")
    answer = read_indicators(SAMPLES / "worldbank/wb-ms-mil_api_fixture.json")["unknown"]
    assert answer.figure("UKR", 2024) == Decimal("34.5")


def test_a_table_with_one_row_twice_cannot_be_made(tmp_path: Path) -> None:
    table = read_indicators(written(tmp_path, "Country Code,2024\n\nPOL,4.1\n"))["unknown"]
    with pytest.raises(nb.errors.UnexpectedValueError, match="POL"):
        attrs.evolve(table, rows=table.rows * 2)


def test_a_table_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="no header with a country and years"):
        read_indicators(written(tmp_path, "Country Code,soon\nPOL,4.1\n"))


def test_columns_in_another_order_are_read_and_a_short_row_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "2023,2024,Country Code\n3.3,4.1,POL\n")
    assert read_indicators(file)["unknown"].figure("Poland", 2024) == Decimal("4.1")
    with pytest.raises(ReaderError, match="line 2: 2 cells"):
        read_indicators(written(tmp_path, "2023,2024,Country Code\n3.3,4.1\n"))


def test_a_year_with_a_control_character_beside_it_is_that_year(tmp_path: Path) -> None:
    file = written(tmp_path, "Country Code,2024\x1d\nPOL,4.1\n")
    assert read_indicators(file)["unknown"].years == (2024,)


# --- the IMF ---------------------------------------------------------------------------------------------

WEO_HEADER = (
    "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tSubject Notes\tUnits\tScale\t"
    "Country/Series-specific Notes\t2022\t2023\t2024\tEstimates Start After\n"
)
WEO_ROWS = (
    "964\tPOL\tNGDPD\tPoland\tGross domestic product, current prices\tNotes\tU.S. dollars\tBillions\tSource\t"
    "688.3\t809.2\t1,844.62\t2023\n"
    "964\tPOL\tNGDP_D\tPoland\tGross domestic product, deflator\tNotes\tIndex\t\tSource\t120\t132\t138\t2023\n"
    "967\tUVK\tNGDPD\tKosovo\tGross domestic product, current prices\tNotes\tU.S. dollars\tBillions\tSource\t"
    "9.4\tn/a\t--\t\n"
)
WEO_TAIL = "\nInternational Monetary Fund, World Economic Outlook Database, April 2024\n"
PORTAL_HEADER = "DATASET,SERIES_CODE,COUNTRY,INDICATOR,FREQUENCY,SCALE,UNIT,LATEST_ACTUAL_ANNUAL_DATA"
PORTAL_ROW = 'IMF.RES:WEO(9.0.0),POL.NGDPD.A,Poland,"GDP, current prices",Annual,Billions,US dollar,FY2023/24'


def test_a_byte_order_mark_alone_is_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "WEOApr2024all.xls"
    file.write_bytes(b"\xff\xfe\xff\xfe")
    with pytest.raises(ReaderError, match="the file is empty"):
        read_outlook(file)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16", "utf-16-le"])
def test_a_tabbed_release_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    tables = read_outlook(written(tmp_path, WEO_HEADER + WEO_ROWS + WEO_TAIL, "WEOApr2024all.xls", encoding))
    gdp = tables["NGDPD"]
    assert gdp.money("Poland", 2024, "USD") == nb.Money.millions(1_844_620, "USD")
    assert (gdp.edition, gdp.unit) == ("April 2024", "U.S. dollars")
    assert [str(gdp.status("Poland", year)) for year in (2023, 2024)] == ["actual", "estimate"]
    assert gdp.row("UVK").by_year == {2022: Decimal("9400000000")}
    assert [table.key for table in tables] == ["NGDPD", "NGDP_D"]


def test_a_deflator_is_made_of_an_outlook(tmp_path: Path) -> None:
    index = read_outlook(written(tmp_path, WEO_HEADER + WEO_ROWS, "WEOOct2024all.xls"))["NGDP_D"]
    prices = index.deflator("Poland", "PLN")
    assert prices.to_constant(nb.Money.millions(138, "PLN"), year=2024, base=2022).in_millions == 120
    assert index.edition == "Oct 2024"


def test_a_file_of_country_groups_has_rows_without_a_country(tmp_path: Path) -> None:
    header = WEO_HEADER.replace("WEO Country Code\tISO\t", "WEO Country Group Code\t").replace(
        "\tCountry\t", "\tCountry Group Name\t"
    )
    row = "001\tNGDPD\tWorld\tGross domestic product\tNotes\tU.S. dollars\tBillions\tSource\t1\t2\t3\t2023\n"
    world = read_outlook(written(tmp_path, header + row))["NGDPD"].row("001")
    assert (world.name, world.country, world.by_year[2024]) == ("World", None, Decimal(3_000_000_000))


def test_the_portals_csv_is_read_with_years_in_columns_or_in_lines(tmp_path: Path) -> None:
    wide = f"{PORTAL_HEADER},2023,2024\n{PORTAL_ROW},809.2,844.62\n"
    table = read_outlook(written(tmp_path, wide))["NGDPD"]
    assert table.figure("Poland", 2024) == Decimal(844_620_000_000)
    assert (str(table.status("Poland", 2023)), str(table.status("Poland", 2024))) == ("actual", "estimate")
    long = (
        "COUNTRY.ID,INDICATOR.ID,FREQUENCY.ID,SCALE.ID,UNIT.ID,TIME_PERIOD,OBS_VALUE,LATEST_ACTUAL_ANNUAL_DATA\n"
        "POL,NGDPD,A,9,USD,2023,809200000000,\nPOL,NGDPD,A,NA,NA,2024,844620000000,\nPOL,NGDPD,A,9,USD,2025,,\n"
    )
    table = read_outlook(written(tmp_path, long))["NGDPD"]
    assert table.row("POL").by_year == {2023: Decimal(809_200_000_000), 2024: Decimal(844_620_000_000)}
    assert str(table.status("Poland", 2023)) == "estimate"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html>Request Rejected</html>", "the file is a web page"),
        ("a\tb\n", "line 1: the first line begins"),
        (WEO_HEADER, "no figure of any country"),
        (WEO_HEADER + WEO_ROWS.replace("Billions", "Dozens"), "line 2: Scale 'dozens' is not known"),
        (
            WEO_HEADER + WEO_ROWS.replace("688.3", "688,3"),
            "line 2, 2022: '688,3' is not usable: the decimals have commas",
        ),
        (WEO_HEADER + "964\tPOL\n", "line 2: 2 cells; valid: 13, as in the header"),
        (WEO_HEADER + WEO_ROWS.replace("NGDPD", ""), "line 2: a line without subject or country"),
        (WEO_HEADER + WEO_ROWS * 2, "NGDPD, Poland appears twice"),
        (
            f"{PORTAL_HEADER},2023\n{PORTAL_ROW.replace('POL.NGDPD.A', 'POL')},1\n",
            "line 2: a line without country or indi",
        ),
        (
            f"{PORTAL_HEADER},2023\n{PORTAL_ROW.replace('Annual', 'Monthly')},1\n",
            "line 2: a frequency that is not annual",
        ),
        ("COUNTRY.ID,INDICATOR.ID,TIME_PERIOD,OBS_VALUE\nPOL,NGDPD,2023-Q1,1\n", "line 2: '2023-Q1' is not a year"),
    ],
)
def test_what_is_no_outlook_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ReaderError, match=message):
        read_outlook(written(tmp_path, text))


def test_half_a_character_of_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "WEOApr2024all.xls"
    path.write_bytes(b"\xff\xfe" + (WEO_HEADER + WEO_ROWS).encode("utf-16-le")[:-1])
    with pytest.raises(NatoBurdenError, match="UTF-16 or binary"):
        read_outlook(path)


# --- codes beside names, years, and the rest of both -------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "country"),
    [
        ("ROM", "Romania", "ROU"),
        ("TMP", "Timor-Leste", "TLS"),
        ("ZAR", "Congo, Dem. Rep.", "COD"),
        ("WBG", "West Bank and Gaza", "PSE"),
        ("", "Poland", "POL"),
        ("POL", "", "POL"),
        ("COG", "Congo", "COG"),
        ("PSE", "The territories", "PSE"),
    ],
)
def test_a_name_says_which_country_an_unknown_code_is(tmp_path: Path, code: str, name: str, country: str) -> None:
    table = read_indicators(written(tmp_path, f'Country Name,Country Code,2012\n"{name}",{code},1.3\n'))["unknown"]
    assert table.figure(country, 2012) == Decimal("1.3")
    assert table.figure(code or name, 2012) == Decimal("1.3")


def test_places_of_no_country_are_found_by_their_names_too(tmp_path: Path) -> None:
    table = read_indicators(written(tmp_path, PREAMBLE + HEADER + ROWS))[KEY]
    assert table.figure("Kosovo", 2024) == table.figure("XKX", 2024) == Decimal("1.6")
    assert table.figure("world", 2023) == Decimal("2.3")
    with pytest.raises(nb.errors.UnknownCountryError, match="euro area"):
        table.row("Euro area")
    file = written(tmp_path, PREAMBLE + HEADER + ROWS)
    assert str(dict(nb.inspect(file).coverage)["rows of no country"]) == "World, Kosovo"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Germany,POL,1\n", "line 2: the code POL is Poland's, and the name is 'Germany'"),
        ("Congo,,1\n", "line 2: 'Congo' names 2 countries.*a column of codes"),
        ("Romania,ROM,1\nRomania,ROU,2\n", "line 3: unknown, Romania appears twice, as 'ROM' and as 'ROU'"),
    ],
)
def test_a_row_whose_country_is_in_doubt_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(ReaderError, match=message):
        read_indicators(written(tmp_path, f"Country Name,Country Code,2012\n{rows}"))


@pytest.mark.parametrize("year", ["24", "'24", "2024-01-01", "01/01/2024", "2024.0", "2024e", "YR2024", "2023"])
def test_a_column_that_is_nearly_a_year_is_not_left_out(tmp_path: Path, year: str) -> None:
    with pytest.raises(ReaderError, match=r"column \d+ of the header is"):
        read_indicators(written(tmp_path, f"Country Code,2023,{year}\nPOL,3.3,4.1\n"))
    with pytest.raises(ReaderError, match=r"column \d+ of the header is"):
        read_outlook(written(tmp_path, (WEO_HEADER + WEO_ROWS).replace("\t2024\t", f"\t{year}\t")))


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "#N/A", "4.1%", "4\u202f1"])
def test_what_is_no_figure_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReaderError, match=r"line 2, 2023: .* is not usable"):
        read_indicators(written(tmp_path, f"Country Code,2023\nPOL,{text}\n"))


def test_a_lost_character_is_refused_with_its_column_and_the_remedy(tmp_path: Path) -> None:
    said = "line 2: column 1: a character was lost in an earlier conversion, 'T\ufffdrkiye,TUR,4'"
    with pytest.raises(ReaderError, match=f"{said}.*download it again"):
        read_indicators(written(tmp_path, "Country Name,Country Code,2024\nT\ufffdrkiye,TUR,4\n"))


DATABANK = {
    "time": "Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2023 [YR2023]\n"
    "Poland,POL,{name},{key},2.2,3.3\nChad,TCD,{name},{key},..,2.0\n",
    "series": "Time,Time Code,Country Name,Country Code,{name} [{key}]\n"
    "2022,YR2022,Poland,POL,2.2\n2023,YR2023,Poland,POL,3.3\n2022,YR2022,Chad,TCD,..\n2023,YR2023,Chad,TCD,2.0\n",
    "countries": "Series Name,Series Code,Time,Time Code,Poland [POL],Chad [TCD]\n"
    "{name},{key},2022,YR2022,2.2,..\n{name},{key},2023,YR2023,3.3,2.0\n",
}
FOOTER = ",,,,,\nData from database: World Development Indicators,,,,,\nLast Updated: 02/22/2026,,,,,\n"


@pytest.mark.parametrize("across", DATABANK)
@pytest.mark.parametrize("footer", ["", FOOTER])
def test_a_table_of_databank_is_read_whatever_lies_across(tmp_path: Path, across: str, footer: str) -> None:
    text = DATABANK[across].format(name="Military expenditure (% of GDP)", key=KEY) + footer
    [table] = nb.read(written(tmp_path, text, "Data_Extract.csv"), nb.model.Keyed)
    assert (table.key, table.unit, table.edition) == (KEY, "% of GDP", "2026-02-22" if footer else "")
    assert table.row("Poland").by_year == {2022: Decimal("2.2"), 2023: Decimal("3.3")}
    assert table.row("TCD").by_year == {2023: Decimal("2.0")}


def test_a_plain_table_with_databanks_names_of_columns_is_read(tmp_path: Path) -> None:
    text = f"Country Name,Country Code,Series Name,Series Code,2022\nPoland,POL,M,{KEY},2.2\n"
    assert read_indicators(written(tmp_path, text))[KEY].figure("Poland", 2022) == Decimal("2.2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Country Name,Country Code,2022 [YR2022],2023 [YR2023]\nPoland,POL,1\n", "line 2: 3 cells"),
        ("2022 [YR2022],Country Name,Country Code\n1,Poland\n", "line 2: 2 cells; valid: 3"),
        ("Series name,2022 [YR2022]\nM,1\n", "line 2: neither a country's name nor its code"),
        ("Country Name,Country Code,2022 [YR2022]\n,,1\n", "line 2: neither a country's name nor its code"),
        ("Country Name,Country Code,M [A.B]\nPoland,POL,1\n", "line 1: no column of time"),
        ("Time,Time Code,Country Name,M [A.B]\nsoon,,Poland,1\n", "line 2: the time 'soon'"),
        ('Country Name,2022 [YR2022]\nPoland,"1,5"\n', "line 2, 2022: '1,5' is not usable"),
    ],
)
def test_a_faulty_table_of_databank_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ReaderError, match=message):
        read_indicators(written(tmp_path, text))


def test_the_last_day_of_a_month_is_an_edition(tmp_path: Path) -> None:
    table = read_indicators(written(tmp_path, (PREAMBLE + HEADER + ROWS).replace("2026-02-22", "2026-03-31")))[KEY]
    assert table.edition == "2026-03-31"
    table = read_indicators(written(tmp_path, (PREAMBLE + HEADER + ROWS).replace("2026-02-22", "2026-02-30")))[KEY]
    assert table.edition == ""


def test_a_report_of_the_imf_without_codes_is_read_by_descriptor_and_units(tmp_path: Path) -> None:
    header = "Country\tSubject Descriptor\tUnits\tScale\t2021\t2022\tEstimates Start After\n"
    rows = (
        "Poland\tGross domestic product, current prices\tU.S. dollars\tBillions\t681.3\t688.2\t2021\n"
        "Poland\tGross domestic product, current prices\tNational currency\tBillions\t2,631\t3,067\t2021\n"
        "Poland\tSome other subject\tPercent\t\t1\t2\t2021\nKosovo\tPopulation\tPersons\tMillions\t1.8\t1.8\t\n"
    )
    tables = read_outlook(written(tmp_path, header + rows + WEO_TAIL, "WEO_Data.xls", "utf-16"))
    assert [table.key for table in tables] == ["NGDPD", "NGDP", "Some other subject (Percent)", "LP"]
    assert tables["NGDPD"].money("Poland", 2022, "USD") == nb.Money.billions("688.2", "USD")
    assert (tables["NGDPD"].edition, str(tables["NGDPD"].status("Poland", 2022))) == ("April 2024", "estimate")
    assert tables["LP"].figure("Kosovo", 2021) == 1_800_000
    with pytest.raises(ReaderError, match="line 2: a line without subject or country"):
        read_outlook(written(tmp_path, header + rows.replace("Gross domestic product, current prices", ""), "x.xls"))


def test_the_imfs_own_codes_of_places_are_those_of_their_names(tmp_path: Path) -> None:
    rows = WEO_ROWS.replace("\tUVK\t", "\tWBG\t").replace("Kosovo", "West Bank and Gaza")
    table = read_outlook(written(tmp_path, WEO_HEADER + rows))["NGDPD"]
    assert table.figure("Palestine", 2022) == Decimal("9400000000")


def test_a_report_of_the_imf_without_codes_holds_several_countries_of_one_subject(tmp_path: Path) -> None:
    rows = [
        "Country\tSubject Descriptor\tUnits\tScale\t2021\t2022",
        "Poland\tGross domestic product, current prices\tU.S. dollars\tBillions\t681.3\tn/a",
        "Germany\tGross domestic product, current prices\tU.S. dollars\tBillions\tn/a\t4085",
    ]
    table = read_outlook(written(tmp_path, "\n".join(rows), "WEO_Data.xls"))["NGDPD"]
    assert [(row.code, len(row.figures)) for row in table.rows] == [("Poland", 1), ("Germany", 1)]
    assert table.money("Germany", 2022, "USD") == nb.Money.billions(4085, "USD")


def test_a_year_of_databank_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = "Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2022 [YR2022]\nPoland,POL,Mil,MS,2.2,3.3\n"
    with pytest.raises(ReaderError, match="line 1: the column of 'YR2022' appears twice"):
        read_indicators(written(tmp_path, text))


def test_a_series_of_databank_may_have_brackets_in_its_name(tmp_path: Path) -> None:
    text = "Country Name,Country Code,Time,Time Code,Mil [modelled] (% of GDP) [MS]\nPoland,POL,2022,YR2022,2.2\n"
    assert read_indicators(written(tmp_path, text))["MS"].share("Poland", 2022) == nb.Share.percent("2.2")


@pytest.mark.parametrize("year", ["Jan-23", "01-Jan-23", "1 January 2023", "44927"])
def test_a_year_that_became_a_date_or_the_number_of_a_day_is_refused(tmp_path: Path, year: str) -> None:
    header = f"Country Name,Country Code,Indicator Name,Indicator Code,{year},2024"
    with pytest.raises(ReaderError, match=f"column 5 of the header is '{year}'"):
        read_indicators(written(tmp_path, f"{header}\nPoland,POL,Mil,MS,2.2,3.3\n"))
