#!/usr/bin/env bash
# Builds the sample hotel as of 1 June 2017, unless it is there. It grows under another name, so that a
# half-built hotel is never opened; one that was interrupted goes on where it stopped. KEYRACK_SAMPLE names
# another place for it, KEYRACK_BIN another folder with the programs.
. "$(dirname "$0")/lib.sh"

if [ ! -f "$sample" ]; then
  say "loading the sample hotel"
  mkdir -p "$sample_parts"
  "${KEYRACK_BIN:-$target/release}/keyrackctl" --db "$sample_parts/sample.db" replay samples/resort_hotel_bookings.csv.gz \
    --property samples/resort_hotel.toml --as-of 2017-06-01 ||
    fail "the sample hotel could not be loaded. 'make reset' starts it anew."
  [ ! -s "$sample_parts/sample.db-wal" ] || fail "the sample hotel was not closed: $sample_parts/sample.db-wal"
  mv "$sample_parts/sample.db" "$sample"
  rm -rf "$sample_parts"
fi
say "the sample hotel is the file $sample"
