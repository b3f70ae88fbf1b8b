# Lo que Keyrack dice, en español. Los mensajes y sus datos son los del archivo inglés.

the-house = La casa
house = toda la casa
nights-span = del { $from } al { $last }
rooms = { $count ->
    [one] 1 habitación
   *[other] { $count } habitaciones
}
nothing = nada
none = ninguna
list-end = { $rest } o { $last }
and-more = { $list } y más

# Refusals: why something was not done.
refused-no-availability = { $pool }: { $available ->
    [0] no queda nada por vender el { $night }.
    [one] solo queda 1 de { $required } habitaciones por vender el { $night }.
   *[other] solo quedan { $available } de { $required } habitaciones por vender el { $night }.
}{ $alternatives ->
    [0] {""}
   *[other] {" "}Hay alternativas.
}
refused-allotment-exhausted = { $total ->
    [0] El grupo { $id } no tiene habitaciones del tipo { $type } el { $night }. Una noche de su huésped se puede pasar a este tipo, lo que toma una habitación de la casa.
   *[other] El grupo { $id } tiene { $total } del tipo { $type } el { $night }, de las que { $picked } ya están tomadas: no quedan { $required } más. Una reserva sin el grupo toma una habitación de la casa; la dirección puede dar más al grupo.
}
refused-allotment-below-picked-up = El grupo { $id } ya ha tomado { $picked } del tipo { $type } el { $night }: no puede tener menos. Devuelva o cancele antes las demás.
refused-unknown-allotment = No hay ningún cupo «{ $id }».
refused-undecided = Antes de que termine el { $date } queda por decidir ({ $count }): { $list }.
refused-too-early = El { $date } no ha empezado: según el reloj del hotel es { $local }. Solo termina antes si alguien con el permiso «operar» da un motivo: { $face ->
    [window] en «Motivo para cerrarlo antes de hora».
   *[line] --override MOTIVO.
}
refused-too-early-again = El { $date } es hoy según el reloj del hotel, y el día anterior terminó hace menos de doce horas. También él termina solo si alguien con el permiso «operar» da un motivo: { $face ->
    [window] en «Motivo para cerrarlo antes de hora».
   *[line] --override MOTIVO.
}
refused-wrong-business-date = La fecha hotelera es el { $business }, y no el { $date }.
refused-unknown-room-type = No hay ningún tipo de habitación «{ $id }».
refused-unknown-reservation = No hay ninguna reserva «{ $id }».
refused-unknown-stay = No hay ninguna estancia «{ $id }».
refused-unknown-hold = No hay ninguna retención «{ $id }».
refused-unknown-outage = No hay ningún bloqueo «{ $id }».
refused-unknown-command = No hay ninguna orden «{ $id }».
refused-illegal-transition = { $id } está { $from }. No es posible: { $to }. { $count ->
    [0] Ya no se puede hacer nada.
   *[other] Posible: { $allowed }.
}
refused-desks-missing = { $count ->
    [one] El puesto { $desks } no ha dicho que lo haya enviado todo del { $date }. Espérelo, o la dirección cierra el día sin él.
   *[other] Los puestos { $desks } no han dicho que lo hayan enviado todo del { $date }. Espérelos, o la dirección cierra el día sin ellos.
}
refused-split-alone = { $id } es la única estancia de su reserva: no hay de qué separarla.
refused-not-arrived = { $id } llega el { $arrival } y antes no se registra su entrada. ¿El huésped está aquí hoy, el { $business }? Entonces cambie la llegada al { $business } o regístrelo como llegada sin reserva.
refused-hold-of-another-desk = La retención { $id } es del puesto { $desk }: solo allí se puede prolongar, liberar o convertir en reserva.
refused-hold-expired = El tiempo de la retención { $id } ha terminado.
refused-already-released = { $id } ya terminó: { $status }.
refused-stale = Alguien ha cambiado esto desde que usted lo vio. Mire de nuevo y repita.
refused-idempotency-conflict = La orden { $id } ya se usó para otra petición.
refused-room-occupied = La habitación { $room } está ocupada por { $id }.
refused-outage-exceeds-physical = El { $night } { $count ->
    [one] 1 habitación estaría
   *[other] { $count } habitaciones estarían
} fuera de servicio, y { $physical ->
    [0] no hay ninguna
   *[other] solo hay { $physical }
}.
refused-service-exceeds-physical = El { $night } { $count ->
    [one] 1 habitación quedaría
   *[other] { $count } habitaciones quedarían
} sin servicio, y { $physical ->
    [0] no hay ninguna
   *[other] solo hay { $physical }
}.
refused-room-type-in-use = { $type } no se puede retirar desde esa noche: { $count ->
    [one] 1 elemento queda
   *[other] { $count } elementos quedan
} después ({ $list }). Muévalo, cancélelo o termínelo antes.
uses-bookings = reservas { $list }
uses-holds = retenciones { $list }
uses-outages = bloqueos { $list }
uses-groups = grupos { $list }
refused-duplicate-room-type = Ya hay un tipo de habitación «{ $type }».
refused-already-initialised = Este archivo ya contiene el hotel { $property }.

# Conditions under which a type is not sold.
restricted-draft = { $pool } es un borrador y aún no se vende. Póngalo primero a la venta.
restricted-stopped = { $pool } está detenido: no se vende.
restricted-retired = { $pool } está retirado y no se vende el { $night }.
restricted-stop-sell = { $pool } no se vende el { $night }: venta cerrada.
restricted-closed-to-arrival = { $pool } está cerrado a llegadas el { $night }.
restricted-closed-to-departure = { $pool } está cerrado a salidas el { $night }.
restricted-min-stay = Quien llega el { $night } se queda { $nights ->
    [one] 1 noche
   *[other] { $nights } noches
} o más ({ $pool }).
restricted-max-stay = Quien llega el { $night } se queda { $nights ->
    [one] 1 noche
   *[other] { $nights } noches
} como máximo ({ $pool }).

