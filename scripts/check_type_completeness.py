"""Fail unless every public name of the library has a known type, by pyright's rules for typed packages."""

from __future__ import annotations

import json
import subprocess
import sys


def main() -> int:
    """Run basedpyright's --verifytypes and report what is not known."""
    command = ["basedpyright", "--verifytypes", "natoburden", "--ignoreexternal", "--outputjson"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    completeness = report["typeCompleteness"]
    unknown = [symbol for symbol in completeness["symbols"] if symbol["isExported"] and not symbol["isTypeKnown"]]
    for symbol in unknown:
        reasons = "; ".join(item["message"].splitlines()[0] for item in symbol["diagnostics"])
        print(f"{symbol['name']}: {reasons}")
    print(f"type completeness: {completeness['completenessScore']:.1%}")
    return 0 if completeness["completenessScore"] == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
