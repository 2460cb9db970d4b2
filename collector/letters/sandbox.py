"""Where templates run: plain values only, and neither for ever nor without end.

Whatever a template does counts as work: each turn of a loop, each call and each filter, and the
length of what comes out of it. There is an end to the work, and to the time where a clock is given.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from functools import wraps
from typing import Any, Final, NoReturn, TypeVar

from jinja2 import BaseLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

T = TypeVar("T")
Late = Callable[[], bool]

# No letter of ours comes near these; a slip in somebody's template does at once.
MOST_TURNS: Final = 100_000
MOST_CHARACTERS: Final = 2_000_000
MOST_WORK: Final = 300_000

_LARGEST_POWER: Final = 1_000_000
_LARGEST_NUMBER: Final = 10**60
# So much text takes about as long to make as a turn of a loop.
_CHARACTERS_A_TURN: Final = 1_000
# The clock is asked this often: it takes longer to answer than a turn does.
_TURNS_A_LOOK: Final = 500

# Neither may make much of little, or take their time over it.
_NO_FILTERS: Final = ("batch", "center", "filesizeformat", "format", "indent", "pprint", "random",
                      "round", "slice", "urlize", "wordwrap", "xmlattr")  # fmt: skip
_METHODS: Final = frozenset((
    "capitalize", "casefold", "copy", "count", "endswith", "find", "get", "index", "isalnum",
    "isalpha", "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "isupper",
    "items", "join", "keys", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
    "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "upper", "values",
))  # fmt: skip
_PLAIN: Final = (str, bytes, int, float, list, tuple, dict)


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that may read what they are given, reckon a little, and write a letter's length."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # or every letter asks the disk about each of its templates
        )
        self.concat = self._concat  # type: ignore[method-assign]
        self.globals["range"] = self._range
        for name in ("lipsum", "cycler"):
            self.globals.pop(name, None)
        self.begin()

    def begin(self, late: Late | None = None) -> None:
        """Begin a letter: nothing is done yet. ``late`` says that it takes too long by now."""
        self.turns = 0
        self._work = 0
        self._look = _TURNS_A_LOOK
        self._late = late

    # ── what is counted ──

    def work(self, amount: int = 1) -> None:
        """Count work; raises SecurityError when there is no end to it."""
        self._work += amount
        if self._work < self._look:
            return
        self._look = self._work + _TURNS_A_LOOK
        if self._work > MOST_WORK or (self._late and self._late()):
            raise SecurityError("it does not come to an end, so it was stopped")

    def measured(self, value: T) -> T:
        """Return what a template made; raises SecurityError when it is too long."""
        length = len(value) if isinstance(value, Sized) else 0
        self.work(1 + length // _CHARACTERS_A_TURN)
        if length > MOST_CHARACTERS:
            raise _too_long()
        return value

    def each(self, values: Iterable[T]) -> Iterable[T]:
        """Return what a loop goes through, each turn counted."""
        if isinstance(values, Sized):  # so that a loop knows its length from the start
            self.work(len(values))
            return values
        return self._counted(values)

    def _counted(self, values: Iterable[T]) -> Iterator[T]:
        for value in values:
            self.work()
            yield value

    def _concat(self, parts: Iterable[str]) -> str:
        found, length = [], 0
        for part in parts:
            length += len(part)
            self.work()
            if length > MOST_CHARACTERS:
                _stop(parts, SecurityError(f"it writes more than {MOST_CHARACTERS} characters"))
            found.append(part)
        return self.measured("".join(found))

    def _range(self, *bounds: int) -> range:
        counted = range(*bounds)
        self.turns += len(counted)
        if self.turns > MOST_TURNS:
            raise OverflowError(f"Range too big: loops of more than {MOST_TURNS} turns in all")
        return counted

    # ── what a template may do ──

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call what a template names; of plain values only what cannot make much of little."""
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if isinstance(owner, _PLAIN):
            if name not in _METHODS:
                raise SecurityError(f"{name} is not for templates")
            if name == "replace" and len(args) > 1:
                _refuse_long(str(owner), args[1])
            if name == "join" and args:
                args = (list(args[0]), *args[1:])
                _refuse_long(args[0], owner)
        return __self.measured(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; a text is not to be multiplied out of all measure."""
        if operator == "**" and (abs(left) > _LARGEST_POWER or abs(right) > 64):
            raise SecurityError("a power too large")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts are joined with ~, not filled with %")
        if operator == "*":
            _refuse_product(left, right)
        return self.measured(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Counting().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]


class _Counting(NodeTransformer):
    """Has every loop counted and every joined text measured."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _through("each", node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _through("measured", node)


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    assert isinstance(node, nodes.Expr)
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _too_long() -> SecurityError:
    return SecurityError(f"more than {MOST_CHARACTERS} characters")


def _stop(parts: Iterable[str], error: SecurityError) -> NoReturn:
    """Raise an error where a template is at the moment, so that it can be named with its line."""
    if isinstance(parts, Generator):
        parts.throw(error)
    raise error


def _refuse_long(many: Sized, each: object) -> None:
    if len(many) * len(str(each)) > MOST_CHARACTERS:
        raise _too_long()


def _refuse_product(left: Any, right: Any) -> None:
    sized = [value for value in (left, right) if isinstance(value, str | list | tuple)]
    numbers = [value for value in (left, right) if isinstance(value, int)]
    if sized and numbers and len(sized[0]) * numbers[0] > MOST_CHARACTERS:
        raise _too_long()
    if not sized and any(abs(number) > _LARGEST_NUMBER for number in numbers):
        raise SecurityError("a number too large")


def sandboxed(loader: BaseLoader, filters: dict[str, Any]) -> Sandbox:
    """Return where templates run; what could make a text of any length is not there."""
    made = Sandbox(loader)
    for name in _NO_FILTERS:
        made.filters.pop(name, None)
    made.filters["join"] = _joining(made.filters["join"])
    made.filters["replace"] = _replacing(made.filters["replace"])
    made.filters = {name: _measured(made, each) for name, each in made.filters.items()}
    made.filters |= {"each": made.each, "measured": made.measured, **filters}
    return made


def _measured(made: Sandbox, apply: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(apply)
    def measured(*args: Any, **kwargs: Any) -> Any:
        return made.measured(apply(*args, **kwargs))

    return measured


def _joining(apply: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(apply)
    def join(context: Any, value: Iterable[Any], d: str = "", attribute: Any = None) -> Any:
        values = list(value)
        _refuse_long(values, d)
        if sum(len(each) for each in values if isinstance(each, str)) > MOST_CHARACTERS:
            raise _too_long()
        return apply(context, values, d, attribute)

    return join


def _replacing(apply: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(apply)
    def replace(context: Any, s: str, old: str, new: str, count: int | None = None) -> Any:
        _refuse_long(str(s), new)
        return apply(context, s, old, new, count)

    return replace
