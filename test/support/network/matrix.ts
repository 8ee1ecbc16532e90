import { type Outside, type Pod, type Policy, reaches } from './reachability';

/** A port that somebody might ask for. */
export interface Knock {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Every connection that the policies let happen, as `from -> to:port` (UDP marked), sorted. An end does not call itself. */
export function openConnections(
  policies: readonly Policy[],
  ends: readonly (Pod | Outside)[],
  knocks: readonly Knock[],
): readonly string[] {
  return ends
    .flatMap((from) =>
      ends.flatMap((to) =>
        knocks
          .filter(({ port, protocol }) => from !== to && reaches(policies, from, to, port, protocol))
          .map(({ port, protocol }) => `${from.name} -> ${to.name}:${port}${protocol === 'UDP' ? '/udp' : ''}`),
      ),
    )
    .sort();
}
