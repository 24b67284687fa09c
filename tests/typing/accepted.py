"""What a checker must accept, with the types it must infer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import assert_type

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import natoburden as nb
import natoburden.targets
from natoburden.targets import group_gap

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

baltics = nb.Group.of("Baltics", ["EST", nb.Country("LVA"), "LTU"])
assert_type(baltics, nb.Group)
assert_type(nb.targets.group_gap(table, ["EST", "LVA"], 2025, "hague-core").gross, nb.Money)
assert_type(nb.targets.gap(table, "DEU", 2025, nb.Target.floor("4 %", by=2030)).points, nb.PercentagePoints)
assert_type(nb.Country.find(255, scheme="cow").code("gw"), str)
assert_type(nb.Energy(1, "TWh", "net"), nb.Energy)
assert_type(natoburden.targets.gap(table, "DEU", 2025, "hague-core").amount, nb.Money)
assert_type(group_gap(table, baltics, 2025, nb.HAGUE_CORE).net, nb.Money)

ax = nb.charts.over_time(table, ["POL", nb.Country("DEU"), "NATO Europe"], targets=nb.HAGUE_CORE)
assert_type(nb.charts.save(ax, "allies.svg"), Path)
assert_type(nb.charts.small_multiples(table, ["POL", "DEU"], target="hague-core"), Figure)
nb.charts.small_multiples(table, ["POL"]).savefig("panels.png")
assert_type(nb.charts.europe(table, 2025), Axes)
figure, mine = plt.subplots(layout="constrained")
nb.charts.over_time(table, "POL", ax=mine)
figure.savefig("allies.png")
