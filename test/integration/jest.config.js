const unit = require('../../jest.config.js');

/** Suites that start real Kafka processes: two at a time, since each takes a core while it starts and waits much of the rest. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Longer than any wait in a test, so that what is waited for is what a failure tells.
  testTimeout: 480_000,
  maxWorkers: 2,
};
