#!/usr/bin/env bash
# Checks Rust, Node and, with the word "test", Rust's formatter and linter. Says how to mend what it misses.
. "$(dirname "$0")/lib.sh"

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

rust_needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
node_needed=$(sed -n 's/.*"node": ">=\([0-9.]*\).*/\1/p' ui/package.json)

command -v cargo >/dev/null ||
  fail "Rust is missing. Install it from https://rustup.rs, then run this again."
rust_here=$(cargo --version | cut -d' ' -f2)
at_least "$rust_needed" "$rust_here" ||
  fail "Rust $rust_here is too old, $rust_needed is needed. Run: rustup update stable"

command -v node >/dev/null ||
  fail "Node is missing, $node_needed or newer is needed. Install it from https://nodejs.org."
node_here=$(node --version | tr -d v)
at_least "$node_needed" "$node_here" ||
  fail "Node $node_here is too old, $node_needed or newer is needed. Install it from https://nodejs.org."
command -v npm >/dev/null ||
  fail "npm is missing. It comes with Node from https://nodejs.org; on Debian it is the package npm."

if [ "${1:-}" = test ]; then
  missing=()
  cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
  cargo clippy --version >/dev/null 2>&1 || missing+=(clippy)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v rustup >/dev/null || fail "Rust's ${missing[*]} is missing."
    rustup component add "${missing[@]}"
  fi
fi
