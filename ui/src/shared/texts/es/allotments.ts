import type { Texts } from "../en";

export const allotments: Texts["allotments"] = {
  title: "Nuevo grupo",
  name: "Nombre del grupo",
  kind: "Clase",
  kinds: { elastic: "elástico", non_elastic: "fijo", committed: "en firme", tentative: "en opción" },
  cutOff: "Liberación",
  pickUps: "Tomadas",
};
