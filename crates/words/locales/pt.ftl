# O que o Keyrack diz, em português. As mensagens e os seus dados são os do ficheiro inglês.

the-house = A casa
house = toda a casa
nights-span = de { $from } a { $last }
rooms = { $count ->
    [one] { $count } quarto
   *[other] { $count } quartos
}
nothing = nada
none = nenhuma
list-end = { $rest } ou { $last }
and-more = { $list } e mais

# Refusals: why something was not done.
refused-no-availability = { $pool }: { $available ->
    [0] não resta nada para vender em { $night }.
    [one] só resta { $available } de { $required } quartos para vender em { $night }.
   *[other] só restam { $available } de { $required } quartos para vender em { $night }.
}{ $alternatives ->
    [0] {""}
   *[other] {" "}Há alternativas.
}
refused-allotment-exhausted = { $total ->
    [0] O grupo { $id } não tem quartos do tipo { $type } em { $night }. Uma noite do seu hóspede pode passar para este tipo, o que toma um quarto da casa.
   *[other] O grupo { $id } tem { $total } do tipo { $type } em { $night }, dos quais { $picked } já usados: não restam mais { $required }. Uma reserva sem o grupo toma um quarto da casa; a direção pode dar mais ao grupo.
}
refused-allotment-below-picked-up = O grupo { $id } já retirou { $picked } do tipo { $type } em { $night }: não pode ter menos. Devolva ou cancele primeiro os outros.
refused-unknown-allotment = Não há nenhum contingente «{ $id }».
refused-undecided = Antes do fim de { $date } falta decidir ({ $count }): { $list }.
refused-too-early = { $date } ainda não começou: pelo relógio do hotel é { $local }. Só termina mais cedo se alguém com a permissão «operar» der um motivo: { $face ->
    [window] em «Motivo para fechar antes da hora».
   *[line] --override MOTIVO.
}
refused-too-early-again = { $date } é hoje pelo relógio do hotel, e o dia anterior terminou há menos de doze horas. Também só termina se alguém com a permissão «operar» der um motivo: { $face ->
    [window] em «Motivo para fechar antes da hora».
   *[line] --override MOTIVO.
}
refused-wrong-business-date = A data hoteleira é { $business }, e não { $date }.
refused-unknown-room-type = Não há nenhum tipo de quarto «{ $id }».
refused-unknown-reservation = Não há nenhuma reserva «{ $id }».
refused-unknown-stay = Não há nenhuma estadia «{ $id }».
refused-unknown-hold = Não há nenhuma retenção «{ $id }».
refused-unknown-outage = Não há nenhum bloqueio «{ $id }».
refused-unknown-command = Não há nenhum comando «{ $id }».
refused-illegal-transition = { $id } está { $from }. Não é possível: { $to }. { $count ->
    [0] Já nada é possível.
   *[other] Possível: { $allowed }.
}
refused-desks-missing = { $count ->
    [one] O posto { $desks } não disse que enviou tudo de { $date }. Espere por ele, ou a direção fecha o dia sem ele.
   *[other] Os postos { $desks } não disseram que enviaram tudo de { $date }. Espere por eles, ou a direção fecha o dia sem eles.
}
refused-split-alone = { $id } é a única estadia da sua reserva: não há de que a separar.
refused-not-arrived = { $id } chega a { $arrival } e a entrada não se faz antes. O hóspede já cá está hoje, { $business }? Então altere a chegada para { $business }, ou registe uma chegada sem reserva.
refused-hold-of-another-desk = A retenção { $id } foi feita no posto { $desk }: só ali se pode prolongar, libertar ou converter em reserva.
refused-hold-expired = O tempo da retenção { $id } terminou.
refused-already-released = { $id } já terminou: { $status }.
refused-stale = Alguém alterou isto desde que o viu. Veja de novo e repita.
refused-idempotency-conflict = O comando { $id } já foi usado para outro pedido.
refused-room-occupied = O quarto { $room } está ocupado por { $id }.
refused-outage-exceeds-physical = Em { $night }, { $count ->
    [one] 1 quarto estaria
   *[other] { $count } quartos estariam
} fora de serviço, e { $physical ->
    [0] não há nenhum
   *[other] só há { $physical }
}.
refused-service-exceeds-physical = Em { $night }, { $count ->
    [one] 1 quarto ficaria
   *[other] { $count } quartos ficariam
} sem serviço, e { $physical ->
    [0] não há nenhum
   *[other] só há { $physical }
}.
refused-room-type-in-use = { $type } não se pode retirar a partir dessa noite: { $count ->
    [one] 1 elemento fica
   *[other] { $count } elementos ficam
} depois dela ({ $list }). Mova, cancele ou termine isso primeiro.
uses-bookings = reservas { $list }
uses-holds = retenções { $list }
uses-outages = bloqueios { $list }
uses-groups = grupos { $list }
refused-duplicate-room-type = Já há um tipo de quarto «{ $type }».
refused-already-initialised = Este ficheiro já contém o hotel { $property }.

# Conditions under which a type is not sold.
restricted-draft = { $pool } é um rascunho e ainda não se vende. Ponha-o primeiro à venda.
restricted-stopped = { $pool } está parado: não se vende.
restricted-retired = { $pool } foi retirado e não se vende em { $night }.
restricted-stop-sell = { $pool } não se vende em { $night }: venda fechada.
restricted-closed-to-arrival = { $pool } está fechado a chegadas em { $night }.
restricted-closed-to-departure = { $pool } está fechado a saídas em { $night }.
restricted-min-stay = Quem chega em { $night } fica { $nights ->
    [one] 1 noite
   *[other] { $nights } noites
} ou mais ({ $pool }).
restricted-max-stay = Quem chega em { $night } fica { $nights ->
    [one] 1 noite
   *[other] { $nights } noites
} no máximo ({ $pool }).

