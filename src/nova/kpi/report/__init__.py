"""Reports by week, the short summary, and Grafana's dashboards."""
