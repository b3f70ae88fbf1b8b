// As palavras antes de um hotel estar aberto.
import type { startEn } from "./start-en";

export const startPt: typeof startEn = {
  title: "Bem-vindo ao Keyrack",
  lead: "Os tipos de quarto e as noites de um hotel num relance. Escolha como começar; tudo fica neste computador.",
  sample: "Abrir o hotel de exemplo",
  sampleText:
    "Um hotel de férias real, com as reservas conhecidas a 1 de junho de 2017. Tudo se pode experimentar.",
  own: "Criar o seu hotel",
  ownText: "Dê-lhe um nome, indique os tipos de quarto e comece a vender.",
  ownTitle: "O seu hotel",
  name: "Nome",
  code: "Código curto",
  timeZone: "Fuso horário",
  unknownZone: (typed) => `«${typed}» não é um fuso horário. Escolha um da lista, por exemplo Europe/Lisbon.`,
  currency: "Moeda",
  businessDate: "Data hoteleira",
  types: "Tipos de quarto, do mais simples ao mais alto",
  typeCode: "Código",
  typeName: "Nome",
  typeRooms: "Quartos",
  typeOverbooking: "Sobrevenda",
  addType: "Acrescentar um tipo de quarto",
  removeType: (line) => `Retirar o tipo de quarto ${line}`,
  create: "Criar o hotel",
  needs: (field) => `${field}: falta preencher.`,
  needsCode: (field) => `${field}: uma a oito letras ou algarismos.`,
  twice: (code) => `O código ${code} aparece duas vezes.`,
  needsType: "Um hotel tem pelo menos um tipo de quarto.",
  needsRooms: (code) => `${code}: os quartos vão de 1 a 10 000.`,
  progress: (done, total) => `${done} de ${total}`,
  opening: "A abrir o hotel",
  failedTitle: "Não foi possível abrir o hotel",
  newerTitle: "Este hotel foi aberto pela última vez num Keyrack mais recente",
  newerText:
    "Atualize o Keyrack nesta máquina e tente de novo. O ficheiro não foi alterado e nada se perdeu.",
  file: "Ficheiro",
};
