import type { ConnectCluster, SchemaRegistry } from '../kafka';
import type { DesiredConnector } from './desired-connectors';
import type { DesiredSchemas } from './desired-schemas';
import { fingerprint } from './fingerprint';
import { type ConnectorScope, connectorBasis, connectorScope, type LiveConnectors, readConnectors } from './live-connectors';
import { type LiveSchemas, readSchemas, type SchemaScope, schemaBasis, schemaScope } from './live-schemas';
import type { Ownership } from './ownership';
import type { SecretSource } from './secrets';
import { isSilent, orSilent, type Silent } from './service-call';

/** The services beside Kafka that are converged with it. */
export interface ServicePorts {
  /** @default - none: what is declared for one is refused */
  readonly registry?: SchemaRegistry;
  /** @default - none: what is declared for its workers is refused */
  readonly connect?: ConnectCluster;
}

/** What is declared for them. */
export interface DesiredServices {
  /** @default - nothing is said of them: they are left alone, owned ones too */
  readonly schemas?: DesiredSchemas;
  /** By name. @default - nothing is said of them: they are left alone, owned ones too */
  readonly connectors?: readonly DesiredConnector[];
}

/** What is read of them. */
export interface ServiceScope {
  /** @default nothing of the schema registry */
  readonly schemas?: SchemaScope;
  /** @default nothing of Kafka Connect */
  readonly connectors?: ConnectorScope;
}

/** What was read of them. */
export interface ServiceState {
  /** Absent where no schema registry is named, or nothing of it matters. */
  readonly schemas?: LiveSchemas | Silent;
  /** Absent where no worker is named, or nothing of it matters. */
  readonly connectors?: LiveConnectors | Silent;
}

/** What of the services matters; nothing where nothing is declared and nothing is owned. */
export function serviceScope({ schemas, connectors }: DesiredServices, ownership: Ownership): ServiceScope {
  return withoutAbsent({ schemas: schemaScope(schemas, ownership), connectors: connectorScope(connectors, ownership) });
}

/** The part of a scope that was really read. */
export function scopeRead({ schemas, connectors }: ServiceScope, state: ServiceState): ServiceScope {
  const answered = (part: object | undefined) => part !== undefined && !isSilent(part);
  return withoutAbsent({
    schemas: answered(state.schemas) ? schemas : undefined,
    connectors: answered(state.connectors) ? connectors : undefined,
  });
}

/** Reads the services side by side. That one doesn't answer is no reason to leave Kafka as it is: it is data. */
export async function readServices(
  scope: ServiceScope,
  { registry, connect }: ServicePorts,
  wanted: readonly DesiredConnector[] = [],
  secrets?: SecretSource,
): Promise<ServiceState> {
  const { schemas: ofRegistry, connectors: ofConnect } = scope;
  const [schemas, connectors] = await Promise.all([
    ofRegistry === undefined || registry === undefined ? undefined : orSilent(() => readSchemas(ofRegistry, registry)),
    ofConnect === undefined || connect === undefined ? undefined : orSilent(() => readConnectors(ofConnect, connect, wanted, secrets)),
  ]);
  return withoutAbsent({ schemas, connectors });
}

/** The fingerprint of each subject and connector as it is now. */
export function serviceBasis(scope: ServiceScope, { schemas, connectors }: ServiceState): Readonly<Record<string, string>> {
  const found = [
    ...(schemas === undefined || isSilent(schemas) ? [] : schemaBasis(schemas)),
    ...(connectors === undefined || isSilent(connectors) || scope.connectors === undefined
      ? []
      : connectorBasis(scope.connectors, connectors)),
  ];
  return Object.fromEntries(found.map(([subject, state]) => [subject, fingerprint(state)]));
}

function withoutAbsent<Schemas, Connectors>({
  schemas,
  connectors,
}: {
  readonly schemas: Schemas | undefined;
  readonly connectors: Connectors | undefined;
}): { readonly schemas?: Schemas; readonly connectors?: Connectors } {
  return { ...(schemas === undefined ? {} : { schemas }), ...(connectors === undefined ? {} : { connectors }) };
}
