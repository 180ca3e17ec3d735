import type { BriefSection } from '../../backend';

/** A key for each line of a section, in their order. */
export function keys(section: BriefSection): string[] {
  const seen = new Map<string, number>();
  return section.sentences.map((sentence) => {
    const about = sentence.sources.map((s) => s.id).join(' ') || sentence.text;
    const before = seen.get(about) ?? 0;
    seen.set(about, before + 1);
    return `${section.id} ${about}${before === 0 ? '' : ` ${before}`}`;
  });
}
