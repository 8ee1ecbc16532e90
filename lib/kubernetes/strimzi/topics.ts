import type { Construct } from 'constructs';
import { derivedName, dnsLabelLimit, type Environment } from '../../model';
import { digest } from '../content-hash';
import { createStrimzi } from '../custom-resources/strimzi';
import { strimziMetadata } from './names';

/** What the name of an object may be: a topic's may be more. */
const objectName = /^(?=.{1,63}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** A name for the resource of a topic; the hash keeps `a_b` and `a-b` apart. */
function topicResourceName(topic: string): string {
  if (objectName.test(topic)) return topic;
  return derivedName(dnsLabelLimit, topic, digest(topic).slice(0, 8));
}

/** A topic for each of the environment, where the operator owns them. */
export function createTopics(scope: Construct, environment: Environment): void {
  if (environment.convergence.topics !== 'operator') return;
  for (const { name, partitions, replicationFactor, config } of environment.topics) {
    const resource = topicResourceName(name);
    const metadata = { ...strimziMetadata(environment, 'topic', name), name: resource };
    createStrimzi(scope, `Topic-${name}`, 'KafkaTopic', metadata, {
      ...(resource === name ? {} : { topicName: name }),
      partitions,
      replicas: replicationFactor,
      config,
    });
  }
}
