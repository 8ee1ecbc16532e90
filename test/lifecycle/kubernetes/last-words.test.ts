import { describe, expect, it } from '@jest/globals';
import { lastWords, tellingLine } from '../../../lib/lifecycle/kubernetes/last-words';

const wrongPassword =
  `[21:55:53] ERROR Encountered fatal fault: caught exception (org.apache.kafka.server.fault.ProcessTerminatingFaultHandler)
org.apache.kafka.common.KafkaException: Failed to load SSL keystore /stores/keystore.p12 of type PKCS12
\tat org.apache.kafka.common.security.ssl.DefaultSslEngineFactory$FileBasedStore.load(DefaultSslEngineFactory.java:383)
\tat kafka.Kafka.main(Kafka.scala)
Caused by: java.io.IOException: keystore password was incorrect
\tat java.base/sun.security.pkcs12.PKCS12KeyStore.engineLoad(Unknown Source)
\t... 28 more
[21:55:54] INFO App info kafka.server for 0 unregistered (org.apache.kafka.common.utils.AppInfoParser)`.split('\n');

describe('what a log says of a failure', () => {
  it('is the last error and its causes, without the places in the code and what came after', () => {
    expect(tellingLine(wrongPassword)).toBe(
      'org.apache.kafka.common.KafkaException: Failed to load SSL keystore /stores/keystore.p12 of type PKCS12; java.io.IOException: keystore password was incorrect',
    );
  });

  it('is a line of the log itself where no exception follows it', () => {
    const lines = [
      '[1] ERROR the first',
      '[2] ERROR Connection to node 0 failed authentication due to: SSL handshake failed',
      '[3] INFO on',
    ];
    expect(tellingLine(lines)).toBe('[2] ERROR Connection to node 0 failed authentication due to: SSL handshake failed');
  });

  it('is rather what was thrown than a line that says no more than that it failed again', () => {
    const lines = [
      '[1] ERROR Unable to register the broker because of an authentication exception.',
      'org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed',
      'Caused by: javax.net.ssl.SSLHandshakeException: No subject alternative DNS name matching kafka-0.kafka-headless found.',
      '[2] ERROR Connection to node 0 failed authentication due to: SSL handshake failed',
    ];
    expect(tellingLine(lines)).toMatch(
      /^org.*SSL handshake failed; javax\.net\.ssl\.SSLHandshakeException: No subject alternative DNS name/,
    );
  });

  it('has each cause once, though those above it repeat it', () => {
    const lines = [
      'org.apache.kafka.common.config.ConfigException: Invalid value javax.net.ssl.SSLHandshakeException: validity check failed for A',
      'Caused by: javax.net.ssl.SSLHandshakeException: validity check failed',
      'Caused by: java.security.cert.CertificateExpiredException: NotAfter: Mon Nov 16 22:00:17 GMT 2026',
    ];
    expect(tellingLine(lines)).toBe(
      'org.apache.kafka.common.config.ConfigException: Invalid value javax.net.ssl.SSLHandshakeException: validity check failed for A; java.security.cert.CertificateExpiredException: NotAfter: Mon Nov 16 22:00:17 GMT 2026',
    );
  });

  it('is what a tool of Kafka ends with', () => {
    expect(
      tellingLine(['Exception in thread "main" java.lang.RuntimeException: no such directory', '\tat kafka.Main.main(Main.java)']),
    ).toBe('Exception in thread "main" java.lang.RuntimeException: no such directory');
  });

  it('is nothing where there is no error; the last line is what a script ends with', () => {
    const lines = ['[1] INFO ErrorHandler is there', 'the secret keystore-password is missing or empty', ''];
    expect(tellingLine(lines)).toBeUndefined();
    expect(lastWords(lines)).toBe('the secret keystore-password is missing or empty');
    expect(lastWords(['', ' '])).toBeUndefined();
  });

  it('is no longer than a reason may be', () => {
    expect(tellingLine([`ERROR ${'x'.repeat(1000)}`])).toHaveLength(600);
  });
});
