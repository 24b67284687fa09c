"""Rebuild the packaged national commitments from the collection of stated commitments.

The collection is a CSV file with one row per statement. This script applies the corrections in
``reviewed/commitments_corrections.csv``, maps the collection's words onto the model's (its *total* is what the alliance
calls core, its *defence+related* is the total), splits what one column holds together, adds what
``reviewed/commitments.toml`` says of single rows, and refreshes the hash in the manifest. It invents nothing: it stops
at what it cannot map.

Run it from the project's root: ``.venv/bin/python scripts/build_commitments.py COLLECTION.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from corrections import REMARKS, SOURCES, corrected, read_rows

DATA = Path(__file__).parents[1] / "src/natoburden/datasets/data"
TARGET = DATA / "commitments.csv"
REVIEWED = Path(__file__).parent / "reviewed"

COMPONENTS = {"total": "core", "core": "core", "defence+related": "total", "Ukraine aid": "ukraine aid"}
KINDS = {
    "leader statement": "statement",
    "government plan": "plan",
    "coalition agreement": "agreement",
    "opposition or parliamentary resolution": "resolution",
    "budget": "budget",
    "law": "law",
    "opt-out": "opt-out",
}
COLUMNS = (
    *("key", "party", "share", "component", "of_gni", "is_average", "start", "deadline", "kind", "modality"),
    *("definition", "announced", "precision", "voiced_by", "standing", "superseded_by", "repeats", "refused"),
    *("grade", "url", "second_urls", "note"),
)


def share(text: str) -> str:
    """Write ``3-3.5`` as ``3-3.5 %`` and ``2.0`` as ``2 %``."""
    return "-".join(f"{float(part):g}" for part in text.split("-")) + " %"


def grade(row: dict[str, str]) -> str:
    """Say how well a row is sourced; a primary text is one even where the collection found it weakly reported."""
    if row["source_kind"] == "primary":
        return "primary"
    if "weak source" in f"{row['notes']} {row[REMARKS]}":
        return "weak"
    return "two sources" if row["second_source_url"] else "press"


def repeats(row: dict[str, str]) -> str:
    """Give the key of the row that this one tells again; the core part of a total says something of its own."""
    found = re.search(r"(?:SAME AS|SAME TARGET AS|ROUNDING OF) ([A-Z0-9][\w.-]+)", row["notes"])
    return found[1].rstrip(";.,") if found else ""


def years(row: dict[str, str]) -> tuple[str, str]:
    """Give start and deadline; a floor whose two years are one holds from that year on."""
    start, deadline = row["from_year"], row["by_year"]
    if row["modality"] == "floor" and start == deadline:
        deadline = ""
    return start, deadline


def second_urls(row: dict[str, str]) -> str:
    """Give the addresses of further sources, each once; the one that the row stands on is not among them."""
    found = [*row["second_source_url"].split(" ; "), *row[SOURCES].split(" ; ")]
    addresses = [text.strip() for text in found if text.strip().startswith(("http://", "https://"))]
    return " ".join(text for text in dict.fromkeys(addresses) if text != row["source_url"])


def note(row: dict[str, str]) -> str:
    """Join the notes and what corrections add: their remarks, and their sources that have no address."""
    hosts = [text.replace(": ", ", ") for text in row[SOURCES].split(" ; ") if text and "://" not in text]
    parts = [re.sub(r"\s*\|\s*", "; ", row["notes"]).strip(), row[REMARKS], *(f"corrected by {host}" for host in hosts)]
    return "; ".join(part for part in parts if part)


def packaged(row: dict[str, str], reviewed: dict[str, Any]) -> dict[str, str]:
    """Map one row onto the model's words."""
    standing, _, superseded_by = row["status"].partition(" by ")
    key = row["commitment_id"]
    addressed_to = reviewed["addressed_to"]
    start, deadline = years(row)
    said_by = "EU" if row["country_iso3"] == "EUU" else row["country_iso3"]
    return {
        "key": key,
        "party": addressed_to.get(key, said_by),
        "share": share(row["share_percent"]),
        "component": "related" if key in reviewed["related"] else COMPONENTS[row["component"]],
        "of_gni": "yes" if re.search(r"\bGNI\b|gross national income", row["notes"], re.IGNORECASE) else "",
        "is_average": "yes" if key in reviewed["averages"] else "",
        "start": start,
        "deadline": deadline,
        "kind": "demand" if key in addressed_to else KINDS[row["kind"]],
        "modality": "threshold" if key in reviewed["fiscal_rules"] else row["modality"],
        "definition": row["basis"],
        "announced": row["announced_date"],
        "precision": row["date_precision"],
        "voiced_by": said_by if key in addressed_to else "",
        "standing": standing,
        "superseded_by": superseded_by,
        "repeats": reviewed["same_as"].get(key) or repeats(row),
        "refused": "yes" if row["kind"] == "opt-out" and key not in reviewed["accepted"] else "",
        "grade": grade(row),
        "url": row["source_url"],
        "second_urls": second_urls(row),
        "note": note(row),
    }


def document(collection: Path) -> str:
    """Write the commitments of a collection as a CSV file, by party and key."""
    reviewed = tomllib.loads((REVIEWED / "commitments.toml").read_text(encoding="utf-8"))
    corrections = read_rows(REVIEWED / "commitments_corrections.csv")
    rows = corrected(read_rows(collection), "commitment_id", corrections)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    packed = [packaged(row, reviewed) for row in rows]
    writer.writerows(sorted(packed, key=lambda row: (row["party"], row["key"])))
    return text.getvalue()


def main(collection: Path) -> None:
    """Write commitments.csv and refresh its hash."""
    TARGET.write_text(document(collection), encoding="utf-8", newline="\n")
    manifest = DATA / "commitments.toml"
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    text = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_commitments.py COLLECTION.csv")
    main(Path(sys.argv[1]))
