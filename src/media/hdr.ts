import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { type MediaFile, reading } from './read.ts';
import { askFfmpeg } from './run-ffmpeg.ts';

/** What a clip tells of its colours, by the names of the WebCodecs registry; nothing where it does not. */
export interface Colours {
  readonly transfer: string;
  readonly matrix: string;
}

/** @throws ScenewrightError `bad-input` that names the file */
export async function coloursOf({ file, video }: MediaFile): Promise<Colours> {
  const told: Readonly<Record<string, unknown>> = {
    ...(await reading(file, () => video.getColorSpace())),
  };
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { transfer: word(told.transfer), matrix: word(told.matrix) };
}

/** Whether a picture is told in more light than usual screens show. */
export function isHdr({ transfer }: Colours): boolean {
  return transfers[transfer] !== undefined;
}

/** How ffmpeg calls the ways of telling light that usual screens cannot show. */
const transfers: Readonly<Record<string, string>> = { pq: 'smpte2084', hlg: 'arib-std-b67' };

/**
 * Filters that turn a picture of high dynamic range into one that a usual screen shows as it was meant;
 * without them it is washed out. Empty where the clip is none.
 *
 * @throws ScenewrightError `bad-input` where this ffmpeg was built without them
 */
export async function toneMapping(
  program: string,
  colours: Colours,
  what: string,
): Promise<readonly string[]> {
  const transfer = transfers[colours.transfer];
  if (transfer === undefined) return [];
  const known = await askFfmpeg(program, ['-hide_banner', '-v', 'error', '-filters']);
  if (!known.includes(' zscale ') || !known.includes(' tonemap ')) {
    throw new ScenewrightError(
      'bad-input',
      t(
        '{0} failed: its picture is HDR, and the ffmpeg at {1} cannot turn that into what usual screens show (it has no zscale).',
        what,
        program,
      ),
      {
        advice: t(
          'No video was made, and the clips are as they were. Install a full build of ffmpeg, or name one in the setting scenewright.ffmpegPath.',
        ),
      },
    );
  }
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ];
}
