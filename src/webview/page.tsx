import { render } from 'preact';
import { announcement } from './announce.ts';
import { App } from './app.tsx';
import { previewsAfter, type LivePreview } from './preview-model.ts';
import { Host } from './host.ts';
import { Pictures } from './pictures.ts';
import { Watching } from './watching.ts';
import { reuseCells, withChanges } from './film-changes.ts';
import type { FilmView, FromPage, PageStrings, SceneShown, ToPage } from './protocol.ts';
import { withMoved } from './reorder.ts';
import { Texts } from './text.ts';
import { atRest, ViewAge } from './progress-view.ts';

/** The page between two messages: what it shows, and what it remembers for the next one. */
function startPage(root: HTMLElement, texts: Texts): void {
  const host = new Host();
  const age = new ViewAge();
  let view: FilmView | undefined;
  let scenes: ReadonlyMap<string, SceneShown> = new Map();
  let previews: readonly LivePreview[] = [];
  let announced = '';
  /** What is shown was kept by an earlier life of this page. */
  let fromBefore = true;

  const draw = (): void => {
    render(
      <App
        {...{ view, previews, scenes, pictures, watching, age, announced, texts, post }}
        choices={host.playing}
        onChoose={(choices) => {
          host.keepPlaying(choices);
          draw();
        }}
        mode={host.mode}
        onMode={(mode) => {
          host.keepMode(mode);
          draw();
        }}
      />,
      root,
    );
  };
  const post = (message: FromPage): void => {
    host.post(message);
    if (message.type === 'move' && view !== undefined) {
      view = withMoved(view, message.id, message.to);
      const { title = '', number = 0 } = view.cells.find(({ id }) => id === message.id) ?? {};
      announced = texts.get('moved', title, number, view.cells.length);
      draw();
    }
    // The reader need not wait for the extension to hear that they have moved.
    if (message.type !== 'look' && message.type !== 'reveal') return;
    if (view === undefined || view.current === message.id) return;
    view = { ...view, current: message.id };
    draw();
  };
  // As the strip scrolls they come in by the dozen.
  const pictures = new Pictures(host.post, oncePerFrame(draw));
  const watching = new Watching(host.post);
  const forget = (): void => {
    scenes = new Map();
    pictures.reset();
    watching.reset();
  };
  const show = (next: FilmView): void => {
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
        if (message.view.uri !== view?.uri) forget();
        show(message.view);
        break;
      case 'changes':
        if (view === undefined) break;
        age.arrived(message.view);
        show(withChanges(view, message));
        break;
      case 'scenes':
        scenes = new Map([...scenes, ...message.scenes.map((scene) => [scene.id, scene] as const)]);
        draw();
        return;
      case 'picture':
        pictures.receive(message);
        return;
      case 'mode':
        host.keepMode(message.mode);
        draw();
        return;
      case 'empty':
        view = fromBefore && view ? atRest(view) : undefined;
        previews = [];
        forget();
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

/** Does it in the next frame, once, however often it is asked for until then. */
function oncePerFrame(act: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      act();
    });
  };
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

const strings = JSON.parse(element('strings').textContent) as PageStrings;
startPage(element('app'), new Texts(strings, document.documentElement.dataset.locale ?? 'en'));
