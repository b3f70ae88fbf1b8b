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
seed=${KEYRACK_SEED:-1}
folder=$root/build/mutants
outcomes=$folder/outcomes.tsv
[ "$count from $seed" != "300 from 1" ] || outcomes=$root/docs/figures/torture/mutants.tsv
packages=(keyrack-inventory keyrack-store keyrack-sync)
# Thousands of files, whose syncing is not what is asked here.
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
until=$((SECONDS + 60 * ${KEYRACK_MUTANTS_MINUTES:-1440}))
tool cargo-mutants 27.1.0 || missing "cargo-mutants 27.1.0"
cargo nextest --version >/dev/null 2>&1 || missing "cargo-nextest"
mkdir -p "$folder"
exec 9>"$folder/lock"
flock --nonblock 9 || fail "mutants: another run is at work in $folder"

# told PATHSPEC...: what is there, in short.
told() { git ls-files --stage -- "$@" | sha1sum | cut -c1-12; }
sources=(Cargo.toml Cargo.lock docs/schema crates)
asked=(.config tests/Cargo.toml tests/src tests/support tests/system scripts/mutants.sh)
git diff --quiet HEAD -- "${sources[@]}" "${asked[@]}" || fail "mutants: what is in no revision is not tried; commit it first"
seen="$(told "${sources[@]}" ':(exclude,glob)crates/*/tests/**' ':!crates/goals'), $count from $seed"
tests=$(told "${sources[@]}" "${asked[@]}")
# A test that is new finds no less; one that was weakened since is not asked again of what it found.
case $(head -n 1 "$outcomes" 2>/dev/null) in
  "$seen; $tests") ;;
  "$seen;"*) sed -i "1s/.*/$seen; $tests/; 1!{/\tcaught\t/!d}" "$outcomes" ;;
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
  "$seed" "$count" <"$folder/all.json" >"$folder/drawn"
say "mutants: KEYRACK_SEED=$seed, $count of $known"

# of NUMBER FIELD: what cargo-mutants says of a change.
of() {
  node -e 'const [number, field] = process.argv.slice(1);
    process.stdout.write(String(JSON.parse(fs.readFileSync(0))[number][field]))' "$1" "$2" <"$folder/all.json"
}

# builds ARGUMENT...: has cargo build so. Prints "unviable" where the compiler refuses the change, and nothing where it could not say.
builds() {
  cargo "$@" >log 2>&1 </dev/null 9>&- && return
  if grep --text -q 'could not compile' log && ! grep --text -qE 'No space left|\(signal:' log; then echo unviable; fi
  return 1
}

# found FILTER CARGO_ARGUMENT...: whether one of these tests fails twice, or twice does not end; prints how, and nothing where they
# could not be asked. No failure is made smaller: that it fails is all that is asked.
found() {
  local status=0 temporary
  temporary=$(mktemp -d "$memory/keyrack-mutants.XXXXXX")
  TMPDIR=$temporary PROPTEST_MAX_SHRINK_ITERS=0 KEYRACK_BIN=$PWD/target/debug timeout --foreground --kill-after=10 3600 \
    cargo nextest run --profile mutants --locked --max-fail=1:immediate --test-threads=4 -E "$1" "${@:2}" \
    >log 2>&1 </dev/null 9>&- || status=$?
  rm -rf "$temporary"
  case $status in
    0) return 1 ;;
    100) if grep --text -qE 'TRY 2 (TMT|TIMEOUT)' log; then echo timeout; else echo caught; fi ;;
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
  builds test --quiet --locked --package="$1" "${quick[@]}" --no-run || return 0
  found "not ($long)" --package="$1" "${quick[@]}" && return
  # With the programs that the tests start; their own tests build none.
  builds build --quiet --locked "${system[@]}" || return 0
  found "binary(system) & $known - $elsewhere" "${system[@]}" && return
  found "binary(system) - ($known) - $elsewhere" "${system[@]}" && return
  builds test --quiet --locked "${among[@]}" "${quick[@]}" --no-run || return 0
  found "$others" "${among[@]}" "${quick[@]}" || echo missed
}

# works WORKER: tries what falls to it.
works() {
  local number file outcome by
  cd "$folder/tree-$1"
  export CARGO_TARGET_DIR=$PWD/target
  while read -r number; do
    grep -q "^$number"$'\t' "$outcomes" && continue
    [ $SECONDS -lt $until ] || break
    file=$(of "$number" file)
    cp "$file" before
    outcome=
    by=
    if of "$number" diff | patch --quiet "$file"; then
      outcome=$(tried "$(of "$number" package)" "$file")
      by=$(grep --text -m 1 -oP 'TRY 2 [A-Z]+ +\[[^]]*\] \([^)]*\) \K.*' log || true)
    fi
    cp before "$file"
    # Of what could not be asked nothing is known: it is tried again by the next run.
    if [ -z "$outcome" ]; then
      cp log "$folder/unasked-$number.log"
      say "mutants: the tests of $number could not be asked; see $folder/unasked-$number.log" >&2
      continue
    fi
    printf '%s\t%s\t%s\t%s\n' "$number" "$outcome" "$(of "$number" name)" "$by" | tee -a "$outcomes"
  done < <(awk -v worker="$1" -v all="$(nproc)" 'NR % all == worker' "$folder/drawn")
}

# What no test finds here would be found in everything.
sound() {
  builds build --quiet --locked "${system[@]}" && ! found "binary(system) - $elsewhere" "${system[@]}" &&
    builds test --quiet --locked "${among[@]}" "${quick[@]}" --no-run && ! found "$others" "${among[@]}" "${quick[@]}"
}

export CARGO_PROFILE_DEV_DEBUG=0
if [ "$(cat "$folder/sound" 2>/dev/null)" != "$seen; $tests" ]; then
  (export CARGO_TARGET_DIR=$folder/tree-0/target && sound) ||
    fail "mutants: a test fails without a change; see $folder/tree-0/log"
  echo "$seen; $tests" >"$folder/sound"
fi
rm -f "$folder"/unasked-*.log
# In groups of their own, so that what they began ends with them.
set -m
for ((worker = 0; worker < $(nproc); worker++)); do works "$worker" & done
workers=$(jobs -p)
trap 'for worker in $workers; do kill -- "-$worker"; done' EXIT
for worker in $workers; do wait "$worker"; done
trap - EXIT

# all OUTCOME: how many ended so.
all() { tail -n +2 "$outcomes" | cut -f 1,2 | sort -u | cut -f 2 | grep -c "$1" || true; }
say "mutants: $(all caught) caught, $(all timeout) that never end, $(all unviable) that do not build, $(all missed) missed"
echo "figure: mutants.drawn $(all .) times"
echo "figure: mutants.never_end $(all timeout) times"
echo "figure: mutants.unviable $(all unviable) times"
echo "figure: mutants.missed $(all missed) times"
# What does not build is no change; one by which a test never ends is found. Cut off, so that nothing is rounded up to its goal.
awk -v caught="$(($(all caught) + $(all timeout)))" -v missed="$(all missed)" \
  'BEGIN { printf "figure: mutants.caught %.1f %%\n", caught + missed ? int(1000 * caught / (caught + missed)) / 10 : 0 }'
if compgen -G "$folder/unasked-*.log" >/dev/null; then fail "mutants: not all could be asked; see $folder/unasked-*.log"; fi
