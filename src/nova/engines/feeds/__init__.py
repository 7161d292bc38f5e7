"""Connectors: where readings, prices and signals come from by themselves. One file a kind of feed; each fulfils `nova.ports.Connector`."""
