#!/usr/bin/env bash
# mutants.sh COUNT: changes one thing at a time in inventory, store or sync, and looks whether a test finds it: first the quick ones
# of that package, then those of the whole system that know most of it, then the others. COUNT changes are drawn from KEYRACK_SEED
# (1) among all that cargo-mutants knows; it is asked for the changes alone, as of those it can be told to run only some kinds.
#
# It takes hours, on all processors. What came of each is noted with the test that found it, and a run that was stopped goes on there
# as long as the code is the same; where only tests are new, or how they are asked, with what none has found. What is drawn for the
# goal is noted with the sources, so that it can be gone on with elsewhere. KEYRACK_MUTANTS_MINUTES stops it by itself.
. "$(dirname "$0")/lib.sh"

count=${1:-300}
folder=$root/build/mutants
outcomes=$folder/outcomes.tsv
[ "$count from ${KEYRACK_SEED:-1}" != "300 from 1" ] || outcomes=$root/docs/figures/torture/mutants.tsv
packages=(keyrack-inventory keyrack-store keyrack-sync)
# Thousands of files, whose syncing is not what is asked here.
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
until=$((SECONDS + 60 * ${KEYRACK_MUTANTS_MINUTES:-1440}))
tool cargo-mutants 27.1.0 || missing "cargo-mutants 27.1.0"
cargo nextest --version >/dev/null 2>&1 || missing "cargo-nextest"

# told PATHSPEC...: what is there, in short.
told() { git ls-files --stage -- "$@" | sha1sum | cut -c1-12; }
sources=(Cargo.toml Cargo.lock docs/schema crates)
seen="$(told "${sources[@]}" ':(exclude,glob)crates/*/tests/**' ':!crates/goals'), $count from ${KEYRACK_SEED:-1}"
tests=$(told "${sources[@]}" tests/src tests/support tests/system scripts/mutants.sh)
mkdir -p "$folder"
case $(head -n 1 "$outcomes" 2>/dev/null) in
  "$seen; $tests") ;;
  "$seen;"*) sed -i "1s/.*/$seen; $tests/; /\tmissed\t/d" "$outcomes" ;;
  *) echo "$seen; $tests" >"$outcomes" ;;
esac
# Copies of what is in the revision, one for each processor, so that nobody works on what is being changed.
for ((worker = 0; worker < $(nproc); worker++)); do
  mkdir -p "$folder/tree-$worker"
  # One that was cut off left its change behind, a test that is no more would run, and what is older than a build would not be
  # built again.
  find "$folder/tree-$worker" -mindepth 1 -maxdepth 1 ! -name target -exec rm -rf {} +
  git archive HEAD | tar --extract --touch --directory="$folder/tree-$worker"
done
cd "$folder/tree-0"
cargo mutants --list --json --diff --no-config "${packages[@]/#/--package=}" >"$folder/all.json"
known=$(node -p 'JSON.parse(fs.readFileSync(0)).length' <"$folder/all.json")
# Drawn by its name, so that most are the same ones after the code has changed elsewhere.
# shellcheck disable=SC2016
node -e 'const [seed, count] = process.argv.slice(1);
  const told = (name) => crypto.createHash("sha256").update(`${seed} ${name.replace(/:\d+:\d+:/, "")}`).digest("hex");
  const all = JSON.parse(fs.readFileSync(0)).map(({ name }, number) => [told(name), number]);
  for (const [, number] of all.sort().slice(0, count)) console.log(number);' \
  "${KEYRACK_SEED:-1}" "$count" <"$folder/all.json" >"$folder/drawn"
say "mutants: KEYRACK_SEED=${KEYRACK_SEED:-1}, $count of $known"

# of NUMBER FIELD: what cargo-mutants says of a change.
of() {
  node -e 'const [number, field] = process.argv.slice(1);
    process.stdout.write(String(JSON.parse(fs.readFileSync(0))[number][field]))' "$1" "$2" <"$folder/all.json"
}

# found SECONDS FILTER CARGO_ARGUMENT...: whether one of these tests fails, or never ends; prints how, and nothing where they could
# not be asked. No failure is made smaller: that it fails is all that is asked.
found() {
  local status=0
  TMPDIR=$memory PROPTEST_MAX_SHRINK_ITERS=0 KEYRACK_BIN=$PWD/target/debug timeout --kill-after=10 "$1" \
    cargo nextest run --locked --max-fail=1:immediate --test-threads=4 -E "$2" "${@:3}" >log 2>&1 </dev/null || status=$?
  case $status in
    0) return 1 ;;
    100) echo caught ;;
    101) echo unviable ;;
    124 | 137) echo timeout ;;
  esac
}

