# shellcheck shell=bash
# A display in memory, for machines that have no other. Sourced after lib.sh.

# start_display WIDTHxHEIGHT: starts Xvfb on a free number and exports DISPLAY. Sets display_pid.
start_display() {
  local number
  exec {display_numbers}< <(exec Xvfb -displayfd 1 -screen 0 "$1x24" -nolisten tcp 2>build/xvfb.log)
  display_pid=$!
  read -r -t 20 number <&"$display_numbers" || fail "Xvfb did not start; see build/xvfb.log"
  export DISPLAY=:$number
  # The tests of the window must not depend on which display server the user's session has.
  export GDK_BACKEND=x11
}

stop_display() {
  [ -z "${display_pid:-}" ] || kill "$display_pid" 2>/dev/null || true
}
