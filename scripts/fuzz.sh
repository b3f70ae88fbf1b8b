#!/usr/bin/env bash
# Gives what is read from outside to cargo-fuzz, KEYRACK_FUZZ_SECONDS (60) for each target. It wants a nightly compiler:
# where none can be had that is said, and the seeded changes of `cargo test -p keyrack-fuzzed` are all there is.
. "$(dirname "$0")/lib.sh"

if ! command -v rustup >/dev/null ||
  { ! rustup toolchain list | grep -q '^nightly' && ! rustup toolchain install nightly --profile minimal; }; then
  say "fuzz: left out, there is no nightly compiler and none can be had"
  missing "a nightly compiler"
fi
tool cargo-fuzz 0.13.2 || missing "cargo-fuzz 0.13.2"
seed=${KEYRACK_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
say "fuzz: KEYRACK_SEED=$seed"
# What each tells stands in docs/GOALS.md.
targets=(fuzz.arguments fuzz.events fuzz.imports fuzz.messages fuzz.property fuzz.values)
there=$(basename -s .rs fuzz/fuzz_targets/*.rs | sed 's/^/fuzz./' | paste -sd ' ')
[ "${targets[*]}" = "$there" ] || fail "fuzz: the targets are $there"
for target in "${targets[@]}"; do
  name=${target#fuzz.}
  mkdir -p "build/fuzz/$name"
  cargo +nightly fuzz run --fuzz-dir fuzz --target-dir build/fuzz-target "$name" "build/fuzz/$name" "crates/fuzzed/corpus/$name" \
    -- -seed="$seed" -max_total_time="${KEYRACK_FUZZ_SECONDS:-60}" -print_final_stats=1 -verbosity=0 2>&1 |
    tee build/fuzz.log || fail "fuzz: $name does not bear what stands in fuzz/artifacts/$name"
  echo "figure: $target $(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz.log) times"
done
