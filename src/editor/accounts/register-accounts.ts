import path from 'node:path';
import { animaticFiles, AnimaticPictures, AnimaticStudio } from '../../animatic/index.ts';
import { Http } from '../../net/http.ts';
import { KeptPictures } from '../../studios/drawing/kept-pictures.ts';
import type { Registration } from '../commands/registration.ts';
import { accountCommands } from './account-commands.ts';
import { AccountNotices } from './account-notices.ts';
import { Accounts } from './accounts.ts';
import { httpSettings, Services } from './services.ts';

/** Who writes and renders: the accounts, and the services that they are for. */
export function registerAccounts(registration: Registration): {
  readonly accounts: Accounts;
  readonly services: Services;
  readonly http: Http;
  /** Which accounts cannot be used for jobs at present. */
  readonly notices: AccountNotices;
} {
  const { context, messages, storage } = registration;
  const accounts = registration.own(new Accounts(context.secrets, context.globalState));
  const http = new Http(httpSettings());
  const patientHttp = new Http({
    ...httpSettings(),
    timeouts: { headersMs: 300_000, idleMs: 300_000 },
  });
  const animatic = registration.own(
    new AnimaticStudio({
      outputFolder: path.join(storage, 'animatic'),
      ...animaticFiles(context.extensionPath),
    }),
  );
  const animaticPictures = registration.own(
    new AnimaticPictures({
      outputFolder: path.join(storage, 'drawn'),
      ...animaticFiles(context.extensionPath),
    }),
  );
  const kept = new KeptPictures(path.join(storage, 'pictures'));
  const notices = {
    writers: registration.own(new AccountNotices(Date.now)),
    orders: registration.own(new AccountNotices(Date.now)),
  };
  registration.own(
    accounts.onDidChange(() => {
      notices.writers.forgive();
      notices.orders.forgive();
    }),
  );
  const storiesFolder = path.join(context.extensionPath, 'resources', 'stories');
  const services = new Services({
    storiesFolder,
    accounts,
    http,
    patientHttp,
    animatic,
    animaticPictures,
    kept,
    messages,
    onWriterNotice: notices.writers.take,
    state: context.globalState,
  });

  registration.commands(
    accountCommands({
      accounts,
      meet: services.meet,
      offers: services.offers,
      studioOffers: services.studioOffers,
      notices: () => [...notices.writers.current(), ...notices.orders.current()],
      state: context.globalState,
    }),
  );
  registration.onStart(() => {
    // Nobody waits for this.
    void animatic.sweep();
    return undefined;
  });
  registration.onClose(async () => {
    await Promise.all([http.close(), patientHttp.close()]);
  });
  return { accounts, services, http, notices: notices.orders };
}
