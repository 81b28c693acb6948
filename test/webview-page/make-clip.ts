import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';

/** Makes small videos by the browser of a page, which can play what it encodes. */
export async function clipMaker(page: Page): Promise<(seconds: number) => Promise<Uint8Array>> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny';
        globalThis.makeClip = async (seconds) => {
          const canvas = new OffscreenCanvas(64, 36);
          const context = canvas.getContext('2d');
          const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
          const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 50_000 });
          output.addVideoTrack(source);
          await output.start();
          for (let frame = 0; frame < seconds * 10; frame++) {
            context.fillStyle = \`hsl(\${frame * 36} 80% 50%)\`;
            context.fillRect(0, 0, 64, 36);
            await source.add(frame / 10, 0.1);
          }
          await output.finalize();
          return [...new Uint8Array(output.target.buffer)];
        };`,
      resolveDir: path.resolve(import.meta.dirname),
    },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
  });
  await page.evaluate(outputFiles[0]?.text ?? '');
  return async (seconds) => Uint8Array.from(await page.evaluate<number[]>(`makeClip(${seconds})`));
}
