# Lo que dice el asistente, en castellano de Chile. Trato de usted, frases de a lo más 20 palabras.
# Cada mensaje debe usar las variables que ya usa: `opina check` avisa si falta o sobra alguna.

## El asistente
welcome =
    Hola. Soy el asistente automático de la { $municipality }.
    Puedo contarle cómo funciona un área o un trámite, recibir su nota y ayudarle a dejar un reclamo.
    Escriba su pregunta con sus palabras, o elija. Si prefiere una persona, escriba PERSONA.
introduction = Soy el asistente automático de la { $municipality }. Respondo preguntas, recibo su nota sobre una atención y tomo reclamos. Si prefiere una persona, escriba PERSONA.
hello-again = Hola de nuevo.
menu =
    ¿En qué le ayudo?
    También puede escribir AREAS, DATOS o PERSONA.
help =
    Escriba su pregunta con sus palabras, por ejemplo «permiso de circulación». También entiendo:
    NOTA, para calificar una atención.
    AREAS, para ver las áreas municipales.
    RECLAMO, SUGERENCIA o PERSONA, para que le responda una persona.
    VOLVER, SALTAR, CANCELAR y MENU.
    CAMBIAR, para corregir una nota.
    CUESTIONARIO, para una encuesta más larga.
    DATOS y DERECHOS, sobre sus datos.
    ENGLISH, for English.
goodbye = De nada. Aquí estaré si necesita algo más.
language-now = Desde ahora le escribo en castellano.
language-hint = English: write ENGLISH.
ask-away = Escriba su pregunta con sus palabras. Por ejemplo: «renovar licencia». Si prefiere ver una lista, escriba AREAS.
failed = Perdón, algo falló de nuestro lado y no pude responder. Lo que usted ya contestó está guardado. Escriba de nuevo, o MENU para empezar.
command-unknown = No conozco esa orden. Para ver lo que entiendo, escriba AYUDA.

## Preguntas abiertas
pending-rating = Su nota para { $area } quedó pendiente. Para seguir, escriba SEGUIR.
pending-resumed = Sigamos con su nota para { $area }.
pending-questionnaire = Quedó pendiente «{ $title }». Para seguir, escriba SEGUIR.
nothing-pending = No hay nada pendiente.
questionnaire-gone = Una pregunta pendiente ya no existe, así que la cerré.
cancelled = Listo, lo cancelé.
cancelled-grade = Listo, lo cancelé. No quedó anotada ninguna nota para { $area }.
cancelled-change = Listo. Su nota para { $area } queda en { $grade }.
nothing-to-go-back = No hay una pregunta anterior.
cannot-skip = Esta pregunta no se puede saltar. Puede escribir CANCELAR y no se guarda nada.
not-optional-done = Falta esta respuesta. Si no quiere seguir, escriba CANCELAR.
button-stale = Ese botón era de un mensaje anterior, así que no cambié nada.
number-stale = No sé a qué responde ese { $number }, así que no cambié nada.
number-stale-rated = Su nota para { $area } sigue siendo { $grade }.
number-beyond = El { $number } no está en la lista, así que no cambié nada.
what-do-you-need = ¿Qué necesita?
nothing-asked = Ahora no hay una pregunta de sí o no.
desk-unknown = No reconocí ese código.
upset = Siento la molestia. Puedo ingresar un reclamo con número, recibir su nota, o pedir que le responda una persona.

## Calificar
choose-area-to-rate = ¿Qué área le atendió? Elija una de la lista o escriba su nombre.
area-not-recognised = No reconocí esa área. Escriba qué trámite hizo o dónde le atendieron, o elija una de la lista.
experience-thanks = Gracias por contarlo. Lo guardo como su comentario.
grade-area-guessed = Gracias por contarlo. ¿Fue en { $area }? Si fue ahí, póngale nota: 1 es muy mala y 7 muy buena. Si fue en otra parte, dígame dónde.
words-before-grade = Gracias por contarlo. Lo guardo como su comentario. Ahora ponga su nota, de 1 a 7.
notice = La nota sirve para mejorar el servicio. No ponga nombres, RUT ni datos de salud. Más detalle: DATOS.
pending-noted = Entendido: su trámite aún no termina. Su nota contará aparte.
grade-misread = No le entendí bien la nota. Responda con un número de 1 a 7. No se perdió nada.
grade-misread-again = Todavía no logro leer su nota. Por ejemplo, escriba 6, o la palabra SEIS. Si no quiere poner nota, escriba CANCELAR.
grade-check-low = Un momento. El { $grade } es una nota mala, y usted contó algo bueno. Aún no anoto nada. Escriba la nota con letras: UNO, SIETE u otra.
grade-check-high = Un momento. El { $grade } es una nota buena, y usted contó algo malo. Aún no anoto nada. Escriba la nota con letras: UNO, SIETE u otra.
grade-noted = Anoté un { $grade } para { $area }.
grade-noted-pending = Anoté un { $grade } para { $area }, como trámite que aún no termina. La nota va aparte de un reclamo.
reason-misread = Elija un número de la lista, o cuéntelo con sus palabras.
change-was-pending = La vez anterior su trámite aún no terminaba. Si sigue igual, dígalo otra vez.
change-ended = Ahora cuenta como trámite terminado.
change-keeps-comment = Su comentario queda guardado. Si escribe otro ahora, lo reemplaza.
change-keeps-reason = El motivo que eligió queda guardado: { $reason }. Si responde con otro, lo reemplaza.
change-drops-reason = El motivo que había elegido ({ $reason }) ya no va con esta nota y se quitó.
thanks = Gracias. Anotamos su nota { $grade } para { $area }. El lunes el área recibe el resumen de la semana, sin identificarle. ¿Necesita una respuesta? Escriba RECLAMO y le damos un número de seguimiento.
thanks-pending = Gracias. Anotamos su nota { $grade } para { $area }, como trámite que aún no termina. El lunes el área recibe el resumen de la semana, sin identificarle. ¿Necesita una respuesta? Escriba RECLAMO y le damos un número de seguimiento.
thanks-add = Si quiere agregar algo, escríbalo ahora. Para terminar, escriba LISTO.
thanks-question = Si lo último era una pregunta, escriba CONSULTA.
words-joined = Lo sumé a su comentario para { $area }. El área lo leerá sin su nombre. Puede seguir, o escribir LISTO. Si era una pregunta, escriba CONSULTA.
words-joined-again = También lo sumé. Puede seguir, o escribir LISTO.
words-full = Su comentario llegó al largo máximo, así que esto último no se sumó. Lo anterior está guardado. Escriba LISTO para terminar.
words-done = Listo. Su comentario quedó guardado.
already-rated = Usted ya puso un { $grade } a { $area } el { $date }. Cada persona califica un área una vez en 30 días. ¿Quiere cambiar esa nota?
kept = Perfecto. Su nota para { $area } sigue siendo { $grade }.
nothing-to-change = No tengo una nota suya de los últimos 30 días. Para poner una, escriba NOTA.
rate-offer = Me alegro. ¿Ya le atendieron en { $area }? Si quiere, póngale una nota.
rate-declined = De acuerdo. Aquí estaré si necesita algo más.

