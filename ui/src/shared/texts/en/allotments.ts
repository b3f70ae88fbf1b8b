export const allotments = {
  title: "New group",
  name: "Name of the group",
  kind: "Kind",
  kinds: {
    elastic: "elastic",
    non_elastic: "non-elastic",
    committed: "committed",
    tentative: "tentative",
  },
  cutOff: "Cut-off",
  pickUps: "Picked up",
};
