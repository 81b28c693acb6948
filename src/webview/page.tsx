import { render } from 'preact';
import { announcement } from './announce.ts';
import { App } from './app.tsx';
import { previewsAfter, type LivePreview } from './preview-model.ts';
import { Host } from './host.ts';
import type { PageStrings, ProgressView, ToPage } from './protocol.ts';
import { Texts } from './text.ts';
import { atRest, reuseCells, ViewAge } from './progress-view.ts';

/** The page between two messages: what it shows, and what it remembers for the next one. */
function startPage(root: HTMLElement, texts: Texts): void {
  const host = new Host();
  const age = new ViewAge();
  let view: ProgressView | undefined;
  let previews: readonly LivePreview[] = [];
  let announced = '';
  /** What is shown was kept by an earlier life of this page. */
  let fromBefore = true;

  const draw = (): void => {
    render(<App {...{ view, previews, age, announced, texts, post: host.post }} />, root);
  };
  const show = (next: ProgressView): void => {
    announced = announcement(view, next, texts) ?? announced;
    view = reuseCells(view, next);
    previews = previewsAfter(previews, view);
    draw();
  };
  const receive = (message: ToPage): void => {
    switch (message.type) {
      case 'view':
        age.arrived(message.view);
        fromBefore = false;
        show(message.view);
        break;
      case 'empty':
        view = fromBefore && view ? atRest(view) : undefined;
        previews = [];
        draw();
        break;
    }
    host.keep(view);
  };

  const kept = host.restore();
  if (kept) show(kept);
  addEventListener('message', (event: MessageEvent<ToPage>) => {
    receive(event.data);
  });
  addEventListener('pagehide', host.save);
  host.post({ type: 'ready' });
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

const strings = JSON.parse(element('strings').textContent) as PageStrings;
startPage(element('app'), new Texts(strings, document.documentElement.lang));
