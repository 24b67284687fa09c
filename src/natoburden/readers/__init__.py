"""Other people's files, read into the model: whole, or not at all with one clear error."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.readers import ecb as ecb
    from natoburden.readers import eurostat as eurostat
    from natoburden.readers import imf as imf
    from natoburden.readers import kiel as kiel
    from natoburden.readers import nato as nato
    from natoburden.readers import ocds as ocds
    from natoburden.readers import sipri as sipri
    from natoburden.readers import ted as ted
    from natoburden.readers import worldbank as worldbank
    from natoburden.readers.awards import AwardFile as AwardFile
    from natoburden.readers.awards import LeftOutAward as LeftOutAward
    from natoburden.readers.front import FORMATS as FORMATS
    from natoburden.readers.front import FileFormat as FileFormat
    from natoburden.readers.front import Inspection as Inspection
    from natoburden.readers.front import UnreadForm as UnreadForm
    from natoburden.readers.front import inspect as inspect
    from natoburden.readers.front import read as read
    from natoburden.readers.front import recognise as recognise
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "ecb": ".",
            "eurostat": ".",
            "imf": ".",
            "kiel": ".",
            "nato": ".",
            "ocds": ".",
            "sipri": ".",
            "ted": ".",
            "worldbank": ".",
            "awards": "AwardFile LeftOutAward",
            "front": "FORMATS FileFormat Inspection UnreadForm inspect read recognise",
        },
    )
