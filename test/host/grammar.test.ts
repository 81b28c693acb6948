import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { labelWords } from '../../src/script/parse/label-table.ts';
import { sampleScript } from '../unit/script/sample.ts';

/** What is used here of the libraries by which VS Code itself colours texts. */
interface TextMate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: object) => {
    loadGrammar(scope: string): Promise<{
      tokenizeLine(
        line: string,
        stack: unknown,
      ): {
        readonly ruleStack: unknown;
        readonly tokens: readonly {
          readonly startIndex: number;
          readonly endIndex: number;
          readonly scopes: readonly string[];
        }[];
      };
    }>;
  };
  parseRawGrammar(text: string, file: string): unknown;
}

interface Onigmo {
  loadWASM(bytes: Uint8Array): Promise<void>;
  createOnigScanner(patterns: readonly string[]): unknown;
  createOnigString(text: string): unknown;
}

/** A piece of text and its scopes. */
type Piece = readonly [text: string, scopes: readonly string[]];

const markdown = 'text.html.markdown';
const { appRoot } = vscode.env;

describe('the colours of a script in the text editor', () => {
  let colour: (text: string, isOurs?: boolean) => Promise<readonly Piece[]>;

  before(async () => {
    const load = createRequire(path.join(appRoot, 'package.json'));
    const textmate = load('vscode-textmate') as TextMate;
    const onigmo = load('vscode-oniguruma') as Onigmo;
    await onigmo.loadWASM(await readFile(load.resolve('vscode-oniguruma/release/onig.wasm')));
    const extension = vscode.extensions.getExtension('scenewright.scenewright');
    assert.ok(extension);
    const { contributes } = extension.packageJSON as {
      readonly contributes: {
        readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
      };
    };
    const basics = path.join(appRoot, 'extensions', 'markdown-basics', 'syntaxes');
    const files = new Map([
      [markdown, path.join(basics, 'markdown.tmLanguage.json')],
      ...contributes.grammars.map(
        (one) => [one.scopeName, path.join(extension.extensionPath, one.path)] as const,
      ),
    ]);
    const ours = contributes.grammars.map(({ scopeName }) => scopeName);
    colour = async (text, isOurs = true) => {
      const registry = new textmate.Registry({
        onigLib: Promise.resolve(onigmo),
        loadGrammar: async (scope: string) => {
          const file = files.get(scope);
          return file === undefined
            ? undefined
            : textmate.parseRawGrammar(await readFile(file, 'utf8'), file);
        },
        getInjections: (scope: string) => (isOurs && scope === markdown ? ours : []),
      });
      const grammar = await registry.loadGrammar(markdown);
      let stack = textmate.INITIAL;
      return text.split('\n').flatMap((line) => {
        const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
        stack = ruleStack;
        return tokens.map(({ startIndex, endIndex, scopes }): Piece => [
          line.slice(startIndex, endIndex),
          scopes,
        ]);
      });
    };
  });

  /** The pieces that are ours, as text and the first words of their scope. */
  const ours = async (text: string): Promise<string[]> =>
    (await colour(text)).flatMap(([piece, scopes]) => {
      const scope = scopes.find((one) => one.endsWith('.scenewright'));
      return scope === undefined || scope.includes('separator') ? [] : [`${piece} ${scope}`];
    });

  it('tells numbers, places, times, seconds, speakers, labels and names apart', async () => {
    const text = sampleScript(1, [0]).replace('A dark lamp room', '@Old Tom in a dark room');
    assert.deepEqual(await ours(text), [
      'Enters keyword.other.label.scenewright',
      'Leaves keyword.other.label.scenewright',
      'Hand-off keyword.other.label.scenewright',
      '1 constant.numeric.scene.scenewright',
      'Lamp room entity.name.type.place.scenewright',
      'night string.unquoted.time.scenewright',
      '8 s constant.numeric.seconds.scenewright',
      'MARA entity.name.function.speaker.scenewright',
      'OLD TOM entity.name.function.speaker.scenewright',
      'Narration keyword.other.label.scenewright',
      'Sound keyword.other.label.scenewright',
      '@Old Tom entity.name.tag.mention.scenewright',
    ]);
  });

  it('keeps what Markdown says of all of it', async () => {
    const pieces = await colour(sampleScript(1, [0]));
    const scopesOf = (text: string): string =>
      pieces.find(([piece]) => piece === text)?.[1].join(' ') ?? '';
    assert.match(scopesOf('MARA'), /markup\.quote.*markup\.bold/u);
    assert.match(scopesOf('Narration'), /markup\.bold/u);
    assert.match(scopesOf('night'), /markup\.italic/u);
    assert.match(scopesOf('1'), /markup\.heading.*entity\.name\.section/u);
    assert.match(scopesOf('prompt'), /fenced_code/u);
  });

  it('knows the labels that scripts are written with, in every language', async () => {
    for (const [language, words] of Object.entries(labelWords)) {
      const [narration = '', sound = ''] = [words.narration, words.sound].map(
        (forms) => forms.split('|')[0]?.trim() ?? '',
      );
      for (const label of [narration, sound]) {
        const found = await ours(`**${label}:** x`);
        assert.deepEqual(found, [`${label} keyword.other.label.scenewright`], language);
      }
    }
  });

  it('leaves every other Markdown document as it is', async () => {
    const readme = `# Tool 2

Note: this is *important · really*, and **Note:** that, too. Mail me @home or @Mara.

> **Note**: read this first.
> **WARNING**: and this.

> Quoted: a word · another, 8 s.

## Step 1: Install

1. **Build** · 8 s · twice
   - Options: none

| A | B · 8 s |
| - | ------- |

\`\`\`js
// @Mara: **Narration:** 8 s
\`\`\`

**CLI:** use it. _All of it takes 8 s_
`;
    assert.deepEqual(await colour(readme), await colour(readme, false));
    const changelog = await readFile(
      path.join(
        vscode.extensions.getExtension('scenewright.scenewright')?.extensionPath ?? '',
        'CHANGELOG.md',
      ),
      'utf8',
    );
    assert.deepEqual(await colour(changelog), await colour(changelog, false));
  });
});
