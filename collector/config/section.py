"""A section of config.yaml, and the numbers that stand in many."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from collector.config.source import EMPTY

Count = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=0)]
Money = Annotated[Decimal, Field(ge=0)]


class Section(BaseModel):
    """Keys we know and no others; a key with nothing behind it has its default."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        names = {info.alias or name for name, info in cls.model_fields.items()}
        return {k: v for k, v in values.items() if v is not EMPTY or k not in names}