# What takes minutes is asked last.
long='test(whatever_the_sequence_counts) + test(/^past::/)'
# Tests of the system that find nothing of these: those of losses of power, of the sample hotel, and of the window's program.
elsewhere='(test(/^(replay|disk|alone)::/) + test(a_window_that_finds_no_display))'
# And those of a desk, and of desks on real files whose centre is lost.
others='not (package(keyrack-simulation) - binary(files))'
among=("${packages[@]/#/--package=}" --package=keyrack-desk --package=keyrack-simulation)
quick=(--lib --tests)
system=(--package=keyrack-ctl --package=keyrack-central --package=keyrack-tests --bins --test=system)

# tried PACKAGE FILE: what comes of the change that is there.
tried() {
  local known
  case $2 in
    crates/store/src/centre/* | crates/sync/*) known='test(/^desks::/)' ;;
    *) known='not test(/^desks::/)' ;;
  esac
  if ! cargo test --quiet --locked --package="$1" "${quick[@]}" --no-run >log 2>&1; then
    echo unviable
    return
  fi
  found 300 "not ($long)" --package="$1" "${quick[@]}" && return
  # The programs that the tests start; their own tests build none.
  if ! cargo build --quiet --locked "${system[@]}" >log 2>&1; then
    echo unviable
    return
  fi
  found 900 "binary(system) & $known - $elsewhere" "${system[@]}" ||
    found 900 "binary(system) - ($known) - $elsewhere" "${system[@]}" ||
    found 900 "$others" "${among[@]}" "${quick[@]}" ||
    echo missed
}

# works WORKER: tries what falls to it.
works() {
  local number file outcome by
  cd "$folder/tree-$1"
  while read -r number; do
    grep -q "^$number"$'\t' "$outcomes" && continue
    [ $SECONDS -lt $until ] || break
    file=$(of "$number" file)
    cp "$file" before
    of "$number" diff | patch --quiet "$file"
    outcome=$(tried "$(of "$number" package)" "$file")
    cp before "$file"
    # Of what could not be asked nothing is known: it is tried again by the next run.
    [ -n "$outcome" ] || fail "mutants: the tests of $number could not be asked; see $PWD/log"
    by=$(grep --text -m 1 -oP '(FAIL|TIMEOUT) \[[^]]*\] \([^)]*\) \K.*' log || true)
    printf '%s\t%s\t%s\t%s\n' "$number" "$outcome" "$(of "$number" name)" "$by" | tee -a "$outcomes"
  done < <(awk -v worker="$1" -v all="$(nproc)" 'NR % all == worker' "$folder/drawn")
}

export CARGO_PROFILE_DEV_DEBUG=0
for tree in "$folder"/tree-*; do (cd "$tree" && cargo build --quiet --locked "${system[@]}"); done
cd "$folder/tree-0"
if [ "$(cat "$folder/sound" 2>/dev/null)" != "$seen; $tests" ] && { found 1800 "binary(system) - $elsewhere" "${system[@]}" ||
  found 1800 "$others" "${among[@]}" "${quick[@]}"; }; then
  fail "mutants: a test fails without a change; see $folder/tree-0/log"
fi
echo "$seen; $tests" >"$folder/sound"
for ((worker = 0; worker < $(nproc); worker++)); do works "$worker" & done
for worker in $(jobs -p); do wait "$worker"; done

# all OUTCOME: how many ended so.
all() { cut -f 2 "$outcomes" | grep -c "^$1\$" || true; }
say "mutants: $(all caught) caught, $(all timeout) that never end, $(all unviable) that do not build, $(all missed) missed"
echo "figure: mutants.drawn $(($(wc -l <"$outcomes") - 1)) times"
# What does not build is no change; one by which a test never ends is found.
awk -v caught="$(($(all caught) + $(all timeout)))" -v missed="$(all missed)" \
  'BEGIN { printf "figure: mutants.caught %.1f %%\n", caught + missed ? 100 * caught / (caught + missed) : 0 }'
