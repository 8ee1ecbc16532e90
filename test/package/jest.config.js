const unit = require('../../jest.config.js');

/** Projects of others that import the packed package, with nothing of this checkout around them. */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/package/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
