#!/bin/sh
# build.sh OUT.jar: compiles the readiness agent for Java 11 and newer. Needs a JDK of 17 or newer; same sources, same bytes.
set -eu
out=${1:?usage: build.sh OUT.jar}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find "$here/src" -name '*.java' | sort > "$work/sources"
javac --release 11 -Xlint:all,-options -Werror -d "$work/classes" @"$work/sources"
printf 'Premain-Class: kafkon.readiness.ReadinessAgent\n' > "$work/manifest"
# A second name first: whoever reads OUT.jar meanwhile sees the old one or the new one, never a half.
jar --create --date=2020-01-01T00:00:00Z --file "$work/agent.jar" --manifest "$work/manifest" -C "$work/classes" .
mkdir -p "$(dirname "$out")"
cp "$work/agent.jar" "$out.partial"
mv "$out.partial" "$out"
