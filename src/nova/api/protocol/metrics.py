"""What happens in, Prometheus text out. Every name begins with `nova_`; labels are route templates, never paths."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool

from nova.ports.watching import Gauge

LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "nova_http_requests_total", "Requests by route template.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "nova_http_request_seconds", "Seconds a request took.", ["route"], buckets=LATENCY, registry=self.registry
        )
        self.asks = Counter("nova_asks_total", "Questions by outcome.", ["status"], registry=self.registry)
        self.emergencies = Counter("nova_emergencies_total", "Messages that told of an emergency.", ["kind"], registry=self.registry)
        self.ask_seconds = Histogram("nova_ask_seconds", "Seconds an answer took.", buckets=LATENCY, registry=self.registry)
        self.ingests = Counter("nova_ingests_total", "Documents that came in: received or infected.", ["outcome"], registry=self.registry)
        self.events = Counter("nova_events_total", "Stored events.", registry=self.registry)
        self.effort = Counter(
            "nova_effort_seconds_total", "Seconds of processor time that costly work took.", ["work", "role"], registry=self.registry
        )
        self.refused = Counter(
            "nova_refused_total", "Refusals, by what was used up: rate, line, budget or quota.", ["reason", "role"], registry=self.registry
        )
        self.feedback = Counter("nova_feedback_total", "Judgements.", ["useful"], registry=self.registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method if method in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"} else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def watch(self, gauges: Iterable[Gauge]) -> None:
        """Add gauges that are read when somebody looks."""
        self.registry.register(_Live(tuple(gauges)))

    async def text(self) -> bytes:
        """Everything in Prometheus' text format; gauges are read in a thread."""
        return await run_in_threadpool(generate_latest, self.registry)


class _Live(Collector):
    def __init__(self, gauges: tuple[Gauge, ...]) -> None:
        self._gauges = gauges

    def describe(self) -> Iterator[GaugeMetricFamily]:
        for gauge in self._gauges:
            yield GaugeMetricFamily(gauge.name, gauge.text, labels=gauge.labels)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for gauge in self._gauges:
            family = GaugeMetricFamily(gauge.name, gauge.text, labels=gauge.labels)
            for sample in gauge.read():
                family.add_metric(sample.labels, sample.value)
            yield family
