#!/usr/bin/env bash
# provide-images.sh KAFKA_IMAGE_BUILDER: what the suites on a Docker engine run, for a machine that reaches no registry. The builder
# makes a root file system of apache/kafka:VERSION; the tools image is made of busybox and the two Java agents.
set -euo pipefail
builder=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
there() { docker image inspect "$1" >/dev/null 2>&1; }

# The builder takes a Java runtime that is there already. Its own has no module for Java agents, and every node loads two.
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.management.rmi,java.naming,java.net.http,java.rmi
modules+=,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.management.agent
modules+=,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}

for version in 3.9.2 4.3.1; do
  there "apache/kafka:$version" && continue
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/kafkon-test/kafka-image-$version
  mkdir -p "$folder"
  if [ ! -x "$folder/jre/bin/java" ]; then
    rm -rf "$folder/jre.new"
    "$java/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress=2 --output "$folder/jre.new" >/dev/null
    mv "$folder/jre.new" "$folder/jre"
  fi
  "$builder" "$version" "$folder" >/dev/null
  docker import -c 'USER 1000' -c 'ENV PATH=/opt/jre/bin:/bin' -c 'CMD ["/etc/kafka/docker/run"]' "$folder/rootfs.tar" "apache/kafka:$version" >/dev/null
done

tools=kafkon/tools:$(node -p "require('$root/package.json').version")
there "$tools" && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/tree/{bin,kafkon/agents,tmp}
cp "$(command -v busybox)" "$work/tree/bin/busybox"
for name in sh cp mv chmod chown mkdir ls cat; do ln -s busybox "$work/tree/bin/$name"; done
mvn -q -B dependency:copy -Dartifact=io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1 -Dmdep.stripVersion=true -DoutputDirectory="$work/tree/kafkon/agents" >/dev/null
"$root/images/tools/readiness-agent/build.sh" "$work/tree/kafkon/agents/kafkon-readiness-agent.jar"
chmod -R a+rX "$work/tree"
tar -C "$work/tree" --numeric-owner --owner=0 --group=0 -c . | docker import -c 'USER 1000:1000' -c 'ENV PATH=/bin' - "$tools" >/dev/null
