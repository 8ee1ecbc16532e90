import type { Probe } from './process';
import { configDirectory, type RuntimeFile } from './process';

/** The probes of one process. */
export interface Probes {
  readonly startup: Probe;
  readonly readiness: Probe;
  readonly liveness: Probe;
}

/**
 * Kafka's, answered by the readiness agent. The start is over when the JVM answers, so a broker may take hours to recover its logs
 * without being killed for it; until it has, it is not ready.
 */
export function kafkaProbes(port: number): Probes {
  const ask = (path: string) => ({ kind: 'http', port, path }) as const;
  return {
    startup: { check: ask('/live'), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
    readiness: { check: ask('/ready'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    liveness: { check: ask('/live'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}

const zookeeperProbePath = `${configDirectory}/probe.sh`;

/**
 * ZooKeeper's, over the plain port on the loopback. Alive is who answers, in a quorum or not: killing a server because the others are
 * away would make it worse. Ready is who serves. The port opens once the snapshot is read, for which there are ten minutes.
 */
export function zookeeperProbes(): Probes {
  const ask = (question: string) => ({ kind: 'command', command: ['sh', zookeeperProbePath, question] }) as const;
  return {
    startup: { check: ask('live'), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
    readiness: { check: ask('ready'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    liveness: { check: ask('live'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}

/** The script behind `zookeeperProbes`; images have `nc`, or bash with a network of its own, or both. */
export function zookeeperProbeScript(port: number): RuntimeFile {
  const lines = [
    '#!/bin/sh',
    'ask() {',
    '  if command -v nc >/dev/null 2>&1; then',
    `    printf '%s' "$1" | nc -w 3 127.0.0.1 ${port}`,
    '  else',
    `    bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf %s "$2" >&3 && cat <&3' ask ${port} "$1"`,
    '  fi',
    '}',
    'case $1 in',
    '  live) [ "$(ask ruok)" = imok ] ;;',
    "  ready) ask srvr | grep -q '^Mode: ' ;;",
    '  *) exit 2 ;;',
    'esac',
  ];
  return { path: zookeeperProbePath, content: `${lines.join('\n')}\n` };
}

/** A companion's: ready when a path answers, alive while its port takes connections. */
export function companionProbes(port: number, path: string): Probes {
  const ready = { kind: 'http', port, path } as const;
  return {
    startup: { check: ready, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
    readiness: { check: ready, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    liveness: { check: { kind: 'tcp', port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
