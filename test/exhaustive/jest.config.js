const unit = require('../../jest.config.js');

/** Sweeps that take too long for every change: real brokers one cluster at a time, and the laws with as many cases as LAW_CASES says. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/exhaustive/**/*.test.ts', '<rootDir>/test/laws/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
