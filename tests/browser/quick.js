// axe remembers what it has seen by looking through lists from the start, and keeps a colour's parts
// in weak maps. On a page of 40 000 elements most of its time goes there. While axe is loaded it is
// handed a list that remembers places and maps that write on the key; all it says is the same.
(() => {
  const { indexOf } = Array.prototype;
  const { WeakMap: OwnMap, WeakSet: OwnSet } = window;
  const places = new OwnMap();

  Array.prototype.indexOf = function (wanted, ...from) {
    const plain = this.length < 50 || from.length || wanted === null || typeof wanted !== 'object';
    if (plain) return indexOf.call(this, wanted, ...from);
    const seen = places.get(this) ?? { count: 0, at: new Map() };
    places.set(this, seen);
    for (; seen.count < this.length; seen.count++) {
      if (!seen.at.has(this[seen.count])) seen.at.set(this[seen.count], seen.count);
    }
    const at = seen.at.get(wanted);
    const sure = seen.count === this.length && (at === undefined || this[at] === wanted);
    return sure ? at ?? -1 : indexOf.call(this, wanted);
  };

  class Written {
    key = Symbol();
    constructor(entries = []) { for (const [each, value] of entries ?? []) this.set(each, value) }
    has(each) { return Object(each) === each && Object.hasOwn(each, this.key) }
    get(each) { return this.has(each) ? each[this.key] : undefined }
    set(each, value) { each[this.key] = value; return this }
    add(each) { return this.set(each, true) }
    delete(each) { return this.has(each) && delete each[this.key] }
  }
  window.WeakMap = window.WeakSet = Written;

  window.afterAxe = () => {
    Array.prototype.indexOf = indexOf;
    Object.assign(window, { WeakMap: OwnMap, WeakSet: OwnSet });
  };
})();