## Otras preguntas
yes-no-misread = No le entendí bien. Responda SÍ o NO.
choice-misread = No le entendí bien. Responda con el número de una opción.
choices-misread = No le entendí bien. Responda con los números de sus opciones, por ejemplo: 1 y 3.
choices-so-far = Lleva: { $chosen }. Elija otra, o escriba LISTO.
choices-too-few = Elija al menos { $minimum }.
choices-too-many = Elija a lo más { $maximum }.
number-misread = No le entendí bien. Responda con un número, por ejemplo: 3.
number-out-of-range = Ese número no puede ser. Debe estar entre { $minimum } y { $maximum }.
date-misread = No le entendí bien la fecha. Escríbala así: 16-11-2026. También sirve HOY o AYER.
date-out-of-range = Esa fecha no puede ser. Revísela, por favor.
text-too-long = Es un poco largo. Escríbalo en a lo más { $maximum } caracteres.
text-too-short = Es muy corto. Escriba al menos { $minimum } caracteres.
optional-hint = Puede saltarla con SALTAR.
questionnaire-list = Estos son los cuestionarios disponibles. Elija uno.
questionnaire-none = Por ahora no hay cuestionarios.
questionnaire-done = Gracias. Terminó «{ $title }». Sus respuestas quedaron anotadas, sin su nombre.
round-begins = Se responde hasta el { $date }. Se cuenta por área y sin su nombre. Para dejarlo sin que quede nada, escriba CANCELAR.
round-done = Gracias. Terminó «{ $title }». Sus respuestas se contaron con las de su área, sin su nombre.
round-over = «{ $title }» ya cerró, o usted ya lo respondió. No conté estas respuestas.
round-closed = Ese cuestionario ya cerró, o usted ya lo respondió.

## Consultas
useful = ¿Le sirvió?
useful-yes = Me alegro.
useful-no = Gracias por decirlo: nos ayuda a mejorar la ficha. Pruebe con otras palabras, o escriba AREAS o PERSONA.
suggest = No encontré una respuesta segura para «{ $query }».
suggest-which = Quizás busca:
suggest-none = Entendido. Pruebe con otras palabras, o escriba AREAS o PERSONA.
card-gone = Esa información ya no está publicada.
not-found = No encontré una respuesta para «{ $query }». Pruebe con otras palabras, o escriba AREAS o PERSONA. Guardamos su pregunta, sin sus datos, para mejorar.
report-offer = Para dar aviso desde aquí, escriba RECLAMO: no tendrá que repetirlo.
not-municipal = Eso no depende de la Municipalidad. Lo ve: { $institution }.
not-municipal-at-all = Eso no depende de la Municipalidad.
not-municipal-more = Si buscaba otra cosa, escríbala con otras palabras, o escriba AREAS o PERSONA.
institution-link = Sitio
institution-phone = Teléfono
areas = Estas son las áreas municipales. Elija una, o escriba su pregunta.
area-services = Elija un trámite de la lista, o escriba su pregunta.
area-no-services = Escriba su pregunta, o vuelva al MENU.
waiting = Esperar así cansa. Soy el asistente automático: no veo su expediente ni puedo apurarlo. Sí puedo ingresar un reclamo con número, o mostrarle qué se pide.
waiting-choice = ¿Qué prefiere?
card-online = En línea, sin ir
card-online-unconfirmed = Se hace en línea, sin ir (enlace no confirmado).
card-needs = Necesita
card-steps = Pasos
card-place = Dónde
card-hours = Horario
card-cost = Costo
card-duration = Demora
card-link = Más información
card-area = Responde: { $area }.
card-confirmed = Revisado por { $area } el { $date }.
card-unconfirmed = El área aún no confirma lugar ni horario.
card-contact = Antes de ir, consulte
card-contact-person = Para hablar con una persona, escriba PERSONA.

