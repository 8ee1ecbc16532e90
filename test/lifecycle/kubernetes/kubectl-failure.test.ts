import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../../../lib/lifecycle';
import { applyFailure, kubectlFailure } from '../../../lib/lifecycle/kubernetes/kubectl-failure';

const code = (stderr: string) => kubectlFailure('asking', stderr).problems.map((problem) => problem.code);
const object = (kind: string, name: string): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name } });
const review =
  'Please review the fields above--they currently have other managers. Here\nare the ways you can resolve this warning:\n* If you';

describe('what kubectl says of a failure', () => {
  it.each([
    ['The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?', 'kubernetes/unreachable'],
    ['Unable to connect to the server: dial tcp: lookup nowhere: no such host', 'kubernetes/unreachable'],
    ['error: You must be logged in to the server (Unauthorized)', 'kubernetes/unauthorized'],
    ['error: context "nowhere" does not exist', 'kubernetes/no-such-context'],
    ['Error in configuration: context was not found for specified context: foo', 'kubernetes/no-such-context'],
    ['Error from server (Forbidden): pods is forbidden: User "viewer" cannot list resource', 'kubernetes/forbidden'],
    ['Error from server (Invalid): it is invalid', 'kubernetes/refused'],
  ])('%s', (text, expected) => {
    expect(code(text)).toEqual([expected]);
  });

  it('is told without the lines of its own log', () => {
    const { message } = kubectlFailure('asking', 'E1121 17:43:13.3 1 memcache.go:265] "Unhandled Error"\nerror: nothing there');
    expect(message).toBe('asking: nothing there');
  });
});

describe('what kubectl says more than once', () => {
  it('is told once', () => {
    expect(kubectlFailure('asking', 'error: context "a" does not exist\nerror: context "a" does not exist\n').message).toBe(
      'context "a" does not exist; "kubectl config get-contexts" names those that there are',
    );
  });
});

describe('what went wrong with objects that were applied together', () => {
  it('names each object, whose field it is and which', () => {
    const objects = [object('ConfigMap', 'a'), object('Service', 'b'), object('Secret', 'c')];
    const stderr = [
      `Apply failed with 1 conflict: conflict with "helm": .data.x\n${review}`,
      `Apply failed with 2 conflicts: conflicts with "kubectl" using v1:\n- .data.y\n- .data.z\n${review}`,
    ].join('\n');
    const failure = applyFailure(objects, new Set(objects.slice(1, 2)), stderr);
    expect(failure.problems.map((problem) => problem.code)).toEqual(['kubernetes/field-owned', 'kubernetes/field-owned']);
    expect(failure.message).toContain('ConfigMap a: "helm" has set .data.x to something else');
    expect(failure.message).toContain('Secret c: "kubectl" has set .data.y, .data.z to something else');
  });

  it('names the object of any other refusal', () => {
    const objects = [object('ConfigMap', 'a'), object('Service', 'b')];
    const stderr = 'Error from server (NotFound): namespaces "x" not found\nThe Service "b" is invalid: spec.ports: Required value\n';
    expect(applyFailure(objects, new Set(), stderr).problems.map(({ message }) => message)).toEqual([
      'ConfigMap a: Error from server (NotFound): namespaces "x" not found',
      'Service b: The Service "b" is invalid: spec.ports: Required value',
    ]);
  });

  it('tells all that was said where it cannot be told apart', () => {
    const { message } = applyFailure([object('ConfigMap', 'a')], new Set(), 'Unable to connect to the server: EOF');
    expect(message).toContain('no API server answers');
  });
});
