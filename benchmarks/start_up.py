"""What it costs to import the library, to look something up and to print the brief, as ratios in one run.

Each program runs in a fresh process, in turn with the others so that all meet the same machine. Compiled modules are
kept in a folder of the benchmark's own: where Python is told not to write them, only the library would be compiled anew
each time, and attrs would not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15
PEAK = "\nimport resource, sys; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
KILOBYTES = 1024 if sys.platform == "darwin" else 1

PROGRAMS = {
    "python -c pass": "pass",
    "import attrs": "import attrs",
    "import natoburden": "import natoburden",
    "natoburden, one Share": "import natoburden as nb; nb.Share.percent('2')",
    "first gap": (
        "import natoburden as nb; nb.targets.gap(nb.datasets.defence_expenditure(), 'DEU', 2025, nb.HAGUE_CORE)"
    ),
    "Country.find('DEU')": "import natoburden as nb; nb.Country.find('DEU')",
    "Country.find('Allemagne')": "import natoburden as nb; nb.Country.find('Allemagne')",
    "the brief, as CSV": "from natoburden.__main__ import main; main(['brief', '--format', 'csv'])",
    "the brief, as a table": "from natoburden.__main__ import main; main(['brief'])",
}


def run(code: str, compiled: str) -> tuple[float, float]:
    """Return the wall time of a program in a fresh process, in seconds, and the most memory that it held, in MiB."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code + PEAK], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start, int(done.stderr.split()[-1]) / KILOBYTES / 1024


def main() -> None:
    """Print each program's median time, its ratio to importing attrs and its memory, and the bars beside."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    memory: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as compiled:
        for number in range(ROUNDS + 1):
            for name, code in PROGRAMS.items():
                seconds, peak = run(code, compiled)
                if number:  # the first round compiles
                    times[name].append(seconds)
                    memory[name].append(peak)
    median = {name: statistics.median(values) for name, values in times.items()}
    peak_of = {name: statistics.median(values) for name, values in memory.items()}
    bare, attrs = median["python -c pass"], median["import attrs"]
    print(f"{f'median of {ROUNDS}':28}{'ms':>8}{'ms over bare':>14}{'ratio to attrs':>16}{'peak MiB':>10}")
    for name, value in median.items():
        print(f"{name:28}{value * 1000:8.1f}{(value - bare) * 1000:14.1f}{value / attrs:16.2f}{peak_of[name]:10.1f}")
    known, foreign = "Country.find('DEU')", "Country.find('Allemagne')"
    for what, found, bar in (
        ("first gap, times import attrs", median["first gap"] / attrs, 3.5),
        ("Allemagne, times the time of DEU", median[foreign] / median[known], 1.3),
        ("Allemagne, MiB more than DEU", peak_of[foreign] - peak_of[known], 30),
    ):
        print(f"{what:38}{found:8.2f}  bar {bar:4}  {'met' if found <= bar else 'NOT MET'}")


if __name__ == "__main__":
    main()
