import {
  brokerPrincipal,
  convergencePrincipal,
  type Environment,
  type KafkaNode,
  type Listener,
  type ScramMechanism,
  usesTls,
} from '../model';
import { controllerListenerName, interBrokerListenerOf, listenerPrefix } from './listeners';
import type { SettingValues } from './properties';
import { brokerPasswordSecret, secretProvider, secretReference, storePasswordSecret, storePath } from './secrets';

/** The login module of a SCRAM listener; with a user it also logs in by itself. */
export function scramLogin(user?: string, passwordReference?: string): string {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
  return user === undefined ? `${module};` : `${module} username="${user}" password="${passwordReference}";`;
}

/** How brokers log in to each other where their listener uses SCRAM: the strongest mechanism it has; undefined where it does not. */
export function interBrokerScram(environment: Environment): ScramMechanism | undefined {
  const listener = interBrokerListenerOf(environment);
  if (listener?.security !== 'scram') return undefined;
  return listener.mechanisms.includes('SCRAM-SHA-512') ? 'SCRAM-SHA-512' : 'SCRAM-SHA-256';
}

function stores(): SettingValues {
  return {
    ...secretProvider,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': storePath('broker', 'keystore.p12'),
    'ssl.keystore.password': secretReference(storePasswordSecret),
    'ssl.truststore.type': 'PKCS12',
    'ssl.truststore.location': storePath('broker', 'truststore.p12'),
    'ssl.truststore.password': secretReference(storePasswordSecret),
    // Anchored, so that nothing else in a name can pass for the common name; a name that begins otherwise stays whole.
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+)(?:,.*)?$/$1/,DEFAULT',
  };
}

function listenerSecurity(environment: Environment, listener: Listener): SettingValues {
  const prefix = listenerPrefix(listener.name);
  if (listener.security === 'plaintext') return {};
  if (listener.security !== 'scram') return { [`${prefix}ssl.client.auth`]: listener.security === 'mtls' ? 'required' : 'none' };
  const own = listener.name === environment.interBrokerListener ? interBrokerScram(environment) : undefined;
  const logins = listener.mechanisms.map((mechanism) => [
    `${prefix}${mechanism.toLowerCase()}.sasl.jaas.config`,
    mechanism === own ? scramLogin(brokerPrincipal(environment.name), secretReference(brokerPasswordSecret)) : scramLogin(),
  ]);
  return {
    [`${prefix}ssl.client.auth`]: 'none',
    [`${prefix}sasl.enabled.mechanisms`]: listener.mechanisms.join(','),
    ...Object.fromEntries(logins),
  };
}

const authorizers = {
  zookeeper: 'kafka.security.authorizer.AclAuthorizer',
  kraft: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
} as const;

/** Brokers and convergence come first and are always there: without them nobody could grant anything. */
export function superUsers(environment: Environment): readonly string[] {
  return [...new Set([brokerPrincipal(environment.name), convergencePrincipal(environment.name), ...environment.superUsers])];
}

function authorization(environment: Environment): SettingValues {
  if (environment.authorization === 'none') return {};
  return {
    'authorizer.class.name': authorizers[environment.metadata.mode],
    'super.users': superUsers(environment)
      .map((name) => `User:${name}`)
      .join(';'),
    'allow.everyone.if.no.acl.found': false,
  };
}

/** Key stores, what each listener asks of its clients, and who decides what they may do. No secret is among it, only references. */
export function securitySettings(environment: Environment, node: KafkaNode): SettingValues {
  const scram = interBrokerScram(environment);
  const ownListeners = node.broker ? environment.listeners : [];
  const controllerTls = node.controller && environment.metadata.mode === 'kraft' && environment.metadata.security === 'mtls';
  return {
    ...(usesTls(environment) ? stores() : {}),
    ...Object.assign({}, ...ownListeners.map((listener) => listenerSecurity(environment, listener))),
    ...(controllerTls ? { [`${listenerPrefix(controllerListenerName)}ssl.client.auth`]: 'required' } : {}),
    ...(node.broker && scram !== undefined ? { 'sasl.mechanism.inter.broker.protocol': scram } : {}),
    ...authorization(environment),
  };
}
