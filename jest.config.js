/** Unit tests need Node alone; the suites that need real parts have configs of their own under test/. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // No test is about time: a busy machine gets as much as it needs.
  testTimeout: 60_000,
  // One less by default, which on two processors is half of the machine.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/e2e/',
    '<rootDir>/test/integration/',
    '<rootDir>/test/exhaustive/',
    '<rootDir>/test/api-server/',
    '<rootDir>/test/package/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  // Lazy imports name the compiled file, as Node wants it; the tests run on the sources.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
};
