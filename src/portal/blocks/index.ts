/** The building blocks of every page. Each is a function from options to `Html`, called alike from TypeScript and from templates. */
import { cardGrid, personCard, poolCard, providerCard } from './cards.js';
import { checkedNote } from './checked.js';
import { reasonChips } from './chips.js';
import { checkboxes, dateField, radios } from './choices.js';
import { consentSummary, decisionCard, quoteComparison } from './decisions.js';
import { errorSummary } from './error-summary.js';
import { button, buttonGroup, fileField, formTokens, hiddenField, moneyField, selectField, textareaField, textField } from './fields.js';
import { fourNumbers } from './four-numbers.js';
import { circlesPicture, goalStrip } from './goals.js';
import { icon } from './icon.js';
import { emptyState, needsList, note, pagination, summaryList } from './lists.js';
import { details } from './markup.js';
import { money } from './money.js';
import { moneyChart } from './money-chart.js';
import { passwordField } from './password-field.js';
import { pledgeBar } from './pledge-bar.js';
import { progressBar } from './progress.js';
import { sharePicture } from './share-picture.js';
import { splitTable } from './split-table.js';
import { statement } from './statement.js';
import { stateBlock, stateTag } from './state-tag.js';
import { suppressedBlock, suppressedNote, suppressedNumber } from './suppressed.js';
import { table } from './table.js';
import { timeline } from './timeline.js';
import { moneyTracker } from './tracker.js';

export * from './cards.js';
export * from './checked.js';
export * from './chips.js';
export * from './choices.js';
export * from './decisions.js';
export * from './error-summary.js';
export * from './fields.js';
export * from './four-numbers.js';
export * from './goals.js';
export * from './icon.js';
export * from './lists.js';
export * from './markup.js';
export * from './money.js';
export * from './money-chart.js';
export { findingOf, moneyChartView } from './money-chart.view.js';
export * from './password-field.js';
export * from './portion.js';
export * from './pledge-bar.js';
export * from './progress.js';
export * from './share-picture.js';
export * from './split-table.js';
export * from './statement.js';
export * from './state-tag.js';
export * from './suppressed.js';
export * from './table.js';
export * from './timeline.js';
export * from './tracker.js';

/** What templates may call by name: `{{ fourNumbers(line.numbers) }}`. */
export const blockFunctions = {
  button,
  buttonGroup,
  cardGrid,
  checkboxes,
  checkedNote,
  circlesPicture,
  consentSummary,
  dateField,
  decisionCard,
  details,
  emptyState,
  errorSummary,
  fileField,
  formTokens,
  fourNumbers,
  goalStrip,
  hiddenField,
  icon,
  money,
  moneyChart,
  moneyField,
  moneyTracker,
  needsList,
  note,
  pagination,
  passwordField,
  personCard,
  poolCard,
  pledgeBar,
  progressBar,
  providerCard,
  quoteComparison,
  radios,
  reasonChips,
  selectField,
  sharePicture,
  splitTable,
  statement,
  stateBlock,
  stateTag,
  summaryList,
  suppressedBlock,
  suppressedNote,
  suppressedNumber,
  table,
  textareaField,
  textField,
  timeline,
};