# What is wrong with a stay.
stay-no-stay = No se indicó ninguna estancia.
stay-rooms = Una estancia tiene de 1 a 500 habitaciones.
stay-departure-before-arrival = La segunda fecha es anterior a la primera: terminaría antes de empezar.
stay-no-night = El período no tiene ninguna noche.
stay-before-business-date = Es anterior a la fecha hotelera, el { $business }.
stay-too-long = Una estancia tiene como máximo 366 noches.
stay-not-open = La noche del { $night } no está abierta.
stay-not-open-somewhere = Una noche no está abierta.
stay-already-arrived = El huésped ya llegó: la llegada queda como estaba.
stay-already-slept = El huésped ha dormido aquí hasta el { $business }: no es posible una salida anterior.
stay-already-slept-on = La noche del { $night } ya pasó: el huésped durmió donde estaba.
stay-limit-out-of-range = Las habitaciones van de 0 a 1.000.000, un límite de sobreventa de -1.000.000 a 1.000.000.
stay-hold-minutes = Una retención dura de 1 a 60 minutos.
stay-walk-in-arrives-today = Quien llega sin reserva llega hoy.
stay-too-far = Las noches se abren hasta diez años después de la fecha hotelera.
stay-house-has-no-rooms = La casa no tiene habitaciones propias; se fijan por tipo.
stay-not-a-night-of-the-stay = Esa noche no forma parte de la estancia.
stay-length-out-of-range = Una estancia mínima o máxima es de 1 a 366 noches, y la mínima no supera a la máxima.
stay-outside-allotment = El grupo no tiene esas habitaciones en torno al { $night }. Una noche de su huésped se puede pasar a otro tipo, lo que toma una habitación de la casa.
stay-outside-allotment-type = El grupo no tiene habitaciones de ese tipo. Una noche de su huésped se puede pasar a otro tipo, lo que toma una habitación de la casa.
stay-cut-off-too-late = La fecha de liberación es posterior a la última noche del grupo.
stay-option-out-of-range = Una opción termina hoy o más tarde.
stay-waits-for-nothing = Quien espera no toma retención ni cupo, ni llega sin reserva.
stay-picked-up-or-else = Las habitaciones de un cupo se toman sin retención.
stay-not-due-yet = Todavía no se espera al huésped.
stay-not-due-yet-on = Se espera al huésped el { $night }, no antes.
stay-outage-rooms = Un bloqueo abarca de 1 a 500 habitaciones.
stay-allotment-rooms = Un grupo guarda de 1 a 500 habitaciones de un tipo por noche.
stay-hold-of-other-rooms = La retención guarda otras habitaciones que las de estas estancias: una parte se liberaría. Reserve lo que guarda, o libérela y reserve de nuevo.
stay-cut-off-past = La fecha de liberación es anterior a la fecha hotelera, el { $business }.
stay-outage-longer = Las habitaciones ya vuelven el { $night }. Para retirarlas más tiempo, añada un bloqueo desde esa noche.
stay-shoulder-too-long = Antes y después del grupo hay de 0 a 366 noches.
stay-night-is-over = La noche del { $night } ya pasó y queda como estaba.
stay-sold-until-then = El tipo está detenido y volvería a venderse hasta el { $night }. Retírelo desde el { $business } o reactívelo antes.
stay-one-room = Es una sola habitación de una reserva: indique una estancia de una habitación, o modifique toda la reserva.
stay-room-of-one = Un número de habitación es de una estancia, y esta reserva tiene varias: nombre la estancia, como A1/1.

# Why something cannot be undone.
undo-nothing-to-undo = No hay nada suyo que deshacer.
undo-no-inverse = Esto no se puede deshacer.
undo-was-refused = Se rechazó, así que no hay nada que deshacer.
undo-already-undone = Ya se deshizo.
undo-changed-since = No se puede deshacer: se cambió después.
undo-date-moved-on = No se puede deshacer: la fecha hotelera ha avanzado desde entonces.
by-hand-undo = Haga de nuevo lo que se deshizo.
by-hand-imported = Para volver atrás, cancele las reservas que trajo la importación.
by-hand-open_nights = Las noches siguen abiertas; un cierre de ventas evita que se vendan.
by-hand-split = Para reunirlas, cancele la parte y añada su estancia a la primera reserva modificándola.
by-hand-add_room_type = Retire el tipo de habitación.
by-hand-sell_room_type = Detenga la venta del tipo de habitación.
by-hand-close_day = Un día terminado sigue terminado; corrija sus reservas una a una.
by-hand-setting_set = Vuelva a poner el valor anterior: está en el registro.
by-hand-role_set = Devuelva al rol los permisos que tenía.
by-hand-staff_added = Desactive a ese miembro del personal.
by-hand-staff_disabled = Active de nuevo a ese miembro del personal.
by-hand-staff_enabled = Desactive de nuevo a ese miembro del personal.
by-hand-staff_role_set = Devuélvale el rol anterior.
by-hand-restore = Lo reemplazado se guardó junto al archivo: restaure esa copia.

# States and steps, within a sentence.
word-waitlisted = en lista de espera
word-tentative = en opción
word-needs_confirmation = por confirmar
word-confirmed = confirmada
word-checked_in = registrada
word-checked_out = con salida hecha
word-cancelled = cancelada
word-no_show = no presentada
word-offer = ofrecer
word-confirm = confirmar
word-check_in = registrar la entrada
word-check_out = registrar la salida
word-reverse_check_in = revertir la entrada
word-reverse_check_out = revertir la salida
word-cancel = cancelar
word-reinstate = restablecer
word-amend = modificar
word-released = liberada
word-converted = convertida
word-expired = caducada
word-active = activa
word-open = abierta
word-ended = terminada
word-draft = borrador
word-on_sale = en venta
word-stopped = detenido
word-retired = retirado
word-sell = vender
word-stop = detener
word-retire = retirar
word-reactivate = reactivar
word-split = separar
word-move = mover
word-give_room = otra habitación
word-set_details = corregir los datos
word-cut_off = liberar por fecha
word-release = liberar
word-resize = cambiar el tamaño
word-extend = prolongar
word-back_in_order = de nuevo en servicio
word-keep = mantener
word-leave_waitlist = dejar la lista de espera
word-return_pick_up = devolver al grupo
word-convert = convertir
word-waiting = en espera
word-running = en curso
word-done = terminada
word-parked = apartada

