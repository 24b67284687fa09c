"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from natoburden._whole import written_whole
from natoburden.model.shares import Share
from natoburden.serialization.lines import write_lines


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    file = tmp_path / "gap.csv"
    file.write_text("as it was", encoding="utf-8")
    return file


def test_a_new_file_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(kept: Path) -> None:
    with written_whole(kept) as file:
        file.write("Türkiye\n")
        assert kept.read_text(encoding="utf-8") == "as it was"
    assert kept.read_bytes() == "Türkiye\n".encode()
    assert [*kept.parent.iterdir()] == [kept]


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_whatever_interrupts_the_writing_leaves_the_old_file(kept: Path, fault: BaseException) -> None:
    def write() -> None:
        with written_whole(kept) as file:
            file.write("half of")
            raise fault

    with pytest.raises(type(fault)):
        write()
    assert kept.read_text(encoding="utf-8") == "as it was"
    assert [*kept.parent.iterdir()] == [kept]


def test_a_sign_that_cannot_be_encoded_leaves_the_old_file(kept: Path) -> None:
    with pytest.raises(UnicodeEncodeError), written_whole(kept) as file:
        file.write("half of \ud800")
    assert kept.read_text(encoding="utf-8") == "as it was"


def test_no_file_comes_to_be_where_nothing_was_written(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), written_whole(tmp_path / "new.txt"):
        _ = 1 / 0
    assert [*tmp_path.iterdir()] == []


def test_a_disk_that_is_full_is_told_with_the_name_of_the_file(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=re.escape(f"No space left on device: '{kept}'")), written_whole(kept) as file:
        file.write("all of it")
    assert kept.read_text(encoding="utf-8") == "as it was"
    assert [*kept.parent.iterdir()] == [kept]


def test_a_folder_that_is_missing_is_told_with_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "gap.csv"
    with pytest.raises(FileNotFoundError, match=re.escape(str(file))), written_whole(file):
        pass


def test_an_error_about_another_file_keeps_its_name(kept: Path) -> None:
    with pytest.raises(FileNotFoundError, match="other"), written_whole(kept):
        (kept.parent / "other").read_text(encoding="utf-8")


def test_permissions_and_links_stay(kept: Path) -> None:
    kept.chmod(0o640)
    link = kept.with_name("link.csv")
    link.symlink_to(kept)
    with written_whole(link, "wb") as file:
        file.write(b"new")
    assert link.is_symlink()
    assert kept.read_bytes() == b"new"
    assert kept.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    with written_whole(tmp_path / "one.txt"):
        pass
    (tmp_path / "two.txt").touch()
    assert (tmp_path / "one.txt").stat().st_mode == (tmp_path / "two.txt").stat().st_mode


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="there is no null device here")
def test_a_device_is_written_to_directly() -> None:
    with written_whole("/dev/null") as file:
        file.write("gone")
    assert Path("/dev/null").is_char_device()


def test_lines_that_fail_on_the_way_leave_the_old_file(kept: Path) -> None:
    def values() -> Iterator[Share]:
        yield Share.percent(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_lines(kept, values())
    assert kept.read_text(encoding="utf-8") == "as it was"
