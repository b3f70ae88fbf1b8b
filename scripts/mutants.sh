#!/usr/bin/env bash
# mutants.sh COUNT: changes one thing at a time in inventory, store or sync, and looks whether their tests find it. COUNT changes
# are drawn from KEYRACK_SEED (1) among all that cargo-mutants knows; it is asked for the changes alone, as of those it can
# be told to run only some kinds.
#
# It takes an hour and more, on all processors. What came of each is noted in build/mutants, and a run that was stopped goes on
# there, as long as the code is the same; KEYRACK_MUTANTS_MINUTES stops it by itself.
. "$(dirname "$0")/lib.sh"

count=${1:-300}
folder=$root/build/mutants
outcomes=$folder/outcomes.tsv
packages=(keyrack-inventory keyrack-store keyrack-sync)
limit=300
until=$((SECONDS + 60 * ${KEYRACK_MUTANTS_MINUTES:-1440}))
tool cargo-mutants 27.1.0 || missing "cargo-mutants 27.1.0"
cargo nextest --version >/dev/null 2>&1 || missing "cargo-nextest"

# Copies of what is in the revision, one for each processor, so that nobody works on what is being changed.
code=$(git ls-files --stage -- Cargo.toml Cargo.lock docs/schema crates/{inventory,store,sync,wire,words} | sha1sum | cut -c1-12)
seen="$code, $count from ${KEYRACK_SEED:-1}"
[ "$(head -n 1 "$outcomes" 2>/dev/null)" = "$seen" ] || {
  mkdir -p "$folder"
  rm -rf "$folder"/tree-*/crates
  echo "$seen" >"$outcomes"
}
for ((worker = 0; worker < $(nproc); worker++)); do
  mkdir -p "$folder/tree-$worker"
  # One that was cut off left its change behind, and what is older than a build would not be built again.
  git archive HEAD | tar --extract --touch --directory="$folder/tree-$worker"
done
cd "$folder/tree-0"
cargo mutants --list --json --diff --no-config "${packages[@]/#/--package=}" >"$folder/all.json"
known=$(node -p 'JSON.parse(fs.readFileSync(0)).length' <"$folder/all.json")
# Drawn by its name, so that most are the same ones after the code has changed elsewhere.
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

# tests PACKAGE...: runs theirs until the first fails. No failure is made smaller: that it fails is all that is asked.
tests() {
  PROPTEST_MAX_SHRINK_ITERS=0 timeout --kill-after=10 $limit \
    cargo nextest run --locked --lib --tests --max-fail=1:immediate --test-threads=2 "${@/#/--package=}" >>log 2>&1 </dev/null
}

# found PACKAGE...: whether a test of these fails, or never ends; prints how.
found() {
  local status=0
  tests "$@" || status=$?
  case $status in
    0) return 1 ;;
    100) echo caught ;;
    124 | 137) echo timeout ;;
    *) echo unviable ;;
  esac
}

# tried PACKAGE: what comes of the change that is there.
tried() {
  if ! cargo test --quiet --locked --package="$1" --lib --tests --no-run >log 2>&1; then
    echo unviable
    return
  fi
  # Whose code it is finds it first; what that misses, the others may find.
  found "$1" || found "${packages[@]}" || echo missed
}

# works WORKER: tries what falls to it.
works() {
  local number file outcome
  cd "$folder/tree-$1"
  while read -r number; do
    grep -q "^$number"$'\t' "$outcomes" && continue
    [ $SECONDS -lt $until ] || break
    file=$(of "$number" file)
    cp "$file" before
    of "$number" diff | patch --quiet "$file"
    outcome=$(tried "$(of "$number" package)")
    cp before "$file"
    printf '%s\t%s\t%s\n' "$number" "$outcome" "$(of "$number" name)" | tee -a "$outcomes"
  done < <(awk -v worker="$1" -v all="$(nproc)" 'NR % all == worker' "$folder/drawn")
}

export CARGO_PROFILE_DEV_DEBUG=0
for tree in "$folder"/tree-*; do
  cd "$tree"
  : >log
  tests "${packages[@]}" || fail "mutants: the tests fail without a change; see $tree/log"
done
for ((worker = 0; worker < $(nproc); worker++)); do works "$worker" & done
wait

# all OUTCOME: how many ended so.
all() { cut -f 2 "$outcomes" | grep -c "^$1\$" || true; }
say "mutants: $(all caught) caught, $(all timeout) that never end, $(all unviable) that do not build, $(all missed) missed"
echo "figure: mutants.drawn $(($(wc -l <"$outcomes") - 1)) times"
# What does not build is no change; one by which a test never ends is found.
awk -v caught="$(($(all caught) + $(all timeout)))" -v missed="$(all missed)" \
  'BEGIN { printf "figure: mutants.caught %.1f %%\n", caught + missed ? 100 * caught / (caught + missed) : 0 }'
