// Search and choose among the rows. Without this script every row is shown.
const field = document.getElementById('sok');
if (field) {
  const choice = document.getElementById('visa');
  const count = document.getElementById('antal');
  const fold = text => text.toLocaleLowerCase('sv').replace(/\s+/g, ' ');
  const sections = [...document.querySelectorAll('section[id^="kommun-"]')];
  const rows = (place, before) => [...place.querySelectorAll('tbody tr')].map(row => ({
    row, tags: row.className.split(' '), text: fold(`${before} ${row.cells[0].textContent}`)}));
  const groups = sections.map(section => {
    const over = document.querySelector(`.oversikt a[href="#${section.id}"]`);
    return {section, over: over && over.closest('tr'),
      rows: rows(section, section.querySelector('h2').textContent)};
  });
  const courses = document.querySelector('.gang');
  if (courses) groups.push({section: null, over: null, rows: rows(courses, '')});
  const show = (each, isShown) => { if (each && each.hidden === isShown) each.hidden = !isShown; };
  const filter = () => {
    const words = fold(field.value).split(' ').filter(Boolean);
    let shown = 0, all = 0;
    for (const group of groups) {
      let here = 0;
      for (const each of group.rows) {
        const fits = words.every(word => each.text.includes(word))
          && (!choice.value || each.tags.includes(choice.value));
        show(each.row, fits);
        here += fits;
      }
      show(group.section, here > 0);
      show(group.over, here > 0);
      shown += here;
      all += group.rows.length;
    }
    count.textContent = shown === all ? '' : `Visar ${shown} av ${all}.`;
  };
  field.addEventListener('input', filter);
  choice.addEventListener('change', filter);
  document.querySelector('.sok').hidden = false;
  // A browser may fill in what was written before the page was left.
  if (field.value || choice.value) filter();
}
