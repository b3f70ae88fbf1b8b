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
sample_parts=${sample%/*}/building

say() { printf 'keyrack: %s\n' "$*"; }

fail() {
  printf 'keyrack: %s\n' "$*" >&2
  exit 1
}

# The processes that currently hold the sample open, if any.
sample_users() {
  find /proc/[0-9]*/fd -lname "$sample" 2>/dev/null | cut -d/ -f3 | sort -u | tr '\n' ' ' || true
}
