/** A property's name as people say it: `pricePence` is "price", `planLineId` is "plan line", `startsOn` is "starts on". */
export function wordsOf(property: string): string {
  return property
    .replace(/(Pence|Ids?|Ms)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
