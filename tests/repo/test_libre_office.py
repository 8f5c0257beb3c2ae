"""LibreOffice that is missing, fails or does not end: a sentence each, and no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibao.repo import libre_office
from zhibao.repo.libre_office import LibreOfficeError, as_pdf


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of that name, which does what the script says."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(libre_office, "PROGRAMS", (str(program),))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "没有写成 .pdf；请用 --docx 存下"),
        ("exit 0", "没有写成 .pdf"),
        ("exec sleep 30", "超过 1 秒"),
    ],
)
def test_what_made_no_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr(libre_office, "TIMEOUT", 1)
    with pytest.raises(LibreOfficeError, match=said):
        as_pdf(b"")


def test_the_profile_and_the_file_are_in_a_folder_of_their_own_that_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "seen"
    stand_in(tmp_path, monkeypatch, f'echo "$PWD" > {out}; echo "$@" >> {out}; cp notice.docx notice.pdf')
    assert as_pdf(b"words") == b"words"
    folder, arguments = out.read_text("utf-8").splitlines()
    assert f"-env:UserInstallation=file://{folder}/profile --headless" in arguments
    assert not Path(folder).exists()
