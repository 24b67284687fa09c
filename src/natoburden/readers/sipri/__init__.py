"""SIPRI's files: the trade register, tables of trend-indicator values, and the Military Expenditure workbook."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.readers.sipri.milex import LeftOutRow as LeftOutRow
    from natoburden.readers.sipri.milex import MilexWorkbook as MilexWorkbook
    from natoburden.readers.sipri.milex import read_military_expenditure as read_military_expenditure
    from natoburden.readers.sipri.register import read_register as read_register
    from natoburden.readers.sipri.tiv import read_tiv_table as read_tiv_table
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "milex": "LeftOutRow MilexWorkbook read_military_expenditure",
            "register": "read_register",
            "tiv": "read_tiv_table",
        },
    )