# What is wrong with a stay.
stay-no-stay = Não foi indicada nenhuma estadia.
stay-rooms = Uma estadia tem de 1 a 500 quartos.
stay-departure-before-arrival = A segunda data é anterior à primeira: terminaria antes de começar.
stay-no-night = O período não tem nenhuma noite.
stay-before-business-date = É anterior à data hoteleira, { $business }.
stay-too-long = Uma estadia tem no máximo 366 noites.
stay-not-open = A noite de { $night } não está aberta.
stay-not-open-somewhere = Uma noite não está aberta.
stay-already-arrived = O hóspede já chegou: a chegada fica como estava.
stay-already-slept = O hóspede dormiu aqui até { $business }: não é possível uma saída anterior.
stay-already-slept-on = A noite de { $night } já passou: o hóspede dormiu onde estava.
stay-limit-out-of-range = Os quartos vão de 0 a 1.000.000, um limite de sobrevenda de -1.000.000 a 1.000.000.
stay-hold-minutes = Uma retenção dura de 1 a 60 minutos.
stay-walk-in-arrives-today = Quem chega sem reserva chega hoje.
stay-too-far = As noites abrem-se até dez anos depois da data hoteleira.
stay-house-has-no-rooms = A casa não tem quartos próprios; definem-se por tipo.
stay-not-a-night-of-the-stay = Essa noite não faz parte da estadia.
stay-length-out-of-range = Uma estadia mínima ou máxima é de 1 a 366 noites, e a mínima não excede a máxima.
stay-outside-allotment = O grupo não tem esses quartos por volta de { $night }. Uma noite do seu hóspede pode passar para outro tipo, o que toma um quarto da casa.
stay-outside-allotment-type = O grupo não tem quartos desse tipo. Uma noite do seu hóspede pode passar para outro tipo, o que toma um quarto da casa.
stay-cut-off-too-late = A data de libertação é posterior à última noite do grupo.
stay-option-out-of-range = Uma opção termina hoje ou mais tarde.
stay-waits-for-nothing = Quem espera não usa retenção nem contingente, nem chega sem reserva.
stay-picked-up-or-else = Os quartos de um contingente usam-se sem retenção.
stay-not-due-yet = O hóspede ainda não é esperado.
stay-not-due-yet-on = O hóspede é esperado a { $night }, e não antes.
stay-outage-rooms = Um bloqueio abrange 1 a 500 quartos.
stay-allotment-rooms = Um grupo guarda 1 a 500 quartos de um tipo por noite.
stay-hold-of-other-rooms = A retenção guarda outros quartos do que os destas estadias: uma parte seria libertada. Reserve o que guarda, ou liberte-a e reserve de novo.
stay-cut-off-past = A data de libertação é anterior à data hoteleira, { $business }.
stay-outage-longer = Os quartos já voltam a { $night }. Para os retirar por mais tempo, acrescente um bloqueio a partir dessa noite.
stay-shoulder-too-long = Antes e depois do grupo são de 0 a 366 noites.
stay-night-is-over = A noite de { $night } já passou e fica como estava.
stay-sold-until-then = O tipo está parado e voltaria a ser vendido até { $night }. Retire-o a partir de { $business } ou reative-o primeiro.
stay-one-room = É um só quarto de uma reserva: indique uma estadia de um quarto, ou altere a reserva inteira.
stay-room-of-one = Um número de quarto é de uma estadia, e esta reserva tem várias: indique a estadia, como A1/1.

# Why something cannot be undone.
undo-nothing-to-undo = Não há nada seu para anular.
undo-no-inverse = Isto não se pode anular.
undo-was-refused = Foi recusado, por isso não há nada para anular.
undo-already-undone = Já foi anulado.
undo-changed-since = Não se pode anular: foi alterado depois.
undo-date-moved-on = Não se pode anular: a data hoteleira avançou desde então.
by-hand-undo = Faça de novo o que foi anulado.
by-hand-imported = Para voltar atrás, cancele as reservas que a importação trouxe.
by-hand-open_nights = As noites ficam abertas; uma paragem de vendas impede que se vendam.
by-hand-split = Para as juntar, cancele a parte e acrescente a sua estadia à primeira reserva, alterando-a.
by-hand-add_room_type = Em vez disso, retire o tipo de quarto.
by-hand-sell_room_type = Em vez disso, suspenda o tipo de quarto.
by-hand-close_day = Um dia terminado fica terminado; corrija as suas reservas uma a uma.
by-hand-setting_set = Volte a pôr o valor anterior: está no registo.
by-hand-role_set = Devolva à função as permissões que tinha.
by-hand-staff_added = Desative esse membro do pessoal.
by-hand-staff_disabled = Volte a ativar esse membro do pessoal.
by-hand-staff_enabled = Volte a desativar esse membro do pessoal.
by-hand-staff_role_set = Devolva-lhe a função anterior.
by-hand-restore = O que foi substituído ficou ao lado do ficheiro: restaure essa cópia.

# States and steps, within a sentence.
word-waitlisted = em lista de espera
word-tentative = em opção
word-needs_confirmation = por confirmar
word-confirmed = confirmada
word-checked_in = com entrada feita
word-checked_out = com saída feita
word-cancelled = cancelada
word-no_show = não compareceu
word-offer = oferecer
word-confirm = confirmar
word-check_in = fazer a entrada
word-check_out = fazer a saída
word-reverse_check_in = reverter a entrada
word-reverse_check_out = reverter a saída
word-cancel = cancelar
word-reinstate = restabelecer
word-amend = alterar
word-released = libertada
word-converted = convertida
word-expired = expirada
word-active = ativa
word-open = aberta
word-ended = terminada
word-draft = rascunho
word-on_sale = à venda
word-stopped = parado
word-retired = retirado
word-sell = vender
word-stop = parar
word-retire = retirar
word-reactivate = reativar
word-split = separar
word-move = mover
word-give_room = outro quarto
word-set_details = corrigir os dados
word-cut_off = libertar pela data
word-release = libertar
word-resize = mudar o tamanho
word-extend = prolongar
word-back_in_order = de novo em serviço
word-keep = manter
word-leave_waitlist = sair da lista de espera
word-return_pick_up = devolver ao grupo
word-convert = converter
word-waiting = em espera
word-running = em curso
word-done = terminada
word-parked = posta de lado

