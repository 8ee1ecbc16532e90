import type { ConnectorStep } from './perform-connectors';
import type { SchemaStep } from './perform-schemas';
import { type StepText, text } from './step-words';

/** What a step at the schema registry does, in words. */
export function schemaStepText(step: SchemaStep): StepText {
  switch (step.kind) {
    case 'set-compatibility': {
      const from = step.from === undefined ? '' : `${step.from} → `;
      return text('~', step.subject === undefined ? 'all other subjects' : `subject ${step.subject}`, `compatibility ${from}${step.level}`);
    }
    case 'register-schema': {
      const refers = step.references.length === 0 ? '' : `, refers to ${step.references.map(({ subject }) => subject).join(', ')}`;
      const level = step.compatibility === undefined ? '' : `, compatibility ${step.compatibility}`;
      if (step.again !== undefined) {
        const { version, latest } = step.again;
        return text(
          '~',
          `subject ${step.subject}`,
          `version ${version}, which is declared, once more as the latest, after version ${latest}`,
        );
      }
      return step.isNew
        ? text('+', `subject ${step.subject}`, `${step.type} schema${refers}${level}`)
        : text('~', `subject ${step.subject}`, `new version of its ${step.type} schema${refers}`);
    }
    case 'delete-subject':
      return text('-', `subject ${step.subject}`, 'no longer declared');
  }
}

/** What a step at Kafka Connect does, in words. Secrets are named, never shown. */
export function connectorStepText(step: ConnectorStep): StepText {
  const subject = `connector ${step.connector}`;
  switch (step.kind) {
    case 'put-connector': {
      if (step.isNew) {
        const secrets = Object.entries(step.secrets).map(([key, secret]) => `${key} from the secret ${secret}`);
        return text('+', subject, step.config['connector.class'] ?? 'new', [
          ...Object.entries(step.config)
            .filter(([key]) => key !== 'connector.class')
            .map(([key, value]) => `${key}=${value}`),
          ...secrets,
        ]);
      }
      const words = step.changed.map((key) => {
        const secret = step.secrets[key];
        if (secret !== undefined) return `${key} from the secret ${secret}`;
        const before = step.from[key];
        return `${key} ${before === undefined ? '' : `${before} → `}${step.config[key] ?? 'default'}`;
      });
      return text('~', subject, words.join(', '));
    }
    case 'set-connector-state':
      return text('~', subject, step.from === undefined ? step.to : `${step.from} → ${step.to}`);
    case 'delete-connector':
      return text('-', subject, 'no longer declared');
  }
}
