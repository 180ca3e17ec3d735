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

/** Makes an AppError of whatever a call was rejected with. Go sends {code, message, hint}; the bridge itself sends text. */
export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  if (typeof reason === 'object' && reason !== null && 'message' in reason) {
    const { code, message, hint } = reason as { code?: unknown; message: unknown; hint?: unknown };
    return new AppError(
      typeof code === 'string' ? code : 'internal',
      String(message),
      typeof hint === 'string' ? hint : '',
    );
  }
  return new AppError('internal', String(reason), '');
}
