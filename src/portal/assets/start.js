/* Runs before the page is painted: says that scripts work, and serves the few things of ours that need them.
   Everything on a page works without this file. */
(function () {
  'use strict';
  document.body.classList.add('js-enabled');
  if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('nhsuk-frontend-supported');

  document.addEventListener('click', function (event) {
    var target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest('[data-menu]')) toggleMenu(target.closest('[data-menu]'));
    if (target.closest('[data-quick-exit]')) leave(event, target.closest('[data-quick-exit]'));
    if (target.closest('[data-read-aloud]')) readAloud(target.closest('[data-read-aloud]'));
    if (target.closest('[data-print]')) window.print();
  });

  document.addEventListener('DOMContentLoaded', function () {
    if (!('speechSynthesis' in window)) return;
    document.querySelectorAll('[data-read-aloud]').forEach(function (button) { button.hidden = false; });
  });
  /* While work goes on: looks again, but never under somebody's fingers or while the page is out of sight. */
  var lookAgain = Number(document.body.dataset.lookAgain);
  if (lookAgain > 0) setInterval(function () {
    if (!document.hidden && (!document.activeElement || document.activeElement === document.body)) location.reload();
  }, lookAgain * 1000);

  /* Notes of visits that were never sent (visit-note.js) do not stay on a device for ever. */
  try {
    Object.keys(localStorage).filter(function (key) { return key.indexOf('cp-visit:') === 0; }).forEach(function (key) {
      if (!(JSON.parse(localStorage.getItem(key)).at > Date.now() - 30 * 86400000)) localStorage.removeItem(key);
    });
  } catch (nothingKept) { /* This browser keeps nothing. */ }

  window.addEventListener('pagehide', function () { if ('speechSynthesis' in window) window.speechSynthesis.cancel(); });

  function toggleMenu(button) {
    var isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    document.getElementById(button.getAttribute('aria-controls')).classList.toggle('cp-nav__inside--open', !isOpen);
  }

  /* Signs out, empties the page, and leaves so that "back" does not lead here. */
  function leave(event, link) {
    event.preventDefault();
    var form = document.querySelector('.cp-who__out');
    if (form && navigator.sendBeacon) navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
    document.title = 'Weather';
    document.body.replaceChildren();
    location.replace(link.href);
  }

  /* Reads the page part by part, as browsers stop in long texts. A second press stops it. */
  function readAloud(button) {
    var voice = window.speechSynthesis;
    if (voice.speaking) { voice.cancel(); button.textContent = 'Listen to this page'; return; }
    var parts = document.getElementById('maincontent').innerText.split('\n').filter(function (part) { return part.trim() && part !== button.textContent; });
    parts.forEach(function (part, index) {
      var speech = new SpeechSynthesisUtterance(part);
      speech.lang = 'en-GB';
      speech.rate = 0.95;
      if (index === parts.length - 1) speech.onend = function () { button.textContent = 'Listen to this page'; };
      voice.speak(speech);
    });
    button.textContent = 'Stop listening';
  }
})();
