"""Fiscal space: what a path of defence expenditure does to an ally's debt, compared with the IMF's outlook."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.fiscal.assumptions import Financing as Financing
    from natoburden.calculators.fiscal.assumptions import LaterYears as LaterYears
    from natoburden.calculators.fiscal.baselines import DebtOutlook as DebtOutlook
    from natoburden.calculators.fiscal.baselines import OutlookYear as OutlookYear
    from natoburden.calculators.fiscal.baselines import YearOrigin as YearOrigin
    from natoburden.calculators.fiscal.baselines import debt_outlook as debt_outlook
    from natoburden.calculators.fiscal.compared import FiscalSpace as FiscalSpace
    from natoburden.calculators.fiscal.compared import FiscalYear as FiscalYear
    from natoburden.calculators.fiscal.escape_clause import ClauseYear as ClauseYear
    from natoburden.calculators.fiscal.escape_clause import EscapeClauseRoom as EscapeClauseRoom
    from natoburden.calculators.fiscal.escape_clause import escape_clause_room as escape_clause_room
    from natoburden.calculators.fiscal.union_loans import LoanCover as LoanCover
    from natoburden.calculators.fiscal.union_loans import LoanYear as LoanYear
    from natoburden.calculators.fiscal.union_loans import safe_cover as safe_cover
    from natoburden.calculators.fiscal.with_path import space as space
    from natoburden.calculators.fiscal.with_path import spaces as spaces
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "assumptions": "Financing LaterYears",
            "baselines": "DebtOutlook OutlookYear YearOrigin debt_outlook",
            "compared": "FiscalSpace FiscalYear",
            "with_path": "space spaces",
            "escape_clause": "ClauseYear EscapeClauseRoom escape_clause_room",
            "union_loans": "LoanCover LoanYear safe_cover",
        },
    )
