#!/usr/bin/env bash
# The long versions of the tests of faults, part by part, and docs/GOALS.md beside what came of them. Each prints its seed;
# KEYRACK_SEED=n repeats one. PART="power kill" runs these alone, PART="" none; KEYRACK_SHARE=0.01 a share of all tries.
. "$(dirname "$0")/lib.sh"
. scripts/parts.sh

if [ -n "${PART-all}" ]; then
  scripts/toolchain.sh test
  scripts/packages.sh run test
  scripts/page.sh
fi
export KEYRACK_TORTURE=1 KEYRACK_BIN=$target/release

# code_of PART: the code that it runs.
code_of() {
  local name=$1
  case $name in
    fuzz) code "${windowless[@]}" fuzz scripts/fuzz.sh ;;
    # What tests find is asked of all of them but the window's.
    planted | mutants) code "${tested[@]}" "${no_window[@]}" "scripts/$name.sh" ;;
    *) code "${windowless[@]}" ;;
  esac
}

# tests TARGET FILTER...: runs those tests in a release build, THREADS of them at once, one where that is not said. All targets
# of the workspace are built at once: of a package alone cargo would build what it needs anew, with fewer features.
tests() {
  cargo build --release --locked --workspace --all-targets
  cargo test --release --locked --no-fail-fast --workspace --test "$1" -- --test-threads="${THREADS:-1}" --nocapture "${@:2}"
}

# checked_tests TARGET FILTER...: the same in a debug build, where what may overflow and what is taken for granted is looked at.
checked_tests() {
  cargo build --locked --workspace --all-targets
  KEYRACK_BIN=$target/debug cargo test --locked --no-fail-fast --workspace --test "$1" -- --test-threads=1 --nocapture "${@:2}"
}

# units FILTER...: the same of tests that stand beside what they test.
units() {
  cargo build --locked --workspace --all-targets
  KEYRACK_BIN=$target/debug cargo test --locked --no-fail-fast --workspace --lib -- --test-threads=1 --nocapture "$@"
}

part_kill() { tests system kill; }
part_power() { THREADS=$(nproc) tests system disk::power; }
part_writes() { tests system disk::faults; }
part_full() { tests system full::; }

part_clock() {
  tests system clock past_its_time_a_hold
  tests door clock
  units clock
}

part_network() {
  tests system three_desks_sell_without_the_network a_network_that_loses
  # The centre's own log is not of interest here.
  tests central lines:: chance:: | grep -v '^{'
}

part_centre_dies() { tests system nothing_acknowledged_is_lost_when_the_centre_or_its_database_dies; }

part_schedules() {
  KEYRACK_SCHEDULES=${KEYRACK_SCHEDULES:-$(share_of 1000000)} tests schedules
  tests files
}

part_model() { tests model; }

part_sequences() {
  export KEYRACK_SEQUENCES=${KEYRACK_SEQUENCES:-$(share_of_at_least 500 10000)}
  tests inventory whatever_the_sequence whatever_is_lost
  tests machine
}

part_read() { tests corpus; }
part_fuzz() { KEYRACK_FUZZ_SECONDS=${KEYRACK_FUZZ_SECONDS:-$(share_of 60)} scripts/fuzz.sh; }

part_malformed_window() {
  KEYRACK_ODD_REQUESTS=$(share_of_at_least 2000 100000) units what_nobody_would_ask_the_window
}

part_malformed_centre() {
  KEYRACK_ODD_REQUESTS=$(share_of_at_least 2000 20000) \
    checked_tests central odd::what_nobody_would_ask | grep -v '^{'
}

# A part of its own, as it needs what not every machine can have.
part_described_centre() {
  local tools=$root/build/schemathesis
  [ -x "$tools/bin/schemathesis" ] || {
    say "schemathesis is installed in $tools"
    { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5; } ||
      missing "schemathesis, which could not be installed"
  }
  KEYRACK_SCHEMATHESIS=$tools/bin/schemathesis KEYRACK_REQUESTS=$(share_of 80000) \
    checked_tests central odd::schemathesis | grep -v '^{'
}

# Whether a bug or a change is found is asked of the short versions.
part_planted() { env -u KEYRACK_TORTURE -u KEYRACK_BIN scripts/planted.sh; }
part_mutants() { env -u KEYRACK_TORTURE -u KEYRACK_BIN scripts/mutants.sh "$(share_of 300)"; }

parts torture "Faults survived" kill power writes full clock network centre_dies schedules model sequences read fuzz \
  malformed_window malformed_centre described_centre planted mutants
