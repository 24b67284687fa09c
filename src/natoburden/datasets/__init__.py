"""Packaged data: data files with their editions, licences and hashes, and functions that load them."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.datasets.american import us_arms_notifications as us_arms_notifications
    from natoburden.datasets.american_energy import energy_prices as energy_prices
    from natoburden.datasets.american_energy import us_energy_exports as us_energy_exports
    from natoburden.datasets.borders import exposed_borders as exposed_borders
    from natoburden.datasets.commitment_records import commitments as commitments
    from natoburden.datasets.commitment_records import load_commitments as load_commitments
    from natoburden.datasets.contracts import announced_contracts as announced_contracts
    from natoburden.datasets.contracts import load_contracts as load_contracts
    from natoburden.datasets.energy import conversion_set as conversion_set
    from natoburden.datasets.energy import conversion_sets as conversion_sets
    from natoburden.datasets.energy import energy_deals as energy_deals
    from natoburden.datasets.energy import energy_dependency as energy_dependency
    from natoburden.datasets.energy import energy_pledge as energy_pledge
    from natoburden.datasets.energy import gas_imports as gas_imports
    from natoburden.datasets.energy import load_energy_deals as load_energy_deals
    from natoburden.datasets.exchange import exchange_rates as exchange_rates
    from natoburden.datasets.exchange import yearly_exchange_rates as yearly_exchange_rates
    from natoburden.datasets.expenditure import defence_expenditure as defence_expenditure
    from natoburden.datasets.expenditure import defence_expenditure_editions as defence_expenditure_editions
    from natoburden.datasets.geography import capitals as capitals
    from natoburden.datasets.geography import land_borders as land_borders
    from natoburden.datasets.macroeconomic import macro as macro
    from natoburden.datasets.offsets import load_offset_agreements as load_offset_agreements
    from natoburden.datasets.offsets import offset_agreements as offset_agreements
    from natoburden.datasets.offsets import offset_rules as offset_rules
    from natoburden.datasets.offsets import offset_statistics as offset_statistics
    from natoburden.datasets.own_figures import load_yearly_figures as load_yearly_figures
    from natoburden.datasets.packages import load_package as load_package
    from natoburden.datasets.packages import load_scenario as load_scenario
    from natoburden.datasets.procurement_rules import content_rule as content_rule
    from natoburden.datasets.procurement_rules import content_rules as content_rules
    from natoburden.datasets.procurement_rules import procurement_aims as procurement_aims
    from natoburden.datasets.proxies import benefit_proxies as benefit_proxies
    from natoburden.datasets.published import american_share_estimates as american_share_estimates
    from natoburden.datasets.published import escape_clauses as escape_clauses
    from natoburden.datasets.published import events as events
    from natoburden.datasets.published import safe_loans as safe_loans
    from natoburden.datasets.targets import spending_targets as spending_targets
    from natoburden.datasets.targets import target as target
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "american": "us_arms_notifications",
            "american_energy": "energy_prices us_energy_exports",
            "borders": "exposed_borders",
            "commitment_records": "commitments load_commitments",
            "contracts": "announced_contracts load_contracts",
            "energy": (
                "conversion_set conversion_sets energy_deals energy_dependency energy_pledge gas_imports "
                "load_energy_deals"
            ),
            "exchange": "exchange_rates yearly_exchange_rates",
            "expenditure": "defence_expenditure defence_expenditure_editions",
            "geography": "capitals land_borders",
            "macroeconomic": "macro",
            "offsets": "load_offset_agreements offset_agreements offset_rules offset_statistics",
            "own_figures": "load_yearly_figures",
            "packages": "load_package load_scenario",
            "procurement_rules": "content_rule content_rules procurement_aims",
            "proxies": "benefit_proxies",
            "published": "american_share_estimates escape_clauses events safe_loans",
            "targets": "spending_targets target",
        },
    )
