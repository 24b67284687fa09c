"""The types of errors and warnings; each error carries its data as attributes.

The message of an error shows the offending value, what would have been valid and what to do. Each error also inherits
from the builtin error that a caller would expect. Errors can be pickled and copied.
"""

from natoburden.errors._documents import (
    DataIntegrityError,
    DocumentError,
    DocumentFault,
    FrameError,
    MissingExtraError,
    MissingSourceError,
    ReaderError,
)
from natoburden.errors._names import (
    AmbiguousCountryError,
    MissingFiguresError,
    NoCodeError,
    NoObservationError,
    NotAMemberError,
    TargetMismatchError,
    TooFewError,
    UnknownCountryError,
    UnknownNameError,
    UnreachableError,
)
from natoburden.errors._numbers import (
    GasBasisError,
    InexactNumberError,
    InvalidNumberError,
    InvalidYearError,
    MixedCurrenciesError,
    MixedEditionsError,
    MixedPriceBasesError,
    MixedQuantitiesError,
    MixedReportersError,
    NotAContractError,
    ShareOutOfRangeError,
    UnexpectedValueError,
)
from natoburden.errors._root import NatoBurdenError, NatoBurdenWarning
from natoburden.errors._warnings import (
    CollinearVariablesWarning,
    CurrentPricesWarning,
    DoubleCountingWarning,
    FewRecordsWarning,
    MissingFontWarning,
    MixedDefinitionsWarning,
    MixedSetsWarning,
    OppositeSignsWarning,
    UnmatchedNamesWarning,
)

__all__ = [
    "AmbiguousCountryError",
    "CollinearVariablesWarning",
    "CurrentPricesWarning",
    "DataIntegrityError",
    "DocumentError",
    "DocumentFault",
    "DoubleCountingWarning",
    "FewRecordsWarning",
    "FrameError",
    "GasBasisError",
    "InexactNumberError",
    "InvalidNumberError",
    "InvalidYearError",
    "MissingExtraError",
    "MissingFiguresError",
    "MissingFontWarning",
    "MissingSourceError",
    "MixedCurrenciesError",
    "MixedDefinitionsWarning",
    "MixedEditionsError",
    "MixedPriceBasesError",
    "MixedQuantitiesError",
    "MixedReportersError",
    "MixedSetsWarning",
    "NatoBurdenError",
    "NatoBurdenWarning",
    "NoCodeError",
    "NoObservationError",
    "NotAContractError",
    "NotAMemberError",
    "OppositeSignsWarning",
    "ReaderError",
    "ShareOutOfRangeError",
    "TargetMismatchError",
    "TooFewError",
    "UnexpectedValueError",
    "UnknownCountryError",
    "UnknownNameError",
    "UnmatchedNamesWarning",
    "UnreachableError",
]


def __dir__() -> list[str]:
    return list(__all__)
