import { brokersOf, companionListener, type Environment, type Listener, securityProtocol } from '../../model';
import type { Addressing } from '../addressing';
import type { SecretFile } from '../process';
import type { SettingValues } from '../properties';
import { secretFile, secretProvider, secretReference, storeFiles, storePasswordSecret, storePath } from '../secrets';
import { scramLogin } from '../security';

/** How a companion reaches Kafka and who it is there. */
export interface ClientAccess {
  /** `host:port` of every broker. */
  readonly addresses: readonly string[];
  readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_SSL';
  /** Kafka's client settings, without the addresses; secrets are references. */
  readonly settings: SettingValues;
  /** What has to stand beside `settings`, once a file, for the references in them. */
  readonly provider: SettingValues;
  readonly secretFiles: readonly SecretFile[];
  /** The logical secrets of the references, for programs that resolve none. */
  readonly secrets: { readonly password?: string; readonly storePassword?: string };
}

function trust(): SettingValues {
  return {
    'ssl.truststore.type': 'PKCS12',
    'ssl.truststore.location': storePath('client', 'truststore.p12'),
    'ssl.truststore.password': secretReference(storePasswordSecret),
  };
}

function identity(): SettingValues {
  return {
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': storePath('client', 'keystore.p12'),
    'ssl.keystore.password': secretReference(storePasswordSecret),
  };
}

/** The logical secret of the password of an account: as declared, else `<account>-password`. */
export function accountSecret(environment: Environment, account: string): string {
  return environment.serviceAccounts[account]?.secret ?? `${account}-password`;
}

function login(environment: Environment, listener: Extract<Listener, { security: 'scram' }>, account: string): SettingValues {
  const declared = environment.serviceAccounts[account]?.authentication;
  const wanted = declared === 'scram-sha-256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512';
  return {
    'sasl.mechanism': listener.mechanisms.find((mechanism) => mechanism === wanted) ?? listener.mechanisms[0] ?? wanted,
    'sasl.jaas.config': scramLogin(account, secretReference(accountSecret(environment, account))),
  };
}

/**
 * A companion's way into Kafka. It goes through the first internal listener, and that listener's security says who the companion is:
 * nobody (plaintext, TLS), the holder of the `client` certificate (mTLS), or the service account that bears the companion's name
 * (SCRAM), which the environment declares and grants what it needs.
 */
export function clientAccess(environment: Environment, addressing: Addressing, component: string): ClientAccess {
  const listener = companionListener(environment) ?? environment.listeners[0];
  if (listener === undefined) return { addresses: [], protocol: 'PLAINTEXT', settings: {}, provider: {}, secretFiles: [], secrets: {} };
  const protocol = securityProtocol(listener);
  const addresses = brokersOf(environment).map(({ id }) => {
    const { host, port } = addressing.advertised(listener, id);
    return `${host}:${port}`;
  });
  if (listener.security === 'plaintext') return { addresses, protocol, settings: {}, provider: {}, secretFiles: [], secrets: {} };
  const scram = listener.security === 'scram';
  const password = accountSecret(environment, component);
  return {
    addresses,
    protocol,
    settings: {
      'security.protocol': protocol,
      ...trust(),
      ...(listener.security === 'mtls' ? identity() : {}),
      ...(scram ? login(environment, listener, component) : {}),
    },
    provider: secretProvider,
    secretFiles: [
      ...storeFiles('client').filter(({ path }) => listener.security === 'mtls' || path !== storePath('client', 'keystore.p12')),
      ...(scram ? [secretFile(password)] : []),
    ],
    secrets: { storePassword: storePasswordSecret, ...(scram ? { password } : {}) },
  };
}

/** The settings under a prefix, as programs with several Kafka clients want them. */
export function prefixed(prefix: string, settings: SettingValues): SettingValues {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}${key}`, value]));
}
