"""The page on how much of a demand a package would offset, for one ally or for each ally of a group."""

from __future__ import annotations

import io
from collections.abc import Iterator

import attrs

from natoburden.calculators.credit import NO_RULE, CreditScenario
from natoburden.calculators.results import ResultTable
from natoburden.model.countries import Country
from natoburden.model.credit import CreditPolicy, Purchase
from natoburden.model.shares import Share
from natoburden.model.sources import Source
from natoburden.presentation.columns import Column, Columns, Figure, attributes
from natoburden.presentation.formatting import basis_text, by_name, country_name, format_share, target_text
from natoburden.presentation.messages import Translate, translation
from natoburden.presentation.tables import Page

__all__ = ["CreditPage", "policy_text"]


@attrs.frozen(kw_only=True, repr=False)
class CreditPage(Page):
    """Scenarios of one package under one credit policy, for one ally, or for a group and each of its members."""

    scenarios: ResultTable[CreditScenario]

    @property
    def rows(self) -> tuple[CreditScenario, ...]:
        """The scenarios of a group's members, or the scenario of the only ally."""
        return self.scenarios[:-1].rows or self.scenarios.rows

    @property
    def totals(self) -> tuple[CreditScenario, ...]:
        """The scenario of the whole group, which a page on one ally does not have."""
        return self.scenarios.rows[len(self.rows) :]

    @property
    def _last(self) -> CreditScenario:
        return self.scenarios.rows[-1]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind the table, the demand and every purchase."""
        return self._last.sources

    def _title(self, _: Translate) -> str:
        demand = target_text(self._last.demand, locale=_.locale)
        return _("Scenario: {package}, against the {demand}, {year}").format(
            package=self._last.package, demand=demand, year=self._last.year
        )

    def _lead(self, _: Translate) -> tuple[str, ...]:
        return _(NO_RULE), _("Assumed: {policy}").format(policy=policy_text(self._last.policy, locale=_.locale))

    def _columns(self, _: Translate) -> Columns[CreditScenario]:
        million = f"million_{self._last.gap.currency.code.lower()}"
        billions = Figure(scale=3, is_grouped=True)
        may_count, residual = _("may count").split(" ", 1), _("residual gap").split(" ", 1)
        return (
            Column("entity", lambda row: row.entity, (_("Ally"),)),
            *attributes("year", "purchases_year", "package"),
            Column("demand", lambda row: row.demand.key),
            Column(f"expenditure_{million}", lambda row: row.expenditure),
            Column(f"gdp_{million}", lambda row: row.gdp),
            Column(f"gap_{million}", lambda row: row.gap, (_("gap"),), billions),
            Column(f"countable_{million}", lambda row: row.countable, (*may_count,), billions),
            Column(f"weighted_{million}", lambda row: row.weighted),
            Column(f"credit_{million}", lambda row: row.credit, (_("credit"),), billions),
            Column(f"residual_{million}", lambda row: row.residual, (*residual,), billions),
            Column("effort_percent", lambda row: row.effort, (_("effort"), _("% GDP")), Figure()),
            Column(
                "break_even",
                lambda row: row.break_even,
                (_("break-"), _("even")),
                Figure(missing=""),
                full=(_("break-even"), _("weight")),
            ),
            *attributes("rates", "status"),
            *map(_weight, self._last.policy.weights),
            Column("cap_percent", lambda row: row.policy.cap),
            Column("scenario", lambda row: row.to_dict(), in_csv=False),
        )

    def _ordered(self, _: Translate) -> list[CreditScenario]:
        return sorted(self.rows, key=lambda row: by_name(row.entity, locale=_.locale))

    def _notes(self, _: Translate) -> Iterator[str]:
        last, prices = self._last, basis_text(self._last.gap.basis, locale=_.locale)
        yield _("Amounts in billions of {currency}, {prices}; purchases of {year}. A group's gap is gross.").format(
            currency=last.gap.currency, prices=prices, year=last.purchases_year
        )
        yield _("break-even: the single weight on all that may count that would close the gap; above one, none would.")
        ally = country_name(last.entity, locale=_.locale)
        for purchase in (item.purchase for item in last.left_out):
            text = _("Left out for {ally}, {key}: {reason}")
            yield text.format(ally=ally, key=purchase.key, reason=_reason(last, purchase, _))
        if last.in_one_year:
            text = _("Counted in one year, since the last year is not known: {keys}")
            yield text.format(keys=", ".join(last.in_one_year))

    def _as_lines(self, _: Translate) -> list[str] | None:
        if len(self.scenarios) > 1:
            return None
        working = self.scenarios.explain().split("\n")
        if _.is_english:
            return working
        table = io.StringIO()
        self.to_table(locale=_.locale).write_text(table)
        return [*table.getvalue().split("\n"), _("The working, in English:"), "", *working]


def _weight(name: str) -> Column[CreditScenario]:
    return Column(f"weight_{name}_percent", lambda row: row.policy.weights[name])


def policy_text(policy: CreditPolicy, *, locale: str = "en") -> str:
    r"""Return a credit policy in words: the kinds of purchase that count, and the weight of each kind.

    >>> policy_text(CreditPolicy(energy=Share.percent(25)), locale="fr").replace("\xa0", " ")
    'énergie 25,00 %, tout le reste 0 % ; sans plafond ; double compte : exclu ; réparti également'
    """
    _ = translation(locale)
    if _.is_english:
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


def _reason(row: CreditScenario, purchase: Purchase, _: Translate) -> str:
    """Return why a purchase is not counted, in the reader's language; `LeftOutPurchase` gives the same in English."""
    buyer, whole = (country_name(entity, locale=_.locale) for entity in (purchase.buyer, row.entity))
    if isinstance(row.entity, Country):
        return _("bought by {buyer}, in no stated part for {ally}").format(buyer=buyer, ally=whole)
    return _("{buyer} is not a member of {group} in {year}").format(buyer=buyer, group=whole, year=row.purchases_year)
