"""Other people's files, read into the model: whole, or not at all with one clear error."""

from natoburden.readers import ecb, eurostat, imf, kiel, nato, ocds, sipri, ted, worldbank
from natoburden.readers.awards import AwardFile, LeftOutAward
from natoburden.readers.front import FORMATS, FileFormat, Inspection, UnreadForm, inspect, read, recognise

__all__ = [
    "FORMATS",
    "AwardFile",
    "FileFormat",
    "Inspection",
    "LeftOutAward",
    "UnreadForm",
    "ecb",
    "eurostat",
    "imf",
    "inspect",
    "kiel",
    "nato",
    "ocds",
    "read",
    "recognise",
    "sipri",
    "ted",
    "worldbank",
]
