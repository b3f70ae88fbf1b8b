#!/usr/bin/env bash
# Plants each of the bugs of tests/planted into a copy of the tree, and fails unless the test that is named beside it
# finds it. All are built at once, and KEYRACK_PLANTED says which one is there; no other build has any of them.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh
scripts/packages.sh run test
copy=$root/build/planted
rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z | tar --create --null --files-from=- --ignore-failed-read 2>/dev/null | tar --extract --directory="$copy"
patch --directory="$copy" --strip=1 --fuzz=0 --quiet <tests/planted/bugs.patch ||
  fail "tests/planted/bugs.patch does not fit the tree any more"
cd "$copy"
export CARGO_TARGET_DIR=$root/build/planted-target
cargo build --locked -p keyrack-ctl -p keyrack-central -p keyrack-tests -p keyrack-inventory --bins --tests
export KEYRACK_BIN=$CARGO_TARGET_DIR/debug

# passes BUG FOLDER TARGET TEST: runs the test with that bug.
passes() {
  local binary
  binary=$(find "$CARGO_TARGET_DIR/debug/deps" -name "$3-*" -type f -executable -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
  (cd "$2" && KEYRACK_PLANTED=$1 "$binary" --exact "$4") >"$root/build/planted.log" 2>&1 </dev/null
}

missed=()
found=0
while IFS=$'\t' read -r bug folder target test; do
  if ! passes none "$folder" "$target" "$test"; then
    missed+=("$test fails without a bug")
  elif passes "$bug" "$folder" "$target" "$test"; then
    missed+=("$bug is not found by $test")
  elif ! grep -q "test result: FAILED. 0 passed; 1 failed" "$root/build/planted.log"; then
    missed+=("$test did not run with $bug")
  else
    found=$((found + 1))
    say "$bug is found by $test"
  fi
done <"$root/tests/planted/bugs.tsv"
echo "figure: planted.found $found"
echo "figure: planted.missed ${#missed[@]}"
[ ${#missed[@]} = 0 ] || fail "$(printf '%s; ' "${missed[@]}")"
