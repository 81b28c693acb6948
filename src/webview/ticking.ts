import { useEffect, useState } from 'preact/hooks';

/**
 * Draw the component again after so many milliseconds, counted from this drawing, as long as it is
 * `active`: what it shows goes on while nothing new arrives.
 */
export function useTicking(active: boolean, inMs: number): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => {
      redraw((count) => count + 1);
    }, inMs);
    return () => {
      clearTimeout(timer);
    };
  });
}
