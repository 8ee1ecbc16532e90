#!/usr/bin/env bash
# tools-tree.sh TREE: fills a folder with what is in the tools image (images/tools/Dockerfile), in the same places, for a machine
# that can pull nothing: the Java agents, this checkout's command line as it is packed, Node, and busybox for a system.
set -euo pipefail
tree=$1
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$tree"/{bin,etc,tmp,usr/local/bin,kafkon/agents,kafkon/bin}
chmod 1777 "$tree/tmp"
cp "$(command -v busybox)" "$tree/bin/busybox"
for name in $(busybox --list); do [ -e "$tree/bin/$name" ] || ln -s busybox "$tree/bin/$name"; done
echo 'hosts: files dns' >"$tree/etc/nsswitch.conf"

mvn -q -B dependency:copy -Dartifact=io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1 -Dmdep.stripVersion=true -DoutputDirectory="$tree/kafkon/agents" >/dev/null
"$root/images/tools/readiness-agent/build.sh" "$tree/kafkon/agents/kafkon-readiness-agent.jar"

# Packing compiles. What is not packed does not reach the image either.
cd "$root"
npm pack --silent --pack-destination "$work" >/dev/null
tar -xzf "$work"/*.tgz -C "$work"
mv "$work/package/package.json" "$work/package/build" "$tree/kafkon/"
npm ls --omit=dev --all --parseable 2>/dev/null | sed "s#^$root/\{0,1\}##; /^\$/d" | sort -u | xargs cp -r --parents -t "$tree/kafkon"
ln -s ../build/apps/cli/main.js "$tree/kafkon/bin/kafkon"
chmod 755 "$tree/kafkon/build/apps/cli/main.js"

node=$(node -p process.execPath)
cp "$node" "$tree/usr/local/bin/node"
# Where the program looks for its loader and its libraries.
ldd "$node" | grep -o '/[^ ]*' | xargs cp -L --parents -t "$tree"
for library in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
  found=$(ldconfig -p | awk -v name=$library '$1 == name && !seen++ { print $NF }')
  [ -z "$found" ] || cp -L --parents -t "$tree" "$found"
done
mkdir -p "$tree/usr/bin"
ln -s /bin/busybox "$tree/usr/bin/env"
chmod -R a+rX "$tree"