# The door.
door-sign-in = Inicie sesión primero.
door-ended = Esta sesión ha terminado. Inicie sesión de nuevo.
door-locked = El puesto está bloqueado. Inicie sesión de nuevo.
door-fresh = Se necesita una sesión de menos de cinco minutos. Inicie sesión de nuevo.
door-behalf = Solo el script de un administrador actúa en nombre de otro.
door-unknown-actor = Aquí no trabaja nadie con el nombre de --actor.
door-permission-nobody = Se necesita el permiso «{ $permission }», y nadie lo tiene.
door-permission = Se necesita el permiso «{ $permission }». Pregunte a { $staff }.
door-sign-in-failed = El nombre y la contraseña no coinciden. Inténtelo en { $seconds } s.
door-sign-in-delayed = Demasiados intentos fallidos con este nombre. Inténtelo en { $seconds } s.
door-last-admin = { $name } es el último que puede administrar. Nombre antes a otro administrador.
door-first-is-admin = El primer miembro del personal es administrador.
door-admin-administers = Un administrador siempre puede administrar.
door-unknown-staff = Aquí no trabaja nadie llamado «{ $id }».
door-duplicate-staff = Aquí ya trabaja alguien llamado «{ $id }».
door-unknown-guest = No hay ningún huésped «{ $id }».
permission-look = mirar
permission-sell = vender
permission-operate = operar
permission-configure = configurar
permission-administer = administrar

# What was done, for a message that passes.
done-batch = { $done } de { $all } hechos: { $what }
done-asked = Preguntado a la central: { $what }
done-waits = { $what } espera a la central: es una petición, aún no hay habitación prometida
done-declined = { $what } está rechazado por la central: { $why } Sigue siendo una petición
done-undone = Deshecho: { $what }
done-undone-hold = { $what }. Hecha de nuevo como retención { $hold }
done-day = Fecha hotelera { $date }
done-nights = { $count ->
    [one] 1 celda abierta
   *[other] { $count } celdas abiertas
}
done-before = { $what } (ya estaba hecho)
done-unchanged = Nada que cambiar: { $what }
done-nobody-fits = No hay sitio para nadie de la lista de espera
done-outage-hits = { $what }. Sobrevendido en { $rooms } el { $night }: { $count ->
    [one] 1 reserva afectada
   *[other] { $count } reservas afectadas
}
done-let-go = { $what }. De la retención { $hold } { $nights ->
    [one] se liberó 1 noche
   *[other] se liberaron { $nights } noches
}
done-option = { $what } (en opción hasta el { $date })
done-swept = { $count ->
    [one] 1 retención caducada
   *[other] { $count } retenciones caducadas
}
did-reserve = Reserva { $object }
did-walk_in = Sin reserva { $object }
did-confirm = Confirmada { $object }
did-check_in = Entrada registrada { $object }
did-check_out = Salida registrada { $object }
did-reverse_check_in = Entrada revertida { $object }
did-reverse_check_out = Salida revertida { $object }
did-cancel = Cancelada { $object }
did-no_show = No presentada { $object }
did-reinstate = Restablecida { $object }
did-amend = Modificada { $object }
did-split = Separada { $object }
did-move_night = Noche movida { $object }
did-give_room = Habitación asignada { $object }
did-set_details = Datos corregidos { $object }
did-place_hold = Retención { $object }
did-extend_hold = Retención prolongada { $object }
did-release_hold = Retención liberada { $object }
did-add_outage = Fuera de servicio { $object }
did-end_outage = De nuevo en servicio { $object }
did-set_limits = Límites { $object }
did-open_nights = Noches abiertas { $object }
did-open_allotment = Grupo { $object }
did-change_allotment = Grupo modificado { $object }
did-pick_up = Tomada del cupo { $object }
did-return_pick_up = Devuelta al grupo { $object }
did-release_allotment = Grupo liberado { $object }
did-cut_off_allotment = Grupo liberado por fecha { $object }
did-cancel_allotment = Grupo cancelado { $object }
did-join_waitlist = En espera { $object }
did-offer_waitlist = Ofrecida de la lista de espera { $object }
did-leave_waitlist = Fuera de la lista de espera { $object }
did-keep_arrivals = Aún se espera { $object }
did-close_day = Cierre del día { $object }
did-undo = Deshecho { $object }
did-setting_set = Ajuste cambiado { $object }
did-guest_erased = Huésped borrado { $object }
did-erasures_done = Borrados como se indicó en otro lugar: { $object }
did-rebuild = Cuentas e índice de huéspedes reescritos { $object }
did-rejoined = Continúa en una nueva época
did-role_set = Rol cambiado { $object }
did-staff_added = Miembro del personal añadido { $object }
did-staff_disabled = Miembro del personal desactivado { $object }
did-staff_enabled = Miembro del personal activado { $object }
did-staff_password_reset = Contraseña restablecida { $object }
did-staff_role_set = Rol asignado { $object }
did-restore = Copia restaurada { $object }
did-imported = Importado { $object }
did-enrolled = Unido a la central { $object }
did-enrolment_given_up = Unión a la central { $object } abandonada
did-token_moved = Clave de acceso de este puesto trasladada { $object }
did-walk_asked = Desvío pedido { $object }
did-walk_told = Informado del desvío { $object }
did-parked_discarded = Orden apartada descartada { $object }
did-parked_retried = Orden apartada repetida { $object }
did-add_service = Sin servicio { $object }
did-end_service = Mantenimiento terminado { $object }
did-offer = Ofrecida { $object }
did-add_room_type = Tipo de habitación añadido { $object }
did-rename_room_type = Tipo de habitación renombrado { $object }
did-rank_room_type = Tipo de habitación ordenado { $object }
did-sell_room_type = Tipo de habitación a la venta { $object }
did-stop_room_type = Tipo de habitación detenido { $object }
did-retire_room_type = Tipo de habitación retirado { $object }
did-reactivate_room_type = Tipo de habitación de nuevo a la venta { $object }
did-open_property = Hotel creado { $object }
did-set_business_date = Fecha hotelera fijada { $object }
did-sweep_holds = Retenciones vencidas liberadas { $object }
did-backup = Copia de seguridad { $object }
did-exported = Exportado { $object }
did-guest_exported = Huésped exportado { $object }
did-job_retried = Tarea repetida { $object }
did-alert_acknowledged = Alerta vista { $object }
did-support_bundle = Paquete de asistencia { $object }
did-inbox_answered = Respondido { $object }
did-convert_hold = Retención reservada { $object }
did-sign_in = Inicio de sesión { $object }
did-sign_in_failed = Inicio de sesión fallido { $object }
did-sign_out = Cierre de sesión { $object }
did-not_allowed = No permitido { $object }
did-acted_for = Actuó por { $object }

