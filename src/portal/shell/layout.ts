import { attributes, html, NOTHING, type Html } from '../../platform/index.js';
import { errorSummary, icon, spoken } from '../blocks/index.js';
import { assetUrl } from './assets.js';
import type { Flash, NavItem, PageModel } from './page.js';
import { SHELL_LINKS, worriedLink } from './shell-links.js';

const logo = html`<svg class="cp-logo" viewBox="0 0 44 40" width="44" height="40" aria-hidden="true" focusable="false"><circle class="cp-logo__one" cx="15" cy="14" r="11"/><circle class="cp-logo__two" cx="29" cy="14" r="11"/><circle class="cp-logo__three" cx="22" cy="26" r="11"/></svg>`;

/** Everything of a page before its content: head, skip link, header, banners, back link, what was done, what must be put right. */
export function pageStart(page: PageModel): Html {
  const hasErrors = (page.errors?.length ?? 0) > 0;
  return html`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${hasErrors ? 'Error: ' : ''}${page.title} – Commonpurse</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#0f4f52">
<meta name="robots" content="noindex">
${page.refreshAfterSeconds ? html`<noscript><meta http-equiv="refresh" content="${page.refreshAfterSeconds}"></noscript>` : null}
<link rel="icon" href="${assetUrl('icon.svg')}" type="image/svg+xml" sizes="any">
<link rel="stylesheet" href="${assetUrl('theme.css')}">
<script type="module" src="${assetUrl('components.js')}"></script>
</head>
<body class="cp-body"${attributes({ 'data-look-again': page.refreshAfterSeconds })} data-components="${assetUrl('nhsuk/nhsuk-frontend.min.js')}">
<script src="${assetUrl('start.js')}"></script>
<a class="nhsuk-skip-link" data-module="nhsuk-skip-link" href="#maincontent">Skip to main content</a>
<header>
${help(page)}
${header(page)}
${page.simulated ? html`<div class="cp-simulated"><div class="nhsuk-width-container"><p>${icon('info')}<span><strong>Payments are simulated.</strong> No real money moves.</span></p></div></div>` : null}
${acting(page)}
</header>
<div class="nhsuk-width-container">
${page.back || page.readAloud ? aboveContent(page) : null}
<main class="nhsuk-main-wrapper cp-main${page.isWide ? ' cp-main--wide' : ''}" id="maincontent">
${errorSummary(page.errors)}${page.flash ? flashBox(page.flash) : null}
`;
}

/** Everything of a page after its content. */
export const pageEnd = (page: PageModel): Html => html`
</main>
</div>
<footer class="cp-footer"><div class="nhsuk-width-container">
<p class="cp-footer__name">Commonpurse</p>
<p class="cp-footer__what">Say what a good life looks like. Find others. Share part of your money, buy together, and see every penny.</p>
<ul class="cp-footer__links"><li><a href="${worriedLink(page.path)}">I’m worried about something</a></li><li><a href="${SHELL_LINKS.help}">Help</a></li><li><a href="${SHELL_LINKS.privacy}">Who can see my information</a></li><li><a href="${SHELL_LINKS.complain}">Complain or say thank you</a></li><li><a href="${SHELL_LINKS.accessibility}">Accessibility</a></li></ul>
</div></footer>
</body>
</html>
`;

/** A whole page made of functions alone, for the pages asked for most. */
export const wholePage = (page: PageModel, content: Html): string => `${pageStart(page)}${content}${pageEnd(page)}`;

const aboveContent = (page: PageModel): Html =>
  html`<nav class="cp-back" aria-label="This page">${
    page.back ? html`<a class="nhsuk-back-link" href="${page.back.href}">${page.back.text ?? 'Back'}</a>` : null
  }${page.readAloud ? html`<button class="cp-aloud" type="button" data-read-aloud hidden>Listen to this page</button>` : null}</nav>`;

/** Help, worries and the quick way out: first on every page and always in this order. */
const help = (page: PageModel): Html => html`<div class="cp-help"><div class="nhsuk-width-container cp-help__row">
<a class="cp-help__link" href="${worriedLink(page.path)}">${icon('speech')}I’m worried about something</a>
<a class="cp-help__link" href="${SHELL_LINKS.help}">${icon('question')}Help</a>
${page.quickExit === false ? null : html`<a class="cp-help__exit" href="${SHELL_LINKS.quickExit}" rel="nofollow noreferrer" data-quick-exit>Leave this site quickly</a>`}
</div></div>`;

const header = (page: PageModel): Html => html`<div class="cp-header"><div class="nhsuk-width-container cp-header__row">
<a class="cp-brand" href="${SHELL_LINKS.home}">${logo}<span class="cp-brand__name">Commonpurse</span>${spoken(' home')}</a>
${
  page.actor
    ? html`<div class="cp-who"><p class="cp-who__name">${icon('person')}<a href="${SHELL_LINKS.account}">${spoken('Signed in as ')}${page.actor.name}${spoken(': your account')}</a></p>
<form class="cp-who__out" method="post" action="${SHELL_LINKS.signOut}"><input${attributes({ type: 'hidden', name: '_csrf', value: page.csrf })}><button class="cp-linklike" type="submit">Sign out</button></form></div>`
    : html`<p class="cp-who"><a class="cp-who__in" href="${SHELL_LINKS.signIn}">Sign in</a></p>`
}
</div>${page.nav.length ? navigation(page.nav) : null}</div>`;

const navigation = (items: readonly NavItem[]): Html => html`<div class="cp-nav"><div class="nhsuk-width-container">
<button class="cp-nav__toggle" type="button" aria-expanded="false" aria-controls="cp-nav" data-menu>${icon('list')}Menu</button>
<nav id="cp-nav" class="cp-nav__inside" aria-label="Main"><ul class="cp-nav__list">${items.map(
  (item) =>
    html`<li><a class="cp-nav__link"${attributes({ href: item.href, 'aria-current': item.isCurrent ? 'true' : undefined })}>${item.text}${
      item.waiting?.count ? html` <span class="cp-nav__count">${item.waiting.count}${spoken(` ${item.waiting.what}`)}</span>` : null
    }</a></li>`,
)}</ul></nav>
</div></div>`;

function acting(page: PageModel): Html {
  if (!page.actor?.actingFor) return NOTHING;
  return html`<div class="cp-acting"><div class="nhsuk-width-container cp-acting__row"><p>${icon('people')}<span>You are acting for <strong>${page.actor.actingFor}</strong>${page.actor.as ? ` as ${page.actor.as}` : ''}.</span></p>${
    page.actor.canChange ? html`<a href="${SHELL_LINKS.actingFor}">Change who you act for</a>` : null
  }</div></div>`;
}

const flashBox = (
  flash: Flash,
): Html => html`<div class="cp-flash cp-flash--${flash.kind}" role="${flash.kind === 'care' ? 'alert' : 'status'}">${icon(flash.kind === 'done' ? 'tick' : flash.kind === 'care' ? 'stop' : 'info')}
<div class="cp-flash__words"><p class="cp-flash__title">${flash.title}</p>${flash.text ? html`<p>${flash.text}</p>` : null}${flash.reference ? html`<p>Your reference is <strong class="cp-reference">${flash.reference}</strong></p>` : null}</div></div>`;
