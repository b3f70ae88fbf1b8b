#!/usr/bin/env bash
# sbom.sh FOLDER: writes what the programs and the page are made of, as CycloneDX, into the folder.
. "$(dirname "$0")/lib.sh"

[ $# = 1 ] || fail "sbom.sh FOLDER"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
tool cargo-cyclonedx 0.5.9
scripts/page.sh
say "what the programs are made of"
# The tool writes beside each manifest; what it wrote is taken from there.
cargo cyclonedx --format json --all-features --override-filename keyrack.cdx >build/sbom.log 2>&1 ||
  { cat build/sbom.log; fail "the list of crates could not be written"; }
mv keyrack.cdx.json "$folder/keyrack.cdx.json"
mv crates/ctl/keyrack.cdx.json "$folder/keyrackctl.cdx.json"
mv crates/central/keyrack.cdx.json "$folder/keyrack-central.cdx.json"
rm -f -- benches/keyrack.cdx.json crates/*/keyrack.cdx.json tests/keyrack.cdx.json
say "what the page is made of"
(cd ui && npm sbom --omit=dev --sbom-format=cyclonedx) >"$folder/page.cdx.json"
for list in keyrack keyrackctl keyrack-central page; do
  components=$(node -p "require('$folder/$list.cdx.json').components.length")
  [ "$components" -gt 0 ] || fail "$list.cdx.json lists nothing"
  say "$folder/$list.cdx.json lists $components components"
done
