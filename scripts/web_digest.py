"""Takes the web app's sources, gives one sha256 over their names and contents; `--write` puts it beside the built app.

A test compares the written digest with the sources, so a stale build fails without Node.
"""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIGEST = ROOT / "src" / "nova" / "webui" / "digest.txt"
FOLDERS = ("src", "public")
FILES = ("index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")


def sources() -> list[Path]:
    """The files the build depends on, sorted by their path; tests are no part of the built app."""
    found = [path for folder in FOLDERS for path in (WEB / folder).rglob("*") if path.is_file() and ".test." not in path.name]
    return sorted([*found, *(WEB / name for name in FILES)], key=lambda path: path.relative_to(WEB).as_posix())


def digest() -> str:
    """sha256 (hex) over each source's path, length and bytes."""
    total = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        total.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def main(arguments: list[str]) -> int:
    """Write the digest, or say whether the built one is current (exit code 1 when it is stale)."""
    current = digest()
    if "--write" in arguments:
        DIGEST.write_text(current + "\n", encoding="ascii")
        return 0
    built = DIGEST.read_text(encoding="ascii").strip() if DIGEST.exists() else "none"
    print(f"sources {current}\nbuilt   {built}")
    return 0 if built == current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
