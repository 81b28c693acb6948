import type { JobRecord } from '../../jobs/job.ts';
import { chargesOf } from '../../jobs/charges.ts';
import { sumOf, type MoneySum } from '../../money/money.ts';
import { chargesOfClips, type ClipPrice } from '../../money/price.ts';
import type { FilmTotals } from '../../webview/protocol.ts';
import { formatMoney } from '../ui/format.ts';

/**
 * What was ordered for a script, and what is missing of it would cost, as far as that is known.
 *
 * @param records all jobs of the script
 * @param price of a clip
 * @param missing seconds of each scene that is to be rendered
 */
export function filmMoney(
  records: readonly JobRecord[],
  price: ClipPrice | undefined,
  missing: readonly number[],
): Pick<FilmTotals, 'spent' | 'toCome'> {
  const spent = words(sumOf(records.flatMap((record) => chargesOf(record))));
  const toCome = words(sumOf(chargesOfClips(price, missing)));
  return {
    ...(spent === undefined ? {} : { spent }),
    ...(toCome === undefined ? {} : { toCome }),
  };
}

function words({ amounts }: MoneySum): string | undefined {
  const paid = amounts.filter(({ amount }) => amount > 0);
  return paid.length === 0 ? undefined : paid.map((money) => formatMoney(money)).join(' + ');
}
