// What fits, and what shows, on a page as it is now.

/** How far the page is wider than its window, in pixels. */
export const beyond = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Texts that are cut off sideways without a sign that they go on. */
export const cutOff = (page) =>
  page.evaluate(() => {
    const signed = (style) => style.textOverflow === 'ellipsis' || style.maskImage !== 'none';
    const clips = (style) => ['hidden', 'clip', 'auto', 'scroll'].includes(style.overflowX);
    const cut = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.data.trim() === '' || node.parentElement.closest('.unseen, option, script, style, svg'))
        continue;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((line) => line.width > 0);
      for (let at = node.parentElement; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.position === 'fixed') break;
        if (!clips(style) || signed(style)) {
          if (signed(style)) break;
          continue;
        }
        const box = at.getBoundingClientRect();
        // A line that is left out as a whole is not cut.
        const seen = lines.filter(
          (line) =>
            line.top < box.bottom && line.bottom > box.top && line.left < box.right && line.right > box.left,
        );
        if (seen.some((line) => line.right > box.right + 1 || line.left < box.left - 1))
          cut.push(`${node.data.trim().slice(0, 40)} in ${at.outerHTML.slice(0, 80)}`);
        break;
      }
    }
    return cut;
  });

/** By how much the situation is higher than its column, in pixels. */
export const situationBeyond = (page) =>
  page.evaluate(() => {
    const column = document.querySelector('section[aria-label=Situation]');
    return column.scrollHeight - column.clientHeight;
  });

/** What moves, or would. */
export const moving = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((el) => {
        const { transitionDuration, transitionProperty, animationName } = getComputedStyle(el);
        const glides = transitionProperty !== 'none' && !/^(0s(, )?)+$/.test(transitionDuration);
        return glides || animationName !== 'none';
      })
      .map((el) => el.outerHTML.slice(0, 80)),
  );

/** Whether what has the focus is drawn so with an outline or a border, which the colours of a system leave, in the window. */
export const focusIsOutlined = (page) =>
  page.evaluate(() => {
    const el = document.activeElement;
    if (!el || el === document.body) return false;
    const box = el.getBoundingClientRect();
    if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) return false;
    for (let at = el; at && at !== document.body; at = at.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      if (outlineStyle !== 'none' && outlineWidth !== '0px') return true;
    }
    return false;
  });
