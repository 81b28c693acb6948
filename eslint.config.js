import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The layers of the product, lowest first. A room may import from the rooms named beside it and
 * from itself; everything else is an error. `docs/architecture.md` draws the same picture and a
 * test holds the two together.
 */
export const layers = {
  base: [],
  accounts: ['base'],
  money: ['base'],
  script: ['base'],
  net: ['base'],
  models: ['base', 'accounts', 'script', 'net'],
  studios: ['base', 'accounts', 'money', 'script', 'net'],
  animatic: ['base', 'script', 'studios'],
  writing: ['base', 'money', 'script', 'net', 'models'],
  media: ['base', 'script'],
  downloads: ['base', 'net', 'studios', 'media'],
  jobs: ['base', 'accounts', 'money', 'script', 'net', 'studios', 'media', 'downloads'],
  webview: [],
  editor: [
    'base',
    'accounts',
    'money',
    'script',
    'net',
    'models',
    'studios',
    'writing',
    'media',
    'downloads',
    'jobs',
    'animatic',
    'webview',
  ],
};

/** Rooms with an inside: others import their `index.ts` and nothing else. */
export const closed = ['animatic'];

/** The only files outside `editor/` that may import `vscode`. */
const mayImportVscode = ['src/extension.ts', 'src/models/chat/vscode-chat.ts'];

/** The functions of `vscode.window` that show words; as a pattern for a selector. */
const speaking =
  '/^(show(Information|Warning|Error)Message|(show|create)(InputBox|QuickPick)|with(Scm)?Progress|setStatusBarMessage|showWorkspaceFolderPick)$/';

/** What VS Code reads links or pictures into; only these files may hand it words there. */
const wordRules = {
  files: ['src/**/*.ts'],
  ignores: ['src/editor/ui/window.ts', 'src/editor/ui/steps.ts', 'src/editor/ui/hover.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...[
        `MemberExpression[property.name=${speaking}]`,
        `MemberExpression[property.value=${speaking}]`,
        `ObjectPattern > Property[key.name=${speaking}]`,
      ].map((selector) => ({
        selector,
        message:
          'Words from outside may be in it: src/editor/ui/window.ts shows them as they stand.',
      })),
      {
        selector: 'NewExpression[callee.property.name="MarkdownString"]',
        message:
          'Words from outside may be in it: src/editor/ui/hover.ts shows them as they stand.',
      },
    ],
  },
};

const layerRules = Object.entries(layers).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  ignores: mayImportVscode,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths:
          room === 'editor'
            ? []
            : [{ name: 'vscode', message: 'Only src/editor/ may import vscode.' }],
        patterns: Object.keys(layers)
          .filter((other) => other !== room && !allowed.includes(other))
          .map((other) => ({
            group: [`**/${other}/**`],
            message: `src/${room}/ may not import from src/${other}/.`,
          }))
          .concat(
            closed
              .filter((other) => other !== room && allowed.includes(other))
              .map((other) => ({
                group: [`**/${other}/**`, `!**/${other}/index.ts`],
                message: `Outside of src/${other}/ only its index.ts may be imported.`,
              })),
          ),
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: ['node_modules/', 'dist/', 'out/', '.vscode-test/', 'demo-output/'],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  ...layerRules,
  wordRules,
);
