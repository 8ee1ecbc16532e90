/** The common name on the brokers' certificates; a super user. */
export function brokerPrincipal(environmentName: string): string {
  return `${environmentName.toLowerCase()}-broker`;
}

/** The common name on the certificate of the backup, which may see everything and change nothing. */
export function backupPrincipal(environmentName: string): string {
  return `${environmentName.toLowerCase()}-backup`;
}

/** The common name on the convergence's certificate; a super user. */
export function convergencePrincipal(environmentName: string): string {
  return `${environmentName.toLowerCase()}-kafkon`;
}
