"""The name of a hostile file -> its bytes; as a program, so that what making it needs is not counted to who reads it.

python -m tests.hostile.make "pdf: pages" >pages.pdf
"""

import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache

from tests.hostile import archives, office, pdfs, pictures, words


@lru_cache(maxsize=1)
def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every hostile file: what it is -> its file name and how its bytes are made."""
    return {**words.files(), **pdfs.files(), **archives.files(), **office.files(), **pictures.files()}


def elsewhere(name: str) -> bytes:
    """The bytes of one, made by another process."""
    done = subprocess.run([sys.executable, "-m", "tests.hostile.make", name], stdout=subprocess.PIPE, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(files()[sys.argv[1]][1]())
