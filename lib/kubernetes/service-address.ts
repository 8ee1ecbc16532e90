import type { Environment } from '../model';
import type { Place } from './edge';
import { namespaceOf } from './names';

/** Where a service that the environment names by its address is, as a policy can say it. */
export interface ServiceAddress {
  readonly places: readonly Place[];
  readonly port: number;
}

/**
 * The other end of a connection to `http://host:port`. A name without a dot is a Service beside us, one with `.svc` in it names its
 * namespace, and an address is itself. Where another name leads is not known before it is looked up: every address.
 */
export function serviceAddress(environment: Environment, url: string): ServiceAddress {
  const { protocol, hostname, port } = new URL(url);
  return { places: placesOf(environment, hostname), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}

function placesOf(environment: Environment, hostname: string): readonly Place[] {
  const network = (cidr: string): Place => ({ kind: 'network', cidr });
  if (hostname.startsWith('[')) return [network(`${hostname.slice(1, -1)}/128`)];
  if (/^\d+(\.\d+){3}$/.test(hostname)) return [network(`${hostname}/32`)];
  if (!hostname.includes('.')) return [{ kind: 'namespace', namespace: namespaceOf(environment) }];
  const [, namespace = '', svc] = hostname.replace(/\.$/, '').split('.');
  return svc === 'svc' ? [{ kind: 'namespace', namespace }] : [network('0.0.0.0/0'), network('::/0')];
}
