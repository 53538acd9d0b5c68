/** What the compiler cannot see: lost promises, money through floats, a second way of doing what the house does one way. Layout is biome's. */
import tseslint from 'typescript-eslint';
import { PROGRAM_FOLDERS } from './config/modules.mjs';
import { noFloatPence } from './config/lint/no-float-pence.mjs';

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only programs and platform/config read the environment: take the setting from Config.',
};
const noHiddenClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A decision is given its `now`.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'A decision is given its `now`.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'A decision gives the same answer to the same facts.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.cache/', '.data/'] },
  {
    files: ['**/*.ts', '**/*.mjs'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': tseslint.plugin, house: { rules: { 'no-float-pence': noFloatPence } } },
    languageOptions: { parser: tseslint.parser },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-self-compare': 'error',
      'no-unreachable': 'error',
      'no-fallthrough': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-unsafe-finally': 'error',
      'no-control-regex': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'house/no-float-pence': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['src/**/*.spec.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    // What PostgreSQL's own programs are started with is the environment we were given, less a little.
    ignores: [
      'src/*.ts',
      ...PROGRAM_FOLDERS.map((folder) => `src/${folder}/**`),
      'src/platform/config/**',
      'src/platform/database/embedded/run.ts',
      'src/**/*.spec.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', noEnvironment] },
  },
  {
    // The queue library's own types ask for any; its keeper lets none of them out.
    files: ['src/platform/queue/queues.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['src/kernel/pence.ts'],
    rules: { 'house/no-float-pence': 'off' },
  },
  {
    files: ['src/**/*.rules.ts', 'src/**/*.entries.ts', 'src/**/*.lifecycle.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnvironment, ...noHiddenClock] },
  },
);
