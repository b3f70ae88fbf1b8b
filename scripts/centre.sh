#!/usr/bin/env bash
# `make centre`: a centre on this machine with a PostgreSQL of its own, to try several desks with. For one that
# a hotel works with see docs/CENTRE.md.
. "$(dirname "$0")/lib.sh"

home=${KEYRACK_CENTRE:-${XDG_DATA_HOME:-$HOME/.local/share}/keyrack-centre}
property=${KEYRACK_CENTRE_PROPERTY:-HOTEL}
listen=${KEYRACK_LISTEN:-127.0.0.1:8470}
port=${KEYRACK_CENTRE_PORT:-8471}

scripts/toolchain.sh
scripts/packages.sh run centre
cargo build --locked --release -p keyrack-central

binaries=$(pg_config --bindir 2>/dev/null || true)
[ -x "$binaries/initdb" ] || binaries=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -x "$binaries/initdb" ] || fail "PostgreSQL is installed, but its initdb is not found; put it on the path"

# PostgreSQL refuses to run as root.
as_owner=()
mkdir -p "$home"
if [ "$(id -u)" = 0 ]; then
  # Its user has no way into the folders of root.
  if ! runuser -u postgres -- test -x "$home"; then home=/var/lib/postgresql/keyrack-centre; mkdir -p "$home"; fi
  chown postgres: "$home"
  as_owner=(runuser -u postgres --)
fi

[ -f "$home/data/PG_VERSION" ] || {
  say "a database is made in $home"
  "${as_owner[@]}" "$binaries/initdb" -A trust -U keyrack -E UTF8 --locale=C -D "$home/data" >"$home/initdb.log" 2>&1 ||
    { cat "$home/initdb.log" >&2; fail "the database cannot be made"; }
}
database_runs() { "${as_owner[@]}" "$binaries/pg_ctl" status -D "$home/data" >/dev/null 2>&1; }
stop() {
  trap - EXIT INT TERM
  if database_runs; then "${as_owner[@]}" "$binaries/pg_ctl" stop -s -D "$home/data" -m fast; fi
}
trap stop EXIT
trap 'exit 0' INT TERM
options="-c listen_addresses=127.0.0.1 -p $port -k $home"
database_runs || "${as_owner[@]}" "$binaries/pg_ctl" start -s -w -D "$home/data" -l "$home/postgres.log" -o "$options" ||
  fail "the database does not start; see $home/postgres.log"

export KEYRACK_DATABASE=postgres://keyrack@127.0.0.1:$port/postgres
central=$target/release/keyrack-central
"$central" desk list "$property" >/dev/null 2>&1 || "$central" property add "$property"
say "join a desk with: keyrackctl enrol http://$listen $("$central" desk code "$property" 2>/dev/null)"
say "the code is good for ten minutes; another one: KEYRACK_DATABASE=$KEYRACK_DATABASE $central desk code $property"
say "stop it with Ctrl-C; its data stay in $home"
"$central" serve --listen "$listen"
