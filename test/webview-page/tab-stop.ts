interface Stop {
  /** What is wrong with it. */
  readonly fault?: string;
  /** The Tab key has been everywhere. */
  readonly isLast: boolean;
}

/** Runs in a page after each press of the Tab key, once `visited` is there. @returns how it went */
export function tabStop(): Stop {
  const { visited } = globalThis as unknown as { readonly visited: HTMLElement[] };
  const dialog = document.querySelector<HTMLElement>('dialog[open]');
  const root = dialog ?? document.body;
  const one = document.activeElement as HTMLElement;
  const seen = (element: HTMLElement): HTMLElement => element.closest('label') ?? element;
  const nameOf = (element: HTMLElement): string =>
    `${element.tagName} “${(element.ariaLabel ?? seen(element).textContent).trim().slice(0, 40)}”`;
  const before = visited.at(-1);
  // A video has stops of its own within.
  if (one === before) return { isLast: false };
  if (!root.contains(one) || one === root || visited.includes(one)) {
    const all = root.querySelectorAll<HTMLElement>(
      'button, input, select, summary, video[controls]',
    );
    const missed = [...all].filter(
      (each) =>
        each.tabIndex >= 0 &&
        !each.matches('[type="radio"]:not(:checked)') &&
        each.checkVisibility() &&
        each.closest('[data-filled="true"]') === document.querySelector('[data-filled="true"]') &&
        !visited.includes(each),
    );
    const [first] = missed;
    return { isLast: true, ...(first && { fault: `${nameOf(first)} is never reached` }) };
  }
  visited.push(one);
  const told = (fault: string): Stop => ({ isLast: false, fault: `${nameOf(one)} ${fault}` });
  const box = seen(one).getBoundingClientRect();
  const former = before && seen(before).getBoundingClientRect();
  // What sticks to the lower edge comes last, wherever that is.
  const sticks =
    before !== undefined && [one, before].some((each) => each.closest('.compare-controls'));
  if (former && !sticks && box.bottom <= former.top && box.left < former.right) {
    return told(`comes after ${nameOf(before)}, which is beneath it`);
  }
  const [x, y] = [
    (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2,
    (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2,
  ];
  const there = document.elementFromPoint(x, y);
  if (there === null || !seen(one).contains(there)) return told('is out of sight');

  const framed = [one, seen(one)].find(
    (each) => getComputedStyle(each).outlineStyle !== 'none' && each.closest('.unseen') === null,
  );
  if (framed === undefined) return told('does not show that it has the keyboard');
  const colourOf = (colour: string, under: readonly number[]): readonly number[] => {
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.fillStyle = `rgb(${under.join(' ')})`;
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const around: string[] = [];
  for (let at = framed.parentElement; at !== null; at = at.parentElement) {
    around.unshift(getComputedStyle(at).backgroundColor);
  }
  const ground = around.reduce<readonly number[]>(
    (under, colour) => colourOf(colour, under),
    [255, 255, 255],
  );
  const light = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [ink, paper] = [
    light(colourOf(getComputedStyle(framed).outlineColor, ground)),
    light(ground),
  ];
  const contrast = Math.max(ink, paper) / Math.min(ink, paper);
  return contrast >= 3 ? { isLast: false } : told(`has a frame of ${contrast.toFixed(2)} to 1`);
}
