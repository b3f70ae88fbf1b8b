#!/usr/bin/env bash
# Writes the TypeScript types of the boundary anew from the Rust types; with --check, compares them with
# what is committed.
. "$(dirname "$0")/lib.sh"

committed=ui/src/host/bindings.ts
mkdir -p build
cargo run --quiet --locked -p keyrack-desk --bin keyrack-bindings >build/bindings.raw.ts
(cd ui && npx --no-install prettier --stdin-filepath src/host/bindings.ts) <build/bindings.raw.ts >build/bindings.ts
if [ "${1:-}" != --check ]; then
  cp build/bindings.ts "$committed"
elif ! diff -u "$committed" build/bindings.ts; then
  fail "$committed is not what the Rust types give; run: make bindings"
fi
