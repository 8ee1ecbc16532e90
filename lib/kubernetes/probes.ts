import type { Probe } from '../runtime';
import { k8s } from './k8s';

/** A probe as the kubelet runs it; undefined stays undefined. */
export function kubernetesProbe(probe: Probe | undefined): k8s.Probe | undefined {
  if (probe === undefined) return undefined;
  const { periodSeconds, timeoutSeconds, failureThreshold } = probe;
  return { ...action(probe), periodSeconds, timeoutSeconds, failureThreshold };
}

function action({ check }: Probe): k8s.Probe {
  if (check.kind === 'http') return { httpGet: { port: k8s.IntOrString.fromNumber(check.port), path: check.path } };
  if (check.kind === 'tcp') return { tcpSocket: { port: k8s.IntOrString.fromNumber(check.port) } };
  return { exec: { command: [...check.command] } };
}
