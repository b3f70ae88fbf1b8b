#!/usr/bin/env bash
# Measures the goals of speed and size, part by part, each beside its bare twin where it has one, and prints docs/GOALS.md
# with the figures. Nothing else should run on the machine meanwhile. PART="reserve grid" measures these alone, PART="" none;
# KEYRACK_SHARE=0.1 makes the hour of work six minutes.
. "$(dirname "$0")/lib.sh"
. scripts/display.sh
. scripts/parts.sh

if [ -n "${PART-all}" ]; then
  scripts/toolchain.sh
  scripts/packages.sh run test
  scripts/page.sh
fi

# code_of PART: the code that it runs.
code_of() {
  local name=$1
  case $name in
    # What the window shows, and what is packed.
    window | hour | package) code "${engine[@]}" ui icons scripts/package.sh ;;
    *) code "${windowless[@]}" benches ;;
  esac
}

# dist: builds the programs as they are packed.
dist() { cargo build --profile dist --locked --workspace --bins; }

# bench PART: what keyrack-bench measures under that name.
bench() {
  dist
  "$target/dist/keyrack-bench" "$1"
}

part_reserve() { bench reserve; }
part_grid() { bench grid; }
part_replay() { bench replay; }
part_search() { bench search; }
part_sign_in() { bench sign-in; }
part_big() { bench big; }
part_growth() { bench growth; }
part_centre() { bench centre; }

part_load() {
  dist
  KEYRACK_TORTURE=1 KEYRACK_BIN=$target/dist \
    cargo test --release --locked --workspace --test system -- --test-threads=1 --nocapture \
    fifty_processes_for_the_last_five_rooms eight_desks_at_one_file
}

# shown COMMAND...: runs it on a display in memory, with the programs and the sample hotel.
shown() {
  dist
  trap stop_display EXIT
  start_display 1280x800
  test_sample "$target/dist"
  "$@"
}

part_window() { shown cargo bench --locked --quiet -p keyrack-tests --features window --bench window; }

part_hour() {
  local minutes
  minutes=$(share_of 60)
  KEYRACK_RANDOM_LONG=1 KEYRACK_RANDOM_MINUTES=$minutes shown cargo test --release --locked -p keyrack-tests --features window \
    --test window -- --nocapture random_use_leaves
  # Of random use a minute, so many times.
  echo "figure: hour.minutes $minutes times"
}

part_package() {
  local package
  scripts/package.sh
  package=$(find "$target/dist/bundle/deb" -name '*.deb' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
  say "$package"
  echo "figure: package.deb $(stat -c '%s' "$package" | awk '{ printf "%.2f", $1 / 1e6 }') MB"
}

parts bench "Speed and size" reserve load grid replay search sign_in big growth centre window package hour
