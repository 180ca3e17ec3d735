/** What went wrong on the other side, as it is shown: what happened, and what to do now. */
export class AppError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'AppError';
  }
}

/**
 * Makes an AppError of whatever a call was rejected with. Go sends {code, message, hint} as JSON, which the bridge puts
 * into an Error; what the bridge itself has to say is no JSON.
 */
export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  try {
    const { code, message, hint } = JSON.parse(text) as Record<string, unknown>;
    if (typeof code === 'string' && typeof message === 'string' && typeof hint === 'string') {
      return new AppError(code, message, hint);
    }
  } catch {
    // Not from Go.
  }
  return new AppError('internal', text, '');
}
