/**
 * Who may import whom (ARCHITECTURE.md). Every rule is an error. A test (`*.spec.ts`, `test/`) may use any
 * tool, but goes to the libraries by the same doors as an app.
 */
const SPEC = '\\.spec\\.tsx?$';
const PACKAGE = (names) => `(^|/)node_modules/(${names})(/|$)`;

const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only(
      'no-cycles',
      'Two files that need each other are one thing, or a third is missing.',
      {},
      { circular: true },
    ),
    only(
      'no-orphans',
      'Nobody uses this file.',
      {
        orphan: true,
        pathNot: [
          SPEC,
          '\\.d\\.ts$',
          '(^|/)main\\.tsx?$',
          '\\.main\\.ts$',
          '(^|/)vite\\.config\\.ts$',
          '^libs/[^/]+/src/index\\.ts$',
          '^test/',
        ],
      },
      {},
    ),
    only('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    only(
      'declared',
      'A package that package.json does not name may be gone after the next install.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    only(
      'production-packages',
      'Services are deployed without development packages.',
      { path: '^(libs|apps/(gateway|aggregator|notifier))/', pathNot: SPEC },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    only(
      'domain-imports-nothing',
      'What is true needs no tool, not even node:*; only the language of rules takes its grammar from CEL (ADR 0034).',
      { path: '^libs/domain/', pathNot: [SPEC, '^libs/domain/src/rules/(parse|read)-expression\\.ts$'] },
      { pathNot: '^libs/domain/' },
    ),
    only(
      'rules-know-cel',
      'The grammar of CEL is known in one place, and nothing else beside it.',
      { path: '^(libs|apps)/', pathNot: '^libs/domain/src/rules/(parse|read)-expression\\.ts$' },
      { path: PACKAGE('@marcbachmann/cel-js') },
    ),
    only(
      'rules-know-nothing-but-cel',
      'What reads a rule needs a grammar, no other tool.',
      { path: '^libs/domain/src/rules/(parse|read)-expression\\.ts$' },
      { pathNot: ['^libs/domain/', PACKAGE('@marcbachmann/cel-js')] },
    ),
    only(
      'contracts-know-the-domain',
      'Messages are described with the domain and class-validator, nothing else.',
      { path: '^libs/contracts/', pathNot: SPEC },
      { pathNot: ['^libs/(contracts|domain)/', PACKAGE('class-validator|class-transformer')] },
    ),
    only(
      'persistence-knows-domain-and-contracts',
      'What is remembered knows nothing of how it travels or runs.',
      { path: '^libs/persistence/' },
      { path: '^libs/(messaging|runtime)/' },
    ),
    only(
      'messaging-knows-contracts-and-outbox',
      'What travels knows nothing of decisions or of how a process runs.',
      { path: '^libs/messaging/', pathNot: SPEC },
      { path: '^libs/(domain|runtime)/' },
    ),
    only(
      'runtime-knows-no-library',
      'How a process runs has nothing to do with what it does.',
      { path: '^libs/runtime/' },
      { path: '^libs/(?!runtime/)' },
    ),
    only('libraries-know-no-app', 'A library serves every app.', { path: '^libs/' }, { path: '^apps/' }),
    only(
      'apps-know-no-other-app',
      'Apps talk by messages and tables.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    only(
      'product-knows-no-test',
      'Tests know the product, not the other way round.',
      { path: '^(libs|apps)/' },
      { path: '^test/' },
    ),
    only(
      'by-the-front-door',
      'A library is entered through its index.ts.',
      { path: '^(?:libs/([^/]+)|apps|test)/' },
      { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    ),
    only(
      'web-knows-contracts-and-domain',
      'The web application speaks the public contract and runs the rules of the domain (ADR 0019).',
      { path: '^apps/web/' },
      { path: '^libs/(?!(?:contracts|domain)/)' },
    ),
    only(
      'web-takes-types-of-contracts',
      'A contract brings the decorators that check it on the server; the browser needs only its types.',
      { path: '^apps/web/' },
      { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'sql-only-in-persistence',
      'typeorm and pg are known in one place.',
      { path: '^(libs|apps)/', pathNot: '^libs/persistence/' },
      { path: PACKAGE('typeorm|pg') },
    ),
    only(
      'queues-only-in-messaging',
      'bullmq is known in one place.',
      { path: '^(libs|apps)/', pathNot: '^libs/messaging/' },
      { path: PACKAGE('bullmq') },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.mach)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
