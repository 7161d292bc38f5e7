"""Where records come from: files, folders, tables, interfaces and pages, each behind the port `Source`."""
