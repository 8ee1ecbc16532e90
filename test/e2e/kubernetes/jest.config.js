const unit = require('../../../jest.config.js');

/** Suites that run clusters on Kubernetes: two at a time, since each waits as long for Kubernetes as it takes the processor. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/kubernetes/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Four times what the longest needs on a quiet machine of two cores; what ends a suite that hangs is its budget.
  testTimeout: 900_000,
  maxWorkers: 2,
  verbose: true,
};
