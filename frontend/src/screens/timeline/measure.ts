const mostKept = 4000;
const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text of the timeline is drawn, in pixels, at 12 px and medium weight. */
export function measured(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 7;
  context.font = "500 12px 'Inter Variable', system-ui, sans-serif";
  const width = Math.ceil(context.measureText(text).width) + 1;
  if (widths.size >= mostKept) widths.clear();
  widths.set(text, width);
  return width;
}

/** Whether the fonts are there to measure by. */
export const canMeasure = (): boolean => document.fonts?.status !== 'loading';

/** Resolves once they are; what was measured before is forgotten. */
export async function fontsReady(): Promise<void> {
  await document.fonts?.ready;
  widths.clear();
}
