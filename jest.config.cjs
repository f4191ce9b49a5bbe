const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // With no options of its own, @swc/jest reads .swcrc: tests run what the build runs.
  transform: { '^.+\\.(ts|js)$': '@swc/jest' },
  // Node requires a package of ES modules, Jest has to be given one.
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    '^@mach/(domain|contracts|persistence|messaging|runtime)$': '<rootDir>/libs/$1/src/index.ts',
  },
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.mach'],
};

/** Servers are real, and so is a wrong use of their clients. */
const strict = { testEnvironment: '<rootDir>/test/support/jest/strict-environment.cjs' };

/**
 * Three layers: pure (`*.spec.ts` beside the code), real PostgreSQL and Redis (medium), all processes (e2e).
 */
module.exports = {
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/*/src/**/*.spec.ts'],
    },
    { ...base, ...strict, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    // Needs LibreOffice: `npm run libreoffice`, not `npm test`.
    { ...base, displayName: 'libreoffice', testMatch: ['<rootDir>/test/libreoffice/**/*.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
  ],
};
