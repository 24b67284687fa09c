"""What a package would offset of a demand, on one page: the working for one ally, a line each for many."""

from __future__ import annotations

import io
import json
from typing import IO, Any

import attrs

from natoburden.calculators.credit import NO_RULE, CreditScenario
from natoburden.calculators.results import ResultTable
from natoburden.model.countries import Country
from natoburden.model.credit import CreditPolicy, Purchase
from natoburden.model.shares import Share
from natoburden.presentation._harmless import visible
from natoburden.presentation.formatting import (
    basis_text,
    by_name,
    country_name,
    format_number,
    format_share,
    target_text,
)
from natoburden.presentation.messages import translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv

__all__ = ["CreditPage", "policy_text"]


@attrs.frozen(kw_only=True, repr=False)
class CreditPage(Page):
    """Scenarios of one package under one policy, for one ally or for several and their group."""

    scenarios: ResultTable[CreditScenario]

    def in_full(self, *, locale: str = "en") -> str:
        """Return the working of each scenario, which is in English; in another language, the table before it."""
        working = "\n".join(map(visible, self.scenarios.explain().split("\n"))) + "\n"
        _ = translation(locale)
        if translation(locale) is str:
            return working
        table = io.StringIO()
        self.to_table(locale=locale).write_text(table)
        return "\n".join((table.getvalue(), _("The working, in English:"), "", working))

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the scenarios out for reading, one line each."""
        _ = translation(locale)
        first, last = self.scenarios[0], self.scenarios[len(self.scenarios) - 1]

        def billions(row: CreditScenario) -> tuple[str, ...]:
            amounts = (row.gap, row.countable, row.credit, row.residual)
            return tuple(format_number(amount.in_billions, 2, locale=locale) for amount in amounts)

        lines = [
            (
                country_name(row.entity, locale=locale),
                *billions(row),
                format_number(row.effort.as_percent, 2, locale=locale),
                "" if row.break_even is None else format_number(row.break_even, 2, locale=locale),
            )
            for row in self._ordered(locale)
        ]
        headings = (
            (_("gap"), ""),
            _("may count").split(" ", 1),
            (_("credit"), ""),
            _("residual gap").split(" ", 1),
            (_("effort"), _("% GDP")),
            (_("break-"), _("even")),
        )
        title = _("Scenario: {package}, against the {demand}, {year}")
        amounts = _("Amounts in billions of {currency}, {prices}; purchases of {year}. A group's gap is gross.")
        return TextTable(
            title=title.format(package=first.package, demand=target_text(first.demand, locale=locale), year=first.year),
            lead=(_(NO_RULE), _("Assumed: {policy}").format(policy=policy_text(first.policy, locale=locale))),
            columns=(Column(_("Ally"), is_figure=False), *(Column(*words) for words in headings)),
            rows=tuple(lines[:-1]) if len(lines) > 1 else tuple(lines),
            totals=tuple(lines[-1:]) if len(lines) > 1 else (),
            notes=(
                amounts.format(
                    currency=first.gap.currency,
                    prices=basis_text(first.gap.basis, locale=locale),
                    year=first.purchases_year,
                ),
                _("break-even: the one weight on all that may count that closes the gap; above one, no weight does."),
                *(
                    _("Left out for {ally}, {key}: {reason}").format(
                        ally=country_name(last.entity, locale=locale),
                        key=item.purchase.key,
                        reason=_reason(last, item.purchase, locale),
                    )
                    for item in last.left_out
                ),
                *(
                    (_("In one year, since the last is not known: {keys}").format(keys=", ".join(last.in_one_year)),)
                    if last.in_one_year
                    else ()
                ),
                *(" ".join((_("Source:"), str(source))) for source in last.sources),
            ),
        )

    def _ordered(self, locale: str) -> list[CreditScenario]:
        """Give the scenarios by their names in a locale; the group, which comes last, stays there."""
        *members, last = self.scenarios
        return [*sorted(members, key=lambda row: by_name(row.entity, locale=locale)), last]

    def to_csv(self) -> str:
        """Write one line per scenario, with the weights and the cap."""
        columns = self.scenarios.to_columns()
        return as_csv(tuple(columns), zip(*columns.values(), strict=True))

    def to_json(self) -> str:
        """Write the scenarios as plain data, each with the note that no rule exists."""
        data: list[Any] = self.scenarios.to_dicts()
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def _write_on_terminal(self, file: IO[str], locale: str) -> None:
        """Write the page as a table; a scenario that stands alone with its working."""
        if len(self.scenarios) == 1:
            file.write(self.in_full(locale=locale))
        else:
            super()._write_on_terminal(file, locale)


def policy_text(policy: CreditPolicy, *, locale: str = "en") -> str:
    r"""Write what a policy counts for how much.

    >>> policy_text(CreditPolicy(energy=Share.percent(25)), locale="fr").replace("\xa0", " ")
    'énergie 25,00 %, tout le reste 0 % ; sans plafond ; double compte : exclu ; réparti également'
    """
    _ = translation(locale)
    if translation(locale) is str:
        return str(policy)
    weights = [
        " ".join((_(name.replace("_", " ")), format_share(share, 2, locale=locale)))
        for name, share in policy.weights.items()
        if share.as_fraction
    ]
    nothing = format_share(Share.percent(0), 0, locale=locale)
    others = (_("all else {nothing}") if weights else _("all weights {nothing}")).format(nothing=nothing)
    cap = _("cap {cap} of GDP").format(cap=format_share(policy.cap, 2, locale=locale)) if policy.cap else _("no cap")
    over = _("spread over {years} years").format(years=policy.counted_over)
    parts = [
        ", ".join([*weights, others]),
        cap,
        _("double counting: {way}").format(way=_(policy.double_counting.value)),
        over if policy.counted_over else _("spread {way}").format(way=_(policy.spreading.value)),
    ]
    if policy.first_year or policy.last_year:
        first, last = policy.first_year or _("the first"), policy.last_year or _("the last")
        parts.append(_("counted from {first} to {last} year").format(first=first, last=last))
    return _("; ").join(parts)


def _reason(row: CreditScenario, purchase: Purchase, locale: str) -> str:
    """Say why a purchase is not counted, as `LeftOutPurchase` does in English."""
    _ = translation(locale)
    buyer, whole = (country_name(entity, locale=locale) for entity in (purchase.buyer, row.entity))
    if isinstance(row.entity, Country):
        return _("bought by {buyer}, in no stated part for {ally}").format(buyer=buyer, ally=whole)
    return _("{buyer} is no member of {group} in {year}").format(buyer=buyer, group=whole, year=row.purchases_year)
