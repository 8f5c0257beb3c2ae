"""What a county's repository notes of the program that it came with: version, commit, and the SHA-256 of every file as it was laid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhibao.door.founding import FoundingError

MANIFEST = ".zhibao/manifest.json"
SCHEMA = 1
LARGEST = 2_000_000
"""Bytes of a manifest; one of 500 files has 50,000."""


@dataclass(frozen=True)
class Manifest:
    """The program's files by path with their SHA-256, as they were laid. `commit` is empty where it is not known."""

    version: str
    commit: str
    files: Mapping[str, str]

    @property
    def text(self) -> str:
        """Canonical JSON: the same manifest, the same bytes."""
        whole = {
            "schema": SCHEMA,
            "version": self.version,
            "commit": self.commit,
            "files": dict(self.files),
        }
        return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def digest(data: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(root: Path) -> Manifest | None:
    """The manifest of a county's repository; None where there is none. Raises FoundingError for one that cannot be used."""
    path = root / MANIFEST
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > LARGEST:
            raise FoundingError(f"{MANIFEST} 太大，不像程序写的；请从 Git 里恢复：git checkout -- {MANIFEST}")
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise FoundingError(f"{MANIFEST} 读不懂；请从 Git 里恢复：git checkout -- {MANIFEST}") from None
    files = read.get("files") if isinstance(read, dict) else None
    if not isinstance(files, dict) or read.get("schema") != SCHEMA:
        raise FoundingError(f"{MANIFEST} 不是这个程序认得的；请从 Git 里恢复，或换一份新的程序")
    return Manifest(
        str(read.get("version")), str(read.get("commit")), {str(k): str(v) for k, v in files.items()}
    )
