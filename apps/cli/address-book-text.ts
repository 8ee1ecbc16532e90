import type { AddressBook, Bootstrap } from '../../lib/lifecycle';
import { table } from './table';

const audiences: Readonly<Record<Bootstrap['audience'], string>> = {
  host: 'this machine',
  containers: 'containers of the network',
  pods: 'pods of the cluster',
  outside: 'whoever is outside',
};

/** The address book as a person reads it. */
export function addressBookText({ services, bootstrap, clients }: AddressBook): string {
  const sections = [
    table(services.map(({ service, address }) => ({ SERVICE: service, ADDRESS: address }))),
    table(
      bootstrap.map(({ listener, security, audience, servers }) => ({
        LISTENER: listener,
        SECURITY: security,
        FOR: audiences[audience],
        'BOOTSTRAP SERVERS': servers,
      })),
    ),
    ...clients.map(({ account, listener, settings }) => {
      const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
      return `# client settings${account === undefined ? '' : ` of ${account}`} for ${listener}\n${lines.join('')}`;
    }),
  ];
  return sections.filter((section) => section !== '').join('\n');
}
