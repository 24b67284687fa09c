"""The command line, as a person meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import shtab

import natoburden as nb
from natoburden.presentation.cli import main
from natoburden.presentation.cli.arguments import parser_in


@pytest.mark.newest
def test_the_brief_goes_to_standard_output_as_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Defence expenditure and gaps to targets, NATO Total, 2026 (edition 2026-07)\n")
    assert "\x1b" not in out
    assert "Source: NATO, Defence Investment" in out


def test_options_choose_edition_year_target_group_sort_and_format(capsys: pytest.CaptureFixture[str]) -> None:
    targets = ["--target", "wales-equipment", "--target", "hague-core"]
    others = ["--group", "NATO_EUROPE", "--sort", "share", "--format", "json"]
    assert main(["brief", "--edition", "2024-06", "--year", "2023", *targets, *others]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["edition"], data["year"], data["group"]) == ("2024-06", 2023, "NATO_EUROPE")
    assert [target["key"] for target in data["targets"]] == ["wales-equipment", "hague-core"]
    assert data["rows"][0]["key"] == "POL"


def test_output_writes_a_file_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "brief.md"
    assert main(["brief", "--format", "markdown", "--output", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert "Türkiye" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("brief --edition 2025-07", "unknown edition '2025-07'; valid: 2016-01, 2019-06, 2022-06, 2023-07, 2024-06"),
        (
            "brief --edition 2026-07 --year 2030",
            "edition 2026-07 has no figures of NATO Total for 2030; valid: 2014-2026",
        ),
        ("brief --chances --article", "chances are of the brief without an article"),
        ("brief --year soon", "invalid int value: 'soon'"),
        ("brief --target hague", "it has two parts: give 'hague-core'"),
        ("brief --target hague-cor", "did you mean 'hague-core'"),
        ("brief --target hague-related", "NATO publishes no related spending"),
        ("brief --group Nato-Europe", "unknown group 'Nato-Europe'"),
        ("brief --sort size", "choose from"),
        ("brief --format pdf", "choose from"),
        ("brief --output /nowhere/at/all", "/nowhere/at/all: No such file or directory"),
        ("brief --colour", "unrecognized arguments: --colour"),
        ("briefs", "invalid choice: 'briefs'"),
    ],
)
def test_bad_arguments_get_one_clear_line_and_exit_code_2(
    arguments: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments.split())
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert words in captured.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [["--output", "/dev/full"], []])
def test_a_full_disk_is_named(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 # a device
        ran = subprocess.run(
            [sys.executable, "-m", "natoburden", "brief", *arguments],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    name = arguments[-1] if arguments else "standard output"
    assert ran.returncode == 2
    assert f"{name}: No space left on device" in ran.stderr.decode()


def test_no_command_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "brief" in capsys.readouterr().out


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"natoburden {nb.__version__}\n"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, **environment}, stdin=subprocess.DEVNULL
    )


def test_the_module_runs_as_the_command_does() -> None:
    as_module = run(sys.executable, "-m", "natoburden", "brief", "--format", "csv")
    assert as_module.returncode == 0
    assert as_module.stdout.startswith(b"edition,year,kind,key,name,")


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_a_reader_that_closes_the_pipe_early_ends_the_command_in_peace(form: str) -> None:
    piped = run("bash", "-c", f"set -o pipefail; {sys.executable} -m natoburden brief --format {form} | head -n 1")
    assert (piped.returncode, piped.stdout.count(b"\n"), piped.stderr) == (0, 1, b"")


def test_a_closed_standard_output_is_told_in_one_line() -> None:
    closed = run("bash", "-c", f"{sys.executable} -m natoburden brief >&-")
    assert (closed.returncode, closed.stderr) == (
        2,
        b"natoburden: standard output: Bad file descriptor (see natoburden --help)\n",
    )


def test_a_target_given_twice_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "--target", "hague-core", "--target", "hague-core", "--format", "json"]) == 0
    assert [target["key"] for target in json.loads(capsys.readouterr().out)["targets"]] == ["hague-core"]


def test_a_terminal_without_umlauts_still_gets_the_table() -> None:
    ascii_only = run(sys.executable, "-m", "natoburden", "brief", PYTHONIOENCODING="ascii")
    assert ascii_only.returncode == 0
    assert b"T?rkiye" in ascii_only.stdout


def on_a_terminal_of_80_columns(*arguments: str) -> list[str]:
    script = (
        "import os, pty, sys\n"
        "os.environ['COLUMNS'] = '80'\n"
        f"status = pty.spawn([{sys.executable!r}, '-m', 'natoburden', *{arguments!r}])\n"
        "sys.exit(os.waitstatus_to_exitcode(status))\n"
    )
    shown = run(sys.executable, "-c", script, TERM="xterm").stdout.decode()
    lines = re.sub(r"\x1b\[\d+m", "", shown).splitlines()
    assert max(map(len, lines)) <= 80
    return lines


def test_the_brief_of_the_article_and_its_claims_fit_80_columns() -> None:
    lines = on_a_terminal_of_80_columns("brief", "--article", "--edition", "2026-07")
    germany = next(line for line in lines if line.startswith("Germany"))
    assert germany.split()[1:] == ["2.12e", "2.88", "132.8", "2.69e", "2.31", "125.8", "0.69", "0.81", "44.0"]
    assert any("not reproducible" in line or "reproducible" in line for line in on_a_terminal_of_80_columns("claims"))


def test_a_terminal_of_80_columns_shows_every_figure_whole() -> None:
    lines = on_a_terminal_of_80_columns("brief", "--edition", "2026-07")
    states = next(line for line in lines if line.startswith("United States"))
    figures = ["3.17e", "1.99", "-1.17", "-381.90", "0.33", "106.32", "1.83", "594.53", "28.3", "!"]
    assert states.split()[2:] == figures


@pytest.mark.parametrize(
    "arguments", [["--locale", "fr", "brief"], ["brief", "--locale=fr"], ["brief", "--locale", "fr"]]
)
def test_a_locale_may_stand_before_or_after_the_command(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--year", "2025"]) == 0
    assert capsys.readouterr().out.startswith("Dépenses de défense et écarts aux objectifs")


def test_help_is_french_where_the_locale_is(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help", "--locale", "fr"], ["--locale", "fr", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        out = capsys.readouterr().out
        assert out.startswith("utilisation\N{NO-BREAK SPACE}: natoburden")
        for line in (
            "Qui porte la charge d’une alliance",
            "  -h, --help       afficher cette aide",
            "commandes\N{NO-BREAK SPACE}:",
        ):
            assert line in out
    for arguments in (["--help", "--locale"], ["--help", "--locale", "12"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "Who carries an alliance's burden" in capsys.readouterr().out


def test_an_unknown_locale_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["brief", "--locale", "xx-nowhere"])
    assert caught.value.code == 2
    assert "unknown locale" in capsys.readouterr().err


def test_a_shell_can_complete_commands_options_and_choices() -> None:
    script = shtab.complete(parser_in(), "bash")
    for word in ("commitments", "--double-counting", "premium"):
        assert word in script


def test_faults_of_a_document_stand_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[[commitments]]\nkey = 'x'\nparty = 'Atlantis'\nkinds = 'law'\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["commitments", "--data", str(file)])
    first, *faults = capsys.readouterr().err.splitlines()
    assert first == f"natoburden: {file.name}: {len(faults)} faults"
    assert len(faults) > 1
    assert all(line.startswith("  commitments[0]") for line in faults)
