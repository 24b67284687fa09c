"""A packaged sample of announced contracts of European Allies with sources, and contracts of your own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from natoburden._once import once
from natoburden.datasets._documents import Document
from natoburden.datasets._files import editions
from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import CountryLike
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import Contract, Contracts, ValueKind
from natoburden.model.sources import Source
from natoburden.serialization import read_document

if TYPE_CHECKING:
    from natoburden.readers.sheets._days import DateOrder
    from natoburden.readers.sheets._numbers import Decimals

__all__ = ["announced_contracts", "load_contracts"]


@attrs.frozen(kw_only=True)
class _Document(Document):
    """A document of contracts, as a user writes it."""

    contracts: tuple[Contract, ...]


def announced_contracts() -> Contracts:
    """Return 86 announced arms contracts of European Allies, 2016 to 2026: a sample, not a register.

    Allies also signed contracts that are not in the sample, and a share computed from the sample describes only the
    sample. Each contract states its kind of value (`ValueKind`) and its sources. Ranges stay ranges, and undisclosed
    values stay undisclosed.

    >>> contracts = announced_contracts()
    >>> print(contracts["C09"])
    C09: Poland from Boeing, AH-64E Apache (USD 10.00 bn (current prices), contract, 2024-08-13)
    >>> print(contracts["C21"].value, "|", contracts["N27"].value)
    EUR 1.00 bn (current prices) to EUR 2.50 bn (current prices), budget | undisclosed, contract
    """
    return _packaged()


def load_contracts(
    data: Path | str | Any,
    columns: Mapping[str, str | None] | None = None,
    *,
    into: Contracts | None = None,
    sheet: str | None = None,
    header: int | None = None,
    buyer: CountryLike | None = None,
    currency: str | None = None,
    unit: str | None = None,
    kind: ValueKind | str = ValueKind.CONTRACT,
    basis: OriginBasis | str = OriginBasis.PRIME_NATIONALITY,
    dates: DateOrder | None = None,
    decimal: Decimals | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    source: Source | None = None,
) -> Contracts:
    """Read contracts of your own from a CSV file, a workbook, a frame, or a document in TOML or JSON.

    Contracts from a document are added to the packaged sample. Contracts from a spreadsheet or frame are a separate
    list. To add the contracts to another record, give the other record as `into`.

    For a spreadsheet, `columns` gives the field of each header: ``{"Vendor": "supplier"}``; a column with None is
    ignored. Headers that are not in `columns` are recognised by common words in several languages; an ambiguous header
    raises an error that asks for its field. The record's `reading` describes how the file was read. `sheet` and the row
    number `header` are needed only if the sheet or the row of headers is not clear.

    `buyer` is the country that buys, if no column names a buyer. `currency` and `unit` (``"million"``) apply to amounts
    without a currency or unit of their own. If no column states a kind of value, `kind` is the kind of all amounts.
    `basis` is the `OriginBasis` of a column of origins. `dates` is ``"day first"`` or ``"month first"`` for dates such
    as 02/03/2025. Give the decimal sign as `decimal` if a text such as 1.234 can mean two numbers. `values` maps words
    of the file to valid words, by field: ``{"area": {"Air": "aircraft"}}``. `source` is the source of all rows; by
    default, the file itself is the source. Each contract's source also states the row of the file.

    Raises one `DocumentError` with every fault, and then loads nothing. Raises `ReaderError` for a file that is not a
    table, and `OSError` if the file is missing. Workbooks need the extra ``readers``, and frames need the extra
    ``frames``.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.csv"
    >>> _ = file.write_text('''Buyer;Contractor;Origin;Montant (M€);Signed
    ... Belgium;A maker;France;1 234,5;03.02.2025
    ... Poland;Another;;n/a;2024
    ... ''', encoding="utf-8")
    >>> for contract in load_contracts(file):
    ...     print(contract)
    mine:2: Belgium from A maker, not stated (EUR 1.23 bn (current prices), contract, 2025-02-03)
    mine:3: Poland from Another, not stated (undisclosed, contract, 2024)
    >>> load_contracts(file, columns={"Contractor": "seller"})
    Traceback (most recent call last):
        ...
    natoburden.errors.DocumentError: mine.csv: 1 fault
      columns['Contractor']: unknown field 'seller'; ...
    """
    if isinstance(data, str | Path) and Path(data).suffix.lower() in (".toml", ".json"):
        if columns is not None:
            raise UnexpectedValueError("columns", repr(columns), "a document in TOML or JSON has none")
        document = read_document(Path(data), _Document)
        return (announced_contracts() if into is None else into).extended(document.contracts)
    from natoburden.readers.sheets import read_contract_sheet

    found = read_contract_sheet(
        data,
        columns,
        sheet=sheet,
        header=header,
        buyer=buyer,
        currency=currency,
        unit=unit,
        kind=kind,
        basis=basis,
        dates=dates,
        decimal=decimal,
        values=values,
        source=source,
    )
    return found if into is None else attrs.evolve(into.extended(found), reading=found.reading)


@once
def _packaged() -> Contracts:
    [file] = editions("contracts.toml").values()

    def dated(source: Source) -> Source:
        return attrs.evolve(source, accessed=file.collected) if source.url and not source.accessed else source

    items = (
        attrs.evolve(item, source=dated(item.source), more_sources=tuple(map(dated, item.more_sources)))
        for item in file.document(_Document).contracts
    )
    return Contracts(items=tuple(items), collected=file.collected)
