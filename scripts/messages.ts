// Every message that a person reads, for translators: `npm run messages` collects them from the source
// into l10n/bundle.l10n.json, takes what is no longer said out of the translations beside it, and says
// what they have no words for yet. What the manifest says is in package.nls.json.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { defaultStrings } from '../src/webview/strings.ts';
import { stillToTranslate, tidyTranslations } from './translations.ts';

const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'l10n', 'bundle.l10n.json');

/** The bundle as it has to be: each message under itself, in alphabetical order. */
export function collectMessages(): Record<string, string> {
  const messages = new Set<string>(Object.values(defaultStrings));
  eachCall((node, name) => {
    if (!isMessage(node)) return;
    const [message] = node.arguments;
    if (message !== undefined && ts.isStringLiteralLike(message)) messages.add(message.text);
    else throw new Error(`${name}: ${node.getText()} does not say its message itself.`);
  });
  const sorted = [...messages].sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map((message) => [message, message]));
}

/** Errors whose words are written out in English where they are thrown, as `file:line: words`. */
export function untranslatedErrors(): string[] {
  const found: string[] = [];
  eachCall((node, name, source) => {
    for (const each of wordsOfError(node)) {
      if (!saysEnglish(each)) continue;
      const { line } = source.getLineAndCharacterOfPosition(each.getStart());
      found.push(`${name}:${line + 1}: ${each.getText()}`);
    }
  });
  return found;
}

/** What an error that is made here says. */
function wordsOfError(node: ts.Node): readonly ts.Expression[] {
  if (ts.isCallExpression(node) && node.expression.getText() === 'cancelledError') {
    return node.arguments;
  }
  if (
    !ts.isNewExpression(node) ||
    !/^(ScenewrightError|ErrorWith\w+)$/.test(node.expression.getText())
  ) {
    return [];
  }
  const [, words, options] = node.arguments ?? [];
  const advice =
    options !== undefined && ts.isObjectLiteralExpression(options)
      ? options.properties.flatMap((each) =>
          ts.isPropertyAssignment(each) && each.name.getText() === 'advice'
            ? [each.initializer]
            : [],
        )
      : [];
  return words === undefined ? advice : [words, ...advice];
}

/** What the editor is handed to show, where its words are written out in English, as `file:line: words`. */
export function untranslatedWords(): string[] {
  const found: string[] = [];
  eachCall((node, name, source) => {
    if (!name.includes('editor/')) return;
    const shown = ts.isPropertyAssignment(node)
      ? shownProperties.has(node.name.getText()) && [node.initializer]
      : ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
        ? ts.isPropertyAccessExpression(node.left) &&
          shownProperties.has(node.left.name.text) && [node.right]
        : ts.isCallExpression(node) &&
          /^(?:show\w+|ask\w*|pick\w*)$/.test(node.expression.getText()) &&
          node.arguments;
    for (const each of shown || []) {
      if (!saysEnglish(each)) continue;
      const { line } = source.getLineAndCharacterOfPosition(each.getStart());
      found.push(`${name}:${line + 1}: ${each.getText()}`);
    }
  });
  return found;
}

/** Of what VS Code is told to show. */
const shownProperties = new Set(
  'label description detail placeHolder prompt title tooltip text message accessibilityLabel'.split(
    ' ',
  ),
);

/** Where only services are spoken of: nothing there is called by its host but by a `ServerName`. */
const roomsOfServices = /^src\/(?:net|models|studios|downloads|jobs)\//;

/** A message about a server, and the placeholder that the server's name is put in. */
export interface SentenceAboutServer {
  readonly message: string;
  readonly server: string;
}

/** What reasons call the name of the server that is put into them. */
const serverNames = new Set(['host', 'server', 'address']);

/** Every message that is said by a `Reason`: a function of nothing but the server's name. */
export function sentencesAboutServers(): SentenceAboutServer[] {
  const found: SentenceAboutServer[] = [];
  eachCall((node, name) => {
    if (!roomsOfServices.test(name.replaceAll('\\', '/')) || !isMessage(node)) return;
    const [message, ...values] = node.arguments;
    const reason = ts.findAncestor(node, ts.isArrowFunction);
    const [server, ...others] = reason?.parameters ?? [];
    const called = server?.name.getText() ?? '';
    const at = values.findIndex((value) => value.getText() === called);
    if (message === undefined || !ts.isStringLiteralLike(message)) return;
    if (at === -1 || others.length > 0 || !serverNames.has(called)) return;
    found.push({ message: message.text, server: `{${at}}` });
  });
  return found;
}

/** Messages that are handed the host of an address as it is, as `file:line: call`. */
export function bareHosts(): string[] {
  const found: string[] = [];
  eachCall((node, name, source) => {
    if (!roomsOfServices.test(name.replaceAll('\\', '/')) || !isMessage(node)) return;
    if (!node.arguments.some((value) => /\.host(?:name)?\b/.test(value.getText()))) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1}: ${node.getText()}`);
  });
  return found;
}

/** The bundle as it is. */
export function readBundle(): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

function isMessage(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 't';
}

function saysEnglish(expression: ts.Expression): boolean {
  if (ts.isStringLiteralLike(expression)) return /[a-z]/.test(wordsOf(expression.text));
  if (ts.isConditionalExpression(expression)) {
    return saysEnglish(expression.whenTrue) || saysEnglish(expression.whenFalse);
  }
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.some(saysEnglish);
  // Sentences that are put together: `[…].join(' ')`.
  if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
    return saysEnglish(expression.expression.expression);
  }
  if (!ts.isTemplateExpression(expression)) return false;
  const { head, templateSpans } = expression;
  return [head, ...templateSpans.map(({ literal }) => literal)].some(({ text }) =>
    /[a-z]{2}/.test(wordsOf(text)),
  );
}

/** Our name and icons are the same in any language. */
function wordsOf(text: string): string {
  return text.replace(/\$\([\w~-]+\)|Scenewright/g, '');
}

function eachCall(visit: (node: ts.Node, name: string, source: ts.SourceFile) => void): void {
  for (const name of globSync('src/**/*.ts', { cwd: root })) {
    if (name.endsWith('base/l10n.ts')) continue;
    const text = readFileSync(path.join(root, name), 'utf8');
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const walk = (node: ts.Node): void => {
      visit(node, name, source);
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
}

if (import.meta.main) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(collectMessages(), null, 2)}\n`);
  tidyTranslations();
  process.stdout.write(stillToTranslate());
}
