import { useEffect, useState } from 'preact/hooks';

interface FilledPage {
  readonly isFilled: boolean;
  readonly toggle: () => void;
  readonly end: () => void;
}

/** Lets an element fill the page and, where the window allows that to a page, the screen. */
export function useFilledPage(element: { readonly current: HTMLElement | null }): FilledPage {
  const [isFilled, fill] = useState(false);
  useEffect(() => {
    const onChange = (): void => {
      if (document.fullscreenElement === null) fill(false);
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
    };
  }, []);
  const end = (): void => {
    fill(false);
    if (document.fullscreenElement !== null) void document.exitFullscreen();
  };
  return {
    isFilled,
    end,
    toggle: () => {
      if (isFilled) {
        end();
        return;
      }
      fill(true);
      // Where it is refused, it fills the page alone.
      if (document.fullscreenEnabled) element.current?.requestFullscreen().catch(() => undefined);
    },
  };
}
