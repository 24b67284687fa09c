"""What a checker must accept, with the types it must infer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import assert_type

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import natoburden as nb

table = nb.datasets.defence_expenditure()
gap = nb.targets.gap(table, "DEU", 2025, nb.HAGUE_CORE)

assert_type(table, nb.ExpenditureTable)
assert_type(gap.points, nb.PercentagePoints)
assert_type(gap.amount, nb.Money)
assert_type(gap.amount / gap.amount, Decimal)
assert_type(gap.amount / 2, nb.Money)
assert_type(gap.amount * nb.Share.percent("2"), nb.Money)
assert_type(gap.share - gap.share, nb.PercentagePoints)
assert_type(gap.share + gap.points, nb.Share)
assert_type(table.share_of_gdp("DEU", 2025), nb.model.Observation[nb.Share])
assert_type(table.gdp("DEU", 2025).value, nb.Money)
assert_type(nb.targets.group_gap(table, "NATO", 2025, nb.HAGUE_CORE).members["DEU"].amount, nb.Money)
assert_type(nb.targets.compliance(table, 2025, nb.HAGUE_CORE).count, int)
assert_type(nb.Country.find("DEU"), nb.Country)

shares = nb.dependency.supplier_shares(nb.datasets.announced_contracts(), buyer="EST", counting="units")
assert_type(shares["USA"].share, nb.Share)
assert_type(nb.Tiv("1") + nb.Tiv("2"), nb.Tiv)
assert_type(nb.Tiv("1") / nb.Tiv("2"), Decimal)

ax = nb.charts.over_time(table, ["POL", nb.Country("DEU"), "NATO Europe"], targets=nb.HAGUE_CORE)
assert_type(nb.charts.save(ax, "allies.svg"), Path)
assert_type(nb.charts.small_multiples(table, ["POL", "DEU"], target="hague-core"), Figure)
nb.charts.small_multiples(table, ["POL"]).savefig("panels.png")
assert_type(nb.charts.europe(table, 2025), Axes)
figure, mine = plt.subplots(layout="constrained")
nb.charts.over_time(table, "POL", ax=mine)
figure.savefig("allies.png")
