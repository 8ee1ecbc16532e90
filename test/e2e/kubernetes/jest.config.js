const unit = require('../../../jest.config.js');

/** Suites that run clusters on Kubernetes: one at a time, since each takes both cores while it starts. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/kubernetes/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Four times what the longest needs on a quiet machine of two cores; what ends a suite that hangs is its budget.
  testTimeout: 900_000,
  maxWorkers: 1,
  verbose: true,
};
