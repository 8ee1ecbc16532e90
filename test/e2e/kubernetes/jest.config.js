const unit = require('../../../jest.config.js');

/** Suites that run clusters on Kubernetes: one at a time, since each takes both cores while it starts. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/kubernetes/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 420_000,
  maxWorkers: 1,
  verbose: true,
};
