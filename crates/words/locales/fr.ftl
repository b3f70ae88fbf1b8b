# Ce que Keyrack dit, en français. Les messages et leurs valeurs sont ceux du fichier anglais.

the-house = La maison
house = toute la maison
nights-span = du { $from } au { $last }
rooms = { $count ->
    [one] { $count } chambre
   *[other] { $count } chambres
}
nothing = rien
none = aucune
list-end = { $rest } ou { $last }
and-more = { $list } et d’autres

# Refusals: why something was not done.
refused-no-availability = { $pool } : { $available ->
    [0] plus rien à vendre le { $night }.
    [one] il ne reste que { $available } chambre à vendre sur { $required } le { $night }.
   *[other] il ne reste que { $available } chambres à vendre sur { $required } le { $night }.
}{ $alternatives ->
    [0] {""}
   *[other] {" "}Il y a d’autres possibilités.
}
refused-allotment-exhausted = { $total ->
    [0] Le groupe { $id } n’a aucune chambre du type { $type } le { $night }. Une nuit de son client peut être déplacée vers ce type, ce qui prend une chambre de la maison.
   *[other] Le groupe { $id } en a { $total } du type { $type } le { $night }, dont { $picked } déjà prises : il n’en reste pas { $required } de plus. Une réservation sans le groupe prend une chambre de la maison ; la direction peut en donner plus au groupe.
}
refused-allotment-below-picked-up = Le groupe { $id } a déjà pris { $picked } du type { $type } le { $night } : il ne peut pas en avoir moins. Rendez ou annulez d’abord le reste.
refused-unknown-allotment = Il n’y a pas de contingent « { $id } ».
refused-undecided = Il reste à décider avant la fin du { $date } ({ $count }) : { $list }.
refused-too-early = Le { $date } n’a pas commencé : à l’heure de l’hôtel nous sommes le { $local }. Une journée ne finit plus tôt que si quelqu’un qui a l’autorisation « exploiter » donne un motif : { $face ->
    [window] sous « Motif pour clore avant l’heure ».
   *[line] --override MOTIF.
}
refused-too-early-again = Le { $date } est aujourd’hui à l’heure de l’hôtel, et la journée précédente a fini il y a moins de douze heures. Elle ne finit à son tour que si quelqu’un qui a l’autorisation « exploiter » donne un motif : { $face ->
    [window] sous « Motif pour clore avant l’heure ».
   *[line] --override MOTIF.
}
refused-wrong-business-date = La date d’exploitation est le { $business }, et non le { $date }.
refused-unknown-room-type = Il n’y a pas de type de chambre « { $id } ».
refused-unknown-reservation = Il n’y a pas de réservation « { $id } ».
refused-unknown-stay = Il n’y a pas de séjour « { $id } ».
refused-unknown-hold = Il n’y a pas d’option courte « { $id } ».
refused-unknown-outage = Il n’y a pas de mise hors service « { $id } ».
refused-unknown-command = Il n’y a pas de commande « { $id } ».
refused-illegal-transition = { $id } est { $from }. Impossible : { $to }. { $count ->
    [0] Plus rien n’est possible.
   *[other] Possible : { $allowed }.
}
refused-desks-missing = { $count ->
    [one] Le poste { $desks } n’a pas dit avoir tout envoyé du { $date }. Attendez-le, ou la direction clôture la journée sans lui.
   *[other] Les postes { $desks } n’ont pas dit avoir tout envoyé du { $date }. Attendez-les, ou la direction clôture la journée sans eux.
}
refused-split-alone = { $id } est le seul séjour de sa réservation : il n’y a rien dont le séparer.
refused-not-arrived = { $id } arrive le { $arrival } ; son arrivée n’est pas enregistrée avant. Le client est là aujourd’hui, le { $business } ? Avancez alors l’arrivée au { $business }, ou faites une arrivée sans réservation.
refused-hold-of-another-desk = L’option { $id } a été posée au poste { $desk } : seul ce poste peut la prolonger, la libérer ou la convertir.
refused-hold-expired = Le délai de l’option { $id } est écoulé.
refused-already-released = { $id } est déjà terminé : { $status }.
refused-stale = Quelqu’un a modifié ceci depuis que vous l’avez vu. Regardez de nouveau et recommencez.
refused-idempotency-conflict = La commande { $id } a déjà servi à une autre demande.
refused-room-occupied = La chambre { $room } est prise par { $id }.
refused-outage-exceeds-physical = Le { $night }, { $count ->
    [one] 1 chambre serait
   *[other] { $count } chambres seraient
} hors service, et { $physical ->
    [0] il n’y en a aucune
   *[other] il n’y en a que { $physical }
}.
refused-service-exceeds-physical = Le { $night }, { $count ->
    [one] 1 chambre serait
   *[other] { $count } chambres seraient
} hors entretien, et { $physical ->
    [0] il n’y en a aucune
   *[other] il n’y en a que { $physical }
}.
refused-room-type-in-use = { $type } ne peut pas être retiré à partir de cette nuit : au-delà, { $count ->
    [one] il reste 1 élément
   *[other] il reste { $count } éléments
} ({ $list }). Déplacez, annulez ou terminez cela d’abord.
uses-bookings = réservations { $list }
uses-holds = options courtes { $list }
uses-outages = mises hors service { $list }
uses-groups = groupes { $list }
refused-duplicate-room-type = Il y a déjà un type de chambre « { $type } ».
refused-already-initialised = Ce fichier contient déjà l’établissement { $property }.

# Conditions under which a type is not sold.
restricted-draft = { $pool } est un brouillon et n’est pas encore en vente. Mettez d’abord ce type en vente.
restricted-stopped = { $pool } est arrêté : pas en vente.
restricted-retired = { $pool } est retiré et n’est pas en vente le { $night }.
restricted-stop-sell = { $pool } n’est pas en vente le { $night } : arrêt des ventes.
restricted-closed-to-arrival = { $pool } est fermé aux arrivées le { $night }.
restricted-closed-to-departure = { $pool } est fermé aux départs le { $night }.
restricted-min-stay = Qui arrive le { $night } reste { $nights ->
    [one] 1 nuit
   *[other] { $nights } nuits
} ou plus ({ $pool }).
restricted-max-stay = Qui arrive le { $night } reste { $nights ->
    [one] 1 nuit
   *[other] { $nights } nuits
} au plus ({ $pool }).