## Personas y reclamos
case-person = Su número es { $number }. Una persona le responderá por este chat, a más tardar el { $date }. En una emergencia llame al 133, 132 o 131.
case-person-hours = Su número es { $number }. Una persona le responderá por este chat, a más tardar el { $date }. Atienden: { $hours }. En una emergencia llame al 133, 132 o 131.
case-person-tell = Cuente ahora qué necesita: lo leerá esa persona. Para terminar, escriba LISTO.
case-person-again = Su solicitud { $number } sigue abierta. Escriba ahora lo que quiera agregar. Para terminar, escriba LISTO.
case-ask = Cuente en un mensaje qué pasó, dónde y cuándo. Con eso le doy un número de reclamo. Para dejarlo, escriba CANCELAR.
case-told-before = No hace falta repetir. Ya anoté: «{ $words }».
case-opened = Su { $kind } tiene el número { $number }. Responde: { $receiver }. Plazo: { $date } ({ $days } días hábiles). Le aviso por aquí cuando una persona lo lea o lo derive. No reemplaza recursos legales ni detiene sus plazos.
case-mail-offer = ¿La quiere también por correo? Escriba solo su correo. Si no, la verá cuando vuelva a esta página.
case-mail-taken = Anotado: le escribiré también a { $mail } con la respuesta a { $number }, y si cambia algo. Se borra cuando se borre el caso.
case-mail-wrong = Ese correo no parece completo. Escríbalo entero, con arroba y lo que sigue, o ponga LISTO.
case-mail-subject = Respuesta a { $number }
case-mail-news = Novedades de { $number }
case-mail-end = Este correo no recibe respuestas. Si quiere contestar, escriba RESPONDER donde ingresó su caso.
case-if-late = Si vence el plazo, lo ve la Administración Municipal y se lo digo por aquí. También puede ir a la Contraloría.
case-tell-more = Si quiere agregar algo, escríbalo ahora. Para terminar, escriba LISTO.
case-ask-sugerencia = Cuente su sugerencia en un mensaje. Para dejarla, escriba CANCELAR.
case-ask-felicitacion = Cuente en un mensaje a quién felicita y por qué. Para dejarlo, escriba CANCELAR.
case-ask-solicitud = Cuente en un mensaje qué solicita. Para dejarlo, escriba CANCELAR.
case-ask-llamada = ¿A qué número le llamamos, a qué hora y por qué? Cuéntelo en un mensaje. Para dejarlo, escriba CANCELAR.
case-how = Esto se hace aquí mismo, es gratis y no hay que ir a la municipalidad. La respuesta llegará por este chat, en un plazo de { $days } días hábiles desde que tenga su número.
case-readers = Lo lee la persona que debe responder: { $receiver }. Si le toca a otra área, lo deriva. Para saber qué guardamos, escriba DATOS.
case-unnamed = No pedimos su nombre ni su RUT: puede no ponerlos. Quien responde lee lo que usted escriba. Guardamos su chat, cifrado, para que la respuesta le llegue por aquí. Más detalle: DATOS.
case-files = Puede mandar aquí hasta { $most } fotos o PDF: van con su solicitud. Videos no puedo recibir.
case-outcome = Eso no lo puedo saber yo: lo ve { $receiver }, y se lo dirá en su respuesta por este chat. No sumé su pregunta a lo que cuenta. Si quiere que la lean, escríbala sin signos de pregunta.
case-hours-unknown = Aún no está confirmado el horario de { $receiver }. Aquí puede escribir a cualquier hora.
case-noted = Gracias, lo anoté.
case-missing = Me falta saber: { $missing }. Cuéntelo en un mensaje, o escriba SALTAR.
case-missing-where = dónde fue
case-missing-when = cuándo fue
case-missing-wish = qué pide
case-missing-reference = el número o la fecha de ingreso
case-missing-phone = a qué número le llamamos y a qué hora
case-missing-and = { " y " }
case-summary = Revise antes de enviar: «{ $words }». Lo recibe: { $receiver }. Si falta algo, escríbalo.
case-summary-ask = ¿Lo ingreso?
case-area-ask = ¿Para qué área es? Escriba su nombre. Si no sabe, la oficina lo deriva.
case-full = Esto último ya no cabe, así que no lo anoté. Puede agregarlo cuando tenga su número.
case-dropped = De acuerdo, no ingresé nada.
case-urgent = Lo ingresé con el número { $number }, sin más preguntas. Avisé ahora a la persona de turno. Esto no reemplaza esa llamada.
case-alerted = Avisé ahora a la persona de turno. Si alguien corre peligro, llame al 133, 132 o 131.
records-way = La información pública (Ley 20.285) no se pide por este chat. Se pide en el Portal de Transparencia o por escrito en la Municipalidad. El plazo es de { $days } días hábiles, y puede alargarse { $more } más.
case-extended = Lo agregué a { $number }. Puede seguir escribiendo, o poner LISTO.
case-done = Listo. { $number } quedó ingresado. La respuesta llegará por este chat.
case-answer = { $number }. Respuesta de una persona de { $receiver }: «{ $words }»
case-answer-judge = ¿Responde lo que pidió? Si quiere contestar, escriba RESPONDER.
nothing-waits = No tiene mensajes por leer.
case-answer-back = Si quiere contestar, escriba RESPONDER.
case-news-read = { $number }: una persona de { $receiver } ya lo leyó.
case-news-forwarded = { $number } se derivó. Ahora responde: { $receiver }.
case-news-due = El plazo no cambia: { $date }.
case-news-extended = { $number }: el plazo se alargó. La respuesta llegará a más tardar el { $date }.
case-news-overdue = { $number }: venció el plazo sin respuesta, y lo sentimos. Lo ve ahora la Administración Municipal. También puede reclamar ante la Contraloría.
case-news-closed = { $number }: { $receiver } cerró su caso.
case-news-reopened = { $number }: { $receiver } abrió otra vez su caso, con el mismo número. Plazo: { $date }.
case-news-formal = { $number }: lo que usted pide es información pública, y tiene su propio camino. Por eso este caso se cierra aquí.
case-news-why = Motivo: «{ $words }».
judged-yes = Gracias. { $number } queda como respondido.
judged-partly = Gracias por decirlo. Escriba qué falta, y { $number } se abre otra vez.
judged-no = Abrí otra vez { $number }, con el mismo número. Plazo: { $date }. Escriba ahora qué falta. Para terminar, escriba LISTO.
reopen-too-late = Ya pasó el tiempo para abrir { $number } otra vez. Para ingresar uno nuevo, escriba RECLAMO.
case-receiver-general = la oficina de informaciones y reclamos
case-open-again = Escriba ahora lo que quiera agregar a { $number }. Lo leerá la misma oficina. Para terminar, escriba LISTO.
case-none = No encuentro una solicitud suya que siga abierta. Para empezar una, escriba PERSONA o RECLAMO.

## Sus datos
data =
    Qué hacemos con lo que usted escribe:
    Para qué: mejorar los servicios municipales, por las funciones que la ley nos da. Calificar es voluntario.
    Quién lo ve: el área recibe sumas y comentarios sin su nombre. Su reclamo lo lee quien debe responderlo.
    Cuánto dura: los comentarios, { $keep }. Las notas quedan sin identificarle.
    El chat pasa también por la empresa que usted usa, como Telegram o WhatsApp (Meta). El chat web es solo nuestro.
    Sus derechos: VER, CORREGIR, BORRAR, OPONERME, BLOQUEAR y LLEVARME. Para verlos con su explicación, escriba DERECHOS.
