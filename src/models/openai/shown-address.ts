import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';

/**
 * The address as messages may show it.
 *
 * @throws ScenewrightError `bad-input` when it is no address that can be asked
 */
export function shownAddress(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ScenewrightError('bad-input', t('The address of the model is not a web address.'), {
      advice: t('It looks like https://api.example.com/v1.'),
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ScenewrightError('bad-input', t('The address of the model holds a password.'), {
      advice: t(
        "Put it into an account's key instead, and leave {0}{1} as the address.",
        url.origin,
        url.pathname,
      ),
    });
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, '');
}