# What happened, in a history.
event-property-opened = Hotel abierto
event-business-date = Fecha hotelera { $before } › { $after }
event-room-type-added = Tipo de habitación { $code } añadido
event-room-type-changed = Tipo de habitación { $code } modificado
event-night-opened = Noche abierta
event-rooms = Habitaciones { $run }
event-overbooking = Límite de sobreventa { $run }
event-house-limit = Límite de la casa { $run }
event-restrictions = Restricciones { $run }
event-booking = Reserva { $number }, { $rooms }
event-split-off-from = Separada de { $number }
event-room-given = { $number }: habitación { $after }{ $before ->
    [none] {""}
   *[other] {" "}en lugar de { $before }
}
event-details = Datos de { $number } corregidos: { $what }
detail-guest = huésped
detail-phone = teléfono
detail-email = correo
detail-was = { $what } (antes: { $before })
detail-people = personas
detail-meal = comidas
detail-guarantee = garantía
detail-notes = notas
event-undone-on = Deshecho en { $number }
event-hold = Retención { $number }, { $rooms }
event-hold-converted = Retención convertida en reserva { $number }
event-hold-expired = Retención caducada { $number }
event-out-of-order = Fuera de servicio { $number }, { $rooms }
event-out-of-service = Sin servicio { $number }, { $rooms }
event-outage-end = Bloqueo { $number } hasta el { $before } › { $after }
event-group = Grupo { $number }, { $rooms }
event-group-reopened = Grupo abierto de nuevo { $number }
line-physical = Habitaciones existentes
line-overbooking = Límite de sobreventa
line-house-limit = El límite propio de la casa
event-corrected = corregido según la decisión de la central
event-batch = { $done } hechos, { $failed } rechazados
event-with-rooms = { $what }, { $sign }{ $rooms }
condition-stop-sell = venta cerrada
condition-closed-to-arrival = cerrado a llegadas
condition-closed-to-departure = cerrado a salidas
condition-min-stay = mínimo { $nights ->
    [one] 1 noche
   *[other] { $nights } noches
}
condition-max-stay = máximo { $nights ->
    [one] 1 noche
   *[other] { $nights } noches
}

# Alerts.
alert-on-night = el { $from }
alert-on-nights = las { $count } noches desde el { $from }
alert-low = { $subject }: quedan pocas habitaciones { $nights }, las menos el { $night }: { $rooms }.
alert-sold-out = { $subject }: no queda ninguna habitación { $nights }.
alert-below-zero = { $subject }: hay más habitaciones prometidas que existentes { $nights }, las más el { $night }: { $rooms } de más.
alert-low-night = { $subject }: solo { $rooms ->
    [one] queda 1 habitación
   *[other] quedan { $rooms } habitaciones
} { $nights }.
alert-below-zero-night = { $subject }: { $rooms ->
    [one] hay 1 habitación prometida
   *[other] hay { $rooms } habitaciones prometidas
} de más { $nights }.
alert-cause = De { $rooms ->
    [one] 1 habitación
   *[other] { $rooms } habitaciones
}: { $counts }.
alert-cause-none = No hay ninguna habitación prevista.
alert-count-out-of-order = { $rooms } fuera de uso
alert-count-sold = { $rooms } vendidas
alert-count-held = { $rooms } retenidas
alert-count-blocked = { $rooms } guardadas para grupos
alert-walk-risk = Si vienen todos, { $rooms ->
    [one] falta 1 habitación
   *[other] faltan { $rooms } habitaciones
} en la casa { $nights }, contando las mejoras.
alert-failed-sales = { $failed ->
    [one] 1 venta falló
   *[other] { $failed } ventas fallaron
} en la última hora.
alert-refusals = { $refused ->
    [one] 1 de { $attempts } órdenes se rechazó
   *[other] { $refused } de { $attempts } órdenes se rechazaron
} en la última hora.
alert-backup-old = La última copia buena es demasiado antigua: nada está cubierto desde { $since }.
alert-backup-failed = La última copia falló: { $about }.
alert-verify-failed = El archivo no supera la verificación: { $check }.
alert-job-parked = La tarea { $kind } falló demasiadas veces: { $error }
job-sweep = de liberar retenciones
job-health = de comprobar el estado
job-backup = de hacer la copia de seguridad
job-verify = de verificar el archivo
job-checkpoint = de devolver el registro
check-sqlite = la base de datos misma
check-schema = sus tablas
check-audit_chain = el registro de auditoría
check-counts = las cuentas de las noches
check-objects = reservas, retenciones, bloqueos y grupos
check-property = el hotel y sus tipos de habitación
check-history = los historiales
check-undone = lo que se deshizo
check-sums = las sumas
check-backups = lo que vio la última copia
check-centre = lo que tiene la central
check-settings_and_staff = ajustes, roles y personal
check-guests_and_texts = huéspedes, textos y contraseñas
check-guest_index = el índice de huéspedes
check-acts = lo que se hizo con cada identificador
check-day_ends = jornadas cerradas
alert-other = { $kind }: { $subject } { $nights }

