"""Copies the files named in static/vendor/vendor.toml from their npm packages, checked twice."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

VENDOR: Final = Path(__file__).resolve().parent.parent / "static" / "vendor"


def main() -> None:
    """Copy every package; end with an error at the first file that is not what it was."""
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))
    for name, package in packages.items():
        copy(VENDOR / name, package)


def copy(folder: Path, package: dict[str, Any]) -> None:
    """Fetch one package and write its files into the folder."""
    archive = fetch(f"{package['package']}@{package['version']}", package["integrity"])
    folder.mkdir(exist_ok=True)
    for name, file in package["files"].items():
        content = without_source_map(archive[f"package/{file['from']}"])
        found = hashlib.sha256(content).hexdigest()
        if found != file["sha256"]:
            sys.exit(f"Error: {folder.name}/{name} has the SHA-256 {found}; vendor.toml differs.")
        (folder / name).write_bytes(content)
        print(f"{folder.name}/{name}: {len(content):,} bytes")


def fetch(package: str, integrity: str) -> dict[str, bytes]:
    """Give the files of an npm package whose archive has this SHA-512."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", package, "--pack-destination", folder],  # noqa: S607 - PATH
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        digest = hashlib.sha512(archive.read_bytes()).digest()
        found = f"sha512-{base64.b64encode(digest).decode()}"
        if found != integrity:
            sys.exit(f"Error: {package} has the integrity {found}; vendor.toml differs.")
        with tarfile.open(archive) as files:
            return {
                member.name: opened.read()
                for member in files.getmembers()
                if (opened := files.extractfile(member))
            }


def without_source_map(content: bytes) -> bytes:
    """Drop the pointer to a source map, as hashed static files refuse one that is not there."""
    return re.sub(rb"\n?//# sourceMappingURL=\S+\s*\Z", b"", content)


if __name__ == "__main__":
    main()
