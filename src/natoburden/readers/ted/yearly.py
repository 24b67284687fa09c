"""TED's yearly tables of award notices, such as ``export_CAN_2022.csv``, with one line for each award."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.procurement import Contract, ContractValue, ValueKind
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._instants import month_of
from natoburden.readers._limits import Limits
from natoburden.readers._stream import Progress, stream_records
from natoburden.readers.awards import (
    Award,
    AwardFile,
    LeftOutAward,
    Winner,
    award_coverage,
    collect,
    made,
    place,
    value_of,
)
from natoburden.readers.ted.source import notice_source

__all__ = ["FORMAT", "read_table", "stream_table"]

EXPECTED: Final = "TED's table of award notices, such as export_CAN_2022.csv"
_COLUMNS: Final = frozenset({"ID_NOTICE_CAN", "ISO_COUNTRY_CODE", "WIN_NAME", "WIN_COUNTRY_CODE", "AWARD_VALUE_EURO"})

_GROUP = "---"  # the sign between the members of a group of winners, and between their countries
_YES = frozenset({"1", "Y", "YES", "TRUE"})
_PUBLISHED = re.compile(r"NOTICE:(\d{1,8}-\d{4})")
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2}|[A-Z]{3})[-/](\d{4}|\d{2})", re.IGNORECASE)


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a file has the columns of a yearly table."""
    return {column.casefold() for column in _COLUMNS} <= glimpse.cells()


def read_table(path: Path | str, *, buyer: CountryLike | None = None, limits: Limits | None = None) -> AwardFile:
    r"""Read a year's awards as contracts, in euros at current prices.

    The value of a contract is the value of the award, ``AWARD_VALUE_EURO``. If the value of the award is missing, the
    value corrected by the publisher is used. If both the value of the award and the corrected value are missing, the
    estimated value is used and marked. The value of the notice is never used, since all lines of the notice repeat this
    value. The winners in a group are separated by ``---``; the value is not split among their countries. For a whole
    year, `stream_table` needs less memory. The tables end with 2023, since they do not contain eForms.

    Raises `ReaderError` for a fault; the message gives the line and the column.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "export_CAN_2022.csv"
    >>> header = "ID_NOTICE_CAN,ISO_COUNTRY_CODE,CPV,ID_AWARD,WIN_NAME,WIN_COUNTRY_CODE,AWARD_VALUE_EURO,TITLE,DT_AWARD"
    >>> _ = file.write_text(header + "\n20221,NL,35520000,7,A AB---B BV,SE---NL,5000000,Hulls,14/04/22\n")
    >>> for contract in read_table(file).contracts:
    ...     print(contract, *contract.origins, sep=" | ")
    20221/7: Netherlands from A AB, B BV, Hulls (EUR 5.00 m (current prices), contract, 2022-04-14) | unknown among Sweden, Netherlands 100.00 % (registered address)
    """  # noqa: E501 # a contract is one line
    file = Path(path)
    return collect(stream_table(file, buyer=buyer, limits=limits), file)


