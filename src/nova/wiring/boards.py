"""Settings in, the Grafana that they name out."""

from nova.engines.grafana import Grafana as Grafana
from nova.errors import Misconfigured
from nova.settings import Settings


def open_grafana(settings: Settings) -> Grafana:
    """Nothing is asked yet; Misconfigured while address or token is not set."""
    token = settings.NOVA_GRAFANA_TOKEN
    if not settings.NOVA_GRAFANA_URL or token is None:
        raise Misconfigured(
            "Setzen Sie NOVA_GRAFANA_URL (Adresse von Grafana) und NOVA_GRAFANA_TOKEN (Token eines Dienstkontos mit der Rolle Editor)."
        )
    return Grafana(settings.NOVA_GRAFANA_URL, token.get_secret_value())
