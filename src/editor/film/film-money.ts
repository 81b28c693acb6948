import type { JobRecord } from '../../jobs/job.ts';
import { clearChargesOf, unclearChargesOf } from '../../jobs/charges.ts';
import { sumOf, type MoneySum } from '../../money/money.ts';
import { chargesOfClips, type ClipPrice } from '../../money/price.ts';
import type { FilmTotals } from '../../webview/protocol.ts';
import { formatMoney } from '../ui/format.ts';

export type FilmMoney = Pick<FilmTotals, 'spent' | 'unclear' | 'toCome'>;

/**
 * What was ordered for a script, what may have been beside that because no answer came, and what is missing
 * of it would cost, as far as that is known.
 *
 * @param records all jobs of the script
 * @param price of a clip
 * @param missing seconds of each scene that is to be rendered
 */
export function filmMoney(
  records: readonly JobRecord[],
  price: ClipPrice | undefined,
  missing: readonly number[],
): FilmMoney {
  const spent = words(sumOf(records.flatMap(clearChargesOf)));
  const unclear = words(sumOf(records.flatMap(unclearChargesOf)));
  const toCome = words(sumOf(chargesOfClips(price, missing)));
  return {
    ...(spent === undefined ? {} : { spent }),
    ...(unclear === undefined ? {} : { unclear }),
    ...(toCome === undefined ? {} : { toCome }),
  };
}

function words({ amounts }: MoneySum): string | undefined {
  const paid = amounts.filter(({ amount }) => amount > 0);
  return paid.length === 0 ? undefined : paid.map((money) => formatMoney(money)).join(' + ');
}
