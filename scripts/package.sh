#!/usr/bin/env bash
# Builds the .deb package: the window, keyrackctl, and the sample hotel's data.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh
scripts/packages.sh run
scripts/release.sh
# Where cargo puts its output is the user's choice, so this one path cannot stand in tauri.conf.json.
tool="{\"bundle\":{\"linux\":{\"deb\":{\"files\":{\"/usr/bin/keyrackctl\":\"$target/release/keyrackctl\"}}}}}"
ui/node_modules/.bin/tauri build --bundles deb --config "$tool" -- --locked -p keyrack
package=$(find "$target/release/bundle/deb" -name '*.deb' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
say "the package is $package ($(du -h "$package" | cut -f1))"
