#!/usr/bin/env bash
# Installs the system packages that Docket links with. Says nothing when none is missing.
set -eu

packages=(libre2-dev libreadline-dev libsimdjson-dev libsqlite3-dev zlib1g-dev tzdata)

if ! command -v swift >/dev/null 2>&1; then
  echo "Docket needs a Swift toolchain 6.2 or newer: see https://www.swift.org/install" >&2
  exit 1
fi
if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "This is no Debian or Ubuntu. Please install the development files of RE2, GNU readline, simdjson, SQLite and zlib, and the time zone data." >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  sudo=""
elif command -v sudo >/dev/null 2>&1; then
  sudo="sudo"
else
  echo "Please install as root: apt-get install ${missing[*]}" >&2
  exit 1
fi
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
