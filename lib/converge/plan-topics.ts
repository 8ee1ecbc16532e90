import { namePattern } from '../model';
import { groupsText, lostBytesText } from './affected';
import type { Desired, DesiredTopic } from './desired';
import type { Findings, Note } from './findings';
import type { Live, LiveTopic } from './live';
import { placement } from './placement';
import { configChange } from './plan-config';
import { isMereSpread, planReplication } from './plan-replication';
import { hasUnevenRacks } from './rack-spread';
import type { Step } from './step';
import { tooFewBrokers, topicRefusal } from './topic-refusal';
import { undoTopicCreation } from './undo';

/** Topics to make, to change and to remove. What is there and not owned is never changed. */
export function planTopics(desired: Desired, live: Live): Findings {
  const wanted = new Map(desired.topics.map((topic) => [topic.name, topic]));
  const owned = live.ownership.topics;
  const guarded = desired.protectedTopics.map(namePattern);
  const isProtected = (name: string) => guarded.some((matches) => matches(name));
  const steps: Step[] = [];
  const notes: Note[] = [];
  const outdated: Record<string, readonly string[] | null> = {};
  for (const topic of desired.topics) {
    const there = live.topics.get(topic.name);
    if (there === undefined) steps.push(creation(topic, live));
    else {
      const changes = changesOf({ topic, there, desired, live, protected: isProtected(topic.name) });
      if (!owned.has(topic.name)) {
        const found = stranger(topic.name, changes);
        if ('kind' in found) steps.push(found);
        else notes.push(found);
        continue;
      }
      steps.push(...changes);
      const settings = Object.keys(topic.config).sort();
      const recorded = [...(owned.get(topic.name) ?? [])].sort();
      if (!changes.some(({ kind }) => kind === 'set-config') && settings.join() !== recorded.join()) outdated[topic.name] = settings;
    }
  }
  for (const name of [...owned.keys()].filter((each) => !wanted.has(each)).sort()) {
    if (!live.topics.has(name)) outdated[name] = null;
    else if (desired.deleteTopics) steps.push(deletion(name, live, isProtected(name)));
    else
      notes.push({
        code: 'topic-left',
        message: `the topic ${name} is owned and no longer declared, and it stays; to remove it say convergence.deleteTopics: true, to forget it: kafkon topics <environment> release ${name}`,
      });
  }
  return { steps, notes: [...notes, ...racksNote(live)], outdated: { topics: outdated } };
}

function creation(topic: DesiredTopic, live: Live): Step {
  const { name, partitions, replicationFactor, config } = topic;
  if (replicationFactor > live.brokers.length) return tooFewBrokers(topic, live);
  const undo = undoTopicCreation(name);
  return {
    kind: 'create-topic',
    id: `create-topic ${name}`,
    class: 'online',
    affects: [],
    undo,
    topic: name,
    partitions,
    replicationFactor,
    ...placement(topic, live.brokers),
    config,
  };
}

function stranger(name: string, changes: readonly Step[]): Step | Note {
  const remedy = `kafkon topics <environment> adopt ${name}`;
  if (changes.length === 0)
    return { code: 'topic-not-owned', message: `the topic ${name} is as declared and not owned; to keep it so: ${remedy}` };
  // Where its copies are is not declared, so that it does not differ from what is.
  if (changes.every(isMereSpread)) {
    const message = `the topic ${name} is as declared and not owned, and has copies in fewer racks than they could be in; to have them spread: ${remedy}`;
    return { code: 'topic-not-owned', message };
  }
  return topicRefusal(name, 'ownership', 'it exists, differs from what is declared, and is not owned', remedy);
}

interface Comparison {
  readonly topic: DesiredTopic;
  readonly there: LiveTopic;
  readonly desired: Desired;
  readonly live: Live;
  readonly protected: boolean;
}

function changesOf(comparison: Comparison): readonly Step[] {
  return [...planReplication(comparison), ...partitions(comparison), ...configChange(comparison)];
}

function partitions({ topic, there, live, protected: guarded }: Comparison): readonly Step[] {
  const { name, partitions: to } = topic;
  const from = there.replicas.length;
  if (to === from) return [];
  if (to < from) {
    const reason = `it has ${from} partitions and ${to} are declared, and Kafka can't take partitions away`;
    return [topicRefusal(name, 'partitions', reason, `declare ${from}, or make a topic with another name and move to it`)];
  }
  // It looks at the racks of all brokers before anything else, and fails with an unexpected error, also where the replicas are named.
  if (stopsAtRacks(live)) {
    const reason = `it has ${from} partitions and ${to} are declared, and a cluster with ZooKeeper adds none while some of its brokers name a rack and others do not`;
    return [topicRefusal(name, 'partitions', reason, racksRemedy(live))];
  }
  const affects = [
    `records of one key may go to another partition than before, so their order across the change is lost`,
    ...groupsText(name, live.impact),
  ];
  return [
    {
      kind: 'add-partitions',
      id: `add-partitions ${name}`,
      class: 'irreversible',
      affects,
      undo: [],
      topic: name,
      from,
      to,
      protected: guarded,
    },
  ];
}

function stopsAtRacks({ metadata, brokers }: Live): boolean {
  return metadata === 'zookeeper' && hasUnevenRacks(brokers);
}

function racksRemedy({ brokers }: Live): string {
  const without = brokers.filter(({ rack }) => rack === undefined).map(({ id }) => id);
  const [many, them] = without.length === 1 ? ['broker', 'it'] : ['brokers', 'them'];
  return `give the ${many} ${without.join(', ')} a zone too and restart ${them}, or take it from all`;
}

/** Kafka's own topics for offsets and transactions are made when they are first asked for, and are not made then. */
function racksNote(live: Live): readonly Note[] {
  if (!stopsAtRacks(live)) return [];
  const message = `some brokers name a rack and others do not, and a cluster with ZooKeeper then makes none of its own topics: where they are not there yet, no group can read and no plan can be applied; ${racksRemedy(live)}`;
  return [{ code: 'racks-uneven', message }];
}

function deletion(name: string, live: Live, guarded: boolean): Step {
  const affects = [...lostBytesText(name, live.impact, () => 'all'), ...groupsText(name, live.impact)];
  return { kind: 'delete-topic', id: `delete-topic ${name}`, class: 'data-loss', affects, undo: [], topic: name, protected: guarded };
}
