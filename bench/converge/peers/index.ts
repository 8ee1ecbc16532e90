import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable, onPath } from '../../../test/support/host';
import type { Contender } from '../contender';
import { byEdit, desiredOf } from '../workload';
import { jikkou } from './jikkou';
import { kafkaGitops } from './kafka-gitops';
import type { Peer } from './peer';
import { terraformProviderKafka } from './terraform-provider-kafka';
import { topicctl } from './topicctl';

const all: readonly Peer[] = [topicctl, terraformProviderKafka, kafkaGitops, jikkou];

/** Those that are there; of each that isn't, a word on the terminal. @param deadline seconds for each of their runs */
export function peers(deadline: number): readonly Contender[] {
  return all.flatMap((peer) => {
    const program = find(peer);
    if (program !== undefined) return [contender(peer, program, deadline)];
    console.log(
      `SKIPPED: ${peer.name}, of ${peer.source}: no executable ${peer.program} on the PATH, and ${peer.variable} does not name one`,
    );
    return [];
  });
}

function contender(peer: Peer, program: string, deadline: number): Contender {
  return {
    name: peer.name,
    prepare: (folder, workload) => {
      const states = byEdit((edit) => desiredOf(workload, edit));
      const own = join(folder, peer.name);
      mkdirSync(own);
      return peer.prepare(program, own, states, { deadline });
    },
  };
}

function find({ program, variable }: Peer): string | undefined {
  const named = process.env[variable];
  if (named === undefined) return onPath(program);
  return isExecutable(named) ? named : undefined;
}
