import type {
  CompatibilityLevel,
  NewSchema,
  RegisteredSchema,
  SchemaOutcome,
  SchemaReference,
  SchemaRegistry,
  SchemaType,
} from './schema-registry';
import { askService, messageOf, type ServiceAnswer, type ServiceConnection, type ServiceRequest, unexpected } from './service';

const contentType = 'application/vnd.schemaregistry.v1+json';
const done: SchemaOutcome = { done: true };

/** How a version is written on the wire; Avro is what is not named. */
interface WireSchema {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schema: string;
  readonly schemaType?: SchemaType;
  readonly references?: readonly SchemaReference[];
}

/** A schema registry behind Confluent's HTTP interface. */
export function schemaRegistryFor(connection: ServiceConnection): SchemaRegistry {
  let sent = 0;
  const ask = (method: ServiceRequest['method'], path: string, body?: unknown): Promise<ServiceAnswer> => {
    sent++;
    return askService(connection, { method, path, contentType, ...(body === undefined ? {} : { body }) });
  };
  const versions = (subject: string) => `/subjects/${encodeURIComponent(subject)}`;

  const numbers = async (subject: string): Promise<readonly number[]> => {
    const answer = await ask('GET', `${versions(subject)}/versions`);
    if (answer.status === 404) return [];
    return [...accepted<readonly number[]>(`listing the versions of ${subject}`, answer)].sort((a, b) => a - b);
  };

  return {
    subjects: async () => accepted<readonly string[]>('listing subjects', await ask('GET', '/subjects')),
    latest: async (subject) => registered(subject, await ask('GET', `${versions(subject)}/versions/latest`)),
    versionNumbers: numbers,
    versions: async (subject) => {
      const found: RegisteredSchema[] = [];
      for (const number of await numbers(subject)) {
        const version = registered(subject, await ask('GET', `${versions(subject)}/versions/${number}`));
        if (version !== undefined) found.push(version);
      }
      return found;
    },
    find: async (subject, schema) => registered(subject, await ask('POST', versions(subject), wire(schema))),
    check: async (subject, schema) => {
      const path = `/compatibility${versions(subject)}/versions?verbose=true`;
      const answer = await ask('POST', path, wire(schema));
      if (answer.status === 404) return done;
      const refusal = refusalOf(answer);
      if (refusal !== undefined) return refusal;
      const verdict = accepted<{ is_compatible: boolean; messages?: readonly string[]; reason?: string | null }>('checking', answer);
      // Confluent's registry says it in `messages`, Apicurio in `reason`.
      const why = [...(verdict.messages ?? []), verdict.reason ?? ''].filter((text) => text !== '').join('; ');
      return verdict.is_compatible ? done : { done: false, reason: 'incompatible', message: why || 'the registry gives no reason' };
    },
    register: async (subject, schema) => {
      const answer = await ask('POST', `${versions(subject)}/versions`, wire(schema));
      const refusal = refusalOf(answer);
      if (refusal !== undefined) return refusal;
      accepted(`registering ${subject}`, answer);
      return done;
    },
    compatibility: async (subject) => {
      const answer = await ask('GET', subject === undefined ? '/config' : `/config/${encodeURIComponent(subject)}`);
      if (answer.status === 404) return undefined;
      return accepted<{ compatibilityLevel: CompatibilityLevel }>('reading the compatibility', answer).compatibilityLevel;
    },
    setCompatibility: async (compatibility, subject) => {
      const path = subject === undefined ? '/config' : `/config/${encodeURIComponent(subject)}`;
      accepted('setting the compatibility', await ask('PUT', path, { compatibility }));
    },
    remove: async (subject, { permanent = false } = {}) => {
      const answer = await ask('DELETE', versions(subject));
      if (answer.status !== 404) accepted(`removing ${subject}`, answer);
      // For good is only what has been removed in the other way before; registries without that difference answer 404.
      const again = permanent ? await ask('DELETE', `${versions(subject)}?permanent=true`) : answer;
      if (again.status !== 404) accepted(`removing ${subject}`, again);
      return answer.status !== 404 || again.status !== 404;
    },
    removeVersion: async (subject, version) => {
      const answer = await ask('DELETE', `${versions(subject)}/versions/${version}`);
      if (answer.status === 404) return done;
      if (answer.status === 422) return { done: false, reason: 'referenced', message: messageOf(answer) };
      accepted(`removing version ${version} of ${subject}`, answer);
      return done;
    },
    requestsSent: () => sent,
  };
}

function wire({ type, text, references = [] }: NewSchema): Readonly<Record<string, unknown>> {
  return { schema: text, ...(type === 'AVRO' ? {} : { schemaType: type }), ...(references.length === 0 ? {} : { references }) };
}

function registered(subject: string, answer: ServiceAnswer): RegisteredSchema | undefined {
  if (answer.status === 404) return undefined;
  const { schema, schemaType = 'AVRO', references = [], id, version } = accepted<WireSchema>(`reading ${subject}`, answer);
  return { subject, version, id, type: schemaType, text: schema, references };
}

function refusalOf(answer: ServiceAnswer): SchemaOutcome | undefined {
  if (answer.status === 409) return { done: false, reason: 'incompatible', message: messageOf(answer) };
  return answer.status === 422 || answer.status === 400 ? { done: false, reason: 'invalid', message: messageOf(answer) } : undefined;
}

/** The body of a success. @throws ClusterFailure for anything else */
function accepted<T>(what: string, answer: ServiceAnswer): T {
  if (answer.status < 200 || answer.status > 299) throw unexpected(what, answer);
  return answer.body as T;
}