# What is wrong with a stay.
stay-no-stay = Aucun séjour n’a été indiqué.
stay-rooms = Un séjour compte 1 à 500 chambres.
stay-departure-before-arrival = La seconde date précède la première : cela finirait avant de commencer.
stay-no-night = La période n’a aucune nuit.
stay-before-business-date = C’est avant la date d’exploitation, le { $business }.
stay-too-long = Un séjour compte 366 nuits au plus.
stay-not-open = La nuit du { $night } n’est pas ouverte.
stay-not-open-somewhere = Une nuit n’est pas ouverte.
stay-already-arrived = Le client est arrivé : l’arrivée reste ce qu’elle était.
stay-already-slept = Le client a dormi ici jusqu’au { $business } : un départ plus tôt est impossible.
stay-already-slept-on = La nuit du { $night } est passée : le client a dormi là où il était.
stay-limit-out-of-range = Les chambres vont de 0 à 1 000 000, une limite de surréservation de -1 000 000 à 1 000 000.
stay-hold-minutes = Une option courte dure de 1 à 60 minutes.
stay-walk-in-arrives-today = Un client sans réservation arrive aujourd’hui.
stay-too-far = Les nuits s’ouvrent jusqu’à dix ans après la date d’exploitation.
stay-house-has-no-rooms = La maison n’a pas de chambres propres ; elles se fixent par type.
stay-not-a-night-of-the-stay = Cette nuit ne fait pas partie du séjour.
stay-length-out-of-range = Un séjour minimal ou maximal compte 1 à 366 nuits, et le minimum ne dépasse pas le maximum.
stay-outside-allotment = Le groupe n’a pas de telles chambres autour du { $night }. Une nuit de son client peut être déplacée vers un autre type, ce qui prend une chambre de la maison.
stay-outside-allotment-type = Le groupe n’a pas de chambres de ce type. Une nuit de son client peut être déplacée vers un autre type, ce qui prend une chambre de la maison.
stay-cut-off-too-late = La date de rétrocession vient après la dernière nuit du groupe.
stay-option-out-of-range = Une option finit aujourd’hui ou plus tard.
stay-waits-for-nothing = Qui attend ne prend ni option, ni contingent, et n’arrive pas sans réservation.
stay-picked-up-or-else = Les chambres d’un contingent se prennent sans option.
stay-not-due-yet = Le client n’est pas encore attendu.
stay-not-due-yet-on = Le client est attendu le { $night }, pas avant.
stay-outage-rooms = Une mise hors service porte sur 1 à 500 chambres.
stay-allotment-rooms = Un groupe garde 1 à 500 chambres d’un type par nuit.
stay-hold-of-other-rooms = L’option courte garde d’autres chambres que celles de ces séjours : une partie serait libérée. Réservez ce qu’elle garde, ou libérez-la et réservez à nouveau.
stay-cut-off-past = La date de rétrocession précède la date d’exploitation, le { $business }.
stay-outage-longer = Les chambres sont déjà de retour le { $night }. Pour les retirer plus longtemps, ajoutez une mise hors service à partir de cette nuit.
stay-shoulder-too-long = Avant et après le groupe, il y a de 0 à 366 nuits.
stay-night-is-over = La nuit du { $night } est passée et reste telle quelle.
stay-sold-until-then = Ce type est arrêté et serait de nouveau vendu jusqu’au { $night }. Retirez-le à partir du { $business }, ou réactivez-le d’abord.
stay-one-room = C’est une seule chambre d’une réservation : indiquez un séjour d’une chambre, ou modifiez toute la réservation.
stay-room-of-one = Un numéro de chambre vaut pour un séjour, et cette réservation en a plusieurs : nommez le séjour, comme A1/1.

# Why something cannot be undone.
undo-nothing-to-undo = Il n’y a rien de vous à annuler.
undo-no-inverse = Ceci ne peut pas être annulé.
undo-was-refused = Cela avait été refusé ; il n’y a rien à annuler.
undo-already-undone = C’est déjà annulé.
undo-changed-since = Annulation impossible : cela a changé depuis.
undo-date-moved-on = Annulation impossible : la date d’exploitation a avancé depuis.
by-hand-undo = Refaites ce qui a été annulé.
by-hand-imported = Pour revenir sur une importation, annulez les réservations qu’elle a apportées.
by-hand-open_nights = Les nuits restent ouvertes ; un arrêt des ventes empêche de les vendre.
by-hand-split = Pour les réunir, annulez la partie et ajoutez son séjour à la première réservation en la modifiant.
by-hand-add_room_type = Retirez plutôt le type de chambre.
by-hand-sell_room_type = Arrêtez plutôt la vente du type de chambre.
by-hand-close_day = Une journée finie le reste ; corrigez ses réservations une à une.
by-hand-setting_set = Remettez la valeur d’avant : le journal la montre.
by-hand-role_set = Redonnez au rôle les autorisations qu’il avait.
by-hand-staff_added = Désactivez ce membre du personnel.
by-hand-staff_disabled = Réactivez ce membre du personnel.
by-hand-staff_enabled = Désactivez de nouveau ce membre du personnel.
by-hand-staff_role_set = Redonnez le rôle d’avant.
by-hand-restore = Ce qui a été remplacé est gardé à côté du fichier : restaurez cette copie.

# States and steps, within a sentence.
word-waitlisted = en liste d’attente
word-tentative = en option
word-needs_confirmation = à confirmer
word-confirmed = confirmé
word-checked_in = arrivé
word-checked_out = parti
word-cancelled = annulé
word-no_show = non présenté
word-offer = proposer
word-confirm = confirmer
word-check_in = enregistrer l’arrivée
word-check_out = enregistrer le départ
word-reverse_check_in = annuler l’arrivée
word-reverse_check_out = annuler le départ
word-cancel = annuler
word-reinstate = rétablir
word-amend = modifier
word-released = libéré
word-converted = converti
word-expired = expiré
word-active = actif
word-open = ouvert
word-ended = terminé
word-draft = brouillon
word-on_sale = en vente
word-stopped = arrêté
word-retired = retiré
word-sell = mettre en vente
word-stop = arrêter
word-retire = retirer
word-reactivate = remettre en vente
word-split = séparer
word-move = déplacer
word-give_room = autre chambre
word-set_details = corriger les données
word-cut_off = rétrocéder
word-release = libérer
word-resize = redimensionner
word-extend = prolonger
word-back_in_order = remis en service
word-keep = garder
word-leave_waitlist = quitter la liste d’attente
word-return_pick_up = rendre au groupe
word-convert = convertir
word-waiting = en attente
word-running = en cours
word-done = terminé
word-parked = mis de côté

