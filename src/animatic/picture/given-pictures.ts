import { dataUri, type Picture, type ReferencePicture } from '../../studios/pictures.ts';
import { escapeHtml } from '../../base/html.ts';
import type { Box } from '../frames/raster.ts';

/** Pictures that came with the order, as SVG for a frame. */

/** One that fills the frame, cut where its shape is another. */
export function wholePicture(picture: Picture, { x, y, width, height }: Box): string {
  return image(picture, { x, y, width, height });
}

/** What a card takes of the frame's shorter side. */
const cardSize = 0.16;

/** How wide a card is in this frame, in pixels. */
export function cardWidth({ width, height }: Pick<Box, 'width' | 'height'>): number {
  return Math.min(width, height) * cardSize;
}

/** Pictures of whom and what a scene shows: in a row at the upper right, as prints with a white edge. */
export function pictureCards(
  references: readonly ReferencePicture[],
  { x, y, width, height }: Box,
): string {
  const unit = Math.min(width, height) / 100;
  const size = cardWidth({ width, height });
  const gap = unit * 2.2;
  const edge = unit * 0.5;
  const fitting = Math.max(1, Math.floor((width * 0.45) / (size + gap)));
  const cards = references.map((picture, i) => {
    const row = Math.floor(i / fitting);
    const inRow = Math.min(fitting, references.length - row * fitting);
    const box = {
      x: x + width - unit * 5.4 + gap - (inRow - (i % fitting)) * (size + gap),
      y: y + unit * 5.4 + row * (size + gap),
      width: size,
      height: size,
    };
    const print = `<rect x="${box.x - edge}" y="${box.y - edge}" width="${size + edge * 2}" height="${size + edge * 2}" fill="#f7f4ec"/>`;
    return print + image(picture, box);
  });
  return cards.join('');
}

function image(picture: Picture, box: Box): string {
  const { x, y, width, height } = box;
  // What the renderer cannot read is named, so that nobody takes the frame for one without it.
  if (picture.type === 'image/webp') return namedOnly(picture, box);
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice" href="${dataUri(picture)}"/></svg>`;
}

function namedOnly({ name }: Picture, { x, y, width, height }: Box): string {
  const size = Math.min((width * 1.5) / Math.max(8, name.length), height / 8);
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#252b36"/>` +
    `<text x="${x + width / 2}" y="${y + height / 2}" font-size="${size}" fill="#dfe4ec" text-anchor="middle">${escapeHtml(name)}</text>`
  );
}
