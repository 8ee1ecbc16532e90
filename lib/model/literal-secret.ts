/** Words in a key that tell that its value is secret. */
const telling = /pass(word|wd|phrase)|secret(value|key|access)|jaas|private.?key|api.?key|access.?token|credentials$/i;

/** Ends of keys that only say where a secret is. */
const harmless = /(location|file|path|class|alias|handler|rotation|policy|type|provider)$/i;

/** Whether a key's name says that its value is secret. */
export function isSecretKey(key: string): boolean {
  return telling.test(key) && !harmless.test(key.replace(/[._-]/g, ''));
}

/** What an address carries: `jdbc:…?user=app&password=x`, `mongodb://app:x@host`. */
const carried = /(^|[?&;,\s])(\w*(password|passwd|pwd)|access_?token|api_?key|secret)=[^&;,\s]|:\/\/[^/\s:@]+:[^/\s@]+@/i;

/**
 * Whether a setting holds a secret in clear: the catalogue calls it a password, or its name does, or its value is an address that carries
 * one; and it is no reference such as `${directory:/path:key}`.
 */
export function isLiteralSecret(key: string, value: unknown, type: string | undefined): boolean {
  const isSecret = type === undefined ? isSecretKey(key) || carried.test(String(value)) : type === 'password';
  if (!isSecret) return false;
  return typeof value !== 'boolean' && value !== undefined && String(value) !== '' && !/\$\{[^}]+\}/.test(String(value));
}
