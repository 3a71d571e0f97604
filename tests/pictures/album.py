"""Writes the page on which the pictures stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from tests.pictures.taking import Taken

HEAD: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Signoff: every page</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { margin: 2rem; }
  h2 { margin: 3rem 0 0.5rem; font-size: 1rem; }
  div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  figure { margin: 0; }
  img { display: block; width: auto; height: 26rem; border: 1px solid #8888; }
  li { color: #b00; }
</style>
<h1>Every page of Signoff</h1>
"""


def write(taken: Sequence[Taken], into: Path) -> Path:
    """Write index.html beside the pictures; gives its path."""
    parts = [_part(name, list(pictures)) for name, pictures in groupby(taken, lambda one: one.name)]
    place = into / "index.html"
    place.write_text(HEAD + "\n".join(parts) + "\n", encoding="utf-8")
    return place


def _part(name: str, pictures: list[Taken]) -> str:
    figures = "".join(
        f'<figure><a href="{escape(one.file)}"><img loading="lazy" src="{escape(one.file)}"'
        f' alt="{escape(one.name)}, {escape(one.look)}"></a>'
        f"<figcaption>{escape(one.look)}</figcaption></figure>"
        for one in pictures
    )
    faults = "".join(
        f"<li>{escape(one.look)}: {escape(fault)}</li>" for one in pictures for fault in one.faults
    )
    listed = f"<ul>{faults}</ul>" if faults else ""
    return f'<h2 id="{escape(name)}">{escape(name)}</h2>{listed}<div>{figures}</div>'
