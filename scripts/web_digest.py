"""Takes the web app's sources, gives one sha256 over their names and contents; `--write` puts it beside the built app.

`--api` gives the digest of the API's shape instead, which the generated types carry: types of another shape are made anew.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIGEST = ROOT / "src" / "nova" / "webui" / "digest.txt"
API = ROOT / "docs" / "openapi.json"
WORDS = ("description", "summary", "title", "example", "examples", "default")
FOLDERS = ("src", "public")
TYPES = WEB / "src" / "api" / "schema.d.ts"  # made anew from the description
FILES = ("index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")


def sources() -> list[Path]:
    """The files the build depends on, sorted by their path; tests are no part of the built app."""
    found = [path for folder in FOLDERS for path in (WEB / folder).rglob("*") if path.is_file() and ".test." not in path.name]
    found = [path for path in found if path != TYPES]
    return sorted([*found, *(WEB / name for name in FILES)], key=lambda path: path.relative_to(WEB).as_posix())


def digest() -> str:
    """sha256 (hex) over each source's path, length and bytes."""
    total = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        total.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _shape(node: Any) -> Any:
    """A description without what is words only; `properties` may bear the same names, so only texts are left out."""
    if isinstance(node, dict):
        return {key: _shape(value) for key, value in node.items() if not (key in WORDS and not isinstance(value, dict))}
    return [_shape(entry) for entry in node] if isinstance(node, list) else node


def api_digest(description: bytes) -> str:
    """sha256 (hex) over the shape of an OpenAPI description: its paths, fields and types, not its wording."""
    shape = _shape(json.loads(description))
    shape.pop("info", None)
    return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Write the digest, or say whether the built one is current (exit code 1 when it is stale)."""
    if "--api" in arguments:
        print(api_digest(API.read_bytes()))
        return 0
    current = digest()
    if "--write" in arguments:
        DIGEST.write_text(current + "\n", encoding="ascii")
        return 0
    built = DIGEST.read_text(encoding="ascii").strip() if DIGEST.exists() else "none"
    print(f"sources {current}\nbuilt   {built}")
    return 0 if built == current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
