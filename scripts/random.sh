#!/usr/bin/env bash
# An hour of random use of the real window, or as many minutes as given. KEYRACK_SEED=n repeats a run.
. "$(dirname "$0")/lib.sh"
. scripts/display.sh

export KEYRACK_RANDOM_LONG=1 KEYRACK_RANDOM_MINUTES=${1:-60}
scripts/page.sh
cargo build --locked -p keyrack -p keyrack-ctl -p keyrack-tests --features keyrack-tests/window --all-targets
export KEYRACK_BIN=$target/debug
trap stop_display EXIT
start_display 1280x800
test_sample "$target/debug"
cargo nextest run --profile window --locked -p keyrack-tests --features window --test window \
  --no-capture random_use
