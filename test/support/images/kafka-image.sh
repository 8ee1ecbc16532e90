#!/usr/bin/env bash
# kafka-image.sh BUILDER VERSION: has the builder make a stand-in for apache/kafka:VERSION, once, and prints the folder with its
# rootfs.tar (for a Docker engine) and image.tar (for containerd).
set -euo pipefail
builder=$1 version=$2
folder=${XDG_CACHE_HOME:-$HOME/.cache}/kafkon-test/kafka-image-$version
mkdir -p "$folder"
exec 9>"$folder/.lock"
flock 9

# The builder takes a Java runtime that is there already. Its own has no module for Java agents, and every node loads two.
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.management.rmi,java.naming,java.net.http,java.rmi
modules+=,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.management.agent
modules+=,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
if [ ! -s "$folder/jre/lib/server/classes.jsa" ]; then
  rm -rf "$folder/jre" "$folder/jre.new" "$folder/rootfs.tar" "$folder/image.tar"
  "$java/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress=2 --output "$folder/jre.new" >/dev/null
  "$folder/jre.new/bin/java" -Xshare:dump >/dev/null # Java's own classes, ready to be mapped: jlink leaves them out.
  mv "$folder/jre.new" "$folder/jre"
fi
"$builder" "$version" "$folder" >/dev/null
echo "$folder"
