"""The reader of your own spreadsheets: contracts from a CSV file, a workbook or a frame, with columns of any name."""

from natoburden.readers.sheets.front import FORMAT, read_contract_sheet

__all__ = ["FORMAT", "read_contract_sheet"]


def __dir__() -> list[str]:
    return list(__all__)