# The door.
door-sign-in = Identifiez-vous d’abord.
door-ended = Cette session est terminée. Identifiez-vous de nouveau.
door-locked = Le poste est verrouillé. Identifiez-vous de nouveau.
door-fresh = Il faut une session de moins de cinq minutes. Identifiez-vous de nouveau.
door-behalf = Seul le script d’un administrateur agit au nom d’un autre.
door-unknown-actor = Personne ici ne porte le nom donné par --actor.
door-permission-nobody = Il faut l’autorisation « { $permission } », et personne ne l’a.
door-permission = Il faut l’autorisation « { $permission } ». Demandez à { $staff }.
door-sign-in-failed = Le nom et le mot de passe ne vont pas ensemble. Réessayez dans { $seconds } s.
door-sign-in-delayed = Trop d’essais manqués sous ce nom. Réessayez dans { $seconds } s.
door-last-admin = { $name } est le dernier à pouvoir administrer. Nommez d’abord un autre administrateur.
door-first-is-admin = Le premier membre du personnel est un administrateur.
door-admin-administers = Un administrateur peut toujours administrer.
door-unknown-staff = Personne du nom de « { $id } » ne travaille ici.
door-duplicate-staff = Quelqu’un du nom de « { $id } » travaille déjà ici.
door-unknown-guest = Il n’y a pas de client « { $id } ».
permission-look = regarder
permission-sell = vendre
permission-operate = exploiter
permission-configure = configurer
permission-administer = administrer

# What was done, for a message that passes.
done-batch = { $done } sur { $all } : { $what }
done-asked = Demandé à la centrale : { $what }
done-waits = { $what } attend la centrale : c’est une demande, aucune chambre n’est encore promise
done-declined = { $what } est refusé par la centrale : { $why } Cela reste une demande
done-undone = Annulé : { $what }
done-undone-hold = { $what }. Posée de nouveau comme option { $hold }
done-day = Date d’exploitation { $date }
done-nights = { $count ->
    [one] { $count } case ouverte
   *[other] { $count } cases ouvertes
}
done-before = { $what } (déjà fait)
done-unchanged = Rien à changer : { $what }
done-nobody-fits = Il n’y a de place pour personne sur la liste d’attente
done-outage-hits = { $what }. Surréservé de { $rooms } le { $night } : { $count ->
    [one] 1 réservation touchée
   *[other] { $count } réservations touchées
}
done-let-go = { $what }. De l’option courte { $hold }, { $nights ->
    [one] 1 nuitée a été libérée
   *[other] { $nights } nuitées ont été libérées
}
done-option = { $what } (option jusqu’au { $date })
done-swept = { $count ->
    [one] { $count } option courte expirée
   *[other] { $count } options courtes expirées
}
did-reserve = Réservation { $object }
did-walk_in = Sans réservation { $object }
did-confirm = Confirmé { $object }
did-check_in = Arrivée enregistrée { $object }
did-check_out = Départ enregistré { $object }
did-reverse_check_in = Arrivée annulée { $object }
did-reverse_check_out = Départ annulé { $object }
did-cancel = Annulé { $object }
did-no_show = Non présenté { $object }
did-reinstate = Rétabli { $object }
did-amend = Modifié { $object }
did-split = Séparé { $object }
did-move_night = Nuit déplacée { $object }
did-give_room = Chambre attribuée { $object }
did-set_details = Données corrigées { $object }
did-place_hold = Option courte { $object }
did-extend_hold = Option prolongée { $object }
did-release_hold = Option libérée { $object }
did-add_outage = Hors service { $object }
did-end_outage = De nouveau en service { $object }
did-set_limits = Limites { $object }
did-open_nights = Nuits ouvertes { $object }
did-open_allotment = Groupe { $object }
did-change_allotment = Groupe modifié { $object }
did-pick_up = Prise sur le contingent { $object }
did-return_pick_up = Rendue au groupe { $object }
did-release_allotment = Groupe libéré { $object }
did-cut_off_allotment = Groupe rétrocédé { $object }
did-cancel_allotment = Groupe annulé { $object }
did-join_waitlist = En attente { $object }
did-offer_waitlist = Proposé depuis la liste d’attente { $object }
did-leave_waitlist = Sorti de la liste d’attente { $object }
did-keep_arrivals = Toujours attendu { $object }
did-close_day = Clôture de la journée { $object }
did-undo = Action annulée { $object }
did-setting_set = Réglage modifié { $object }
did-guest_erased = Client effacé { $object }
did-erasures_done = Effacés comme signalé ailleurs : { $object }
did-rebuild = Comptes et index des clients réécrits { $object }
did-rejoined = Reprise dans une nouvelle époque
did-role_set = Rôle modifié { $object }
did-staff_added = Membre du personnel ajouté { $object }
did-staff_disabled = Membre du personnel désactivé { $object }
did-staff_enabled = Membre du personnel réactivé { $object }
did-staff_password_reset = Mot de passe réinitialisé { $object }
did-staff_role_set = Rôle attribué { $object }
did-restore = Sauvegarde restaurée { $object }
did-imported = Importé { $object }
did-enrolled = Centrale rejointe { $object }
did-enrolment_given_up = Adhésion à la centrale { $object } abandonnée
did-token_moved = Jeton d’accès de ce poste déplacé { $object }
did-walk_asked = Délogement demandé { $object }
did-walk_told = Informé du délogement { $object }
did-parked_discarded = Commande mise de côté abandonnée { $object }
did-parked_retried = Commande mise de côté relancée { $object }
did-add_service = Hors entretien { $object }
did-end_service = Entretien terminé { $object }
did-offer = Proposé { $object }
did-add_room_type = Type de chambre ajouté { $object }
did-rename_room_type = Type de chambre renommé { $object }
did-rank_room_type = Type de chambre classé { $object }
did-sell_room_type = Type de chambre en vente { $object }
did-stop_room_type = Type de chambre arrêté { $object }
did-retire_room_type = Type de chambre retiré { $object }
did-reactivate_room_type = Type de chambre remis en vente { $object }
did-open_property = Établissement créé { $object }
did-set_business_date = Date d’exploitation fixée { $object }
did-sweep_holds = Options échues libérées { $object }
did-backup = Sauvegarde { $object }
did-exported = Exporté { $object }
did-guest_exported = Client exporté { $object }
did-job_retried = Tâche relancée { $object }
did-alert_acknowledged = Alerte vue { $object }
did-support_bundle = Dossier d’assistance { $object }
did-inbox_answered = Réponse donnée { $object }
did-convert_hold = Option réservée { $object }
did-sign_in = Connexion { $object }
did-sign_in_failed = Connexion refusée { $object }
did-sign_out = Déconnexion { $object }
did-not_allowed = Non autorisé { $object }
did-acted_for = Agi pour { $object }

