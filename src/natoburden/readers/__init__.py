"""Other people's files, read into the model: whole, or not at all with one clear error."""

from natoburden.readers.eurostat import EurostatCell, EurostatTable, read_eurostat
from natoburden.readers.sipri_milex import LeftOutRow, MilexWorkbook, read_sipri_military_expenditure
from natoburden.readers.sipri_register import read_sipri_register
from natoburden.readers.sipri_tiv import read_sipri_tiv_table

__all__ = [
    "EurostatCell",
    "EurostatTable",
    "LeftOutRow",
    "MilexWorkbook",
    "read_eurostat",
    "read_sipri_military_expenditure",
    "read_sipri_register",
    "read_sipri_tiv_table",
]
