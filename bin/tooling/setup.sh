# What bin/demo and bin/test do first, in the same way: Python, the packages of a lock, the system's
# libraries, the local settings. Sourced, never run. Every failure is one sentence and changes nothing.

set -Eeuo pipefail
export LC_ALL=C.UTF-8
unset PYTHONPATH PYTHONHOME DJANGO_SETTINGS_MODULE PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
venv=$root/.venv
tooling=$root/bin/tooling
needed_megabytes=${NEEDED_MEGABYTES:-900}
# Sonames that WeasyPrint opens, and the Debian packages that have them.
print_libraries=(libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0 libharfbuzz-subset.so.0
  libgobject-2.0.so.0 libfontconfig.so.1)
print_packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command so that Ctrl-C and TERM end it at once; bash alone would wait for it to finish.
child=
building=
run() {
  local status=0
  "$@" &
  child=$!
  wait "$child" || status=$?
  child=
  return "$status"
}

tidy_up() {
  if [ -n "$child" ]; then
    kill -TERM "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  if [ -n "$building" ]; then rm -rf "$building"; fi
}
trap tidy_up EXIT
# The step that is interrupted may have its own output going to a log.
exec 7>&2
trap 'printf "\nInterrupted; nothing half done is left.\n" >&7; exit 130' INT
trap 'exit 143' TERM HUP

make_var() {
  mkdir -p "$root/var/log" 2>/dev/null && [ -w "$root/var" ] ||
    fail "The folder $root/var cannot be written to; start this as the user who owns the checkout."
}

check_disk() {
  local free
  free=$(df -Pm "$root" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$1" ] ||
    fail "Too little disk: $free MB are free where $root is and $1 MB are needed."
}

# Sets as_root to the words that make a command run as root; false when that is not allowed.
as_root=()
may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
  as_root=(sudo -n)
}

# apt_install WHY PACKAGE...: installs, or says the command that would and stops.
apt_install() {
  local why=$1 log=$root/var/log/apt.log
  shift
  local command="sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  command -v apt-get >/dev/null ||
    fail "$why: install what this system calls $* and start again."
  may_install || fail "$why; run this and start again: $command"
  say "$why; installing $* with apt ..."
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
  local install=("${apt[@]}" install -y --no-install-recommends "$@")
  run "${install[@]}" >"$log" 2>&1 || {
    run "${apt[@]}" update >>"$log" 2>&1 || true
    run "${install[@]}" >>"$log" 2>&1 ||
      fail "$why, and apt could not install it (see $log); when the network is there, run: $command"
  }
}

# Sets python to a Python that can run the site: the system's own when it is new enough, which apt keeps
# up to date and which is built with optimisation; else what the path has. One without venv comes last.
# SYSTEM_PYTHON is there for the tests of this file.
python=
find_python() {
  local candidate modules seen=
  for modules in 'ensurepip, venv' 'sys'; do
    for candidate in ${PYTHON:+"$PYTHON"} ${SYSTEM_PYTHON-/usr/bin/python3} python3 python3.14 python3.13 python3.12 python3.11; do
      if "$candidate" -c "import sqlite3, ssl, sys, $modules; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
        python=$candidate
        return
      fi
      seen=${seen:-$("$candidate" -c 'import platform; print(platform.python_version())' 2>/dev/null || true)}
    done
  done
  fail "Python 3.11 or newer is needed and ${seen:+only }${seen:-none} was found; on Debian 12 or Ubuntu 24.04 and later: sudo apt-get install -y python3 python3-venv"
}

# The packages of a lock are in place when the stamp in .venv has the checksum of that lock.
packages_in_place() {
  "$venv/bin/python" -c '' 2>/dev/null &&
    grep -qxF "$(cd "$root" && sha256sum "$1")" "$venv/lock.sha256" 2>/dev/null
}

explain_pip() {
  local log=$1
  if grep -qiE 'no space left' "$log"; then
    fail "The disk became full while the packages were installed; nothing was kept."
  elif grep -qE 'DO NOT MATCH THE HASHES' "$log"; then
    fail "A downloaded package is not the one in the lock (its checksum differs); nothing was installed, see $log."
  elif grep -qiE 'NewConnectionError|NameResolutionError|ConnectTimeout|name resolution|unreachable|timed out|Connection refused|ProxyError|Connection broken|ConnectionError' "$log"; then
    fail "No network: the packages could not be downloaded, and nothing was installed; see $log."
  fi
  fail "The packages could not be installed, and nothing was kept: $(grep -E '^ERROR' "$log" | tail -n 1) (see $log)"
}

# install_packages LOCK...: makes .venv with exactly what the last lock says; the stamp names them all
# (the development lock contains the other one). Built beside and moved into place when complete.
install_packages() {
  local lock=${*: -1} new=$root/.venv.new log=$root/var/log/install.log version
  exec 8>"$root/var/setup.lock"
  if ! flock -n 8; then
    say "Waiting for another set-up of this checkout ..."
    run flock 8
  fi
  if packages_in_place "$lock"; then
    exec 8>&-
    return
  fi
  check_disk "$needed_megabytes"
  find_python
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    apt_install "The venv part of Python is missing" "$version-venv"
  fi
  say "Installing the packages of $lock into .venv (about half a minute) ..."
  rm -rf "$new"
  building=$new
  run "$python" -m venv "$new" >"$log" 2>&1 || fail "Python could not make a virtual environment, see $log."
  run "$new/bin/python" -m pip --disable-pip-version-check install --retries 2 --timeout 20 \
    --require-hashes -r "$root/$lock" >>"$log" 2>&1 || explain_pip "$log"
  "$new/bin/python" "$tooling/relocate.py" "$new" "$venv"
  (cd "$root" && sha256sum "$@") >"$new/lock.sha256"
  rm -rf "$venv.old"
  if [ -e "$venv" ]; then mv "$venv" "$venv.old"; fi
  mv "$new" "$venv"
  building=
  rm -rf "$venv.old"
  exec 8>&-
}

# What prints (PDF) need from the system: Pango and at least one font.
check_print_libraries() {
  if "$venv/bin/python" -c 'import ctypes, sys
for name in sys.argv[1:]:
    ctypes.CDLL(name)' "${print_libraries[@]}" 2>/dev/null &&
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
      \( -name '*.ttf' -o -name '*.otf' \) -print -quit 2>/dev/null)" ]; then
    return
  fi
  apt_install "Pango or fonts for printing are missing" "${print_packages[@]}"
}

# Written once, so that manage.py works afterwards without any variable set.
write_local_settings() {
  local file=$root/var/local.env
  [ -s "$file" ] && return
  (
    umask 077
    "$venv/bin/python" -c 'import secrets
print("APP_MODE=demo")
print("SECRET_KEY=" + secrets.token_urlsafe(60))' >"$file.new"
  )
  mv "$file.new" "$file"
}

# What belongs to another installation must not leak in: a demo or a test never touches its database,
# queue, mail server or files. Empty means the embedded one.
forget_other_installations() {
  export DATABASE_URL= REDIS_URL= EMAIL_URL= MEDIA_ROOT= ALLOWED_HOSTS= TRUSTED_PROXIES= \
    VISIT_NAME_DAYS= MERGE_UNDO_DAYS= FIRST_DAY_SINCE=
}

compile_messages() {
  "$venv/bin/python" "$root/bin/messages" || fail "The translations could not be compiled."
}