# The door.
door-sign-in = Inicie sessão primeiro.
door-ended = Esta sessão terminou. Inicie sessão de novo.
door-locked = O posto está bloqueado. Inicie sessão de novo.
door-fresh = É preciso uma sessão de menos de cinco minutos. Inicie sessão de novo.
door-behalf = Só o script de um administrador age em nome de outro.
door-unknown-actor = Aqui não trabalha ninguém com o nome em --actor.
door-permission-nobody = É preciso a permissão «{ $permission }», e ninguém a tem.
door-permission = É preciso a permissão «{ $permission }». Pergunte a { $staff }.
door-sign-in-failed = O nome e a palavra-passe não coincidem. Tente em { $seconds } s.
door-sign-in-delayed = Demasiadas tentativas falhadas com este nome. Tente em { $seconds } s.
door-last-admin = { $name } é o último que pode administrar. Nomeie antes outro administrador.
door-first-is-admin = O primeiro membro do pessoal é administrador.
door-admin-administers = Um administrador pode sempre administrar.
door-unknown-staff = Aqui não trabalha ninguém chamado «{ $id }».
door-duplicate-staff = Aqui já trabalha alguém chamado «{ $id }».
door-unknown-guest = Não há nenhum hóspede «{ $id }».
permission-look = ver
permission-sell = vender
permission-operate = operar
permission-configure = configurar
permission-administer = administrar

# What was done, for a message that passes.
done-batch = { $done } de { $all } feitos: { $what }
done-asked = Pedido à central: { $what }
done-waits = { $what } espera pela central: é um pedido, ainda não há quarto prometido
done-declined = { $what } foi recusado pela central: { $why } Continua a ser um pedido
done-undone = Anulado: { $what }
done-undone-hold = { $what }. Feita de novo como retenção { $hold }
done-day = Data hoteleira { $date }
done-nights = { $count ->
    [one] { $count } célula aberta
   *[other] { $count } células abertas
}
done-before = { $what } (já feito antes)
done-unchanged = Nada a alterar: { $what }
done-nobody-fits = Não há lugar para ninguém da lista de espera
done-outage-hits = { $what }. Sobrevendido em { $rooms } a { $night }: { $count ->
    [one] 1 reserva afetada
   *[other] { $count } reservas afetadas
}
done-let-go = { $what }. Da retenção { $hold } { $nights ->
    [one] foi libertada 1 noite
   *[other] foram libertadas { $nights } noites
}
done-option = { $what } (em opção até { $date })
done-swept = { $count ->
    [one] { $count } retenção expirada
   *[other] { $count } retenções expiradas
}
did-reserve = Reserva { $object }
did-walk_in = Sem reserva { $object }
did-confirm = Confirmada { $object }
did-check_in = Entrada feita { $object }
did-check_out = Saída feita { $object }
did-reverse_check_in = Entrada revertida { $object }
did-reverse_check_out = Saída revertida { $object }
did-cancel = Cancelada { $object }
did-no_show = Não compareceu { $object }
did-reinstate = Restabelecida { $object }
did-amend = Alterada { $object }
did-split = Separada { $object }
did-move_night = Noite movida { $object }
did-give_room = Quarto atribuído { $object }
did-set_details = Dados corrigidos { $object }
did-place_hold = Retenção { $object }
did-extend_hold = Retenção prolongada { $object }
did-release_hold = Retenção libertada { $object }
did-add_outage = Fora de serviço { $object }
did-end_outage = De novo em serviço { $object }
did-set_limits = Limites { $object }
did-open_nights = Noites abertas { $object }
did-open_allotment = Grupo { $object }
did-change_allotment = Grupo alterado { $object }
did-pick_up = Usada do contingente { $object }
did-return_pick_up = Devolvida ao grupo { $object }
did-release_allotment = Grupo libertado { $object }
did-cut_off_allotment = Grupo libertado pela data { $object }
did-cancel_allotment = Grupo cancelado { $object }
did-join_waitlist = Em espera { $object }
did-offer_waitlist = Oferecida da lista de espera { $object }
did-leave_waitlist = Fora da lista de espera { $object }
did-keep_arrivals = Ainda esperado { $object }
did-close_day = Fecho do dia { $object }
did-undo = Anulado { $object }
did-setting_set = Definição alterada { $object }
did-guest_erased = Hóspede apagado { $object }
did-erasures_done = Apagados como indicado noutro local: { $object }
did-rebuild = Contagens e índice de hóspedes reescritos { $object }
did-rejoined = Continua numa nova época
did-role_set = Função alterada { $object }
did-staff_added = Membro do pessoal adicionado { $object }
did-staff_disabled = Membro do pessoal desativado { $object }
did-staff_enabled = Membro do pessoal ativado { $object }
did-staff_password_reset = Palavra-passe reposta { $object }
did-staff_role_set = Função atribuída { $object }
did-restore = Cópia reposta { $object }
did-imported = Importado { $object }
did-enrolled = Ligado à central { $object }
did-enrolment_given_up = Ligação à central { $object } abandonada
did-token_moved = Chave de acesso deste posto mudada { $object }
did-walk_asked = Encaminhamento pedido { $object }
did-walk_told = Informado do encaminhamento { $object }
did-parked_discarded = Comando posto de lado abandonado { $object }
did-parked_retried = Comando posto de lado repetido { $object }
did-add_service = Sem serviço { $object }
did-end_service = Manutenção terminada { $object }
did-offer = Oferecida { $object }
did-add_room_type = Tipo de quarto acrescentado { $object }
did-rename_room_type = Tipo de quarto com outro nome { $object }
did-rank_room_type = Tipo de quarto ordenado { $object }
did-sell_room_type = Tipo de quarto à venda { $object }
did-stop_room_type = Tipo de quarto parado { $object }
did-retire_room_type = Tipo de quarto retirado { $object }
did-reactivate_room_type = Tipo de quarto de novo à venda { $object }
did-open_property = Hotel criado { $object }
did-set_business_date = Data hoteleira definida { $object }
did-sweep_holds = Retenções vencidas libertadas { $object }
did-backup = Cópia de segurança { $object }
did-exported = Exportado { $object }
did-guest_exported = Hóspede exportado { $object }
did-job_retried = Tarefa repetida { $object }
did-alert_acknowledged = Alerta visto { $object }
did-support_bundle = Pacote de assistência { $object }
did-inbox_answered = Respondido { $object }
did-convert_hold = Retenção reservada { $object }
did-sign_in = Início de sessão { $object }
did-sign_in_failed = Início de sessão falhado { $object }
did-sign_out = Fim de sessão { $object }
did-not_allowed = Não permitido { $object }
did-acted_for = Agiu por { $object }

