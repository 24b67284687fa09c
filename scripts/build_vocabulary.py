"""Rebuild the model's registers of countries and currencies, and the manifest beside them.

Codes come from Debian's iso-codes (through pycountry), names in all languages from CLDR (through Babel). Aliases,
explanations, memberships and groups are kept by hand in the same folder; this script only records their hashes.

How many digits a locale groups from comes from CLDR's JSON, since Babel leaves it out: name the folder ``main`` of the
npm package ``cldr-numbers-full``, unpacked, to rebuild that file too.

Run it from the project's root: ``.venv/bin/python scripts/build_vocabulary.py [FOLDER]``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import babel
import pycountry
from babel import localedata
from babel.numbers import get_currency_precision

from natoburden.cldr import bare, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VOCABULARY = Path(__file__).parents[1] / "src/natoburden/model/vocabulary"

# Where CLDR's English name is a map label rather than what the field writes.
SHORT_NAMES = {
    "COD": "DR Congo",
    "COG": "Republic of the Congo",
    "CPV": "Cabo Verde",
    "HKG": "Hong Kong",
    "MAC": "Macao",
    "MMR": "Myanmar",
    "PSE": "Palestine",
    "USA": "United States",
}

# Left ISO 4217's active list when the euro came, but stand in older tables.
WITHDRAWN = {
    "ATS": ("Austrian Schilling", "1998-12-31"),
    "BEF": ("Belgian Franc", "1998-12-31"),
    "BGN": ("Bulgarian Lev", "2025-12-31"),
    "CYP": ("Cyprus Pound", "2007-12-31"),
    "DEM": ("Deutsche Mark", "1998-12-31"),
    "EEK": ("Estonian Kroon", "2010-12-31"),
    "ESP": ("Spanish Peseta", "1998-12-31"),
    "FIM": ("Finnish Markka", "1998-12-31"),
    "FRF": ("French Franc", "1998-12-31"),
    "GRD": ("Greek Drachma", "2000-12-31"),
    "HRK": ("Croatian Kuna", "2022-12-31"),
    "IEP": ("Irish Pound", "1998-12-31"),
    "ITL": ("Italian Lira", "1998-12-31"),
    "LTL": ("Lithuanian Litas", "2014-12-31"),
    "LUF": ("Luxembourg Franc", "1998-12-31"),
    "LVL": ("Latvian Lats", "2013-12-31"),
    "MTL": ("Maltese Lira", "2007-12-31"),
    "NLG": ("Dutch Guilder", "1998-12-31"),
    "PTE": ("Portuguese Escudo", "1998-12-31"),
    "ROL": ("Romanian Leu of before July 2005", "2005-06-30"),
    "SIT": ("Slovenian Tolar", "2006-12-31"),
    "SKK": ("Slovak Koruna", "2008-12-31"),
    "TRL": ("Turkish Lira of before 2005", "2004-12-31"),
}


def write(name: str, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one CSV file, sorted, with Unix line ends."""
    with (VOCABULARY / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def english_name(alpha_2: str, alpha_3: str) -> str:
    """Give CLDR's English name, plainly written."""
    cldr = babel.Locale("en").territories[alpha_2].replace("&", "and").replace("’", "'")
    return SHORT_NAMES.get(alpha_3, str(cldr))


def iso_names(country: object) -> set[str]:
    """Give the names that ISO 3166-1 itself lists for a country."""
    names = (getattr(country, field, None) for field in ("name", "official_name", "common_name"))
    return {name for name in names if name}


def territory_names() -> list[str]:
    """Return a line for each name of a territory in any language of CLDR: without accents, with them, and its codes."""
    found: dict[tuple[str, str], set[str]] = {}
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for code, name in babel.Locale.parse(language).territories.items():
                if len(code) == 2:
                    accented = folded(name)
                    for plain in {bare(name), bare(accented)}:
                        found.setdefault((plain, "" if plain == accented else accented), set()).add(code)
    return ["\t".join([*names, " ".join(sorted(codes))]) for names, codes in found.items()]


def minimum_grouping_digits(cldr: Path) -> list[tuple[str, ...]]:
    """Return a row for each locale of the languages in which some locale does not group four digits."""
    found: dict[str, str] = {}
    for file in cldr.glob("*/numbers.json"):
        locale = file.parent.name
        found[locale] = json.loads(file.read_text("utf-8"))["main"][locale]["numbers"]["minimumGroupingDigits"]
    languages = {locale.partition("-")[0] for locale, digits in found.items() if digits != "1"}
    return [(locale, digits) for locale, digits in found.items() if locale.partition("-")[0] in languages]


def main() -> None:
    """Write the registers that follow from other people's, then refresh the manifest's hashes."""
    countries = list(pycountry.countries)
    named = {c.alpha_3: english_name(c.alpha_2, c.alpha_3) for c in countries}
    write(
        "countries.csv",
        ("alpha_3", "alpha_2", "numeric", "name"),
        ((c.alpha_3, c.alpha_2, c.numeric, named[c.alpha_3]) for c in countries),
    )
    write(
        "iso_names.csv",
        ("alpha_3", "name"),
        ((c.alpha_3, name) for c in countries for name in iso_names(c) - {named[c.alpha_3]}),
    )
    active = [(c.alpha_3, c.name, str(get_currency_precision(c.alpha_3)), "") for c in pycountry.currencies]
    gone = [(code, name, "2", until) for code, (name, until) in WITHDRAWN.items()]
    write("currencies.csv", ("code", "name", "minor_units", "withdrawn"), [*active, *gone])
    lines = sorted(line.encode() for line in territory_names())  # as bytes, since look-ups search them so
    (VOCABULARY / "territory_names.tsv").write_bytes(b"".join(line + b"\n" for line in lines))
    if len(sys.argv) > 1:
        header = ("locale", "minimum_grouping_digits")
        write("minimum_grouping_digits.csv", header, minimum_grouping_digits(Path(sys.argv[1])))
    refresh_hashes()


def refresh_hashes() -> None:
    """Put the present sha256 of each listed file into manifest.toml, leaving the rest as written."""
    manifest = VOCABULARY / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["file"]:
        name = entry["name"]
        digest = hashlib.sha256((VOCABULARY / name).read_bytes()).hexdigest()
        text = re.sub(rf'sha256 = "[0-9a-f]*" # {re.escape(name)}', f'sha256 = "{digest}" # {name}', text)
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
