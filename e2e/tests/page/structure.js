const wide = document.documentElement.clientWidth;
const columns = box => {
    const at = x => Math.round((x / wide) * 24);
    const [from, to] = [at(box.left), at(box.right)];
    return box.right > wide + 1 ? `${from}–${to}, beyond the window` : `${from}–${to}`;
};
const isVisible = element => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && style.opacity !== "0";
};
// The first words of a heading, and all that a drawing says, in the order in which it is drawn.
const texts = (element, within) => [...element.querySelectorAll(within)].map(it => it.textContent.trim()).filter(Boolean);
const words = heading => {
    const all = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) if (all.currentNode.textContent.trim()) return all.currentNode.textContent.trim();
    return "";
};
const name = element => {
    if (element.dataset.testid) return element.dataset.testid;
    const tag = element.localName;
    if (/^h[1-6]$/.test(tag)) return `${tag} “${words(element)}”`;
    if (tag === "svg" && element.getAttribute("aria-hidden") !== "true") return "svg";
    return ["main", "header", "footer", "nav", "section", "table"].includes(tag) ? tag : null;
};
// An element without a name, or without a box, is none; what is in it belongs to the one around it.
const inside = element => [...element.children].flatMap(it => {
    if (!(it instanceof HTMLElement || it.localName === "svg")) return [];
    if (getComputedStyle(it).display === "contents") return inside(it);
    return isVisible(it) ? tree(it) : [];
});
const tree = element => {
    const called = name(element);
    if (!called) return inside(element);
    const drawing = element.localName === "svg" ? texts(element, "text") : [];
    return [{ called, columns: columns(element.getBoundingClientRect()), drawing, below: inside(element) }];
};
const kind = it => it.called.replace(/[-A-Z0-9']*$/, "");
const shape = it => `${kind(it)} ${it.columns} ${it.below.map(shape).join()}`;
const lines = [];
const write = (all, depth) => {
    for (let at = 0, next; at < all.length; at = next) {
        next = at + 1;
        while (next < all.length && !all[at].called.startsWith("h") && shape(all[next]) === shape(all[at])) next++;
        const [first, last, count] = [all[at], all[next - 1], next - at];
        const called = count > 1 ? `${first.called} … ${last.called} (${count})` : first.called;
        lines.push(`${"  ".repeat(depth)}${called}  ${first.columns}`);
        if (first.drawing.length) lines.push(`${"  ".repeat(depth + 1)}says: ${first.drawing.join(" · ")}`);
        write(first.below, depth + 1);
    }
};
write(tree(document.body), 0);
return lines.join("\n");
