"""Award notices of TED as XML: a single file, or a folder with one file for each notice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from natoburden.errors import ReaderError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.procurement import Contract
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._xml import parse_xml
from natoburden.readers.awards import Award, AwardFile, LeftOutAward, award_coverage, collect, made
from natoburden.readers.ted import eforms, forms
from natoburden.readers.ted.entries import Notice
from natoburden.readers.ted.versions import standing

__all__ = ["FORMAT", "read_notices"]

EXPECTED: Final = "an award notice of TED as XML: TED_EXPORT, or ContractAwardNotice of eForms"
_ROOTS: Final = frozenset({forms.ROOT, eforms.ROOT})


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a file has the root element of a notice, or a folder has an XML file."""
    if glimpse.kind == "folder":
        return any(name.lower().endswith(".xml") for name in glimpse.files)
    return glimpse.kind == "XML" and glimpse.root in _ROOTS


def read_notices(path: Path | str, *, buyer: CountryLike | None = None, limits: Limits | None = None) -> AwardFile:
    r"""Read an award notice, or all notices of a folder, as contracts: each award becomes one contract.

    Forms until 2023 (schemas R2.0.8 and R2.0.9, S01 to S05) and eForms are recognised by their root elements. In
    eForms, the winning tenders are read from the settled contracts, or from the lots' results if no contract lists a
    tender. The supplier's country is the country of its registered address, which may be a sales office.

    The value of a contract is the value of the award. If the award has no value but is the only award of the notice,
    the value of the notice is used. If neither the award nor the notice has a value, the estimate is used and marked.
    The value of a framework agreement is a ceiling, and counts once for all suppliers of a lot. A value that is not
    published, or not yet published, is undisclosed. Contact data are not read. `buyer` is the country of a buyer if the
    notice does not give the buyer's country. Needs the extra ``readers``.

    In a folder, a change notice replaces the notice that it changes, a modification replaces the contract that it
    modifies, and an award replaces its announcement. Replaced awards and notices of other kinds are left out;
    `left_out` lists them.

    Raises `ReaderError` for a file that is not an award notice, and for a file of a folder that is not XML.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "notice.xml"
    >>> _ = file.write_text('''<TED_EXPORT DOC_ID="1-2021">
    ... <CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="DK"/></NOTICE_DATA></CODED_DATA_SECTION>
    ... <FORM_SECTION><CONTRACT_AWARD_DEFENCE CATEGORY="ORIGINAL"><AWARD_OF_CONTRACT_DEFENCE>
    ... <CONTRACT_TITLE><P>Hulls</P></CONTRACT_TITLE>
    ... <ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>
    ... <ORGANISATION><OFFICIALNAME>A AB</OFFICIALNAME></ORGANISATION><COUNTRY VALUE="SE"/>
    ... </CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>
    ... </AWARD_OF_CONTRACT_DEFENCE></CONTRACT_AWARD_DEFENCE></FORM_SECTION></TED_EXPORT>''')
    >>> for contract in read_notices(file).contracts:
    ...     print(contract, *contract.origins, sep=" | ")
    1-2021/1: Denmark from A AB, Hulls (undisclosed, contract, undated) | Sweden 100.00 % (registered address)
    """
    given = Path(path)
    fallback = None if buyer is None else Country.find(buyer)
    if not given.is_dir():
        root = parse_xml(given, EXPECTED, limits)
        if other := _other(root):
            raise ReaderError(given.name, "", f"the file is {other}", EXPECTED)
        return collect(map(_made, standing([_notice(root, given, fallback)])), given)
    files = sorted(given.rglob("*.xml"))
    if not files:
        raise ReaderError(given.name, "", "no .xml file is in this folder", EXPECTED)
    notices: list[Notice] = []
    others: list[LeftOutAward] = []
    for file in files:
        root = parse_xml(file, EXPECTED, limits)
        if other := _other(root):
            others.append(LeftOutAward(key=file.stem, where=file.name, reason=other))
        if root.tag in _ROOTS and not (other and root.tag == forms.ROOT):  # a change may replace, and state no result
            notices.append(_notice(root, file, fallback))
    return collect((*others, *map(_made, standing(notices))), given)


def _other(root: Element) -> str:
    """Return the kind of a document that is not an award notice; empty for an award notice."""
    if root.tag == forms.ROOT:
        return forms.without_award(root)
    if root.tag == eforms.ROOT:
        return eforms.without_result(root)
    return f"a document with the root element {root.tag[:60]!r}"


def _notice(root: Element, file: Path, fallback: Country | None) -> Notice:
    read = forms.form_notice if root.tag == forms.ROOT else eforms.eform_notice
    return read(root, file.name, fallback)


def _made(item: Award | LeftOutAward) -> Contract | LeftOutAward:
    return item if isinstance(item, LeftOutAward) else made(item)


FORMAT: Final = FileFormat[Iterable[Contract | LeftOutAward]](
    name="award notices",
    publisher="TED",
    read=read_notices,
    recognises=_recognises,
    covers=award_coverage,
    seed=(
        "notice.xml",
        '<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" DOC_ID="123-2021">'
        '<CODED_DATA_SECTION><NOTICE_DATA><ISO_COUNTRY VALUE="UK"/></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION>'
        '<F03_2014 CATEGORY="ORIGINAL"><AWARD_CONTRACT><AWARDED_CONTRACT><CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR>'
        '<OFFICIALNAME>A</OFFICIALNAME><COUNTRY VALUE="SE"/></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS><VALUES>'
        '<VAL_TOTAL CURRENCY="EUR">5000000</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT></F03_2014>'
        "</FORM_SECTION></TED_EXPORT>",
    ),
)