data-contact = Contacto de la Municipalidad: { $contact }
my-data-since = Esto tenemos guardado de este chat desde el { $since }.
my-data-responses = Notas: { $responses }
my-data-comments = Comentarios: { $comments }
my-data-cases = Solicitudes: { $cases }
my-data-mails = Correos para sus respuestas: { $mails }
my-data-people = Conversaciones con una persona, que puede llevarse enteras: { $days }
my-data-breaches = Avisos de problemas con la seguridad de sus datos: { $days }
my-data-requests = Pedidos sobre sus datos: { $requests }
my-data-request = { $number }, { $right } ({ $status })
my-data-told = Aceptó que le avisemos qué se hizo. Para terminar los avisos, escriba BASTA.
my-data-blocked = Sus comentarios están bloqueados: no se usan. Para que se usen, escriba DESBLOQUEAR.
my-data-number = Folio { $number }, { $date }. Para llevarse todo, escriba LLEVARME. Para borrar, escriba BORRAR.
my-data-file = Los archivos lo tienen todo, sin acortar.
my-data-none = nada
my-data-response = { $area }, nota { $grade } ({ $date })
my-data-response-open = { $area }, sin nota ({ $date })
my-data-comment = { $area }: «{ $words }»
my-data-case = { $number } ({ $status })
my-data-more = y { $count } más
erase-goes = Voy a borrar sus comentarios, el texto de sus solicitudes cerradas y lo que une este chat con usted.
erase-stays = Quedan las notas ya sumadas, sin identificarle. Queda también el folio de este pedido, para probar que se cumplió.
erase-stays-cases = Quedan sus solicitudes abiertas hasta responderlas, porque la ley obliga: { $numbers }.
erase-confirm = No se puede deshacer. ¿Borro sus datos?
erase-own-phone = Eso no borra nada de su teléfono. Ahí, mantenga apretado este chat en la lista y elija eliminar. Si puede, escriba desde otro teléfono.
erased = Listo, folio { $number }, { $date }: borramos sus comentarios y su identificador de este chat. Las notas ya sumadas no permiten saber quién es usted.
erase-kept-cases = Mantenemos abierto lo siguiente, porque la ley obliga a responderlo: { $numbers }. Como borramos su chat, consulte la respuesta con ese número en la Municipalidad.
right-agency = Si no está de acuerdo, puede reclamar ante la Agencia de Protección de Datos Personales. Tiene { $days } días hábiles.
erase-stopped = De acuerdo, no borré nada.
right-stopped = De acuerdo, no hice nada.
rights = ¿Qué quiere hacer con sus datos? Elija un número o escriba la palabra.
keep-months = { $count } meses
keep-days = { $count } días
rights-terms = Es gratis. Lo que decide una persona se responde en { $days } días corridos, y un bloqueo en { $block } días hábiles.
rights-mine = VER lo que guardamos
rights-rectify = CORREGIR algo
rights-erase = BORRAR lo mío
rights-object = OPONERME a un uso
rights-block = BLOQUEAR por un tiempo
rights-take = LLEVARME una copia
rights-consent = AVISARME qué se hizo con mi opinión
own-device = Si otras personas usan este teléfono o computador, también podrán verlo.
access-confirm = ¿Muestro aquí todo lo que guardamos de este chat?
port-confirm = ¿Le entrego aquí una copia de todo lo que guardamos de este chat?
object-confirm = Dejaremos de invitarle a poner notas y a responder encuestas. ¿Lo hago?
block-confirm = Dejaremos de usar sus comentarios en resúmenes y descargas mientras una persona decide. ¿Lo hago?
rectify-what = ¿Qué quiere corregir?
rectify-ask = Escriba en un mensaje qué está mal y cómo debe quedar. Lo decide una persona. Para dejarlo, escriba CANCELAR.
object-ask = Escriba en un mensaje a qué uso de sus datos se opone y por qué. Lo decide una persona. Para dejarlo, escriba CANCELAR.
taken = Listo, folio { $number }, { $date }. Los archivos llevan todo lo que guardamos de este chat.
taken-hint = Para leerlo en palabras, escriba VER.
answer-file = Archivo de la municipalidad, con la respuesta a { $number }.
person-file = Archivo de la persona que le atiende.
taken-file = Archivo que envió con { $number }.
taken-chat-file = Archivo que envió a una persona por este chat.
taken-more = No caben { $count } archivos más. Si los quiere, escriba PERSONA.
own-text = Sus datos, para leer.
own-json = Los mismos datos, para otros programas.
objected = Listo, folio { $number }, { $date }: ya no le invitaremos a poner notas ni a encuestas. Usted puede escribir cuando quiera.
right-filed = Recibimos su pedido: folio { $number }, { $date }. Una persona lo responde por este chat a más tardar el { $until }.
right-may-take-longer = Si hace falta, el plazo se extiende una vez por { $days } días, y le avisamos.
blocked = Desde ahora no usamos sus comentarios. Para que se usen de nuevo, escriba DESBLOQUEAR.
block-already = Sus comentarios ya están bloqueados: no los usamos.
block-none = Sus comentarios no están bloqueados.
unblocked = Listo. Sus comentarios ya no están bloqueados.
right-granted = { $number }. Respuesta de una persona: su pedido fue acogido. «{ $words }»
right-refused = { $number }. Respuesta de una persona: su pedido no fue acogido. «{ $words }»
right-extended = { $number }. La respuesta tardará más: a más tardar el { $date }. «{ $words }»
right-name-access = ver
right-name-rectify = corregir
right-name-erase = borrar
right-name-object = oponerse
right-name-block = bloquear
right-name-port = llevarse una copia
right-status-open = en espera
right-status-granted = hecho
right-status-refused = rechazado
right-status-lifted = terminado
consent-ask = ¿Quiere que le avisemos por aquí qué se hizo con su opinión? Es voluntario y puede decir BASTA cuando quiera.
consent-given = Anotado, { $date }: le avisaremos por este chat. Para terminar, escriba BASTA.
consent-news = { $municipality }, sobre { $area }: «{ $words }». Para no recibir más avisos, escriba BASTA.
breach-news = { $municipality } le avisa de un problema con la seguridad de sus datos: «{ $words }». Para ver sus datos, escriba VER.
measure-news =
    Usted opinó sobre { $area } y aceptó saber qué se hizo. Se hizo esto:
    «{ $words }»
    Gracias por su opinión. Para no recibir más avisos como este, escriba BASTA.
measure-news-change =
    Usted opinó sobre { $area } y aceptó saber qué se hizo. Se hizo esto:
    «{ $words }»
    Después, las notas 6 y 7 pasaron de { $before } % a { $after } %.
    Gracias por su opinión. Para no recibir más avisos como este, escriba BASTA.
consent-withdrawn = Listo, { $date }: no le avisaremos. No tiene que hacer nada más.
case-status-open = abierta
case-status-answered = respondida
case-status-closed = cerrada

## Otros mensajes
media-voice = Recibí su audio, pero no puedo escucharlo. Escríbalo en palabras, o escriba PERSONA.
media-photo = Recibí su foto, pero no puedo verla.
media-video = Recibí su video, pero no puedo verlo.
media-document = Recibí su documento, pero no puedo leerlo.
media-sticker = Gracias. Yo solo leo palabras.
media-location = Recibí su ubicación, pero no puedo ver el mapa. Escriba la calle o el sector.
media-contact = Recibí un contacto y no lo guardé.
media-other = Recibí algo que no puedo abrir.
receipt-caption = Comprobante de { $number }.
receipt-given = Ahí está su comprobante. No reemplaza recursos legales ni detiene sus plazos.
file-taken = Recibí su archivo ({ $count } de { $most }): va con su solicitud. Si no lo puedo guardar, le aviso por aquí.
voice-taken = Recibí su audio. Yo no puedo escucharlo: lo escuchará una persona con su solicitud. Se borra a los { $days } días.
voice-filed = Recibí su audio. Yo no puedo escucharlo: lo escuchará una persona, que le responde a más tardar el { $date }. Su número es { $number }. El audio se borra a los { $days } días.
voice-call = Si prefiere que le llamen, escriba LLAMAR.
file-held = Si su archivo va con un reclamo, escriba RECLAMO o PERSONA: no tiene que enviarlo otra vez. Si no, lo borro en un día.
files-full = Ya hay { $count } con esta solicitud, así que este no lo guardé. Puede describirlo en palabras.
file-refused-large = No guardé un archivo: pesa más de { $mb } MB. Envíe uno más liviano, por ejemplo una foto.
file-refused-type = No guardé un archivo: solo recibo fotos, PDF y audios. Puede enviar una foto de lo mismo.
file-refused-unreadable = No guardé un archivo: no se pudo abrir. Puede enviarlo otra vez, o una foto de lo mismo.
file-refused-locked = No guardé un PDF: tiene clave. Envíelo sin clave, o una foto de lo mismo.
file-refused-gone = No guardé un archivo: no me llegó entero. Puede enviarlo otra vez.
file-rest-kept = Lo demás que envió sigue guardado.
media-caption = No puedo ver el archivo, pero leí su texto.
tell-in-words = Cuénteme en palabras qué necesita.
edited = Vi que cambió un mensaje. Lo anterior quedó como estaba. Para corregir una nota, escriba CAMBIAR. Para otra cosa, escríbala de nuevo.
no-words = Solo leo palabras y números.

## Emergencias
emergency-fire = Si hay fuego o humo, salga y llame ya a Bomberos: 132. Soy un asistente automático: no puedo avisar por usted.
emergency-gas = Si huele a gas, no encienda luces ni fuego. Abra, salga y llame a Bomberos: 132. Soy un asistente automático: no puedo avisar por usted.
emergency-medical = Llame ya a la ambulancia: 131. Soy un asistente automático: no puedo avisar por usted.
emergency-violence = Si hay peligro ahora, llame a Carabineros: 133. Para orientación por violencia contra las mujeres, el 1455 atiende a toda hora. Soy un asistente automático: no puedo avisar por usted.
emergency-child = Si una niña o un niño está en peligro, llame ya a Carabineros: 133. También está el Fono Niños: 147. Soy un asistente automático: no puedo avisar por usted.
emergency-suicide = Siento que esté pasando por esto. Llame ahora al *4141, gratis desde un celular, a toda hora. Si hay peligro inmediato, llame al 131. Soy un asistente automático; una persona puede escucharle ahí.
emergency-crime = Si está ocurriendo un delito, llame ya a Carabineros: 133. Soy un asistente automático: no puedo avisar por usted.
emergency-disaster = Aléjese del peligro y siga las instrucciones oficiales. Bomberos: 132. Ambulancia: 131. Carabineros: 133. En la costa, si tiembla fuerte, suba a un lugar alto. Soy un asistente automático.

