"""User text in, text without fixed-shape personal values out, before anything is stored."""

from nova.privacy.redact import Redacted, find, redact, redact_json

__all__ = ["Redacted", "find", "redact", "redact_json"]
