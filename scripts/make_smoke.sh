#!/usr/bin/env bash
# The whole wheel once in a throw-away folder: as `make smoke`.
exec make --no-print-directory -C "$(dirname "$0")/.." smoke