## Personal municipal
staff-linked = { $name }: este chat quedó unido a su cuenta. Aquí recibirá los casos de su área y el resumen semanal. Para responder un caso, conteste citando el aviso.
staff-code-refused = Ese código no sirve o ya venció. Pida uno nuevo a quien administra el asistente.
staff-help = { $name }: para responder un caso, conteste citando su aviso. Para saber qué cambió en la semana, escriba /semana; para ver sus medidas, /medidas. Para leer la Política de Calidad, /politica; para responder un cuestionario al personal, /cuestionario.
policy-about = { $name }, { $decree }, versión { $version }. { $aim }
policy-commitment = { $number }. { $title }: { $text }
policy-ask = Si la leyó, responda tres preguntas cortas.
policy-wrong = No es esa. Lea otra vez los compromisos y elija de nuevo.
policy-right = Así es.
policy-understood = Gracias: respondió bien todo. Se cuenta una vez por persona y solo por área; su nombre no se guarda con esto.
week-none = Aún no hay una semana controlada. La primera se controla el lunes después de que llegue la primera opinión.
week-not-yours = Las cifras de la semana las ve quien tiene un rol que las incluye. Pídalo a quien administra el panel.
measures-none = No hay medidas abiertas en su área.
measures-list = Son las medidas abiertas de su área. Toque una para verla.
measure-to-decide = { $number }, { $area }: por decidir, a más tardar el { $date }. La decisión se anota en el panel.
measure-decided = { $number }, { $area }: debe estar hecha el { $date }.
measure-waits = { $number }, { $area }: está hecha y se espera su efecto.
measure-told = { $number }, { $area }: su efecto está medido. Se cierra o se abre otra vez en el panel.
measure-judged-by = Se mide en «{ $indicator }».
measure-words = «{ $words }»
measure-signal = El gráfico de control dio una señal: { $area } bajó más de lo esperable. Las cifras están en /semana.
measure-quote = Para anotar algo que se hizo, conteste citando este mensaje, o escriba { $number } y la nota.
measure-taken = { $number } quedó a su cargo.
measure-noted = Su nota quedó en { $number }.
measure-done = { $number } quedó como hecha. Su efecto se mide con las respuestas de las próximas ocho semanas. Si no era así, avise al equipo de calidad: la abre otra vez.
measure-not-now = { $number }: eso ya no corresponde, o no es de su área. Escriba /medidas para ver en qué están.
measure-area-ask = ¿De qué área es la medida? Escriba su nombre.
measure-area-unknown = «{ $words }» no es un área de la que usted pueda abrir medidas.
measure-not-yours = Abren medidas la jefatura del área y el equipo de calidad.
measure-origin-ask = ¿De dónde viene la medida de { $area }?
measure-ask-problem = ¿Cuál es el problema? No nombre a nadie.
measure-ask-agreement = ¿Qué se acordó? No nombre a nadie.
measure-ask-gap = ¿Qué falta, o cuál es la brecha? No nombre a nadie.
measure-ask-cause = ¿Cuál es la causa?
measure-ask-action = ¿Qué se va a hacer?
measure-ask-due = ¿Hasta qué día? Escriba día, mes y año, como 30-12-2026.
measure-ask-held-on = ¿Qué día fue la reunión? Escriba día, mes y año, como 30-11-2026.
measure-ask-place = ¿Dónde fue la reunión?
measure-ask-attendance = ¿Cuántas personas asistieron?
measure-ask-criterion = ¿Qué criterio de la autoevaluación no se cumple?
measure-ask-evidence = ¿Cuál es la evidencia de que no se cumple?
measure-too-long = Son { $count } letras y caben { $most }. Escríbalo más corto.
measure-no-day = No reconozco ese día.
measure-day-past = Ese día ya pasó.
measure-day-ahead = Ese día aún no llega.
measure-no-count = Escriba el número con cifras, de 1 a 100.000.
measure-summary = Una medida de { $area }. { $origin }:
measure-said-problem = Problema: «{ $words }»
measure-said-agreement = Acuerdo: «{ $words }»
measure-said-gap = Brecha: «{ $words }»
measure-said-cause = Causa: «{ $words }»
measure-said-action = Acción: «{ $words }»
measure-said-due = Debe estar hecha el { $words }
measure-said-held-on = Reunión del { $words }
measure-said-place = Lugar: «{ $words }»
measure-said-attendance = Asistentes: { $words }
measure-said-criterion = Criterio: «{ $words }»
measure-said-evidence = Evidencia: «{ $words }»
measure-open-ask = Su efecto se mide en la nota 6 o 7 del área; en otro indicador, ábrala en el panel. Queda con su nombre y no se borra. ¿La abro?
measure-opened = La medida quedó abierta. Escriba /medidas para ver su número y lo que sigue.
case-notice =
    { $number }: { $kind }, { $area }.
    «{ $words }»
case-notice-added =
    { $number }: la persona agregó:
    «{ $words }»
case-notice-urgent = Urgente: puede haber alguien en peligro.
case-notice-due = Plazo: { $date }.
case-remind-unread = { $number } ({ $area }): nadie lo ha leído ni derivado en el plazo. Vence el { $date }.
case-remind-first = { $number } ({ $area }): sigue sin respuesta. Vence el { $date }.
case-remind-second = { $number } ({ $area }): segundo aviso. Sigue sin respuesta y vence el { $date }.
case-remind-overdue = { $number } ({ $area }): venció el { $date } sin respuesta. Debe verlo la Administración Municipal.
case-remind-subject = { $number }: sin respuesta, plazo { $date }
case-by-quote = Para responder, conteste citando este mensaje.
case-notice-subject = { $number }: { $kind }
case-notice-no-words = (todavía no escribe nada)
case-notice-reserved = (reservado: lo lee quien tenga un rol en esa área)
case-answer-sent = Su respuesta a { $number } va en camino.
case-answer-not-theirs = No envié nada: su rol no le permite responder { $number }. Puede hacerlo la jefatura de su área.
staff-file-not-sent = El archivo no se envió ni lo guardé. Para mandarlo, adjúntelo a una respuesta en el panel.
case-answered-by = { $number } ya se respondió el { $date } ({ $name }).
case-answered-before = { $number } ya se respondió el { $date }.
case-answer-again = ¿Envío también esta respuesta?
case-answer-dropped = No envié nada.
case-unknown = No encontré un caso abierto con el número { $number }.
case-kind-persona = pide hablar con una persona
case-kind-reclamo = reclamo
case-kind-sugerencia = sugerencia
case-kind-felicitacion = felicitación
case-kind-solicitud = solicitud
case-kind-llamada = pedido de llamada
case-by-mail =
    Para responder, entre aquí: { $address }
    No conteste este correo: no llega a la persona.