# The inbox: what the centre answered.
inbox-nameless = Una de sus órdenes
inbox-confirmed = { $object }: confirmado por la central.
inbox-declined = { $object }: la central no tiene habitación. Sigue siendo una petición.
inbox-refused = { $object }: la central lo rechazó, y aquí se ha deshecho.
inbox-conflict = { $object }: otro puesto lo cambió entretanto.
inbox-parked = { $object }: la central no puede leer esta orden. Le espera a usted.
inbox-nothing-to-take = El elemento { $id } no es una solicitud sin habitación, así que no hay otra estancia que tomar por ella.

# What failed: the file, the machine, the program.
failed-unexpected = El programa encontró algo que no esperaba. Mire si su cambio está antes de repetirlo.
failed-machine = El equipo falló: { $why }.
failed-cancelled = Detenido. Lo hecho hasta ahora queda, y la próxima vez se sigue desde ahí.
failed-not-open = Todavía no hay ningún hotel abierto.
loading-sample = Cargando el hotel de muestra
loading-sample-date = Cargando el hotel de muestra: { $date }
failed-busy = La base de datos estuvo bloqueada { $waited } ms. No se hizo nada; inténtelo de nuevo.
failed-missing = No hay ninguna base de datos en { $path }.
failed-not-a-database = { $path } no es una base de datos de Keyrack.
failed-too-new = { $path } fue escrito por un Keyrack más nuevo (esquema { $found }; este conoce { $known }). Actualice este programa.
failed-unknown-event = { $path } fue escrito por un Keyrack más nuevo (el suceso { $name }, versión { $version }, no se conoce aquí). Actualice este programa.
failed-joining = El historial de este archivo está en camino a una central. No se escribe nada hasta que llegue: únase otra vez, y continúa.
failed-out-of-step = Lo que envió la central no sigue a lo que hay aquí: { $why }.
failed-not-initialised = { $path } no tiene todavía ningún hotel. Inicie Keyrack con un archivo que aún no exista y elija «Crear su propio hotel», o: `keyrackctl init`.
failed-not-writable = { $path } no se puede escribir: { $why }. Revise los permisos del archivo y de su carpeta, y el espacio libre.
failed-disk = { $path } falló: { $why }. Revise el disco y su espacio libre, y pregunte después con el mismo identificador de orden.
failed-damaged = Una fila de { $table } está dañada: { $why }. Ejecute `keyrackctl verify`.
failed-bad-backup = { $path } no pasa la verificación: { $why }. No se restauró nada.
failed-event = El suceso { $seq } no se puede leer. { $why }.
refused-unknown-job = No hay ninguna tarea { $id }.
refused-unknown-alert = Ninguna alerta { $id } está abierta.
refused-job-state = La tarea { $id } está { $from }; eso se hace con una que está { $allowed }.

