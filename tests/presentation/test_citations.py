"""Citations: every document behind a number, once, in forms that other programs read."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

import natoburden as nb
from natoburden.errors import MissingSourceError, UnexpectedValueError
from natoburden.presentation.citations import Bibliography, cite, library
from natoburden.presentation.cli import main

TABLE = nb.datasets.defence_expenditure("2026-07")
GAP = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
EVIL = nb.Source(
    title="100 % of $5_bn & {more} #1 \\input{x} ~ ^",
    publisher="Größe & Söhne",
    url="https://example.org/{a}",
    date=dt.date(2025, 2, 14),
    accessed=dt.date(2026, 1, 2),
    locator="page 3",
)


def test_a_result_gives_its_documents_each_once() -> None:
    assert cite(GAP).items == GAP.sources
    assert cite(GAP, GAP, nb.HAGUE_CORE).items == GAP.sources


@pytest.mark.parametrize(
    "value",
    [
        TABLE,
        TABLE.share_of_gdp("DEU", 2025),
        nb.HAGUE_CORE,
        nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE),
        nb.datasets.announced_contracts(),
        nb.datasets.energy_deals(),
        nb.datasets.commitments(),
        nb.fixtures.article(),
        [GAP, EVIL],
    ],
)
def test_whatever_has_a_source_can_be_cited(value: object) -> None:
    found = cite(value)
    assert found.items
    assert len(set(found.keys)) == len(found.items)
    assert json.loads(found.to_json())


@pytest.mark.parametrize("value", [5, "text", None])
def test_what_has_no_source_is_refused(value: object) -> None:
    with pytest.raises(UnexpectedValueError, match="something with a source"):
        cite(value)


def test_bibtex_is_balanced_and_holds_no_command_of_a_title() -> None:
    text = cite(EVIL, GAP).to_bibtex()
    assert text.startswith("@misc{groe2025100,")
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert r"100 \% of \$5\_bn \& \{more\} \#1 \textbackslash{}input\{x\}" in text
    assert "\\input" not in text
    assert "url = {https://example.org/%7Ba%7D}," in text
    assert "urldate = {2026-01-02}," in text


def test_csl_json_is_what_reference_managers_import() -> None:
    [item] = json.loads(cite(EVIL).to_json())
    assert item["type"] == "report"
    assert item["author"] == [{"literal": "Größe & Söhne"}]
    assert item["issued"] == {"date-parts": [[2025, 2, 14]]}
    assert item["accessed"] == {"date-parts": [[2026, 1, 2]]}
    assert item["note"] == "page 3"


def test_keys_are_told_apart() -> None:
    same = [nb.Source(title=f"The Report {n}", publisher="NATO", date=dt.date(2025, 1, 1)) for n in range(3)]
    assert Bibliography(tuple(same)).keys == ("nato2025report", "nato2025report-2", "nato2025report-3")
    bare = nb.Source(title="Ω", publisher="Ж")
    assert Bibliography((bare,)).keys == ("sourcendsource",)


def test_the_command_cites_editions_targets_and_records(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite"]) == 0
    newest = nb.datasets.defence_expenditure().edition.source
    assert capsys.readouterr().out.startswith(f"NATO, {newest.title}, ")
    assert main(["cite", "2026-07"]) == 0
    assert capsys.readouterr().out == "NATO, Defence Investment of NATO Countries (2014-2026), July 10, 2026.\n"
    assert main(["cite", "hague-core", "contracts", "--locale", "fr"]) == 0
    assert "25 juin 2025" in capsys.readouterr().out
    for form, start in (("bibtex", "@misc{"), ("json", "["), ("csv", "key,reference"), ("markdown", "**Sources**")):
        assert main(["cite", "2024-06", "--format", form]) == 0
        assert capsys.readouterr().out.startswith(start)
    assert main(["cite", "hague-core", "--format", "markdown", "--locale", "fr"]) == 0
    assert "25 juin 2025" in capsys.readouterr().out


def test_a_document_that_is_not_known_is_refused_with_all_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cite", "comitments"])
    said = capsys.readouterr().err
    assert "unknown document 'comitments'" in said
    assert "did you mean commitments" in said.replace("'", "")
    assert all(name in said for name in ("2024-06", "hague-core", "energy"))


def test_documents_that_differ_by_their_notes_alone_are_one() -> None:
    exports = nb.datasets.us_energy_exports("lng")
    assert len({source.note for source in (flow.source for flow in exports.items)}) > 1
    [item] = cite(exports).items
    assert "The sum of the months of the year" in item.note
    assert "2020 to 2025 name 21 destinations" in item.note
    again = nb.purchases.energy(exports, nb.datasets.energy_prices(), "POL", 2018)
    assert len({(source.title, source.locator) for source in again.sources}) == len(again.sources)


def test_every_web_address_of_a_record_has_a_day_on_which_it_was_read() -> None:
    values = (nb.datasets.commitments(), nb.datasets.announced_contracts(), nb.datasets.energy_deals())
    for source in cite(*values).items:
        assert source.accessed or not source.url
    text = cite(nb.datasets.announced_contracts()).to_bibtex()
    assert text.count("  url = {") == text.count("  urldate = {2026-11-27}") == 86
    assert all("accessed" in item for item in json.loads(cite(nb.datasets.energy_deals()).to_json()))


def test_the_library_cites_itself_with_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "natoburden", "--format", "bibtex"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("@misc{natoburden,\n  author = {{The natoburden developers}},")
    assert f"version = {{{nb.__version__}}}" in text
    [item] = json.loads(cite(library()).to_json())
    assert (item["id"], item["type"], item["version"]) == ("natoburden", "software", nb.__version__)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("notices", "U.S. Defense Security Cooperation Agency"),
        ("exports", "Exports of crude oil by destination and year"),
        ("prices", "Price of Liquefied U.S. Natural Gas Exports"),
        ("macro", "World Economic Outlook"),
        ("safe-loans", "SAFE loans"),
        ("escape-clauses", "national escape clause"),
        ("events", "Report on fiscal"),
        ("american-shares", "IISS"),
        ("exchange-rates", "averages of years"),
        ("gas-imports", "nrg_ti_gas"),
        ("dependency", "nrg_ind_id"),
        ("offsets", "Offsets in Defense Trade"),
        ("rules", "Council Regulation (EU) 2025/1106"),
    ],
)
def test_every_dataset_that_ships_can_be_cited(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", name]) == 0
    assert words in capsys.readouterr().out


def test_a_calculation_is_one_text_for_a_footnote() -> None:
    assert cite(GAP).to_footnote() == (
        "Gap of Germany in 2025 to the Hague core target (floor: 3.50 % of GDP by 2035): share: 2.22 %; gap: +1.28 pp; "
        f"gap in money: USD 64.84 bn (current prices). Own calculation with natoburden {nb.__version__}: amount = "
        "3.50 % × GDP − expenditure; points = target share − published share (two decimals). Status: estimate. Inputs: "
        "defence expenditure as a share of GDP, Germany, 2025: 2.22 % (estimate, edition 2026-07); defence "
        "expenditure, Germany, 2025: 112,141 m USD, current prices (estimate, edition 2026-07); gross domestic "
        "product, Germany, 2025: 5,056,631 m USD, current prices (estimate, edition 2026-07). Sources: NATO, Defence "
        "Investment of NATO Countries (2014-2026), July 10, 2026; NATO, The Hague Summit Declaration, June 25, 2025."
    )


def test_a_footnote_of_many_inputs_counts_them_and_two_calculations_are_two_texts() -> None:
    group = nb.targets.group_gap(TABLE, "NATO Europe", 2025, nb.HAGUE_CORE)
    first, second = cite(GAP, group).to_footnote().split("\n\n")
    assert first == cite(GAP).to_footnote()
    assert "Inputs: 87 figures of edition 2026-07, which explain() lists." in second


def test_documents_without_a_calculation_are_their_references() -> None:
    assert cite(nb.HAGUE_CORE).to_footnote() == "NATO, The Hague Summit Declaration, June 25, 2025."


def test_a_day_of_access_without_an_address_is_left_out() -> None:
    text = cite(nb.datasets.defence_expenditure("2016-01")).to_bibtex()
    assert "urldate" not in text
    assert "PR/CP(2016)011" in text


def test_a_result_of_figures_without_documents_cannot_be_cited() -> None:
    bare = nb.pathways.path(nb.Share.percent(2), nb.Share.percent("3.5"), first_year=2025, last_year=2035)
    with pytest.raises(MissingSourceError, match="the result 'A linear path from"):
        nb.cite(bare)
