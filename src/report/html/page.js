// What is nicer with a script: a filter, folding all at once, and unfolding what a link or a printer asks for.
// Nothing here reads or writes anything but this page.
'use strict';
(function () {
  const form = document.getElementById('filter');
  const all = Array.from(document.querySelectorAll('details'));
  const findings = all.filter((d) => d.classList.contains('finding'));

  // A printer that does not know how to show what is folded gets it unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all.filter((d) => !d.open);
    folded.forEach((d) => { d.open = true; });
  });
  addEventListener('afterprint', () => { folded.forEach((d) => { d.open = false; }); });

  if (!form) return;
  const words = document.getElementById('words');
  const shown = document.getElementById('shown');
  const boxes = Array.from(form.querySelectorAll('input[type=checkbox]'));
  const groups = ['.transaction', '.incident'].map((name) => Array.from(document.querySelectorAll(name)));
  const texts = new Map();

  // What a finding is searched by: its own words and those that stand above it.
  function text(finding) {
    let found = texts.get(finding);
    if (found === undefined) {
      const article = finding.closest('.transaction');
      const section = finding.closest('.incident');
      const above = [article, section].map((e) => e && e.querySelector(':scope > header'));
      found = [finding, ...above].map((e) => (e ? e.textContent : '')).join(' ').toLowerCase();
      texts.set(finding, found);
    }
    return found;
  }

  function apply() {
    const wanted = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = asked.length > 0 || wanted.size !== boxes.length;
    let count = 0;
    for (const finding of findings) {
      const fits = wanted.has(finding.dataset.verdict) && (asked.length === 0 || asked.every((w) => text(finding).includes(w)));
      finding.hidden = !fits;
      if (fits) count += 1;
    }
    // What has no finding to show is hidden as well, but only while something is asked for.
    for (const group of groups) {
      for (const element of group) {
        element.hidden = narrowed && !element.querySelector('.finding:not([hidden])');
      }
    }
    shown.textContent = narrowed ? 'Showing ' + count + ' of ' + findings.length : 'Showing all ' + findings.length;
  }

  let timer = 0;
  words.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 150); });
  boxes.forEach((b) => b.addEventListener('change', apply));
  form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
  const fold = (open) => findings.forEach((d) => { if (!d.hidden) d.open = open; });
  document.getElementById('unfold').addEventListener('click', () => fold(true));
  document.getElementById('fold').addEventListener('click', () => fold(false));
  form.hidden = false;
  apply();
})();
