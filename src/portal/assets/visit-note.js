/* Keeps a visit note on this device while there is no signal, and sends it when there is. What was kept by the service is removed here.
   Without this file the page is an ordinary form. Each change has an id of its own and says which words it was written over, so that
   nothing is lost when it is sent late, twice, or after another device's. */
const form = document.querySelector('[data-visit]');
const key = 'cp-visit:' + form.dataset.visitKeeper + ':' + form.dataset.visit;
const status = document.querySelector('[data-visit-status]');
const forget = document.querySelector('[data-visit-forget]');
const blank = document.querySelector('[data-visit-blank]');
const FIRST = ['day', 'who', 'next'];
let isSending = false;

/* What this device holds: changes that were finished and not yet kept, and words that are still being typed. */
function held() {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    if (found && Array.isArray(found.edits) && found.typed) return found;
  } catch { /* Nothing that can be read. */ }
  return { edits: [], typed: {} };
}

function hold(next) {
  const isEmpty = next.edits.length === 0 && Object.keys(next.typed).length === 0;
  try {
    if (isEmpty) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ ...next, at: Date.now() }));
  } catch {
    say('This browser keeps nothing on this device. Send your note before you lose the signal.');
  }
  forget.hidden = isEmpty;
}

const say = (words) => { if (status.textContent !== words) status.textContent = words; };

/* A new id, as the service makes them: the time first, so that paragraphs stay in the order of their beginning. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const input = (name) => form.elements.namedItem(name);
const partsShown = () => [...form.elements].filter((each) => each.name.startsWith('base.')).map((each) => each.name.slice(5));
const clean = (text) => text.replace(/\r\n?/g, '\n').trim();

function wordsOf(part) {
  if (part !== 'day') return clean(input('words.' + part).value);
  const [day, month, year] = ['day-day', 'day-month', 'day-year'].map((name) => input(name).value.trim());
  return year + '-' + month.padStart(2, '0') + '-' + day.padStart(2, '0');
}

function show(part, words) {
  if (part !== 'day') { input('words.' + part).value = words; return; }
  const [year, month, day] = words.split('-');
  input('day-day').value = String(Number(day) || day || '');
  input('day-month').value = String(Number(month) || month || '');
  input('day-year').value = year || '';
}

/* One more empty paragraph, under an id of its own. */
function addParagraph(part) {
  const added = blank.content.firstElementChild.cloneNode(true);
  for (const each of added.querySelectorAll('[name],[id],[for]')) {
    for (const name of ['name', 'id', 'for']) {
      const value = each.getAttribute(name);
      if (value) each.setAttribute(name, value.replace(/new$/, part));
    }
  }
  form.querySelector('[data-visit-paragraphs]').append(added);
  before.set(part, '');
}

const before = new Map(partsShown().map((part) => [part, wordsOf(part)]));
/* What a change is written over: kept beside the words, as the page may show something newer when it is opened again. */
const bases = new Map(partsShown().map((part) => [part, input('base.' + part).value.split(' ').filter(Boolean)]));

/* Changes that were finished and never kept, then words typed and not finished, as they stood when the page was left. */
for (const { id, part, words } of held().edits) {
  if (!before.has(part)) {
    if (FIRST.includes(part)) continue;
    addParagraph(part);
  }
  show(part, words);
  before.set(part, words);
  bases.set(part, [id]);
}
for (const [part, { words, base }] of Object.entries(held().typed)) {
  if (!before.has(part)) {
    if (FIRST.includes(part)) continue;
    addParagraph(part);
  }
  show(part, words);
  bases.set(part, base);
}
if (Object.keys(held().typed).length > 0) say('Here are words you typed on this device and have not kept yet.');
hold(held());

form.addEventListener('input', () => {
  const now = held();
  now.typed = {};
  for (const part of partsShown()) if (wordsOf(part) !== before.get(part)) now.typed[part] = { words: wordsOf(part), base: bases.get(part) ?? [] };
  hold(now);
});

/* Finishes what was typed: each changed part becomes a change with an id, written over what stood there. */
function finish() {
  const now = held();
  for (const part of partsShown()) {
    const words = wordsOf(part);
    if (words === before.get(part)) continue;
    const id = newId();
    now.edits.push({ id, part, base: bases.get(part) ?? [], words });
    before.set(part, words);
    bases.set(part, [id]);
  }
  /* The day on the page goes with a new note: it may be sent days later. */
  if (now.edits.length > 0 && before.has('day') && (bases.get('day') ?? []).length === 0) {
    const id = newId();
    now.edits.push({ id, part: 'day', base: [], words: wordsOf('day') });
    bases.set('day', [id]);
  }
  now.typed = {};
  hold(now);
  return now.edits.length;
}

async function send() {
  const edits = held().edits.slice(0, 100);
  if (isSending || edits.length === 0) return;
  isSending = true;
  try {
    const answer = await fetch(form.dataset.visitSend, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ _csrf: input('_csrf').value, edits }),
    });
    if (!answer.ok) { refused(answer.status); return; }
    const { kept } = await answer.json();
    const now = held();
    now.edits = now.edits.filter((each) => !kept.includes(each.id));
    hold(now);
    if (now.edits.length > 0) setTimeout(send, 0);
    else if (Object.keys(now.typed).length === 0) location.assign(form.dataset.visitNext);
    else say('What you finished is kept. What you are typing now is still on this device.');
  } catch {
    say('No signal. Your words are on this device. We send them when there is signal again.');
  } finally {
    isSending = false;
  }
}

function refused(status) {
  if (status === 0 || status === 401 || status === 403) say('You are not signed in any more. Your words are still on this device: sign in again and open this page.');
  else if (status === 404) say('You no longer help this person, so this was not taken. Your words are still on this device. Remove them when you have read this.');
  else if (status === 409 || status === 422) say('Something in this could not be taken. Your words are still on this device. Copy them, remove them here, and begin another note.');
  else say('The service could not take this now. Your words are still on this device. We try again.');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const fault = faultOf();
  if (fault) { say(fault.words); fault.field.focus(); return; }
  if (finish() === 0) { say('Nothing has changed.'); return; }
  addParagraph(newId());
  say('Sending …');
  void send();
});

/* What the service would refuse is not finished: it stays in its field, to be put right. */
function faultOf() {
  if (before.has('day')) {
    const day = new Date(wordsOf('day') + 'T12:00:00Z');
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== wordsOf('day')) return { words: 'Enter a real date, like 27 3 2027.', field: input('day-day') };
  }
  const long = partsShown().find((part) => wordsOf(part).length > 4000);
  return long && { words: 'Use 4,000 characters or fewer for each paragraph.', field: input('words.' + long) };
}

forget.addEventListener('click', () => {
  hold({ edits: [], typed: {} });
  say('Nothing of this note is on this device any more.');
  location.reload();
});

window.addEventListener('online', send);
setInterval(send, 30_000);
void send();
