import { type Environment, replicationListenerName } from '../environment';
import { backupPrincipal, brokerPrincipal, convergencePrincipal } from '../principal';
import type { ServiceAccount } from '../service-account';
import type { Finding, Rule } from './rule';
import { quotedList } from './words';

/** Whether an account can prove to a listener who it is. */
function canLogIn({ authentication }: ServiceAccount, listener: Environment['listeners'][number]): boolean {
  if (authentication === 'mtls') return listener.security === 'mtls';
  return listener.security === 'scram' && listener.mechanisms.some((mechanism) => mechanism.toLowerCase() === authentication);
}

function checkLogins(environment: Environment): Finding[] {
  // The listener among brokers is closed to others.
  const doors = environment.listeners.filter(({ name }) => name !== replicationListenerName);
  // Where nobody is asked who they are, accounts are intent, which another rule says.
  const asked = doors.some(({ security }) => security === 'scram' || security === 'mtls');
  if (environment.authorization === 'none' && !asked) return [];
  const severity = environment.authorization === 'acl' ? 'error' : 'notice';
  return Object.entries(environment.serviceAccounts)
    .filter(([, account]) => !doors.some((listener) => canLogIn(account, listener)))
    .map(([name, { authentication }]) => {
      const remedy =
        authentication === 'mtls'
          ? 'add a listener with security mtls'
          : `add a listener with security scram and the mechanism ${authentication.toUpperCase()}`;
      const message = `account "${name}" logs in with ${authentication}, which none of the listeners ${quotedList(doors.map((door) => door.name))} takes; ${remedy}, or change the account`;
      return { path: ['serviceAccounts', name, 'authentication'], severity, message };
    });
}

export const accountRules: readonly Rule[] = [
  {
    code: 'account/cannot-log-in',
    severity: 'error',
    reason:
      'An account needs a listener that takes its kind of credential; a notice where authorization is none, and nothing where no listener asks who its clients are.',
    reads: ['listeners.*.security', 'listeners.*.mechanisms.**', 'authorization'],
    check: checkLogins,
  },
  {
    code: 'account/reserved-name',
    severity: 'error',
    reason: "The principals of the certificates of brokers, convergence and backup are the cluster's own.",
    reads: ['name'],
    check: ({ name, serviceAccounts }) =>
      [brokerPrincipal(name), convergencePrincipal(name), backupPrincipal(name)]
        .filter((principal) => serviceAccounts[principal] !== undefined)
        .map((principal) => ({
          path: ['serviceAccounts', principal],
          message: `account "${principal}" is a name of the cluster's own; choose another`,
        })),
  },
];
