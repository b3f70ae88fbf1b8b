#!/usr/bin/env bash
# `make run`: from a fresh clone to the open window on the sample hotel.
. "$(dirname "$0")/lib.sh"
. scripts/display.sh

has_display=yes
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then has_display=no; fi

scripts/toolchain.sh
if [ "$has_display" = yes ]; then scripts/packages.sh run; else scripts/packages.sh run virtual; fi
scripts/release.sh
scripts/sample.sh

window=("$target/release/keyrack" --sample "$sample")
[ "$has_display" = no ] || exec "${window[@]}"

picture=build/window.png
log=build/window.log
window_pid=
finish() {
  trap - EXIT INT TERM
  [ -z "$window_pid" ] || kill "$window_pid" 2>/dev/null || true
  [ -z "$window_pid" ] || wait "$window_pid" 2>/dev/null || true
  stop_display
}
trap finish EXIT
trap 'say "stopped"; exit 0' INT TERM

say "this machine has no display; the window opens in a virtual one"
start_display 1280x800
: >"$log"
"${window[@]}" >"$log" 2>&1 &
window_pid=$!

for ((waited = 0; waited < 600; waited++)); do
  if grep -q '^keyrack: painted' "$log"; then break; fi
  kill -0 "$window_pid" 2>/dev/null || { cat "$log" >&2; fail "the window closed before it was painted"; }
  sleep 0.1
done
grep '^keyrack: painted' "$log" || { cat "$log" >&2; fail "the window was not painted within a minute"; }
import -window root "$picture"
say "its picture is $picture; stop it with Ctrl-C"
wait "$window_pid"
