import { describe, expect, it } from '@jest/globals';
import { readNodeMetrics } from '../../lib/lifecycle';
import { exported } from '../support/docker/fake-ports';

describe('what a node says of its partitions', () => {
  it('is read from what the exporter prints', () => {
    expect(readNodeMetrics(exported({ controller: true, underReplicated: 4, underMinIsr: 1, atMinIsr: 2, replicas: 9 }))).toEqual({
      activeController: true,
      underReplicated: 4,
      underMinIsr: 1,
      atMinIsr: 2,
      replicas: 9,
    });
  });

  it('takes numbers with an exponent, and 0 for what a controller has none of', () => {
    expect(readNodeMetrics('kafka_server_replicamanager_underreplicatedpartitions 1.2E3\n')?.underReplicated).toBe(1200);
    expect(readNodeMetrics('kafka_controller_kafkacontroller_activecontrollercount 1.0\n')).toMatchObject({
      activeController: true,
      atMinIsr: 0,
      // Nobody may take that for none.
      replicas: undefined,
    });
  });

  it('is nothing where nothing of it was printed', () => {
    expect(readNodeMetrics('')).toBeUndefined();
    expect(readNodeMetrics('jvm_threads_current 4.0\n')).toBeUndefined();
  });
});
