"""Forms that the front door knows and does not read, and answers of web interfaces without data."""

# ruff: noqa: E501 # lines of files stand on one line

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from natoburden.errors import ReaderError
from natoburden.readers import inspect, read, sipri
from natoburden.readers.nato import read_workbook
from natoburden.readers.worldbank import read_indicators
from tests.readers.small_files import NATO, SMALL, compound, workbook


def placed(folder: Path, content: bytes | str, name: str = "download") -> Path:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


def packed(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin").replace("_iwa", ".iwa"), text
            )
    return content.getvalue()


FORMS: dict[str, tuple[bytes | str, str, str]] = {
    "Kiel's workbook": (
        workbook({"ReadMe": [["x"]], "Bilateral Assistance, MAIN DATA": [["ID"]]}),
        "Kiel Institute: workbook of the Ukraine Support Tracker",
        "download the CSV files",
    ),
    "Kiel's release": ("release,period,date,label\n29,x,2026-08-04,R\n", "Kiel Institute: file beside", "the folder"),
    "the ECB's portal": (
        "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\nEXR.D.USD,D,USD,EUR,SP00,A,2026-01-02,1.1\n",
        "ECB: series of exchange rates from the data portal",
        "eurofxref-hist.zip",
    ),
    "a series of the ECB's portal": (
        'DATE,TIME PERIOD,"US dollar/Euro (EXR.D.USD.EUR.SP00.A)"\n2026-01-02,2026-01-02,1.1\n',
        "ECB: series of exchange rates",
        "eurofxref-hist.zip",
    ),
    "the ECB's daily XML": (
        "<gesmes:Envelope xmlns:gesmes='g' xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube/>"
        "</gesmes:Envelope>",
        "ECB: exchange rates as XML",
        "read the CSV in it",
    ),
    "Eurostat's labels": (
        '"DATAFLOW","LAST UPDATE","Time frequency","Geopolitical entity","Time","Observation value"\nx,x,Annual,Poland,2023,1\n',
        "Eurostat: SDMX-CSV with labels in the place of codes",
        "with codes",
    ),
    "Eurostat's SDMX": (
        "<m:GenericData xmlns:m='x'><Header><Sender id='ESTAT'/></Header></m:GenericData>",
        "Eurostat: SDMX in XML",
        "TSV or SDMX-CSV",
    ),
    "the IMF's DataMapper": (
        '{"values":{"NGDPD":{"POL":{"2024":1}}},"api":{"version":"1"}}',
        "IMF: answer of",
        "as CSV",
    ),
    "the IMF's SDMX": (
        "<CompactData><Header><Sender>IMF</Sender></Header></CompactData>",
        "IMF: SDMX in XML",
        "as CSV",
    ),
    "the World Bank's notes": (
        '"Country Code","Region","IncomeGroup","SpecialNotes","TableName"\n"POL","Europe","High","",""\n',
        "World Bank: notes on countries or indicators",
        "API_",
    ),
    "the World Bank's XML": (
        "<Root xmlns:wb='http://www.worldbank.org'><data><record/></data></Root>",
        "World Bank: indicators as XML",
        "download the CSV",
    ),
    "SIPRI's interface": ('{"bytes": "UmVjaXBpZW50"}', "SIPRI: answer of the Arms Transfers", "base64"),
    "award lines": ("supplier,amount,year\nA maker,9,2024\n", "award lines in columns", "natoburden shares"),
    "rich text": ("{\\rtf1\\ansi Deals with deliveries}", "text in RTF", "as CSV"),
    "an OpenDocument table": (
        packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
        "an OpenDocument file (.ods)",
        "save it as .xlsx",
    ),
    "a strict workbook": (
        packed(xl__workbook_xml='<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets/></workbook>'),
        "a workbook in Strict Open XML",
        "Excel workbook (.xlsx)",
    ),
    "a binary workbook": (packed(xl__workbook_bin="x"), "a binary workbook (.xlsb)", "save it as .xlsx"),
    "Apple's Numbers": (packed(Index__Document_iwa="x"), "a file of Apple Numbers", "export it as .xlsx"),
    "a workbook with a password": (
        compound("EncryptedPackage", b"x" * 5_000),
        "a workbook protected by a password",
        "save it without one",
    ),
    "a spreadsheet of 2003": (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "a spreadsheet in the XML of Excel 2003",
        "save it as .xlsx",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_not_read_is_named_with_what_to_do_instead(tmp_path: Path, form: str) -> None:
    content, named, remedy = FORMS[form]
    file = placed(tmp_path, content)
    found = inspect(file)
    assert not found.is_readable
    assert found.format is None
    assert named in str(found)
    assert remedy in str(found)
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert named in str(caught.value)
    assert remedy in str(caught.value)


@pytest.mark.parametrize("form", ["an OpenDocument table", "a strict workbook", "a workbook with a password"])
def test_the_reader_of_a_workbook_says_the_same_as_the_front_door(tmp_path: Path, form: str) -> None:
    content, named, _ = FORMS[form]
    with pytest.raises(ReaderError, match=named.replace("(", r"\(").replace(")", r"\)")):
        read_workbook(placed(tmp_path, content, "def-exp.xlsx"))


def test_an_old_workbook_of_a_publisher_that_ships_new_ones_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"before 2007 \(.xls\): save it as .xlsx"):
        sipri.read_military_expenditure(placed(tmp_path, SMALL["API_MS.MIL.XPND.GD.ZS_DS2_en_excel_v2.xls"]))


ANSWERS: dict[str, tuple[str, str, str]] = {
    "World Bank, empty XML": (
        "<wb:data page='0' total=\"0\" xmlns:wb='http://www.worldbank.org'/>",
        "World Bank",
        "no data",
    ),
    "World Bank, empty": (
        json.dumps([{"page": 0, "pages": 0, "per_page": 0, "total": 0}, None]),
        "World Bank",
        "no data",
    ),
    "World Bank, error": (
        json.dumps([{"message": [{"id": "120", "key": "Invalid value", "value": "The parameter value is not valid"}]}]),
        "World Bank",
        "The parameter value is not valid",
    ),
    "World Bank, XML": (
        '<?xml version="1.0"?><wb:error xmlns:wb="http://www.worldbank.org"><wb:message id="120" key="Invalid">'
        "The parameter value is not valid</wb:message></wb:error>",
        "World Bank",
        "The parameter value is not valid",
    ),
    "Eurostat, later": (
        json.dumps({"warning": [{"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}]}),
        "Eurostat",
        "ASYNCHRONOUS_RESPONSE: the answer is too large for the moment; ask again later",
    ),
    "Eurostat, error": (
        json.dumps({"error": [{"status": 400, "id": 150, "label": "bad dimension"}]}),
        "Eurostat",
        "bad dimension",
    ),
    "Eurostat, XML": (
        "<S:Fault xmlns:S='s'><faultcode>100</faultcode><faultstring>ESTAT: no results found</faultstring></S:Fault>",
        "Eurostat",
        "no results found",
    ),
    "SDMX, XML": (
        "<mes:Error xmlns:mes='m'><mes:ErrorMessage code='100'><com:Text>No data for &amp; query</com:Text>"
        "</mes:ErrorMessage></mes:Error>",
        "a publisher",
        "No data for & query",
    ),
    "some interface": (json.dumps({"error": {"code": 429, "message": "Too many requests"}}), "a publisher", "Too many"),
    "some other interface": (json.dumps({"detail": "Not found."}), "a publisher", "Not found."),
    "an interface's code": (json.dumps({"code": 429, "msg": "slow down"}), "a publisher", "slow down"),
    "nothing and an error": (json.dumps({"data": None, "error": "quota"}), "a publisher", "quota"),
    "XML without words": ("<Error code='500'/>", "a publisher", "the root element 'Error'"),
    "an error without words": (json.dumps({"error": 500}), "a publisher", "500"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_without_data_is_called_that_in_its_own_words(tmp_path: Path, answer: str) -> None:
    text, publisher, words = ANSWERS[answer]
    file = placed(tmp_path, text)
    found = inspect(file)
    assert f"{publisher}: an answer of the interface without data" in str(found)
    assert words in str(found)
    with pytest.raises(ReaderError, match="without data"):
        read(file)


def test_a_long_answer_is_cut_and_a_broken_one_is_only_described(tmp_path: Path) -> None:
    [problem] = inspect(placed(tmp_path, json.dumps({"error": "x" * 5_000}))).problems
    assert len(problem) < 400
    assert "not recognised" in str(inspect(placed(tmp_path, '{"error": "x')))
    assert "not recognised" in str(inspect(placed(tmp_path, "<a><b>error</b></a>")))


def test_a_web_page_is_quoted_by_its_title_and_its_heading(tmp_path: Path) -> None:
    page = "<!doctype html><html><head><title>Error</title></head><body><h1>The <b>dataset</b> is closed</h1></body></html>"
    assert "a web page, 'Error', 'The dataset is closed'" in str(inspect(placed(tmp_path, page)))


def test_a_workbook_of_another_sheet_is_refused_by_the_world_banks_reader(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="the sheets are Table 1, Table 3"):
        read_indicators(placed(tmp_path, workbook(NATO)))
