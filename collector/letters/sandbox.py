"""Where templates run: plain values only, and neither for ever nor without end."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import BaseLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

# No letter of ours comes near these; a slip in somebody's template does at once.
MOST_TURNS: Final = 100_000
MOST_CHARACTERS: Final = 2_000_000
_LARGEST_POWER: Final = 1_000_000


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that may read what they are given, reckon a little, and write a letter's length."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # or every letter asks the disk about each of its templates
        )
        self.turns = 0
        self.globals["range"] = self._range
        for name in ("lipsum", "cycler"):
            self.globals.pop(name, None)

    def _range(self, *bounds: int) -> range:
        counted = range(*bounds)
        self.turns += len(counted)
        if self.turns > MOST_TURNS:
            raise OverflowError(f"Range too big: loops of more than {MOST_TURNS} turns in all")
        return counted

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; a text is not to be multiplied out of all measure."""
        texts = isinstance(left, str | list | tuple) or isinstance(right, str | list | tuple)
        if operator == "*" and texts:
            size = len(left) * right if isinstance(right, int) else len(right) * left
            if size > MOST_CHARACTERS:
                raise SecurityError(f"more than {MOST_CHARACTERS} characters")
        if operator == "**" and (abs(left) > _LARGEST_POWER or abs(right) > 64):
            raise SecurityError("a power too large")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts are joined with ~, not filled with %")
        return super().call_binop(context, operator, left, right)


def sandboxed(loader: BaseLoader, filters: dict[str, Any]) -> Sandbox:
    """Return where templates run; ``format`` and its kin could make a text of any length."""
    made = Sandbox(loader)
    for name in ("center", "format", "indent", "filesizeformat", "xmlattr", "pprint"):
        made.filters.pop(name, None)
    made.filters.update(filters)
    return made
