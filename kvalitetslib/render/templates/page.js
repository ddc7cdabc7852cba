// Where the reader is, marked in the contents list.
const contents = document.querySelector('.toc');
const entries = new Map([...document.querySelectorAll('.toc ol a')].map(each => [each.hash.slice(1), each]));
const inView = new Set();
const mark = seen => {
  for (const each of seen) inView[each.isIntersecting ? 'add' : 'delete'](each.target.id);
  const here = [...entries.keys()].find(id => inView.has(id));
  if (!here) return;
  for (const [id, link] of entries) {
    if (id === here) link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  }
  // Who tabs through the list must not have it moved away from them.
  if (!contents.contains(document.activeElement)) contents.scrollTop = entries.get(here).offsetTop - contents.clientHeight / 2;
};
const watch = new IntersectionObserver(mark, {rootMargin: '-15% 0px -80% 0px'});
for (const id of entries.keys()) {
  const chapter = document.getElementById(id);
  if (chapter) watch.observe(chapter);
}

// A link to what lies in a fold opens it, and so does the way back to the contents list.
const reveal = () => {
  if (location.hash === '#innehallslista') contents.querySelector('details').open = true;
  const target = document.getElementById(location.hash.slice(1));
  const folds = [];
  for (let at = target; at; at = at.parentElement) if (at.matches('details')) folds.push(at);
  for (const each of folds) {
    each.open = true;
    each.dataset.shown = '';
  }
  if (folds.length) target.scrollIntoView();
};
addEventListener('hashchange', reveal);
reveal();

// The cells of a table. What stands small under a number becomes a column of its own.
const tidy = text => text.replace(/\u00ad/g, '').replace(/\s+/g, ' ').trim();
const main = cell => {
  const copy = cell.cloneNode(true);
  for (const each of copy.querySelectorAll('[aria-hidden="true"], small, .utgava')) each.remove();
  return tidy(copy.textContent);
};
const note = cell => [...cell.querySelectorAll('small')].map(each => tidy(each.textContent)).join('; ');
const cells = table => {
  const rows = [...table.rows].map(row => [...row.cells]);
  const noted = rows[0].map((_, i) => rows.some(row => row[i] && note(row[i])));
  return rows.map((row, y) => row.flatMap((cell, i) => noted[i]
    ? [main(cell), y ? note(cell) : `${main(cell)}, anmärkning`] : [main(cell)]));
};
const source = box => {
  const own = [box.querySelector('.not'), box.closest('figure')?.querySelector('.kalla')];
  const told = own.filter(Boolean).map(each => tidy(each.textContent)).join(' ');
  const chapter = box.closest('section')?.querySelector('h2');
  return told || `Källa: ${[document.title, chapter && tidy(chapter.textContent)].filter(Boolean).join(', ')}`;
};

// Numbers as a Swedish spreadsheet reads them; a text that it would run as a formula is made inert.
const NUMBER = /^[-+−]?(\d+|\d{1,3}( \d{3})+)(,\d+)?( ?%)?$/;
const safe = text => NUMBER.test(text) ? text.replace('−', '-').replace(/^\+/, '').replace(/ /g, '')
  : /^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
const lines = box => [...cells(box.querySelector('table')), [source(box)]].map(row => row.map(safe));
const quoted = text => /[";\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
const csv = box => '\ufeff' + lines(box).map(row => row.map(quoted).join(';') + '\r\n').join('');
const tabbed = box => lines(box).map(row => row.join('\t')).join('\n');
const fileName = title => title.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  .replace(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-|-$/g, '') + '.csv';

const told = document.createElement('span');
told.role = 'status';
const tell = (place, text) => {
  told.textContent = '';
  place.append(told);
  setTimeout(() => { told.textContent = text; }, 50);
};
const download = (box, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv(box)], {type: 'text/csv;charset=utf-8'}));
  link.download = fileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return 'Filen är sparad.';
};
const copy = box => navigator.clipboard.writeText(tabbed(box)).then(
  () => 'Tabellen är kopierad.', () => 'Det gick inte att kopiera. Ladda ner tabellen i stället.');
const button = (text, name, act) => {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', `${text}: ${name}`);
  made.addEventListener('click', async () => tell(made.parentElement, await act()));
  return made;
};
for (const box of document.querySelectorAll('.tabell')) {
  const name = tidy(box.querySelector('caption').textContent);
  const tools = document.createElement('p');
  tools.className = 'verktyg';
  tools.append(button('Kopiera', name, () => copy(box)),
    button('Ladda ner CSV', name, () => download(box, name)));
  box.after(tools);
}
