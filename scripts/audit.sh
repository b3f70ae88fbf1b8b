#!/usr/bin/env bash
# What Keyrack is made of: licences, sources and known faults of the dependencies, and a list of all of them.
# What cannot be reached from here is said, and fails only with KEYRACK_AUDIT=strict, which a release is made with.
. "$(dirname "$0")/lib.sh"

scripts/toolchain.sh test
failed=()
unchecked=()

# advisories NAME UNREACHABLE COMMAND...: runs it; where the list of known faults cannot be had, that is no finding.
advisories() {
  local name=$1 unreachable=$2 status=0 log=$root/build/audit.log
  shift 2
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" != 0 ] || return 0
  if grep -qE "$unreachable" "$log"; then
    unchecked+=("$name")
  else
    cat "$log"
    failed+=("$name")
  fi
}
page_audit() { (cd ui && npm audit --omit=dev); }

tool cargo-deny 0.20.2
say "licences, bans and sources of the crates"
cargo deny --locked check licenses bans sources || failed+=("crates")
say "known faults of the crates, and of what the page is made of"
advisories "advisories of the crates" "failed to fetch advisory database" cargo deny --locked check advisories
advisories "advisories of the page" "audit endpoint returned an error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED" page_audit
scripts/sbom.sh build/sbom || failed+=("list of components")

[ ${#unchecked[@]} = 0 ] || say "NOT CHECKED, the lists cannot be reached from here: $(printf '%s; ' "${unchecked[@]}")"
[ ${#failed[@]} = 0 ] || fail "found something: $(printf '%s; ' "${failed[@]}")"
[ ${#unchecked[@]} = 0 ] || [ "${KEYRACK_AUDIT:-}" != strict ] || fail "a release is audited whole"
say "the audit found nothing in what it checked"
