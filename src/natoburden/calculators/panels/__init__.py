"""Panels of allies and years: spend-ins from other allies, response functions, and convergence of burdens."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.calculators.panels.clubs import ClubConvergence as ClubConvergence
    from natoburden.calculators.panels.clubs import ConvergenceClub as ConvergenceClub
    from natoburden.calculators.panels.clubs import LogT as LogT
    from natoburden.calculators.panels.clubs import club_convergence as club_convergence
    from natoburden.calculators.panels.converging import BetaConvergence as BetaConvergence
    from natoburden.calculators.panels.converging import SigmaConvergence as SigmaConvergence
    from natoburden.calculators.panels.converging import SigmaYear as SigmaYear
    from natoburden.calculators.panels.converging import beta_convergence as beta_convergence
    from natoburden.calculators.panels.converging import sigma_convergence as sigma_convergence
    from natoburden.calculators.panels.observed import MissingCell as MissingCell
    from natoburden.calculators.panels.observed import Panel as Panel
    from natoburden.calculators.panels.observed import PanelLike as PanelLike
    from natoburden.calculators.panels.observed import panel as panel
    from natoburden.calculators.panels.responses import Coefficient as Coefficient
    from natoburden.calculators.panels.responses import ResponseFunction as ResponseFunction
    from natoburden.calculators.panels.responses import response as response
    from natoburden.calculators.panels.spend_ins import SpendIn as SpendIn
    from natoburden.calculators.panels.spend_ins import spend_in as spend_in
    from natoburden.calculators.panels.weights import SpatialWeights as SpatialWeights
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "clubs": "ClubConvergence ConvergenceClub LogT club_convergence",
            "converging": "BetaConvergence SigmaConvergence SigmaYear beta_convergence sigma_convergence",
            "observed": "MissingCell Panel PanelLike panel",
            "responses": "Coefficient ResponseFunction response",
            "spend_ins": "SpendIn spend_in",
            "weights": "SpatialWeights",
        },
    )
