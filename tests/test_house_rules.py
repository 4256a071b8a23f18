"""The house rules that a machine can hold: sizes, names, docstrings, clocks, broad excepts."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("indices", "crawlers", "classifier", "review_ui")
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations/versions" not in path.as_posix()
)
BANNED_NAMES = {"utils", "helpers", "common", "misc", "base", "manager", "core"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 12


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code, the docstring left out."""
    start = node.body[0].end_lineno if ast.get_docstring(node) else node.lineno
    return (node.end_lineno or 0) - (start or 0)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_keeps_the_house_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "says in one line what it is for"
    assert text.count("\n") <= LONGEST_MODULE
    assert path.stem not in BANNED_NAMES
    assert not re.search(r"datetime\.utcnow|datetime\.now\(\)", text), "clocks are aware"
    assert [f"{f.name}: {length(f)}" for f in functions(path) if length(f) > LONGEST_FUNCTION] == []


def test_the_median_function_is_short() -> None:
    lengths = sorted(length(node) for path in MODULES for node in functions(path))
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION


def test_every_allowed_exception_from_a_rule_gives_its_reason() -> None:
    """ruff refuses a broad except that raises nothing; this refuses a bare `noqa`."""
    bare = []
    for path in MODULES:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            allowed = re.search(r"# noqa(.*)$", line)
            if allowed and not re.match(r": [A-Z]+\d+(, ?[A-Z]+\d+)* (\(|--?).{5,}", allowed[1]):
                bare.append(f"{relative(path)}:{number}")
    assert bare == [], "write `# noqa: RULE (reason)`"


def test_every_command_and_setting_is_documented() -> None:
    """Documentation that cannot lie: names come from the code, not from memory."""
    from indices.commands.main import main
    from indices.settings import known_keys

    commands = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert [name for name in main.list_commands(None) if f"luruskan {name}" not in commands] == []
    assert [key for key in sorted(known_keys()) if f"`{key}`" not in settings] == []
