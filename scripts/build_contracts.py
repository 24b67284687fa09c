"""Rebuild the packaged contracts from the collection of announced contracts.

The collection is a CSV file with one row per contract. This script maps its words onto the model's, splits what one
column holds together, keeps the source's own wording beside every mapped value, and refreshes the hash in the
manifest. It invents nothing: what it cannot map stops it.

Run it from the project's root: ``.venv/bin/python scripts/build_contracts.py COLLECTION.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "src/natoburden/datasets/data"
TARGET = DATA / "announced_contracts.toml"

AREAS = {
    "air & missile defence": ["air and missile defence"],
    "air/maritime patrol": ["maritime patrol aircraft"],
    "air: combat aircraft": ["combat aircraft"],
    "air: helicopters": ["helicopters"],
    "air: transport helicopters": ["helicopters"],
    "land: armour": ["armoured vehicles"],
    "land: armour/artillery": ["armoured vehicles", "artillery"],
    "land: artillery": ["artillery"],
    "land: long-range fires": ["long-range fires"],
    "naval": ["naval vessels"],
    "naval; air: combat aircraft": ["naval vessels", "combat aircraft"],
}
KINDS = {
    "FMS contract": "contract",
    "FMS option": "contract",
    "US notification (ceiling)": "ceiling",
    "announced": "estimate",
    "approved deal value": "approval",
    "budget": "budget",
    "budget approved, value not stated": "budget",
    "budget draft": "budget",
    "budget range": "budget",
    "contract": "contract",
    "contract (more than)": "contract",
    "contract (pair)": "contract",
    "deal value": "estimate",
    "framework (potential)": "ceiling",
    "government approval": "approval",
    "government-stated value (up to)": "ceiling",
    "government-to-government contract": "contract",
    "parliamentary approval": "approval",
    "parliamentary request": "approval",
    "procurement value": "approval",  # as decided by the government; the programme is larger
    "programme": "programme",
    "programme value": "programme",
    "programme value (= US notification ceiling)": "programme",
    "undisclosed (analyst ~1bn)": "contract",
}
# Statuses are matched by how they begin; the rest of the text is kept as a note.
STATUSES = {
    "agreed": "agreed",
    "announced": "announced",
    "approved": "approved",
    "delayed": "delayed",
    "delivered": "delivered",
    "executing": "executing",
    "letter of commitment": "agreed",
    "planned": "planned",
    "selected": "selected",
    "signed": "signed",
}
# What each system is a version of; rows that hold two systems have none.
FAMILIES = {
    "AH-64": "Apache",
    "Arrow 3": "Arrow 3",
    "CAESAR": "CAESAR",
    "CH-47": "Chinook",
    "CV90": "CV90",
    "Chunmoo": "Chunmoo",
    "Eurofighter": "Eurofighter",
    "F-16": "F-16",
    "F-35": "F-35",
    "HIMARS": "HIMARS",
    "IRIS-T": "IRIS-T",
    "K2 main battle tank (second": "K2",
    "K9 howitzer (": "K9",
    "Leopard 2": "Leopard 2",
    "Lynx": "Lynx",
    "M1A": "Abrams",
    "Orka": "Orka",
    "P-8": "P-8",
    "PULS": "PULS",
    "Patriot": "Patriot",
    "Rafale F3": "Rafale",
    "SAMP/T": "SAMP/T",
    "Type 26": "Type 26",
}
TWO_SYSTEMS = {"C01", "C26", "C42"}
BUYERS = {"C18": ["DEU", "NLD", "ROU", "ESP"], "C19": ["DNK", "NLD", "NOR"]}
# Several suppliers, consortia, and one whose owner is not where its plant is (C34: a British owner, a Swedish plant).
SUPPLIERS: dict[str, list[tuple[str, list[str]]]] = {
    "C01": [("Hyundai Rotem", ["KOR"]), ("Hanwha Defense", ["KOR"])],
    "C06": [("Hanwha Aerospace / WB Electronics JV", ["KOR", "POL"])],
    "C08": [("General Dynamics", ["USA"])],
    "C17": [("Elbit Systems", ["ISR"]), ("KNDS", ["DEU", "FRA"])],
    "C26": [("Naval Group", ["FRA"]), ("Dassault Aviation", ["FRA"])],
    "C34": [("BAE Systems Hagglunds", ["GBR"])],
}
ORIGINS: dict[str, list[dict[str, Any]]] = {
    "C06": [{"basis": "plant", "unsplit": ["POL"], "note": "made in Poland"}],
    "C18": [{"basis": "plant", "unsplit": ["DEU"], "note": "production line in Schrobenhausen"}],
    "C33": [
        {
            "basis": "work-share",
            "shares": [{"country": "USA", "share": "75.8 %"}],
            "note": "almost USD 5 bn of about 6.6 bn go to the United States",
        }
    ],
    "C34": [{"basis": "plant", "unsplit": ["SWE"]}, {"basis": "registered address", "unsplit": ["SWE"]}],
    "C38": [{"basis": "content", "shares": [{"country": "GBR", "share": "37 %"}], "note": "of each aircraft"}],
    "C46": [
        {
            "basis": "plant",
            "shares": [{"country": "HUN", "share": "78.9 %"}],
            "unsplit": ["DEU"],
            "note": "172 of 218 Lynx built in Hungary",
        }
    ],
}
PART_OF = {"C31": "C30"}
CHANNELS = {
    "procurement agency": {"C18", "C19"},
    "US foreign military sales": {"C12", "C16", "C29", "C30", "C31", "C32", "C33", "C37"},
    "government to government": {"C44"},
}


def quantity(row: dict[str, str]) -> dict[str, Any]:
    """Read a count and how it is bounded; keep the wording where it is more than a count."""
    text = row["quantity"]
    if not text:
        return {}
    bound = next((name for mark, name in BOUNDS.items() if text.startswith(mark)), "exact")
    found = re.search(r"\d+", text) if "+" not in text else None
    wording = {} if text.isdigit() else {"wording": text}
    count = {"count": int(found[0])} if found else {}
    return {"quantity": {**count, "unit": row["quantity_unit"], "bound": bound, **wording}}


BOUNDS = {"~": "about", "at least": "at least", "up to": "up to"}


def value(row: dict[str, str]) -> dict[str, Any]:
    """Read an amount, a range, or nothing; never a middle of either."""
    ends = [part for part in row["value_reported"].split("-") if part]
    money = [{"amount": end, "currency": row["currency"]} for end in ends]
    return {
        "kind": KINDS[row["value_kind"]],
        **dict(zip(("low", "high"), money, strict=False)),
        "wording": row["value_kind"],
    }


def date(row: dict[str, str]) -> dict[str, Any]:
    """Read a date as far as it is known; what is inferred or stands on an undated page is derived."""
    precision = row["date_precision"]
    if not row["date"]:
        return {}
    word = "derived" if re.search("undated|inferred", precision) else precision.split()[0]
    return {"date": {"date": row["date"], "precision": word}}


def year(row: dict[str, str], name: str) -> dict[str, int]:
    """Read a year of delivery."""
    return {name: int(row[name][:4])} if row[name] else {}


def notes(row: dict[str, str]) -> str:
    """Join what the collection says beside its columns, and what a column says beside its value."""
    parts = [row["notes"]]
    if row["domestic_or_offset_share"]:
        parts.append(f"domestic part or offset: {row['domestic_or_offset_share']}")
    for name, label in (("delivery_end", "last delivery"), ("date_precision", "date")):
        if "(" in row[name]:
            parts.append(f"{label}: {row[name]}")
    return "; ".join(part for part in parts if part)


def sources(row: dict[str, str]) -> list[dict[str, str]]:
    """Give every address, each once, with a title of our own."""
    addresses = [row["source_url"], row["second_source_url"]]
    urls = [url.strip() for text in addresses for url in text.split(" ; ") if url.strip()]
    title = f"Report on {row['buyer']}: {row['system']}"
    return [{"title": title, "url": url} for url in dict.fromkeys(urls)]


def suppliers(row: dict[str, str]) -> list[dict[str, Any]]:
    """Give the suppliers with their countries; several countries of one supplier stay unsplit."""
    given = SUPPLIERS.get(row["contract_id"]) or [(row["supplier_company"], row["supplier_origin_iso3"].split(";"))]
    return [{"name": name, "countries": countries} for name, countries in given]


def packaged(row: dict[str, str]) -> dict[str, Any]:
    """Map one row onto the model's words."""
    key = row["contract_id"]
    status = next(word for start, word in STATUSES.items() if row["status"].startswith(start))
    family = [name for start, name in FAMILIES.items() if row["system"].startswith(start)]
    if (key in TWO_SYSTEMS) is bool(family):
        raise SystemExit(f"{key}: which family is {row['system']!r}?")
    first, *more = sources(row)
    return {
        "key": key,
        "buyers": BUYERS.get(key) or [row["buyer_iso3"]],
        "suppliers": suppliers(row),
        "system": row["system"],
        **({"family": family[0]} if family else {}),
        "areas": AREAS[row["capability_area"]],
        **quantity(row),
        "value": value(row),
        **date(row),
        "date_of": row["date_kind"],
        **year(row, "delivery_start"),
        **year(row, "delivery_end"),
        "channel": next((name for name, keys in CHANNELS.items() if key in keys), "unstated"),
        "status": status,
        **({"status_note": row["status"]} if row["status"] != status else {}),
        **({"origins": ORIGINS[key]} if key in ORIGINS else {}),
        **({"part_of": PART_OF[key]} if key in PART_OF else {}),
        "is_maker_named": row["supplier_named_in_source"] == "yes",
        "source": first,
        **({"more_sources": more} if more else {}),
        **({"note": notes(row)} if notes(row) else {}),
    }


def toml(data: object) -> str:
    """Write a value as TOML; its strings are JSON's."""
    if isinstance(data, dict):
        return "{ " + ", ".join(f"{name} = {toml(item)}" for name, item in data.items()) + " }"
    if isinstance(data, list):
        return "[" + ", ".join(map(toml, data)) + "]"
    return json.dumps(data, ensure_ascii=False)


def main(collection: Path) -> None:
    """Write announced_contracts.toml and refresh its hash."""
    with collection.open(encoding="utf-8", newline="") as file:
        rows = [packaged(row) for row in csv.DictReader(file)]
    tables = ["\n".join(["[[contracts]]", *(f"{name} = {toml(item)}" for name, item in row.items())]) for row in rows]
    TARGET.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    manifest = DATA / "contracts.toml"
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_contracts.py COLLECTION.csv")
    main(Path(sys.argv[1]))
