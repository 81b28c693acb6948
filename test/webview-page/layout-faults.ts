/** What WCAG 2 asks a page to bear (1.4.12). */
export const spaced =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }';

/** Letters of twice the size. */
export const largeFont = 'body { font-size: 26px !important; }';

/**
 * Runs in a page or a frame. @returns what of it is cut off, lies on something else, or is reached only by
 * scrolling sideways; nothing where all is well
 */
export function layoutFaults(): readonly string[] {
  const slack = 1.5;
  const faults = new Set<string>();
  const cover = document.querySelector<HTMLElement>('dialog[open], [data-filled="true"]');
  const root = cover ?? document.body;
  const elements = [...root.querySelectorAll<HTMLElement>('*')].filter(
    (one) => one.closest('.unseen') === null && one.checkVisibility({ visibilityProperty: true }),
  );

  function nameOf(one: Element): string {
    const words = one.getAttribute('aria-label') ?? one.textContent;
    return `${one.tagName.toLowerCase()}.${one.className} “${words.trim().slice(0, 40)}”`;
  }
  function common(one: DOMRect, two: DOMRect): DOMRect {
    const [left, top] = [Math.max(one.left, two.left), Math.max(one.top, two.top)];
    const width = Math.min(one.right, two.right) - left;
    const height = Math.min(one.bottom, two.bottom) - top;
    return new DOMRect(left, top, Math.max(0, width), Math.max(0, height));
  }
  function meet(one: DOMRect, two: DOMRect): boolean {
    return (
      Math.min(one.right, two.right) - Math.max(one.left, two.left) > slack &&
      Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > slack
    );
  }
  /** What is left of a box when all around it have cut off what is outside of them. */
  function drawn(one: HTMLElement, box: DOMRect): DOMRect {
    return boxesAround(one)
      .filter((around) => getComputedStyle(around).overflowX !== 'visible')
      .reduce((left, around) => common(left, around.getBoundingClientRect()), box);
  }
  function boxesAround(one: HTMLElement): readonly HTMLElement[] {
    const found: HTMLElement[] = [];
    for (let at: HTMLElement | null = one; at !== null; at = at.parentElement) {
      if (!['inline', 'contents'].includes(getComputedStyle(at).display)) found.push(at);
    }
    return found;
  }
  function comparePairs<T>(all: readonly T[], compare: (one: T, two: T) => void): void {
    all.forEach((one, index) => {
      for (const two of all.slice(index + 1)) compare(one, two);
    });
  }

  for (const one of new Set([document.documentElement, root, ...elements])) {
    const isPage = one === document.documentElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(one).overflowX)) continue;
    if (one.scrollWidth > one.clientWidth + 1) faults.add(`scrolls sideways: ${nameOf(one)}`);
  }

  // What sticks to an edge lies on what is scrolled beneath it.
  const controls = elements
    .filter((one) =>
      one.matches('button, input, select, textarea, summary, label, video[controls]'),
    )
    .filter((one) => one.closest('.compare-controls') === null)
    .map((one) => ({ one, box: drawn(one, one.getBoundingClientRect()) }));
  comparePairs(controls, ({ one, box }, { one: two, box: other }) => {
    if (one.contains(two) || two.contains(one) || !meet(box, other)) return;
    faults.add(`${nameOf(one)} lies on ${nameOf(two)}`);
  });

  const texts = elements
    // Subtitles are on the film.
    .filter((one) => one.closest('.player-stage, .compare-controls, textarea, select') === null)
    .map((one) => {
      const lines = [...one.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '')
        .flatMap((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return [...range.getClientRects()];
        });
      return { one, lines };
    })
    .filter(({ lines }) => lines.length > 0)
    .map((text) => ({ ...text, boxes: boxesAround(text.one) }));
  for (const { one, lines, boxes } of texts) {
    for (const around of boxes) {
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(around);
      if (overflowX === 'visible' && !around.matches('button, label')) continue;
      const box = around.getBoundingClientRect();
      const isHigh = lines.some(({ top, bottom }) => {
        return top < box.top - slack || bottom > box.bottom + slack;
      });
      // Of what is being written there are as many lines as there is room for.
      if (isHigh && !/auto|scroll/.test(overflowY) && webkitLineClamp === 'none') {
        faults.add(`cut in its height: ${nameOf(one)}`);
      }
      if (!lines.some(({ left, right }) => left < box.left - slack || right > box.right + slack)) {
        continue;
      }
      if (textOverflow !== 'ellipsis') faults.add(`cut in its width: ${nameOf(one)}`);
      else if (around.closest('[title]') === null) faults.add(`has no tooltip: ${nameOf(one)}`);
      else if (box.width < 40) faults.add(`nothing is left of: ${nameOf(one)}`);
      break;
    }
  }
  const seen = texts.map(({ one, lines, boxes }) => ({
    one,
    block: boxes[0],
    lines: lines.map((box) => drawn(one, box)),
  }));
  comparePairs(seen, (text, other) => {
    // Lines of one paragraph stand as close as they are told to.
    if (text.block === other.block) return;
    if (!text.lines.some((line) => other.lines.some((one) => meet(line, one)))) return;
    faults.add(`${nameOf(text.one)} is written over ${nameOf(other.one)}`);
  });
  return [...faults];
}
