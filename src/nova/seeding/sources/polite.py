"""Addresses fetched politely: a pause between two of one host, patience where a server asks for it, and what robots.txt forbids."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from nova.errors import InvalidInput, NotAllowed, NotFound, ServerAbsent
from nova.ports.sources import Answer, Get

AGENT = "Nova"
TRIES = 5
FIRST_WAIT = 1.0
LONGEST_WAIT = 120.0
ROBOTS_LONGEST = 500_000
NO_ROBOTS = "User-agent: *\nDisallow:\n"
CLOSED = "User-agent: *\nDisallow: /\n"


@dataclass(slots=True)
class Polite:
    """One run's way to servers; `pause` is in seconds between two requests to one host, `sleep` and `clock` are the machine's."""

    get: Get
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def fetch(self, url: str) -> Answer:
        """The answer 200; waits and asks again on 429 and 503, as long as `Retry-After` says, else twice as long each time.

        ServerAbsent after five tries or where it asks for more than two minutes, NotFound, NotAllowed (401, 403), InvalidInput else.
        """
        wait = FIRST_WAIT
        for turn in range(TRIES):
            answer = self._once(url, self.pause)
            if answer.status not in (429, 503):
                return _checked(url, answer)
            asked = _retry_after(answer)
            if turn == TRIES - 1 or (asked or 0.0) > LONGEST_WAIT:
                break
            self.sleep(asked if asked is not None else wait)
            wait = min(2 * wait, LONGEST_WAIT)
        raise ServerAbsent(f"„{_host(url)}“ ist überlastet und bittet um eine Pause.", data={"retry_after": asked or wait})

    def page(self, url: str) -> Answer:
        """As `fetch`, if robots.txt of the host lets Nova; its crawl delay counts where it is longer. NotAllowed where it does not."""
        rules = self._robots(url)
        if not rules.can_fetch(AGENT, url):
            raise NotAllowed(f"„{_host(url)}“ erlaubt in robots.txt nicht, diese Seite abzurufen.")
        delay = float(rules.crawl_delay(AGENT) or 0.0)
        if delay > LONGEST_WAIT:
            raise NotAllowed(f"„{_host(url)}“ verlangt in robots.txt {delay:g} Sekunden zwischen zwei Seiten; das ist zu lang.")
        self._hold(url, delay)
        return self.fetch(url)

    def _once(self, url: str, pause: float) -> Answer:
        self._hold(url, pause)
        try:
            return self.get(url)
        finally:
            self._last[_host(url)] = self.clock()

    def _hold(self, url: str, pause: float) -> None:
        last = self._last.get(_host(url))
        left = pause - (self.clock() - last) if last is not None else 0.0
        if left > 0:
            self.sleep(left)

    def _robots(self, url: str) -> RobotFileParser:
        """The rules of a host (RFC 9309): none where the file is missing (4xx), everything closed where the server fails (5xx)."""
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._rules:
            answer = self._once(f"{place}/robots.txt", self.pause)
            text = NO_ROBOTS if 400 <= answer.status < 500 and answer.status != 429 else CLOSED
            if answer.status == 200:
                text = answer.data[:ROBOTS_LONGEST].decode("utf-8", "replace")
            rules = RobotFileParser()
            rules.parse(text.splitlines())
            self._rules[place] = rules
        return self._rules[place]


def _checked(url: str, answer: Answer) -> Answer:
    if answer.status == 200:
        return answer
    if answer.status in (401, 403):
        raise NotAllowed(f"„{_host(url)}“ gibt die Daten nicht heraus (Antwort {answer.status}).")
    if answer.status in (404, 410):
        raise NotFound(f"Unter dieser Adresse bei „{_host(url)}“ gibt es nichts (Antwort {answer.status}).")
    if 300 <= answer.status < 400:
        onwards = "".join(letter for letter in urljoin(url, answer.headers.get("location", "")) if letter.isprintable())[:500]
        raise InvalidInput(f"„{_host(url)}“ leitet weiter nach {onwards}. Nova folgt nicht; bitte nennen Sie diese Adresse selbst.")
    if answer.status >= 500:
        raise ServerAbsent(f"„{_host(url)}“ ist gestört (Antwort {answer.status}).")
    raise InvalidInput(f"„{_host(url)}“ antwortet anders als erwartet (Antwort {answer.status}).")


def _retry_after(answer: Answer) -> float | None:
    """Seconds that the server asks for, as a number or as a time; None where it says nothing that can be read."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]
