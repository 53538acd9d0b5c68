import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();

describe.each([
  ['with scripts switched off', { javaScriptEnabled: false }],
  ['with scripts', {}],
] as const)('never to be shown to each other again, %s', (_how, options) => {
  let scene: Scene;
  let asha: PersonId, bola: PersonId;
  const company = Company.of(browser, () => scene, options);
  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
    [asha, bola] = [await scene.holder('Asha', 'asha'), await scene.holder('Bola', 'bola')];
    for (const person of [asha, bola]) await scene.openCard(person, { goals: ['singing', 'bowls'] });
    await scene.house.settle();
  }, 120_000);
  afterAll(() => scene?.close());

  it('is asked for from a card, confirmed, and taken back from the list; no name shows', async () => {
    const ashas = await company.as('asha');
    await ashas.open(`/people/${asha}/suggestions`);
    await ashas.follow(/^Never show us to each other again/);
    expect(await ashas.heading()).toBe('Never show you and this person to each other again?');
    await ashas.says('as if the card had been taken down');
    await ashas.check();
    await company.look(ashas, 'kept-apart-ask');
    await ashas.press('Yes, never again');
    await ashas.says('You are not shown to each other any more');
    await ashas.says('Someone whose card you saw on 20 November 2026');
    await ashas.saysNothingOf('Bola');
    await ashas.check();
    await ashas.open(`/people/${asha}/suggestions`);
    await ashas.says('No one nearby yet');
    const bolas = await company.as('bola');
    await bolas.open(`/people/${bola}/suggestions`);
    await bolas.says('No one nearby yet');
    await ashas.follow('People you are not shown to');
    await ashas.press(/^Show us to each other again/);
    await ashas.says('You may be shown to each other again');
    await ashas.says('There is nobody here');
    await bolas.open(`/people/${bola}/suggestions`);
    await bolas.says('both: singing');
  }, 60_000);

  it('is asked for from an invitation, and stands in the list by first name', async () => {
    const bolas = await company.as('bola');
    await bolas.open(`/people/${bola}/friends`);
    await bolas.press('Make a code');
    const code = (await bolas.page.locator('.cp-code').innerText()).trim();
    const ashas = await company.as('asha');
    await ashas.open(`/people/${asha}/friends`);
    await ashas.fill('Their first name', 'Bola');
    await ashas.fill('Their code', code);
    await ashas.press('Go on');
    await bolas.open(`/people/${bola}/friends`);
    await bolas.follow(/^Never show us to each other again/);
    await bolas.says('It counts as a no. To Asha it looks as if nobody had answered.');
    await bolas.press('Yes, never again');
    await bolas.says('Asha');
    await bolas.check();
    await ashas.open(`/people/${asha}/friends`);
    await ashas.says('No answer yet');
  }, 60_000);
});
