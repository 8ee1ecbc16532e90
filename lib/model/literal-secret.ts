/** Words in a key that tell that its value is secret. */
const telling = /pass(word|wd|phrase)|secret(value|key|access)|jaas|private.?key|api.?key|access.?token|credentials$/i;

/** Ends of keys that only say where a secret is. */
const harmless = /(location|file|path|class|alias|handler|rotation|policy|type|provider)$/i;

/** Whether a key's name says that its value is secret. */
export function isSecretKey(key: string): boolean {
  return telling.test(key) && !harmless.test(key.replace(/[._-]/g, ''));
}

/**
 * Whether a setting holds a secret in clear: the catalogue calls it a password, or its name does, and it is no reference such as
 * `${directory:/path:key}`.
 */
export function isLiteralSecret(key: string, value: unknown, type: string | undefined): boolean {
  if (type === undefined ? !isSecretKey(key) : type !== 'password') return false;
  return typeof value !== 'boolean' && value !== undefined && String(value) !== '' && !/\$\{[^}]+\}/.test(String(value));
}
