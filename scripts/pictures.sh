#!/usr/bin/env bash
# Copies the pictures of the user guide from those that the tests of the window took last, made small.
. "$(dirname "$0")/lib.sh"

for name in booking-form several pictures-occupancy end-of-day places tour centre-offline centre-inbox; do
  from=build/screenshots/$name.png
  [ -f "$from" ] || fail "$from is missing; run: make test"
  # Without the bar at the foot, which names the file of the test.
  convert "$from" -crop 1280x774+0+0 +repage -resize 960x600 -colors 64 -strip "docs/images/$name.png"
done
say "the pictures of docs/GUIDE.md are those of the last tests"
