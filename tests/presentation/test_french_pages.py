"""Every page in French: no English word but those that are declared, French dates, countries by their French names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import natoburden as nb
from natoburden.datasets.targets import spending_targets
from natoburden.fixtures import article
from natoburden.presentation.article_page import article_brief
from natoburden.presentation.citations import Bibliography, cite
from natoburden.presentation.claims_page import claim_list
from natoburden.presentation.cli import main
from natoburden.presentation.commitments_page import commitment_list
from natoburden.presentation.credit_page import CreditPage
from natoburden.presentation.inspection_page import InspectionPage
from natoburden.presentation.messages import Said
from natoburden.presentation.purchases_page import purchase_list
from natoburden.presentation.shares_page import SharesPage
from natoburden.presentation.tables import Page
from natoburden.readers._coverage import Names, Span
from tests.presentation.test_charts import CHARTS
from tests.presentation.test_messages import catalogue
from tests.readers.small_files import SMALL

TABLE = nb.datasets.defence_expenditure("2026-07")
FRENCH = Locale("fr")
WORD = re.compile(r"[^\W\d_]{2,}")

# Declared: names that have no French, and what an article's record and a user's file say in their own words.
NAMES = {
    "congress",
    "defense",
    "security",
    "cooperation",
    "agency",
    "gini",
    "natoburden",
    "csv",
    "usd",
    "er",
    "équipem",
}
COMMANDS = re.compile(r"«[^»]*»")


def pages(folder: Path) -> Iterator[Page]:
    yield from (nb.brief(TABLE, year=year, group=group) for year, group in ((2025, "NATO"), (2026, "NATO_EU")))
    yield nb.brief(nb.datasets.defence_expenditure("2025-08"), year=2025, sort="share")
    yield article_brief(table=TABLE)
    yield from (purchase_list("NATO_EUROPE", table=TABLE, by=by) for by in ("year", "quarter", "fiscal year"))
    yield from (purchase_list("NATO_EUROPE", table=TABLE, by=by) for by in ("buyer", "area", "standing"))
    yield from (purchase_list(ally, table=TABLE) for ally in ("Canada", "Iceland", "Poland"))
    yield from (commitment_list(table=TABLE), commitment_list(table=TABLE, everything=True))
    yield claim_list()
    scenarios = nb.credit.scenarios(TABLE, "NATO_EUR_CAN", 2025, demand=nb.US_DEMAND, package=[])
    yield CreditPage(scenarios=scenarios)
    yield cite(TABLE)
    for name in ("contracts.csv", "lines.csv"):
        row = {"fournisseur": None, "amount": 4e6, "total": 5e6, "share": 0.8, "coverage": 0.8}
        yield SharesPage(file=name, measure="montant", labels=("fournisseur",), rows=(row,))
    inspected = []
    for name, content in SMALL.items():
        file = folder / name
        file.write_bytes(content)
        inspected.append(nb.inspect(file))
    yield InspectionPage(inspections=tuple(inspected))


def in_own_words(page: Page) -> set[str]:
    """What a page quotes: documents, an article's record, files and their formats, keys."""
    report = article()
    quoted = {str(source) for source in page.sources} | {report.subject, str(report.source)}
    quoted |= {claim.text for claim in report.claims} | {claim.of for claim in report.claims}
    quoted |= {actor.name for actor in report.actors}
    quoted |= {item.key for item in nb.datasets.commitments()} | {*spending_targets()}
    if isinstance(page, Bibliography):
        quoted |= {source.title for source in page.items} | {*page.keys}
    if isinstance(page, SharesPage):
        quoted.add(page.file)
    if isinstance(page, InspectionPage):
        facts = [said for _file, _what, said in page.rows if not isinstance(said, Said)]
        quoted |= {found.file for found in page.inspections} | {text for said in facts for text in texts_of(said)}
    return {text for text in quoted if text}


def texts_of(said: object) -> Iterator[str]:
    """The texts that a file itself has."""
    match said:
        case str():
            yield said
        case Names(first):
            yield str(first)
        case Span(first, last):
            yield from (str(first), str(last))


def french_words() -> set[str]:
    said = [*catalogue().values(), *FRENCH.territories.values(), *FRENCH.months["format"]["wide"].values()]
    return {word.lower() for text in said for word in WORD.findall(text)}


def without(text: str, quoted: set[str]) -> str:
    for part in sorted(quoted, key=len, reverse=True):
        text = text.replace(part, " ")
    return COMMANDS.sub(" ", text)


