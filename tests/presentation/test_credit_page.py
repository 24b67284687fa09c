"""What a package would offset, as the command line shows it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden.calculators.credit import NO_RULE
from natoburden.presentation.cli import main
from natoburden.presentation.credit_page import CreditPage, policy_text

PACKAGE = """
title = "An invented package"
[[purchases]]
key = "jets"
category = "arms"
buyer = "Germany"
amount = { amount = "8000000000", currency = "USD" }
first_year = 2025
last_year = 2028
basis = "assumption"
source = { title = "An example", publisher = "natoburden" }
[[purchases]]
key = "lng"
category = "energy"
buyer = "Germany"
amount = { amount = "30000000000", currency = "USD" }
first_year = 2025
last_year = 2027
basis = "assumption"
source = { title = "An example", publisher = "natoburden" }
[[purchases]]
key = "pledge"
category = "energy"
buyer = "European Union"
amount = { amount = "9000000000", currency = "USD" }
first_year = 2025
basis = "intention"
source = { title = "An example", publisher = "natoburden" }
"""


@pytest.fixture
def package(tmp_path: Path) -> str:
    path = tmp_path / "package.toml"
    path.write_text(PACKAGE, encoding="utf-8")
    return str(path)


def test_one_ally_is_shown_with_its_working(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--ally", "DEU", "--weights", "arms=0.5,energy=0.25", "--year", "2025", "--cap", "0.04"]
    assert main(["credit", package, "--edition", "2026-07", *asked]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Scenario: An invented package, against the US demand (floor: 5.00 % of GDP), for Germany")
    assert NO_RULE in out
    assert "arms 50.00 %, energy 25.00 %, all else 0 %; cap 0.04 % of GDP; double counting: exclude" in out
    assert "credit: USD 2.02 bn (current prices), capped from USD 2.50 bn" in out
    assert "left out, pledge: bought by European Union, in no stated part for Germany" in out


def test_all_members_are_shown_in_a_line_each(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["credit", package, "--edition", "2026-07", "--weights", "energy=0.25", "--year", "2025"]) == 0
    lines = capsys.readouterr().out.splitlines()
    [germany] = [line.split() for line in lines if line.startswith("Germany")]
    assert germany == ["Germany", "140.69", "10.00", "2.50", "138.19", "2.27", "14.07"]
    assert [line for line in lines if line.startswith("NATO Europe and Canada")]
    assert max(len(line) for line in lines[4:38]) <= 80
    assert any("gross" in line for line in lines)


def test_the_page_names_what_falls_in_one_year_for_want_of_an_end(
    package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["credit", package, "--edition", "2026-07", "--year", "2025"]) == 0
    assert "in one year" not in capsys.readouterr().out
    path = tmp_path / "open.toml"
    path.write_text(PACKAGE.replace("last_year = 2028", "is_end_known = false"), encoding="utf-8")
    assert main(["credit", str(path), "--year", "2025"]) == 0
    assert "Counted in one year, since the last year is not known: jets" in capsys.readouterr().out


def test_weights_are_zero_unless_given_and_csv_and_json_say_so(
    package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["credit", package, "--edition", "2026-07", "--year", "2025", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["weight_energy_percent"] for row in rows} == {"0"}
    assert {float(row["credit_million_usd"]) for row in rows} == {0}
    assert main(["credit", package, "--edition", "2026-07", "--ally", "DEU", "--year", "2025", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert NO_RULE in data["notes"]
    assert data["rows"][0]["scenario"]["note"] == NO_RULE
    assert (
        main(["credit", package, "--edition", "2026-07", "--ally", "DEU", "--year", "2025", "--format", "markdown"])
        == 0
    )
    assert "| Germany | 140.69 |" in capsys.readouterr().out


def test_what_is_counted_twice_is_told_on_the_page(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--ally", "DEU", "--weights", "arms=1", "--double-counting", "naive", "--year", "2025"]
    assert main(["credit", package, "--edition", "2026-07", *asked]) == 0
    assert "counted twice: jets: expenditure already holds it" in capsys.readouterr().out
    assert (
        main(
            [
                "credit",
                package,
                "--edition",
                "2026-07",
                "--ally",
                "NATO_EUR_CAN",
                "--year",
                "2025",
                "--purchases-year",
                "2025",
            ]
        )
        == 0
    )
    assert "another set of countries: pledge of European Union" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--weights", "energy=25"], "2500 % is not a share of a whole"),
        (["--weights", "energy"], "weight 'energy'"),
        (["--weights", "oil=0.1"], "unknown weight 'oil'; valid: arms, energy, investment"),
        (["--cap", "much"], "'much' is not usable"),
        (["--demand", "hague-cor"], "unknown target 'hague-cor'"),
        (["--ally", "Atlantis"], "no country is called 'Atlantis'"),
    ],
)
def test_a_wrong_option_gets_one_line(
    package: str, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["credit", package, *arguments])
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_all_members_in_french_stand_by_their_french_names(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["credit", package, "--weights", "arms=0.1,energy=0.25", "--cap", "0.2", "--year", "2025", "--locale", "fr"]
    assert main([*asked, "--edition", "2026-07"]) == 0
    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert lines[0].startswith("Scénario : An invented package, face à : Demande américaine (plancher : 5,00 % du PIB)")
    assert lines[2].startswith("Hypothèses : armes 10,00 %, énergie 25,00 %, tout le reste 0 % ; plafond 0,20 % du PIB")
    assert [line.split()[0] for line in lines[6:9]] == ["Albanie", "Allemagne", "Belgique"]
    assert lines[7].split() == ["Allemagne", "140,69", "10,00", "2,50", "138,19", "2,27", "14,07"]
    assert not [line for line in lines[6:38] if len(line) > 80]


def test_one_ally_in_french_has_its_table_before_the_working(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["credit", package, "--edition", "2026-07", "--ally", "DEU", "--year", "2025", "--locale", "fr"]) == 0
    page, working = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").split("\n\nLe calcul, en anglais :\n\n")
    assert "Allemagne, pledge, non compté : acheteur : Union européenne, part non précisée (Allemagne)" in page
    assert working.startswith("Scenario: An invented package, against the US demand")


def test_members_of_another_group_are_left_out_in_the_readers_language(package: str) -> None:
    with_bulgaria = nb.datasets.load_package(Path(package)).purchases
    bought = [*with_bulgaria, attrs.evolve(with_bulgaria["lng"], key="more", buyer=nb.Country("BRA"))]
    table = nb.datasets.defence_expenditure("2026-07")
    found = nb.credit.scenarios(
        table, "NATO_EUR_CAN", 2025, demand=nb.US_DEMAND, package=bought, mixed_sets_ok=True
    )  # fmt: skip
    notes = {locale: CreditPage(scenarios=found).to_table(locale=locale).notes for locale in ("en", "fr")}
    assert any("Brazil is not a member of NATO Europe and Canada in 2025" in note for note in notes["en"])
    assert any("Brésil n’est pas membre de OTAN Europe et Canada en 2025" in note for note in notes["fr"])


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        (nb.CreditPolicy(), "tous les poids 0 % ; sans plafond ; double compte : exclu ; réparti également"),
        (
            nb.CreditPolicy(missile_systems=nb.Share.percent(50), counted_over=4, double_counting="naive"),
            "systèmes de missiles 50,00 %, tout le reste 0 % ; sans plafond ; double compte : naïf ; réparti sur 4 ans",
        ),
        (
            nb.CreditPolicy(cap=nb.Share.percent("0.5"), spreading="schedule", first_year=2026),
            "tous les poids 0 % ; plafond 0,50 % du PIB ; double compte : exclu ; réparti selon l’échéancier ; "
            "compté de 2026 à la dernière année",
        ),
    ],
)
def test_a_policy_is_written_in_french(policy: nb.CreditPolicy, text: str) -> None:
    assert policy_text(policy, locale="fr").replace("\N{NO-BREAK SPACE}", " ") == text
    assert policy_text(policy) == str(policy)
