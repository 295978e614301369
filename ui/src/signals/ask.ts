import { useEffect, useState } from "react";
import { getJson, RequestError } from "../api/client";
import { reportRead } from "../app/crumb";

export interface Answer<T> {
  /** The last good answer; it stays while a new one is on its way. */
  data: T | null;
  /** What was asked to get it. */
  of: string | null;
  error: RequestError | null;
  loading: boolean;
}

/**
 * Asks whenever the address or the tick changes. An answer that comes after a newer question is dropped; null asks
 * nothing and forgets.
 */
export function useAnswer<T>(address: string | null, tick: number | string): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ data: null, of: null, error: null, loading: address !== null });
  useEffect(() => {
    let current = true;
    const change = (part: Partial<Answer<T>>): void => {
      if (current) setAnswer((before) => ({ ...before, ...part }));
    };
    if (address === null) {
      change({ data: null, of: null, error: null, loading: false });
    } else {
      change({ loading: true });
      getJson<T>(address).then(
        (data) => {
          change({ data, of: address, error: null, loading: false });
          if (current) reportRead();
        },
        (failure: unknown) => {
          const error = failure instanceof RequestError ? failure : new RequestError("unreadable", null, String(failure));
          change({ error, loading: false });
        },
      );
    }
    return () => {
      current = false;
    };
  }, [address, tick]);
  return answer;
}
