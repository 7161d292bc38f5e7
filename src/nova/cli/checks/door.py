"""Settings in; who can reach Nova, with which key, and what Nova itself may reach out."""

from collections.abc import Iterator
from ipaddress import ip_network

from nova.cli.checks.line import Line, judged
from nova.errors import Misconfigured
from nova.governance.secrets import ADMIN_FILE, refuse_weak, secrets_folder, stored_admin_key
from nova.settings import Settings

PROXY_PAGE = "docs/how-to/proxy.md"
WIDEST = {4: 16, 6: 48}
NEVER = tuple(ip_network(text) for text in ("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10"))


def admin_key(settings: Settings) -> Iterator[Line]:
    """Long, random, and nobody's default."""
    configured = settings.ADMIN_API_KEY
    stored = secrets_folder(settings.NOVA_DATA) / ADMIN_FILE
    try:
        key = configured.get_secret_value() if configured else stored_admin_key(stored.parent)
        if key is None:
            yield Line("admin_key", "absent", "Wird beim ersten Start erzeugt und einmal gezeigt.")
            return
        refuse_weak(key)
    except (Misconfigured, OSError) as error:
        fix = "ADMIN_API_KEY=$(openssl rand -hex 32)" if configured else f"rm {stored}; beim nächsten Start entsteht ein neuer"
        yield Line("admin_key", "fail", error.message if isinstance(error, Misconfigured) else f"{stored} ist nicht lesbar.", fix)
        return
    where = f"aus der Einstellung ADMIN_API_KEY ({settings.source('ADMIN_API_KEY')})" if configured else str(stored)
    yield Line("admin_key", "ok", f"stark, {where}")


def metrics_key(settings: Settings) -> Iterator[Line]:
    """Prometheus needs no more than the figures."""
    key, configured = settings.NOVA_METRICS_KEY, settings.ADMIN_API_KEY
    if key is None:
        detail = "offen auf diesem Rechner" if settings.private else "nur mit dem Betreiberschlüssel"
        yield Line("metrics_key", "absent", f"/metrics ist {detail} lesbar; ein eigener Schlüssel: NOVA_METRICS_KEY.")
        return
    admin = configured.get_secret_value() if configured else stored_admin_key(secrets_folder(settings.NOVA_DATA))
    same = key.get_secret_value() == admin
    bad = ("fail", "NOVA_METRICS_KEY ist der Betreiberschlüssel.", "NOVA_METRICS_KEY=$(openssl rand -hex 32)")
    yield judged("metrics_key", not same, "eigener Schlüssel für /metrics", bad)  # type: ignore[arg-type]


def bind(settings: Settings) -> Iterator[Line]:
    """This machine only, unless somebody decided otherwise."""
    bad = f"Nova lauscht auf {settings.NOVA_HOST} und ist aus dem Netz erreichbar."
    fix = f"NOVA_HOST=127.0.0.1 und einen Webserver davor ({PROXY_PAGE}); in einem Container ist es richtig so"
    yield judged("bind", settings.loopback, f"{settings.NOVA_HOST}, nur dieser Rechner", ("warn", bad, fix))


def hosts(settings: Settings) -> Iterator[Line]:
    """Only known names are answered, or a page on the web could point its own name here."""
    names = ", ".join(settings.NOVA_HOSTS)
    good = settings.loopback or bool(names)
    bad = "Jeder Rechnername wird beantwortet."
    yield judged("hosts", good, f"nur {names or 'localhost'}", ("warn", bad, "NOVA_HOSTS=<der Name, unter dem Nova erreichbar ist>"))


def proxies(settings: Settings) -> Iterator[Line]:
    """Whose word about a caller's address is believed."""
    wide = [entry for entry in settings.NOVA_PROXIES if entry == "*" or _width(entry) == 0]
    if not settings.NOVA_PROXIES:
        yield Line("proxies", "absent", "Kein Webserver davor; X-Forwarded-Angaben werden nicht geglaubt.")
        return
    bad = f"Jeder darf seine Adresse selbst angeben (NOVA_PROXIES={', '.join(wide)})."
    yield judged("proxies", not wide, ", ".join(settings.NOVA_PROXIES), ("fail", bad, "NOVA_PROXIES=<Adresse des Webservers>"))


def https(settings: Settings) -> Iterator[Line]:
    """Keys and answers do not cross a network in the clear."""
    if settings.private:
        yield Line("https", "ok", "nicht nötig, nur dieser Rechner")
        return
    bad = "Nova ist aus dem Netz erreichbar, und vor ihm steht kein Webserver mit TLS."
    yield judged(
        "https", bool(settings.NOVA_PROXIES), "TLS am Webserver davor", ("warn", bad, f"{PROXY_PAGE}: Webserver mit TLS, dann NOVA_PROXIES")
    )


def dev_users(settings: Settings) -> Iterator[Line]:
    """`X-Dev-User` makes anyone on this machine anyone."""
    if settings.dev_users:
        yield Line("dev_users", "warn", "NOVA_ENV=dev: wer diesen Rechner benutzt, kann als jede Person fragen.", "NOVA_ENV=prod")
    else:
        yield Line("dev_users", "ok", "aus")


def rate_limits(settings: Settings) -> Iterator[Line]:
    """On, unless somebody measures."""
    on = f"{settings.NOVA_RATE_ASK} Fragen, {settings.NOVA_RATE_DEFAULT} sonst, {settings.NOVA_RATE_SIGNIN} falsche Schlüssel"
    bad = "Die Anfragegrenzen sind aus; Schlüssel lassen sich unbegrenzt raten."
    yield judged("rate_limits", settings.NOVA_RATE_LIMITS == "on", on, ("warn" if settings.private else "fail", bad, "NOVA_RATE_LIMITS=on"))


def fetch(settings: Settings) -> Iterator[Line]:
    """Which private places `/ingest/url` may reach."""
    entries = settings.NOVA_FETCH_ALLOW
    if not entries:
        yield Line("fetch", "ok", "nur öffentliche Adressen")
        return
    inner = [entry for entry in entries if _is_inner(entry)]
    wide = [entry for entry in entries if _is_wide(entry)]
    if inner:
        bad = f"Freigegeben ist dieser Rechner selbst oder der Metadatendienst der Cloud: {', '.join(inner)}."
        yield Line("fetch", "fail", bad, "NOVA_FETCH_ALLOW=<nur die Rechner, von denen Sie laden>")
    else:
        bad = f"Freigegeben sind ganze Netze: {', '.join(wide)}."
        yield judged("fetch", not wide, f"außerdem {', '.join(entries)}", ("warn", bad, "NOVA_FETCH_ALLOW=<einzelne Rechner>"))


def clamav(settings: Settings) -> Iterator[Line]:
    """Whether uploads are looked at; the running Nova says how the scanner is."""
    if not settings.NOVA_CLAMAV:
        yield Line("clamav", "absent", "Nicht eingerichtet; hochgeladene Dateien werden nicht auf Viren geprüft (NOVA_CLAMAV).")


def _width(entry: str) -> int | None:
    try:
        return ip_network(entry, strict=False).prefixlen
    except ValueError:
        return None


def _is_inner(entry: str) -> bool:
    if entry.lower().rstrip(".") in {"localhost", "metadata.google.internal"}:
        return True
    try:
        network = ip_network(entry, strict=False)
    except ValueError:
        return False
    return network.prefixlen == 0 or any(network.version == one.version and network.overlaps(one) for one in NEVER)


def _is_wide(entry: str) -> bool:
    try:
        network = ip_network(entry, strict=False)
    except ValueError:
        return False
    return network.prefixlen < WIDEST[network.version]
