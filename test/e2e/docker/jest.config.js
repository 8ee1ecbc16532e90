const unit = require('../../../jest.config.js');

/** Suites that run clusters on a Docker engine: one at a time, since each takes both cores while it starts. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/docker/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Four times what the longest needs on a quiet machine of two cores; what ends a suite that hangs is its budget.
  testTimeout: 600_000,
  maxWorkers: 1,
};
