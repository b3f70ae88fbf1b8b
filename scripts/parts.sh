# shellcheck shell=bash disable=SC2154
# Parts of a long run, each with a log of its own from which docs/GOALS.md is judged. Sourced after lib.sh.
#
# PART="a b" runs these parts alone. KEYRACK_SHARE=0.01 makes that share of all tries.

export KEYRACK_SHARE=${KEYRACK_SHARE:-1}
[[ $KEYRACK_SHARE =~ ^(0?\.[0-9]*[1-9][0-9]*|1(\.0*)?)$ ]] ||
  fail "KEYRACK_SHARE is more than 0 and at most 1, as 0.01, not $KEYRACK_SHARE"

# share_of COUNT: that share of so many, and one at least.
share_of() { awk -v all="$1" -v share="$KEYRACK_SHARE" 'BEGIN { n = int(all * share); print n < 1 ? 1 : n }'; }

# share_of_at_least LEAST COUNT: the same, where fewer than LEAST do not go everywhere, which their test finds.
share_of_at_least() {
  local count
  count=$(share_of "$2")
  echo $((count < $1 ? $1 : count))
}

# revision: the code that runs, with a + where the tree has changes that are in no revision.
revision() {
  local revision changes
  revision=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
  changes=$(git status --porcelain 2>/dev/null | head -n 1)
  echo "$revision${changes:+"+"}"
}

# parts FOLDER CHAPTER NAME...: runs the function part_NAME of each that is wanted, goes on after one that fails, and prints
# the chapter of docs/GOALS.md with what came of it. Gives 1 where a goal is missed.
parts() {
  local logs=$root/build/$1 chapter=$2 name wanted=() number=0
  shift 2
  mkdir -p "$logs"
  for name in ${PART:-"$@"}; do
    [[ " $* " == *" $name "* ]] || fail "there is no part $name; the parts are: $*"
    wanted+=("$name")
  done
  for name in "${wanted[@]}"; do
    number=$((number + 1))
    say "part $number of ${#wanted[@]}, $name; $(date '+%H:%M'); its log is build/${logs##*/}/$name.log"
    part "$name" "$logs/$name.log"
  done
  cargo run --locked --quiet -p keyrack-goals -- "$chapter" "$logs" "$(revision)" "${wanted[@]}"
}

# part NAME LOG: runs it. What it prints is shown and kept; how it ended stands in its last line.
part() {
  local status
  printf 'part-begun: %s %s %s\n' "$(date '+%Y-%m-%d %H:%M')" "$(revision)" "$KEYRACK_SHARE" >"$2"
  set +e
  (
    set -e
    "part_$1"
  ) 2>&1 | tee -a "$2"
  status=${PIPESTATUS[0]}
  set -e
  printf 'part-ended: %s\n' "$status" >>"$2"
  [ "$status" = 0 ] || say "$1 FAILED with $status; going on"
}