# The centre, or the way to it, said no.
centre-not-enrolled = Este archivo no pertenece a ninguna central. Únase a una en Lugares, Central, o: `keyrackctl enrol URL CODE`.
centre-enrolled = Este archivo ya pertenece a la central { $url }.
centre-no-token = Lo que este puesto muestra a la central no está en { $path }. Si esto es una copia del archivo, copie también ese a su lado; si no, haga que admitan de nuevo este puesto: `keyrack-central desk code CASA --desk LETRAS` da un código, y `keyrackctl enrol URL CODE` con él conserva todo lo que hay aquí.
centre-keyring = Lo que este puesto muestra a la central está en el depósito de claves del sistema{ $lack ->
    [absent] , y aquí no responde ninguno
    [locked] , que está bloqueado
    [silent] , que no responde
    [empty] , que ya no tiene entrada de este puesto
   *[failed] , que falla
}. { $lack ->
    [locked] Desbloquéelo y pida de nuevo; lo que espera sale entonces por sí solo, y lo que está en la cuota de este puesto se vende entretanto.
    [empty] Haga que admitan de nuevo este puesto: `keyrack-central desk code CASA --desk LETRAS` da un código, y `keyrackctl enrol URL CODE` con él conserva todo lo que hay aquí. Lo que está en su cuota se vende entretanto.
   *[other] Pida de nuevo cuando responda; lo que espera sale entonces por sí solo, y lo que está en la cuota de este puesto se vende entretanto.
}
token-in-keyring = Lo que este puesto muestra a la central se guarda en el depósito de claves del sistema.
token-in-file = { $lack ->
    [absent] Aquí no responde ningún depósito de claves: lo
    [locked] El depósito de claves del sistema está bloqueado: lo
    [silent] El depósito de claves del sistema no responde: lo
    [failed] El depósito de claves del sistema falla: lo
   *[none] Lo
} que este puesto muestra a la central se guarda en { $path }, que solo su dueño puede leer.
walk-walked = { $number } se desvía a { $to }: allí es { $made }.
walk-goes-on = La central desvía { $number } a { $to }; aún no está hecho y sigue por sí solo.
walk-asked = La central no ha dicho a tiempo si { $number } va a { $to }. Si lo ha oído, sigue por sí solo; lo mismo otra vez lo dice.
walk-before = { $number } ya se desvió, y está reservada como { $to }.
walk-refused = { $to } no acepta { $number }. { $why } Nada ha cambiado.
walk-given-back = { $number } se cambió aquí entretanto, así que no se desvía a nadie: lo reservado en { $to } está cancelado.
walk-left = { $number } se cambió aquí entretanto, y lo reservado en { $to } ({ $made }) no se pudo cancelar: ocúpese de ambas reservas.
walk-taken-back = El huésped de { $number } se desvió, y está reservado como { $to }. Haga que lo anulen allí primero{ $face ->
    [window] .
   *[line] ; quien puede saltárselo, y dice por qué, lo restablece igualmente: --override MOTIVO.
}
walk-not-walkable = { $number } está { $status }: solo se desvían estancias confirmadas.
walk-nights-over = Las noches de { $number } ya pasaron en { $to }, o las de alguna de sus estancias. Desvíe las demás una por una.
walk-on-its-way = { $number } ya va camino de otro hotel.
walk-no-sister = No hay ningún hotel { $to } al que se desvíen huéspedes de este. Un administrador de la central dice cuáles hay.
centre-unreachable = No se puede alcanzar la central: { $why }. No se ha perdido nada; inténtelo cuando responda.
centre-distrusted = Lo que responde en la dirección de la central no demuestra que sea la central: { $why ->
    [authority] lo avala una autoridad que este puesto no conoce. Si la central tiene una propia, este puesto necesita su certificado o un código nuevo; si no, quizá responda otro
    [name] su certificado es de otro nombre. Use la dirección que el certificado nombra, o haga que la central muestre uno de esta dirección
    [expired] su certificado ha caducado. Haga que lo renueven en la central, o ponga en hora esta máquina
    [not_yet] su certificado aún no vale. Ponga en hora esta máquina, o la central
   *[certificate] su certificado no es de fiar. Pregunte a quien lleva la central
}. No se ha enviado nada, y lo que espera sigue esperando.
centre-fault = La central dice que no: { $fault }.
centre-newer = La central es más nueva que este programa (habla el protocolo { $spoken }). Actualice este programa; lo que espera seguirá esperando hasta entonces.
centre-file = El intercambio con la central falla en este archivo: { $why } No se ha perdido nada; compruebe el archivo en Estado del sistema o con `keyrackctl verify`.
centre-out-of-step = La central no tiene lo que se envió. No se unió nada; inténtelo con un código nuevo.
centre-joining = El historial de este archivo está en camino a la central { $url }. Únase otra vez, y continúa.
centre-moving = La central había avanzado cada vez que se la miró. Pregunte de nuevo cuando se venda menos.
centre-day-asked = El cierre del { $date } está pedido a la central, que aún no ha respondido. Queda en la cola: en cuanto la central lo sepa, la fecha se cierra por sí sola, o la bandeja dice por qué no. Lo mismo otra vez dice cómo está.
centre-rejoin = Este puesto existe dos veces, o su archivo es una copia más antigua: no se vende nada de su parte hasta que se una de nuevo.
centre-unknown-item = Ningún elemento { $id } de la bandeja está abierto.
centre-unknown-parked = Ninguna orden { $id } está apartada.

# Why the centre says no; it stands within a sentence.
fault-malformed = la central no puede leer el mensaje
fault-too-large = el mensaje es mayor de lo que lee la central
fault-unauthorised = la central ya no admite este puesto: se dio de baja allí, o la central es una copia anterior a su unión. Lo que se hace aquí no llega a nadie; quien lleva la central dice cómo seguir
fault-code-not-valid = el código de unión ya no es válido
fault-gap = se espera ahora la orden { $number }
fault-restored = la central se ha restaurado desde una copia
fault-fork = otra orden está guardada con el número { $number }: este puesto existe dos veces
fault-epoch-over = este puesto sigue en la época { $epoch }
fault-exists-twice = este puesto existe dos veces; cuando quede una sola copia, acéptela en la central (keyrack-central desk accept)
fault-cursor-gone = la secuencia se guarda desde el número { $number }
fault-not-empty = el hotel ya tiene historial
fault-busy = la central está ocupada

