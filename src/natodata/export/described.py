"""What the classes say of their own fields: the texts that stand under attributes.

Python keeps the docstring of a class and drops those of its attributes, so they are read from the
source, which every installed package carries.
"""

import ast
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["described"]

Texts: TypeAlias = dict[str, str]


@cache
def described(cls: type) -> Texts:
    """Return the text under each attribute of a class, its bases' among them.

    Examples:
        >>> from natodata.records import Figure
        >>> described(Figure)["measure"]
        'What is counted.'
    """
    import inspect

    found: Texts = {}
    for base in reversed(cls.__mro__):
        module = inspect.getmodule(base)
        if module is not None and module.__name__.startswith("natodata."):
            found |= _in_source(module).get(base.__name__, {})
    return found


@cache
def _in_source(module: "ModuleType") -> dict[str, Texts]:
    """Return the texts under the attributes of each class of a module."""
    import inspect

    tree = ast.parse(inspect.getsource(module))
    return {
        node.name: dict(_under_attributes(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }


def _under_attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    import inspect

    for statement, follower in zip(node.body, node.body[1:], strict=False):
        target = (
            statement.target
            if isinstance(statement, ast.AnnAssign)
            else statement.targets[0]
            if isinstance(statement, ast.Assign)
            else None
        )
        if (
            isinstance(target, ast.Name)
            and isinstance(follower, ast.Expr)
            and isinstance(follower.value, ast.Constant)
        ):
            yield target.id, inspect.cleandoc(str(follower.value.value))
