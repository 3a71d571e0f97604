"""Measures how the packages are laid out: sizes, circles, names, docstrings, comments, imports.

It parses the sources and imports none of them, so that it measures any commit from any place. The
migrations, which Django writes, are left out but for their number; so are imports by a string.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple, TypeAlias, TypeGuard

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("config", "tasks_ui", "workflows")
FACADE: Final = "workflows.engine"
FOR_TYPES: Final = ("TYPE_CHECKING", "typing.TYPE_CHECKING")
INIT: Final = "__init__"
SHORT: Final = 60
"""Characters below which a docstring of one line tells little more than the name."""

Edge: TypeAlias = tuple[str, str]
Cell: TypeAlias = str | float
Row: TypeAlias = tuple[Cell, ...]
Table: TypeAlias = tuple[str, tuple[str, ...], list[Row]]
Figures: TypeAlias = dict[str, float]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Module(NamedTuple):
    """One file of Python, called as imports call it; an `__init__` is called as its folder."""

    name: str
    path: Path
    is_package: bool
    text: str
    tree: ast.Module


def main() -> None:
    """Print the report, or the headline figures of two trees side by side."""
    parser = argparse.ArgumentParser(description="Measure sizes, circles, names and imports.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to measure")
    parser.add_argument("--format", choices=("text", "markdown"), default="text")
    parser.add_argument("--compare", type=Path, metavar="PATH", help="the checkout from before")
    options = parser.parse_args()
    figures, tables = measure(options.root)
    if options.compare:
        before, _ = measure(options.compare)
        both: list[Row] = [(name, before[name], figure) for name, figure in figures.items()]
        print(markdown(("figure", "before", "after"), both))
        return
    summary: Table = ("Summary", ("figure", "value"), [*figures.items()])
    for title, head, rows in (summary, *tables):
        if options.format == "markdown":
            print(f"## {title}\n\n{markdown(head, rows)}\n")
        else:
            print(f"{title}\n\n{aligned(head, rows)}\n")


def measure(root: Path) -> tuple[Figures, list[Table]]:
    """Measure a checkout: what is worth comparing, and the lists behind it."""
    modules = [module for name in PACKAGES for module in read_modules(root, name)]
    if not modules:
        sys.exit(f"Error: {root} holds none of {', '.join(PACKAGES)}.")
    figures: Figures = {}
    tables: list[Table] = []
    for part in (measure_sizes, measure_circles, measure_imports, measure_names, measure_texts):
        more, lists = part(modules)
        figures |= more
        tables += lists
    for app in ("tasks_ui", "workflows"):
        figures[f"migrations of {app}"] = len([*root.glob(f"{app}/migrations/[0-9]*.py")])
    tests = [*(root / "tests").rglob("*.py")]
    figures["test files (test_*.py)"] = sum(path.name.startswith("test_") for path in tests)
    figures["lines of Python under tests"] = sum(
        len(path.read_text(encoding="utf-8").splitlines()) for path in tests
    )
    return figures, tables


def read_modules(root: Path, package: str) -> Iterator[Module]:
    """Read and parse every module of a package but its migrations."""
    for path in sorted((root / package).rglob("*.py")):
        place = path.relative_to(root)
        if "migrations" not in place.parts:
            is_package, text = path.stem == INIT, path.read_text(encoding="utf-8")
            parts = (place.parent if is_package else place.with_suffix("")).parts
            yield Module(".".join(parts), place, is_package, text, ast.parse(text))


def measure_sizes(modules: list[Module]) -> tuple[Figures, list[Table]]:
    """Measure files, folders and functions; an `__init__` counts for its lines alone."""
    own, whole, direct = Counter[str](), Counter[str](), Counter[str]()
    lines = {str(module.path): len(module.text.splitlines()) for module in modules}
    for module in modules:
        size, folders_above = lines[str(module.path)], map(str, module.path.parents)
        own[str(module.path.parent)] += size
        direct[str(module.path.parent)] += not module.is_package
        whole.update(dict.fromkeys(folders_above, size))
    sizes = [lines[str(module.path)] for module in modules if not module.is_package]
    counts = [statements_in(function) for function in functions(modules)]
    folders: list[Row] = [(name, direct[name], own[name], whole[name]) for name in sorted(own)]
    return {
        "modules": len(sizes),
        "lines": sum(own.values()),
        "folders": len(own),
        "most modules in a folder": max(direct.values()),
        "median modules in a folder": median(direct.values()),
        "median lines of a module": median(sizes),
        "most lines of a file": max(lines.values()),
        "functions and methods": len(counts),
        "median statements of a function": median(counts),
        "most statements of a function": max(counts),
    }, [
        ("Folders", ("folder", "modules", "lines", "lines with sub-packages"), folders),
        ranking("Fullest folders", "modules", direct, 10),
        ranking("Longest files", "lines", lines, 5),
    ]


def statements_in(function: ast.AST) -> int:
    """Count the statements of a function: no docstring, no function inside."""
    return sum(
        isinstance(child, ast.stmt) - is_text(child) + statements_in(child)
        for child in blocks(function)
        if not isinstance(child, Definition)
    )


def is_text(node: ast.AST) -> TypeGuard[ast.Expr]:
    """Whether this is a docstring, of a constant too, or the `...` of an empty body."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def blocks(node: ast.AST) -> Iterator[ast.AST]:
    """Find the children that are or hold statements: expressions are most of a tree."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield child


def functions(modules: list[Module]) -> list[Function]:
    """Find all functions, private ones and those inside others too."""
    nodes = (node for module in modules for node in ast.walk(module.tree))
    return [node for node in nodes if isinstance(node, Function)]


def measure_circles(modules: list[Module]) -> tuple[Figures, list[Table]]:
    """Measure who imports whom in a circle, without and with the imports inside functions."""
    edges = imports_of(modules)
    packages = {module.name for module in modules if module.is_package}
    figures: Figures = {}
    rows: list[Row] = []
    run = edges["start"] | edges["deferred"]
    for when, chosen in (("", edges["start"]), (" with deferred imports", run)):
        found = {"modules": circles(chosen), "packages": package_circles(chosen, packages)}
        for kind, each in found.items():
            figures[f"circles of {kind}{when}"] = len(each)
            rows += [(f"{kind}{when}", len(members), ", ".join(members)) for members in each]
    figures["modules in circles"] = sum(map(len, circles(edges["start"])))
    return figures, [("Circles", ("among", "size", "members"), rows)]


def circles(edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """Find the strongly connected components that have more than one node."""
    following = defaultdict(set)
    for source, target in edges:
        following[source].add(target)
    reached: dict[str, set[str]] = {}
    for start in following:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = following.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        reached[start] = seen
    found = {
        tuple(sorted(end for end in ends if start in reached.get(end, ())))
        for start, ends in reached.items()
    }
    return sorted(found - {()})


def package_circles(edges: Iterable[Edge], packages: set[str]) -> list[tuple[str, ...]]:
    """Find the circles among what stands side by side in a folder, if a package is among it.

    An import from a.b.c to a.d.e is one from a.b to a.d; the `__init__` of a is one of its parts.
    """
    inside = defaultdict(set)
    for source, target in edges:
        here, there = source.split("."), target.split(".")
        pairs = zip(here, there, strict=False)
        depth = len([*takewhile(lambda pair: pair[0] == pair[1], pairs)])
        first, second = (".".join([*parts, INIT][: depth + 1]) for parts in (here, there))
        inside[tuple(here[:depth])].add((first, second))
    found = [circle for edges_inside in inside.values() for circle in circles(edges_inside)]
    return sorted(circle for circle in found if packages.intersection(circle))


def imports_of(modules: list[Module]) -> dict[str, set[Edge]]:
    """Collect the imports between the modules: at the start, deferred, or for types alone.

    As import-linter does it, `from a import b` is an import of `a.b` where that is a module, else
    one of `a`; that `a` runs before `a.b` counts for nothing.
    """
    names = {module.name for module in modules}
    edges: dict[str, set[Edge]] = {"start": set(), "deferred": set(), "types": set()}
    for module in modules:
        for node, moment in import_nodes(module.tree, "start"):
            for meanings in targets(node, module):
                target = next((name for name in meanings if name in names), module.name)
                if target != module.name:
                    edges[moment].add((module.name, target))
    return edges


def import_nodes(node: ast.AST, moment: str) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Find the import statements below a node, with the moment at which each one runs."""
    for child in blocks(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, moment
        elif isinstance(child, ast.If) and ast.unparse(child.test) in FOR_TYPES:
            yield from import_nodes(ast.Module(child.body, []), "types")
            yield from import_nodes(ast.Module(child.orelse, []), moment)
        else:
            later = isinstance(child, Function) and moment == "start"
            yield from import_nodes(child, "deferred" if later else moment)


def targets(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[tuple[str, ...]]:
    """Name what each part of an import may mean, the most exact meaning first."""
    if isinstance(node, ast.Import):
        yield from ((alias.name,) for alias in node.names)
        return
    parts = module.name.split(".")
    above = parts[: len(parts) - node.level + module.is_package] if node.level else []
    base = ".".join([*above, *filter(None, [node.module])])
    yield from ((f"{base}.{alias.name}", base) for alias in node.names)


def measure_imports(modules: list[Module]) -> tuple[Figures, list[Table]]:
    """Measure how much the modules import each other."""
    edges = imports_of(modules)
    run = edges["start"] | edges["deferred"]
    importers, importing = Counter(b for _, b in run), Counter(a for a, _ in run)
    of_pages = {b for a, b in run if a.startswith("tasks_ui") and b.startswith("workflows")}
    late: list[Row] = [*sorted(edges["deferred"])]
    return {
        "imports between modules": len(run),
        "imports per module": len(run) / len(modules),
        "deferred imports": len(late),
        "imports for types alone (left out)": len(edges["types"]),
        "most importers of a module": max(importers.values(), default=0),
        "most imports of a module": max(importing.values(), default=0),
        f"names in __all__ of {FACADE}": sum(map(exported, modules)),
        "modules of workflows that tasks_ui imports": len(of_pages),
    }, [
        ranking("Modules with most importers", "importers", importers, 5),
        ranking("Modules importing most", "imports", importing, 5),
        ("Deferred imports", ("module", "imports inside a function"), late),
    ]


def exported(module: Module) -> int:
    """Count the names in the `__all__` of the one module whose exports are measured."""
    return sum(
        isinstance(part, ast.Constant)
        for node in (module.tree.body if module.name == FACADE else ())
        if ast.unparse(node).startswith("__all__")
        for part in ast.walk(node)
    )


def measure_names(modules: list[Module]) -> tuple[Figures, list[Table]]:
    """Measure which public names are defined, and which file names used, more than once."""
    places = defaultdict(list)
    for module in modules:
        for name in {node.name for node in outermost(module.tree) if node.name[0] != "_"}:
            places[name].append(module.name)
    twice = sorted((-len(found), name) for name, found in places.items() if len(found) > 1)
    files = Counter(module.path.name for module in modules if not module.is_package)
    rows: list[Row] = [(name, -n, ", ".join(places[name])) for n, name in twice[:20]]
    return {
        "public names defined in several modules": len(twice),
        "file names used in several folders": sum(n > 1 for n in files.values()),
    }, [("Public names defined in several modules", ("name", "modules", "where"), rows)]


def outermost(node: ast.AST) -> Iterator[Definition]:
    """Find the functions and classes of a module or class, but nothing inside those."""
    for child in blocks(node):
        if isinstance(child, Definition):
            yield child
        else:
            yield from outermost(child)


def public(module: Module) -> Iterator[Definition]:
    """Find the public functions and classes, and the public methods of such classes.

    Classes inside classes are left out: most are Django's `Meta`, which nobody documents.
    """
    for node in outermost(module.tree):
        members = outermost(node) if isinstance(node, ast.ClassDef) else ()
        if node.name[0] != "_":
            yield node
            yield from (m for m in members if isinstance(m, Function) and m.name[0] != "_")


def measure_texts(modules: list[Module]) -> tuple[Figures, list[Table]]:
    """Measure docstrings and comments; docstrings of functions are those of private ones too."""
    documented = [bool(ast.get_docstring(node)) for each in modules for node in public(each)]
    texts = [text for node in functions(modules) if (text := ast.get_docstring(node))]
    words = Counter(text.split()[0].strip(".,:;") for text in texts)
    code, comments, prose = map(sum, zip(*map(line_kinds, modules), strict=True))
    short = [text for text in texts if "\n" not in text and len(text) < SHORT]
    return {
        "public functions, methods and classes": len(documented),
        "of these with a docstring": sum(documented),
        "docstrings of functions": len(texts),
        'of these beginning with "Give"': words["Give"] + words["Gives"],
        f"of these one line below {SHORT} characters": len(short),
        "lines with comments per 1000 of code": 1000 * comments / code,
        "lines of docstrings per 1000 of code": 1000 * prose / code,
    }, [ranking("First words of docstrings of functions", "docstrings", words, 10)]


def line_kinds(module: Module) -> tuple[int, int, int]:
    """Count the lines with code, with a comment, and of docstrings."""
    prose: set[int] = set()
    for node in filter(is_text, ast.walk(module.tree)):
        if ast.unparse(node) != "...":
            prose.update(range(node.lineno, (node.end_lineno or 0) + 1))
    code: set[int] = set()
    comments = 0
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT:
            comments += 1
        elif token.string.strip():
            code.update(range(token.start[0], token.end[0] + 1))
    return len(code - prose), comments, len(prose)


def ranking(title: str, unit: str, counts: dict[str, int], length: int) -> Table:
    """List the names with the highest counts; the alphabet decides between equals."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return (title, ("name", unit), [*ranked[:length]])


def markdown(head: tuple[str, ...], rows: Iterable[Row]) -> str:
    """Lay out a table for a page, with names as code: underscores would be emphasis there."""
    lines = [[f"`{cell}`" if "_" in cell else cell for cell in map(written, row)] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines))


def aligned(head: tuple[str, ...], rows: Iterable[Row]) -> str:
    """Lay out a table for a terminal."""
    lines = [head, *([*map(written, row)] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = (map(str.ljust, line, widths) for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in padded)


def written(cell: Cell) -> str:
    """Write a number with two digits after the point at most."""
    return cell if isinstance(cell, str) else f"{round(cell, 2):.10g}"


if __name__ == "__main__":
    main()
