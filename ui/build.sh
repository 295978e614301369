#!/bin/sh
# Builds or checks the web pages for Maven: build.sh pages|checks|browser
# Finds node and npm first, so that a missing one is named with the command that installs it.
set -eu
cd "$(dirname "$0")"

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "The web pages are built with Node.js 20.19 or newer and npm, and one of them is missing here." >&2
  echo "Install both:  apt install nodejs npm   (Debian, Ubuntu)   brew install node   (macOS)" >&2
  exit 1
fi
exec node scripts/build.mjs "$@"
