#!/usr/bin/env bash
# Builds the .deb and .rpm packages: the window, keyrackctl, and the sample hotel's data.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh
scripts/packages.sh run
scripts/page.sh
cargo build --profile dist --locked --workspace --bins
# Where cargo puts its output is the user's choice, so this one path cannot stand in tauri.conf.json.
files="{\"files\":{\"/usr/bin/keyrackctl\":\"$target/dist/keyrackctl\"}}"
small="\"compression\":{\"type\":\"xz\",\"level\":9}"
tool="{\"bundle\":{\"linux\":{\"deb\":$files,\"rpm\":{$small,${files#\{}}}}"
ui/node_modules/.bin/tauri build --bundles deb,rpm --config "$tool" -- --profile dist --locked -p keyrack
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
for kind in deb rpm; do
  package=$(find "$target/dist/bundle/$kind" -name "*.$kind" -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
  if [ "$kind" = deb ]; then
    # Tauri knows gzip alone for this one.
    dpkg-deb --raw-extract "$package" "$unpacked"
    dpkg-deb --root-owner-group -Zxz -z9 --build "$unpacked" "$package" >/dev/null
  fi
  say "the .$kind package is $package ($(du -h "$package" | cut -f1))"
done
# What is in them stands beside them.
scripts/sbom.sh "$target/dist/bundle/sbom"
