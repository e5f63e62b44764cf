/** `2022-03-05` as the language writes a day (`2022年3月5日`); other text as it is. */
export function formatDate(date: string, language: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  if (!year || !month || !day) return date;
  // Noon UTC, formatted as UTC: a date of a newspaper has no time zone.
  const instant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 12));
  return new Intl.DateTimeFormat(tagOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
}

/** Pages write `zh_CN`, too, and worse, for which `Intl` throws: what is no language tag counts as Chinese. */
function tagOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0] ?? 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}
