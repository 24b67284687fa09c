"""What results on energy have in common: evidence from flows, deals and balances, with its sources."""

from __future__ import annotations

from typing import Any

import attrs

from natoburden.calculators.results import Cell, Result
from natoburden.model._numbers import rounded
from natoburden.model.balances import BalanceItem
from natoburden.model.deals import EnergyDeal, UnitPrice
from natoburden.model.energy import EnergyFlow
from natoburden.model.quantities import ConversionSet, Energy, GasVolume, LngMass, OilVolume
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status

__all__ = ["EnergyResult", "Evidence", "evidence_of", "factors", "percent"]


@attrs.frozen(kw_only=True)
class Evidence:
    """One thing that a result rests on: what it is, how firm, and where it is told."""

    text: str
    status: Status
    sources: tuple[Source, ...] = attrs.field(repr=False)


def evidence_of(item: EnergyFlow | EnergyDeal | BalanceItem) -> Evidence:
    """Give a published figure as evidence, or a deal: what was contracted is not yet delivered."""
    if isinstance(item, EnergyDeal):
        return Evidence(text=str(item), status=Status.PROJECTION, sources=item.sources)
    return Evidence(text=str(item), status=item.status, sources=(item.source,))


def factors(using: ConversionSet | None) -> tuple[Evidence, ...]:
    """Give a conversion set as evidence."""
    if using is None:
        return ()
    return (Evidence(text=f"conversion: {using}", status=Status.ACTUAL, sources=using.sources),)


@attrs.frozen(kw_only=True)
class EnergyResult(Result):
    """A result on energy; its inputs are in `evidence`, since they are no observations of expenditure."""

    evidence: tuple[Evidence, ...] = attrs.field(default=(), repr=False)

    @property
    def status(self) -> Status:
        """How firm the result is: as firm as the least firm of its evidence."""
        return Status.weakest(item.status for item in self.evidence)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the evidence comes from, each once."""
        return tuple(dict.fromkeys(source for item in self.evidence for source in item.sources))

    def explain(self) -> str:
        """Give the working: formula, inputs, result, sources."""
        lines = [self.headline, f"  formula  {self.formula}"]
        lines += [f"  input    {item.text} ({item.status})" for item in self.evidence]
        lines += [f"  result   {label}: {value}" for label, value in self.findings]
        lines += [f"  source   {source}" for source in self.sources]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain data, ready for JSON."""
        data = super().to_dict()
        del data["evidence"]
        return data | {"inputs": [item.text for item in self.evidence]}

    def to_row(self) -> dict[str, Cell]:
        """Give the result as one flat row; quantities as floats, with the unit in the column's name."""
        row: dict[str, Cell] = {}
        plain_row = super().to_row()
        for field in attrs.fields(type(self)):
            value = getattr(self, field.name)
            if isinstance(value, Energy | GasVolume | LngMass | OilVolume):
                row[f"{field.name}_{_column(value.kind)}"] = float(value.amount)
            elif isinstance(value, UnitPrice):
                price = value.amount
                row[f"{field.name}_{price.currency.code.lower()}_per_{_column(str(value.per))}"] = float(price.amount)
            else:
                row |= {name: cell for name, cell in plain_row.items() if _belongs(name, field.name, self)}
        return row | {"status": plain_row["status"]}


def _belongs(column: str, field: str, result: EnergyResult) -> bool:
    """Tell whether a column of the flat row was made of one field: the longest name that it starts with."""
    names = sorted((item.name for item in attrs.fields(type(result))), key=len, reverse=True)
    return next((name for name in names if column == name or column.startswith(f"{name}_")), "") == field


def _column(kind: str) -> str:
    return kind.lower().replace(" °c", "c").replace("³", "3").translate(str.maketrans(" ", "_", "(),"))


def percent(value: Share | Rate, places: int = 2) -> str:
    """Write a part or a ratio in percent, with a sign only below zero."""
    return f"{rounded(value.as_percent, places):f} %"
