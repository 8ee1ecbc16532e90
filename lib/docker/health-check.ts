import type { Probe, Process } from '../runtime';
import { goDuration } from './go-duration';
import { literal } from './literal';

/** A health check as the provider takes it. */
export interface HealthCheck {
  readonly test: string[];
  readonly interval: string;
  readonly timeout: string;
  readonly startPeriod: string;
  readonly retries: number;
}

/**
 * Asks inside the container, with what is there: curl in Red Hat's images, wget in busybox', bash in the rest. A wget that a signal
 * ended tells nothing: that of a busybox linked against glibc crashes, and its nc does not.
 */
function httpScript(port: number, path: string, seconds: number): string {
  const url = `http://127.0.0.1:${port}${path}`;
  const request = `printf "GET ${path} HTTP/1.0\\r\\n\\r\\n"`;
  return [
    `if command -v curl >/dev/null 2>&1; then exec curl -fsS -m ${seconds} -o /dev/null ${url}; fi`,
    `if command -v wget >/dev/null 2>&1; then wget -q -T ${seconds} -O /dev/null ${url}; status=$?; [ $status -ge 128 ] || exit $status; fi`,
    `if command -v nc >/dev/null 2>&1; then ${request} | nc -w ${seconds} 127.0.0.1 ${port} | grep -q "^HTTP/1.. 200"; exit; fi`,
    `exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port} && ${request} >&3 && read -r line <&3 && [[ $line == *" 200 "* ]]'`,
  ].join('; ');
}

function tcpScript(port: number, seconds: number): string {
  return [
    `if command -v nc >/dev/null 2>&1; then exec nc -w ${seconds} 127.0.0.1 ${port} </dev/null; fi`,
    `exec bash -c ': <>/dev/tcp/127.0.0.1/${port}'`,
  ].join('; ');
}

function testOf({ check, timeoutSeconds }: Probe): string[] {
  if (check.kind === 'command') return ['CMD', ...check.command];
  // A second less than Docker allows, so that a check says what was wrong before it is killed.
  const seconds = Math.max(1, timeoutSeconds - 1);
  const script = check.kind === 'http' ? httpScript(check.port, check.path, seconds) : tcpScript(check.port, seconds);
  return ['CMD', 'sh', '-c', script];
}

/**
 * Docker's one health check of a process: what makes it ready, because Docker restarts nothing for it and whoever waits wants to know
 * when it serves. Failures count once the time for the start is over. Undefined for a process that nobody can ask.
 */
export function healthCheckOf({ startup, readiness, liveness }: Process): HealthCheck | undefined {
  const probe = readiness ?? liveness;
  if (probe === undefined) return undefined;
  return {
    test: testOf(probe).map(literal),
    interval: goDuration(probe.periodSeconds),
    timeout: goDuration(probe.timeoutSeconds),
    startPeriod: goDuration(startup === undefined ? 0 : startup.periodSeconds * startup.failureThreshold),
    retries: probe.failureThreshold,
  };
}
