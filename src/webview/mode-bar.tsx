import type { VNode } from 'preact';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { filmModes, type FilmMode, type FromPage } from './protocol.ts';
import type { Texts } from './text.ts';

interface ModeBarProps {
  readonly mode: FilmMode;
  /** There are first frames, or they are on their way. */
  readonly stills: boolean;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  readonly onMode: (mode: FilmMode) => void;
}

const names = {
  strip: 'modeStrip',
  storyboard: 'modeStoryboard',
  contactSheet: 'modeContactSheet',
} as const satisfies Record<FilmMode, string>;

const icons: Readonly<Record<FilmMode, string>> = {
  strip: 'layout-centered',
  storyboard: 'layout',
  contactSheet: 'table',
};

/** How the scenes are shown, and what goes with that. */
export function ModeBar({ mode, stills, texts, post, onMode }: ModeBarProps): VNode {
  return (
    <div class="mode-bar">
      <fieldset class="modes">
        <legend class="unseen">{texts.get('modes')}</legend>
        {filmModes.map((one) => (
          <label key={one} class="mode">
            <input
              type="radio"
              class="unseen"
              name="mode"
              checked={one === mode}
              onChange={() => {
                onMode(one);
              }}
            />
            <Icon name={icons[one]} />
            {texts.get(names[one])}
          </label>
        ))}
      </fieldset>
      {mode === 'storyboard' && (
        <Button
          icon="export"
          onClick={() => {
            post({ type: 'exportStoryboard' });
          }}
        >
          {texts.get('exportStoryboard')}
        </Button>
      )}
      {mode === 'contactSheet' && (
        <p class="mode-keys">{texts.get(stills ? 'sheetKeysStills' : 'sheetKeys')}</p>
      )}
    </div>
  );
}
