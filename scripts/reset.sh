#!/usr/bin/env bash
# Starts the sample hotel anew. Nothing but its own files is removed.
. "$(dirname "$0")/lib.sh"

users=$(sample_users)
[ -z "$users" ] || fail "the sample hotel is open in another program (process $users). Close it first."
scripts/toolchain.sh
scripts/packages.sh run
scripts/release.sh
for part in "" -wal -shm -journal -queue -writer; do rm -f "$sample$part"; done
rm -rf "$sample_parts"
scripts/sample.sh