# What happened, in a history.
event-property-opened = Établissement ouvert
event-business-date = Date d’exploitation { $before } › { $after }
event-room-type-added = Type de chambre { $code } ajouté
event-room-type-changed = Type de chambre { $code } modifié
event-night-opened = Nuit ouverte
event-rooms = Chambres { $run }
event-overbooking = Limite de surréservation { $run }
event-house-limit = Limite de la maison { $run }
event-restrictions = Restrictions { $run }
event-booking = Réservation { $number }, { $rooms }
event-split-off-from = Séparé de { $number }
event-room-given = { $number } : chambre { $after }{ $before ->
    [none] {""}
   *[other] {" "}au lieu de { $before }
}
event-details = Données de { $number } corrigées : { $what }
detail-guest = client
detail-phone = téléphone
detail-email = e-mail
detail-was = { $what } (avant : { $before })
detail-people = personnes
detail-meal = repas
detail-guarantee = garantie
detail-notes = remarques
event-undone-on = Annulé sur { $number }
event-hold = Option courte { $number }, { $rooms }
event-hold-converted = Option devenue réservation { $number }
event-hold-expired = Option expirée { $number }
event-out-of-order = Hors service { $number }, { $rooms }
event-out-of-service = Hors entretien { $number }, { $rooms }
event-outage-end = Mise hors service { $number } jusqu’au { $before } › { $after }
event-group = Groupe { $number }, { $rooms }
event-group-reopened = Groupe rouvert { $number }
line-physical = Chambres existantes
line-overbooking = Limite de surréservation
line-house-limit = La limite propre de la maison
event-corrected = rectifié selon la décision de la centrale
event-batch = { $done } faits, { $failed } refusés
event-with-rooms = { $what }, { $sign }{ $rooms }
condition-stop-sell = arrêt des ventes
condition-closed-to-arrival = fermé aux arrivées
condition-closed-to-departure = fermé aux départs
condition-min-stay = minimum { $nights ->
    [one] 1 nuit
   *[other] { $nights } nuits
}
condition-max-stay = maximum { $nights ->
    [one] 1 nuit
   *[other] { $nights } nuits
}

# Alerts.
alert-on-night = le { $from }
alert-on-nights = pendant les { $count } nuits à partir du { $from }
alert-low = { $subject } : il reste peu de chambres { $nights }, le moins le { $night } : { $rooms }.
alert-sold-out = { $subject } : il ne reste aucune chambre { $nights }.
alert-below-zero = { $subject } : il y a plus de chambres promises que de chambres { $nights }, surtout le { $night } : { $rooms } de trop.
alert-low-night = { $subject } : il ne reste que { $rooms ->
    [one] 1 chambre
   *[other] { $rooms } chambres
} { $nights }.
alert-below-zero-night = { $subject } : { $rooms ->
    [one] 1 chambre
   *[other] { $rooms } chambres
} de plus qu’il n’y en a { $rooms ->
    [one] est promise
   *[other] sont promises
} { $nights }.
alert-cause = Sur { $rooms ->
    [one] 1 chambre
   *[other] { $rooms } chambres
} : { $counts }.
alert-cause-none = Aucune chambre n’est prévue.
alert-count-out-of-order = { $rooms } hors service
alert-count-sold = { $rooms } vendues
alert-count-held = { $rooms } en option
alert-count-blocked = { $rooms } gardées pour des groupes
alert-walk-risk = Si tous viennent, il manque { $rooms ->
    [one] 1 chambre
   *[other] { $rooms } chambres
} dans la maison { $nights }, surclassements compris.
alert-failed-sales = { $failed ->
    [one] { $failed } vente a échoué
   *[other] { $failed } ventes ont échoué
} dans la dernière heure.
alert-refusals = { $refused ->
    [one] { $refused } commande sur { $attempts } a été refusée
   *[other] { $refused } commandes sur { $attempts } ont été refusées
} dans la dernière heure.
alert-backup-old = La dernière bonne sauvegarde est trop vieille : rien n’est couvert depuis { $since }.
alert-backup-failed = La dernière sauvegarde a échoué : { $about }.
alert-verify-failed = Le fichier ne passe pas la vérification : { $check }.
alert-job-parked = La tâche { $kind } a échoué trop souvent : { $error }
job-sweep = qui libère les options
job-health = qui contrôle l’état
job-backup = qui fait la sauvegarde
job-verify = qui vérifie le fichier
job-checkpoint = qui réécrit le journal
check-sqlite = la base de données elle-même
check-schema = ses tables
check-audit_chain = la piste d’audit
check-counts = les comptes des nuits
check-objects = réservations, options, mises hors service et groupes
check-property = l’établissement et ses types de chambre
check-history = les historiques
check-undone = ce qui a été annulé
check-sums = les sommes
check-backups = ce que la dernière sauvegarde a vu
check-centre = ce qu’a la centrale
check-settings_and_staff = les réglages, les rôles et le personnel
check-guests_and_texts = les clients, les textes et les mots de passe
check-guest_index = l’index des clients
check-acts = ce qui a été fait sous quel identifiant
check-day_ends = les journées clôturées
alert-other = { $kind } : { $subject } { $nights }