def test_no_page_has_an_english_word_but_those_declared(tmp_path: Path) -> None:
    known, found = french_words() | NAMES, []
    for page in pages(tmp_path):
        tables = [part.to_table(locale="fr") for part in (page, page.further) if part is not None]
        for table in tables:
            heads = [heading.title for heading in table.headings]
            cells = [cell for row in (*table.rows, *table.totals) for cell in row]
            quoted = in_own_words(page) | (in_own_words(page.further) if page.further else set())
            for text in (table.title, *table.lead, *heads, *cells, *table.notes):
                words = {word for word in WORD.findall(without(text, quoted)) if word.lower() not in known}
                if words:
                    found.append((type(page).__name__, text, words))
    assert found == []


@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_has_an_english_word_but_those_declared(name: str) -> None:
    from matplotlib.text import Text

    figure: Any = CHARTS[name](locale="fr").figure
    figure.draw_without_rendering()
    own = {"POL", "NLD", "DEU", "linear"}  # the caller's own labels
    own |= {country.alpha_2 for country in nb.Country.all()}  # of a map
    texts = {text.get_text() for text in figure.findobj(Text)}
    words = {word for text in texts if not text.startswith("Source") for word in WORD.findall(text)} - own
    assert {word for word in words if word.lower() not in french_words() | NAMES} == set()


def test_the_test_of_words_finds_english_ones() -> None:
    assert not {"the", "reported", "chg", "missiles and"} & french_words()
    assert {"rapporté", "avions"} <= french_words()


def test_the_modality_of_a_claim_is_in_french_where_its_text_is_quoted() -> None:
    lead = article_brief(table=TABLE).to_table(locale="fr").lead
    assert any(line.endswith("(rapporté, officials familiar with the matter)") for line in lead)
    assert any("5,00\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}: economic output" in line for line in lead)


def test_days_in_french_sentences_are_french() -> None:
    notes = " ".join(
        note
        for page in (purchase_list("POL", table=TABLE), article_brief(table=TABLE), nb.brief(TABLE, year=2025))
        for note in page.to_table(locale="fr").notes
        if not note.startswith("Source")
    )
    assert "1er février 2017" in notes
    assert "le 14 février 2025" in notes
    assert "en vigueur au 10 juillet 2026" in notes
    assert re.findall(r"(?<!--on )\d{4}-\d{2}-\d{2}", notes) == []


def test_countries_stand_by_their_french_names_wherever_they_are_listed(tmp_path: Path) -> None:
    names = {FRENCH.territories[country.alpha_2]: country for country in nb.Group.find("NATO").members(2026)}
    order = ["Albanie", "Allemagne", "Belgique", "Bulgarie", "Canada", "Croatie", "Danemark", "Espagne", "Estonie"]
    order += ["États-Unis", "Finlande", "France", "Grèce", "Hongrie", "Islande", "Italie", "Lettonie", "Lituanie"]
    order += ["Luxembourg", "Macédoine du Nord", "Monténégro", "Norvège", "Pays-Bas", "Pologne", "Portugal"]
    order += ["Roumanie", "Royaume-Uni", "Slovaquie", "Slovénie", "Suède", "Tchéquie", "Turquie"]
    assert set(order) == set(names)
    listed_pages: tuple[Page, ...] = (
        nb.brief(TABLE, year=2025),
        article_brief(table=TABLE),
        commitment_list(table=TABLE),
    )
    for page in listed_pages:
        for table in [part.to_table(locale="fr") for part in (page, page.further) if part is not None]:
            allies = list(dict.fromkeys(row[0] for row in table.rows if row[0] in names))
            assert allies == [name for name in order if name in allies]
    for page in pages(tmp_path):
        for note in page.to_table(locale="fr").notes:
            for listed in re.findall(r"(?:[\w-]+(?: [\w-]+){0,2}, )+[\w-]+(?: [\w-]+){0,2}", note):
                allies = [name for name in listed.split(", ") if name in names]
                assert allies == [name for name in order if name in allies], note


@pytest.mark.parametrize("locale", ["fra", "fre", "FRA", "fr-FR", "fra_FR"])
def test_a_code_of_three_letters_names_the_same_language(locale: str) -> None:
    page = nb.brief(TABLE, year=2025)
    assert page.to_table(locale=locale).to_markdown() == page.to_table(locale="fr").to_markdown()
    assert page.to_html(locale=locale).startswith('<!DOCTYPE html>\n<html lang="fr')


def test_the_command_line_understands_a_code_of_three_letters_and_refuses_none_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["brief", "--edition", "2026-07", "--locale", "fra"]) == 0
    assert capsys.readouterr().out.startswith("Dépenses de défense")
    with pytest.raises(SystemExit, match="2"):
        main(["brief", "--edition", "2026-07", "--locale", "frx"])
    assert "unknown locale 'frx'" in capsys.readouterr().err
