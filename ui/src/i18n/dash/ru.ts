import type { Message } from "../en";
import type { dashEn } from "./en";

export const dashRu: Record<keyof typeof dashEn, Message> = {
  "dash.view.table": "Показать таблицей",
};
