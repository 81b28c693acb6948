import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Start a headless Chromium: the one that comes with the development dependencies (Linux x64), or
 * the one that `SCENEWRIGHT_CHROMIUM` names. The caller closes it.
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  chromium.setGraphicsMode = false;
  const executablePath = process.env.SCENEWRIGHT_CHROMIUM ?? (await chromium.executablePath());
  return driver.launch({ executablePath, headless: true, args: [...quiet, ...args] });
}
