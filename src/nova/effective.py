"""Settings in, each of them out as people may see it: its value in force, where it comes from, secrets masked."""

from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from nova.settings import Settings, Source

MASK = "********"


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting as people may see it: secrets are masked."""

    name: str
    value: str
    source: Source
    secret: bool
    description: str


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting's value must never be shown."""
    return "SecretStr" in str(field.annotation)


def effective(settings: Settings) -> list[SettingView]:
    """Every setting with its value in force, in the order of the class."""
    return [_view(settings, name, field) for name, field in Settings.model_fields.items()]


def _view(settings: Settings, name: str, field: FieldInfo) -> SettingView:
    value = getattr(settings, name)
    secret = is_secret(field)
    shown = ("" if value is None else MASK) if secret else _shown(value)
    return SettingView(name, shown, settings.source(name), secret, field.description or "")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)