# What was given cannot be read or done, and what was stopped on request.
what-reason = Un motivo
what-guarantee = Una garantía
what-notes = Las notas
what-group-name = El nombre de un grupo
what-hold-reference = La referencia de una retención
what-guest-name = El nombre de un huésped
what-email = Un correo electrónico
what-phone = Un número de teléfono
what-source = Un origen
what-meal = Un régimen
what-room = Una habitación
what-type-name = El nombre de un tipo de habitación
what-erasure-reason = El motivo
what-address = La dirección
what-staff-name = El nombre
what-actor = El nombre de quien pregunta
what-cell = La celda
what-outage = Un bloqueo
what-overbooking = El límite de sobreventa
what-physical = El número de habitaciones existentes
what-rooms = El número de habitaciones
bad-too-long = { $what }: { $most } caracteres como máximo.
bad-card-number = { $what } contiene lo que parece un número de tarjeta (de 13 a 19 cifras que pasan su comprobación). Aquí no se guardan números de tarjeta; quítelo.
bad-card-issued = El número en el otro sistema parece un número de tarjeta (empieza, mide y se comprueba como los que se emiten). Aquí no se guardan números de tarjeta; quítelo.
bad-needs-reason = { $what } necesita un motivo.
bad-override-reason = Para saltarse una regla hace falta un motivo.
bad-reversal-reason = Lo que se hizo en la casa se retira con un motivo: guest, no_payment, duplicate, overbooked, agent, weather, error u other.
bad-named = Se nombran { $named }: como máximo { $most } a la vez.
bad-rooms-range = { $what }: de { $least } a { $most } habitaciones.
bad-house-limit = Solo se puede quitar el límite de sobreventa de la casa; no se puede fijar y quitar a la vez.
bad-price = Un precio o coste va de 0 a { $most } unidades menores por noche.
bad-nobody = No viene nadie: indique al menos un adulto o un niño.
bad-no-details = Diga qué debe cambiar: el huésped, las personas, las comidas, la garantía o las notas.
bad-half-party = Indique los adultos y los niños juntos.
bad-forgotten = El huésped de { $number } fue borrado: los datos de la reserva se quedan como están.
bad-two-prices = { $type } tiene dos precios; indique solo uno por tipo.
bad-price-alone = { $type } tiene un precio y ninguna estancia es de ese tipo.
bad-room-before = La habitación se asigna a quien está en la casa: a la entrada, o a un cliente sin reserva.
bad-guest-name = El nombre de un huésped tiene de 1 a { $most } caracteres.
bad-contact = Un teléfono o un correo tiene como máximo { $most } caracteres.
bad-group-name = Dé un nombre al grupo.
bad-group-shoulder = Las noches de antes y después son de un cupo elástico: ningún otro se usa más allá de sus noches.
bad-rooms-differ = Las habitaciones pedidas son distintas: cámbielas una a una, en la reserva.
bad-not-due = { $id } no está pendiente: no hay nada que decidir sobre ello.
bad-choice = { $id } puede pasar a: { $choices }.
bad-password-length = Una contraseña tiene de { $least } a { $most } caracteres.
bad-password-guessed = Esta contraseña se adivina con demasiada facilidad. Que no sea una palabra común, una fila de teclas ni el nombre.
bad-no-staff = El archivo aún no tiene personal; nadie necesita identificarse.
bad-setting = No hay ningún ajuste «{ $key }». Hay: { $list }.
bad-setting-value = { $key } es { $allowed }, no «{ $text }».
allowed-number = un número entero de { $least } a { $most }
allowed-flag = on u off
allowed-word = uno de { $list }
allowed-text = un texto de como máximo { $most } caracteres
allowed-rates = fechas con porcentajes, como 2024-01-01=6; 2027-01-01=7.5
bad-rate = «{ $part }» no es un tipo de IVA desde una fecha, como 2024-01-01=6 o 2027-01-01=7.5: { $why }.
rate-no-equals = falta el = entre la fecha y el tipo
rate-no-date = «{ $date }» no es una fecha de la forma AAAA-MM-DD
rate-range = un tipo va de 0 a 100 por ciento con hasta 3 decimales
rate-twice = la fecha está repetida
rate-too-many = hay más de { $most }
bad-action = No hay ninguna acción «{ $action }» en el registro. Hay: { $list }.
bad-is-database = { $path } es la propia base de datos. Indique otro archivo.
bad-no-database-there = { $path } no es una base de datos de Keyrack. Para poner { $from } en su lugar: `keyrackctl restore --force`, que guarda lo que hay.
bad-other-hotel = { $from } es una copia de { $theirs }, y { $path } es el archivo de { $ours }. Elija una copia de { $ours }. Para poner de todos modos el otro hotel en su lugar: `keyrackctl restore --force`.
bad-other-file = { $from } también contiene { $theirs } y no es copia de { $path }: no tienen historial en común. Elija una copia de este archivo. Para poner de todos modos el otro en su lugar: `keyrackctl restore --force`.
bad-unwritable = { $path } no se puede escribir: { $why }.
bad-there-already = { $path } ya existe. Indique otro archivo{ $face ->
    [window] .
   *[line]  o haga que se sustituya: --force.
}
bad-export-there = { $path } ya existe. Indique otro archivo o { $face ->
    [window] marque «Sustituir un archivo existente».
   *[line] haga que se sustituya: --force.
}
bad-no-pdf = { $path } ya existe y no es un PDF. Elija otro nombre.
bad-no-folder = No hay ninguna carpeta { $path }.
bad-is-folder = { $path } es una carpeta.
bad-no-whole-path = { $typed } no es una ruta completa. Diga en qué carpeta debe estar el archivo.
bad-paper = El documento no se puede escribir: { $why }.
bad-no-table = { $path } no es .csv ni .jsonl: el nombre dice cómo se escribe.
bad-column-twice = la columna «{ $column }» está repetida.
bad-column-missing = no hay ninguna columna «{ $column }»; hay { $list }.
bad-time-zone = La zona horaria «{ $zone }» (time_zone) no es una de IANA, como «Europe/Lisbon».
bad-currency = La moneda «{ $currency }» (currency) no es un código ISO 4217, como «EUR».
bad-no-room-type = Un hotel tiene al menos un tipo de habitación (room_type).
bad-type-twice = El tipo de habitación «{ $type }» (room_type) está repetido.
bad-type-rooms = Tipo { $type } (room_type): de 0 a { $most } habitaciones (rooms).
bad-type-overbooking = Tipo { $type } (room_type): la sobreventa (overbooking) va de -{ $most } a { $most }.
bad-certificate = El certificado no se puede leer: { $why }.
bad-token-store = { $variable } es keyring o file.
stopped-export = Detenido. No se escribió ningún archivo.
stopped-import = Detenido. No se importó nada.
stopped-import-part = Detenido. { $added ->
    [one] Se importó 1 reserva y se queda
   *[other] Se importaron { $added } reservas y se quedan
}; láncelo de nuevo para seguir.
stopped-join = Detenido. El hotel no se unió a ninguna central.
stopped-upload = Detenido: el hotel no pertenece a ninguna central, como antes. La central tiene una parte de su historial; quien la lleva revoca este puesto antes de unirse otra vez.
stopped-verify = Detenido. Lo comprobado hasta ahora no dice nada de todo el archivo.