# The inbox: what the centre answered.
inbox-nameless = Une de vos demandes
inbox-confirmed = { $object } : confirmé par la centrale.
inbox-declined = { $object } : la centrale n’a pas de chambre. Cela reste une demande.
inbox-refused = { $object } : la centrale l’a refusé, et cela a été annulé ici.
inbox-conflict = { $object } : un autre poste a changé cela entre-temps.
inbox-parked = { $object } : la centrale ne peut pas lire cette commande. Elle vous attend.
inbox-nothing-to-take = L’élément { $id } n’est pas une demande sans chambre : aucun autre séjour ne peut la remplacer.

# What failed: the file, the machine, the program.
failed-unexpected = Le programme a rencontré quelque chose d’inattendu. Vérifiez si votre modification est là avant de la refaire.
failed-machine = L’ordinateur a eu une défaillance : { $why }.
failed-cancelled = Arrêté. Ce qui est déjà fait est gardé, et sera poursuivi la prochaine fois.
failed-not-open = Aucun hôtel n’est encore ouvert.
loading-sample = Chargement de l’hôtel d’exemple
loading-sample-date = Chargement de l’hôtel d’exemple : { $date }
failed-busy = La base est restée verrouillée pendant { $waited } ms. Rien n’a été fait ; réessayez.
failed-missing = Il n’y a pas de base de données à { $path }.
failed-not-a-database = { $path } n’est pas une base de Keyrack.
failed-too-new = { $path } a été écrit par un Keyrack plus récent (schéma { $found } ; celui-ci connaît { $known }). Mettez ce programme à jour.
failed-unknown-event = { $path } a été écrit par un Keyrack plus récent (l’événement { $name }, version { $version }, n’est pas connu ici). Mettez ce programme à jour.
failed-joining = L’historique de ce fichier est en route vers une centrale. Rien n’est écrit avant qu’il y soit : adhérez encore une fois, et cela continue.
failed-out-of-step = Ce que la centrale a envoyé ne fait pas suite à ce qui est ici : { $why }.
failed-not-initialised = { $path } ne contient pas encore d’hôtel. Lancez Keyrack avec un fichier qui n’existe pas encore et choisissez « Créer votre hôtel », ou : `keyrackctl init`.
failed-not-writable = { $path } ne peut pas être écrit : { $why }. Vérifiez les droits du fichier et de son dossier, et la place libre.
failed-disk = { $path } a eu une défaillance : { $why }. Vérifiez le disque et sa place libre, puis redemandez avec le même identifiant de commande.
failed-damaged = Une ligne de { $table } est endommagée : { $why }. Lancez `keyrackctl verify`.
failed-bad-backup = { $path } ne passe pas la vérification : { $why }. Rien n’a été restauré.
failed-event = L’événement { $seq } ne peut pas être lu. { $why }.
refused-unknown-job = Il n’y a pas de tâche { $id }.
refused-unknown-alert = Aucune alerte { $id } n’est ouverte.
refused-job-state = La tâche { $id } est : { $from } ; cela se fait avec une qui est : { $allowed }.

