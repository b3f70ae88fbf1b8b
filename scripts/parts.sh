# shellcheck shell=bash disable=SC2154,SC2034
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

# What runs is told by its content, so that a figure which is written down does not make itself old: no document is part of it.
engine=(Cargo.toml Cargo.lock crates src-tauri tests ':!crates/goals' ':!tests/tidy' ':!tests/window' ':!tests/benches' ':!*.md')

# code PATHSPEC...: the code at these places, with a + where the tree has changes that are in no revision.
code() {
  local code changes
  code=$(git ls-files --stage -- "$@" 2>/dev/null | sha1sum | cut -c1-8)
  changes=$(git status --porcelain -- "$@" 2>/dev/null | head -n 1)
  echo "$code${changes:+"+"}"
}

# parts FOLDER CHAPTER NAME...: runs the function part_NAME of each that is wanted, goes on after one that fails, and prints
# the chapter of docs/GOALS.md with what came of it. Gives 1 where a goal is missed. code_of NAME says what a part runs.
#
# What counts of a part is kept in docs/figures, to be looked at later and elsewhere; of a run in small, in build.
parts() {
  local logs=$root/build/$1 records=$root/docs/figures/$1 chapter=$2 name wanted=() codes=() number=0
  [[ $KEYRACK_SHARE =~ ^1(\.0*)?$ ]] || records=$root/build/$1/in-small
  shift 2
  mkdir -p "$logs" "$records"
  for name in ${PART-"$@"}; do
    [[ " $* " == *" $name "* ]] || fail "there is no part $name; the parts are: $*"
    wanted+=("$name")
  done
  for name in "${wanted[@]}"; do
    number=$((number + 1))
    say "part $number of ${#wanted[@]}, $name; $(date '+%H:%M'); its log is build/${logs##*/}/$name.log"
    part "$name" "$logs/$name.log"
    # What programs print is not always text.
    grep --text -E '^part-|figure: |^test result: |KEYRACK_SEED=[0-9]' "$logs/$name.log" >"$records/$name.txt"
  done
  for name in "$@"; do codes+=("$name=$(code_of "$name")"); done
  cargo run --locked --quiet -p keyrack-goals -- "$chapter" "$records" "${codes[*]}" "${wanted[@]}"
}

# part NAME LOG: runs it. What it prints is shown and kept; how it ended stands in its last line.
part() {
  local status
  printf 'part-begun: %s %s %s\n' "$(date '+%Y-%m-%d %H:%M')" "$(code_of "$1")" "$KEYRACK_SHARE" >"$2"
  printf 'part-on: %s processors, %s\n' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" >>"$2"
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
