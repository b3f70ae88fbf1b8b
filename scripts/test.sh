#!/usr/bin/env bash
# Every check and every test. The last line gives the total over all runners, as each counted itself.
. "$(dirname "$0")/lib.sh"
. scripts/display.sh

results=$root/build/tests
rm -rf "$results" build/nextest build/screenshots
mkdir -p "$results"
passed=0
failed=0
broken=()

# count NAME PASSED FAILED EXIT: adds a runner's own figures; a runner that failed without counting one
# failure (it did not build, it was killed) counts as one.
count() {
  local name=$1 good=${2:-0} bad=${3:-0} status=$4
  [ "$status" = 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$status" != 0 ] || [ "$good" -gt 0 ] || { say "$name ran no test"; bad=1; }
  passed=$((passed + good))
  failed=$((failed + bad))
  [ "$bad" = 0 ] || broken+=("$name")
}

attribute() { sed -n "s/^<testsuites .*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2" 2>/dev/null; }

# rust NAME [--threads N] CARGO_ARGUMENT...: one run of Rust tests, with nextest where it is installed.
rust() {
  local name=$1 status=0 good bad report log
  shift
  log=$results/$name.log
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --profile "$name" --locked --no-fail-fast "$@" || status=$?
    report=$root/build/nextest/$name/junit.xml
    bad=$(($(attribute failures "$report") + $(attribute errors "$report")))
    good=$(($(attribute tests "$report") - bad))
  else
    local threads=()
    [ "$name" != window ] || threads=(-- --test-threads=1)
    cargo test --locked --no-fail-fast --all-targets "$@" "${threads[@]}" 2>&1 | tee "$log" || status=$?
    good=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$log")
    bad=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$log")
  fi
  count "$name" "$good" "$bad" "$status"
}

documents() {
  local status=0 log=$results/documents.log
  cargo test --locked --workspace --doc 2>&1 | tee "$log" || status=$?
  # A workspace without examples in its documents is not an error, so no run is counted as one.
  local good bad
  good=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$log")
  bad=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$log")
  if [ "$status" != 0 ] || [ "$good" != 0 ]; then count documents "$good" "$bad" "$status"; fi
}

page() {
  local status=0 report=$results/page.json good bad
  (cd ui && npx vitest run --reporter=default --reporter=json --outputFile.json="$report") || status=$?
  good=$(node -p "require('$report').numPassedTests" 2>/dev/null || echo 0)
  bad=$(node -p "require('$report').numFailedTests" 2>/dev/null || echo 0)
  count page "$good" "$bad" "$status"
}

window() {
  trap stop_display EXIT
  start_display 1280x800
  test_sample "$target/debug"
  rust window -p keyrack-tests --features window --test window
  stop_display
}

scripts/lint.sh
say "tests of the crates, the shell, the command line and the house rules"
# All programs and tests in one go: built apart, the two would ask for other features of the same
# packages, and build most of them twice.
cargo build --locked --workspace --all-targets
KEYRACK_BIN=$target/debug rust crates --workspace
documents
say "tests of the page"
page
say "tests of the real window"
window

[ ${#broken[@]} = 0 ] || say "failed in: ${broken[*]}"
say "$passed passed, $failed failed"
[ "$failed" = 0 ]
