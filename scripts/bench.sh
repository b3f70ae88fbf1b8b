#!/usr/bin/env bash
# Measures the goals of speed and size, each beside its bare twin where it has one, and prints goal and
# figure. Nothing else should run on the machine meanwhile.
. "$(dirname "$0")/lib.sh"
. scripts/display.sh

scripts/toolchain.sh
scripts/packages.sh run test
scripts/release.sh
say "the machine: $(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
status=0
cargo run --release --locked --quiet -p keyrack-benches || status=$?
trap stop_display EXIT
start_display 1280x800
test_sample "$target/release"
cargo bench --locked --quiet -p keyrack-tests --features window --bench window || status=$?
stop_display
exit "$status"
