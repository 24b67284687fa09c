"""What it costs to import the library and to print the brief, as ratios in one run.

Each command is run in a fresh process, in turn with the others so that all meet the same machine; medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15

COMMANDS = {
    "python -c pass": "pass",
    "import attrs": "import attrs",
    "import natoburden": "import natoburden",
    "natoburden, one Share": "import natoburden as nb; nb.Share.percent('2')",
    "one gap from the newest edition": (
        "import natoburden as nb; nb.targets.gap(nb.datasets.defence_expenditure(), 'DEU', 2025, nb.HAGUE_CORE)"
    ),
    "the brief, as CSV": "from natoburden.__main__ import main; main(['brief', '--format', 'csv'])",
    "the brief, as a table": "from natoburden.__main__ import main; main(['brief'])",
}


def seconds(code: str) -> float:
    """Run a program in a fresh process and give its wall time."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print each command's median time, what it adds to a bare start, and its ratio to importing attrs."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, code in COMMANDS.items():
            times[name].append(seconds(code))
    median = {name: statistics.median(values) for name, values in times.items()}
    bare, attrs = median["python -c pass"], median["import attrs"]
    print(f"{'median of ' + str(ROUNDS):34}{'ms':>8}{'ms over bare':>14}{'ratio to attrs':>16}")
    for name, value in median.items():
        print(f"{name:34}{value * 1000:8.1f}{(value - bare) * 1000:14.1f}{value / attrs:16.2f}")


if __name__ == "__main__":
    main()
