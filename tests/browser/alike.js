// What on a page is alike, so that axe need not be asked about the same thing a thousand times.
window.alike = (() => {
  const AMONG_SIBLINGS = 'tr, li, dl > div';
  const ON_THE_PAGE = 'details.belagg, .figur, article, details .tabell, details .verktyg';
  const REPEATED = `${AMONG_SIBLINGS}, ${ON_THE_PAGE}`;
  const STYLE = ['display', 'visibility', 'position', 'z-index', 'float', 'overflow-x', 'overflow-y',
    'opacity', 'filter', 'mix-blend-mode', 'transform', 'clip-path', 'background-image',
    'font-size', 'font-weight', 'font-style', 'text-decoration-line', 'text-shadow',
    'border-top-style', 'border-bottom-style', '-webkit-text-stroke-width',
    'color', 'background-color', '-webkit-text-fill-color'];
  const OWN = /^(id|href|for|title|aria-label.*|aria-describedby|download|style|data-.*)$/;
  const CLEAR = /, 0\)$/;
  const PICTURES = 'svg, img, canvas, object, iframe, video';
  const FIELDS = 'input, select, textarea';
  const STEP = 200;

  const hash = text => {
    let a = 0x811c9dc5, b = 0x1b873593;
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 16777619);
      b = Math.imul(b ^ text.charCodeAt(i), 2654435761);
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };

  const keys = new Map();
  const keyed = text => keys.get(text) ?? keys.set(text, hash(text)).get(text);

  // Tags and attributes of an element and of all in it, without names of its own. Of things that
  // are repeated in it each kind counts once, so that long and short tables are alike.
  const skeletons = new WeakMap();
  const skeleton = element => {
    if (skeletons.has(element)) return skeletons.get(element);
    const own = [...element.attributes].map(({ name, value }) =>
      OWN.test(name) ? name : `${name}=${/^(class|role)$/.test(name) ? value : !value.trim()}`);
    const kinds = new Set();
    const inner = element.tagName === 'svg' ? [] : [...element.childNodes].map(each => {
      if (each.nodeType !== 1) return each.nodeType === 3 && each.data.trim() ? '.' : '';
      const kind = skeleton(each);
      if (!each.matches(REPEATED)) return kind;
      return kinds.has(kind) ? '' : (kinds.add(kind), kind);
    });
    const made = hash(`${element.tagName} ${own} ${inner.join('')}`);
    skeletons.set(element, made);
    return made;
  };

  // Of things with one skeleton the first, the last and the longest stay.
  const thinKinds = elements => {
    for (const kind of Map.groupBy(elements, skeleton).values()) {
      const long = kind.reduce((a, b) => b.textContent.length > a.textContent.length ? b : a);
      kind.slice(1, -1).filter(each => each !== long).forEach(each => each.remove());
    }
  };
  const thin = () => {
    thinKinds([...document.querySelectorAll(ON_THE_PAGE)]);
    const parents = new Set([...document.querySelectorAll(AMONG_SIBLINGS)].map(e => e.parentNode));
    parents.forEach(each => thinKinds([...each.children].filter(e => e.matches(AMONG_SIBLINGS))));
    return document.querySelectorAll('*').length;
  };

  const hasText = element => element.matches(FIELDS)
    || [...element.childNodes].some(each => each.nodeType === 3 && each.data.trim());
  const read = (element, names) => {
    const style = getComputedStyle(element);
    return names.map(name => style.getPropertyValue(name)).join();
  };
  const holds = (box, { left, right, top, bottom }) => box.left <= (left + right) / 2
    && box.right >= (left + right) / 2 && box.top <= (top + bottom) / 2
    && box.bottom >= (top + bottom) / 2;
  const apart = (a, b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom;
  const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1
    && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;

  const scrolls = ({ element, style }) => /,(auto|scroll),/.test(style)
    && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);

  // Boxes of two parts as they are seen from the innermost place that scrolls and holds both.
  const seen = (one, other) => {
    const frames = new Set();
    for (let each = other.frame; each; each = each.frame) frames.add(each);
    while (one.frame && !frames.has(one.frame)) one = one.frame;
    while (other.frame !== one.frame) other = other.frame;
    return [one.box, other.box];
  };

  // Everything with a box, as it is styled and placed at this width and in these colours.
  const shown = () => {
    const parts = new Map();
    for (const element of document.querySelectorAll('html, body, body *')) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const parent = parts.get(element.parentElement);
      const style = `${element.tagName},${read(element, STYLE)}`;
      const part = { element, parent, style, box: element.getBoundingClientRect() };
      part.ground = getComputedStyle(element).backgroundColor;
      part.frame = parent && (scrolls(parent) ? parent : parent.frame);
      part.isClipped = parent?.isClipped || style.includes('inset(50%)');
      part.key = keyed(`${parent?.key} ${style}`);
      parts.set(element, part);
    }
    return [...parts.values()];
  };

  const linesOf = element => [...element.childNodes].filter(each => each.nodeType === 3)
    .flatMap(each => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return [...range.getClientRects()];
    });

  const isPainted = ({ element, ground, style }) => !CLEAR.test(ground) || element.matches(PICTURES)
    || /url\(|gradient\(/.test(style);

  const floors = box => [Math.floor(box.top / STEP), Math.floor(box.bottom / STEP)];

  // The painted boxes near a height.
  const shelves = painted => {
    const found = new Map();
    for (const part of painted) {
      const [first, last] = floors(part.box);
      for (let i = first; i <= last; i++) found.set(i, [...found.get(i) ?? [], part]);
    }
    return found;
  };

  // A text with a box of another over or under it, or that leaves a painted box it stands in.
  const isOdd = (part, near) => {
    let lines;
    return near.some(other => {
      const [own, box] = seen(part, other);
      if (other.element.contains(part.element)) return !within(own, box);
      if (apart(own, box)) return false;
      lines ??= linesOf(part.element);
      return own === part.box ? lines.some(line => holds(box, line)) : holds(box, own);
    });
  };

  // Whether a link stands in running text: axe asks how such a link is told from the text.
  const standsInText = ({ element, parent }) => {
    if (!element.matches('a')) return '';
    while (parent.parent && /,inline,/.test(parent.style)) parent = parent.parent;
    const length = each => each.textContent.trim().length;
    const linked = [...parent.element.querySelectorAll('a')].reduce((sum, a) => sum + length(a), 0);
    return length(parent.element) > 2 * linked ? 'in text' : 'alone';
  };

  // One text of each kind, by what decides its contrast: how it and all that it is in is styled.
  const kinds = () => {
    const found = new Map(), parts = shown(), near = shelves(parts.filter(isPainted));
    for (const part of parts.filter(each => !each.isClipped && hasText(each.element))) {
      const [first, last] = floors(part.box);
      const beside = Array.from({ length: last - first + 1 }, (_, i) => near.get(first + i) ?? []);
      const key = isOdd(part, beside.flat()) ? `odd ${found.size}` : part.key + standsInText(part);
      if (!found.has(key)) found.set(key, part.element);
    }
    window.kinds = [...found.values()];
    return [...found.keys()];
  };

  return { thin, kinds };
})();
