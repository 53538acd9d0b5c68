import { parse } from 'csv-parse/sync';
import { invalid } from '../kernel/index.js';

/** A postcode district with its middle, in degrees. */
export interface PlaceRow {
  readonly district: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

const COLUMNS = ['district', 'name', 'lat', 'lon'] as const;
/** There are about 3,000 districts; ten times as many is another kind of file. */
const MOST_ROWS = 30_000;

export const isDistrict = (text: string): boolean => /^[A-Z]{1,2}[0-9][A-Z0-9]?$/.test(text);

/** Reads a CSV file of postcode districts, with the columns of `COLUMNS` in any order. Refuses the whole file, naming the line (`places-not-understood`). */
export function readPlaces(text: string): PlaceRow[] {
  const rows = rowsOf(text);
  const missing = COLUMNS.filter((column) => !(column in (rows[0] ?? {})));
  if (rows.length === 0 || missing.length > 0)
    throw notUnderstood(`The first line has to name the columns ${COLUMNS.join(', ')}, and one line a place follows.`);
  if (rows.length > MOST_ROWS) throw notUnderstood(`There are more than ${MOST_ROWS} lines.`);
  const places = rows.map((row, index) => readRow(row, index + 2));
  const seen = new Set<string>();
  for (const { district } of places) {
    if (seen.has(district)) throw notUnderstood(`${district} stands there twice.`);
    seen.add(district);
  }
  return places;
}

function rowsOf(text: string): Record<string, string>[] {
  try {
    return parse(text, { columns: (names: string[]) => names.map((name) => name.toLowerCase()), skip_empty_lines: true, bom: true, trim: true });
  } catch {
    throw notUnderstood('This is not a CSV file with a heading in its first line.');
  }
}

function readRow(row: Record<string, string>, line: number): PlaceRow {
  const [district, name, lat, lon] = [row['district']!.toUpperCase(), row['name']!, readDegrees(row['lat']!), readDegrees(row['lon']!)];
  if (!isDistrict(district)) throw notUnderstood(`Line ${line}: "${district}" is not the first part of a postcode, like M33.`);
  if (name.length < 1 || name.length > 80) throw notUnderstood(`Line ${line}: a name has 1 to 80 letters.`);
  // The bounds of the United Kingdom, as the table has them.
  if (!(lat >= 49 && lat <= 61)) throw notUnderstood(`Line ${line}: lat is between 49 and 61 degrees.`);
  if (!(lon >= -9 && lon <= 2)) throw notUnderstood(`Line ${line}: lon is between -9 and 2 degrees.`);
  return { district, name, lat, lon };
}

const readDegrees = (text: string): number => (/^-?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);
const notUnderstood = (message: string): Error => invalid('places-not-understood', message);
