#!/usr/bin/env bash
# Installs the system packages for what is named: "run" (build the window and open it), "virtual" (open
# it without a display), "centre" (a centre with its database) and "test". Where all are there it only looks,
# which takes milliseconds.
. "$(dirname "$0")/lib.sh"

declare -A purposes=(
  # A C compiler and linker; SQLite is compiled in. The window is drawn by WebKitGTK.
  [run]="build-essential pkg-config libwebkit2gtk-4.1-dev"
  # A display in memory, a font for it, and the program that takes its picture.
  [virtual]="xvfb fonts-dejavu-core imagemagick"
  # The database of the centre.
  [centre]="postgresql"
  # The same and the driver of the window's tests, what reads a description of the centre to ask it odd things,
  # what shares connections before a database, a keyring with the bus that leads to it, the shell that the tests tamper with files by, what reads
  # the text of printed papers, the linter of these scripts, and the database of the centre.
  [test]="python3-venv pgbouncer dbus-daemon dbus-bin gnome-keyring xvfb fonts-dejavu-core imagemagick webkit2gtk-driver sqlite3 poppler-utils shellcheck postgresql"
)

wanted=()
for purpose in "$@"; do
  read -ra more <<<"${purposes[$purpose]}"
  wanted+=("${more[@]}")
done

if ! command -v apt-get >/dev/null; then
  if [ "$(uname)" = Linux ] && ! pkg-config --exists webkit2gtk-4.1 2>/dev/null; then
    fail "this system has no apt-get. Install by its own means what Debian calls: ${wanted[*]}"
  fi
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(apt-get install -y --no-install-recommends "${missing[@]}")
say "these system packages are missing and will be installed: ${missing[*]}"
if [ "$(id -u)" = 0 ]; then
  as_root=(env DEBIAN_FRONTEND=noninteractive)
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
  as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
else
  fail "installing needs an administrator. Ask one to run: sudo ${install[*]}"
fi
"${as_root[@]}" apt-get update -qq || say "the list of packages could not be refreshed; trying with the one at hand"
"${as_root[@]}" "${install[@]}" || fail "the packages could not be installed. The command was: ${install[*]}"