# The centre, or the way to it, said no.
centre-not-enrolled = Ce fichier n’appartient à aucune centrale. Adhérez à une sous Lieux, Centrale, ou : `keyrackctl enrol URL CODE`.
centre-enrolled = Ce fichier appartient déjà à la centrale { $url }.
centre-keyring = Ce que ce poste présente à la centrale est dans le trousseau de clés du système{ $lack ->
    [absent] , et aucun ne répond ici
    [locked] , qui est verrouillé
    [silent] , qui ne répond pas
    [empty] , qui n’a plus d’entrée de ce poste
   *[failed] , qui est en défaut
}. { $lack ->
    [locked] Ouvrez-le et redemandez ; ce qui attend part alors de soi-même, et ce qui est dans la part de ce poste se vend entre-temps.
    [empty] Faites réadmettre ce poste : `keyrack-central desk code MAISON --desk LETTRES` donne un code, et `keyrackctl enrol URL CODE` avec lui garde tout ce qui est ici. Ce qui est dans sa part se vend entre-temps.
   *[other] Redemandez quand il répondra ; ce qui attend part alors de soi-même, et ce qui est dans la part de ce poste se vend entre-temps.
}
token-in-keyring = Ce que ce poste présente à la centrale est gardé dans le trousseau de clés du système.
token-in-file = { $lack ->
    [absent] Aucun trousseau de clés ne répond ici : ce
    [locked] Le trousseau de clés du système est verrouillé : ce
    [silent] Le trousseau de clés du système ne répond pas : ce
    [failed] Le trousseau de clés du système est en panne : ce
   *[none] Ce
} que ce poste présente à la centrale est gardé sous { $path }, que seul son propriétaire peut lire.
walk-walked = { $number } est délogée vers { $to } : elle y est { $made }.
walk-goes-on = La centrale déloge { $number } vers { $to } ; ce n’est pas encore fait et continue de soi-même.
walk-asked = La centrale n’a pas dit à temps si { $number } va vers { $to }. Si elle l’a entendu, cela continue de soi-même ; la même demande le dira.
walk-before = { $number } a déjà été délogée, et est réservée comme { $to }.
walk-refused = { $to } ne prend pas { $number }. { $why } Rien n’a changé.
walk-given-back = { $number } a été modifiée ici entre-temps, personne n’est donc délogé : ce qui était réservé à { $to } est annulé.
walk-left = { $number } a été modifiée ici entre-temps, et ce qui est réservé à { $to } ({ $made }) n’a pas pu être annulé : occupez-vous des deux réservations.
walk-taken-back = Le client de { $number } a été délogé, et est réservé comme { $to }. Faites-le d’abord annuler là-bas{ $face ->
    [window] .
   *[line]  ; qui peut passer outre, et dit pourquoi, le rétablit quand même : --override MOTIF.
}
walk-not-walkable = { $number } est { $status } : seuls les séjours confirmés sont délogés.
walk-nights-over = Les nuits de { $number } sont passées à { $to }, ou certains de ses séjours le sont. Délogez les autres un par un.
walk-on-its-way = { $number } est déjà en route vers un autre hôtel.
walk-no-sister = Il n’y a pas d’hôtel { $to } vers lequel les clients d’ici sont délogés. Un administrateur de la centrale dit lesquels il y a.
centre-no-token = Ce que ce poste présente à la centrale n’est pas à { $path }. Si ceci est une copie du fichier, copiez aussi celui-là à côté ; sinon faites réadmettre ce poste : `keyrack-central desk code MAISON --desk LETTRES` donne un code, et `keyrackctl enrol URL CODE` avec lui garde tout ce qui est ici.
centre-unreachable = La centrale n’est pas joignable : { $why }. Rien n’est perdu ; réessayez quand elle répondra.
centre-distrusted = Ce qui répond à l’adresse de la centrale ne prouve pas que c’est la centrale : { $why ->
    [authority] une autorité que ce poste ne connaît pas s’en porte garante. Si la centrale a sa propre autorité, il faut à ce poste son certificat ou un nouveau code ; sinon quelqu’un d’autre y répond peut-être
    [name] son certificat est à un autre nom. Prenez l’adresse que le certificat nomme, ou faites-en montrer un de cette adresse
    [expired] son certificat a expiré. Faites-le renouveler à la centrale, ou réglez l’horloge de cette machine
    [not_yet] son certificat n’est pas encore valable. Réglez l’horloge de cette machine, ou celle de la centrale
   *[certificate] son certificat n’est pas digne de foi. Demandez à qui gère la centrale
}. Rien n’a été envoyé, et ce qui attend attend toujours.
centre-fault = La centrale refuse : { $fault }.
centre-newer = La centrale est plus récente que ce programme (elle parle le protocole { $spoken }). Mettez ce programme à jour ; ce qui attend reste en attente d’ici là.
centre-file = L’échange avec la centrale échoue à cause de ce fichier : { $why } Rien n’est perdu ; vérifiez le fichier sous État du système, ou avec `keyrackctl verify`.
centre-out-of-step = La centrale n’a pas ce qui a été envoyé. Rien n’a été relié ; réessayez avec un nouveau code.
centre-joining = L’historique de ce fichier est en route vers la centrale { $url }. Adhérez encore une fois, et cela continue.
centre-moving = La centrale avait avancé chaque fois qu’on l’a consultée. Redemandez quand il se vendra moins.
centre-day-asked = La clôture du { $date } est demandée à la centrale, qui n’a pas encore répondu. Elle reste en file : dès que la centrale l’apprend, la date se clôt d’elle-même, ou la boîte de réception dit pourquoi non. La même commande dit où on en est.
centre-rejoin = Ce poste existe deux fois, ou son fichier est une copie plus ancienne : rien n’est vendu de sa part avant une nouvelle adhésion.
centre-unknown-item = Aucun message { $id } de la réception n’est ouvert.
centre-unknown-parked = Aucune commande { $id } n’est mise de côté.

# Why the centre says no; it stands within a sentence.
fault-malformed = la centrale ne peut pas lire le message
fault-too-large = le message est plus grand que ce que lit la centrale
fault-unauthorised = la centrale n’admet plus ce poste : il y a été congédié, ou la centrale est une copie d’avant son adhésion. Ce qui est fait ici n’atteint personne ; qui gère la centrale dit comment continuer
fault-code-not-valid = le code d’adhésion n’est plus valable
fault-gap = la commande { $number } est attendue ensuite
fault-restored = la centrale a été restaurée depuis une copie
fault-fork = une autre commande est gardée sous le numéro { $number } : ce poste existe deux fois
fault-epoch-over = ce poste continue dans l’époque { $epoch }
fault-exists-twice = ce poste existe deux fois ; quand il ne reste qu’une copie, acceptez-la à la centrale (keyrack-central desk accept)
fault-cursor-gone = le fil est gardé à partir du numéro { $number }
fault-not-empty = l’hôtel a déjà un historique
fault-busy = la centrale est occupée

