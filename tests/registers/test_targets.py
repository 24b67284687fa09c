"""The targets that ship: terms, dates and sources."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import natoburden as nb
from natoburden import registers as targets
from natoburden.datasets.targets import brief_targets, target_that_followed
from natoburden.errors import DataIntegrityError, UnknownNameError

MADE_UP = """
[[target]]
key = "made-up"
name = "Made-up target"
share = "4.2 %"
component = "total"
modality = "floor"
adopted = 2029-07-01
deadline = 2040
party = "NATO_EUR_CAN"
kind = "demand"
definition = "national"
voiced_by = "CAN"
precision = "article"
is_answer = true
brief = 9
note = "Made up for a test."
[target.source]
title = "A summit that did not happen"
publisher = "the tests"
date = 2029-07-01
"""


@pytest.mark.parametrize(
    ("target", "percent", "component", "modality", "adopted", "deadline"),
    [
        (nb.WALES_GUIDELINE, "2", "core", "aim", dt.date(2014, 9, 5), 2024),
        (nb.WALES_EQUIPMENT, "20", "equipment", "aim", dt.date(2014, 9, 5), 2024),
        (nb.VILNIUS_FLOOR, "2", "core", "floor", dt.date(2023, 7, 11), None),
        (nb.US_DEMAND, "5", "core", "floor", dt.date(2025, 2, 14), None),
        (nb.HAGUE_CORE, "3.5", "core", "floor", dt.date(2025, 6, 25), 2035),
        (nb.HAGUE_RELATED, "1.5", "related", "ceiling", dt.date(2025, 6, 25), 2035),
        (nb.HAGUE_TOTAL, "5", "total", "floor", dt.date(2025, 6, 25), 2035),
    ],
    ids=str,
)
def test_terms_of_each_target(
    target: nb.Target, percent: str, component: str, modality: str, adopted: dt.date, deadline: int | None
) -> None:
    assert target.share == nb.Share.percent(percent)
    assert target.component.value == component
    assert target.modality.value == modality
    assert (target.adopted, target.deadline) == (adopted, deadline)
    assert target.source.date == adopted


def test_every_target_can_be_had_by_its_key() -> None:
    for key, target in nb.datasets.spending_targets().items():
        assert nb.datasets.target(key) is target
        assert nb.datasets.target(key.upper().replace("-", "_")) is target
    with pytest.raises(UnknownNameError, match="did you mean 'hague-core'"):
        nb.datasets.target("hague_cor")


def test_the_hague_commitment_is_the_sum_of_its_parts() -> None:
    related = nb.HAGUE.related.share - nb.Share.percent(0)
    assert nb.HAGUE.core.share + related == nb.HAGUE.total.share
    assert nb.HAGUE.source.title == "The Hague Summit Declaration"
    assert str(nb.HAGUE).count("floor") == 2


def test_readings_that_the_texts_do_not_state_are_called_readings() -> None:
    assert "that it is a floor is a reading" in nb.HAGUE_TOTAL.note
    assert "named in January 2025" in nb.US_DEMAND.note


# --- a target of a later summit --------------------------------------------------------------------------


def test_a_new_target_is_one_entry_that_commitments_brief_and_article_page_take(tmp_path: Path) -> None:
    own = tmp_path / "targets.toml"
    shutil.copy(targets._FILE, own)
    with own.open("a", encoding="utf-8") as file:
        file.write(MADE_UP.replace('"total"', '"core"'))
    script = """
        import sys, pathlib
        from natoburden import registers
        registers._FILE = pathlib.Path(sys.argv[1])
        registers.target_entries.cache_clear()
        registers.spending_targets.cache_clear()
        import natoburden as nb
        from natoburden.__main__ import main
        item = nb.datasets.commitments()["made-up"]
        print(item, item.party.key, item.voiced_by, item.definition, sep=" | ")
        main(["brief", "--edition", "2026-07", "--year", "2025", "--format", "csv"])
        main(["brief", "--article", "--edition", "2026-07", "--year", "2025", "--format", "csv"])
        main(["cite", "made-up"])
    """
    told = [sys.executable, "-c", textwrap.dedent(script), str(own)]
    done = subprocess.run(told, capture_output=True, text=True, check=True).stdout
    commitment = "NATO Europe and Canada, floor: 4.20 % of GDP, core by 2040 (demand, 2029-07-01 (article))"
    assert f"{commitment} | NATO_EUR_CAN | Canada | national" in done
    assert "2026-07,2025,country,DEU,Germany,2.22,11.26,estimate,made-up,4.2,1.98," in done
    [on_the_page] = [line for line in done.splitlines() if line.startswith("DEU,Germany,")]
    assert ",made-up,1.98," in on_the_page
    assert "A summit that did not happen" in done


@pytest.mark.parametrize("part", ["party", "kind", "definition"])
def test_no_part_of_a_target_is_guessed(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    import tomllib

    [entry] = tomllib.loads(MADE_UP)["target"]
    del entry[part]
    monkeypatch.setattr(targets, "parsed", lambda _file: {"target": [entry]})
    with pytest.raises(DataIntegrityError, match=f"targets.toml: target made-up: '{part}' is missing"):
        targets.target_entries.__wrapped__()


def test_two_targets_do_not_share_a_place_in_the_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    [entry] = tomllib.loads(MADE_UP)["target"]
    both = [{**entry, "brief": 1}, {**entry, "key": "another", "brief": 1}]
    monkeypatch.setattr(targets, "parsed", lambda _file: {"target": both})
    with pytest.raises(DataIntegrityError, match="two targets have place 1 in the brief"):
        targets.target_entries.__wrapped__()


def test_the_brief_shows_natos_targets_and_the_demand_unless_told_otherwise() -> None:
    assert brief_targets() == (nb.VILNIUS_FLOOR, nb.HAGUE_CORE, nb.US_DEMAND)


@pytest.mark.parametrize(
    ("day", "followed"),
    [
        (dt.date(2020, 1, 1), nb.HAGUE_CORE),
        (dt.date(2025, 2, 13), nb.HAGUE_CORE),
        (dt.date(2025, 6, 24), nb.HAGUE_CORE),
        (dt.date(2025, 6, 25), None),
    ],
)
def test_what_followed_is_the_newest_answer_of_the_alliance(day: dt.date, followed: nb.Target | None) -> None:
    assert target_that_followed(day) == followed


@pytest.mark.parametrize("given", ["2", "3.5"])
def test_a_number_in_the_place_of_a_target_is_shown_as_it_was_given_with_what_to_write(given: str) -> None:
    with pytest.raises(UnknownNameError, match=r"or a share with its sign, such as '2\.5 %'") as raised:
        nb.targets.compliance(nb.datasets.defence_expenditure("2026-07"), 2025, given)
    assert f"unknown target '{given}'" in str(raised.value)
