"""Rebuild the packaged contracts from the collection of announced contracts.

The collection is a CSV file with one row per contract. This script applies the corrections in
``reviewed/contracts_corrections.csv``, maps the collection's words onto the model's, splits what one column holds
together, adds what ``reviewed/contracts.toml`` says of each contract, and refreshes the hash in the manifest. It keeps
the source's own wording beside every mapped value and invents nothing: it stops at what it cannot map.

Run it from the project's root: ``.venv/bin/python scripts/build_contracts.py COLLECTION.csv``.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from corrections import REMARKS, SOURCES, corrected, read_rows

DATA = Path(__file__).parents[1] / "src/natoburden/datasets/data"
TARGET = DATA / "announced_contracts.toml"
REVIEWED = Path(__file__).parent / "reviewed"

AREAS = {
    "air & missile defence": ["air and missile defence"],
    "air/maritime patrol": ["maritime patrol aircraft"],
    "air: combat aircraft": ["combat aircraft"],
    "air: early warning": ["other aircraft"],
    "air: helicopters": ["helicopters"],
    "air: missiles": ["missiles"],
    "air: trainer aircraft": ["other aircraft"],
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
    "agreement (LOA)": "contract",
    "agreement (LOA), told as USD 6.0 to 7.2 bn": "contract",
    "agreement (about, net)": "contract",
    "agreement (nearly)": "contract",
    "announced": "estimate",
    "approved deal value": "approval",
    "budget": "budget",
    "budget (planning document 2024-2026)": "budget",
    "budget (political agreement)": "budget",
    "budget draft": "budget",
    "budget range": "budget",
    "contract": "contract",
    "contract (about)": "contract",
    "contract (more than)": "contract",
    "contract (pair)": "contract",
    "contract (procurement value)": "contract",
    "deal value": "estimate",
    "estimate": "estimate",
    "framework (about)": "ceiling",
    "framework (potential)": "ceiling",
    "government-stated value (up to)": "ceiling",
    "government-to-government contract": "contract",
    "parliamentary approval": "approval",
    "parliamentary approval (about)": "approval",
    "parliamentary approval (range)": "approval",
    "programme": "programme",
    "programme (ceiling)": "programme",
    "programme value": "programme",
    "programme value (= US notification ceiling)": "programme",
    "value not stated in the texts seen": "contract",
}
# Statuses are matched by how they begin; the rest of the text is kept as a note.
STATUSES = {
    "agreed": "agreed",
    "announced": "announced",
    "approved": "approved",
    "contested": "contested",
    "decided": "approved",
    "delayed": "delayed",
    "delivered": "delivered",
    "executing": "executing",
    "framework": "agreed",
    "letter of commitment": "agreed",
    "planned": "planned",
    "selected": "selected",
    "signed": "signed",
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


BOUNDS = {"~": "about", "at least": "at least", "more than": "at least", "up to": "up to"}


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
    word = precision.split()[0]
    if re.search("undated|inferred", precision):
        word = "derived"
    elif word == "day" and re.search(r"\((article date|report\b)", precision):
        word = "article"
    return {"date": {"date": row["date"], "precision": word}}


def year(row: dict[str, str], name: str) -> dict[str, int]:
    """Read a year of delivery."""
    return {name: int(row[name][:4])} if row[name] else {}


def notes(row: dict[str, str], remark: str) -> str:
    """Join what the collection says beside its columns, what a column says beside its value, and later remarks."""
    parts = [row["notes"]]
    if row["domestic_or_offset_share"]:
        parts.append(f"domestic part or offset: {row['domestic_or_offset_share']}")
    for name, label in (("delivery_end", "last delivery"), ("date_precision", "date")):
        if "(" in row[name]:
            parts.append(f"{label}: {row[name]}")
    return "; ".join(part for part in (*parts, row[REMARKS], remark) if part)


def sources(row: dict[str, str]) -> list[dict[str, str]]:
    """Give every source, each once, with a title of our own; what has no address has its host and reference."""
    title = f"Report on {row['buyer']}: {row['system']}"
    found = [text for name in ("source_url", "second_source_url", SOURCES) for text in row[name].split(" ; ") if text]
    return [{"title": title, **_where(text.strip())} for text in dict.fromkeys(found)]


def _where(text: str) -> dict[str, str]:
    if text.startswith(("http://", "https://")):
        return {"url": text}
    publisher, _, locator = text.partition(": ")
    return {"publisher": publisher, "locator": locator}


def packaged(row: dict[str, str], reviewed: dict[str, Any]) -> dict[str, Any]:
    """Map one row onto the model's words."""
    status = next(word for start, word in STATUSES.items() if row["status"].startswith(start))
    supplier = {"name": row["supplier_company"], "countries": row["supplier_origin_iso3"].split(";")}
    first, *more = sources(row)
    note = notes(row, reviewed.get("remark", ""))
    return {
        "key": row["contract_id"],
        "buyers": reviewed.get("buyers", [row["buyer_iso3"]]),
        "suppliers": reviewed.get("suppliers", [supplier]),
        "system": row["system"],
        **{name: reviewed[name] for name in ("family",) if name in reviewed},
        "areas": AREAS[row["capability_area"]],
        **quantity(row),
        "value": value(row),
        **date(row),
        "date_of": row["date_kind"],
        **year(row, "delivery_start"),
        **year(row, "delivery_end"),
        "channel": reviewed.get("channel", "unstated"),
        "status": status,
        **({"status_note": row["status"]} if row["status"] != status else {}),
        **{name: reviewed[name] for name in ("origins", "part_of") if name in reviewed},
        "is_maker_named": row["supplier_named_in_source"] == "yes",
        "source": first,
        **({"more_sources": more} if more else {}),
        **({"note": note} if note else {}),
    }


def contracts(collection: Path) -> list[dict[str, Any]]:
    """Give all contracts of a collection, corrected and reviewed."""
    reviewed = tomllib.loads((REVIEWED / "contracts.toml").read_text(encoding="utf-8"))
    corrections = read_rows(REVIEWED / "contracts_corrections.csv")
    rows = {row["contract_id"]: row for row in corrected(read_rows(collection), "contract_id", corrections)}
    if unlike := rows.keys() ^ reviewed.keys():
        raise SystemExit(f"in one of the collection and reviewed/contracts.toml only: {', '.join(sorted(unlike))}")
    return [packaged(row, reviewed[key]) for key, row in rows.items()]


def toml(data: object) -> str:
    """Write a value as TOML; its strings are JSON's."""
    if isinstance(data, dict):
        return "{ " + ", ".join(f"{name} = {toml(item)}" for name, item in data.items()) + " }"
    if isinstance(data, list):
        return "[" + ", ".join(map(toml, data)) + "]"
    return json.dumps(data, ensure_ascii=False)


def document(collection: Path) -> str:
    """Write the contracts of a collection as a TOML document."""
    rows = contracts(collection)
    tables = ["\n".join(["[[contracts]]", *(f"{name} = {toml(item)}" for name, item in row.items())]) for row in rows]
    return "\n\n".join(tables) + "\n"


def main(collection: Path) -> None:
    """Write announced_contracts.toml and refresh its hash."""
    TARGET.write_text(document(collection), encoding="utf-8", newline="\n")
    manifest = DATA / "contracts.toml"
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_contracts.py COLLECTION.csv")
    main(Path(sys.argv[1]))