# What is wrong with a file that is brought in, or with its mapping. A mapping's faults stand behind the name of the file.
row-cells = La fila tiene { $found } celdas; la cabecera, { $expected }.
row-encoding = La celda no está en la codificación de la correspondencia (encoding).
row-missing = En la fila falta { $field }.
row-too-long = La celda tiene más de { $most } caracteres.
row-no-text = «{ $text }» no es un texto de 1 a 64 caracteres imprimibles.
row-no-number = «{ $text }» no es un número de 0 a { $most }.
row-guests = Ninguna reserva tiene tantos huéspedes.
row-no-date = «{ $text }» no es una fecha de la forma { $format }.
row-room-type = «{ $word }» no está entre los tipos de habitación de la correspondencia (room_types).
row-status = «{ $word }» no está entre los estados de la correspondencia (statuses).
row-no-guest = La fila no nombra a ningún huésped.
row-no-amount = «{ $text }» no es un importe con hasta { $digits } decimales.
row-history = La llegada del { $arrival } es anterior a la fecha hotelera, el { $business }. El pasado no se reconstruye aquí; con history = true en la correspondencia se deja fuera.
row-differs = Ya está como { $number }, pero distinta: { $here }.
row-earlier = una fila anterior
row-cancelled-here = aquí está cancelada
row-not-cancelled-here = aquí no está cancelada
row-here = aquí { $rooms } × { $type } del { $arrival } al { $departure }
row-no-stay-here = aquí no tiene estancia
row-header-encoding = la cabecera no está en la codificación de la correspondencia (encoding).
mapping-too-large = es demasiado grande para una correspondencia.
mapping-no-key = en columns falta external_number. Es la clave: sin ella el mismo archivo entraría dos veces.
mapping-constant = constants: { $field } es distinto en cada fila.
mapping-both = { $one } y { $other } dicen lo mismo: indique solo uno.
mapping-needs = en columns falta { $one }; cada fila lo necesita.
mapping-needs-either = en columns falta { $one } o { $other }; cada fila necesita uno de los dos.
mapping-first-name = first_name va con last_name.
mapping-no-column = columns.{ $field } no nombra ninguna columna.
mapping-delimiter = «{ $mark }» no puede ser un separador (delimiter).
mapping-marks = decimal_mark y thousands_mark son dos signos distintos, y no son cifras.
mapping-date-format = date_format «{ $format }» no da una fecha completa, como «%d.%m.%Y».
property-too-large = es demasiado grande para el archivo de un hotel.
bad-unreadable = { $path } no se puede leer: { $why }.
bad-erasure-reason = Para borrar hace falta un motivo de como máximo { $most } caracteres.
bad-erasure-names = El motivo nombra al huésped, y se guarda. Dígalo sin el nombre, el teléfono, el correo ni el número de la reserva en otro sistema.
bad-picture-nights = Un gráfico muestra de 1 a { $most } noches.

# Printed papers.
paper-booking-confirmation = Confirmación de reserva
paper-provisional-booking = Reserva provisional
paper-booking-request = Solicitud de reserva
paper-waiting-list = Lista de espera
paper-cancellation = Cancelación
paper-no-show = No presentado
paper-registration-card = Ficha de registro
paper-tax-number = N.º fiscal { $number }
paper-vat-rate = IVA { $rate } %
paper-vat = IVA
paper-total = Total { $currency }
paper-net = Neto
paper-gross = Bruto
paper-amounts = Todos los importes en { $currency }.
paper-vat-included = Los precios por noche incluyen el IVA.
paper-vat-added = A los precios por noche se añade el IVA.
paper-guest = Huésped
paper-guests = Personas
paper-phone = Teléfono
paper-e-mail = Correo
paper-printed-on = Impreso el
paper-arrival = Llegada
paper-departure = Salida
paper-your-reference = Su referencia
paper-meals = Comidas
paper-guarantee = Garantía
paper-option-until = Opción hasta
paper-stay = Estancia
paper-no = N.º
paper-room = Hab.
paper-rooms = Habs.
paper-room-type = Tipo
paper-nights = Noches
paper-night = Noche
paper-a-night = Por noche
paper-price-a-night = Precio por noche
paper-amount = Importe
paper-day-use = uso de día
paper-name = Nombre
paper-date-of-birth = Fecha de nacimiento
paper-nationality = Nacionalidad
paper-street-and-number = Calle y número
paper-postcode-and-town = Código postal y ciudad
paper-country = País
paper-identity-document-number = Documento de identidad, número
paper-vehicle = Vehículo
paper-accompanying-guests = Acompañantes
paper-date-of-birth-nationality-document = Nacimiento, nacionalidad, documento
paper-date = Fecha
paper-signature-of-the-guest = Firma del huésped
paper-arrivals = Llegadas
paper-arrivals-on = Llegadas del { $date }
paper-departures = Salidas
paper-in-house = En casa
paper-availability = Disponibilidad
paper-emergency-pack = Carpeta de emergencia
paper-as-of = A { $at }
paper-rooms-left = Habitaciones libres
paper-house = Casa
paper-holds = Retenciones
paper-number = Número
paper-for = Para
paper-hold-run = { $rooms } { $type } { $from } a { $to }
paper-audit-pack = Cierre del día
paper-audit-pack-of-the-business-date = Documentos del cierre del día
paper-occupancy = Ocupación
paper-rooms-sold = Vendidas
paper-net-revenue = Ingresos netos
paper-average-net-rate = Tarifa media neta
paper-type = Tipo
paper-out-of-order = fuera de uso
paper-out-of-service = no disponible
paper-sold = Vend.
paper-unsold = Libres
paper-revenue-of-the-night = Ingresos de la noche
paper-without-price = Habitaciones en casa sin precio, no incluidas en estos importes: { $rooms }.
paper-no-shows = No presentados
paper-cancellations = Cancelaciones
paper-status = Estado
paper-none = Ninguno.
paper-outages = Habitaciones cerradas
paper-kind = Clase
paper-from = Desde
paper-back-on = Libre el
paper-reason = Motivo
paper-open-groups = Grupos abiertos
paper-cut-off = Fecha límite
paper-room-nights = Noches
paper-picked-up = Tomadas
paper-kept-back = Guardadas
paper-group-elastic = elástico
paper-group-non_elastic = no elástico
paper-group-committed = en firme
paper-group-tentative = provisional
paper-adults = { $count ->
    [one] 1 adulto
   *[other] { $count } adultos
}
paper-children = { $count ->
    [one] 1 niño
   *[other] { $count } niños
}
