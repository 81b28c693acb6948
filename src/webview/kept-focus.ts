import { useLayoutEffect } from 'preact/hooks';

const pressable = ':is(button, input, select, summary, video[controls])';
const unreached = '[tabindex="-1"], :disabled, [type="radio"]:not(:checked)';

/** Where an element is: from the innermost on, what is around it, and at which place in there. */
type Place = readonly { readonly around: Element; readonly at: number }[];

/**
 * When what had the focus is gone (Cancel, once it is cancelled), the keyboard goes on at what stands in its
 * place or beside it, and not at the top of the page. It never goes on in a text, where keys write.
 *
 * @param root - within which this holds
 */
export function useKeptFocus(root: { readonly current: HTMLElement | null }): void {
  // An element stays the active one of its page while the keyboard is in the editor: nothing is taken from there.
  const place = document.hasFocus() ? placeOf(document.activeElement, root.current) : [];
  useLayoutEffect(() => {
    if (place.length === 0 || root.current?.contains(document.activeElement) === true) return;
    nearest(place)?.focus();
  });
}

function placeOf(element: Element | null, root: Element | null): Place {
  if (element === null || root === null || element === root || !root.contains(element)) return [];
  const place: { around: Element; at: number }[] = [];
  for (let one = element; one !== root;) {
    const around = one.parentElement;
    if (around === null) break;
    place.push({ around, at: [...around.children].indexOf(one) });
    one = around;
  }
  return place;
}

/** What can be pressed as near as can be to a place that is no more: there or behind it, else before it. */
function nearest(place: Place): HTMLElement | undefined {
  for (const { around, at } of place) {
    if (!around.isConnected) continue;
    const children = [...around.children];
    const near = [...children.slice(at), ...children.slice(0, at).reverse()];
    for (const one of near) {
      const found = [one, ...one.querySelectorAll(pressable)].find(canBePressed);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function canBePressed(element: Element): element is HTMLElement {
  return element.matches(pressable) && !element.matches(unreached) && element.checkVisibility();
}
