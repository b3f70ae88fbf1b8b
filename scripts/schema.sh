#!/usr/bin/env bash
# Writes docs/schema, the JSON Schema of the events' payloads, anew from the Rust types, except for what
# is released. --release declares all that is there released; --check compares, as the tests do.
. "$(dirname "$0")/lib.sh"

case ${1:-} in
  '') act='write' ;;
  --release) act='release' ;;
  --check) act='check' ;;
  *) fail "usage: scripts/schema.sh [--check | --release]" ;;
esac
KEYRACK_SCHEMA=$act cargo test --quiet --locked -p keyrack-inventory --test schema
