#!/usr/bin/env bash
# Copies the pictures of the user guide from those that the tests of the window took last, made small.
. "$(dirname "$0")/lib.sh"

for name in booking-form several pictures-occupancy print import backups end-of-day places tour; do
  from=build/screenshots/$name.png
  [ -f "$from" ] || fail "$from is missing; run: make test"
  convert "$from" -resize 960x600 -colors 64 -strip "docs/images/$name.png"
done
say "the pictures of docs/GUIDE.md are those of the last tests"
