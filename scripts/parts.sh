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

# What runs is told by its content, so that a figure which is written down does not make itself old: no document is part of it.
# The engine with all its tests; what a part needs beside it, it adds.
# shellcheck disable=SC2034
tested=(Cargo.toml Cargo.lock crates src-tauri tauri.conf.json samples tests docs/schema
  ':!crates/goals' ':!tests/tidy' ':!*.md')
# The same without tests of one crate: only planted bugs and mutants are tried with them.
# shellcheck disable=SC2034
engine=("${tested[@]}" ":(exclude,glob)crates/"{inventory,store,sync,wire,words}"/tests/*.rs")
# What only a window runs is left out, and from the engine too.
# shellcheck disable=SC2034
no_window=(':!tests/window' ':!tests/benches')
# shellcheck disable=SC2034
windowless=("${engine[@]}" "${no_window[@]}")

# What makes a part try other things than it says: such a run is looked at, and not kept.
knobs=(KEYRACK_ASK KEYRACK_UNPACED KEYRACK_SCHEDULES KEYRACK_SEQUENCES KEYRACK_FUZZ_SECONDS THREADS RUSTFLAGS)

# code PATHSPEC...: the code at these places, and of the functions that run it, with a + where the tree has changes that are in no
# revision, or is none.
code() {
  local code changes
  git rev-parse --quiet --verify HEAD >/dev/null 2>&1 || {
    echo unknown+
    return
  }
  git ls-files --error-unmatch -- "$@" >/dev/null || fail "a part runs what is not there"
  code=$({
    git ls-files --stage -- "$@"
    declare -f "part_$name" tests checked_tests units dist bench shown || :
  } | sha1sum | cut -c1-8)
  changes=$(git status --porcelain -- "$@" | head -n 1)
  echo "$code${changes:+"+"}"
}

# parts FOLDER CHAPTER NAME...: runs the function part_NAME of each that is wanted, goes on after one that fails, and prints
# the chapter of docs/GOALS.md with what came of it. Gives 1 where a goal is missed. code_of NAME says what a part runs.
#
# What counts of a part is kept in docs/figures, to be looked at later and elsewhere; of a run in small, or of other things, in
# build.
parts() {
  local logs=$root/build/$1 records=$root/docs/figures/$1 chapter=$2 name knob wanted=() codes=() number=0
  [[ $KEYRACK_SHARE =~ ^1(\.0*)?$ ]] || records=$root/build/$1/in-small
  for knob in "${knobs[@]}"; do
    [ -z "${!knob:-}" ] || records=$root/build/$1/in-small
  done
  shift 2
  mkdir -p "$logs" "$records"
  for name in ${PART-"$@"}; do
    [[ " $* " == *" $name "* ]] || fail "there is no part $name; the parts are: $*"
    wanted+=("$name")
  done
  for name in "${wanted[@]}"; do
    number=$((number + 1))
    say "part $number of ${#wanted[@]}, $name; $(date '+%H:%M'); its log is build/${logs##*/}/$name.log"
    part "$name" "$logs/$name.log" "$records/$name.txt"
  done
  for name in "$@"; do codes+=("$name=$(code_of "$name")"); done
  cargo run --locked --quiet -p keyrack-goals -- "$chapter" "$records" "${codes[*]}" "${wanted[@]}"
}

# part NAME LOG RECORD: runs it. What it prints is shown and kept in the log, what counts of that in the record; how it ended stands
# in its last line. A part that is cut off leaves a record without an end, and not the one of before.
part() {
  local status code begun
  code=$(code_of "$1")
  begun=$(date '+%Y-%m-%d %H:%M')
  {
    printf 'part-begun: %s %s %s\n' "$begun" "$code" "$KEYRACK_SHARE"
    printf 'part-on: %s processors, %s\n' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(rustc --version | cut -d' ' -f1,2)"
  } | tee "$2" >"$3"
  set +e
  (
    set -e
    "part_$1"
  ) 2>&1 | tee -a "$2"
  status=${PIPESTATUS[0]}
  set -e
  # What was changed while it ran is neither.
  if [ "$(code_of "$1")" != "$code" ]; then
    sed -i "1s/ ${code} / ${code%+}+ /" "$2"
  fi
  printf 'part-ended: %s\n' "$status" >>"$2"
  # What programs print is not always text.
  grep --text -E '^part-|figure: |^test result: |KEYRACK_SEED=[0-9]' "$2" >"$3"
  [ "$status" = 0 ] || say "$1 FAILED with $status; going on"
}
