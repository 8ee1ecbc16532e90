import type { Environment } from '../../../lib/model';
import type { Outside, Pod } from './reachability';

/** Somebody who calls a service that the environment names by its address. */
export interface ServiceTarget {
  readonly from: 'convergence' | 'backup';
  readonly service: 'schema-registry' | 'connect';
  readonly port: number;
  readonly isAt: (end: Pod | Outside) => boolean;
}

/** Told from the addresses alone. */
export function serviceTargets({ convergence, backup }: Environment, namespace: string): readonly ServiceTarget[] {
  const { schemaRegistry, connect } = convergence;
  const callers = (['convergence', 'backup'] as const).filter((name) => name === 'convergence' || backup?.metadata !== undefined);
  return callers.flatMap((from) => [
    ...target(from, 'schema-registry', schemaRegistry.url, namespace),
    ...target(from, 'connect', connect.url, namespace),
  ]);
}

function target(
  from: ServiceTarget['from'],
  service: ServiceTarget['service'],
  url: string | undefined,
  own: string,
): readonly ServiceTarget[] {
  const [, scheme = '', host = '', port = scheme === 'https' ? '443' : '80'] =
    /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(url ?? '') ?? [];
  if (host === '') return [];
  const [, where = own, svc] = host.split('.');
  const inside = !host.includes('.') || svc === 'svc';
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith('[');
  const isAt = (end: Pod | Outside) =>
    isAddress ? end.ip === host.replace(/[[\]]/g, '') : inside ? 'namespace' in end && end.namespace === where : true;
  return [{ from, service, port: Number(port), isAt }];
}
