import type { Texts } from "../en";

export const allotments: Texts["allotments"] = {
  title: "Novo grupo",
  name: "Nome do grupo",
  kind: "Género",
  kinds: { elastic: "elástico", non_elastic: "fixo", committed: "firme", tentative: "em opção" },
  cutOff: "Libertação",
  pickUps: "Usados",
};
