/**
 * What Docker leaves to a container by default, by its full names: the provider would see a difference for ever in any other
 * spelling. Dropped together they leave none.
 */
const defaultCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
] as const;

type Capability = (typeof defaultCapabilities)[number];

/** No way to more rights than a container starts with, and none to begin with but those that are kept. */
export function privileges(...kept: readonly Capability[]) {
  return {
    capabilities: { drop: defaultCapabilities.filter((name) => !kept.includes(name)).map((name) => `CAP_${name}`) },
    securityOpts: ['no-new-privileges:true'],
  };
}
