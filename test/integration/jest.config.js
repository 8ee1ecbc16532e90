const unit = require('../../jest.config.js');

/** Suites that start real Kafka processes: one at a time, since each takes a core or two while it starts. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
  maxWorkers: 1,
};