case-by-panel = Para responder, busque { $number } en el panel. No conteste este correo: no llega a la persona.

## Fechas
date = { $day } de { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

## Botones (a lo más 20 caracteres)
label-ask = Tengo una pregunta
label-rate = Poner una nota
label-complaint = Dejar un reclamo
label-person = Hablar con persona
label-menu = Menú
label-cancel = Cancelar
label-back = Volver
label-skip = Saltar
label-done = Listo
label-receipt = Comprobante (PDF)
label-pending = Aún no termina
label-resume = Seguir
label-change = Cambiar mi nota
label-keep = Dejarla así
label-yes = Sí
label-no = No
label-none = Ninguna
label-areas = Ver áreas
label-more = Ver más
label-erase = Sí, borrar
label-erase-mine = Borrar lo mío
label-not-erase = No borrar
label-not-comment = Era una pregunta
label-rate-now = Poner nota
label-not-now = Ahora no
label-answer = Responder
label-file = Sí, ingresar
label-not-file = No ingresar
label-case-area = Otra área
label-case-for-nobody = No sé
label-solved = Sí, responde
label-partly = Solo en parte
label-unsolved = No, reabrir
label-policy-begin = Responder preguntas
label-measure-take = Tomarla
label-measure-done = Marcar como hecha
label-measure-new = Abrir una medida
label-measure-open = Abrirla
label-measure-plan = Plan de mejora
label-measure-training = Capacitación
label-measure-meeting = Acuerdo de reunión
label-measure-gap = Autoevaluación
label-data = Mis datos
label-mine = Ver mis datos
label-rights = Mis derechos
label-rectify = Corregir
label-object = Oponerme
label-block = Bloquear
label-take = Llevarme una copia
label-consent = Que me avisen
label-access-yes = Sí, mostrar
label-port-yes = Sí, entregar
label-object-yes = Sí, no invitarme
label-block-yes = Sí, bloquear
label-not-right = No
label-rectify-other = Otra cosa
label-object-other = Oponerme a otro uso
label-unblock = Desbloquear
label-consent-yes = Sí, avísenme

## Palabras que se entienden en cualquier momento, separadas por comas
heard-menu = menú, /menu, inicio, /inicio, empezar, volver al menú, menú principal, /start
heard-help = ayuda, /ayuda, /help, opciones, qué puedes hacer, qué puede hacer
heard-cancel = cancelar, /cancelar, cancela, cancelo, cancele, anular, salir, terminar, dejar, no quiero seguir
heard-back = volver, atrás, anterior, volver atrás
heard-skip = saltar, omitir, pasar, siguiente, saltarla
heard-done = listo, lista, eso es todo, nada más, ya está, fin, eso nomás
heard-read-answer = ver respuesta, ver la respuesta, ver respuestas, leer respuesta, leer la respuesta, ver mensaje, leer mensaje
heard-receipt = comprobante, /comprobante, mi comprobante, quiero un comprobante
heard-pending = aún no termina, todavía no termina, no termina, no ha terminado, aún no ha terminado, todavía no, aún no, mi trámite aún no termina, sigue en trámite, en trámite
heard-rate = nota, /calificar, calificar, evaluar, poner nota, poner una nota, quiero calificar, quiero poner una nota, calificar atención
heard-ask = consulta, /consulta, pregunta, tengo una pregunta, era una pregunta, quiero preguntar
heard-areas = áreas, /areas, ver áreas, lista de áreas, área
heard-resume = seguir, sigamos, continuar, retomar
heard-rewrite = el comentario, mi comentario, cambiar comentario, cambiar mi comentario, corregir comentario, corregir mi comentario
heard-change = la nota, mi nota, cambiar, /cambiar, cambiar nota, cambiar mi nota, corregir nota, corregir mi nota, me equivoqué, me equivoque de nota
heard-data = datos, /datos, privacidad, mis datos, aviso
heard-mine = ver, /ver, ver mis datos, qué tienen de mí, acceso, acceder a mis datos
heard-erase = borrar, /borrar, borrar mis datos, eliminar mis datos, bórrenme, borrar lo mío, supresión
heard-rights = derechos, /derechos, mis derechos, ver mis derechos, derechos arco
heard-rectify = corregir, /corregir, corregir mis datos, rectificar, rectificar mis datos, rectificación
heard-object = oponerme, /oponerme, me opongo, oposición, no me inviten, no me inviten más
heard-block = bloquear, /bloquear, bloquear mis datos, bloqueo, bloqueen mis datos
heard-unblock = desbloquear, /desbloquear, desbloquear mis datos, desbloqueo
heard-take = llevarme, /llevarme, llevarme mis datos, llevarme una copia, portabilidad, descargar mis datos, copia de mis datos
heard-consent = avísenme, avisenme, /avisos, avisarme, quiero que me avisen
heard-enough = basta, /basta, no me avisen, no me avisen más, no quiero más avisos
heard-person = persona, /persona, hablar con una persona, quiero hablar con una persona, humano, ejecutivo, ejecutiva, hablar con persona, hablar con alguien
heard-complaint = reclamo, /reclamo, reclamar, dejar un reclamo, poner un reclamo, quiero reclamar, hacer un reclamo
heard-suggestion = sugerencia, /sugerencia, dejar una sugerencia, hacer una sugerencia
heard-praise = felicitación, /felicitacion, dejar una felicitación
heard-request = solicitud, /solicitud, hacer una solicitud
heard-records = transparencia, /transparencia, ley de transparencia, solicitud de transparencia, solicitud de información pública
heard-call = llamar, llámenme, llamenme, llámeme, llameme, /llamar, que me llamen, quiero que me llamen, prefiero que me llamen, me pueden llamar
heard-solved = sí responde, si responde
heard-partly = solo en parte
heard-unsolved = no reabrir, reabrir, /reabrir
heard-policy = /politica, política de calidad, politica de calidad
heard-measures = /medidas
heard-week = /semana
heard-answer = responder, /responder, contestar
heard-questionnaire = cuestionario, /cuestionario, encuesta, cuestionarios
heard-spanish = español, espanol, castellano, spanish
heard-english = english, inglés
heard-creole = kreyòl, creole, créole, criollo haitiano
heard-hello = hola, ola, buenas, buenos días, buen día, buenas tardes, buenas noches, hola buenas, alo, wena, hola buenos días, hola buenas tardes
heard-thanks = gracias, muchas gracias, ya gracias, ok gracias, ok, vale, ya, bueno, perfecto, chao, adiós, hasta luego, de acuerdo
heard-yes = sí, si, si po, sipo, claro, ya po, obvio, dale, sí gracias
heard-no = poco, muy poco, no mucho, no, nop, no gracias, nopo, para nada, no po, nada, no sé, nose

## Lo que se entiende de las palabras
grades-in-turn = Son varias notas. Le pregunto por cada una.
propose-grade = ¿Le pongo un { $grade } a { $area }?
propose-correction = ¿Cambio su nota para { $area } de { $was } a { $grade }?
propose-same-grade = ¿Dejo su nota para { $area } en { $grade }?
propose-other-grade = ¿Cambio su nota para { $area }?
grades-same-area = Eso lo ve una sola área, { $area }, y lleva una sola nota.
grade-not-noted = De acuerdo, no anoté el { $grade } para { $area }.
proposal-dropped = De acuerdo, no anoté nada.
grade-scale = El 1 es la nota más baja, muy mala, y el 7 la más alta, muy buena. Solo cuenta lo que usted piensa.
grade-whole = La nota es un número entero, de 1 a 7. No anoté nada todavía.
area-corrected = Entendido: era { $area }. Lo anterior quedó borrado.
revise-words = ¿Cambio lo último de su comentario para { $area } por esto? La nota queda igual.
revise-words-as = ¿Cambio su comentario para { $area } por «{ $words }»? La nota queda igual.
revise-part = ¿Cambio «{ $was }» por «{ $words }» en su comentario para { $area }? La nota queda igual.
part-not-found = No encuentro «{ $was }» en su comentario.
rewrite-words = ¿Cómo debe quedar su comentario para { $area }? Escríbalo de nuevo: reemplaza al anterior. La nota queda igual.
what-to-change = ¿Qué cambio de lo que dejó para { $area }?
no-comment = Su nota para { $area } no tiene comentario, y queda como está.
drop-words = ¿Borro lo último de su comentario para { $area }? La nota queda igual.
words-replace = Listo: lo cambié en su comentario para { $area }. Puede seguir, o escribir LISTO.
words-drop = Listo: lo borré de su comentario para { $area }. La nota queda igual. Puede seguir, o escribir LISTO.
words-keep = De acuerdo: su comentario para { $area } queda como está. Puede seguir, o escribir LISTO.
rate-whole = Aquí se evalúa la atención de un área, no la Municipalidad entera. Si quiere felicitar o reclamar en general, dígalo con sus palabras.
grade-waits = Tengo su nota { $grade }: la anoto cuando sepa de qué oficina es.
move-rating = ¿Fue en { $area }? Si es así, paso su nota para allá.
undo-rating = ¿Borro su nota para { $area } con su comentario?
rating-erased = Listo. Borré su nota para { $area } y su comentario.
refused = De acuerdo, no anoté nada más. Aquí estaré si necesita algo.
which-area = ¿A cuál se refiere?
this-area = ¿Se refiere a { $area }?
withdraw-ask = ¿Retiro su solicitud { $number }? Si no, queda ingresada y se responde.
withdrawn = Listo. Su solicitud { $number } quedó retirada. Nadie tiene que responderla.
withdraw-kept = De acuerdo. Sigue ingresada y le responderán por este chat.
case-not-here = No encuentro { $number } en este chat. Por seguridad, solo muestro lo que se ingresó desde aquí. Si fue por otro medio, escriba PERSONA.
case-none-yet = Desde este chat no hay ningún reclamo ni solicitud. Para ingresar uno, escriba RECLAMO.
case-others = También tiene: { $numbers }. Escriba un número para verlo.
case-stands-open = { $number } está en espera: todavía no lo lee una persona.
case-stands-read = { $number } ya lo leyó una persona, y está en espera de respuesta.
case-stands-answered = { $number } ya tiene respuesta. Llegó por este chat.
case-stands-with = Responde: { $receiver }, desde el { $date }.
case-stands-was = Lo vio: { $receiver }. Si falta algo, escriba PERSONA.
case-stands-due = Plazo: { $date }. La respuesta llegará por este chat.
case-stands-late = El plazo venció el { $date }. Lo ve la Administración Municipal.
case-stands-closed = { $number } ya no está abierto.
procedure-unseen = Soy el asistente automático: no veo expedientes, así que no sé en qué está su trámite.
procedure-offer = Escriba el número o la fecha de ingreso y de qué trámite es. Con eso ingreso su consulta con un número, y la responde la oficina.
what-about = ¿Sobre qué trámite o área? Escríbalo con sus palabras.
topic-cost = { $name }. Costo: { $value }.
topic-place = { $name }. Dónde: { $value }.
topic-hours = { $name }. Horario: { $value }.
topic-papers-none = { $name }: no se pide ningún papel.
topic-time = { $name }. Demora: { $value }.
topic-contact = { $name }. Contacto: { $value }.
topic-whom = { $name }. { $value }.
topic-cost-unknown = { $name }: el área { $area } aún no confirma el costo.
topic-place-unknown = { $name }: el área { $area } aún no confirma la dirección.
topic-hours-unknown = { $name }: el área { $area } aún no confirma el horario.
topic-papers-unknown = { $name }: el área { $area } aún no confirma los papeles.
topic-more-unknown = Sobre { $name }: ese detalle no lo tengo confirmado. Lo responde el área { $area }.
topic-other = Si preguntaba por { $name }, elija esa opción.
topic-how-unknown = { $name }: el área { $area } aún no confirma los pasos.
topic-time-unknown = { $name }: el área { $area } aún no confirma cuánto demora.
topic-contact-unknown = { $name }: el área { $area } aún no confirma su teléfono.
topic-whom-unknown = { $name }: la ficha de { $area } no dice quiénes pueden pedirlo.
card-no-more = La ficha no tiene más que esto.
card-bring = Lleve
short-now = Desde ahora le escribo corto. Todo se puede escribir, sin botones. Para volver, diga LARGO.
long-now = Desde ahora le escribo completo.
language-offer = Puedo escribirle en castellano: escriba ESPAÑOL.
courtesy-thanks = De nada. Aquí estaré si necesita algo más.
courtesy-helped = Hizo bien en pedir ayuda. Si algo cambia, vuelva a llamar.
courtesy-over = Qué alivio. Si algo cambia, vuelva a llamar.
courtesy-farewell = Que le vaya bien. Aquí estaré si necesita algo más.
courtesy-who_are_you = Soy un asistente automático, no una persona. Respondo preguntas sobre la Municipalidad, recibo notas y tomo reclamos. Para una persona, escriba PERSONA.
courtesy-origin = Soy el asistente automático de la Municipalidad: no soy una persona, ni de la policía ni de otra institución. Conozco este chat solo porque desde él se escribió aquí o se abrió un enlace o código nuestro. No pido claves ni pagos. Para ver qué guardamos escriba DATOS; para borrarlo, BORRAR; para no recibir invitaciones, OPONERME.
courtesy-smalltalk = Aquí estoy. Escriba su pregunta, o MENU para ver lo que puedo hacer.
grade-why = La nota sirve para que el área mejore. Nadie ve su nombre: el área recibe sumas y comentarios sin identificarle. Es voluntario, y su atención no depende de la nota. Más detalle: DATOS.
grade-answered = Una nota no se contesta ni se tramita: el área la recibe el lunes, sumada con las demás. Si necesita una respuesta, o que algo se arregle, escriba RECLAMO y le damos un número.
not-understood = No le entendí bien, y no anoté nada. Escríbalo de otra forma.
not-found-again = Sigo sin entenderle, así que probemos de otra manera. No se perdió nada.
useful-later = Gracias. Cuando lo sepa, cuénteme si le sirvió.
useful-partly = Gracias por decirlo. ¿Qué faltó? Escríbalo, o pida una PERSONA.
alert-title = Emergencia
danger-ask = ¿Usted u otra persona está en peligro ahora?
danger-cannot-call = Si no puede hablar por teléfono, pida a alguien cerca que llame por usted, o vaya donde haya otras personas.
danger-none = Qué bueno que no haya peligro ahora. ¿En qué le ayudo?
danger-still = Llame ahora al { $phone } y no corte. Si puede, busque a alguien de confianza que le acompañe. Siga escribiendo aquí si lo necesita; cuando haya llamado, escriba «ya llamé».
alert-will-call = Bien. Llame ahora al { $phone } y no corte. Si algo cambia, siga escribiendo aquí.
alert-accompanied = Qué bueno que no está a solas. Cuéntele a esa persona cómo se siente y no se separen. Al { $phone } pueden llamar ahora, a toda hora.
alert-away = Mientras no esté, busque a alguien de confianza o un lugar seguro. Si vuelve y hay peligro, llame a Carabineros: 133. Para orientación, el 1455 atiende a toda hora. Abajo puede ver quién le ayuda, o escriba PERSONA.
alert-undecided = Usted decide si denuncia y cuándo; aquí nadie le obliga. Si se siente en peligro, llame a Carabineros: 133. Para orientación, el 1455 atiende a toda hora. Abajo puede ver quién le ayuda, o escriba PERSONA.
alert-place = Diga ese lugar a quien le atienda: { $phones }. Yo no puedo avisar por usted.
alert-hazard-place = No se acerque, y aleje a quienes estén cerca. Si alguien corre peligro, llame a Bomberos: 132, o a Carabineros: 133. Puedo ingresar ahora el reclamo a la Municipalidad, con lo que ya contó y ese lugar.
emergency-hazard = Aléjese y no toque nada. Si alguien corre peligro, llame a Bomberos: 132, o a Carabineros: 133. Para avisar a la Municipalidad, escriba RECLAMO. Soy un asistente automático.
emergency-lost = Si alguien se perdió, llame ya a Carabineros: 133. No hay que esperar 24 horas. Soy un asistente automático: no puedo avisar por usted.
emergency-others = Otros números para lo que cuenta: { $phones }.
label-accept = Sí
label-reject = No
label-as-comment = No, es comentario
label-replace-words = Sí, cambiarlo
label-join-words = No, sumarlo
label-drop-words = Sí, borrarlo
label-keep-words = No, dejarlo
label-erase-words = Borrarlo
label-leave-words = Dejarlo como está
label-rewrite = Mi comentario
label-elsewhere = Fue en otra oficina
label-erase-rating = Borrar mi nota
label-undo = Sí, borrarla
label-move = Sí, pasarla
label-stay = No, está bien así
label-keep-rating = No borrarla
label-withdraw = Sí, retirarla
label-keep-case = Dejarla ingresada
label-other-area = Otra área
label-danger = Sí
label-no-danger = No
label-steps = Ver pasos
label-short = Más corto
label-long = Completo
label-english = English
label-creole = Kreyòl
label-spanish = Español
heard-short = corto, más corto
heard-long = largo, largas, más largo, mas largo, respuestas largas, más detalle, completo

offer-person = ¿Quiere que le responda una persona? Lo anterior queda pendiente.

## Una persona en el chat
person-asked = Avisé a quienes atienden: una persona le contestará aquí. Si nadie puede en { $minutes } minutos, le daré un número de caso. En una emergencia llame al 133, 132 o 131.
person-tell = Cuente ahora qué necesita: lo leerá esa persona. Para volver conmigo, escriba MENÚ.
person-tell-more = Esa persona ya tiene lo que escribió, y puede agregar más. Para volver conmigo, escriba MENÚ.
person-later = Ahora no hay nadie en línea. Una persona atiende por este chat desde el { $date }, a las { $time }.
person-later-ask = ¿Le abro un caso, con número y plazo? Ahí puede contar lo que necesita.
person-taken = Ya está con una persona de la Municipalidad. Yo guardo silencio. Para volver conmigo, escriba MENÚ.
person-returned = La persona que le atendía tuvo que salir. Avisé a las demás: siga aquí, por favor.
person-says = Persona de la Municipalidad: { $words }
person-unanswered = Nadie pudo contestarle ahora, y lo sentimos. Lo que escribió es el caso { $number }. Una persona le responderá por este chat, a más tardar el { $date }.
person-ended = La persona terminó la conversación. Sigo yo, el asistente automático.
person-idle = Como no hubo más mensajes, sigo yo, el asistente automático. Si aún necesita a una persona, escriba PERSONA.
person-left = Vuelvo yo, el asistente automático. La persona ya no lee este chat.
person-still-waiting = Sigue en la fila: una persona le contestará aquí. Para volver conmigo, escriba MENÚ.
person-still-here = Ya está con una persona: escríbale aquí mismo. Para volver conmigo, escriba MENÚ.
person-own-data = De sus datos y avisos me ocupo yo, el asistente, y no esa persona. Escriba MENÚ y, después, lo mismo otra vez.
person-no-media = La persona sabrá que lo mandó, pero aquí no puede verlo ni oírlo. Cuéntelo en palabras, por favor.
person-sent = (mandó { $what })
person-media-voice = un audio
person-media-photo = una foto
person-media-video = un video
person-media-document = un documento
person-media-sticker = un sticker
person-media-location = una ubicación
person-media-contact = un contacto
person-media-file = un archivo
person-media-other = algo que no se puede leer
person-file-taken = Recibí su archivo: lo verá la persona que le atiende. Si no lo puedo guardar, le aviso por aquí.
person-voice-taken = Recibí su audio: lo escuchará la persona que le atiende. Se borra a los { $days } días.
person-files-full = Ya hay { $count } en esta conversación, así que este no lo guardé. Puede describirlo en palabras.
person-file-shown = Está en el panel, en Conversaciones.
person-waits =
    Una persona espera en el chat ({ $area }):
    «{ $words }»
person-waits-how = Para contestarle, presione Atender o responda citando este mensaje. Al terminar, cite y escriba TERMINAR.
person-waits-subject = Una persona espera en el chat: { $area }
person-by-mail = Para contestarle, entre aquí: { $address }
person-by-panel = Para contestarle, entre al panel, a Conversaciones.
person-wrote =
    La persona escribe:
    «{ $words }»
person-yours =
    Usted contesta ahora. La persona escribió:
    «{ $words }»
    Responda citando este mensaje. Para terminar, cite y escriba TERMINAR.
person-sent-on = Su mensaje va en camino.
person-given-back = Terminó la conversación: sigue el asistente.
person-theirs = { $name } contesta desde las { $time }.
person-over = Esa conversación ya terminó, o no es de sus áreas.
label-leave-case = Dejar un mensaje
label-attend = Atender
label-call = Que me llamen
label-answer-again = Enviar otra
label-not-answer-again = No enviar

## Un aviso sobre todas las respuestas
pinned-title = Aviso
ratings-stopped = Por ahora no recibimos notas ni encuestas. Si necesita algo, deje un reclamo o pida una persona.
