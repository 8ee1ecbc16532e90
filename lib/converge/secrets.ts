import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Where passwords come from: a directory of files, environment variables. */
export interface SecretSource {
  /** The value of a logical secret; undefined where there is none. It is never logged, kept or put into a plan. */
  read(name: string): Promise<string | undefined>;
}

/** Costs some 60 ms and 32 MiB a guess: the record may be read by who must not learn the password. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

/** A slow salted fingerprint of a password, by which a later run knows whether the secret has changed. */
export async function passwordFingerprint(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const key = await derive(password, salt);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':');
}

/** Whether a fingerprint is that of the password. One of another kind or cost is not. */
export async function isPassword(password: string, fingerprint: string): Promise<boolean> {
  const [kind, n, r, p, salt = '', key = ''] = fingerprint.split(':');
  if (kind !== 'scrypt' || n !== String(cost.N) || r !== String(cost.r) || p !== String(cost.p)) return false;
  const known = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'));
  return known.length === given.length && timingSafeEqual(known, given);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