# What was given cannot be read or done, and what was stopped on request.
what-reason = Un motif
what-guarantee = Une garantie
what-notes = Les remarques
what-group-name = Le nom d’un groupe
what-hold-reference = La référence d’une option courte
what-guest-name = Le nom d’un client
what-email = Une adresse électronique
what-phone = Un numéro de téléphone
what-source = Une source
what-meal = Une formule de repas
what-room = Une chambre
what-type-name = Le nom d’un type de chambre
what-erasure-reason = Le motif
what-address = L’adresse
what-staff-name = Le nom
what-actor = Le nom de qui demande
what-cell = La case
what-outage = Une mise hors service
what-overbooking = La limite de surréservation
what-physical = Le nombre de chambres existantes
what-rooms = Le nombre de chambres
bad-too-long = { $what } : { $most } caractères au plus.
bad-card-number = { $what } contient ce qui ressemble à un numéro de carte (13 à 19 chiffres qui passent son contrôle). Les numéros de carte ne sont pas gardés ici ; retirez-le.
bad-card-issued = Le numéro dans l’autre système ressemble à un numéro de carte (son début, sa longueur et son contrôle sont ceux d’une carte émise). Les numéros de carte ne sont pas gardés ici ; retirez-le.
bad-needs-reason = { $what } doit avoir un motif.
bad-override-reason = Indiquez pourquoi la règle n’est pas suivie.
bad-reversal-reason = Ce qui a été fait dans la maison se reprend avec un motif : guest, no_payment, duplicate, overbooked, agent, weather, error ou other.
bad-named = { $named } sont nommés : { $most } au plus à la fois.
bad-rooms-range = { $what } : de { $least } à { $most } chambres.
bad-house-limit = Seule la limite de surréservation de la maison peut être supprimée ; on ne peut pas la fixer et la supprimer à la fois.
bad-price = Un prix ou un coût va de 0 à { $most } unités mineures par nuit.
bad-nobody = Personne ne vient : indiquez au moins un adulte ou un enfant.
bad-no-details = Dites ce qui doit changer : le client, les personnes, les repas, la garantie ou les remarques.
bad-half-party = Indiquez les adultes et les enfants ensemble.
bad-forgotten = Le client de { $number } a été effacé : les données de la réservation restent telles quelles.
bad-two-prices = { $type } a deux prix ; n’en indiquez qu’un par type.
bad-price-alone = { $type } a un prix, et aucun séjour n’est de ce type.
bad-room-before = Une chambre est attribuée à qui est dans la maison : à l’arrivée, ou à un client de passage.
bad-guest-name = Le nom d’un client a de 1 à { $most } caractères.
bad-contact = Un téléphone ou une adresse électronique a { $most } caractères au plus.
bad-group-name = Donnez un nom au groupe.
bad-group-shoulder = Les nuits avant et après vont avec un contingent élastique : aucun autre n’est utilisé au-delà de ses nuits.
bad-rooms-differ = Les chambres demandées diffèrent : changez-les une à une, dans la réservation.
bad-not-due = { $id } n’est pas à traiter : il n’y a rien à décider à son sujet.
bad-choice = { $id } peut devenir : { $choices }.
bad-password-length = Un mot de passe a de { $least } à { $most } caractères.
bad-password-guessed = Ce mot de passe se devine trop facilement. N’en prenez pas un qui soit un mot courant, une suite de touches ou le nom.
bad-no-staff = Le fichier n’a pas encore de personnel ; personne n’a besoin de se connecter.
bad-setting = Il n’y a pas de réglage « { $key } ». Il y a : { $list }.
bad-setting-value = { $key } est { $allowed }, et non « { $text } ».
allowed-number = un nombre entier de { $least } à { $most }
allowed-flag = on ou off
allowed-word = l’un de { $list }
allowed-text = un texte de { $most } caractères au plus
allowed-rates = des dates suivies d’un pourcentage, comme 2024-01-01=6; 2027-01-01=7.5
bad-rate = « { $part } » n’est pas un taux de TVA à partir d’une date, comme 2024-01-01=6 ou 2027-01-01=7.5 : { $why }.
rate-no-equals = il n’y a pas de = entre la date et le taux
rate-no-date = « { $date } » n’est pas une date de la forme AAAA-MM-JJ
rate-range = un taux va de 0 à 100 pour cent, avec 3 décimales au plus
rate-twice = la date figure deux fois
rate-too-many = il y en a plus de { $most }
bad-action = Il n’y a pas d’action « { $action } » dans le journal. Il y a : { $list }.
bad-is-database = { $path } est la base elle-même. Nommez un autre fichier.
bad-no-database-there = { $path } n’est pas une base de Keyrack. Pour mettre { $from } à sa place : `keyrackctl restore --force`, qui garde ce qui s’y trouve.
bad-other-hotel = { $from } est une sauvegarde de { $theirs }, et { $path } est le fichier de { $ours }. Choisissez une sauvegarde de { $ours }. Pour mettre malgré tout l’autre hôtel à sa place : `keyrackctl restore --force`.
bad-other-file = { $from } contient aussi { $theirs } et n’est pas une copie de { $path } : les deux n’ont pas d’historique commun. Choisissez une sauvegarde de ce fichier. Pour mettre malgré tout l’autre à sa place : `keyrackctl restore --force`.
bad-unwritable = { $path } ne peut pas être écrit : { $why }.
bad-there-already = { $path } existe déjà. Indiquez un autre fichier{ $face ->
    [window] .
   *[line] , ou faites-le remplacer : --force.
}
bad-export-there = { $path } existe déjà. Indiquez un autre fichier, ou { $face ->
    [window] cochez « Remplacer un fichier existant ».
   *[line] faites-le remplacer : --force.
}
bad-no-pdf = { $path } existe déjà et n’est pas un PDF. Choisissez un autre nom.
bad-no-folder = Il n’y a pas de dossier { $path }.
bad-is-folder = { $path } est un dossier.
bad-no-whole-path = { $typed } n’est pas un chemin complet. Dites dans quel dossier doit être le fichier.
bad-paper = Le document ne peut pas être écrit : { $why }.
bad-no-table = { $path } n’est ni .csv ni .jsonl : le nom dit comment c’est écrit.
bad-column-twice = la colonne « { $column } » figure deux fois.
bad-column-missing = il n’y a pas de colonne « { $column } » ; il y a { $list }.
bad-time-zone = Le fuseau horaire « { $zone } » (time_zone) n’est pas un fuseau IANA, comme « Europe/Lisbon ».
bad-currency = La devise « { $currency } » (currency) n’est pas un code ISO 4217, comme « EUR ».
bad-no-room-type = Un hôtel a au moins un type de chambre (room_type).
bad-type-twice = Le type de chambre « { $type } » (room_type) figure deux fois.
bad-type-rooms = Type de chambre { $type } (room_type) : de 0 à { $most } chambres (rooms).
bad-type-overbooking = Type de chambre { $type } (room_type) : la surréservation (overbooking) va de -{ $most } à { $most }.
bad-certificate = Le certificat ne peut pas être lu : { $why }.
bad-token-store = { $variable } vaut keyring ou file.
stopped-export = Arrêté. Aucun fichier n’a été écrit.
stopped-import = Arrêté. Rien n’a été importé.
stopped-import-part = Arrêté. { $added ->
    [one] { $added } réservation a été importée et reste
   *[other] { $added } réservations ont été importées et restent
} ; relancez pour continuer.
stopped-join = Arrêté. Aucune adhésion n’a eu lieu.
stopped-upload = Arrêté : l’hôtel n’appartient à aucune centrale, comme avant. La centrale a une partie de son historique ; qui l’exploite révoque ce poste avant une nouvelle adhésion.
stopped-verify = Arrêté. Ce qui a été vérifié jusque-là ne dit rien de tout le fichier.

