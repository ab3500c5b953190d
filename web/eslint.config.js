// What the linter looks at beside the types.

import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Names of classes and checkpoints come from strangers: they enter a page as text, never as markup.
// And what is built stands inside pages that reach nobody, in a school without a network.
const MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write'];
const FETCHING = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts'];

export default defineConfig(
  globalIgnores(['runtime/assembly', 'runtime/gemm_wasm.ts']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: 'test' }] },
      ],
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // What arrives in a message is typed by who reads it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipComments: true }],
      'no-eval': 'error',
      'no-restricted-globals': ['error', ...FETCHING],
      'no-restricted-properties': [
        'error',
        ...MARKUP.map((name) => {
          const [property, object] = name.split('.').reverse();
          return { property, ...(object && { object }), message: 'Use h() of lib/dom.ts.' };
        }),
      ],
    },
  },
  // These speak with the server that their page came from, and with no other.
  { files: ['classroom/live.ts', 'lib/carrier.ts'], rules: { 'no-restricted-globals': 'off' } },
);
