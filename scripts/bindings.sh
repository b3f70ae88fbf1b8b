#!/usr/bin/env bash
# Writes the TypeScript types of the boundary anew from the Rust types, and what the audit trail's kinds are called in
# each language from the program's words; with --check, compares them with what is committed.
. "$(dirname "$0")/lib.sh"

mkdir -p build
cargo build --quiet --locked -p keyrack-desk --bin keyrack-bindings

# written FILE [TAG]: what stands in the file, or, with --check, whether it does.
written() {
  local committed=$1 fresh=build/bindings.ts
  shift
  "$target/debug/keyrack-bindings" "$@" >build/bindings.raw.ts
  (cd ui && npx --no-install prettier --stdin-filepath "${committed#ui/}") <build/bindings.raw.ts >"$fresh"
  if [ "$check" = false ]; then
    cp "$fresh" "$committed"
  elif ! diff -u "$committed" "$fresh"; then
    fail "$committed is not what the Rust types and words give; run: make bindings"
  fi
}

check=false
[ "${1:-}" != --check ] || check=true
written ui/src/host/bindings.ts
for tag in en de fr es pt; do
  written "ui/src/shared/texts/deeds/$tag.ts" "$tag"
done
