#!/usr/bin/env bash
# Builds the release of the window and of keyrackctl. With nothing changed it takes about a second.
. "$(dirname "$0")/lib.sh"

scripts/page.sh
[ -x "$target/release/keyrack" ] || say "building the release; the first time takes several minutes"
cargo build --release --locked -p keyrack -p keyrack-ctl
