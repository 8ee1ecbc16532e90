import { companionListener, type Environment, usesTls } from './environment';
import { secretName } from './secret';

/** A logical secret that must have a value before the environment can run. */
export interface RequiredSecret {
  readonly name: string;
  readonly description: string;
}

/** The password of the PKCS#12 stores of every node. */
export const keystorePasswordSecret = 'keystore-password';
/** The password of the brokers' own SCRAM user, where brokers log in to each other with one. */
export const brokerPasswordSecret = 'broker-password';

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

/** The programs that log in to Kafka, by their section and as their account is named. */
const kafkaClients = {
  schemaRegistry: 'schema-registry',
  connect: 'connect',
  kafkaUi: 'kafka-ui',
  ksqldb: 'ksqldb',
  restProxy: 'rest-proxy',
  lagExporter: 'lag-exporter',
  mirrorMaker: 'mirror-maker',
} as const;

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
  for (const { name, description } of companionSecrets(environment)) add(name, description);
  return [...secrets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, description]) => ({ name, description }));
}

function companionSecrets(environment: Environment): readonly RequiredSecret[] {
  const { companions } = environment;
  const { grafana, mirrorMaker } = companions;
  const remote = mirrorMaker?.remote;
  const logins =
    companionListener(environment)?.security === 'scram'
      ? Object.entries(kafkaClients).flatMap(([section, name]) =>
          companions[section as keyof typeof kafkaClients] === undefined
            ? []
            : [{ name: `${name}-password`, description: `the password with which ${name} logs in to Kafka` }],
        )
      : [];
  return [
    ...logins,
    ...(grafana === undefined ? [] : [{ name: grafana.adminSecret, description: "the password of Grafana's user admin" }]),
    ...(remote?.security === 'scram'
      ? [{ name: remote.secret ?? `${hyphenated(remote.alias)}-password`, description: `the password for the cluster ${remote.alias}` }]
      : []),
  ];
}

/** Whether a text can be the name of a logical secret. */
export function isSecretName(text: string): boolean {
  return secretName.safeParse(text).success;
}