# What is wrong with a file that is brought in, or with its mapping. A mapping's faults stand behind the name of the file.
row-cells = La ligne a { $found } cellules, l’en-tête en a { $expected }.
row-encoding = La cellule n’est pas dans l’encodage de la correspondance (encoding).
row-missing = Il manque { $field } dans la ligne.
row-too-long = La cellule a plus de { $most } caractères.
row-no-text = « { $text } » n’est pas un texte de 1 à 64 caractères imprimables.
row-no-number = « { $text } » n’est pas un nombre de 0 à { $most }.
row-guests = Aucune réservation ne compte autant de clients.
row-no-date = « { $text } » n’est pas une date de la forme { $format }.
row-room-type = « { $word } » n’est pas parmi les types de chambre de la correspondance (room_types).
row-status = « { $word } » n’est pas parmi les états de la correspondance (statuses).
row-no-guest = La ligne ne nomme aucun client.
row-no-amount = « { $text } » n’est pas un montant à { $digits } décimales au plus.
row-history = L’arrivée du { $arrival } précède la date d’exploitation, le { $business }. Le passé n’est pas reconstitué ici ; avec history = true dans la correspondance, il est laissé de côté.
row-differs = Déjà là ({ $number }), mais différente : { $here }.
row-earlier = une ligne précédente
row-cancelled-here = ici elle est annulée
row-not-cancelled-here = ici elle n’est pas annulée
row-here = ici elle compte { $rooms } × { $type } du { $arrival } au { $departure }
row-no-stay-here = ici elle n’a pas de séjour
row-header-encoding = l’en-tête n’est pas dans l’encodage de la correspondance (encoding).
mapping-too-large = c’est trop grand pour une correspondance.
mapping-no-key = columns n’a pas d’external_number. C’est la clé : sans elle, le même fichier entrerait deux fois.
mapping-constant = constants : { $field } est différent à chaque ligne.
mapping-both = { $one } et { $other } disent la même chose : n’en donnez qu’un.
mapping-needs = il manque { $one } dans columns ; chaque ligne en a besoin.
mapping-needs-either = il manque { $one } ou { $other } dans columns ; chaque ligne a besoin de l’un des deux.
mapping-first-name = first_name va avec last_name.
mapping-no-column = columns.{ $field } ne nomme aucune colonne.
mapping-delimiter = « { $mark } » ne peut pas être un séparateur (delimiter).
mapping-marks = decimal_mark et thousands_mark sont deux signes différents, et pas des chiffres.
mapping-date-format = date_format « { $format } » ne donne pas une date entière, comme le fait « %d.%m.%Y ».
property-too-large = c’est trop grand pour le fichier d’un hôtel.
bad-unreadable = { $path } ne peut pas être lu : { $why }.
bad-erasure-reason = Un effacement doit avoir un motif de { $most } caractères au plus.
bad-erasure-names = Le motif nomme le client, et il est gardé. Dites-le sans le nom, le téléphone, l’adresse électronique ni le numéro de la réservation dans un autre système.
bad-picture-nights = Une image montre de 1 à { $most } nuits.

# Printed papers.
paper-booking-confirmation = Confirmation de réservation
paper-provisional-booking = Réservation provisoire
paper-booking-request = Demande de réservation
paper-waiting-list = Liste d’attente
paper-cancellation = Annulation
paper-no-show = Non présenté
paper-registration-card = Fiche d’enregistrement
paper-tax-number = N° fiscal { $number }
paper-vat-rate = TVA { $rate } %
paper-vat = TVA
paper-total = Total { $currency }
paper-net = HT
paper-gross = TTC
paper-amounts = Tous les montants sont en { $currency }.
paper-vat-included = Les prix par nuit comprennent la TVA.
paper-vat-added = La TVA s’ajoute aux prix par nuit.
paper-guest = Client
paper-guests = Personnes
paper-phone = Téléphone
paper-e-mail = E-mail
paper-printed-on = Imprimé le
paper-arrival = Arrivée
paper-departure = Départ
paper-your-reference = Votre référence
paper-meals = Repas
paper-guarantee = Garantie
paper-option-until = Option jusqu’au
paper-stay = Séjour
paper-no = N°
paper-room = Chambre
paper-rooms = Chambres
paper-room-type = Type
paper-nights = Nuits
paper-night = Nuit
paper-a-night = Par nuit
paper-price-a-night = Prix par nuit
paper-amount = Montant
paper-day-use = à la journée
paper-name = Nom
paper-date-of-birth = Date de naissance
paper-nationality = Nationalité
paper-street-and-number = Rue et numéro
paper-postcode-and-town = Code postal et ville
paper-country = Pays
paper-identity-document-number = Pièce d’identité, numéro
paper-vehicle = Véhicule
paper-accompanying-guests = Accompagnants
paper-date-of-birth-nationality-document = Date de naissance, nationalité, pièce
paper-date = Date
paper-signature-of-the-guest = Signature du client
paper-arrivals = Arrivées
paper-arrivals-on = Arrivées du { $date }
paper-departures = Départs
paper-in-house = Présents
paper-availability = Disponibilité
paper-emergency-pack = Dossier de secours
paper-as-of = État au { $at }
paper-rooms-left = Chambres libres
paper-house = Hôtel
paper-holds = Options
paper-number = Numéro
paper-for = Pour
paper-hold-run = { $rooms } { $type } du { $from } au { $to }
paper-audit-pack = Dossier de clôture
paper-audit-pack-of-the-business-date = Dossier de clôture de la journée
paper-occupancy = Occupation
paper-rooms-sold = Vendues
paper-net-revenue = Recettes HT
paper-average-net-rate = Prix moyen HT
paper-type = Type
paper-out-of-order = hors service
paper-out-of-service = indisponible
paper-sold = Vendues
paper-unsold = Invend.
paper-revenue-of-the-night = Recettes de la nuit
paper-without-price = Chambres occupées sans prix, non comprises dans ces montants : { $rooms }.
paper-no-shows = Non présentés
paper-cancellations = Annulations
paper-status = Statut
paper-none = Néant.
paper-outages = Chambres fermées
paper-kind = Genre
paper-from = Du
paper-back-on = Libre le
paper-reason = Raison
paper-open-groups = Groupes ouverts
paper-cut-off = Échéance
paper-room-nights = Nuitées
paper-picked-up = Pris
paper-kept-back = Gardées
paper-group-elastic = élastique
paper-group-non_elastic = non élastique
paper-group-committed = ferme
paper-group-tentative = provisoire
paper-adults = { $count ->
    [one] 1 adulte
   *[other] { $count } adultes
}
paper-children = { $count ->
    [one] 1 enfant
   *[other] { $count } enfants
}
