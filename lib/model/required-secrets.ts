import { companionListener, type Environment, usesTls } from './environment';
import { isStrimzi } from './strimzi';

/** A logical secret that must have a value before the environment can run. */
export interface RequiredSecret {
  readonly name: string;
  readonly description: string;
  /** Nothing on Kubernetes reads it: an operator makes what stands in its place. Absent otherwise. */
  readonly dockerOnly?: true;
}

/** The password of the PKCS#12 stores of every node. */
export const keystorePasswordSecret = 'keystore-password';
/** The password of the brokers' own SCRAM user, where brokers log in to each other with one. */
export const brokerPasswordSecret = 'broker-password';

/** What the Strimzi operator makes by itself: stores, and how brokers log in to each other. */
const operatorSecrets: ReadonlySet<string> = new Set([keystorePasswordSecret, brokerPasswordSecret]);

/** The logical secret with the password of an account: what it says, or `<account>-password` with hyphens for what no secret's name may hold. */
export function accountSecret(environment: Environment, account: string): string {
  return environment.serviceAccounts[account]?.secret ?? `${hyphenated(account)}-password`;
}

function hyphenated(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** The programs that are clients of Kafka, by their section, and the accounts with which they log in where they must. */
const companionAccounts = {
  schemaRegistry: 'schema-registry',
  connect: 'connect',
  kafkaUi: 'kafka-ui',
  ksqldb: 'ksqldb',
  restProxy: 'rest-proxy',
  lagExporter: 'lag-exporter',
  mirrorMaker: 'mirror-maker',
} as const;

/** The companions that log in to Kafka with a password: section and account; none where their listener asks for none. */
export function companionLogins(environment: Environment): readonly { readonly section: string; readonly account: string }[] {
  if (companionListener(environment)?.security !== 'scram') return [];
  return Object.entries(companionAccounts).flatMap(([section, account]) =>
    environment.companions[section as keyof typeof companionAccounts] === undefined ? [] : [{ section, account }],
  );
}

/** The logical secrets that the environment really needs, and those it declares, by name. */
export function secretsOf(environment: Environment): readonly RequiredSecret[] {
  const secrets = new Map<string, string>();
  const add = (name: string, description: string): void => {
    if (!secrets.has(name)) secrets.set(name, description);
  };
  for (const [name, { description }] of Object.entries(environment.secrets)) add(name, description ?? 'declared under secrets');
  for (const [account, { authentication }] of Object.entries(environment.serviceAccounts)) {
    if (authentication !== 'mtls') add(accountSecret(environment, account), `the password of the account ${account}`);
  }
  if (usesTls(environment)) add(keystorePasswordSecret, 'the password of the key stores and trust stores');
  const interBroker = environment.listeners.find(({ name }) => name === environment.interBrokerListener);
  if (interBroker?.security === 'scram') add(brokerPasswordSecret, "the password of the brokers' own user");
  for (const { name, description } of [...companionSecrets(environment), ...serviceSecrets(environment)]) add(name, description);
  const declared = new Set(Object.keys(environment.secrets));
  const operators = (name: string) => isStrimzi(environment) && operatorSecrets.has(name) && !declared.has(name);
  return [...secrets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, description]) => ({ name, description, ...(operators(name) ? { dockerOnly: true } : {}) }));
}

/** What the convergence needs for the schema registry, for Kafka Connect, and to put into connectors. */
export function serviceSecrets({ connectors, convergence }: Environment): readonly RequiredSecret[] {
  const logins = [
    { login: convergence.schemaRegistry.login, service: 'the schema registry' },
    { login: convergence.connect.login, service: 'Kafka Connect' },
  ];
  return [
    ...logins.flatMap(({ login, service }) =>
      login === undefined ? [] : [{ name: login.secret, description: `the password of ${login.user} for ${service}` }],
    ),
    ...Object.entries(connectors).flatMap(([connector, { secrets }]) =>
      Object.entries(secrets).map(([setting, name]) => ({ name, description: `${setting} of the connector ${connector}` })),
    ),
  ];
}

function companionSecrets(environment: Environment): readonly RequiredSecret[] {
  const { companions } = environment;
  const { grafana, mirrorMaker } = companions;
  const remote = mirrorMaker?.remote;
  const logins = companionLogins(environment).map(({ account }) => ({
    name: accountSecret(environment, account),
    description: `the password with which ${account} logs in to Kafka`,
  }));
  return [
    ...logins,
    ...(grafana === undefined ? [] : [{ name: grafana.adminSecret, description: "the password of Grafana's user admin" }]),
    ...(remote?.secret === undefined ? [] : [{ name: remote.secret, description: `the password for the cluster ${remote.alias}` }]),
  ];
}
