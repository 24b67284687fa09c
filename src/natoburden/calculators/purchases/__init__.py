"""What allies buy from the United States: arms notified to Congress, energy, and changes after a day."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.purchases.areas import AreaBesideContracts as AreaBesideContracts
    from natoburden.calculators.purchases.areas import AreasBesideContracts as AreasBesideContracts
    from natoburden.calculators.purchases.areas import areas_beside_contracts as areas_beside_contracts
    from natoburden.calculators.purchases.changes import before_and_after as before_and_after
    from natoburden.calculators.purchases.efforts import Effort as Effort
    from natoburden.calculators.purchases.efforts import effort as effort
    from natoburden.calculators.purchases.month_changes import MonthPair as MonthPair
    from natoburden.calculators.purchases.month_changes import MonthsCompared as MonthsCompared
    from natoburden.calculators.purchases.notice_changes import NoticesCompared as NoticesCompared
    from natoburden.calculators.purchases.notice_changes import OtherDay as OtherDay
    from natoburden.calculators.purchases.notices import Notified as Notified
    from natoburden.calculators.purchases.notices import NotifiedTable as NotifiedTable
    from natoburden.calculators.purchases.notices import notified as notified
    from natoburden.calculators.purchases.pledged import PledgeBesideRecord as PledgeBesideRecord
    from natoburden.calculators.purchases.pledged import pledge_beside_record as pledge_beside_record
    from natoburden.calculators.purchases.shipments import Shipments as Shipments
    from natoburden.calculators.purchases.shipments import energy as energy
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "areas": "AreaBesideContracts AreasBesideContracts areas_beside_contracts",
            "changes": "before_and_after",
            "month_changes": "MonthPair MonthsCompared",
            "notice_changes": "NoticesCompared OtherDay",
            "efforts": "Effort effort",
            "notices": "Notified NotifiedTable notified",
            "pledged": "PledgeBesideRecord pledge_beside_record",
            "shipments": "Shipments energy",
        },
    )
