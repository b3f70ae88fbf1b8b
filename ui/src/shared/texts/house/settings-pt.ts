// What each setting is for, by its key. A setting that is not here is told in English by the program.
import type { SettingTexts } from "./settings-en";

export const settingsPt: SettingTexts = {
  idle_lock_minutes: "Minutos sem atividade após os quais a janela volta a pedir a palavra-passe.",
  sign_in_hours: "Horas após as quais uma sessão termina por si.",
  end_of_day_overdue_departure: "O que o fecho do dia faz de um hóspede que já devia ter saído.",
  end_of_day_arrival_with_guarantee: "O que o fecho do dia faz de uma chegada com garantia que não veio.",
  end_of_day_arrival_without_guarantee: "O que o fecho do dia faz de uma chegada sem garantia que não veio.",
  guest_retention_days:
    "Dias após a última partida durante os quais se guardam nome, telefone e textos de um hóspede.",
  alert_nights_ahead: "Noites a partir da data hoteleira que são vistas para os alertas.",
  low_rooms: "Um tipo está baixo com estes quartos livres e com a parte low_percent, o que for menor.",
  low_percent: "Um tipo está baixo com esta parte da sua capacidade, em por cento.",
  critical_rooms: "Um tipo está muito baixo com estes quartos livres e com a parte critical_percent.",
  critical_percent: "Um tipo está muito baixo com esta parte da sua capacidade, em por cento.",
  failed_sales: "Vendas que podem falhar numa hora antes de um alerta.",
  refused_percent: "Parte dos comandos de uma hora que pode ser recusada antes de um alerta, em por cento.",
  refused_attempts: "Comandos numa hora abaixo dos quais as recusas não são alerta.",
  backup_hours: "Horas que pode ter a última boa cópia antes de um alerta.",
  backup_hour: "A hora do relógio do hotel em que é devida a cópia diária.",
  backup_daily: "Dias dos quais se guarda a última cópia.",
  backup_weekly: "Semanas das quais se guarda a última cópia.",
  backup_monthly: "Meses dos quais se guarda a última cópia.",
  backup_folder: "A pasta das cópias; vazia: a pasta backups ao lado do ficheiro.",
  vat_rates: "Por cento de IVA sobre uma noite, a partir de cada data; antes da primeira, nenhum.",
  prices_include_vat: "Se os preços das noites incluem o IVA.",
  tax_number: "O número fiscal do hotel, para os seus papéis.",
  hotel_address: "O endereço do hotel para os seus papéis; um ponto e vírgula começa outra linha.",
  paper: "O tamanho dos papéis impressos.",
  day_end_folder: "A pasta dos pacotes de auditoria; vazia: uma ao lado do ficheiro, com o seu nome.",
};
