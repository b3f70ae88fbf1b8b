#!/usr/bin/env bash
# Formats, lints and types. Every check fails on its first warning.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh test
scripts/packages.sh run test
scripts/page.sh

say "shell"
shellcheck -x scripts/*.sh .ci/run
say "Rust"
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
# The fuzz targets stand outside the workspace.
cargo update --quiet --workspace --locked --manifest-path fuzz/Cargo.toml || fail "fuzz/Cargo.lock is not what the workspace needs"
say "TypeScript"
(cd ui && npm run --silent lint && npm run --silent check)
