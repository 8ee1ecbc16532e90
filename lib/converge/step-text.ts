import { quotaKey } from '../kafka';
import { aclText } from './acl-text';
import { userKey } from './desired';
import { connectorStepText, schemaStepText } from './service-text';
import type { ChangeReplication, Step } from './step';
import { type StepText, text } from './step-words';

const upsertReasons = {
  missing: 'new',
  'secret-changed': 'new password: the secret has changed',
  'changed-by-others': 'password set again: somebody else has changed it',
  'not-certain': 'password set: it is not certain which one it has',
} as const;

export type { StepText } from './step-words';

/** What a step does, in words. */
export function stepText(step: Step): StepText {
  switch (step.kind) {
    case 'upsert-user':
      return text(
        step.reason === 'missing' ? '+' : '~',
        `user ${userKey(step)}`,
        `${upsertReasons[step.reason]}, from the secret ${step.secret}`,
      );
    case 'delete-user':
      return text('-', `user ${userKey(step)}`, 'no longer declared');
    case 'create-acls':
      return text('+', `ACLs of ${step.principal}`, counted(step.entries.length, 'ACL'), step.entries.map(aclText));
    case 'delete-acls':
      return text('-', `ACLs of ${step.principal}`, counted(step.entries.length, 'ACL'), step.entries.map(aclText));
    case 'set-quota':
      return text(
        '~',
        `quota of ${quotaKey(step.quota)}`,
        Object.entries(step.quota.limits)
          .map(([limit, value]) => changed(limit, step.from[limit as keyof typeof step.from], value))
          .join(', '),
      );
    case 'set-broker-config': {
      const settings = Object.entries(step.set).map(([key, value]) => `${key}=${value}`);
      return text('+', step.broker === 'all' ? 'all brokers' : `broker ${step.broker}`, settings.join(', '));
    }
    case 'create-topic': {
      const { partitions, replicationFactor, config } = step;
      const settings = Object.entries(config).map(([key, value]) => `${key}=${value}`);
      return text(
        '+',
        `topic ${step.topic}`,
        [counted(partitions, 'partition'), counted(replicationFactor, 'replica'), ...settings].join(', '),
      );
    }
    case 'change-replication':
      return text('~', `topic ${step.topic}`, replicationText(step));
    case 'add-partitions':
      return text('~', `topic ${step.topic}`, `partitions ${step.from} → ${step.to}`);
    case 'set-config':
      return text(
        '~',
        `topic ${step.topic}`,
        [
          ...Object.entries(step.set).map(([key, value]) => changed(key, step.from[key], value)),
          ...step.reset.map((key) => changed(key, step.from[key], null)),
        ].join(', '),
      );
    case 'set-group-offsets': {
      const partitions = Object.entries(step.offsets);
      const details = partitions.map(([partition, offset]) => changed(partition, step.from[partition], offset));
      const sign = Object.keys(step.from).length === 0 ? '+' : '~';
      return text(sign, `group ${step.group}`, `offsets of ${counted(partitions.length, 'partition')}`, details);
    }
    case 'set-compatibility':
    case 'register-schema':
    case 'delete-subject':
      return schemaStepText(step);
    case 'put-connector':
    case 'set-connector-state':
    case 'delete-connector':
      return connectorStepText(step);
    case 'delete-topic':
      return text('-', `topic ${step.topic}`, step.protected ? 'no longer declared; protected' : 'no longer declared');
    case 'record': {
      const { topics, quotas, users, acls, schemas = [], connectors = [] } = step;
      const named = [Object.keys(topics), Object.keys(quotas), users, acls, schemas, connectors];
      const count = named.reduce((sum, { length }) => sum + length, 0);
      return text('=', 'record of what is owned', `${count} ${count === 1 ? 'entry is' : 'entries are'} brought up to date`);
    }
    case 'refuse':
      return text('!', step.subject, step.reason, [step.remedy]);
  }
}

function replicationText({ from, to, moves, spreads = 0 }: ChangeReplication): string {
  if (from === to && Object.keys(moves).length === 0) return 'replicas that move are seen to the end';
  const spread = spreads === 0 ? [] : [`copies of ${counted(spreads, 'partition')} spread over more racks`];
  return [...(from === to && spreads > 0 ? [] : [`replicas ${from} → ${to}`]), ...spread].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function changed(key: string, from: string | number | undefined, to: string | number | null): string {
  const before = from === undefined ? '' : `${from} → `;
  return `${key} ${before}${to === null ? 'default' : to}`;
}
