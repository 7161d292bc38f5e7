"""Names of what the readers, the language tools and forecasts are built on -> the folders these come from, wherever they were installed."""

import importlib
from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "charset_normalizer",
    "docx",
    "et_xmlfile",
    "lxml",
    "numpy",
    "openpyxl",
    "PIL",
    "pptx",
    "pydifact",
    "pypdfium2",
    "pypdfium2_raw",
    "sentencex",
    "Stemmer",
    "typing_extensions",
    "xlsxwriter",
)
OF_MODELS = ("holidays", "lightgbm", "scipy")  # not for reading files


def package_folders() -> tuple[str, ...]:
    """The folders to import `PACKAGES` and `OF_MODELS` from, each once; those that are not installed are left out.

    Not `sys.path`: it may hold the folder Nova was started in, and with it all that a user has.
    """
    folders: dict[str, None] = {}
    for name in (*PACKAGES, *OF_MODELS):
        found = find_spec(name)
        if found is not None and found.origin is not None:
            inside = Path(found.origin).resolve().parent
            folders[str(inside.parent if found.submodule_search_locations else inside)] = None
    return tuple(folders)


def load_packages() -> None:
    """Import all of `PACKAGES`; ImportError or OSError where one cannot be had."""
    for name in PACKAGES:
        importlib.import_module(name)
