import { formatDay } from '../../kernel/index.js';
import type { FreezeView } from '../../pools/index.js';
import type { SummaryRow, TimelineItem } from '../blocks/index.js';

/** Said at the top of every page of a pool that is stopped. */
export const bannerOf = (freeze: FreezeView): string =>
  `This pool is stopped until the end of ${formatDay(freeze.lastDay)}, by ${freeze.owner}. Why: “${freeze.reason}”`;

/** Said to the member whose part is stopped, and to who acts for them. */
export const partBannerOf = (freeze: FreezeView, whose: string): string =>
  `${whose} part of this pool is stopped until the end of ${formatDay(freeze.lastDay)}, by ${freeze.owner}. Why: “${freeze.reason}”`;

export const freezeRows = (freeze: FreezeView): SummaryRow[] => [
  { key: 'Why', value: freeze.reason },
  { key: 'Who stopped it', value: freeze.owner },
  { key: 'Since', value: formatDay(freeze.beganOn) },
  { key: 'Last day', value: `${formatDay(freeze.lastDay)}. The next day it goes on by itself.` },
];

const DID = { freeze: 'Stopped', extend: 'Made longer', thaw: 'Went on' } as const;

/** Everything that was said about stops, newest first. */
export const freezeHistory = (freezes: readonly FreezeView[]): TimelineItem[] =>
  freezes.flatMap((freeze) =>
    [...freeze.history].reverse().map((step) => ({
      when: step.on,
      text:
        step.action === 'thaw' ? `${DID.thaw}. ${step.by}: ${step.reason}` : `${DID[step.action]} until ${formatDay(step.lastDay)}. ${step.by}: ${step.reason}`,
    })),
  );