# What happened, in a history.
event-property-opened = Hotel aberto
event-business-date = Data hoteleira { $before } › { $after }
event-room-type-added = Tipo de quarto { $code } acrescentado
event-room-type-changed = Tipo de quarto { $code } alterado
event-night-opened = Noite aberta
event-rooms = Quartos { $run }
event-overbooking = Limite de sobrevenda { $run }
event-house-limit = Limite da casa { $run }
event-restrictions = Restrições { $run }
event-booking = Reserva { $number }, { $rooms }
event-split-off-from = Separada de { $number }
event-room-given = { $number }: quarto { $after }{ $before ->
    [none] {""}
   *[other] {" "}em vez de { $before }
}
event-details = Dados de { $number } corrigidos: { $what }
detail-guest = hóspede
detail-phone = telefone
detail-email = e-mail
detail-was = { $what } (antes: { $before })
detail-people = pessoas
detail-meal = refeições
detail-guarantee = garantia
detail-notes = notas
event-undone-on = Anulado em { $number }
event-hold = Retenção { $number }, { $rooms }
event-hold-converted = Retenção passou a reserva { $number }
event-hold-expired = Retenção expirada { $number }
event-out-of-order = Fora de serviço { $number }, { $rooms }
event-out-of-service = Sem serviço { $number }, { $rooms }
event-outage-end = Bloqueio { $number } até { $before } › { $after }
event-group = Grupo { $number }, { $rooms }
event-group-reopened = Grupo aberto de novo { $number }
line-physical = Quartos existentes
line-overbooking = Limite de sobrevenda
line-house-limit = O limite próprio da casa
event-corrected = corrigido conforme a decisão da central
event-batch = { $done } feitos, { $failed } recusados
event-with-rooms = { $what }, { $sign }{ $rooms }
condition-stop-sell = venda fechada
condition-closed-to-arrival = fechado a chegadas
condition-closed-to-departure = fechado a saídas
condition-min-stay = mínimo { $nights ->
    [one] 1 noite
   *[other] { $nights } noites
}
condition-max-stay = máximo { $nights ->
    [one] 1 noite
   *[other] { $nights } noites
}

# Alerts.
alert-on-night = em { $from }
alert-on-nights = nas { $count } noites desde { $from }
alert-low = { $subject }: restam poucos quartos { $nights }, os menos em { $night }: { $rooms }.
alert-sold-out = { $subject }: não resta nenhum quarto { $nights }.
alert-below-zero = { $subject }: há mais quartos prometidos do que existentes { $nights }, os mais em { $night }: { $rooms } a mais.
alert-low-night = { $subject }: só { $rooms ->
    [one] resta 1 quarto
   *[other] restam { $rooms } quartos
} { $nights }.
alert-below-zero-night = { $subject }: { $rooms ->
    [one] há 1 quarto prometido
   *[other] há { $rooms } quartos prometidos
} a mais { $nights }.
alert-cause = De { $rooms ->
    [one] 1 quarto
   *[other] { $rooms } quartos
}: { $counts }.
alert-cause-none = Não há nenhum quarto previsto.
alert-count-out-of-order = { $rooms } fora de uso
alert-count-sold = { $rooms } vendidos
alert-count-held = { $rooms } retidos
alert-count-blocked = { $rooms } guardados para grupos
alert-walk-risk = Se vierem todos, { $rooms ->
    [one] falta 1 quarto
   *[other] faltam { $rooms } quartos
} na casa { $nights }, contando as melhorias.
alert-failed-sales = { $failed ->
    [one] { $failed } venda falhou
   *[other] { $failed } vendas falharam
} na última hora.
alert-refusals = { $refused ->
    [one] { $refused } de { $attempts } comandos foi recusado
   *[other] { $refused } de { $attempts } comandos foram recusados
} na última hora.
alert-backup-old = A última cópia boa é demasiado antiga: nada está coberto desde { $since }.
alert-backup-failed = A última cópia falhou: { $about }.
alert-verify-failed = O ficheiro não passa na verificação: { $check }.
alert-job-parked = A tarefa { $kind } falhou demasiadas vezes: { $error }
job-sweep = de libertar retenções
job-health = de ver o estado
job-backup = de fazer a cópia de segurança
job-verify = de verificar o ficheiro
job-checkpoint = de devolver o registo
check-sqlite = a própria base de dados
check-schema = as suas tabelas
check-audit_chain = o registo de auditoria
check-counts = as contagens das noites
check-objects = reservas, retenções, bloqueios e grupos
check-property = o hotel e os seus tipos de quarto
check-history = os históricos
check-undone = o que foi anulado
check-sums = as somas
check-backups = o que viu a última cópia
check-centre = o que tem a central
check-settings_and_staff = definições, funções e pessoal
check-guests_and_texts = hóspedes, textos e palavras-passe
check-guest_index = o índice de hóspedes
check-acts = o que foi feito com cada identificador
check-day_ends = dias encerrados
alert-other = { $kind }: { $subject } { $nights }

