#!/usr/bin/env bash
# confluent-tree.sh KAFKA_ROOTFS.tar TREE: from a stand-in for Apache's image, one that has the habits of Confluent's: programs
# without an ending in /usr/bin, settings in /etc/kafka, jars in /usr/share/java/kafka, logs in /var/log/kafka, and scripts that log
# garbage collections into files there unless they are told not to. What that directory can't take, Java doesn't start with.
set -euo pipefail
rootfs=$1 tree=$2
mkdir -p "$tree"
tar -xf "$rootfs" -C "$tree"
mkdir -p "$tree"/usr/share/java "$tree"/var/log/kafka "$tree"/etc/kafka
mv "$tree/opt/kafka/libs" "$tree/usr/share/java/kafka"
mv "$tree"/opt/kafka/config/* "$tree/etc/kafka/"

programs=$tree/bin # /usr/bin is a link to it
for script in "$tree"/opt/kafka/bin/*.sh; do
  name=$(basename "$script" .sh)
  [ "$name" != kafka-run-class ] || continue
  class=$(sed -n 's/^exec [^ ]* \([^ ]*\) .*/\1/p' "$script")
  heap=$(sed -n 's/^: "${KAFKA_HEAP_OPTS:=\(.*\)}".*/\1/p' "$script")
  case $name in
    kafka-server-start) habits='-name kafkaServer -loggc' ;;
    zookeeper-server-start) habits='-name zookeeper -loggc' ;;
    connect-distributed) habits='-name connectDistributed' ;;
    *) habits= ;;
  esac
  cat >"$programs/$name" <<S
#!/bin/sh
: "\${KAFKA_HEAP_OPTS:=$heap}"
export KAFKA_HEAP_OPTS
exec /usr/bin/kafka-run-class \${EXTRA_ARGS-$habits} $class "\$@"
S
  # Only servers look at EXTRA_ARGS.
  [ -n "$habits" ] || sed -i 's/ ${EXTRA_ARGS-}//' "$programs/$name"
done
cat >"$programs/kafka-run-class" <<'S'
#!/bin/sh
: "${LOG_DIR:=/var/log/kafka}"
mkdir -p "$LOG_DIR"
daemon=kafka collections=
while :; do
  case ${1-} in
    -name) daemon=$2; shift 2 ;;
    -loggc) collections="-Xlog:gc*:file=$LOG_DIR/$daemon-gc.log:time,tags:filecount=10,filesize=100M"; shift ;;
    *) break ;;
  esac
done
logging=${KAFKA_LOG4J_OPTS:--Dlog4j.configuration=file:/etc/kafka/log4j.properties}
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} ${KAFKA_JVM_PERFORMANCE_OPTS:--server -Djava.awt.headless=true} $collections ${KAFKA_JMX_OPTS:-} \
  -Dkafka.logs.dir="$LOG_DIR" $logging ${KAFKA_OPTS:-} -cp "/usr/share/java/kafka/*${CLASSPATH:+:$CLASSPATH}" "$@"
S
chmod 755 "$programs"/kafka-* "$programs"/zookeeper-* "$programs"/connect-*
rm -r "$tree/opt/kafka"
# As little as in the image belongs to the user it runs as.
chown 1000:1000 "$tree/var/log/kafka" "$tree/etc/kafka"
