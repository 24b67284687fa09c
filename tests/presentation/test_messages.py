"""Languages: no text is missing in any, and figures stand as each locale writes them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import natoburden as nb
from natoburden.calculators.credit import NO_RULE
from natoburden.calculators.dependency import SupplierBloc
from natoburden.calculators.promises import Outcome
from natoburden.errors import UnknownNameError
from natoburden.fixtures import ClaimVerdict
from natoburden.model.claims import Attribution, ClaimModality
from natoburden.model.credit import DoubleCounting, Spreading
from natoburden.model.dates import Certainty, Precision
from natoburden.model.memberships import Group
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES
from natoburden.model.spending_commitments import CommitmentKind, Component, Modality, Standing
from natoburden.presentation import messages
from natoburden.presentation.formatting import (
    country_name,
    format_date,
    format_money,
    format_points,
    format_rate,
    format_share,
    target_text,
)
from natoburden.presentation.messages import LANGUAGES, NAMES, translation
from natoburden.readers import inspect
from tests.readers.small_files import SMALL

ROOT = Path(messages.__file__).parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def texts() -> set[str]:
    """Every text that is marked for translation."""
    found = extract_from_dir(ROOT, method_map=[("**.py", "python")], keywords={"_": None, "N_": None})
    return {message if isinstance(message, str) else message[0] for _file, _line, message, *_rest in found}


def catalogue(language: str = "fr") -> dict[str, str]:
    with (ROOT / "locale" / language / "LC_MESSAGES/natoburden.po").open("rb") as file:
        return {str(item.id): str(item.string) for item in read_po(file) if item.id and not item.fuzzy}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_there_in_a_language_and_no_other(language: str) -> None:
    translated = catalogue(language)
    assert texts() == set(translated)
    assert not [text for text, said in translated.items() if not said]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_not_a_copy_of_the_english_texts(language: str) -> None:
    """Some words are the same in two languages; sentences are not."""
    assert not [text for text, said in catalogue(language).items() if said == text and text.count(" ") > 2]


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    def fields(text: str) -> set[str]:
        return {name for _text, name, _form, _conversion in Formatter().parse(text) if name}

    assert not [text for text, said in catalogue(language).items() if fields(text) != fields(said)]


def test_every_catalogue_is_of_a_language_that_is_listed() -> None:
    assert sorted(folder.name for folder in (ROOT / "locale").iterdir() if folder.is_dir()) == sorted(TRANSLATED)


def test_french_signs_have_their_space() -> None:
    assert not [french for french in catalogue().values() if re.search(r"(?<![\u00a0'])[:;!?»](\s|$)", french)]


def test_no_text_hides_in_an_f_string_where_tools_do_not_look() -> None:
    assert not [file.name for file in ROOT.rglob("*.py") if re.search(r"""f["'].*\{_\(""", file.read_text())]


def test_names_of_the_model_that_are_shown_are_marked() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    shown = {
        *(Group.find(key).name for key in ("NATO", "NATO_EUR_CAN", "NATO_EUROPE", "NATO_EU", "EU", "EURO")),
        *(target.name for target in nb.datasets.spending_targets().values()),
        *(word.value for words in (Modality, Component, CommitmentKind, Standing, Outcome) for word in words),
        *(precision.value for precision in (Precision.ARTICLE, Precision.DERIVED)),
        *(bloc.value for bloc in SupplierBloc),
        *(word.value for words in (Attribution, ClaimModality, Certainty, ClaimVerdict) for word in words),
        *(word.value for words in (DoubleCounting, Spreading) for word in words),
        *(name.replace("_", " ") for name in nb.CreditPolicy().weights),
        *(str(basis) for basis in (CURRENT_PRICES, UNSTATED_PRICES)),
        NO_RULE,
    }
    assert shown <= set(NAMES)
    assert table.edition.key == "2026-07"


def test_names_of_what_files_cover_are_marked(tmp_path: Path) -> None:
    named = set()
    for name, content in SMALL.items():
        file = tmp_path / name
        file.write_bytes(content)
        named |= {what for what, _said in inspect(file).coverage}
    assert len(named) > 20
    assert named <= set(NAMES)


def test_the_brief_in_french_has_no_english_line() -> None:
    page = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2025).to_table(locale="fr")
    assert page.title == "Dépenses de défense et écarts aux objectifs, Total OTAN, 2025 (édition 2026-07)"
    names = [row[0] for row in page.rows]
    assert names[:3] == ["Albanie", "Allemagne", "Belgique"]
    assert names.index("États-Unis") == names.index("Estonie") + 1
    notes = [note for note in page.notes if not note.startswith(f"Source{NBSP}:")]
    assert not [note for note in notes if re.search(r"\b(the|of|is|not|and)\b", note)]


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "3.5%"), ("fr", f"3,5{NBSP}%"), ("tr", "%3,5"), ("de", f"3,5{NBSP}%")],
)
def test_a_share_stands_as_its_locale_writes_it(locale: str, text: str) -> None:
    assert format_share(nb.Share.fraction("0.035"), locale=locale).replace(NARROW, NBSP) == text


def test_figures_have_the_signs_and_separators_of_their_locale() -> None:
    assert format_rate(nb.Rate.percent("-2.25"), locale="tr") == "-%2,3"
    assert format_points(nb.PercentagePoints("-0.5"), locale="fr") == f"-0,50{NBSP}pt"
    assert format_money(nb.Money("1234567.5", "EUR"), locale="de") == f"1.234.567,5{NBSP}€"
    assert format_money(nb.Money("1234567.5", "EUR"), 0, locale="en") == "€1,234,568"
    assert format_money(nb.Money("-5", "USD"), 2, locale="tr") == "-$5,00"
    assert format_date(dt.date(2025, 6, 25), locale="tr") == "25 Haziran 2025"
    assert country_name(nb.Country("GRC"), locale="de") == country_name("Greece", locale="de") == "Griechenland"
    assert country_name(Group.find("NATO_EUROPE"), locale="fr") == "OTAN Europe"
    assert target_text(nb.WALES_EQUIPMENT, locale="fr").endswith(
        f"(but{NBSP}: 20,00{NBSP}% des dépenses de défense d’ici 2024)"
    )


def test_a_language_without_texts_has_english_ones_and_its_own_figures() -> None:
    assert translation("de")("unknown") == "unknown"
    assert translation("fr-CA")("unknown") == "inconnu"
    with pytest.raises(UnknownNameError, match="unknown locale '12'"):
        translation("12")