# The inbox: what the centre answered.
inbox-nameless = Um dos seus pedidos
inbox-confirmed = { $object }: confirmado pela central.
inbox-declined = { $object }: a central não tem quarto para isto. Continua a ser um pedido.
inbox-refused = { $object }: a central recusou, e aqui foi desfeito.
inbox-conflict = { $object }: outro posto alterou isto entretanto.
inbox-parked = { $object }: a central não consegue ler este comando. Espera por si.
inbox-nothing-to-take = O elemento { $id } não é um pedido sem quarto, por isso não há outra estadia a tomar por ele.

# What failed: the file, the machine, the program.
failed-unexpected = O programa encontrou algo que não esperava. Veja se a sua alteração está lá antes de a repetir.
failed-machine = O computador falhou: { $why }.
failed-cancelled = Parado. O que foi feito até agora fica, e da próxima vez continua-se daí.
failed-not-open = Ainda não há nenhum hotel aberto.
loading-sample = A carregar o hotel de exemplo
loading-sample-date = A carregar o hotel de exemplo: { $date }
failed-busy = A base de dados esteve bloqueada { $waited } ms. Nada foi feito; tente de novo.
failed-missing = Não há nenhuma base de dados em { $path }.
failed-not-a-database = { $path } não é uma base de dados do Keyrack.
failed-too-new = { $path } foi escrito por um Keyrack mais novo (esquema { $found }; este conhece { $known }). Atualize este programa.
failed-unknown-event = { $path } foi escrito por um Keyrack mais novo (o evento { $name }, versão { $version }, não é conhecido aqui). Atualize este programa.
failed-joining = O histórico deste ficheiro está a caminho de uma central. Nada é escrito até lá chegar: ligue-se outra vez, e continua.
failed-out-of-step = O que a central enviou não se segue ao que está aqui: { $why }.
failed-not-initialised = { $path } ainda não tem nenhum hotel. Inicie o Keyrack com um ficheiro que ainda não exista e escolha «Criar o seu hotel», ou: `keyrackctl init`.
failed-not-writable = { $path } não pode ser escrito: { $why }. Veja as permissões do ficheiro e da sua pasta, e o espaço livre.
failed-disk = { $path } falhou: { $why }. Veja o disco e o seu espaço livre, e pergunte depois com o mesmo identificador de comando.
failed-damaged = Uma linha de { $table } está danificada: { $why }. Execute `keyrackctl verify`.
failed-bad-backup = { $path } não passa na verificação: { $why }. Nada foi restaurado.
failed-event = O evento { $seq } não pode ser lido. { $why }.
refused-unknown-job = Não há nenhuma tarefa { $id }.
refused-unknown-alert = Nenhum alerta { $id } está aberto.
refused-job-state = A tarefa { $id } está { $from }; isso faz-se com uma que está { $allowed }.

