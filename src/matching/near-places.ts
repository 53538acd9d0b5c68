/** A district with its middle, in degrees. */
export interface Place {
  readonly district: string;
  readonly lat: number;
  readonly lon: number;
}

/** As far as any card may go, in miles: the same as the form for cards allows. */
export const MOST_MILES = 30;

const EARTH_RADIUS_MILES = 3958.7613;
/** A little more than the degrees of latitude in 30.5 miles, which round to 30. */
const WINDOW_DEGREES = 0.45;

/** Which districts lie within 30 miles of which, nearest first: all that matching knows of where people are. Cards of one district are
 *  equally far from those of another, so a district is a cell of the grid and a distance is looked up, never worked out. */
export class NearPlaces {
  private readonly numbers: ReadonlyMap<string, number>;

  private constructor(
    readonly names: readonly string[],
    /** Near districts of district `p` lie from `starts[p]` up to `starts[p + 1]` in `others` and `miles`. */
    readonly starts: Int32Array,
    readonly others: Uint16Array,
    readonly miles: Uint8Array,
  ) {
    this.numbers = new Map(names.map((name, number) => [name, number]));
  }

  /** By whole miles between two middles as `miles_between` in PostgreSQL has them. */
  static ofMap(places: readonly Place[]): NearPlaces {
    const ordered = [...places].sort((a, b) => gridOrder(a) - gridOrder(b) || (a.district < b.district ? -1 : 1));
    const near = ordered.map(() => [] as { other: number; miles: number }[]);
    const byLat = ordered.map((place, number) => ({ place, number })).sort((a, b) => a.place.lat - b.place.lat);
    byLat.forEach(({ place, number }, at) => {
      for (let to = at; to < byLat.length; to++) {
        const there = byLat[to]!;
        if (there.place.lat - place.lat > WINDOW_DEGREES) break;
        const miles = milesBetween(place, there.place);
        if (miles > MOST_MILES) continue;
        near[number]!.push({ other: there.number, miles });
        if (there.number !== number) near[there.number]!.push({ other: number, miles });
      }
    });
    return NearPlaces.from(
      ordered.map((place) => place.district),
      near,
    );
  }

  /** By any measure of whole miles, the same both ways. */
  static by(names: readonly string[], miles: (a: string, b: string) => number): NearPlaces {
    const near = names.map((name) => names.map((there, other) => ({ other, miles: miles(name, there) })).filter((each) => each.miles <= MOST_MILES));
    return NearPlaces.from(names, near);
  }

  private static from(names: readonly string[], near: { other: number; miles: number }[][]): NearPlaces {
    const starts = new Int32Array(names.length + 1);
    near.forEach((list, place) => (starts[place + 1] = starts[place]! + list.length));
    const [others, miles] = [new Uint16Array(starts[names.length]!), new Uint8Array(starts[names.length]!)];
    near.forEach((list, place) => {
      list.sort((a, b) => a.miles - b.miles || a.other - b.other);
      list.forEach((each, at) => {
        others[starts[place]! + at] = each.other;
        miles[starts[place]! + at] = each.miles;
      });
    });
    return new NearPlaces(names, starts, others, miles);
  }

  get size(): number {
    return this.names.length;
  }

  /** Throws a RangeError for a district that is not on the map. */
  numberOf(district: string): number {
    const number = this.numbers.get(district);
    if (number === undefined) throw new RangeError(`no such district: ${district}`);
    return number;
  }

  /** Whole miles, or undefined when they are more than 30. */
  between(a: number, b: number): number | undefined {
    for (let at = this.starts[a]!; at < this.starts[a + 1]!; at++) if (this.others[at] === b) return this.miles[at];
    return undefined;
  }
}

/** Where a place lies on a curve through the squares of a grid that keeps neighbours together (Z-order, squares of about two miles): so
 *  that cards that are near each other are near in memory too. */
function gridOrder(place: Place): number {
  const [across, up] = [Math.floor((place.lon + 9) * 20), Math.floor((place.lat - 49) * 32)];
  let order = 0;
  for (let bit = 0; bit < 10; bit++) order |= (((across >>> bit) & 1) << (2 * bit)) | (((up >>> bit) & 1) << (2 * bit + 1));
  return order;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Whole miles as the crow flies. */
export function milesBetween(a: Place, b: Place): number {
  const across = Math.sin(radians(b.lon - a.lon) / 2) ** 2 * Math.cos(radians(a.lat)) * Math.cos(radians(b.lat));
  return Math.round(2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(Math.sin(radians(b.lat - a.lat) / 2) ** 2 + across))));
}
