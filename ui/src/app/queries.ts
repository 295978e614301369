import { QueryClient } from "@tanstack/react-query";

/** One store of answers for all pages. A failed question is asked again by the reader or the next refresh, not by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always", staleTime: 30_000, gcTime: 300_000 },
    mutations: { retry: false, networkMode: "always" },
  },
});