# The centre, or the way to it, said no.
centre-not-enrolled = Este ficheiro não pertence a nenhuma central. Ligue-o a uma em Lugares, Central, ou: `keyrackctl enrol URL CODE`.
centre-enrolled = Este ficheiro já pertence à central { $url }.
centre-no-token = O que este posto mostra à central não está em { $path }. Se isto é uma cópia do ficheiro, copie também esse para junto dele; senão, mande readmitir este posto: `keyrack-central desk code CASA --desk LETRAS` dá um código, e `keyrackctl enrol URL CODE` com ele conserva tudo o que está aqui.
centre-keyring = O que este posto mostra à central está no porta-chaves do sistema{ $lack ->
    [absent] , e aqui nenhum responde
    [locked] , que está bloqueado
    [silent] , que não responde
    [empty] , que já não tem entrada deste posto
   *[failed] , que falha
}. { $lack ->
    [locked] Desbloqueie-o e peça de novo; o que espera segue então por si, e o que está na quota deste posto vende-se entretanto.
    [empty] Mande readmitir este posto: `keyrack-central desk code CASA --desk LETRAS` dá um código, e `keyrackctl enrol URL CODE` com ele conserva tudo o que está aqui. O que está na sua quota vende-se entretanto.
   *[other] Peça de novo quando responder; o que espera segue então por si, e o que está na quota deste posto vende-se entretanto.
}
token-in-keyring = O que este posto mostra à central é guardado no porta-chaves do sistema.
token-in-file = { $lack ->
    [absent] Aqui nenhum porta-chaves responde: o
    [locked] O porta-chaves do sistema está bloqueado: o
    [silent] O porta-chaves do sistema não responde: o
    [failed] O porta-chaves do sistema falha: o
   *[none] O
} que este posto mostra à central é guardado em { $path }, que só o seu dono pode ler.
walk-walked = { $number } é encaminhada para { $to }: lá é { $made }.
walk-goes-on = A central encaminha { $number } para { $to }; ainda não está feito e continua por si.
walk-asked = A central não disse a tempo se { $number } vai para { $to }. Se ouviu, continua por si; o mesmo outra vez o diz.
walk-before = { $number } já foi encaminhada, e está reservada como { $to }.
walk-refused = { $to } não aceita { $number }. { $why } Nada mudou.
walk-given-back = { $number } foi alterada aqui entretanto, por isso ninguém é encaminhado: o que estava reservado em { $to } está cancelado.
walk-left = { $number } foi alterada aqui entretanto, e o que está reservado em { $to } ({ $made }) não pôde ser cancelado: trate de ambas as reservas.
walk-taken-back = O hóspede de { $number } foi encaminhado, e está reservado como { $to }. Mande primeiro cancelar lá{ $face ->
    [window] .
   *[line] ; quem pode passar por cima, e diz porquê, repõe-no na mesma: --override MOTIVO.
}
walk-not-walkable = { $number } está { $status }: só se encaminham estadias confirmadas.
walk-nights-over = As noites de { $number } já passaram em { $to }, ou as de algumas das suas estadias. Encaminhe as outras uma a uma.
walk-on-its-way = { $number } já vai a caminho de outro hotel.
walk-no-sister = Não há nenhum hotel { $to } para onde se encaminhem hóspedes deste. Um administrador da central diz quais há.
centre-unreachable = Não se consegue chegar à central: { $why }. Nada se perdeu; tente quando ela responder.
centre-distrusted = O que responde no endereço da central não prova que é a central: { $why ->
    [authority] responde por ele uma autoridade que este posto não conhece. Se a central tem uma sua, este posto precisa do certificado dela ou de um código novo; senão, talvez responda outro
    [name] o certificado é de outro nome. Use o endereço que o certificado nomeia, ou faça a central mostrar um deste endereço
    [expired] o certificado expirou. Mande renová-lo na central, ou acerte o relógio desta máquina
    [not_yet] o certificado ainda não é válido. Acerte o relógio desta máquina, ou o da central
   *[certificate] o certificado não é de confiança. Pergunte a quem gere a central
}. Nada foi enviado, e o que espera continua à espera.
centre-fault = A central diz que não: { $fault }.
centre-newer = A central é mais nova do que este programa (fala o protocolo { $spoken }). Atualize este programa; o que espera continua à espera até lá.
centre-file = A troca com a central falha neste ficheiro: { $why } Nada se perdeu; verifique o ficheiro em Estado do sistema ou com `keyrackctl verify`.
centre-out-of-step = A central não tem o que foi enviado. Nada foi ligado; tente com um código novo.
centre-joining = O histórico deste ficheiro está a caminho da central { $url }. Ligue-se outra vez, e continua.
centre-moving = A central tinha avançado de cada vez que se olhou. Pergunte de novo quando se vender menos.
centre-day-asked = O fecho de { $date } está pedido à central, que ainda não respondeu. Fica na fila: assim que a central o souber, a data fecha-se por si, ou a caixa de entrada diz porque não. O mesmo outra vez diz em que ponto está.
centre-rejoin = Este posto existe duas vezes, ou o seu ficheiro é uma cópia mais antiga: nada é vendido da sua parte até se ligar de novo.
centre-unknown-item = Nenhum item { $id } da caixa de entrada está aberto.
centre-unknown-parked = Nenhum comando { $id } está posto de lado.

# Why the centre says no; it stands within a sentence.
fault-malformed = a central não consegue ler a mensagem
fault-too-large = a mensagem é maior do que a central lê
fault-unauthorised = a central já não admite este posto: foi dispensado lá, ou a central é uma cópia de antes da sua ligação. O que aqui se faz não chega a ninguém; quem gere a central diz como continuar
fault-code-not-valid = o código de ligação já não é válido
fault-gap = espera-se agora o comando { $number }
fault-restored = a central foi restaurada de uma cópia
fault-fork = outro comando está guardado com o número { $number }: este posto existe duas vezes
fault-epoch-over = este posto continua na época { $epoch }
fault-exists-twice = este posto existe duas vezes; quando restar uma só cópia, aceite-a na central (keyrack-central desk accept)
fault-cursor-gone = a sequência é guardada a partir do número { $number }
fault-not-empty = o hotel já tem histórico
fault-busy = a central está ocupada

