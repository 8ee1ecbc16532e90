#!/usr/bin/env bash
# Writes lib/model/catalogue/kafka-<line>.json from the definitions inside Kafka's own jars.
# --check compares instead of writing and fails on a difference. Needs Maven and a JDK of 17 or newer.
set -euo pipefail

versions=(3.5.2 3.6.2 3.9.2 4.3.1)

case "${1:-}" in
  '') check=false ;;
  --check) check=true ;;
  *) echo "usage: npm run catalogue [-- --check]" >&2; exit 2 ;;
esac

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/../../lib/model/catalogue
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

stale=0
for version in "${versions[@]}"; do
  name=kafka-${version%.*}.json
  mvn --quiet --batch-mode --file "$here/pom.xml" "-Dkafka.version=$version" dependency:copy-dependencies \
    -DincludeScope=runtime "-DoutputDirectory=$scratch/$version"
  java -cp "$scratch/$version/*" "$here/Catalogue.java" >"$scratch/$name" 2>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
  if $check; then
    diff -u "$target/$name" "$scratch/$name" || stale=1
  else
    mkdir -p "$target"
    cp "$scratch/$name" "$target/$name"
  fi
  echo "$name: $(wc -l <"$scratch/$name") lines from Kafka $version"
done

if [ "$stale" -ne 0 ]; then
  echo "the catalogue differs from the jars; run npm run catalogue and review the difference" >&2
  exit 1
fi
