import { type CertificateObject, TestIssuer } from './issuer';
import type { Stage } from './stage';

/** Does something while the brokers' Secret holds the certificate and the trust of another authority; then the right ones are back. */
export async function withStrangeCertificate<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result> {
  const manifests = (await stage.manifests()) as unknown as readonly CertificateObject[];
  const broker = manifests.find(({ kind, spec }) => kind === 'Certificate' && spec.secretName === 'kafka-broker-cert');
  if (broker === undefined) throw new Error('the environment has no certificate of its brokers');
  const stranger = await TestIssuer.create(stage.secret('keystore-password'));
  await stage.send([await stranger.secretOf(broker)]);
  try {
    return await work();
  } finally {
    await stage.send([await stage.issuer.secretOf(broker)]);
  }
}