# What was given cannot be read or done, and what was stopped on request.
what-reason = Um motivo
what-guarantee = Uma garantia
what-notes = As notas
what-group-name = O nome de um grupo
what-hold-reference = A referência de uma retenção
what-guest-name = O nome de um hóspede
what-email = Um e-mail
what-phone = Um número de telefone
what-source = Uma origem
what-meal = Um regime
what-room = Um quarto
what-type-name = O nome de um tipo de quarto
what-erasure-reason = O motivo
what-address = A morada
what-staff-name = O nome
what-actor = O nome de quem pede
what-cell = A célula
what-outage = Um bloqueio
what-overbooking = O limite de sobrevenda
what-physical = O número de quartos existentes
what-rooms = O número de quartos
bad-too-long = { $what }: no máximo { $most } caracteres.
bad-card-number = { $what } contém o que parece um número de cartão (13 a 19 algarismos que passam na verificação). Aqui não se guardam números de cartão; retire-o.
bad-card-issued = O número no outro sistema parece um número de cartão (começa, tem o comprimento e verifica-se como os emitidos). Aqui não se guardam números de cartão; retire-o.
bad-needs-reason = { $what } precisa de um motivo.
bad-override-reason = Para passar por cima de uma regra é preciso um motivo.
bad-reversal-reason = O que se fez na casa desfaz-se com um motivo: guest, no_payment, duplicate, overbooked, agent, weather, error ou other.
bad-named = São nomeados { $named }: no máximo { $most } de uma vez.
bad-rooms-range = { $what }: de { $least } a { $most } quartos.
bad-house-limit = Só o limite de sobrevenda da casa pode ser retirado; não se pode fixar e retirar ao mesmo tempo.
bad-price = Um preço ou custo vai de 0 a { $most } unidades menores por noite.
bad-nobody = Não vem ninguém: indique pelo menos um adulto ou uma criança.
bad-no-details = Diga o que deve mudar: o hóspede, as pessoas, as refeições, a garantia ou as notas.
bad-half-party = Indique os adultos e as crianças em conjunto.
bad-forgotten = O hóspede de { $number } foi apagado: os dados da reserva ficam como estão.
bad-two-prices = { $type } tem dois preços; indique só um por tipo.
bad-price-alone = { $type } tem um preço e nenhuma estadia é desse tipo.
bad-room-before = O quarto é atribuído a quem está na casa: na entrada, ou a um hóspede sem reserva.
bad-guest-name = O nome de um hóspede tem de 1 a { $most } caracteres.
bad-contact = Um telefone ou e-mail tem no máximo { $most } caracteres.
bad-group-name = Dê um nome ao grupo.
bad-group-shoulder = As noites antes e depois pertencem a um contingente elástico: nenhum outro se usa para além das suas noites.
bad-rooms-differ = Os quartos pedidos são diferentes: altere-os um a um, na reserva.
bad-not-due = { $id } não está pendente: não há nada a decidir sobre isso.
bad-choice = { $id } pode passar a: { $choices }.
bad-password-length = Uma palavra-passe tem de { $least } a { $most } caracteres.
bad-password-guessed = Esta palavra-passe adivinha-se com demasiada facilidade. Que não seja uma palavra comum, uma fila de teclas nem o nome.
bad-no-staff = O ficheiro ainda não tem pessoal; ninguém precisa de entrar.
bad-setting = Não há nenhuma definição «{ $key }». Há: { $list }.
bad-setting-value = { $key } é { $allowed }, não «{ $text }».
allowed-number = um número inteiro de { $least } a { $most }
allowed-flag = on ou off
allowed-word = um de { $list }
allowed-text = um texto de no máximo { $most } caracteres
allowed-rates = datas com percentagens, como 2024-01-01=6; 2027-01-01=7.5
bad-rate = «{ $part }» não é uma taxa de IVA a partir de uma data, como 2024-01-01=6 ou 2027-01-01=7.5: { $why }.
rate-no-equals = falta o = entre a data e a taxa
rate-no-date = «{ $date }» não é uma data da forma AAAA-MM-DD
rate-range = uma taxa vai de 0 a 100 por cento com até 3 casas decimais
rate-twice = a data está repetida
rate-too-many = há mais de { $most }
bad-action = Não há nenhuma ação «{ $action }» no registo. Há: { $list }.
bad-is-database = { $path } é a própria base de dados. Indique outro ficheiro.
bad-no-database-there = { $path } não é uma base de dados do Keyrack. Para pôr { $from } no seu lugar: `keyrackctl restore --force`, que guarda o que lá está.
bad-other-hotel = { $from } é uma cópia de { $theirs }, e { $path } é o ficheiro de { $ours }. Escolha uma cópia de { $ours }. Para pôr mesmo assim o outro hotel no seu lugar: `keyrackctl restore --force`.
bad-other-file = { $from } também contém { $theirs } e não é cópia de { $path }: não têm histórico em comum. Escolha uma cópia deste ficheiro. Para pôr mesmo assim o outro no seu lugar: `keyrackctl restore --force`.
bad-unwritable = Não é possível escrever { $path }: { $why }.
bad-there-already = { $path } já existe. Indique outro ficheiro{ $face ->
    [window] .
   *[line]  ou peça que seja substituído: --force.
}
bad-export-there = { $path } já existe. Indique outro ficheiro ou { $face ->
    [window] marque «Substituir um ficheiro existente».
   *[line] peça que seja substituído: --force.
}
bad-no-pdf = { $path } já existe e não é um PDF. Escolha outro nome.
bad-no-folder = Não há nenhuma pasta { $path }.
bad-is-folder = { $path } é uma pasta.
bad-no-whole-path = { $typed } não é um caminho completo. Diga em que pasta o ficheiro deve ficar.
bad-paper = Não é possível escrever o documento: { $why }.
bad-no-table = { $path } não é .csv nem .jsonl: o nome diz como se escreve.
bad-column-twice = a coluna «{ $column }» está repetida.
bad-column-missing = não há nenhuma coluna «{ $column }»; há { $list }.
bad-time-zone = O fuso horário «{ $zone }» (time_zone) não é um da IANA, como «Europe/Lisbon».
bad-currency = A moeda «{ $currency }» (currency) não é um código ISO 4217, como «EUR».
bad-no-room-type = Um hotel tem pelo menos um tipo de quarto (room_type).
bad-type-twice = O tipo de quarto «{ $type }» (room_type) está repetido.
bad-type-rooms = Tipo { $type } (room_type): de 0 a { $most } quartos (rooms).
bad-type-overbooking = Tipo { $type } (room_type): a sobrevenda (overbooking) vai de -{ $most } a { $most }.
bad-token-store = { $variable } é keyring ou file.
bad-certificate = Não é possível ler o certificado: { $why }.
stopped-export = Parado. Não foi escrito nenhum ficheiro.
stopped-import = Parado. Nada foi importado.
stopped-import-part = Parado. { $added ->
    [one] Foi importada { $added } reserva, que fica
   *[other] Foram importadas { $added } reservas, que ficam
}; execute de novo para continuar.
stopped-join = Parado. O hotel não se ligou a nenhuma central.
stopped-upload = Parado: o hotel não pertence a nenhuma central, como antes. A central tem uma parte do seu histórico; quem a gere revoga este posto antes de nova ligação.
stopped-verify = Parado. O que foi verificado até aqui nada diz de todo o ficheiro.

