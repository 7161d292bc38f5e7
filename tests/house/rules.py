"""Source text in, the house rules it breaks out: sizes, broad excepts, the environment, route bodies."""

import ast
from collections.abc import Iterator
from functools import cache

MOST_LINES, MOST_FUNCTION_LINES, MOST_ARGUMENTS, MOST_ROUTE_LINES = 400, 60, 7, 10
ROUTE_VERBS = {"get", "post", "put", "patch", "delete", "api_route", "websocket"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(source: str) -> Iterator[str]:
    """A file over 400 lines."""
    lines = source.count("\n")
    if lines > MOST_LINES:
        yield f"{lines} lines in one file"


def long_functions(source: str) -> Iterator[str]:
    """Functions over 60 lines."""
    for node in functions(source):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > MOST_FUNCTION_LINES:
            yield f"{node.name} (line {node.lineno}) has {lines} lines"


def many_arguments(source: str) -> Iterator[str]:
    """Functions with more than seven arguments; `self` and `cls` do not count, nor what a route asks of the framework."""
    for node in functions(source):
        names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        count = len([name for name in names if name not in ("self", "cls")])
        if count > MOST_ARGUMENTS:
            yield f"{node.name} (line {node.lineno}) takes {count} arguments"


def broad_excepts(source: str) -> Iterator[str]:
    """`except:`, `except Exception`, `except BaseException`, also in tuples and in `suppress`."""
    for node in _nodes(source):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or any(_broad(name) for name in ast.walk(node.type))):
            yield f"broad except (line {node.lineno})"
        if isinstance(node, ast.Call) and _name(node.func) == "suppress" and any(_broad(arg) for arg in node.args):
            yield f"broad suppress (line {node.lineno})"


def environment(source: str) -> Iterator[str]:
    """Reading or writing the environment."""
    for node in _nodes(source):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv") and _name(node.value) == "os":
            yield f"os.{node.attr} (line {node.lineno})"
        if isinstance(node, ast.ImportFrom) and node.module == "os" and {alias.name for alias in node.names} & {"environ", "getenv"}:
            yield f"environment imported (line {node.lineno})"


def route_bodies(source: str) -> Iterator[str]:
    """Routes whose body, without the docstring, is longer than ten lines."""
    for node in functions(source):
        if not any(_is_route(decorator) for decorator in node.decorator_list):
            continue
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > MOST_ROUTE_LINES:
            yield f"route {node.name} (line {node.lineno}) has {lines} lines"


def first_line(source: str) -> Iterator[str]:
    """A file without a docstring."""
    if source.strip() and ast.get_docstring(_nodes(source)[0]) is None:
        yield "no docstring says what comes in and what goes out"


def functions(source: str) -> Iterator[Function]:
    """Every function and method."""
    for node in _nodes(source):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


@cache
def _nodes(source: str) -> list[ast.AST]:
    """The tree of a file and everything in it, parsed once for all rules."""
    return list(ast.walk(ast.parse(source)))


def _name(node: ast.AST) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def _broad(node: ast.AST) -> bool:
    return _name(node) in ("Exception", "BaseException")


def _is_route(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ROUTE_VERBS and _name(called.value) in ("router", "app", "root")
