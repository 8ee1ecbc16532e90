#!/bin/sh
# class-archive.sh, inside a stand-in for apache/kafka and as root: makes /opt/kafka/kafka.jsa, the classes of a node ready to be
# mapped, which Apache's own images bring. A node is started for it, and stopped.
set -eu
work=$(mktemp -d)
settings=$work/server.properties
printf '%s\n' process.roles=broker,controller node.id=1 controller.listener.names=CONTROLLER controller.quorum.voters=1@127.0.0.1:19093 \
  listeners=PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093 advertised.listeners=PLAINTEXT://127.0.0.1:19092 \
  listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT "log.dirs=$work/data" >"$settings"
export KAFKA_HEAP_OPTS=-Xmx256m

/opt/kafka/bin/kafka-storage.sh format --cluster-id class0archive000000Q --config "$settings" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
KAFKA_JVM_PERFORMANCE_OPTS='-XX:+UseG1GC -XX:ArchiveClassesAtExit=/opt/kafka/kafka.jsa' \
  /opt/kafka/bin/kafka-server-start.sh "$settings" >"$work/log" 2>&1 &
node=$!
until grep -q 'Kafka Server started' "$work/log"; do
  kill -0 "$node" 2>/dev/null || { tail -20 "$work/log"; exit 1; }
  sleep 0.2
done
kill "$node"
wait "$node" || : # 143
[ -s /opt/kafka/kafka.jsa ] || { tail -20 "$work/log"; exit 1; }
chmod 644 /opt/kafka/kafka.jsa
rm -rf "$work"
