"""SIPRI's files: the trade register, tables of trend-indicator values, and the Military Expenditure workbook."""

from natoburden.readers.sipri.milex import LeftOutRow, MilexWorkbook, read_military_expenditure
from natoburden.readers.sipri.register import read_register
from natoburden.readers.sipri.tiv import read_tiv_table

__all__ = ["LeftOutRow", "MilexWorkbook", "read_military_expenditure", "read_register", "read_tiv_table"]
