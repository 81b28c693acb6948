import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { clockTime } from './clock-time.ts';
import { Icon } from './icon.tsx';
import { lengthOf, type Part } from './playlist.ts';
import { PositionSlider } from './position-slider.tsx';
import type { PlayingChoices } from './protocol.ts';
import type { Texts } from './text.ts';

interface PlayerControlsProps {
  readonly parts: readonly Part[];
  /** Seconds from the beginning of the film. */
  readonly at: number;
  /** The same, for who hears it. */
  readonly valueText: string;
  /** The part that is on. */
  readonly current: string | undefined;
  readonly playing: boolean;
  readonly choices: PlayingChoices;
  readonly texts: Texts;
  readonly onChoose: (choices: PlayingChoices) => void;
  readonly onToggle: () => void;
  readonly onSeek: (second: number) => void;
  readonly onFill: () => void;
  readonly onClose: () => void;
}

/** Where the film is, to scale, and what can be done with it. */
export function PlayerControls(props: PlayerControlsProps): VNode {
  const { parts, at, valueText, current, playing, choices, texts } = props;
  const { onChoose, onToggle, onSeek, onFill, onClose } = props;
  const seconds = lengthOf(parts);
  // Drawn with each picture otherwise, for hundreds of scenes.
  const scale = useMemo(
    () => (
      <div class="player-scale" aria-hidden="true">
        {parts.map((part) => (
          <span
            key={part.id}
            data-on={part.id === current}
            style={{ '--seconds': String(part.seconds) }}
          />
        ))}
      </div>
    ),
    [parts, current],
  );
  return (
    <div class="player-controls">
      <div class="player-line">
        <PositionSlider {...{ seconds, at, valueText, texts, onSeek }} />
        {scale}
      </div>
      <div class="player-row">
        <button
          type="button"
          class="icon-button player-play"
          aria-label={texts.get(playing ? 'pausePlaying' : 'play')}
          title={texts.get(playing ? 'pausePlaying' : 'play')}
          onClick={onToggle}
        >
          <Icon name={playing ? 'debug-pause' : 'play'} />
        </button>
        <span class="player-time">
          {clockTime(at * 1000)} / {clockTime(seconds * 1000)}
        </span>
        <Toggle
          icon={choices.muted ? 'mute' : 'unmute'}
          label={texts.get('mute')}
          pressed={choices.muted}
          onClick={() => {
            onChoose({ ...choices, muted: !choices.muted });
          }}
        />
        <input
          class="player-volume"
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={choices.volume}
          aria-label={texts.get('volume')}
          onInput={({ currentTarget }) => {
            onChoose({ ...choices, volume: currentTarget.valueAsNumber, muted: false });
          }}
        />
        <span class="player-gap" />
        <Toggle
          icon="comment"
          label={texts.get('subtitles')}
          pressed={choices.subtitles}
          onClick={() => {
            onChoose({ ...choices, subtitles: !choices.subtitles });
          }}
        />
        <Toggle icon="screen-full" label={texts.get('fillPage')} onClick={onFill} />
        <Toggle icon="close" label={texts.get('closePlayer')} onClick={onClose} />
      </div>
    </div>
  );
}

interface ToggleProps {
  readonly icon: string;
  readonly label: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function Toggle({ icon, label, pressed, onClick }: ToggleProps): VNode {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
