// Draws media/icon.png from media/icon.svg; run it after a change: node scripts/draw-icon.mjs
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const root = path.join(import.meta.dirname, '..');
const media = path.join(root, 'media');
await initWasm(readFile(path.join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')));
const drawing = new Resvg(await readFile(path.join(media, 'icon.svg'), 'utf8'));
await writeFile(path.join(media, 'icon.png'), drawing.render().asPng());
