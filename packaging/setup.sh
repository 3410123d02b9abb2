#!/bin/sh
# Set-up for the Makefile: brings uv, the Python packages, and what Qt needs of the system. Quiet and quick when all is there.
#   setup.sh demo     what the program needs to run
#   setup.sh test     that, the developers' tools, and a virtual display with what works it where they may be installed
#   setup.sh check    the developers' tools only (no Qt libraries)
#   setup.sh uv ...   runs the uv that this folder uses
# It writes only to .uv/ and .venv/ of the checkout. System packages are installed by itself only as root on a machine without a
# display (a container, a CI runner); a person is told the one line to run. Proxies and certificates come from the environment.
set -eu
cd "$(dirname "$0")/.."

# The packages as Debian and Ubuntu name them: what Qt loads, a display or none, and fonts with Latin, Cyrillic, Arabic and emoji.
libraries="libegl1 libgl1 libopengl0 libfontconfig1 libdbus-1-3 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1 \
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libwayland-cursor0"
fonts="fonts-inter fonts-noto-core fonts-noto-color-emoji"
# For the tests: a display that nobody sees, its keyboard layouts, a hand that presses its keys, and what screen readers ask.
display="xvfb x11-xkb-utils xdotool at-spi2-core dbus"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }
has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" != Linux ]; }
may_install() { [ "$(id -u)" = 0 ] && ! has_display && command -v apt-get >/dev/null; }

# A stamp holds what it was made from; any change there (or a moved folder) makes the work be done again. Stamps lie in .venv,
# so that they go when it goes.
key() { { pwd; echo "$*"; cat uv.lock pyproject.toml packaging/setup.sh packaging/probe.py; } | cksum; }
done_before() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(key "${2:-}")" ]; }
remember() { key "${2:-}" >".venv/.ready-$1"; }

# Sets $uv: the one on PATH if it fits `required-version` in pyproject.toml, else our own under .uv/.
fits() { command -v "$1" >/dev/null && "$1" cache dir >/dev/null 2>&1; }
find_uv() {
  # uv looks at its own list of certificates; pip and everyone else at the system's, where a workplace adds its own.
  if [ -z "${SSL_CERT_FILE:-}" ] && [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"  # the new name and the old
  fi
  uv=uv; if fits "$uv"; then return; fi
  uv=$PWD/.uv/venv/bin/uv; if fits "$uv"; then return; fi
  range=$(sed -n 's/^required-version = "\(.*\)"/\1/p' pyproject.toml)
  say "Bringing uv $range into .uv ..."
  command -v python3 >/dev/null || stop "Neither uv nor python3 is here. Install one of them (https://docs.astral.sh/uv), then run make again."
  python3 -m venv .uv/venv >/dev/null 2>&1 || { rm -rf .uv/venv; stop "python3 cannot make a virtual environment here. On Debian and Ubuntu:  sudo apt-get install -y python3-venv"; }
  PIP_CERT=${PIP_CERT:-${SSL_CERT_FILE:-}}
  if [ -n "$PIP_CERT" ]; then export PIP_CERT; else unset PIP_CERT; fi
  .uv/venv/bin/python -m pip install --quiet --disable-pip-version-check "uv$range" || stop "uv could not be installed (see above): is the network up?"
}

# Python packages into .venv; $1 is run or dev. Set-up for running adds only, so that a developer's tools stay.
packages() {
  if [ -x .venv/bin/pytest ] && done_before dev; then return; fi  # `uv sync` by hand may have taken the tools away
  if [ "$1" = run ] && [ -x .venv/bin/rubricator ] && done_before run; then return; fi
  find_uv
  say "Bringing the Python packages into .venv (a minute, the first time) ..."
  if [ "$1" = dev ]; then what="--all-extras --group dev"; else what="--inexact"; fi
  [ -t 2 ] || what="$what --quiet"
  # shellcheck disable=SC2086  # several words on purpose
  env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT="$PWD/.venv" "$uv" sync --locked $what || stop "The Python packages could not be installed (see above)."
  remember "$1"
}

apt() {
  say "Installing $1 ..."
  shift
  mkdir -p .uv
  log=$PWD/.uv/apt.log
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    return 1
  fi
}

# What Qt needs of the system: found out by trying, so that nobody is asked for what is there already.
system() {
  done_before system "${DISPLAY:-} ${WAYLAND_DISPLAY:-}" && return
  plugins=offscreen
  if [ -n "${DISPLAY:-}" ] || may_install; then plugins="$plugins xcb"; fi
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then plugins="$plugins wayland"; fi
  # shellcheck disable=SC2086
  if ! missing=$(.venv/bin/python packaging/probe.py $plugins); then
    if may_install && apt "the system libraries and fonts that Qt needs" $libraries $fonts; then
      # shellcheck disable=SC2086
      missing=$(.venv/bin/python packaging/probe.py $plugins) || stop "Qt still cannot start here; missing:" $missing
    else
      say "Qt, which draws the window, cannot start here; missing:" $missing
      say "On Debian and Ubuntu this line brings it; elsewhere the packages have similar names. Then run make again."
      stop "  sudo apt-get install -y --no-install-recommends $libraries $fonts"
    fi
  fi
  remember system "${DISPLAY:-} ${WAYLAND_DISPLAY:-}"
}

# A virtual display for the tests that need one; they are skipped without it.
display_is_there() {
  for program in Xvfb setxkbmap xdotool dbus-daemon; do command -v "$program" >/dev/null || return 1; done
  for place in /usr/libexec /usr/lib/at-spi2-core; do [ ! -x "$place/at-spi-bus-launcher" ] || return 0; done
  return 1
}
display() {
  display_is_there || ! may_install || [ -e .uv/no-display ] && return
  # shellcheck disable=SC2086
  apt "a virtual display for the tests" $display || { say "Going on without it."; touch .uv/no-display; }
}

case "${1:-}" in
  demo) packages run; system ;;
  test) packages dev; system; display ;;
  check) packages dev ;;
  uv) shift; find_uv; exec env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT="$PWD/.venv" "$uv" "$@" ;;
  *) stop "usage: setup.sh demo | test | check | uv ..." ;;
esac
