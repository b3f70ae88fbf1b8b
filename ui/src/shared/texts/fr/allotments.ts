import type { Texts } from "../en";

export const allotments: Texts["allotments"] = {
  title: "Nouveau groupe",
  name: "Nom du groupe",
  kind: "Nature",
  kinds: { elastic: "élastique", non_elastic: "fixe", committed: "ferme", tentative: "en option" },
  cutOff: "Rétrocession",
  pickUps: "Prises",
};
