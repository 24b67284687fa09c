"""Readers of SIPRI's trade register, tables of trend-indicator values, and Military Expenditure workbook."""

from typing import Final

from natoburden.readers.sipri import milex, register, tiv
from natoburden.readers.sipri.milex import LeftOutRow, MilexWorkbook, read_military_expenditure
from natoburden.readers.sipri.register import read_register
from natoburden.readers.sipri.tiv import read_tiv_table

__all__ = ["FORMATS", "LeftOutRow", "MilexWorkbook", "read_military_expenditure", "read_register", "read_tiv_table"]


def __dir__() -> list[str]:
    return list(__all__)


FORMATS: Final = (milex.FORMAT, register.FORMAT, tiv.FORMAT)
