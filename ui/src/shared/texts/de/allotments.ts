import type { Texts } from "../en";

export const allotments: Texts["allotments"] = {
  title: "Neue Gruppe",
  name: "Name der Gruppe",
  kind: "Art",
  kinds: {
    elastic: "elastisch",
    non_elastic: "nicht elastisch",
    committed: "fest zugesagt",
    tentative: "vorläufig",
  },
  cutOff: "Verfallstag",
  pickUps: "Abgerufen",
};
