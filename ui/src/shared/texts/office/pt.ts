import type { OfficeTexts } from "./en";

export const officePt: OfficeTexts = {
  charts: {
    title: "Gráficos",
    names: {
      occupancy: "Ocupação",
      pace: "Vendas novas e ritmo",
      heat: "Disponibilidade por tipo",
      movements: "Chegadas e partidas",
    },
    from: "Desde",
    span: "Noites",
    table: "Tabela",
    night: "Noite",
    occupancy: "Ocupação",
    lastYear: "52 semanas antes",
    onTheBooks: "Quartos vendidos",
    lastYearThen: "52 semanas antes, por esta altura",
    pickUp: "Vendidos na última semana",
    arrivals: "Chegadas",
    departures: "Partidas",
    nothing: "Nenhuma destas noites está aberta.",
    occupancySaid: (average: string, most: string, on: string) =>
      `Em média ${average}; a noite mais cheia é ${on} com ${most}.`,
    booksSaid: (rooms: string) => `Estão vendidas ${rooms} noites de quarto.`,
    pickUpSaid: (rooms: string) => `${rooms} na última semana.`,
    paceSaid: (rooms: string) => `Há 52 semanas, por esta altura, eram ${rooms}.`,
    heatSaid: (full: string, all: string) => `Não resta nada em ${full} das ${all} noites de um tipo.`,
    heatKey: "Quanto mais escuro, menos resta. Uma barra: nada livre; uma grossa: sobrelotado.",
    movementsSaid: (come: string, go: string) => `${come} chegadas e ${go} partidas.`,
  },
};
