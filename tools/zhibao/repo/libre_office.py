"""A .docx as a .pdf through LibreOffice, where it is installed: in a folder and a profile of its own, without a shell, in bounded time."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

TIMEOUT = 120
"""Seconds that one document may take; a notice takes two."""
PROGRAMS = ("soffice", "libreoffice")


class LibreOfficeError(Exception):
    """LibreOffice is missing or made no file. The message is Chinese and fit to be shown."""


def program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def as_pdf(document: bytes) -> bytes:
    """The .pdf of a .docx. Raises LibreOfficeError."""
    found = program()
    if found is None:
        raise LibreOfficeError(
            "没有找到 LibreOffice，写不成 .pdf；请安装（Debian/Ubuntu：sudo apt-get install libreoffice-writer-nogui），"
            "或者用 --docx 存下，在 WPS 或 Word 里另存为 PDF"
        )
    with tempfile.TemporaryDirectory(prefix="zhibao-") as name:
        folder = Path(name)
        source = folder / "notice.docx"
        source.write_bytes(document)
        try:
            subprocess.run(  # noqa: S603 — a list of arguments, no shell
                [
                    found,
                    f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                    "--headless",
                    "--norestore",
                    "--convert-to",
                    "pdf:writer_pdf_Export",
                    "--outdir",
                    str(folder),
                    str(source),
                ],
                cwd=folder,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
            return source.with_suffix(".pdf").read_bytes()
        except subprocess.TimeoutExpired:
            raise LibreOfficeError(f"LibreOffice 超过 {TIMEOUT} 秒没有写成 .pdf；请再试一次") from None
        except OSError:
            raise LibreOfficeError(
                "LibreOffice 没有写成 .pdf；请用 --docx 存下，打开看看，再另存为 PDF"
            ) from None
