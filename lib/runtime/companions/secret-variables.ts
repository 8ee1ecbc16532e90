import type { SecretFile } from '../process';
import { secretReference } from '../secrets';
import type { ClientAccess } from './client-access';

/** The environment variables of programs that resolve no reference to a file. */
const variables = { password: 'KAFKA_PASSWORD', storePassword: 'STORE_PASSWORD' } as const;

const used = ({ secrets }: ClientAccess): readonly (readonly [variable: string, secret: string])[] =>
  [[variables.password, secrets.password] as const, [variables.storePassword, secrets.storePassword] as const].flatMap(
    ([variable, secret]) => (secret === undefined ? [] : [[variable, secret] as const]),
  );

/** The variables that a companion needs, and the logical secret of each. */
export function secretEnvironment(access: ClientAccess): Readonly<Record<string, string>> {
  return Object.fromEntries(used(access));
}

/** A setting with every reference to a secret's file made a reference to its variable, in the program's own words. */
export function withVariables(access: ClientAccess, setting: string, reference: (variable: string) => string): string {
  return used(access).reduce((text, [variable, secret]) => text.replaceAll(secretReference(secret), () => reference(variable)), setting);
}

/** The files that remain: stores have to be files, passwords come by the environment. */
export function storesOnly(access: ClientAccess): readonly SecretFile[] {
  return access.secretFiles.filter(({ source }) => source.kind === 'certificate');
}
