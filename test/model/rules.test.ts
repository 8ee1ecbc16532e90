import { describe, expect, it } from '@jest/globals';
import { checkEnvironment, declaredPlatforms, type Environment, formatPath, parseEnvironment, rules } from '../../lib/model';
import { environmentWith } from './good-environment';
import { accessRows } from './rules/access-rows';
import { configRows } from './rules/config-rows';
import { imagesRows } from './rules/images-rows';
import { listenersRows } from './rules/listeners-rows';
import { metadataRows } from './rules/metadata-rows';
import { nodesRows } from './rules/nodes-rows';
import { platformsRows } from './rules/platforms-rows';
import type { Row } from './rules/row';
import { schemasRows } from './rules/schemas-rows';
import { securityRows } from './rules/security-rows';
import { strimziRows } from './rules/strimzi-rows';
import { topicsRows } from './rules/topics-rows';

const rows: readonly Row[] = [
  ...imagesRows,
  ...metadataRows,
  ...nodesRows,
  ...listenersRows,
  ...configRows,
  ...topicsRows,
  ...securityRows,
  ...accessRows,
  ...platformsRows,
  ...schemasRows,
  ...strimziRows,
];

const both = { platforms: ['kubernetes', 'docker'] } as const;

function good(change = {}): Environment {
  const { environment, problems } = parseEnvironment(environmentWith(change), both);
  if (environment === undefined) throw new Error(JSON.stringify(problems));
  return environment;
}

describe('the rules', () => {
  it.each(['kraft', 'zookeeper'] as const)('find nothing wrong with the good environment on %s', (metadata) => {
    expect(parseEnvironment(environmentWith({}, metadata), both).problems).toEqual([]);
  });

  it.each(rows.map((row) => [`${row.code} at ${formatPath(row.path)}`, row] as const))('find %s', (_, row) => {
    const { environment, problems } = parseEnvironment(environmentWith(row.change, row.metadata), both);
    const { code, severity = 'error', path, message } = row;
    expect(problems.filter((problem) => problem.code === code)).toEqual([{ code, severity, path, message }]);
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set([code, ...(row.also ?? [])]));
    expect(environment === undefined).toBe(problems.some((problem) => problem.severity === 'error'));
  });

  it('each have a row here', () => {
    expect(rules.map(({ code }) => code).filter((code) => !rows.some((row) => row.code === code))).toEqual([]);
  });

  it('have codes of their own, of the form area/what', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });

  it('speak in lower case, without a final period, and with a remedy', () => {
    const messages = rows.map(({ message }) => message);
    expect(
      messages.filter(
        (message) => message.endsWith('.') || /^[A-Z][a-z]/.test(message.replace(/^(Kafka|ZooKeeper|Confluent|StatefulSet) /, '')),
      ),
    ).toEqual([]);
    expect(messages.filter((message) => !/[;:]/.test(message))).toEqual([]);
  });

  it('never repeat a secret', () => {
    const literal = rows.filter(({ code }) => code === 'secret/literal');
    expect(literal.length).toBeGreaterThan(0);
    for (const { change } of literal) {
      expect(JSON.stringify(change)).toContain('hunter2');
      expect(JSON.stringify(parseEnvironment(environmentWith(change), both).problems)).not.toContain('hunter2');
    }
  });
});

describe('checkEnvironment', () => {
  it('turns warnings into errors under strictMode, and leaves notices', () => {
    const change = { 'security/mfaRequiredForAdmin': true, 'protectedTopics/1': 'payments' };
    const severities = (strictMode: boolean) =>
      parseEnvironment(environmentWith({ ...change, 'security/strictMode': strictMode }), both).problems.map(({ code, severity }) => [
        code,
        severity,
      ]);
    expect(severities(false)).toEqual([
      ['security/no-second-factor', 'notice'],
      ['reference/protects-nothing', 'warning'],
    ]);
    expect(severities(true)).toEqual([
      ['security/no-second-factor', 'notice'],
      ['reference/protects-nothing', 'error'],
    ]);
  });

  it('leaves out the rules of a platform that is not asked for', () => {
    const environment = good({ 'platform/docker/ports': { grafana: 3001 } });
    const colliding = {
      ...environment,
      platform: { ...environment.platform, docker: { ...environment.platform.docker, ports: { grafana: 8080 } } },
    };
    expect(checkEnvironment(colliding, { platforms: ['docker'] }).map(({ code }) => code)).toEqual(['docker/port-collision']);
    expect(checkEnvironment(colliding, { platforms: ['kubernetes'] })).toEqual([]);
  });

  it('judges an environment for the platforms it says anything about, else for Kubernetes', () => {
    const platformsFor = (change: object) => declaredPlatforms(good({ 'listeners/2/scope': 'internal', ...change }));
    expect(platformsFor({})).toEqual(['kubernetes', 'docker']);
    expect(platformsFor({ 'platform/docker': undefined })).toEqual(['kubernetes']);
    expect(platformsFor({ 'platform/kubernetes': undefined })).toEqual(['docker']);
    expect(platformsFor({ platform: undefined })).toEqual(['kubernetes']);
  });
});
