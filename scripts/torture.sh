#!/usr/bin/env bash
# The long versions of the tests of faults. Each prints its seed; KEYRACK_SEED=n repeats one.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh test
scripts/packages.sh run test
log=$root/build/torture.log
cargo build --locked -p keyrack-ctl
say "what is random has its seed beside it, in build/torture.log too"
status=0
KEYRACK_TORTURE=1 KEYRACK_BIN=$target/debug \
  cargo test --locked --no-fail-fast -p keyrack-tests --test system -- --test-threads=1 --nocapture 2>&1 |
  tee "$log" || status=$?
KEYRACK_TORTURE=1 \
  cargo test --locked --release --no-fail-fast -p keyrack-inventory --test inventory -- --nocapture 2>&1 |
  tee -a "$log" || status=$?
KEYRACK_TORTURE=1 \
  cargo test --locked --release --no-fail-fast -p keyrack-store --test machine -- --nocapture 2>&1 |
  tee -a "$log" || status=$?
KEYRACK_TORTURE=1 KEYRACK_SCHEDULES=${KEYRACK_SCHEDULES:-1000000} \
  cargo test --locked --release --no-fail-fast -p keyrack-simulation -- --nocapture 2>&1 |
  tee -a "$log" || status=$?
KEYRACK_TORTURE=1 \
  cargo test --locked --no-fail-fast -p keyrack-central --test central -- chance --nocapture 2>&1 |
  grep -v '^{' | tee -a "$log" || status=$?
tools=$root/build/schemathesis
[ -x "$tools/bin/schemathesis" ] || {
  say "schemathesis is installed in $tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5
}
KEYRACK_SCHEMATHESIS=$tools/bin/schemathesis KEYRACK_REQUESTS=20000 \
  cargo test --locked --no-fail-fast -p keyrack-central --test central -- odd --nocapture 2>&1 |
  grep -v '^{' | tee -a "$log" || status=$?
grep -E "KEYRACK_SEED=|losses|tried|schedules|states|kills|kill [0-9]|desks?, |throughput|answered in|generated|^test result" "$log"
exit "$status"
