import { principalName } from '../acl';
import type { Environment } from '../environment';
import { namePattern } from '../name-pattern';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { nearestRemedy } from './words';

interface Reference {
  readonly path: Path;
  readonly name: string;
}

/** Every principal of access and topicAccess. */
function principalsIn({ access, topicAccess }: Environment): Reference[] {
  const byTopic = Object.entries(topicAccess).flatMap(([topic, { producers, consumers }]) =>
    Object.entries({ producers, consumers }).flatMap(([role, list]) =>
      list.map(({ principal }, index) => ({ path: ['topicAccess', topic, role, index, 'principal'], name: principal })),
    ),
  );
  return [...byTopic, ...access.map(({ principal }, index) => ({ path: ['access', index, 'principal'], name: principal }))];
}

/** The names that nothing in `known` bears. */
function unknown(references: readonly Reference[], known: readonly string[], what: string, section: string): Finding[] {
  const names = new Set(known);
  return references
    .filter(({ name }) => !names.has(name))
    .map(({ path, name }) => ({
      path,
      message: `no ${what} is named "${name}"; ${nearestRemedy(name, known, `add it under ${section} or correct the name`)}`,
    }));
}

function accountReferences(environment: Environment): Reference[] {
  const users = principalsIn(environment).flatMap(({ path, name: principal }) => {
    const { type, name } = principalName(principal);
    return type === 'User' && name !== '*' ? [{ path, name }] : [];
  });
  const members = Object.entries(environment.userGroups).flatMap(([group, { members: list }]) =>
    list.map((name, index) => ({ path: ['userGroups', group, 'members', index], name })),
  );
  const quotas = environment.quotas.flatMap(({ user }, index) =>
    user === undefined || user === 'default' ? [] : [{ path: ['quotas', index, 'user'], name: user }],
  );
  const superUsers = environment.superUsers.map((name, index) => ({ path: ['superUsers', index], name }));
  return [...users, ...members, ...quotas, ...superUsers];
}

function schemaReferences(environment: Environment): Reference[] {
  const topics = environment.topics.flatMap(({ name: topic, schema }) =>
    (['valueSchema', 'keySchema'] as const).flatMap((field) => {
      const name = schema?.[field];
      return name === undefined ? [] : [{ path: ['topics', topic, 'schema', field], name }];
    }),
  );
  const schemas = Object.entries(environment.schemas).flatMap(([schema, { references }]) =>
    references.map(({ schema: name }, index) => ({ path: ['schemas', schema, 'references', index, 'schema'], name })),
  );
  return [...topics, ...schemas];
}

/** Names and prefixes of topics that stand for nothing declared. */
function undeclared({ topics }: Environment, references: readonly Reference[]): Finding[] {
  const names = topics.map(({ name }) => name);
  return references
    .filter(({ name }) => !names.some(namePattern(name)))
    .map(({ path, name }) => ({
      path,
      message: `no declared topic is meant by "${name}"; ${nearestRemedy(name, names, 'declare it under topics or correct the name')}`,
    }));
}

function intentTopics({ access }: Environment): Reference[] {
  return access.flatMap((intent, index) => {
    const lists =
      intent.intent === 'producer' || intent.intent === 'consumer'
        ? { topics: intent.topics }
        : intent.intent === 'streams' || intent.intent === 'connect'
          ? { reads: intent.reads, writes: intent.writes }
          : {};
    return Object.entries(lists).flatMap(([field, names]) =>
      names.flatMap((name, position) => (name === '*' ? [] : [{ path: ['access', index, field, position], name }])),
    );
  });
}

export const referenceRules: readonly Rule[] = [
  {
    code: 'reference/unknown-account',
    severity: 'error',
    reason: 'A grant to nobody grants nothing.',
    reads: ['serviceAccounts.*'],
    check: (environment) =>
      unknown(accountReferences(environment), Object.keys(environment.serviceAccounts), 'service account', 'serviceAccounts'),
  },
  {
    code: 'reference/unknown-user-group',
    severity: 'error',
    reason: 'A grant to nobody grants nothing.',
    reads: ['userGroups.*'],
    check: (environment) => {
      const groups = principalsIn(environment).flatMap(({ path, name: principal }) => {
        const { type, name } = principalName(principal);
        return type === 'Group' ? [{ path, name }] : [];
      });
      return unknown(groups, Object.keys(environment.userGroups), 'user group', 'userGroups');
    },
  },
  {
    code: 'reference/unknown-schema',
    severity: 'error',
    reason: 'A topic is bound to a schema that is declared.',
    reads: ['schemas.*'],
    check: (environment) => unknown(schemaReferences(environment), Object.keys(environment.schemas), 'schema', 'schemas'),
  },
  {
    code: 'reference/undeclared-topic',
    severity: 'error',
    reason: 'Access to a topic is said where the topic is declared.',
    reads: ['topics.*'],
    check: (environment) =>
      undeclared(
        environment,
        Object.keys(environment.topicAccess).map((name) => ({ path: ['topicAccess', name], name })),
      ),
  },
  {
    code: 'reference/foreign-topic',
    severity: 'warning',
    reason: 'An intent may be about the topics of others, or be misspelt.',
    reads: ['topics.*'],
    check: (environment) => undeclared(environment, intentTopics(environment)),
  },
  {
    code: 'reference/protects-nothing',
    severity: 'warning',
    reason: 'A misspelt protection protects nothing.',
    reads: ['topics.*'],
    check: (environment) =>
      undeclared(
        environment,
        environment.protectedTopics.map((name, index) => ({ path: ['protectedTopics', index], name })),
      ),
  },
];
