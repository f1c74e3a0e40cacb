"""Where does a template decide by a value without a filter, test or call? Where it compares, adds, walks or cuts.

Law: each such value goes through the filter `asked` first, and nothing else of a template changes.
"""

from __future__ import annotations

from typing import Any, Final

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

ASKED: Final = "asked"
COMPARED: Final = ("a comparison", "'in'", "'%'")


class Operands(NodeTransformer):
    """Puts `asked` around operands, with what is asked of them."""

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - named after the class of nodes
        """Ask of whatever is compared."""
        self.generic_visit(node)
        what = COMPARED[any(operand.op in ("in", "notin") for operand in node.ops)]
        node.expr = _asked(node.expr, what)
        for operand in node.ops:
            operand.expr = _asked(operand.expr, what)
        return node

    def visit_Add(self, node: nodes.Add) -> nodes.Node:  # noqa: N802 - named after the class of nodes
        """Ask of what is added: `~` puts together, escaped where it has to be, and `+` does not."""
        return self._both(node, "'+'")

    def visit_Mod(self, node: nodes.Mod) -> nodes.Node:  # noqa: N802 - named after the class of nodes
        """Ask of what is put in by `%`, which may cut it."""
        return self._both(node, "'%'")

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named after the class of nodes
        """Ask of what is walked through."""
        self.generic_visit(node)
        node.iter = _asked(node.iter, "each of its characters")
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - named after the class of nodes
        """Ask of what is cut."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _asked(node.node, "a part of it")
        return node

    def _both(self, node: nodes.BinExpr, what: str) -> nodes.Node:
        """Ask of both sides."""
        self.generic_visit(node)
        node.left, node.right = _asked(node.left, what), _asked(node.right, what)
        return node


def _asked(node: Any, what: str) -> Any:
    """Return the node behind the filter; a constant is nobody's value."""
    if isinstance(node, nodes.Const):
        return node
    told = nodes.Const(what, lineno=node.lineno, environment=node.environment)
    return nodes.Filter(node, ASKED, [told], [], None, None, lineno=node.lineno, environment=node.environment)
