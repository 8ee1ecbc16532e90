#!/usr/bin/env bash
# provide-images.sh KAFKA_IMAGE_BUILDER: what the suites on a Docker engine run, for a machine that reaches no registry. The builder
# makes a root file system of apache/kafka:VERSION; the tools image is made of busybox and the two Java agents.
set -euo pipefail
builder=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
there() { docker image inspect "$1" >/dev/null 2>&1; }

for version in 3.9.2 4.3.1; do
  there "apache/kafka:$version" && continue
  folder=$("$builder" "$version" | tail -1)
  docker import -c 'USER 1000' -c 'ENV PATH=/opt/jre/bin:/bin' -c 'CMD ["/etc/kafka/docker/run"]' "$folder/rootfs.tar" "apache/kafka:$version" >/dev/null
done

tools=kafkon/tools:$(node -p "require('$root/package.json').version")
there "$tools" && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/root/{bin,kafkon/agents,tmp}
cp "$(command -v busybox)" "$work/root/bin/busybox"
for name in sh cp mv chmod chown mkdir ls cat; do ln -s busybox "$work/root/bin/$name"; done
mvn -q -B dependency:copy -Dartifact=io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1 -Dmdep.stripVersion=true -DoutputDirectory="$work/root/kafkon/agents" >/dev/null
"$root/images/tools/readiness-agent/build.sh" "$work/root/kafkon/agents/kafkon-readiness-agent.jar"
chmod -R a+rX "$work/root"
tar -C "$work/root" --numeric-owner --owner=0 --group=0 -c . | docker import -c 'USER 1000:1000' -c 'ENV PATH=/bin' - "$tools" >/dev/null
