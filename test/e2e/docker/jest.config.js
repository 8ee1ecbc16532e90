const unit = require('../../../jest.config.js');

/** Suites that run clusters on a Docker engine: one at a time, since each takes both cores while it starts. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/docker/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
