/** What names are sorted by: the root of Unicode's order, under the name it has in every PostgreSQL with ICU (`unicode` came with 16). */
export const COLLATION = 'und-x-icu';

/** For SQL, after the column of a name: ``order by family_name ${AS_NAMES}``. */
export const AS_NAMES = `collate "${COLLATION}"`;
