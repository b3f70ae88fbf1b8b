#!/usr/bin/env bash
# Installs the page's packages and builds ui/dist, each only where something changed since.
. "$(dirname "$0")/lib.sh"

if [ ui/package-lock.json -nt ui/node_modules/.package-lock.json ]; then
  say "fetching the page's packages"
  (cd ui && npm ci)
fi

page=ui/dist/index.html
if [ ! -f "$page" ] || [ -n "$(find ui \( -path ui/node_modules -o -path ui/dist \) -prune \
  -o -type f -newer "$page" -print -quit)" ]; then
  say "building the page"
  (cd ui && npm run --silent build)
  touch "$page"
fi
