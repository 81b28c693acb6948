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

/** What VS Code reads links or pictures into. */
const foreignWords = [
  ...[
    `MemberExpression[property.name=${speaking}]`,
    `MemberExpression[property.value=${speaking}]`,
    `ObjectPattern > Property[key.name=${speaking}]`,
  ].map((selector) => ({
    selector,
    message: 'Words from outside may be in it: src/editor/ui/window.ts shows them as they stand.',
  })),
  {
    selector: 'NewExpression[callee.property.name="MarkdownString"]',
    message: 'Words from outside may be in it: src/editor/ui/hover.ts shows them as they stand.',
  },
];

/** Lists are written as the language of messages writes them; those of a message also in other rooms. */
const join =
  'CallExpression[callee.property.name="join"][arguments.0.value=/^(, | · | and | or )$/]';
const listsIn = (selector) => ({
  selector,
  message: 'src/base/lists.ts writes lists as the language of messages does.',
});

/** Rooms whose lists somebody reads; in others they are prompts, files and data. */
const listingRooms = [
  'accounts',
  'animatic',
  'downloads',
  'editor',
  'jobs',
  'media',
  'money',
  'studios',
];

/** Only these files may hand words from outside to VS Code. */
const showing = ['src/editor/ui/window.ts', 'src/editor/ui/steps.ts', 'src/editor/ui/hover.ts'];

const wordRules = [
  {
    files: ['src/**/*.ts'],
    restricted: [...foreignWords, listsIn(`CallExpression[callee.name="t"] ${join}`)],
  },
  {
    files: listingRooms.map((room) => `src/${room}/**/*.ts`),
    restricted: [...foreignWords, listsIn(join)],
  },
  { files: showing, restricted: [listsIn(join)] },
].map(({ files, restricted }) => ({
  files,
  rules: { 'no-restricted-syntax': ['error', ...restricted] },
}));

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
  ...wordRules,
);
