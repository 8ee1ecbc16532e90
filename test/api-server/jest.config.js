const unit = require('../../jest.config.js');

/** Suites that need a real kube-apiserver, and what checks manifests beside it. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/api-server/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 240_000,
  maxWorkers: 2,
};
