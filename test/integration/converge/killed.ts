import type { ApplyPorts } from '../../../lib/converge';

/** The same ports, of which one call dies before it is sent. */
export function killedAt(ports: ApplyPorts, call: string, dies: () => boolean): ApplyPorts {
  const admin = new Proxy(ports.admin, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...words: unknown[]) => {
        if (name === call && dies()) throw new Error('killed');
        return value.apply(target, words);
      };
    },
  });
  return { ...ports, admin };
}
