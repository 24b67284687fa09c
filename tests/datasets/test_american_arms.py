"""Notices to Congress: as the packaged table holds them, and the sums that were published or counted from it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
import runpy
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.datasets import _files, us_arms_notifications
from natoburden.model import Agency, CapabilityArea, NoticeStanding, SaleNotifications
from natoburden.serialization import from_data, to_data

SCRIPTS = Path(__file__).parents[2] / "scripts"
FOLDER = _files.DATA / "american"
NOTICES = us_arms_notifications()
NEVER_BOUGHT = {"CAN 17-49", "CHE 20-34", "FIN 20-67", "GRC 21-63"}

with (FOLDER / "us_arms_notifications.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def billions(notices: SaleNotifications) -> Decimal:
    """Give the sum of ceilings in thousands of millions of dollars, to one decimal."""
    total = nb.Money.total(item.ceiling for item in notices).in_billions
    return total.quantize(Decimal("0.1"))


# --- what ships ------------------------------------------------------------------------------------------


def test_the_table_has_its_hash_edition_licence_and_limits() -> None:
    [file] = _files.editions("american/arms.toml").values()
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert file.more["edition"] == "2026-06"
    assert file.source.accessed == NOTICES.collected == dt.date(2026, 11, 27)
    assert "public domain" in file.source.licence
    for limit in ("not a contract", "not a payment", "added by hand", "missing", "24-0J", *NEVER_BOUGHT):
        assert limit in file.note


def test_every_row_is_a_notice_as_it_stands() -> None:
    assert len(NOTICES) == len(ROWS) == 405
    for item, row in zip(NOTICES, ROWS, strict=True):
        assert (item.key, item.transmittal, item.system) == (row["key"], row["transmittal"], row["system"])
        assert item.notified_on.isoformat() == row["notified_on"]
        assert item.ceiling.in_millions == Decimal(row["ceiling_million_usd"])
        assert item.buyer.key == row["buyer"]
        assert (str(item.standing), item.note) == (row["standing"], row["note"])
        assert item.source.url == row["url"]


def test_the_fiscal_year_that_is_computed_is_the_one_of_the_table() -> None:
    assert [str(item.us_fiscal_year) for item in NOTICES] == [row["us_fiscal_year"] for row in ROWS]


def test_the_days_run_from_february_2017_to_june_2026() -> None:
    days = [item.notified_on for item in NOTICES]
    assert (days[0], days[-1]) == (dt.date(2017, 2, 1), dt.date(2026, 6, 25))
    assert days == sorted(days)


def test_offers_that_were_dropped_and_releases_that_were_corrected_are_marked() -> None:
    by_standing = {standing: {item.key for item in NOTICES if item.standing is standing} for standing in NoticeStanding}
    assert by_standing[NoticeStanding.NEVER_BOUGHT] == NEVER_BOUGHT
    corrected = {"AUS 23-18", "ROU 23-54", "POL 25-64", "POL 25-62", "DNK 25-51", "DNK 25-101"}
    assert by_standing[NoticeStanding.REVISED] == corrected
    assert NOTICES["DNK 25-51"].ceiling == nb.Money.billions("3.2", "USD")
    assert "8500" in NOTICES["DNK 25-51"].note
    assert all(NOTICES[key].note for key in NEVER_BOUGHT | corrected)


def test_what_was_added_by_hand_says_where_it_is_from() -> None:
    by_hand = [item for item in NOTICES if item.is_added_by_hand]
    assert len(by_hand) == 9
    assert all("absent from the DSCA online library" in item.note for item in by_hand)
    assert not {item.source.publisher for item in by_hand} & {"U.S. Defense Security Cooperation Agency"}
    press = [item.source.licence for item in by_hand if "Congressional" not in item.source.publisher]
    assert set(press) == {"facts; credit the publisher"}


def test_every_notice_has_an_address_that_a_browser_takes() -> None:
    assert all(item.source.url.startswith("https://") and " " not in item.source.url for item in NOTICES)
    without_address = {item.key for item in NOTICES if item.source.locator}
    agencies = {"NATO 17-06", "NATO 17-19", "NATO 25-55", "NATO 25-97"}
    assert without_address == agencies | {"AUS 25-41", "KOR 25-71", "KOR 25-111"}
    counts = Counter(item.source.publisher for item in NOTICES)
    assert counts["U.S. Defense Security Cooperation Agency"] == sum("media.defense.gov" in row["url"] for row in ROWS)
    assert counts["U.S. Department of State"] == sum("www.state.gov" in row["url"] for row in ROWS) == 21


def test_agencies_of_nato_are_six_buyers_and_no_country() -> None:
    assert {item.buyer for item in NOTICES.by_agencies} == {Agency("NATO agency (NSPA / NAMP)")}
    assert len(NOTICES.by_agencies) == 6
    assert len(NOTICES.of("NATO agency (NSPA / NAMP)")) == 6


def test_the_record_is_loaded_once() -> None:
    assert us_arms_notifications() is NOTICES


def test_the_record_is_written_and_read_back() -> None:
    assert from_data(to_data(NOTICES), SaleNotifications) == NOTICES


# --- sums ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "count", "ceilings"), [(2023, 45, "82.5"), (2024, 54, "74.5"), (2025, 35, "34.4"), (2026, 13, "18.0")]
)
def test_ceilings_for_members_of_nato_and_its_agencies_add_up(year: int, count: int, ceilings: str) -> None:
    """Counted by the maker of the table: members on the day, offers never bought included."""
    found = NOTICES.of("NATO").between(year, year)
    assert (len(found), billions(found)) == (count, Decimal(ceilings))
    assert found.items == NOTICES.of("NATO Europe and Canada").between(year, year).items


def test_the_sum_of_2023_depends_on_the_day_of_membership() -> None:
    """Sweden was notified of missiles in July 2023, and joined in March 2024."""
    [others] = {*NOTICES.of("NATO", members=2026).between(2023, 2023)} - {*NOTICES.of("NATO")}
    assert others.key == "SWE 23-33"


def test_sums_for_europe_are_near_those_that_others_counted() -> None:
    """Other counts: USD 76 bn in 2024, 37.4 bn in fiscal 2018. Europe is here all of it, Türkiye and Ukraine too."""
    members = {*nb.Group.find("NATO_EUROPE").members(2026), *map(nb.Country, ("AUT", "CHE", "IRL", "UKR"))}
    europe = NOTICES.select(lambda item: item.buyer in members or isinstance(item.buyer, Agency))
    assert billions(europe.between(2024, 2024)) == Decimal("76.1")
    assert billions(europe.select(lambda item: item.us_fiscal_year == 2018)) == Decimal("37.2")


def test_sums_are_those_of_the_rows() -> None:
    for buyer in {row["buyer"] for row in ROWS}:
        own = sum((Decimal(row["ceiling_million_usd"]) for row in ROWS if row["buyer"] == buyer), Decimal(0))
        assert nb.Money.total(item.ceiling for item in NOTICES.of(buyer)).in_millions == own


# --- areas -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "areas"),
    [
        ("FIN 20-66", "combat aircraft"),
        ("BEL 22-63", "missiles"),
        ("HUN 19-73", "air and missile defence"),
        ("DNK 25-51", "air and missile defence"),
        ("POL 19-07", "long-range fires"),
        ("GRC 24-108", "uncrewed aircraft; armoured vehicles"),
        ("NLD 20-22", "ammunition"),
        ("GRC 22-05", "engines"),
        ("JPN 19-08", "air and missile defence"),
        ("DEU 2026-04-17 Integrated", "naval weapons"),
        ("POL 25-106", "other"),
        ("POL 22-20", "armoured vehicles"),
    ],
)
def test_a_system_counts_with_its_area(key: str, areas: str) -> None:
    assert "; ".join(map(str, NOTICES[key].areas)) == areas


def test_few_notices_are_of_no_area_of_their_own() -> None:
    assert len([item for item in NOTICES if item.area is CapabilityArea.OTHER]) == 9
    assert [item.key for item in NOTICES if item.area is None] == ["GRC 24-108"]


def test_areas_are_those_of_contracts_for_the_same_systems() -> None:
    """A system of the packaged contracts that a notice names too counts with the same area."""
    for word in ("Patriot", "HIMARS", "Abrams", "P-8A", "AH-64E", "CH-47F", "Stryker", "AMRAAM missiles"):
        contracts = {item.areas for item in nb.datasets.announced_contracts() if word in item.system}
        name = word.removesuffix(" missiles")
        notices = {item.areas for item in NOTICES if name in item.system and "AMRAAM-ER" not in item.system}
        assert notices == contracts, word


# --- the script ------------------------------------------------------------------------------------------


HEAD = "notified_on,us_fiscal_year,transmittal,buyer_iso3,buyer,system,ceiling_million_usd,collected,note,source_url\n"


def test_the_script_copies_figures_and_says_what_it_adds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    script = runpy.run_path(str(SCRIPTS / "build_american.py"))
    (tmp_path / "us_arms_notifications.csv").write_text(
        f"{HEAD}"
        "2025-08-26,2025,25-64,POL,Poland,F-35 Sustainment (corrected),1850.50,,,https://a.gov/A B.PDF\n"
        '2017-04-28,2017,17-06,,NATO agency,LAIRCM,33.5,,,"https://a.gov/ (DSCA press release file ""NATO_17-06""; '
        'full address in the repository file)"\n'
        '2020-10-09,2021,,FIN,Finland,Hornet (competing offer),14700,by hand,"offer, not bought",https://b.org/c\n',
        encoding="utf-8",
    )
    rows = [tuple(row.values()) for row in script["notices"](tmp_path)]
    first = ("POL 25-64", "2025-08-26", "2025", "25-64", "POL", "F-35 Sustainment", "combat aircraft", "1850.50")
    assert rows[0] == (*first, "revised", "", "corrected release", "https://a.gov/A%20B.PDF", "")
    assert rows[1][-2:] == ("https://a.gov/", "press release NATO_17-06")
    assert rows[1][0] == "NATO 17-06"
    assert rows[2][0] == "FIN 2020-10-09 Hornet"
    assert rows[2][8:11] == ("never bought", "yes", "offer, not bought")


def test_the_script_stops_at_a_system_of_no_area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    script = runpy.run_path(str(SCRIPTS / "build_american.py"))
    row = "2025-08-26,2025,25-64,POL,Poland,A trebuchet,1850,,,https://a.gov/\n"
    (tmp_path / "us_arms_notifications.csv").write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(LookupError, match="A trebuchet"):
        list(script["notices"](tmp_path))


def test_every_pattern_of_the_areas_is_used_and_names_areas() -> None:
    with (SCRIPTS / "american_areas.tsv").open(encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file, delimiter="\t"))
    used = {next(rule["pattern"] for rule in rules if re.search(rule["pattern"], row["system"], re.I)) for row in ROWS}
    assert used == {rule["pattern"] for rule in rules}
    assert all(CapabilityArea(area) for rule in rules for area in rule["areas"].split("; "))
