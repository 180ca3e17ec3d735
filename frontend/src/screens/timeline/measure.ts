let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text of the timeline is drawn, in pixels, at 12 px and medium weight. */
export function measured(text: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 7;
  context.font = "500 12px 'Inter Variable', system-ui, sans-serif";
  return Math.ceil(context.measureText(text).width) + 1;
}
