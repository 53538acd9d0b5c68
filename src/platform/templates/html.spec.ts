import { describe, expect, it } from '@jest/globals';
import { attributes, classes, Html, html, joinHtml } from './html.js';

describe('html', () => {
  it('escapes what people typed, in content and in attributes', () => {
    expect(html`<b title="${'"><script>'}">${"Tom & 'Jo'"}</b>`.markup).toBe('<b title="&quot;&gt;&lt;script&gt;">Tom &amp; &#39;Jo&#39;</b>');
  });

  it('keeps markup that is already safe, joins lists and prints nothing for nothing', () => {
    expect(html`${html`<i>a</i>`}${[html`<i>b</i>`, '<', null]}${undefined}${false}${0}`.markup).toBe('<i>a</i><i>b</i>&lt;0');
  });

  it('refuses a raw bigint, so that pence are never read as pounds', () => {
    expect(() => html`${120n as never}`).toThrow(TypeError);
  });

  it('prints attributes that are set', () => {
    expect(attributes({ id: 'a"b', hidden: true, title: undefined, open: false, rows: 5 }).markup).toBe(' id="a&quot;b" hidden rows="5"');
  });

  it('joins parts and leaves out the empty ones', () => {
    expect(joinHtml(['<', null, new Html('<br>')], ' ').markup).toBe('&lt; <br>');
    expect(classes('a', false, 'b', undefined)).toBe('a b');
  });
});
