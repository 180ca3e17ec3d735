import type { Attachment } from 'svelte/attachments';

/** What is dragged, and where it would come to lie. */
export class Drag<T> {
  thing = $state.raw<T>();
  /** The name of the target below the pointer; '' for none. */
  over = $state.raw('');

  /** What a drop there would do, in a few words; '' where it would do nothing. */
  readonly says: (thing: T, over: string) => string;
  readonly drop: (thing: T, over: string) => unknown;

  constructor(says: Drag<T>['says'], drop: Drag<T>['drop']) {
    this.says = says;
    this.drop = drop;
  }
}

/** A pointer that moves less than this has only trembled. */
const trembles = 5;
/** A finger that rests this long lifts; one that moves before scrolls. */
const rests = 300;
/** So near to the edge of what scrolls it scrolls, by so much a frame at most. */
const edge = 48;
const fastest = 14;
const returns = 140;

/** How fast a list scrolls, in pixels a frame, with the pointer at y: the nearer to its edge the faster. */
export function scrollSpeed(y: number, top: number, bottom: number): number {
  const near = Math.min(edge, (bottom - top) / 2);
  if (near <= 0) return 0;
  if (y < top + near) return -Math.ceil(fastest * Math.min(1, (top + near - y) / near));
  if (y > bottom - near) return Math.ceil(fastest * Math.min(1, (y - bottom + near) / near));
  return 0;
}

/** Where a thing of a value comes to lie among others that are sorted by theirs: before which of them. */
export function placeAmong(value: number, others: number[]): number {
  const at = others.findIndex((other) => other > value);
  return at < 0 ? others.length : at;
}

/**
 * Lets an element be dragged onto what has data-drop. It lifts as a copy, which follows the pointer and says what a drop
 * would do; Esc returns it. Everything that it does has keys, too.
 */
export function drags<T>(drag: Drag<T>, thing: T): Attachment<HTMLElement> {
  return (el) => {
    let start: PointerEvent | undefined;
    let last = { x: 0, y: 0 };
    let ghost: HTMLElement | undefined;
    let words: HTMLElement | undefined;
    let resting: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;

    const size = (): number => Number(getComputedStyle(el).getPropertyValue('--size')) || 1;

    function follow(x: number, y: number): void {
      last = { x, y };
      if (!ghost || !start) return;
      ghost.style.translate = `${x - start.clientX}px ${y - start.clientY}px`;
      const target = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]');
      drag.over = target?.dataset['drop'] ?? '';
      if (words) words.textContent = drag.over === '' ? '' : drag.says(thing, drag.over);
    }

    function scroll(): void {
      const list = document.elementFromPoint(last.x, last.y)?.closest('.scroll');
      if (list) {
        const { top, bottom } = list.getBoundingClientRect();
        list.scrollTop += scrollSpeed(last.y, top, bottom);
      }
      frame = requestAnimationFrame(scroll);
    }

    function lift(): void {
      if (!start || ghost) return;
      const box = el.getBoundingClientRect();
      ghost = el.cloneNode(true) as HTMLElement;
      ghost.classList.add('lifted');
      ghost.setAttribute('aria-hidden', 'true');
      ghost.inert = true;
      Object.assign(ghost.style, {
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width / size()}px`,
        scale: String(size()),
      });
      words = ghost.appendChild(document.createElement('span'));
      words.className = 'does';
      document.body.append(ghost);
      el.classList.add('gone');
      drag.thing = thing;
      frame = requestAnimationFrame(scroll);
      follow(last.x, last.y);
    }

    function move(e: PointerEvent): void {
      if (!start || e.pointerId !== start.pointerId) return;
      const far = Math.hypot(e.clientX - start.clientX, e.clientY - start.clientY) > trembles;
      if (!ghost && far) {
        if (e.pointerType === 'touch') {
          end();
          return;
        }
        lift();
      }
      follow(e.clientX, e.clientY);
    }

    function end(): void {
      clearTimeout(resting);
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancel);
      removeEventListener('keydown', key, true);
      removeEventListener('touchmove', still);
      start = undefined;
      drag.thing = undefined;
      drag.over = '';
      el.classList.remove('gone');
    }

    function up(): void {
      const dropped = ghost !== undefined && drag.over !== '' && drag.says(thing, drag.over) !== '';
      const { over } = drag;
      const lifted = ghost;
      end();
      if (!lifted) return;
      // The press that ended here is no click.
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
      if (dropped) {
        lifted.remove();
        drag.drop(thing, over);
      } else goHome(lifted);
      ghost = undefined;
    }

    function cancel(): void {
      const lifted = ghost;
      ghost = undefined;
      end();
      if (lifted) goHome(lifted);
    }

    function goHome(lifted: HTMLElement): void {
      lifted.style.transition = `translate ${returns}ms ease-out`;
      lifted.style.translate = '0 0';
      setTimeout(() => lifted.remove(), returns);
    }

    function key(e: KeyboardEvent): void {
      if (e.key !== 'Escape' || !ghost) return;
      e.preventDefault();
      e.stopPropagation();
      cancel();
    }

    const swallow = (e: Event): void => {
      e.preventDefault();
      e.stopPropagation();
    };
    const still = (e: Event): void => {
      if (ghost) e.preventDefault();
    };

    function down(e: PointerEvent): void {
      const on = e.target instanceof Element ? e.target.closest('button, a, input') : null;
      if (e.button !== 0 || start || (on && !on.hasAttribute('data-item'))) return;
      start = e;
      last = { x: e.clientX, y: e.clientY };
      if (e.pointerType === 'touch') resting = setTimeout(lift, rests);
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', cancel);
      addEventListener('keydown', key, true);
      addEventListener('touchmove', still, { passive: false });
    }

    el.addEventListener('pointerdown', down);
    return () => {
      el.removeEventListener('pointerdown', down);
      cancel();
    };
  };
}
