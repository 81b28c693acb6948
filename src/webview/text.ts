import type { PageStrings } from './protocol.ts';
import { defaultStrings, type TextKey } from './strings.ts';

/** The page's texts and numbers in the writer's language. */
export class Texts {
  private readonly strings: Readonly<Record<TextKey, string>>;
  private readonly whole: Intl.NumberFormat;
  private readonly short: Intl.NumberFormat;
  private readonly cents: Intl.NumberFormat;
  private readonly underOneCent: Intl.NumberFormat;
  private readonly secondsLong: Intl.NumberFormat;
  private readonly secondsShort: Intl.NumberFormat;

  /** @param lang BCP 47 tag of the language that numbers are written in. */
  constructor(given: PageStrings, lang: string) {
    this.strings = { ...defaultStrings, ...given };
    const locale = supported(lang);
    const unit = { style: 'unit', unit: 'second' } as const;
    this.whole = new Intl.NumberFormat(locale);
    this.short = new Intl.NumberFormat(locale, {
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
    this.cents = new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    this.underOneCent = new Intl.NumberFormat(locale, { maximumSignificantDigits: 1 });
    this.secondsLong = new Intl.NumberFormat(locale, { ...unit, unitDisplay: 'long' });
    this.secondsShort = new Intl.NumberFormat(locale, { ...unit, unitDisplay: 'short' });
  }

  get(key: TextKey, ...values: readonly (string | number)[]): string {
    return this.parts(key, ...values).join('');
  }

  /** The text cut at its placeholders: words at even indices, values at odd ones. */
  parts(key: TextKey, ...values: readonly (string | number)[]): string[] {
    return this.strings[key]
      .split(/\{(\d+)\}/)
      .map((part, index) => (index % 2 === 0 ? part : this.value(values[Number(part)] ?? '')));
  }

  /** `12,345` */
  number(value: number): string {
    return this.whole.format(value);
  }

  /** `12.3K` */
  about(value: number): string {
    return this.short.format(value);
  }

  /** `0.42`, of no named currency; `0.003` for what would be nothing otherwise */
  money(value: number): string {
    return (value === 0 || value >= 0.01 ? this.cents : this.underOneCent).format(value);
  }

  /** `8 seconds` */
  seconds(value: number): string {
    return this.secondsLong.format(value);
  }

  /** `8 sec` */
  sec(value: number): string {
    return this.secondsShort.format(value);
  }

  private value(value: string | number): string {
    return typeof value === 'number' ? this.number(value) : value;
  }
}

/** The language for `Intl`, which throws at what it cannot read. */
function supported(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
