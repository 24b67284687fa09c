"""What a package would offset of a demand, on one page: the working for one ally, a line each for many."""

from __future__ import annotations

import json
from typing import IO, Any

import attrs

from natoburden.calculators.credit import NO_RULE, CreditScenario
from natoburden.calculators.results import ResultTable
from natoburden.presentation.formatting import format_number
from natoburden.presentation.tables import Column, Format, TextTable, as_csv, write_in

__all__ = ["CreditPage"]


@attrs.frozen(kw_only=True)
class CreditPage:
    """Scenarios of one package under one policy, for one ally or for several and their group."""

    scenarios: ResultTable[CreditScenario]

    def to_text(self) -> str:
        """Write the working of each scenario."""
        return self.scenarios.explain() + "\n"

    def to_table(self, locale: str = "en") -> TextTable:
        """Lay the scenarios out for reading, one line each."""
        first = self.scenarios[0]
        currency = first.gap.currency

        def billions(row: CreditScenario) -> tuple[str, ...]:
            amounts = (row.gap, row.countable, row.credit, row.residual)
            return tuple(format_number(amount.in_billions, 2, locale=locale) for amount in amounts)

        lines = [
            (
                row.entity.name,
                *billions(row),
                format_number(row.effort.as_percent, 2, locale=locale),
                "" if row.break_even is None else format_number(row.break_even, 2, locale=locale),
            )
            for row in self.scenarios
        ]
        headings = (
            ("gap", ""),
            ("may", "count"),
            ("credit", ""),
            ("residual", "gap"),
            ("effort", "% GDP"),
            ("break-", "even"),
        )
        return TextTable(
            title=f"Scenario: {first.package}, against the {first.demand}, {first.year}",
            lead=(NO_RULE, f"Assumed: {first.policy}"),
            columns=(Column("Ally", is_figure=False), *(Column(*words) for words in headings)),
            rows=tuple(lines[:-1]) if len(lines) > 1 else tuple(lines),
            totals=tuple(lines[-1:]) if len(lines) > 1 else (),
            notes=(
                f"Amounts in billions of {currency}, {first.gap.basis}; purchases of {first.purchases_year}. "
                "A group's gap is gross.",
                "break-even: the one weight on all that may count that closes the gap; above one, no weight does.",
                *(f"Left out for {row.entity.name}, {item.purchase.key}: {item.reason}"
                  for row in self.scenarios[-1:] for item in row.left_out),
                *(f"Source: {source}" for source in self.scenarios[len(self.scenarios) - 1].sources),
            ),
        )  # fmt: skip

    def to_csv(self) -> str:
        """Write one line per scenario, with the weights and the cap."""
        columns = self.scenarios.to_columns()
        return as_csv(tuple(columns), zip(*columns.values(), strict=True))

    def to_json(self) -> str:
        """Write the scenarios as plain data, each with the note that no rule exists."""
        data: list[Any] = self.scenarios.to_dicts()
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def write(self, file: IO[str], form: Format = "table", *, locale: str = "en") -> None:
        """Write the page to an open text file; one scenario as a table is written with its working."""
        if form == "table" and len(self.scenarios) == 1:
            file.write(self.to_text())
        else:
            write_in(form, file, table=lambda: self.to_table(locale), csv=self.to_csv, json=self.to_json, locale=locale)
