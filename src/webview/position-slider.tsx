import type { VNode } from 'preact';
import type { Texts } from './text.ts';

interface PositionSliderProps {
  /** All that can be played, in seconds. */
  readonly seconds: number;
  /** Seconds from its beginning. */
  readonly at: number;
  /** The same, for who hears it. */
  readonly valueText: string;
  readonly texts: Texts;
  readonly onSeek: (second: number) => void;
}

/** Where what plays is, and a way to go elsewhere in it. */
export function PositionSlider(props: PositionSliderProps): VNode {
  const { seconds, at, valueText, texts, onSeek } = props;
  return (
    <input
      class="player-position"
      type="range"
      min={0}
      max={seconds}
      step="any"
      value={at}
      aria-label={texts.get('position')}
      aria-valuetext={valueText}
      onInput={({ currentTarget }) => {
        onSeek(currentTarget.valueAsNumber);
      }}
    />
  );
}