# What is wrong with a file that is brought in, or with its mapping. A mapping's faults stand behind the name of the file.
row-cells = A linha tem { $found } células; o cabeçalho, { $expected }.
row-encoding = A célula não está na codificação da correspondência (encoding).
row-missing = Na linha falta { $field }.
row-too-long = A célula tem mais de { $most } caracteres.
row-no-text = «{ $text }» não é um texto de 1 a 64 caracteres imprimíveis.
row-no-number = «{ $text }» não é um número de 0 a { $most }.
row-guests = Nenhuma reserva tem tantos hóspedes.
row-no-date = «{ $text }» não é uma data da forma { $format }.
row-room-type = «{ $word }» não está entre os tipos de quarto da correspondência (room_types).
row-status = «{ $word }» não está entre os estados da correspondência (statuses).
row-no-guest = A linha não nomeia nenhum hóspede.
row-no-amount = «{ $text }» não é um valor com até { $digits } casas decimais.
row-history = A chegada de { $arrival } é anterior à data hoteleira, { $business }. O passado não se reconstitui aqui; com history = true na correspondência fica de fora.
row-differs = Já existe como { $number }, mas é diferente: { $here }.
row-earlier = uma linha anterior
row-cancelled-here = aqui está cancelada
row-not-cancelled-here = aqui não está cancelada
row-here = aqui { $rooms } × { $type } de { $arrival } a { $departure }
row-no-stay-here = aqui não tem estadia
row-header-encoding = o cabeçalho não está na codificação da correspondência (encoding).
mapping-too-large = é demasiado grande para uma correspondência.
mapping-no-key = em columns falta external_number. É a chave: sem ela o mesmo ficheiro entraria duas vezes.
mapping-constant = constants: { $field } é diferente em cada linha.
mapping-both = { $one } e { $other } dizem o mesmo: indique só um.
mapping-needs = em columns falta { $one }; cada linha precisa dele.
mapping-needs-either = em columns falta { $one } ou { $other }; cada linha precisa de um dos dois.
mapping-first-name = first_name vai com last_name.
mapping-no-column = columns.{ $field } não nomeia nenhuma coluna.
mapping-delimiter = «{ $mark }» não pode ser um separador (delimiter).
mapping-marks = decimal_mark e thousands_mark são dois sinais diferentes, e não são algarismos.
mapping-date-format = date_format «{ $format }» não dá uma data completa, como «%d.%m.%Y».
property-too-large = é demasiado grande para o ficheiro de um hotel.
bad-unreadable = Não é possível ler { $path }: { $why }.
bad-erasure-reason = Para apagar é preciso um motivo de no máximo { $most } caracteres.
bad-erasure-names = O motivo nomeia o hóspede, e fica guardado. Diga-o sem o nome, o telefone, o e-mail nem o número da reserva noutro sistema.
bad-picture-nights = Um gráfico mostra de 1 a { $most } noites.

# Printed papers.
paper-booking-confirmation = Confirmação de reserva
paper-provisional-booking = Reserva provisória
paper-booking-request = Pedido de reserva
paper-waiting-list = Lista de espera
paper-cancellation = Cancelamento
paper-no-show = Não comparência
paper-registration-card = Ficha de registo
paper-tax-number = N.º fiscal { $number }
paper-vat-rate = IVA { $rate } %
paper-vat = IVA
paper-total = Total { $currency }
paper-net = Líquido
paper-gross = Bruto
paper-amounts = Todos os valores em { $currency }.
paper-vat-included = Os preços por noite incluem o IVA.
paper-vat-added = Aos preços por noite acresce o IVA.
paper-guest = Hóspede
paper-guests = Pessoas
paper-phone = Telefone
paper-e-mail = E-mail
paper-printed-on = Impresso em
paper-arrival = Chegada
paper-departure = Partida
paper-your-reference = Sua referência
paper-meals = Refeições
paper-guarantee = Garantia
paper-option-until = Opção até
paper-stay = Estadia
paper-no = N.º
paper-room = Quarto
paper-rooms = Quartos
paper-room-type = Tipo
paper-nights = Noites
paper-night = Noite
paper-a-night = Por noite
paper-price-a-night = Preço por noite
paper-amount = Valor
paper-day-use = uso de dia
paper-name = Nome
paper-date-of-birth = Data de nascimento
paper-nationality = Nacionalidade
paper-street-and-number = Rua e número
paper-postcode-and-town = Código postal e localidade
paper-country = País
paper-identity-document-number = Documento de identidade, número
paper-vehicle = Veículo
paper-accompanying-guests = Acompanhantes
paper-date-of-birth-nationality-document = Nascimento, nacionalidade, documento
paper-date = Data
paper-signature-of-the-guest = Assinatura do hóspede
paper-arrivals = Chegadas
paper-arrivals-on = Chegadas de { $date }
paper-departures = Partidas
paper-in-house = Em casa
paper-availability = Disponibilidade
paper-emergency-pack = Pasta de emergência
paper-as-of = Em { $at }
paper-rooms-left = Quartos livres
paper-house = Casa
paper-holds = Retenções
paper-number = Número
paper-for = Para
paper-hold-run = { $rooms } { $type } { $from } a { $to }
paper-audit-pack = Fecho do dia
paper-audit-pack-of-the-business-date = Documentos do fecho do dia
paper-occupancy = Ocupação
paper-rooms-sold = Vendidos
paper-net-revenue = Receita líquida
paper-average-net-rate = Tarifa média líq.
paper-type = Tipo
paper-out-of-order = fora de uso
paper-out-of-service = indisponível
paper-sold = Vend.
paper-unsold = Livres
paper-revenue-of-the-night = Receita da noite
paper-without-price = Quartos em casa sem preço, não incluídos nestes valores: { $rooms }.
paper-no-shows = Não comparências
paper-cancellations = Cancelamentos
paper-status = Estado
paper-none = Nenhum.
paper-outages = Quartos fechados
paper-kind = Género
paper-from = De
paper-back-on = Livre em
paper-reason = Motivo
paper-open-groups = Grupos abertos
paper-cut-off = Data-limite
paper-room-nights = Noites
paper-picked-up = Tomadas
paper-kept-back = Guardadas
paper-group-elastic = elástico
paper-group-non_elastic = não elástico
paper-group-committed = firme
paper-group-tentative = provisório
paper-adults = { $count ->
    [one] 1 adulto
   *[other] { $count } adultos
}
paper-children = { $count ->
    [one] 1 criança
   *[other] { $count } crianças
}
