"""YAML as written: every value as its text, and the line of every key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from collector.errors import ConfigError, ConfigMissingError
from collector.phrases import say

Address: TypeAlias = tuple[str | int, ...]

NULLS: Final = ("null", "Null", "NULL", "~")
_CORE_TAG: Final = "tag:yaml.org,2002:"


class _Empty:
    """A key with nothing behind it (its lines commented out): its default holds."""

    def __repr__(self) -> str:
        return "nothing"


EMPTY: Final = _Empty()


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at an address of the file; ``code`` names a phrase, ``facts`` fill it."""

    address: Address
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """A file's values, untyped, and where each stands; ``lines`` are one-based."""

    path: Path
    language: str
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[Address, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def line(self, address: Address) -> int:
        """Return the line of an address, else of the nearest thing around it that was written."""
        while address and address not in self.lines:
            address = address[:-1]
        return self.lines.get(address, 1)

    def unread(self, address: Address) -> bool:
        """Say whether something at or below an address could not be taken over, as reported."""
        return any(
            m.address[: len(address)] == address and m.code != "config_twice" for m in self.mistakes
        )

    def error(self, mistakes: list[Mistake]) -> ConfigError:
        """Return the error that names these mistakes in the order of the file."""
        return ConfigError(
            str(self.path),
            [self._sentence(m) for m in sorted(mistakes, key=lambda m: self.line(m.address))],
        )

    def _sentence(self, mistake: Mistake) -> str:
        said = say(self.language, mistake.code, **mistake.facts)
        place = f"{self.path}:{self.line(mistake.address)}"
        key = dotted(self._written(mistake.address))
        return f"{place}: {key}: {said}" if key else f"{place}: {said}"

    def _written(self, address: Address) -> Address:
        # `on: monday` is read as a list of one, but it was not written as one.
        alone = address and isinstance(address[-1], int) and address not in self.lines
        return address[:-1] if alone else address

    def take(self, node: yaml.Node, address: Address) -> object:
        """Return the value of a node as text, lists and mappings; note its line."""
        self.lines.setdefault(address, node.start_mark.line + 1)
        if not node.tag.startswith(_CORE_TAG):
            return self._refuse(address, "config_tag")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._seen:  # *alias; it may even contain itself
            return self._refuse(address, "config_alias")
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.take(item, (*address, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, address)

    def _mapping(self, node: yaml.Node, address: Address) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            inner = (*address, name)
            if name in values:
                where = say(self.language, "config_line", line=self.lines[inner])
                self.lines[*address, name, "again"] = key.start_mark.line + 1
                self._refuse((*inner, "again"), "config_twice", first=where)
                continue
            self.lines[inner] = key.start_mark.line + 1
            values[name] = self.take(value, inner)
        return values

    def _refuse(self, address: Address, code: str, **facts: object) -> object:
        self.mistakes.append(Mistake(address, code, facts))
        return EMPTY


def dotted(address: Address) -> str:
    """Return an address as people write it: ``reminders.steps[2].after``; entries count from 1."""
    names = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in address)
    return "".join(names).removesuffix(".again").removeprefix(".")


def read_source(path: Path, language: str) -> Source:
    """Read a YAML file; raises ConfigMissingError, and ConfigError when it is no mapping at all.

    Values stay text, so that ``no`` is Norway, ``10:00`` a time and ``0.10`` an exact decimal.
    Mistakes that leave something to look at (keys written twice …) are in ``Source.mistakes``.
    """
    source = Source(path, language)
    node = _compose(source, _text(source))
    if node is None:
        raise source.error([Mistake((), "config_empty")])
    if not isinstance(node, yaml.MappingNode):
        source.lines[()] = node.start_mark.line + 1
        raise source.error([Mistake((), "config_no_mapping")])
    source.values = source._mapping(node, ())
    return source


def _text(source: Source) -> str:
    try:
        content = source.path.read_bytes()
    except FileNotFoundError:
        raise ConfigMissingError(str(source.path)) from None
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise source.error([Mistake((), "config_unreadable", {"what": what})]) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        source.lines[()] = content.count(b"\n", 0, error.start) + 1
        raise source.error([Mistake((), "config_encoding")]) from None


def _compose(source: Source, text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        source.lines[()] = text.count("\n", 0, error.position) + 1
        raise source.error([Mistake((), "config_character")]) from None
    except RecursionError:
        raise source.error([Mistake((), "config_too_deep")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source.lines[()] = mark.line + 1 if mark else 1
        raise source.error([_syntax(error.problem or "")]) from None


def _syntax(problem: str) -> Mistake:
    if "'\\t'" in problem:
        return Mistake((), "config_tab")
    # What stands between quotation marks may be a piece of a secret.
    return Mistake((), "config_syntax", {"what": re.sub(r"'(?!<)[^']{2,}'", "…", problem)})


def _scalar(node: yaml.ScalarNode) -> object:
    plain = node.style is None
    if plain and node.value == "":
        return EMPTY
    return None if plain and node.value in NULLS else node.value
