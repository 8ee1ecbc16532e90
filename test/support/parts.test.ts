import { describe, expect, it } from '@jest/globals';
import type { Host } from './host';
import { thisHost } from './host';
import type { PartName, Registrar } from './parts';
import { describeWith, missingParts, PARTS, part } from './parts';

const hostWith = (commands: readonly string[], env: Host['env'] = {}, answers = true): Host => ({
  env,
  has: (command) => commands.includes(command),
  succeeds: (command) => answers && commands.includes(command),
});

describe('part', () => {
  it('is present when its commands are on the PATH', () => {
    expect(part('java', hostWith(['java', 'javac', 'jar', 'keytool']))).toEqual({ present: true });
  });

  it('names the commands that are missing', () => {
    expect(part('java', hostWith(['java', 'jar']))).toEqual({ present: false, why: 'not on the PATH: javac, keytool' });
  });

  it('takes an API server for missing without KUBECONFIG, even where kubectl answers', () => {
    expect(part('kube-apiserver', hostWith(['kubectl']))).toEqual({ present: false, why: 'KUBECONFIG is not set' });
  });

  it('takes an API server for missing when none answers', () => {
    const found = part('kube-apiserver', hostWith(['kubectl'], { KUBECONFIG: 'admin.kubeconfig' }, false));
    expect(found).toMatchObject({ present: false, why: expect.stringContaining('no API server answers') });
  });

  it('takes an API server for present when it answers', () => {
    expect(part('kube-apiserver', hostWith(['kubectl'], { KUBECONFIG: 'admin.kubeconfig' }))).toEqual({ present: true });
  });

  it('takes a Docker client without an engine for missing', () => {
    expect(part('docker', hostWith(['docker'], {}, false))).toMatchObject({ present: false });
  });
});

describe('the list of parts', () => {
  it.each(Object.keys(PARTS) as PartName[])('says of %s which suite needs it and how to provide it', (name) => {
    expect(PARTS[name].suites.length).toBeGreaterThan(0);
    expect(PARTS[name].provide).not.toBe('');
    expect(missingParts([name], hostWith([]))).toEqual([expect.stringContaining(PARTS[name].provide)]);
  });
});

describe('this host', () => {
  it('finds the node that runs this test and nothing that does not exist', () => {
    expect(thisHost.succeeds(process.execPath, ['-e', '0'])).toBe(true);
    expect(thisHost.succeeds(process.execPath, ['-e', 'process.exit(1)'])).toBe(false);
    expect(thisHost.has('no-such-command-anywhere')).toBe(false);
  });
});

describe('describeWith', () => {
  function register(host: Host): {
    readonly calls: readonly string[];
    readonly warnings: readonly string[];
    readonly failures: readonly string[];
  } {
    const calls: string[] = [];
    const warnings: string[] = [];
    const failures: string[] = [];
    const registrar: Registrar = {
      describe: (title, suite) => {
        calls.push(`describe ${title}`);
        suite();
      },
      skip: (title) => calls.push(`skip ${title}`),
      it: (title, test) => {
        calls.push(`it ${title}`);
        try {
          test();
        } catch (error) {
          failures.push(String(error));
        }
      },
      warn: (line) => warnings.push(line),
    };
    describeWith(['maven', 'openssl'], 'brokers', () => registrar.it('starts', () => undefined), host, registrar);
    return { calls, warnings, failures };
  }

  it('runs the suite when every part is there', () => {
    expect(register(hostWith(['mvn', 'openssl']))).toEqual({ calls: ['describe brokers', 'it starts'], warnings: [], failures: [] });
  });

  it('fails under CI, naming what is missing and how to provide it', () => {
    const { calls, failures, warnings } = register(hostWith(['mvn'], { CI: 'true' }));
    expect(calls).toEqual(['describe brokers', 'it has the real parts it needs']);
    expect(failures).toEqual([expect.stringContaining('openssl (not on the PATH: openssl); to provide it: install OpenSSL 3')]);
    expect(warnings).toEqual([]);
  });

  it('skips elsewhere with one line that names the suite and every missing part', () => {
    const { calls, warnings } = register(hostWith([]));
    expect(calls).toEqual(['skip brokers']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^SKIPPED "brokers": missing maven .*; missing openssl /);
  });
});
