# shellcheck shell=bash disable=SC2034
# What the scripts beside this one share: where things are, and how they speak.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
mkdir -p build

# A shell that was open while rustup ran does not have cargo on its path yet.
if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
  PATH=$HOME/.cargo/bin:$PATH
fi

target=${CARGO_TARGET_DIR:-$root/target}
sample=${KEYRACK_SAMPLE:-${XDG_DATA_HOME:-$HOME/.local/share}/keyrack-sample/sample.db}
case $sample in /*) ;; *) sample=$root/$sample ;; esac
# Where the sample grows until it is whole: beside it, under a name that is nobody else's.
sample_parts=$sample.building

say() { printf 'keyrack: %s\n' "$*"; }

fail() {
  printf 'keyrack: %s\n' "$*" >&2
  exit 1
}

# missing WHAT: ends a part of a long run that needs what this machine does not have.
missing() {
  echo "part-missing: $*"
  exit 0
}

# tool NAME VERSION: a program of cargo, of that version and with the dependencies that it was released with, in
# build/tools; installed where it is missing. Gives 1 where it cannot be had.
tool() {
  PATH=$root/build/tools/bin:$PATH
  if grep -q "\"$1 $2 " "$root/build/tools/.crates2.json" 2>/dev/null; then return; fi
  say "$1 $2 is installed in build/tools"
  cargo install --quiet --locked --root "$root/build/tools" "$1@$2" || {
    say "$1 $2 could not be installed" >&2
    return 1
  }
}

# test_sample BIN: builds the sample hotel that tests and measurements copy, unless one is there that the
# programs in BIN built, and exports where it is and where they are.
test_sample() {
  export KEYRACK_BIN=$1 KEYRACK_SAMPLE=$root/build/sample/sample.db
  export KEYRACK_TEST_SAMPLE=$KEYRACK_SAMPLE
  [ "$KEYRACK_SAMPLE" -nt "$KEYRACK_BIN/keyrackctl" ] || rm -rf "$root/build/sample"
  scripts/sample.sh
}

# The processes that currently hold the sample open, if any.
sample_users() {
  find /proc/[0-9]*/fd -lname "$sample" 2>/dev/null | cut -d/ -f3 | sort -u | tr '\n' ' ' || true
}
