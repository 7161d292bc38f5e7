"""Every route in, the methods of a path out: one answer for a path, however many routes share it."""

import re
from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute


class Methods:
    """Which methods a path knows. A path without parameters wins over one with (`/items/bulk`, `/items/{item_id}`)."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        self._plain: dict[str, frozenset[str]] = {}
        self._named: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
        for router in routers:
            for route in router.routes:
                if isinstance(route, APIRoute):
                    self._add(route)

    def of(self, path: str) -> frozenset[str] | None:
        """The methods of a path; None when no route knows it."""
        if path in self._plain:
            return self._plain[path]
        return next((methods for pattern, methods in self._named.values() if pattern.match(path)), None)

    def _add(self, route: APIRoute) -> None:
        name, methods = route.path_format, frozenset(route.methods or ())
        if "{" not in name:
            self._plain[name] = self._plain.get(name, frozenset()) | methods
            return
        _, known = self._named.get(name, (route.path_regex, frozenset()))
        self._named[name] = (route.path_regex, known | methods)
