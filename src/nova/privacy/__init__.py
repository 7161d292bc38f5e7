"""User text in, text without personal values out, before anything is stored."""

from nova.privacy.redact import Redacted, find, redact, redact_json, strict_scan
from nova.privacy.spans import KINDS, LABELS, PLACEHOLDERS, TOKEN, TYPES, Span

__all__ = ["KINDS", "LABELS", "PLACEHOLDERS", "TOKEN", "TYPES", "Redacted", "Span", "find", "redact", "redact_json", "strict_scan"]
