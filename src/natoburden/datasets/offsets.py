"""Packaged agreements, rules and published totals on industry offsets, and agreements of your own."""

from __future__ import annotations

from pathlib import Path

import attrs

from natoburden._once import once
from natoburden.datasets._documents import Document
from natoburden.datasets._files import document
from natoburden.model.keyed import Keyed
from natoburden.model.offsets import OffsetAgreement, OffsetRule, OffsetStatistic
from natoburden.serialization import read_document

__all__ = ["load_offset_agreements", "offset_agreements", "offset_rules", "offset_statistics"]

_FILE = "offsets.toml"


@attrs.frozen(kw_only=True)
class _Agreements(Document):
    """A document of offset agreements, as a user writes it."""

    agreements: Keyed[OffsetAgreement]


@once
def offset_agreements() -> Keyed[OffsetAgreement]:
    """Return the two packaged offset agreements from the first phase of Poland's Wisła programme.

    >>> for agreement in offset_agreements():
    ...     print(agreement)
    wisla-1-raytheon: Raytheon to Poland, PLN 224.12 m (current prices) by 2028
    wisla-1-lockheed-martin: Lockheed Martin to Poland, PLN 724.76 m (current prices) by 2028
    """
    return Keyed(document(_FILE, tuple[OffsetAgreement, ...], "agreements"))


@once
def offset_rules() -> Keyed[OffsetRule]:
    """Return the packaged rules on offsets, by country.

    >>> print(offset_rules()["UAE"])
    United Arab Emirates: 60.00 % of contracts of USD 10.00 m (current prices) or more
    """
    return Keyed(document(_FILE, tuple[OffsetRule, ...], "rules"))


@once
def offset_statistics() -> Keyed[OffsetStatistic]:
    """Return the totals of offsets that the US Bureau of Industry and Security has published.

    >>> for statistic in offset_statistics():
    ...     print(f"{statistic.key}: {statistic.ratio.as_percent:.2f} % of {statistic.contracts}")
    bis-2011: 50.93 % of USD 10.76 bn (current prices)
    bis-1993-2022: 56.46 % of USD 251.70 bn (current prices)
    bis-2022: 32.83 % of USD 17.91 bn (current prices)
    >>> print(f"{offset_statistics()['bis-1993-2022'].multiplier:.3f}")
    1.172
    """
    return Keyed(document(_FILE, tuple[OffsetStatistic, ...], "statistics"))


def load_offset_agreements(path: Path | str) -> Keyed[OffsetAgreement]:
    """Read your own offset agreements from a TOML or JSON document; all faults are reported at once.

    Raises `DocumentError` for a document with faults, and `OSError` for a file that cannot be opened.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "offsets.toml"
    >>> _ = file.write_text('''
    ... [[agreements]]
    ... key = "invented"
    ... buyer = "Belgium"
    ... supplier = "A maker"
    ... contract = { amount = "400000000", currency = "USD" }
    ... share = "120 %"
    ... signed = 2020
    ... years = 8
    ... source = { title = "An example", publisher = "natoburden" }
    ... ''')
    >>> print(load_offset_agreements(file)["invented"])
    invented: A maker to Belgium, USD 480.00 m (current prices) by 2028
    """
    return read_document(Path(path), _Agreements).agreements
