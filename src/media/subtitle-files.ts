import path from 'node:path';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { exists } from '../base/files.ts';
import { cueLines, markedLines, type Cue } from './subtitles.ts';

/** No subtitles of a film are larger, in bytes. */
const largest = 16 * 1024 * 1024;

/** Right-to-left mark. */
const rtlMark = '\u200f';

/** The first strong character of a right-to-left line. */
const rtlStart = /^[^\p{L}]*[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;

/** SubRip, which every player reads. It knows no speakers. */
export function toSrt(cues: readonly Cue[]): string {
  return cues
    .map(({ startMs, endMs, parts }, i) => {
      const lines = cueLines(parts).map(srtLine);
      const times = `${time(startMs, ',')} --> ${time(endMs, ',')}`;
      return `${i + 1}\n${times}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** WebVTT, for the web. Speakers are named in voice tags, which are read and not shown. */
export function toVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, parts }) => {
    const text = parts.map((part) => {
      const lines = markedLines(part, parts.length > 1)
        .map(escaped)
        .join('\n');
      const speaker = escaped(part.speaker.replaceAll(/\s+/g, ' ').trim());
      return speaker === '' ? lines : `<v ${speaker}>${lines}</v>`;
    });
    return `${time(startMs, '.')} --> ${time(endMs, '.')}\n${text.join('\n')}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

/**
 * Write `.srt` and `.vtt` beside a video, under its name. Without cues there are none. A file that
 * says the same already is left alone.
 *
 * @param inside the folder that they must really be in
 * @param discard what happens to an older file that says something else: its writer may have worked
 * on it. Deleted unless told otherwise.
 * @returns absolute paths of the two files; none without cues.
 */
export async function writeSubtitles(
  video: string,
  cues: readonly Cue[],
  inside: Enclosure,
  discard: (file: string) => Promise<void> = (file) => inside.remove(file),
): Promise<readonly string[]> {
  const { dir, name } = path.parse(video);
  const files = [
    { file: path.join(dir, `${name}.srt`), content: toSrt(cues) },
    { file: path.join(dir, `${name}.vtt`), content: toVtt(cues) },
  ];
  await inside.prepare(video);
  for (const { file, content } of files) {
    const before = (await inside.read(file, largest))?.toString('utf8');
    if (cues.length > 0 && before === content) continue;
    if (before !== undefined || (await exists(file))) await discard(file);
    if (cues.length > 0) await inside.write(file, content);
  }
  return cues.length > 0 ? files.map(({ file }) => file) : [];
}

function srtLine(line: string): string {
  // An arrow makes some readers take the line for a time.
  const text = line.replaceAll('-->', '→');
  // Players that set every line from left to right put its full stop and dash at the wrong end.
  return rtlStart.test(text) ? `${rtlMark}${text}${rtlMark}` : text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `01:02:03,004` */
function time(ms: number, point: ',' | '.'): string {
  const part = (value: number, digits: number): string =>
    `${Math.floor(value)}`.padStart(digits, '0');
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((one) => part(one, 2));
  return `${clock.join(':')}${point}${part(ms % 1000, 3)}`;
}
