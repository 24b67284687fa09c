"""What a checker must refuse: each line ends with the mypy error it must give."""

from __future__ import annotations

import natoburden as nb

nb.Share(2)  # E: arg-type
nb.Share.percent(2.2)  # E: arg-type
nb.Money(1.5, "USD")  # E: arg-type
nb.Share.percent("2") + nb.Share.percent("1")  # E: operator
nb.Share.percent("2") + 1  # E: operator
nb.Money("1", "USD") + nb.Share.percent("2")  # E: operator
nb.Money("1", "USD") + 1  # E: operator
nb.Money("1", "USD") * nb.Money("1", "USD")  # E: operator
nb.Share.percent("2") < nb.PercentagePoints("1")  # E: operator
nb.PercentagePoints("1") + nb.Rate.percent("1")  # E: operator
nb.Tiv("1") + nb.Money("1", "USD")  # E: operator
nb.Money("1", "USD") + nb.Tiv("1")  # E: operator
nb.dependency.supplier_shares(nb.datasets.announced_contracts(), by="moon")  # E: arg-type
nb.targets.gap(nb.datasets.defence_expenditure(), "DEU", "2025", nb.HAGUE_CORE)  # E: arg-type
nb.targets.gap(nb.datasets.defence_expenditure(), "DEU", 2025, nb.HAGUE)  # E: arg-type
nb.HAGUE_CORE.share = nb.Share.percent("2")  # E: misc
nb.Typo  # E: attr-defined
