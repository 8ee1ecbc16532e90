#!/usr/bin/env bash
# provide-images.sh KAFKA_IMAGE_BUILDER: what the suites on a Docker engine run, for a machine that reaches no registry. The builder
# makes a root file system of apache/kafka:VERSION; the tools image is made of this checkout.
set -euo pipefail
builder=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
there() { docker image inspect "$1" >/dev/null 2>&1; }

for version in 3.9.2 4.3.1; do
  there "apache/kafka:$version" && continue
  folder=$("$here/../images/kafka-image.sh" "$builder" "$version")
  bare=$(docker import -c 'USER 1000' -c 'ENV PATH=/opt/jre/bin:/bin' -c 'CMD ["/etc/kafka/docker/run"]' "$folder/rootfs.tar")
  container=$(docker create -i --network none --user 0 "$bare" sh)
  if timeout 240 docker start -ai "$container" <"$here/../images/class-archive.sh"; then
    docker commit -c 'USER 1000' -c 'CMD ["/etc/kafka/docker/run"]' "$container" "apache/kafka:$version" >/dev/null
  else
    echo "apache/kafka:$version stays without an archive of its classes, so its nodes start more slowly"
    docker tag "$bare" "apache/kafka:$version"
  fi
  docker rm -f "$container" >/dev/null
done

tools=kafkon/tools:$(node -p "require('$root/package.json').version")
there "$tools" && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/../images/tools-tree.sh" "$work/tree"
tar -C "$work/tree" --numeric-owner --owner=0 --group=0 -c . |
  docker import -c 'USER 1000:1000' -c 'WORKDIR /kafkon' -c 'ENV PATH=/kafkon/bin:/usr/local/bin:/usr/bin:/bin' -c 'ENV NODE_ENV=production' - "$tools" >/dev/null