def stream_table(
    path: Path | str,
    *,
    buyer: CountryLike | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Iterator[Contract | LeftOutAward]:
    """Yield each award as a contract or as a left-out award with the reason; only one line is in memory at a time.

    `progress` is called with the number of bytes read and the number of bytes in the file. Raises `ReaderError` at the
    first faulty line; by then, the awards of earlier lines have been yielded.
    """
    file = Path(path)
    fallback = None if buyer is None else Country.find(buyer)
    columns: Sequence[str] = ()
    for where, cells in stream_records(file, EXPECTED, progress, limits):
        if not columns:
            columns = [cell.strip().upper() for cell in cells]
            if missing := _COLUMNS - set(columns):
                raise ReaderError(file.name, where, f"no column {', '.join(sorted(missing))}", EXPECTED)
            continue
        if len(cells) != len(columns):
            expected = f"{len(columns)}, as in the header; is it cut short?"
            raise ReaderError(file.name, where, f"{len(cells)} cells", expected)
        yield made(_award(dict(zip(columns, map(str.strip, cells), strict=True)), file.name, where, fallback))


def _award(row: Mapping[str, str], file: str, where: str, fallback: Country | None) -> Award:
    notice = row["ID_NOTICE_CAN"]
    buyers = [place(code) for code in row["ISO_COUNTRY_CODE"].split(_GROUP)]
    known = tuple(dict.fromkeys(country for country in buyers if country is not None))
    return Award(
        key=f"{notice}/{row.get('ID_AWARD') or where.removeprefix('line ')}",
        where=f"{file}, {where}",
        buyers=known or (() if fallback is None else (fallback,)),
        buyer_said=row["ISO_COUNTRY_CODE"],
        winners=_winners(row),
        title=row.get("TITLE", ""),
        cpv=tuple(
            dict.fromkeys(
                code for code in (row.get("CPV", ""), *row.get("ADDITIONAL_CPVS", "").split(_GROUP)) if code.strip()
            )
        ),
        value=_value(row),
        date=_day(row.get("DT_AWARD", ""), _year_of(row)),
        source=notice_source(_published(row), file),
        refusal=_refusal(row),
    )


def _refusal(row: Mapping[str, str]) -> str:
    if row.get("CANCELLED", "").upper() in _YES:
        return "the notice was cancelled"
    if said := row.get("INFO_ON_NON_AWARD", ""):
        return f"the lot was not awarded ({said[:60].lower().replace('_', ' ')})"
    return ""


def _winners(row: Mapping[str, str]) -> tuple[Winner, ...]:
    """Return the winners with their countries; if there are not as many countries as names, no winner has a country."""
    names = [name.strip() for name in row["WIN_NAME"].split(_GROUP)]
    countries = [place(code) for code in row["WIN_COUNTRY_CODE"].split(_GROUP)]
    if not any(names) and not any(countries):
        return ()
    if len(countries) == 1:
        countries *= len(names)
    if len(names) != len(countries):
        countries = [None] * len(names)
    return tuple(
        Winner(name=name or "not named", country=country) for name, country in zip(names, countries, strict=True)
    )


def _value(row: Mapping[str, str]) -> ContractValue:
    is_framework = row.get("B_FRA_AGREEMENT", "").upper() in _YES
    kind, wording = (ValueKind.CEILING, "framework") if is_framework else (ValueKind.CONTRACT, "")
    for column, of_kind in (
        ("AWARD_VALUE_EURO", kind),
        ("AWARD_VALUE_EURO_FIN_1", kind),
        ("AWARD_EST_VALUE_EURO", ValueKind.ESTIMATE),
    ):
        if row.get(column):
            return value_of(of_kind, "EUR", row[column], wording=wording)
    return ContractValue(kind=kind, wording=wording)


def _published(row: Mapping[str, str]) -> str:
    found = _PUBLISHED.search(row.get("TED_NOTICE_URL", ""))
    return found[1] if found else row["ID_NOTICE_CAN"]


_LAST_TABLE = 2023
_LONGEST = 30  # a longer time in years between an award and its notice is taken for a slip


def _year_of(row: Mapping[str, str]) -> int:
    """Return the year of the notice from its column or from the notice's number; without both, return 2023."""
    for text in (row.get("YEAR", ""), row["ID_NOTICE_CAN"][:4]):
        if re.fullmatch("(?:19|20)[0-9]{2}", text):
            return int(text)
    return _LAST_TABLE


def _day(text: str, published: int) -> str:
    """Return a day such as ``14-APR-22`` or ``14/04/22`` in ISO form; any other text is returned unchanged.

    A year of two digits is read as a year of this century if it is at most one year after the notice, or otherwise as a
    year of the century before. A year more than one year after the notice, or long before the notice, is taken for a
    typing error, and the result is empty.
    """
    found = _DAY.fullmatch(text)
    if not found:
        return text
    day, month, year = found.groups()
    number = int(month) if month.isdigit() else month_of(month)
    when = int(year)
    if len(year) == 2:
        when += 2000 if 2000 + when <= published + 1 else 1900
    if not published - _LONGEST <= when <= published + 1:
        return ""
    try:
        return dt.date(when, number, int(day)).isoformat()
    except ValueError:
        return ""


FORMAT: Final = FileFormat[Iterable[Contract | LeftOutAward]](
    name="yearly table of award notices",
    publisher="TED",
    read=read_table,
    recognises=_recognises,
    covers=award_coverage,
    stream=stream_table,
    seed=(
        "export_CAN_2022.csv",
        "ID_NOTICE_CAN,ISO_COUNTRY_CODE,CPV,ID_AWARD,WIN_NAME,WIN_COUNTRY_CODE,AWARD_VALUE_EURO,TITLE,DT_AWARD\n"
        "20221,NL,35520000,7,A AB---B BV,SE---NL,5000000,Hulls,14/04/22\n",
    ),
)
