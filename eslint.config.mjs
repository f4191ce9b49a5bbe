import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['libs/**/*.ts', 'apps/**/*.ts', 'apps/**/*.tsx', 'test/**/*.ts'];
const TESTS = ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts'];
const nodeGlobals = [
  'AbortController',
  'AbortSignal',
  'Buffer',
  'URL',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Only libs/runtime reads the environment; take what you need from MachConfig.',
};

export default tseslint.config(
  { ignores: ['dist/**', '.mach/**', 'coverage/**', 'node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: TYPESCRIPT,
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // One import per module: types and values together, `import type` when there are only types.
      'no-duplicate-imports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Nest's modules and markers are empty classes that carry a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    // process.env is read in one place (ARCHITECTURE.md); the entry points of processes hand it to that
    // place.
    files: ['libs/**/*.ts', 'apps/gateway/**/*.ts', 'apps/aggregator/**/*.ts', 'apps/notifier/**/*.ts'],
    ignores: ['libs/runtime/src/**', ...TESTS],
    rules: { 'no-restricted-properties': ['error', noEnvironment] },
  },
  {
    // The domain knows neither the time nor chance: both are arguments.
    files: ['libs/domain/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        noEnvironment,
        { object: 'Date', property: 'now', message: 'The time is an argument.' },
        { object: 'Math', property: 'random', message: 'Chance is an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The time is an argument.',
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'performance',
        'setTimeout',
        'setInterval',
        'crypto',
        'Buffer',
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // Jest's matchers take methods as values, and its `any` matchers are typed as such.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // A specification is read from top to bottom; cutting it in two helps nobody.
      'max-lines': 'off',
      // Payloads of messages are written as literals, as they come out of JSON.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  { files: ['**/vite.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      ecmaVersion: 2024,
      globals: Object.fromEntries(
        [...nodeGlobals, 'module', 'require', '__dirname'].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  prettier,
);
