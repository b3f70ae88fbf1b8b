#!/usr/bin/env bash
# mutants.sh COUNT [SHARD/SHARDS]: changes one thing at a time in inventory, store or sync, and looks whether their tests
# find it. COUNT changes are drawn from KEYRACK_SEED (1) among all that cargo-mutants knows.
. "$(dirname "$0")/lib.sh"

count=${1:-300}
shard=${2:-0/1}
output=build/mutants
rm -rf "$output"
tool cargo-mutants 27.1.0 || missing "cargo-mutants 27.1.0"
packages=(-p keyrack-inventory -p keyrack-store -p keyrack-sync)
cargo mutants --list --no-config "${packages[@]}" >build/mutants.all
shuf --random-source=<(yes "${KEYRACK_SEED:-1}") -n "$count" build/mutants.all |
  awk -v shard="${shard%/*}" -v shards="${shard#*/}" 'NR % shards == shard' >build/mutants.drawn
say "mutants: KEYRACK_SEED=${KEYRACK_SEED:-1}, $(wc -l <build/mutants.drawn) of $(wc -l <build/mutants.all)"
# One expression for all that were drawn, each name as it stands.
# shellcheck disable=SC2016
names=$(sed 's/[][\\.*^$()+?{}|]/\\&/g' build/mutants.drawn | paste -sd '|')
status=0
cargo mutants --no-config "${packages[@]}" --re "^($names)\$" --test-workspace=false \
  --output "$output" --timeout 300 -- --locked || status=$?
# It ran to its end: all caught, some missed, or some timed out. With any other status changes were not tried.
case $status in
  0 | 2 | 3) ;;
  *) fail "mutants: cargo-mutants ended with $status" ;;
esac
declare -A found
for outcome in caught missed timeout unviable; do
  found[$outcome]=$(wc -l <"$output/mutants.out/$outcome.txt")
  say "mutants: ${found[$outcome]} $outcome"
done
tried=$((found[caught] + found[missed] + found[timeout] + found[unviable]))
drawn=$(wc -l <build/mutants.drawn)
[ "$tried" = "$drawn" ] || fail "mutants: $drawn were drawn, and $tried tried"
echo "figure: mutants.drawn $tried times"
# What does not build is no change; one by which a test never ends is found.
awk -v caught="$((found[caught] + found[timeout]))" -v missed="${found[missed]}" \
  'BEGIN { printf "figure: mutants.caught %.1f %%\n", caught + missed ? 100 * caught / (caught + missed) : 0 }'
