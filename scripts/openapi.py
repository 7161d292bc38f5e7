"""Write docs/openapi.json anew from the app's routes; `--check` only compares (exit code 1 when they differ)."""

import json
import sys
from pathlib import Path

from nova.api.app import bare_app
from nova.api.protocol.metrics import Metrics
from nova.settings import Settings

TARGET = Path(__file__).parent.parent / "docs" / "openapi.json"


def description() -> str:
    """The API's description as it is committed."""
    return json.dumps(bare_app(Settings(), Metrics()).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    text = description()
    if "--check" in sys.argv:
        return 0 if TARGET.read_text("utf-8") == text else 1
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
