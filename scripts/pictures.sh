#!/usr/bin/env bash
# Copies the pictures of the user guide from those that the tests of the window took last, made small.
. "$(dirname "$0")/lib.sh"

# picture FROM TO [BAR]: without the bar at the foot, which names the file of the test and is BAR pixels high.
picture() {
  local from=build/screenshots/$1.png
  [ -f "$from" ] || fail "$from is missing; run: make test"
  convert "$from" -crop "1280x$((800 - ${3:-26}))+0+0" +repage -resize 960x600 -colors 64 -strip "docs/images/$2.png"
}

for name in booking-form several pictures-occupancy end-of-day places tour centre-offline centre-inbox; do
  picture "$name" "$name"
done
for name in booking outage limits group waitlist end-of-day recent explained keys print \
  charts alerts centre health audit explain transfer backups staff settings; do
  picture "sample-light-$name" "screen-$name"
done
for name in grid booking explained end-of-day charts settings; do
  picture "sample-dark-$name" "dark-$name"
  picture "de-light-$name" "german-$name"
done
for name in grid booking end-of-day settings; do
  picture "de-twice-$name" "twice-$name" 52
done
say "the pictures of docs/GUIDE.md and docs/SCREENS.md are those of the last tests"
